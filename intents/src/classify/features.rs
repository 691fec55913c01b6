//! What the heads look at: the embedding, and beside it the n-grams themselves. The encoder knows
//! meaning but is weakest outside English; the n-grams know only spelling, in every language alike.

use std::collections::BTreeMap;

use models::{Embedding, ngrams::Ngrams};
use serde::{Deserialize, Serialize};

use super::config::HeadConfig;

/// The n-grams worth a weight, and how telling each is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    /// Sorted; a position here is the n-gram's index.
    pub(super) hashes: Vec<u64>,
    /// Inverse document frequency, in the same order.
    idf: Vec<f32>,
    /// That of an n-gram never seen.
    unseen_idf: f32,
}

/// One message as the heads see it.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Of length one.
    pub(super) embedding: Option<Embedding>,
    /// The embedding, weighted.
    pub(super) dense: Vec<f32>,
    /// N-grams by index, and their weighted values.
    pub(super) sparse: Vec<(u32, f32)>,
    /// How much of its spelling occurred in training, 0..=1.
    pub(super) coverage: f32,
}

impl Row {
    /// The embedding's components; none for a default row.
    pub(super) fn vector(&self) -> &[f32] {
        self.embedding.as_ref().map_or(&[], Embedding::values)
    }
}

impl Vocabulary {
    /// Keeps n-grams that occur in at least `min_documents` of `documents`.
    pub(super) fn of<'a>(
        documents: impl ExactSizeIterator<Item = &'a Ngrams>,
        min_documents: usize,
    ) -> Self {
        let total = documents.len() as f32;
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        for document in documents {
            for hash in document.words.iter().chain(&document.chars) {
                *counts.entry(*hash).or_default() += 1;
            }
        }
        let idf = |count: usize| ((1.0 + total) / (1.0 + count as f32)).ln() + 1.0;
        let kept = counts.into_iter().filter(|(_, count)| *count >= min_documents);
        let (hashes, idfs) = kept.map(|(hash, count)| (hash, idf(count))).unzip();
        Self { hashes, idf: idfs, unseen_idf: idf(0) }
    }

    /// Features of one message. Each block has length one before its weight, so that long and
    /// short messages are alike; what was never seen makes the rest smaller.
    pub(super) fn row(&self, ngrams: &Ngrams, embedding: &Embedding, config: &HeadConfig) -> Row {
        let dense = embedding.values().iter().map(|x| x * config.embedding_weight).collect();
        let mut row = Row {
            embedding: Some(embedding.clone()),
            dense,
            sparse: Vec::with_capacity(ngrams.words.len() + ngrams.chars.len()),
            coverage: 0.0,
        };
        for (hashes, weight) in
            [(&ngrams.words, config.word_weight), (&ngrams.chars, config.char_weight)]
        {
            let start = row.sparse.len();
            let (mut seen, mut all) = (0.0, 0.0);
            for hash in hashes {
                if let Ok(i) = self.hashes.binary_search(hash) {
                    row.sparse.push((u32::try_from(i).unwrap_or(u32::MAX), self.idf[i]));
                    seen += self.idf[i] * self.idf[i];
                    all += self.idf[i] * self.idf[i];
                } else {
                    all += self.unseen_idf * self.unseen_idf;
                }
            }
            if all > 0.0 {
                let scale = weight / f32::sqrt(all);
                row.sparse[start..].iter_mut().for_each(|(_, value)| *value *= scale);
                row.coverage += 0.5 * seen / all;
            }
        }
        row
    }
}
