//! Several heads to one calibrated ranking: a weighted sum of their scores under a softmax, the
//! weights fitted on examples that the heads have not seen. The fitted scale is also what turns
//! kernel scores, which are no log-odds, into probabilities one can rely on.

use serde::{Deserialize, Serialize};

use super::{
    lbfgs::{self, Limits},
    linear::{log_sum_exp, logistic},
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

/// Straightens what is said of the best label: probabilities that come out of few examples are off
/// in ways that one temperature cannot mend.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct TopOdds {
    /// What the log-odds of the best label are multiplied by, and what is added.
    slope: f32,
    offset: f32,
}

impl Default for TopOdds {
    fn default() -> Self {
        Self { slope: 1.0, offset: 0.0 }
    }
}

impl TopOdds {
    /// Fits to probabilities of the best label, and whether it was right.
    pub(super) fn fit(held: &[(f32, bool)]) -> Self {
        /// Pulls to doing nothing, in examples.
        const PRIOR: f32 = 5.0;
        let rows: Vec<(f32, f32)> =
            held.iter().map(|(p, right)| (log_odds(*p), f32::from(u8::from(*right)))).collect();
        let mut objective = |weights: &[f32], gradient: &mut [f32]| {
            gradient[0] = PRIOR * (weights[0] - 1.0);
            gradient[1] = PRIOR * weights[1];
            let pull = 0.5 * PRIOR * ((weights[0] - 1.0).powi(2) + weights[1].powi(2));
            let mut loss = f64::from(pull);
            for (odds, truth) in &rows {
                let score = weights[0] * odds + weights[1];
                // log(1 + exp(score)) - truth * score
                loss += f64::from(log_sum_exp(&[0.0, score]) - truth * score);
                let slope = logistic(score) - truth;
                gradient[0] += slope * odds;
                gradient[1] += slope;
            }
            loss
        };
        let mut weights = vec![1.0, 0.0];
        let limits = Limits { max_iterations: 60, tolerance: 1e-8 };
        lbfgs::minimise(&mut weights, limits, &mut objective, &mut |_| {});
        // A confidence that falls as the score rises would be noise.
        Self { slope: weights[0].max(0.1), offset: weights[1] }
    }

    /// Straightens a ranking. The order stays; the sum may fall a little below one where it could
    /// not otherwise.
    pub(super) fn apply(self, ranking: &mut [(usize, f32)]) {
        let Some(((_, first), others)) = ranking.split_first_mut() else {
            return;
        };
        let straight = logistic(self.slope * log_odds(*first) + self.offset);
        let scale = (1.0 - straight) / (1.0 - *first).max(1e-6);
        *first = straight;
        others.iter_mut().for_each(|(_, p)| *p = (*p * scale).min(straight));
    }
}

fn log_odds(p: f32) -> f32 {
    let p = p.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
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
