//! The baseline everybody knows: TF-IDF of words, and logistic regression.
//!
//! Words and pairs of words, weights `(1 + ln tf) · idf` scaled to length one, as scikit-learn's
//! vectoriser has them; the regression by stochastic descent with a step of its own for each weight
//! (AdaGrad; Duchi, Hazan and Singer 2011). Small on purpose: crates with a sparse multinomial
//! regression are missing, the dense ones need gigabytes here, and the product's own head must not
//! be its own yardstick.

use std::collections::HashMap;

use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

/// Passes over the training rows.
const EPOCHS: usize = 30;
/// The first step's length.
const STEP: f32 = 1.0;
/// Messages a feature must occur in to count.
const MIN_DOCUMENTS: usize = 2;
/// Dampens the first steps of a weight.
const DAMPING: f32 = 0.1;
const ORDER: u64 = 1;

/// What the labels of a message are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// Exactly one is right: a softmax.
    OneOf,
    /// Any number is right: a logistic function each.
    AnyOf,
}

/// A trained baseline.
pub(crate) struct Logistic {
    vocabulary: HashMap<String, (usize, f32)>,
    /// For each feature, one weight a label; the last feature is the bias.
    weights: Vec<f32>,
    n_labels: usize,
    target: Target,
}

/// Feature and value; what is missing is zero.
type Features = Vec<(usize, f32)>;

impl Logistic {
    /// Learns from messages and their labels.
    pub(crate) fn train(rows: &[(&str, &[usize])], n_labels: usize, target: Target) -> Self {
        let terms: Vec<Vec<String>> = rows.iter().map(|(text, _)| terms(text)).collect();
        let vocabulary = vocabulary(&terms);
        let width = vocabulary.len() + 1;
        let weights = vec![0.0; width * n_labels];
        let mut model = Self { vocabulary, weights, n_labels, target };
        let features: Vec<Features> = terms.iter().map(|terms| model.features(terms)).collect();
        let mut squares = vec![DAMPING; width * n_labels];
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut rng = StdRng::seed_from_u64(ORDER);
        for _ in 0..EPOCHS {
            order.shuffle(&mut rng);
            for at in &order {
                let mut slope = model.probabilities(&features[*at]);
                for label in rows[*at].1 {
                    slope[*label] -= 1.0;
                }
                for (feature, value) in &features[*at] {
                    let from = feature * n_labels;
                    let row = &mut model.weights[from..from + n_labels];
                    let squares = &mut squares[from..from + n_labels];
                    for ((weight, square), slope) in row.iter_mut().zip(squares).zip(&slope) {
                        let gradient = slope * value;
                        *square += gradient * gradient;
                        *weight -= STEP * gradient / square.sqrt();
                    }
                }
            }
        }
        model
    }

    /// The most likely label, or every label that is more likely than not.
    pub(crate) fn predict(&self, text: &str) -> Vec<usize> {
        let probabilities = self.probabilities(&self.features(&terms(text)));
        match self.target {
            Target::OneOf => {
                let best = (0..self.n_labels)
                    .rev()
                    .max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
                best.into_iter().collect()
            }
            Target::AnyOf => (0..self.n_labels).filter(|i| probabilities[*i] > 0.5).collect(),
        }
    }

    fn features(&self, terms: &[String]) -> Features {
        let mut counts: HashMap<usize, (f32, f32)> = HashMap::new();
        for (feature, idf) in terms.iter().filter_map(|term| self.vocabulary.get(term)) {
            counts.entry(*feature).or_insert((0.0, *idf)).0 += 1.0;
        }
        let mut features: Features =
            counts.into_iter().map(|(f, (count, idf))| (f, (1.0 + count.ln()) * idf)).collect();
        features.sort_unstable_by_key(|(feature, _)| *feature);
        let norm = features.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        if norm > 0.0 {
            features.iter_mut().for_each(|(_, value)| *value /= norm);
        }
        features.push((self.vocabulary.len(), 1.0));
        features
    }

    fn probabilities(&self, features: &Features) -> Vec<f32> {
        let mut scores = vec![0.0; self.n_labels];
        for (feature, value) in features {
            let row = &self.weights[feature * self.n_labels..][..self.n_labels];
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += value * weight);
        }
        match self.target {
            Target::OneOf => {
                let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                scores.iter_mut().for_each(|score| *score = (*score - max).exp());
                let sum: f32 = scores.iter().sum();
                scores.iter_mut().for_each(|score| *score /= sum);
            }
            Target::AnyOf => {
                scores.iter_mut().for_each(|score| *score = 1.0 / (1.0 + (-*score).exp()));
            }
        }
        scores
    }
}

/// Features that occur often enough, numbered in alphabetical order, with their inverse document
/// frequency.
fn vocabulary(documents: &[Vec<String>]) -> HashMap<String, (usize, f32)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for document in documents {
        let mut terms: Vec<&str> = document.iter().map(String::as_str).collect();
        terms.sort_unstable();
        terms.dedup();
        terms.into_iter().for_each(|term| *counts.entry(term).or_default() += 1);
    }
    let mut kept: Vec<(&str, usize)> =
        counts.into_iter().filter(|(_, n)| *n >= MIN_DOCUMENTS).collect();
    kept.sort_unstable();
    let total = documents.len() as f32;
    let idf = |n: usize| ((1.0 + total) / (1.0 + n as f32)).ln() + 1.0;
    kept.iter().enumerate().map(|(i, (term, n))| ((*term).to_owned(), (i, idf(*n)))).collect()
}

/// Words and pairs of neighbours.
fn terms(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    words.iter().map(|word| (*word).to_owned()).chain(pairs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_point_to_labels() {
        let rows: Vec<(&str, &[usize])> = vec![
            ("how much is a cut", &[0]),
            ("how much does it cost", &[0]),
            ("book me a cut", &[1]),
            ("can you book it", &[1]),
        ];
        let model = Logistic::train(&rows, 3, Target::OneOf);
        assert_eq!(model.predict("how much is it"), [0]);
        assert_eq!(model.predict("book it for me"), [1]);
        let sum: f32 = model.probabilities(&model.features(&terms("a cut"))).iter().sum();
        assert!((sum - 1.0).abs() < 1e-5);
    }

    #[test]
    fn several_labels_are_told_each_on_its_own() {
        let rows: Vec<(&str, &[usize])> = vec![
            ("cancel it", &[0]),
            ("cancel and why", &[0, 1]),
            ("why is that", &[1]),
            ("it is fine", &[]),
            ("that is fine", &[]),
        ];
        let model = Logistic::train(&rows, 2, Target::AnyOf);
        assert_eq!(model.predict("cancel and why is that"), [0, 1]);
        assert_eq!(model.predict("fine"), Vec::<usize>::new());
    }
}
