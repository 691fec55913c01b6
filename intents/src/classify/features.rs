//! What the head looks at: the embedding, and beside it the n-grams themselves. The encoder knows
//! meaning but is weakest outside English; the n-grams know only spelling, in every language alike.

use std::collections::BTreeMap;

use models::{Embedding, ngrams::Ngrams};

use super::head::HeadConfig;

/// The n-grams worth a weight, and how telling each is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Vocabulary {
    /// Sorted; a position here is the n-gram's index.
    pub(super) hashes: Vec<u64>,
    /// Inverse document frequency, in the same order.
    pub(super) idf: Vec<f32>,
    /// That of an n-gram never seen.
    pub(super) unseen_idf: f32,
}

/// One message as the head sees it.
#[derive(Debug, Clone, Default)]
pub(super) struct Features {
    /// Index and value; what is missing is zero.
    pub(super) entries: Vec<(u32, f32)>,
    /// How much of its spelling occurred in training, 0..=1.
    pub(super) coverage: f32,
}

impl Vocabulary {
    /// Keeps n-grams that occur in at least `min_documents` of `documents`.
    pub(super) fn of(documents: &[Ngrams], min_documents: usize) -> Self {
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        for document in documents {
            for hash in document.words.iter().chain(&document.chars) {
                *counts.entry(*hash).or_default() += 1;
            }
        }
        let total = documents.len() as f32;
        let idf = |count: usize| ((1.0 + total) / (1.0 + count as f32)).ln() + 1.0;
        let kept = counts.into_iter().filter(|(_, count)| *count >= min_documents);
        let (hashes, idfs) = kept.map(|(hash, count)| (hash, idf(count))).unzip();
        Self { hashes, idf: idfs, unseen_idf: idf(0) }
    }

    /// Features of one message. Each block has length one before its weight, so that long and
    /// short messages are alike; what was never seen makes the rest smaller.
    pub(super) fn features(
        &self,
        ngrams: &Ngrams,
        embedding: &Embedding,
        config: &HeadConfig,
    ) -> Features {
        let dimension = embedding.values().len();
        let mut entries: Vec<(u32, f32)> = Vec::new();
        for (i, value) in embedding.values().iter().enumerate() {
            entries.push((index(i), value * config.embedding_weight));
        }
        let mut coverage = 0.0;
        for (hashes, weight) in
            [(&ngrams.words, config.word_weight), (&ngrams.chars, config.char_weight)]
        {
            let start = entries.len();
            let (mut seen, mut all) = (0.0, 0.0);
            for hash in hashes {
                if let Ok(i) = self.hashes.binary_search(hash) {
                    entries.push((index(dimension + i), self.idf[i]));
                    seen += self.idf[i] * self.idf[i];
                    all += self.idf[i] * self.idf[i];
                } else {
                    all += self.unseen_idf * self.unseen_idf;
                }
            }
            if all > 0.0 {
                let scale = weight / f32::sqrt(all);
                entries[start..].iter_mut().for_each(|(_, value)| *value *= scale);
                coverage += 0.5 * seen / all;
            }
        }
        entries.push((index(dimension + self.hashes.len()), 1.0)); // the bias
        Features { entries, coverage }
    }

    /// How many features there are, for embeddings of this size.
    pub(super) fn width(&self, dimension: usize) -> usize {
        dimension + self.hashes.len() + 1
    }
}

fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}
