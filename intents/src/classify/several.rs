//! Several labels at once: for each label, whether the text has it.

use serde::{Deserialize, Serialize};

use super::{
    lbfgs::{self, Limits},
    linear::{Linear, logistic},
    stack::Opinion,
};

/// Brings kernel scores to about the size of log-odds.
const KERNEL_SCALE: f32 = 10.0;

/// Yes-or-no heads and how to read them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Several {
    pub(super) linear: Linear,
    /// Of the linear score, of the kernel score, and the bias.
    weights: [f32; 3],
    /// The probability from which on a label is said to be there.
    cut: f32,
}

/// What is known of one text that the heads have not seen.
pub(super) struct Seen<'a> {
    /// Log-odds a label.
    pub(super) linear: Vec<f32>,
    pub(super) opinion: &'a Opinion,
    pub(super) labels: &'a [usize],
}

impl Several {
    /// Fits how the heads are read to texts that they have not seen.
    pub(super) fn fit(linear: Linear, held: &[Seen<'_>]) -> Self {
        let mut several = Self { linear, weights: [1.0, 0.0, 0.0], cut: 0.5 };
        if held.is_empty() {
            return several;
        }
        let cells: Vec<(f32, f32, f32)> = held
            .iter()
            .flat_map(|seen| {
                let kernel = &seen.opinion.experts[1];
                seen.linear.iter().zip(kernel).enumerate().map(|(label, (linear, kernel))| {
                    let truth = f32::from(u8::from(seen.labels.contains(&label)));
                    (*linear, KERNEL_SCALE * kernel, truth)
                })
            })
            .collect();
        let share = 1.0 / cells.len().max(1) as f32;
        let mut objective = |weights: &[f32], gradient: &mut [f32]| {
            gradient.fill(0.0);
            let mut loss = 0.0;
            for (linear, kernel, truth) in &cells {
                let score = weights[0] * linear + weights[1] * kernel + weights[2];
                loss += f64::from(score.max(0.0) + (-score.abs()).exp().ln_1p() - truth * score);
                let slope = share * (logistic(score) - truth);
                gradient[0] += slope * linear;
                gradient[1] += slope * kernel;
                gradient[2] += slope;
            }
            loss * f64::from(share)
        };
        let mut weights = several.weights.to_vec();
        let limits = Limits { max_iterations: 60, tolerance: 1e-8 };
        lbfgs::minimise(&mut weights, limits, &mut objective, &mut |_| {});
        several.weights = [weights[0], KERNEL_SCALE * weights[1], weights[2]];

        let scored: Vec<(f32, bool)> = held
            .iter()
            .flat_map(|seen| {
                let found = several.probabilities(&seen.linear, seen.opinion);
                let truth = |label| seen.labels.contains(&label);
                found.into_iter().enumerate().map(move |(label, p)| (p, truth(label)))
            })
            .collect();
        several.cut = best_cut(scored).0;
        several
    }

    /// For each label, the probability that it is there.
    pub(super) fn probabilities(&self, linear: &[f32], opinion: &Opinion) -> Vec<f32> {
        let [of_linear, of_kernel, bias] = self.weights;
        let scores = linear.iter().zip(&opinion.experts[1]);
        scores.map(|(l, k)| logistic(of_linear * l + of_kernel * k + bias)).collect()
    }

    /// The labels that are there, the likeliest first.
    pub(super) fn present(&self, linear: &[f32], opinion: &Opinion) -> Vec<(usize, f32)> {
        let all = self.probabilities(linear, opinion).into_iter().enumerate();
        let mut present: Vec<(usize, f32)> = all.filter(|(_, p)| *p >= self.cut).collect();
        present.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        present
    }
}

/// Where the F1 over all cells is highest, and how high it is there.
pub(super) fn best_cut(mut scored: Vec<(f32, bool)>) -> (f32, f32) {
    let n_true = scored.iter().filter(|(_, truth)| *truth).count() as f32;
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut hits, mut best, mut cut) = (0.0, 0.0, 0.5);
    for (i, (p, truth)) in scored.iter().enumerate() {
        hits += f32::from(u8::from(*truth));
        let f1 = 2.0 * hits / (i as f32 + 1.0 + n_true);
        if f1 > best {
            best = f1;
            cut = f32::midpoint(*p, scored.get(i + 1).map_or(0.0, |(next, _)| *next));
        }
    }
    (cut, best)
}
