//! A chain of labels: which sequence is best, and how sure each label is.
//!
//! The mathematics of a linear-chain conditional random field, without features: scores of labels
//! at tokens come in, sequences and probabilities go out.

/// Labels that may not follow each other are marked by this score.
pub(super) const FORBIDDEN: f32 = -1e9;

/// Which label follows which, and how gladly.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain {
    /// How many labels.
    pub(super) labels: usize,
    /// `from * labels + to`; row `labels` is the start of the text.
    pub(super) transitions: Vec<f32>,
}

impl Chain {
    /// Every allowed step is as good as any other.
    pub(super) fn new(labels: usize, allowed: impl Fn(Option<usize>, usize) -> bool) -> Self {
        let steps = (0..=labels).flat_map(|from| (0..labels).map(move |to| (from, to)));
        let transitions = steps
            .map(
                |(from, to)| {
                    if allowed((from < labels).then_some(from), to) { 0.0 } else { FORBIDDEN }
                },
            )
            .collect();
        Self { labels, transitions }
    }

    /// Probability of each label at each token, and expected counts of each pair of labels, by the
    /// forward-backward algorithm with scaling.
    pub(super) fn marginals(&self, scores: &[f32], tokens: usize) -> (Vec<f32>, Vec<f32>) {
        let n = self.labels;
        let step: Vec<f64> =
            self.transitions.iter().map(|weight| f64::from(*weight).exp()).collect();
        let mut local = vec![0.0_f64; tokens * n];
        for (out, row) in local.chunks_exact_mut(n).zip(scores.chunks_exact(n)) {
            let top = row.iter().copied().fold(f32::MIN, f32::max);
            for (out, score) in out.iter_mut().zip(row) {
                *out = f64::from(score - top).exp();
            }
        }
        let mut forward = vec![0.0_f64; tokens * n];
        for token in 0..tokens {
            let (done, rest) = forward.split_at_mut(token * n);
            let row = &mut rest[..n];
            if token == 0 {
                row.copy_from_slice(&step[n * n..]);
            } else {
                for (from, mass) in done[(token - 1) * n..].iter().enumerate() {
                    if *mass > 0.0 {
                        for (to, weight) in row.iter_mut().zip(&step[from * n..(from + 1) * n]) {
                            *to += mass * weight;
                        }
                    }
                }
            }
            for (value, local) in row.iter_mut().zip(&local[token * n..]) {
                *value *= local;
            }
            let sum: f64 = row.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            row.iter_mut().for_each(|value| *value /= sum);
        }
        let mut backward = vec![1.0_f64; n];
        let mut unary = vec![0.0_f64; tokens * n];
        let mut pairs = vec![0.0_f64; (n + 1) * n];
        for token in (0..tokens).rev() {
            let out = &mut unary[token * n..(token + 1) * n];
            let before = &forward[token * n..(token + 1) * n];
            let mut sum = 0.0;
            for ((out, f), b) in out.iter_mut().zip(before).zip(&backward) {
                *out = f * b;
                sum += *out;
            }
            let sum = sum.max(f64::MIN_POSITIVE);
            out.iter_mut().for_each(|value| *value /= sum);
            let here: Vec<f64> =
                backward.iter().zip(&local[token * n..]).map(|(b, l)| b * l).collect();
            if token == 0 {
                pairs[n * n..].iter_mut().zip(&unary[..n]).for_each(|(pair, p)| *pair += p);
                break;
            }
            let previous = &forward[(token - 1) * n..token * n];
            let mut next = vec![0.0_f64; n];
            let mut total = 0.0;
            for from in 0..n {
                let weights = &step[from * n..(from + 1) * n];
                let dot: f64 = weights.iter().zip(&here).map(|(w, h)| w * h).sum();
                next[from] = dot;
                total += previous[from] * dot;
            }
            let total = total.max(f64::MIN_POSITIVE);
            for from in 0..n {
                let mass = previous[from] / total;
                if mass == 0.0 || !mass.is_finite() {
                    continue;
                }
                let weights = &step[from * n..(from + 1) * n];
                for ((pair, w), h) in
                    pairs[from * n..(from + 1) * n].iter_mut().zip(weights).zip(&here)
                {
                    *pair += mass * w * h;
                }
            }
            let scale = next.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
            backward = next.iter().map(|value| value / scale).collect();
        }
        let narrow = |values: Vec<f64>| values.into_iter().map(|value| value as f32).collect();
        (narrow(unary), narrow(pairs))
    }

    /// The best sequence of labels (Viterbi).
    pub(super) fn best(&self, scores: &[f32], tokens: usize) -> Vec<usize> {
        let n = self.labels;
        if tokens == 0 {
            return Vec::new();
        }
        let mut best: Vec<f32> =
            scores[..n].iter().zip(&self.transitions[n * n..]).map(|(s, t)| s + t).collect();
        let mut came_from = vec![0_usize; tokens * n];
        for token in 1..tokens {
            let mut next = vec![f32::MIN; n];
            for to in 0..n {
                for (from, score) in best.iter().enumerate() {
                    let total = score + self.transitions[from * n + to];
                    if total > next[to] {
                        next[to] = total;
                        came_from[token * n + to] = from;
                    }
                }
                next[to] += scores[token * n + to];
            }
            best = next;
        }
        let mut label = (0..n).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
        let mut labels = vec![label; tokens];
        for token in (1..tokens).rev() {
            label = came_from[token * n + label];
            labels[token - 1] = label;
        }
        labels
    }
}
