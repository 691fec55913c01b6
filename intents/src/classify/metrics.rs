//! How good a classifier is. Plain functions over plain numbers; the evaluation reports them, the
//! golden tests hold them.

use std::collections::BTreeMap;

/// How many bins the calibration error sorts confidences into.
const BINS: usize = 15;

/// The share of pairs `(truth, guess)` that agree, 0..=1; 0 for none at all.
#[must_use]
pub fn accuracy<T: PartialEq>(pairs: &[(T, T)]) -> f64 {
    share(pairs.iter().filter(|(truth, guess)| truth == guess).count(), pairs.len())
}

/// The mean over classes that occur of each class's F1, 0..=1.
#[must_use]
pub fn macro_f1<T: Ord + Copy>(pairs: &[(T, T)]) -> f64 {
    #[derive(Default)]
    struct Counts {
        hits: usize,
        truths: usize,
        guesses: usize,
    }
    let mut classes: BTreeMap<T, Counts> = BTreeMap::new();
    for (truth, guess) in pairs {
        classes.entry(*truth).or_default().truths += 1;
        classes.entry(*guess).or_default().guesses += 1;
        if truth == guess {
            classes.entry(*truth).or_default().hits += 1;
        }
    }
    let f1 = |counts: &Counts| share(2 * counts.hits, counts.truths + counts.guesses);
    let sum: f64 = classes.values().map(f1).sum();
    if classes.is_empty() { 0.0 } else { sum / classes.len() as f64 }
}

/// Expected calibration error over 15 bins of equal width, 0..=1: how far confidence and accuracy
/// are apart, on average. Takes pairs of confidence and whether it was right.
#[must_use]
pub fn calibration_error(answers: &[(f32, bool)]) -> f64 {
    let mut bins = [(0.0_f64, 0.0_f64); BINS];
    for (confidence, right) in answers {
        let bin = ((confidence * BINS as f32) as usize).min(BINS - 1);
        bins[bin].0 += f64::from(*confidence);
        bins[bin].1 += f64::from(u8::from(*right));
    }
    let gap: f64 = bins.iter().map(|(confidence, right)| (confidence - right).abs()).sum();
    if answers.is_empty() { 0.0 } else { gap / answers.len() as f64 }
}

/// Area under the ROC curve, 0..=1: how often a positive scores above a negative, ties counting
/// half. Takes pairs of score and whether it is a positive; 0.5 when one kind is missing.
#[must_use]
pub fn auroc(scores: &[(f32, bool)]) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rank = 1.0;
    let mut positive_ranks = 0.0;
    for ties in sorted.chunk_by(|a, b| a.0 == b.0) {
        let n = ties.len() as f64;
        let positives = ties.iter().filter(|(_, positive)| *positive).count() as f64;
        positive_ranks += positives * (rank + (n - 1.0) / 2.0);
        rank += n;
    }
    let positives = scores.iter().filter(|(_, positive)| *positive).count() as f64;
    let negatives = scores.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return 0.5;
    }
    (positive_ranks - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-6
    }

    #[test]
    fn agreement() {
        let pairs = [('a', 'a'), ('a', 'b'), ('b', 'b'), ('c', 'c')];
        assert!(close(accuracy(&pairs), 0.75));
        // a: 2/3, b: 2/3, c: 1
        assert!(close(macro_f1(&pairs), (2.0 / 3.0 + 2.0 / 3.0 + 1.0) / 3.0));
        assert!(close(accuracy::<u8>(&[]), 0.0) && close(macro_f1::<u8>(&[]), 0.0));
    }

    #[test]
    fn calibration() {
        assert!(close(calibration_error(&[(1.0, true), (0.0, false)]), 0.0));
        let half_right: Vec<_> = (0..10).map(|i| (0.9, i % 2 == 0)).collect();
        assert!(close(calibration_error(&half_right), 0.4));
        assert!(close(calibration_error(&[]), 0.0));
    }

    #[test]
    fn ranking() {
        assert!(close(auroc(&[(0.1, false), (0.4, false), (0.5, true), (0.9, true)]), 1.0));
        assert!(close(auroc(&[(0.9, false), (0.1, true)]), 0.0));
        assert!(close(auroc(&[(0.5, false), (0.5, true)]), 0.5));
        assert!(close(auroc(&[(0.1, false), (0.35, true), (0.4, false), (0.8, true)]), 0.75));
        assert!(close(auroc(&[(0.5, true)]), 0.5));
    }
}
