//! From scores to probabilities one can rely on: a temperature for the ranking, and a small
//! logistic regression that says how likely a message is out of scope. Both are fitted on examples
//! the head has not seen.

use super::{
    head::{Logits, log_sum_exp},
    lbfgs::{self, Limits},
};

/// What tells that a message is none of our business.
pub(super) const N_SIGNALS: usize = 4;

/// One unseen example, scored.
pub(super) struct Scored {
    /// What it is; `None` when it is out of scope.
    pub(super) label: Option<usize>,
    /// One a label, and a last one for out of scope.
    pub(super) logits: Logits,
    /// Cosine to the nearest in-scope training example.
    pub(super) nearest: f32,
    /// How much of its spelling occurred in training.
    pub(super) coverage: f32,
}

/// The fitted numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Calibration {
    /// Divides the logits; above 1 the head was too sure of itself.
    pub(super) temperature: f32,
    /// Of each out-of-scope signal: what is subtracted and what divides it.
    pub(super) centre: [f32; N_SIGNALS],
    pub(super) spread: [f32; N_SIGNALS],
    /// Of each standardised signal, then the bias.
    pub(super) weights: [f32; N_SIGNALS + 1],
}

impl Calibration {
    /// Does nothing to the ranking and calls everything in scope as likely as not.
    pub(super) const NONE: Self = Self {
        temperature: 1.0,
        centre: [0.0; N_SIGNALS],
        spread: [1.0; N_SIGNALS],
        weights: [0.0; N_SIGNALS + 1],
    };

    /// Fits to unseen examples; [`Self::NONE`] where there are too few kinds of them.
    pub(super) fn fit(examples: &[Scored]) -> Self {
        let mut fitted = Self::NONE;
        fitted.temperature = temperature(examples);
        let signals: Vec<([f32; N_SIGNALS], bool)> =
            examples.iter().map(|e| (fitted.signals(e), e.label.is_none())).collect();
        let n_outside = signals.iter().filter(|(_, outside)| *outside).count();
        if n_outside == 0 || n_outside == signals.len() {
            return fitted;
        }
        let n = signals.len() as f32;
        for i in 0..N_SIGNALS {
            let mean = signals.iter().map(|(s, _)| s[i]).sum::<f32>() / n;
            let variance = signals.iter().map(|(s, _)| (s[i] - mean).powi(2)).sum::<f32>() / n;
            fitted.centre[i] = mean;
            fitted.spread[i] = variance.sqrt().max(1e-6);
        }
        let standard: Vec<([f32; N_SIGNALS], bool)> =
            signals.iter().map(|(s, outside)| (fitted.standardise(s), *outside)).collect();
        let mut weights = fitted.weights.to_vec();
        lbfgs::minimise(
            &mut weights,
            Limits { max_iterations: 200, tolerance: 1e-9 },
            &mut |weights, gradient| logistic_loss(weights, gradient, &standard),
            &mut |_| {},
        );
        fitted.weights.copy_from_slice(&weights);
        fitted
    }

    /// Probabilities of the in-scope intents alone, best first.
    pub(super) fn ranking(&self, logits: &Logits) -> Vec<(usize, f32)> {
        let scaled = in_scope(logits, self.temperature);
        let log_sum = log_sum_exp(&scaled);
        let mut ranking: Vec<(usize, f32)> =
            scaled.iter().map(|score| (score - log_sum).exp()).enumerate().collect();
        ranking.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranking
    }

    /// Probability that the message is out of scope.
    pub(super) fn out_of_scope(&self, scored: &Scored) -> f32 {
        logistic(weigh(&self.weights, &self.standardise(&self.signals(scored))))
    }

    /// The head's own opinion, how much any in-scope intent appeals, whether anything similar was
    /// seen, and whether the spelling was.
    fn signals(&self, scored: &Scored) -> [f32; N_SIGNALS] {
        let scaled = in_scope(&scored.logits, self.temperature);
        let appeal = log_sum_exp(&scaled);
        let outside = scored.logits.last().copied().unwrap_or(0.0) / self.temperature;
        [outside - appeal, appeal, scored.nearest, scored.coverage]
    }

    fn standardise(&self, signals: &[f32; N_SIGNALS]) -> [f32; N_SIGNALS] {
        std::array::from_fn(|i| (signals[i] - self.centre[i]) / self.spread[i])
    }
}

/// The scores of all classes but the last, which is out of scope, divided by the temperature.
fn in_scope(logits: &Logits, temperature: f32) -> Vec<f32> {
    let n_labels = logits.len().saturating_sub(1);
    logits[..n_labels].iter().map(|score| score / temperature).collect()
}

/// The temperature under which the in-scope examples are least surprising, within 1/8..=8.
fn temperature(examples: &[Scored]) -> f32 {
    let surprise = |log_temperature: f32| -> f32 {
        let temperature = log_temperature.exp();
        let inside = examples.iter().filter_map(|e| Some((&e.logits, e.label?)));
        inside
            .map(|(logits, label)| {
                let scaled = in_scope(logits, temperature);
                log_sum_exp(&scaled) - scaled[label]
            })
            .sum()
    };
    let (mut low, mut high) = (-(8.0_f32.ln()), 8.0_f32.ln());
    for _ in 0..40 {
        let third = (high - low) / 3.0;
        if surprise(low + third) <= surprise(high - third) {
            high -= third;
        } else {
            low += third;
        }
    }
    f32::midpoint(low, high).exp()
}

fn logistic_loss(
    weights: &[f32],
    gradient: &mut [f32],
    examples: &[([f32; N_SIGNALS], bool)],
) -> f64 {
    /// Keeps the weights finite when the signals separate perfectly.
    const L2: f32 = 1e-3;
    let share = 1.0 / examples.len() as f32;
    let mut loss = 0.0;
    for (g, w) in gradient.iter_mut().zip(weights) {
        *g = L2 * w;
        loss += f64::from(0.5 * L2 * w * w);
    }
    for (signals, outside) in examples {
        let score = weigh(weights, signals);
        let truth = if *outside { 1.0 } else { 0.0 };
        // log(1 + exp(score)) - truth * score
        loss += f64::from(share * (log_sum_exp(&[0.0, score]) - truth * score));
        let slope = share * (logistic(score) - truth);
        gradient.iter_mut().zip(signals).for_each(|(g, signal)| *g += slope * signal);
        gradient[N_SIGNALS] += slope;
    }
    loss
}

fn weigh(weights: &[f32], signals: &[f32; N_SIGNALS]) -> f32 {
    weights[N_SIGNALS] + weights.iter().zip(signals).map(|(w, s)| w * s).sum::<f32>()
}

fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
