//! How much speaks for a text being out of scope. Where examples of that are held out, a small
//! logistic regression weighs the signs; where there are none, a fixed sum of the signs that hold
//! up on public sets, against what in-scope examples look like when they are not trained on.

use serde::{Deserialize, Serialize};

use super::{
    lbfgs::{self, Limits},
    linear::{log_sum_exp, logistic},
    stack::Opinion,
};

const N_SIGNALS: usize = 8;
/// The weights without examples. In the order of [`signals`], all of which are high for what is
/// far from the examples: appeal, kernel, margin, log-odds, nearest.
const UNFITTED: [f32; N_SIGNALS] = [0.0, 0.5, 1.0, 0.0, 0.5, 1.0, 0.0, 0.0];
/// How steep the score is without examples, about the cut.
const UNFITTED_STEEPNESS: f32 = 1.0;
/// The share of in-scope texts below the cut without examples.
const KEPT: f32 = 0.95;
/// Fewer examples of either kind fit nothing.
const MIN_EXAMPLES: usize = 10;
/// Out-of-scope texts count as at least this share of all when the cut is chosen: in few sets are
/// they as frequent as in life.
const LEAST_SHARE: f32 = 0.2;
/// Keeps the weights finite when the signs separate perfectly.
const L2: f32 = 1e-3;

/// One text that the heads have not seen.
pub(super) struct Sighting {
    pub(super) signals: [f32; N_SIGNALS],
    pub(super) is_outside: bool,
    /// Whether the ranking has its label first.
    pub(super) is_right: bool,
}

/// The fitted numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Outside {
    /// Of each sign: what is subtracted and what divides it.
    centre: [f32; N_SIGNALS],
    spread: [f32; N_SIGNALS],
    /// Of each standardised sign, then the bias.
    weights: Vec<f32>,
    /// From which score on a text is called out of scope.
    pub(super) cut: f32,
}

/// The signs, from the heads' opinions and the stacked scores of the first `n_labels` classes and
/// of the one after them, if there is one, which is out of scope.
pub(super) fn signals(opinion: &Opinion, stacked: &[f32], n_labels: usize) -> [f32; N_SIGNALS] {
    let [_, kernel, nearest] = &opinion.experts;
    let (inside, outside) = stacked.split_at(n_labels);
    let appeal = log_sum_exp(inside);
    let (first, _) = top_two(inside);
    let p = (first - appeal).exp().clamp(1e-6, 1.0 - 1e-6);
    let (kernel_first, kernel_second) = top_two(&kernel[..n_labels]);
    [
        outside.first().map_or(0.0, |score| score - appeal),
        -appeal,
        -kernel_first,
        -(kernel_first - kernel_second),
        -(p / (1.0 - p)).ln(),
        -top_two(&nearest[..n_labels]).0,
        -opinion.coverage,
        kernel.get(n_labels).copied().unwrap_or(0.0),
    ]
}

impl Outside {
    /// Fits to texts that the heads have not seen.
    pub(super) fn fit(held: &[Sighting]) -> Self {
        let n_outside = held.iter().filter(|sighting| sighting.is_outside).count();
        let fits = n_outside >= MIN_EXAMPLES && held.len() - n_outside >= MIN_EXAMPLES;
        let mut model = Self {
            centre: [0.0; N_SIGNALS],
            spread: [1.0; N_SIGNALS],
            weights: UNFITTED.iter().map(|w| w * UNFITTED_STEEPNESS).chain([0.0]).collect(),
            cut: 0.5,
        };
        let normal: Vec<&Sighting> =
            held.iter().filter(|sighting| fits || !sighting.is_outside).collect();
        for i in 0..N_SIGNALS {
            let n = normal.len().max(1) as f32;
            let mean = normal.iter().map(|s| s.signals[i]).sum::<f32>() / n;
            let variance = normal.iter().map(|s| (s.signals[i] - mean).powi(2)).sum::<f32>() / n;
            model.centre[i] = mean;
            model.spread[i] = variance.sqrt().max(1e-3);
        }
        if fits {
            model.weigh(held);
            model.cut = model.best_cut(held);
        } else {
            let mut scores: Vec<f32> =
                normal.iter().map(|sighting| model.log_odds(&sighting.signals)).collect();
            scores.sort_by(f32::total_cmp);
            let last = scores.len().saturating_sub(1);
            let at = ((last as f32) * KEPT).round() as usize;
            let cut = scores.get(at).copied().unwrap_or(0.0);
            model.weights[N_SIGNALS] = -cut;
        }
        model
    }

