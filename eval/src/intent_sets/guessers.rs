//! Guessers that understand nothing, to stand beside every figure. They learn from the rows that
//! they are given; where out of scope is a label like the others, it is one to them too.

use std::collections::{BTreeMap, HashMap};

use super::{
    logistic::{Logistic, Target},
    similar::Index,
    splits::Case,
};

/// Seen in fewer training messages than this, a word proves nothing.
const MIN_WORD: usize = 2;

/// Text to labels.
type Guess = dyn Fn(&str) -> Vec<usize>;

/// Answers with labels, as positions.
pub(crate) struct Guesser {
    /// What a report calls it.
    pub(crate) name: &'static str,
    guess: Box<Guess>,
}

impl Guesser {
    /// Names a guess.
    pub(crate) fn new(name: &'static str, guess: impl Fn(&str) -> Vec<usize> + 'static) -> Self {
        Self { name, guess: Box::new(guess) }
    }

    /// The labels of a message.
    pub(crate) fn guess(&self, text: &str) -> Vec<usize> {
        (self.guess)(text)
    }
}

/// The answer that is right most often on the very data it is judged by: an upper bound on what a
/// constant can reach.
pub(crate) fn majority<'a>(golds: impl Iterator<Item = &'a [usize]>) -> Guesser {
    let mut counts: BTreeMap<&[usize], usize> = BTreeMap::new();
    for gold in golds {
        *counts.entry(gold).or_default() += 1;
    }
    let best = counts.into_iter().max_by_key(|(gold, n)| (*n, std::cmp::Reverse(*gold)));
    let best = best.map_or_else(Vec::new, |(gold, _)| gold.to_vec());
    Guesser::new("majority", move |_| best.clone())
}

/// One word decides: the one that points most clearly to an answer in training, by its share of
/// that answer with one more against it. What an afternoon of `if contains(…)` comes to.
pub(crate) fn keyword(train: &[Case]) -> Guesser {
    let mut seen: HashMap<String, BTreeMap<&[usize], usize>> = HashMap::new();
    let mut overall: BTreeMap<&[usize], usize> = BTreeMap::new();
    for case in train {
        let mut words = words(&case.row.text);
        words.sort_unstable();
        words.dedup();
        for word in words {
            *seen.entry(word).or_default().entry(&case.gold).or_default() += 1;
        }
        *overall.entry(&case.gold).or_default() += 1;
    }
    let most = |counts: &BTreeMap<&[usize], usize>| {
        let best = counts.iter().max_by_key(|(gold, n)| (**n, std::cmp::Reverse(**gold)));
        best.map_or_else(|| (Vec::new(), 0), |(gold, n)| (gold.to_vec(), *n))
    };
    let (fallback, _) = most(&overall);
    let rules: HashMap<String, (f64, Vec<usize>)> = seen
        .into_iter()
        .filter_map(|(word, counts)| {
            let total: usize = counts.values().sum();
            let (gold, n) = most(&counts);
            (total >= MIN_WORD).then(|| (word, (n as f64 / (total + 1) as f64, gold)))
        })
        .collect();
    Guesser::new("keyword", move |text| {
        let hits = words(text).into_iter().rev().filter_map(|word| rules.get(&word));
        let best = hits.max_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or_else(|| fallback.clone(), |(_, gold)| gold.clone())
    })
}

/// The answer of the training message that shares the most n-grams.
pub(crate) fn nearest(train: &[Case]) -> Guesser {
    let index = Index::of(train.iter().map(|case| case.row.text.as_str()));
    let golds: Vec<Vec<usize>> = train.iter().map(|case| case.gold.clone()).collect();
    Guesser::new("nearest", move |text| {
        index.nearest(text).map_or_else(Vec::new, |at| golds[at].clone())
    })
}

/// TF-IDF of words and pairs of words, and logistic regression.
pub(crate) fn tfidf(train: &[Case], n_labels: usize, is_multi: bool) -> Guesser {
    let rows: Vec<(&str, &[usize])> =
        train.iter().map(|case| (case.row.text.as_str(), case.gold.as_slice())).collect();
    let target = if is_multi { Target::AnyOf } else { Target::OneOf };
    let model = Logistic::train(&rows, n_labels, target);
    Guesser::new("tfidf_logistic", move |text| model.predict(text))
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
