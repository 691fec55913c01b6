//! Logistic regression over the embedding and the n-grams: one softmax over classes of which one
//! is right, or one yes-or-no a class where several may be.

use serde::{Deserialize, Serialize};

use super::{
    features::Row,
    lbfgs::{self, Limits},
    matrix::{Matrix, add, multiply, view},
};

/// What is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// Exactly one class is right.
    Softmax,
    /// Each class is right or not, by itself.
    Sigmoid,
}

/// A linear map from features to one score a class.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Linear {
    pub(super) n_classes: usize,
    /// A row a component of the embedding, then a row an n-gram, then the bias.
    pub(super) weights: Vec<f32>,
}

impl Linear {
    /// Fits the weights to `rows` and the classes that are right for each. `l2` pulls weights to
    /// zero, beside the summed loss. Starts at `start`, if that has the right shape.
    pub(super) fn fit(
        rows: &[&Row],
        targets: &[&[usize]],
        shape: Shape,
        loss: Loss,
        start: Option<&Self>,
        progress: &mut dyn FnMut(f32),
    ) -> Self {
        let Shape { n_classes, dimension, n_ngrams, l2, limits } = shape;
        let mut weights = match start {
            Some(Self { weights, .. }) if weights.len() == shape.len() => weights.clone(),
            _ => vec![0.0; shape.len()],
        };
        let dense = Matrix::of(dimension, rows.iter().map(|row| row.dense.as_slice()));
        let n = rows.len();
        let mut slopes = vec![0.0; n * n_classes];
        let share = 1.0 / n.max(1) as f32;
        let l2 = l2 * share;
        let n_dense = dimension * n_classes;
        let bias = (dimension + n_ngrams) * n_classes;
        let mut objective = |weights: &[f32], gradient: &mut [f32]| {
            let of_dense = view(&weights[..n_dense], dimension, n_classes);
            multiply(&mut slopes, &dense.view(), &of_dense);
            gradient[n_dense..].fill(0.0);
            let (sparse, at_bias) = weights[n_dense..].split_at(bias - n_dense);
            let (head, bias_gradient) = gradient.split_at_mut(bias);
            let mut total = 0.0;
            for ((row, targets), slope) in
                rows.iter().zip(targets).zip(slopes.chunks_exact_mut(n_classes))
            {
                add(slope, 1.0, at_bias);
                for (ngram, value) in &row.sparse {
                    add(slope, *value, &sparse[*ngram as usize * n_classes..][..n_classes]);
                }
                total += match loss {
                    Loss::Softmax => softmax_slope(slope, targets),
                    Loss::Sigmoid => sigmoid_slope(slope, targets),
                };
                slope.iter_mut().for_each(|s| *s *= share);
                for (ngram, value) in &row.sparse {
                    let at = n_dense + *ngram as usize * n_classes;
                    add(&mut head[at..][..n_classes], *value, slope);
                }
                add(bias_gradient, 1.0, slope);
            }
            let slopes = view(&slopes, n, n_classes);
            multiply(&mut head[..n_dense], &dense.view().reversed_axes(), &slopes);
            let mut penalty = 0.0;
            for (g, w) in head.iter_mut().zip(weights) {
                *g += l2 * w;
                penalty += f64::from(w * w);
            }
            total * f64::from(share) + 0.5 * f64::from(l2) * penalty
        };
        lbfgs::minimise(&mut weights, limits, &mut objective, progress);
        Self { n_classes, weights }
    }

    /// Scores one message.
    pub(super) fn scores(&self, row: &Row) -> Vec<f32> {
        let n = self.n_classes;
        let (weights, bias) = self.weights.split_at(self.weights.len() - n);
        let mut scores = bias.to_vec();
        for (weights, value) in weights.chunks_exact(n).zip(&row.dense) {
            add(&mut scores, *value, weights);
        }
        for (ngram, value) in &row.sparse {
            add(&mut scores, *value, &weights[(row.dense.len() + *ngram as usize) * n..][..n]);
        }
        scores
    }
}

/// The size of the problem and how hard to try.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) n_classes: usize,
    pub(super) dimension: usize,
    pub(super) n_ngrams: usize,
    pub(super) l2: f32,
    pub(super) limits: Limits,
}

impl Shape {
    const fn len(&self) -> usize {
        (self.dimension + self.n_ngrams + 1) * self.n_classes
    }
}

/// Turns scores into the slope of the cross-entropy, which it returns.
fn softmax_slope(scores: &mut [f32], targets: &[usize]) -> f64 {
    let log_sum = log_sum_exp(scores);
    let share = 1.0 / targets.len().max(1) as f32;
    let loss: f32 = targets.iter().map(|target| share * (log_sum - scores[*target])).sum();
    scores.iter_mut().for_each(|score| *score = (*score - log_sum).exp());
    targets.iter().for_each(|target| scores[*target] -= share);
    f64::from(loss)
}

/// The same with a yes-or-no a class.
fn sigmoid_slope(scores: &mut [f32], targets: &[usize]) -> f64 {
    let mut loss: f32 = targets.iter().map(|target| -scores[*target]).sum();
    for score in scores.iter_mut() {
        // log(1 + exp(score)), without overflow
        loss += score.max(0.0) + (-score.abs()).exp().ln_1p();
        *score = logistic(*score);
    }
    targets.iter().for_each(|target| scores[*target] -= 1.0);
    f64::from(loss)
}

/// The logarithm of the sum of exponentials, without overflow.
pub(super) fn log_sum_exp(scores: &[f32]) -> f32 {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    max + scores.iter().map(|score| (score - max).exp()).sum::<f32>().ln()
}

/// From log-odds to probability.
pub(super) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