    /// How much speaks for out of scope, 0..=1.
    pub(super) fn score(&self, signals: &[f32; N_SIGNALS]) -> f32 {
        logistic(self.log_odds(signals))
    }

    fn log_odds(&self, signals: &[f32; N_SIGNALS]) -> f32 {
        let standard = self.standardise(signals);
        self.weights.iter().zip(standard.iter().chain(&[1.0])).map(|(w, s)| w * s).sum()
    }

    fn standardise(&self, signals: &[f32; N_SIGNALS]) -> [f32; N_SIGNALS] {
        std::array::from_fn(|i| ((signals[i] - self.centre[i]) / self.spread[i]).clamp(-8.0, 8.0))
    }

    fn weigh(&mut self, held: &[Sighting]) {
        let rows: Vec<([f32; N_SIGNALS], f32)> = held
            .iter()
            .map(|s| (self.standardise(&s.signals), f32::from(u8::from(s.is_outside))))
            .collect();
        let share = 1.0 / rows.len() as f32;
        let mut objective = |weights: &[f32], gradient: &mut [f32]| {
            let mut loss = 0.0;
            for (g, w) in gradient.iter_mut().zip(weights) {
                *g = L2 * w;
                loss += f64::from(0.5 * L2 * w * w);
            }
            for (signals, truth) in &rows {
                let score = weights[N_SIGNALS]
                    + weights.iter().zip(signals).map(|(w, s)| w * s).sum::<f32>();
                // log(1 + exp(score)) - truth * score
                loss += f64::from(share * (log_sum_exp(&[0.0, score]) - truth * score));
                let slope = share * (logistic(score) - truth);
                gradient.iter_mut().zip(signals).for_each(|(g, s)| *g += slope * s);
                gradient[N_SIGNALS] += slope;
            }
            loss
        };
        let mut weights = vec![0.0; N_SIGNALS + 1];
        let limits = Limits { max_iterations: 200, tolerance: 1e-9 };
        lbfgs::minimise(&mut weights, limits, &mut objective, &mut |_| {});
        self.weights = weights;
    }

    /// Where most texts are answered right: in-scope ones by their label, the others by being
    /// called out of scope.
    fn best_cut(&self, held: &[Sighting]) -> f32 {
        let n_outside = held.iter().filter(|sighting| sighting.is_outside).count() as f32;
        let n_inside = held.len() as f32 - n_outside;
        let share = (n_outside / held.len() as f32).max(LEAST_SHARE);
        let mut scored: Vec<(f32, f32)> = held
            .iter()
            .map(|s| {
                let gain = match (s.is_outside, s.is_right) {
                    (true, _) => -share / n_outside,
                    (false, true) => (1.0 - share) / n_inside,
                    (false, false) => 0.0,
                };
                (self.score(&s.signals), gain)
            })
            .collect();
        scored.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Letting in one text after the other, the gain is highest somewhere.
        let (mut best, mut sum, mut cut) = (0.0, 0.0, 0.0);
        for (i, (score, gain)) in scored.iter().enumerate() {
            sum += gain;
            if sum > best {
                best = sum;
                let next = scored.get(i + 1).map_or(1.0, |(next, _)| *next);
                cut = f32::midpoint(*score, next);
            }
        }
        cut
    }
}

/// The highest and the second highest; zeros where there are none.
fn top_two(scores: &[f32]) -> (f32, f32) {
    let mut best = (f32::NEG_INFINITY, f32::NEG_INFINITY);
    for score in scores {
        if *score > best.0 {
            best = (*score, best.0);
        } else if *score > best.1 {
            best.1 = *score;
        }
    }
    let finite = |x: f32| if x.is_finite() { x } else { 0.0 };
    (finite(best.0), finite(best.1))
}
