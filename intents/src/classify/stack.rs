//! Several heads to one calibrated ranking: a weighted sum of their scores under a softmax, the
//! weights fitted on examples that the heads have not seen. The fitted scale is also what turns
//! kernel scores, which are no log-odds, into probabilities one can rely on.

use serde::{Deserialize, Serialize};

use super::{
    lbfgs::{self, Limits},
    linear::log_sum_exp,
    matrix::dot,
};

/// How many heads have a say.
pub(super) const N_EXPERTS: usize = 3;
/// Brings the scores of the heads to about the same size: log-odds, a regression, a cosine.
const SCALES: [f32; N_EXPERTS] = [1.0, 10.0, 10.0];
/// Pulls the weights to zero, beside the mean loss, so that few examples do not settle them.
const L2: f32 = 1e-4;

/// What each head says of one text: for each, one score a class.
#[derive(Debug, Clone, Default)]
pub(super) struct Opinion {
    pub(super) experts: [Vec<f32>; N_EXPERTS],
    /// How much of its spelling occurred in training, 0..=1.
    pub(super) coverage: f32,
}

/// The weight of each head.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Stack {
    pub(super) weights: [f32; N_EXPERTS],
}

impl Stack {
    /// Fits the weights of the heads in `active`, none of them negative, to opinions and the class
    /// among the first `n_labels` that is right; also returns the mean loss.
    pub(super) fn fit(
        held: &[(&Opinion, usize)],
        n_labels: usize,
        active: [bool; N_EXPERTS],
    ) -> (Self, f64) {
        let mut active = active;
        loop {
            let (stack, loss) = Self::fit_free(held, n_labels, active);
            let negative = (0..N_EXPERTS).filter(|i| active[*i] && stack.weights[*i] < 0.0);
            let worst = negative.min_by(|a, b| stack.weights[*a].total_cmp(&stack.weights[*b]));
            match worst {
                Some(i) if active.iter().filter(|on| **on).count() > 1 => active[i] = false,
                _ => return (stack, loss),
            }
        }
    }

    fn fit_free(
        held: &[(&Opinion, usize)],
        n_labels: usize,
        active: [bool; N_EXPERTS],
    ) -> (Self, f64) {
        let share = 1.0 / held.len().max(1) as f32;
        let on = |i: usize| if active[i] { SCALES[i] } else { 0.0 };
        let scales: [f32; N_EXPERTS] = std::array::from_fn(on);
        let mut objective = |weights: &[f32], gradient: &mut [f32]| {
            let mut loss = 0.0;
            for (g, w) in gradient.iter_mut().zip(weights) {
                *g = L2 * w;
                loss += f64::from(0.5 * L2 * w * w);
            }
            let scaled = std::array::from_fn(|i| weights[i] * scales[i]);
            for (opinion, truth) in held {
                let mut slopes = mix(opinion, &scaled, n_labels);
                let log_sum = log_sum_exp(&slopes);
                loss += f64::from(share * (log_sum - slopes[*truth]));
                slopes.iter_mut().for_each(|s| *s = (*s - log_sum).exp());
                slopes[*truth] -= 1.0;
                for (i, expert) in opinion.experts.iter().enumerate() {
                    gradient[i] += share * scales[i] * dot(&slopes, &expert[..n_labels]);
                }
            }
            loss
        };
        let mut weights: Vec<f32> = active.iter().map(|on| f32::from(u8::from(*on))).collect();
        let limits = Limits { max_iterations: 60, tolerance: 1e-7 };
        lbfgs::minimise(&mut weights, limits, &mut objective, &mut |_| {});
        let loss = objective(&weights, &mut [0.0; N_EXPERTS]);
        (Self { weights: std::array::from_fn(|i| weights[i] * scales[i]) }, loss)
    }

    /// One score for each of the first `n_classes`: log-odds, up to a constant.
    pub(super) fn scores(&self, opinion: &Opinion, n_classes: usize) -> Vec<f32> {
        mix(opinion, &self.weights, n_classes)
    }
}

fn mix(opinion: &Opinion, weights: &[f32; N_EXPERTS], n_classes: usize) -> Vec<f32> {
    let mut sums = vec![0.0; n_classes];
    for (weight, scores) in weights.iter().zip(&opinion.experts) {
        if *weight != 0.0 {
            sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += weight * score);
        }
    }
    sums
}
