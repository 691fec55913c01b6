//! Which texts are alike, by the n-grams they share: an inverted index, quick enough for tens of
//! thousands.

use std::collections::{HashMap, HashSet};

use models::ngrams::Ngrams;
use unicode_normalization::UnicodeNormalization as _;

/// Texts that can be asked for the ones like another.
pub(crate) struct Index {
    exact: HashMap<String, usize>,
    grams: Vec<Vec<u64>>,
    postings: HashMap<u64, Vec<u32>>,
}

/// A text of the index that is like the one asked about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Alike {
    /// Its position.
    pub(crate) at: usize,
    /// The Jaccard index of their n-grams, 0..=1.
    pub(crate) jaccard: f64,
    /// Whether they are the same once case, punctuation and spacing are gone.
    pub(crate) is_exact: bool,
}

impl Index {
    /// Indexes texts.
    pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut index = Self { exact: HashMap::new(), grams: Vec::new(), postings: HashMap::new() };
        for (at, text) in texts.into_iter().enumerate() {
            index.exact.entry(squeeze(text)).or_insert(at);
            let grams = grams(text);
            for gram in &grams {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                index.postings.entry(*gram).or_default().push(at);
            }
            index.grams.push(grams);
        }
        index
    }

    /// The text that shares the most n-grams; the earliest of equals. `None` where there is none.
    pub(crate) fn nearest(&self, text: &str) -> Option<usize> {
        let grams = grams(text);
        let mut shared = vec![0_u32; self.grams.len()];
        for at in grams.iter().filter_map(|gram| self.postings.get(gram)).flatten() {
            shared[*at as usize] += 1;
        }
        let similarity =
            |at: usize| jaccard(shared[at] as usize, grams.len(), self.grams[at].len());
        (0..shared.len()).rev().max_by(|a, b| similarity(*a).total_cmp(&similarity(*b)))
    }

    /// The most similar text with a Jaccard index of at least `threshold`, or the same text.
    ///
    /// Only texts that share one of the rarest n-grams are compared: with fewer than
    /// `threshold × |grams|` in common the index cannot be reached, so one of the first
    /// `|grams| - ⌈threshold × |grams|⌉ + 1` must be shared (prefix filter; Chaudhuri, Ganti and
    /// Kaushik 2006, Bayardo, Ma and Srikant 2007).
    pub(crate) fn near(&self, text: &str, threshold: f64) -> Option<Alike> {
        if let Some(at) = self.exact.get(&squeeze(text)) {
            return Some(Alike { at: *at, jaccard: 1.0, is_exact: true });
        }
        let grams = grams(text);
        let frequency = |gram: &u64| self.postings.get(gram).map_or(0, Vec::len);
        let mut rarest = grams.clone();
        rarest.sort_by_key(|gram| (frequency(gram), *gram));
        let needed = (threshold * grams.len() as f64).ceil() as usize;
        let probed = rarest.iter().take(grams.len() + 1 - needed.min(grams.len()));
        let candidates: HashSet<u32> =
            probed.filter_map(|gram| self.postings.get(gram)).flatten().copied().collect();
        let alike = candidates.into_iter().map(|at| {
            let at = at as usize;
            let shared = common(&grams, &self.grams[at]);
            let jaccard = jaccard(shared, grams.len(), self.grams[at].len());
            Alike { at, jaccard, is_exact: false }
        });
        alike
            .filter(|alike| alike.jaccard >= threshold)
            .max_by(|a, b| a.jaccard.total_cmp(&b.jaccard).then(b.at.cmp(&a.at)))
    }
}

/// What two texts must share to be the same text: letters and digits, lower case. All of it where
/// there are none, as in a lone emoji.
fn squeeze(text: &str) -> String {
    let words: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { text.trim().to_owned() } else { words }
}

/// Word and character n-grams, sorted and without repeats.
fn grams(text: &str) -> Vec<u64> {
    let Ngrams { mut words, chars } = Ngrams::of(text);
    words.extend(chars);
    words.sort_unstable();
    words.dedup();
    words
}

/// How many two sorted lists have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

fn jaccard(shared: usize, a: usize, b: usize) -> f64 {
    let union = a + b - shared;
    if union == 0 { 0.0 } else { shared as f64 / union as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_and_near_ones_are_found() {
        let texts = [
            "How much is a haircut?",
            "can you book me a table for two people tonight",
            "where do you park",
        ];
        let index = Index::of(texts);
        let same = index.near("how much is a  haircut", 0.8).expect("found");
        assert!(same.is_exact && same.at == 0);
        let near = index.near("can you book me a table for 2 people tonight", 0.6).expect("found");
        assert!(!near.is_exact && near.at == 1 && near.jaccard < 1.0, "{near:?}");
        assert_eq!(index.near("do you have gift cards", 0.6), None);
        assert_eq!(index.near("", 0.8), None);
        assert_eq!(index.nearest("how much is parking"), Some(0));
        assert_eq!(Index::of([]).nearest("x"), None);
    }

    /// The filter must lose nothing that a comparison with every text would find.
    #[test]
    fn the_prefix_filter_is_exact() {
        let words = ["cut", "hair", "beard", "book", "price", "today", "at", "the", "for", "two"];
        let text = |seed: usize| {
            let at = |i: usize| words[(seed * 7 + i * i * 3 + seed / 3) % words.len()];
            (0..5 + seed % 4).map(at).collect::<Vec<_>>().join(" ")
        };
        let texts: Vec<String> = (0..120).map(text).collect();
        let index = Index::of(texts.iter().map(String::as_str));
        for query in (200..320).map(text) {
            let query_grams = grams(&query);
            let best = index
                .grams
                .iter()
                .map(|other| jaccard(common(&query_grams, other), query_grams.len(), other.len()))
                .fold(0.0, f64::max);
            let found = index.near(&query, 0.7).map_or(0.0, |alike| alike.jaccard);
            assert!((found - if best >= 0.7 { best } else { 0.0 }).abs() < 1e-9, "{query}");
        }
    }
}
