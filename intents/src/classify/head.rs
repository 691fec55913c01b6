//! The trained part: multinomial logistic regression over [`Features`].

use serde::{Deserialize, Serialize};

use super::{
    features::Features,
    lbfgs::{self, Limits},
};

/// How the head is trained. Chosen on the dev examples; part of the cache's key.
///
/// There is no seed: the problem is convex, starts at zero and visits all examples in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HeadConfig {
    /// Length of the embedding among the features.
    pub embedding_weight: f32,
    /// Length of the word n-grams.
    pub word_weight: f32,
    /// Length of the character n-grams.
    pub char_weight: f32,
    /// Strength of the pull of weights to zero, beside the mean loss of an example.
    pub l2: f32,
    /// Messages an n-gram must occur in to count.
    pub min_documents: usize,
    /// Steps of the optimiser at most.
    pub max_iterations: usize,
    /// Stop when a step gains less than this share of the loss.
    pub tolerance: f64,
}

impl Default for HeadConfig {
    fn default() -> Self {
        Self {
            embedding_weight: 3.0,
            word_weight: 3.0,
            char_weight: 4.0,
            l2: 1e-4,
            min_documents: 2,
            max_iterations: 120,
            tolerance: 1e-5,
        }
    }
}

impl HeadConfig {
    /// What suits an encoder that knows spelling only: its vectors say little that the n-grams do
    /// not, and every n-gram is needed.
    #[must_use]
    pub fn heuristic() -> Self {
        Self {
            embedding_weight: 2.0,
            word_weight: 4.0,
            char_weight: 5.0,
            l2: 3e-4,
            min_documents: 1,
            ..Self::default()
        }
    }
}

/// A linear map from features to one score an intent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub(super) n_classes: usize,
    /// For each feature, one weight a class.
    pub(super) weights: Vec<f32>,
}

/// One score a class.
pub(super) type Logits = Vec<f32>;

impl Head {
    /// Fits the weights to messages and their classes, 0..`n_classes`.
    pub(super) fn train(
        width: usize,
        n_classes: usize,
        examples: &[(Features, usize)],
        config: &HeadConfig,
        progress: &mut dyn FnMut(f32),
    ) -> Self {
        let mut weights = vec![0.0; width * n_classes];
        let limits = Limits { max_iterations: config.max_iterations, tolerance: config.tolerance };
        let bias = (width - 1) * n_classes;
        let mut objective = |weights: &[f32], gradient: &mut [f32]| {
            gradient.fill(0.0);
            let share = 1.0 / examples.len() as f32;
            let mut loss = 0.0;
            for (features, class) in examples {
                let mut slope = scores(weights, n_classes, features);
                loss -= f64::from(softmax_in_place(&mut slope, *class));
                slope[*class] -= 1.0;
                slope.iter_mut().for_each(|s| *s *= share);
                for (feature, value) in &features.entries {
                    let row = &mut gradient[*feature as usize * n_classes..][..n_classes];
                    row.iter_mut().zip(&slope).for_each(|(g, s)| *g += value * s);
                }
            }
            let mut penalty = 0.0;
            for (g, w) in gradient[..bias].iter_mut().zip(weights) {
                *g += config.l2 * w;
                penalty += f64::from(w * w);
            }
            loss * f64::from(share) + 0.5 * f64::from(config.l2) * penalty
        };
        lbfgs::minimise(&mut weights, limits, &mut objective, progress);
        Self { n_classes, weights }
    }

    /// Scores a message.
    pub(super) fn logits(&self, features: &Features) -> Logits {
        scores(&self.weights, self.n_classes, features)
    }
}

fn scores(weights: &[f32], n_classes: usize, features: &Features) -> Vec<f32> {
    let mut scores = vec![0.0; n_classes];
    for (feature, value) in &features.entries {
        let row = &weights[*feature as usize * n_classes..][..n_classes];
        scores.iter_mut().zip(row).for_each(|(score, weight)| *score += value * weight);
    }
    scores
}

/// Turns scores into probabilities; returns the logarithm of that of `class`.
fn softmax_in_place(scores: &mut [f32], class: usize) -> f32 {
    let log_sum = log_sum_exp(scores);
    let log_probability = scores[class] - log_sum;
    scores.iter_mut().for_each(|score| *score = (*score - log_sum).exp());
    log_probability
}

/// The logarithm of the sum of exponentials, without overflow.
pub(super) fn log_sum_exp(scores: &[f32]) -> f32 {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    max + scores.iter().map(|score| (score - max).exp()).sum::<f32>().ln()
}
