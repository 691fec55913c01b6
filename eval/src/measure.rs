//! Arithmetic that `intents::classify::metrics` does not have.

use std::collections::BTreeSet;

/// The share of out-of-scope messages let in when 95% of the in-scope ones are let in, 0..=1.
/// Takes pairs of out-of-scope score and whether the message is out of scope.
pub(crate) fn fpr95(scores: &[(f32, bool)]) -> f64 {
    let mut inside: Vec<f32> = scores.iter().filter(|(_, out)| !out).map(|(s, _)| *s).collect();
    let outside: Vec<f32> = scores.iter().filter(|(_, out)| *out).map(|(s, _)| *s).collect();
    if inside.is_empty() || outside.is_empty() {
        return 1.0;
    }
    inside.sort_by(f32::total_cmp);
    let needed = (inside.len() * 95).div_ceil(100);
    let threshold = inside[needed - 1];
    outside.iter().filter(|score| **score <= threshold).count() as f64 / outside.len() as f64
}

/// Answers by falling confidence, the wrong ones first among equals, as [`aurc`], [`coverage_at`]
/// and [`risk_coverage`] want them.
pub(crate) fn by_confidence(mut answers: Vec<(f32, bool)>) -> Vec<(f32, bool)> {
    answers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    answers
}

/// The risk-coverage curve (El-Yaniv and Wiener 2010): for each number of answers given, the most
/// confident first, the share given and the share of those that are wrong.
pub(crate) fn risk_coverage(sorted: &[(f32, bool)]) -> Vec<(f64, f64)> {
    let mut wrong = 0;
    let point = |(i, (_, is_right)): (usize, &(f32, bool))| {
        wrong += usize::from(!is_right);
        let given = (i + 1) as f64;
        (given / sorted.len() as f64, wrong as f64 / given)
    };
    sorted.iter().enumerate().map(point).collect()
}

/// The area under the risk-coverage curve, 0..=1: the mean share of wrong answers over all ways to
/// answer only the most confident ones.
pub(crate) fn aurc(sorted: &[(f32, bool)]) -> f64 {
    let curve = risk_coverage(sorted);
    if curve.is_empty() {
        return 0.0;
    }
    curve.iter().map(|(_, risk)| risk).sum::<f64>() / curve.len() as f64
}

/// The largest share of messages that can be answered with at most `risk` of the answers wrong.
pub(crate) fn coverage_at(sorted: &[(f32, bool)], risk: f64) -> f64 {
    let curve = risk_coverage(sorted);
    curve.iter().rev().find(|point| point.1 <= risk).map_or(0.0, |(coverage, _)| *coverage)
}

/// The mean over labels that occur of each label's F1, where a message has any number of labels.
/// Takes pairs of right and given labels.
pub(crate) fn macro_f1_of_sets(sets: &[(&[usize], &[usize])]) -> f64 {
    let of = |labels: &[usize]| labels.last().map_or(0, |last| last + 1);
    let n_labels = sets.iter().map(|(gold, given)| of(gold).max(of(given))).max().unwrap_or(0);
    let mut counts = vec![(0_usize, 0_usize); n_labels];
    for (gold, given) in sets {
        for label in gold.iter().chain(*given) {
            counts[*label].1 += 1;
        }
        for label in gold.iter().filter(|label| given.contains(label)) {
            counts[*label].0 += 2;
        }
    }
    let occurring: Vec<f64> = counts
        .iter()
        .filter(|(_, all)| *all > 0)
        .map(|(hits, all)| *hits as f64 / *all as f64)
        .collect();
    if occurring.is_empty() { 0.0 } else { occurring.iter().sum::<f64>() / occurring.len() as f64 }
}

/// How found values compare with those that are there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Matches {
    /// Found and there.
    pub(crate) hits: usize,
    /// There.
    pub(crate) gold: usize,
    /// Found.
    pub(crate) predicted: usize,
}

impl Matches {
    /// Compares first readings only; a value counts once a message.
    pub(crate) fn of(gold: &BTreeSet<String>, readings: &[Vec<String>]) -> Self {
        let predicted: BTreeSet<&String> = readings.iter().filter_map(|r| r.first()).collect();
        let hits = gold.iter().filter(|value| predicted.contains(value)).count();
        Self { hits, gold: gold.len(), predicted: predicted.len() }
    }

    /// Compares all readings: a value that is among the alternatives counts as found. An upper
    /// bound, for what asking back could reach.
    pub(crate) fn with_alternatives(gold: &BTreeSet<String>, readings: &[Vec<String>]) -> Self {
        let best: BTreeSet<&String> = readings
            .iter()
            .filter_map(|r| r.iter().find(|value| gold.contains(*value)).or_else(|| r.first()))
            .collect();
        let hits = gold.iter().filter(|value| best.contains(value)).count();
        Self { hits, gold: gold.len(), predicted: best.len() }
    }

    /// The sum of two.
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            hits: self.hits + other.hits,
            gold: self.gold + other.gold,
            predicted: self.predicted + other.predicted,
        }
    }

    /// Numerator and denominator of precision.
    pub(crate) const fn precision(self) -> (usize, usize) {
        (self.hits, self.predicted)
    }

    /// Numerator and denominator of recall.
    pub(crate) const fn recall(self) -> (usize, usize) {
        (self.hits, self.gold)
    }

    /// Numerator and denominator of F1.
    pub(crate) const fn f1(self) -> (usize, usize) {
        (2 * self.hits, self.gold + self.predicted)
    }
}

#[cfg(test)]
mod tests {
    use intents::classify::metrics::auroc;

    use super::*;

    #[test]
    fn ranking_figures_agree_with_the_hand() {
        // Out of scope: 0.9, 0.4; in scope: 0.1, 0.2, 0.4, 0.8. Pairs won: 4 + 2.5 of 8.
        let scores =
            [(0.9, true), (0.4, true), (0.1, false), (0.2, false), (0.4, false), (0.8, false)];
        assert!((auroc(&scores) - 6.5 / 8.0).abs() < 1e-9);
        // All four in-scope scores are needed for 95%: the threshold is 0.8, which lets 0.4 in.
        assert_eq!(fpr95(&scores), 0.5);
        assert_eq!(fpr95(&[(0.9, true), (0.1, false)]), 0.0);
        assert_eq!(fpr95(&[]), 1.0);
    }

    #[test]
    fn risk_falls_with_coverage() {
        // Sorted: right, wrong, right, right; the tie at 0.8 puts the wrong one first.
        let answers = vec![(0.7, true), (0.8, true), (0.9, true), (0.8, false)];
        let sorted = by_confidence(answers);
        assert_eq!(sorted, [(0.9, true), (0.8, false), (0.8, true), (0.7, true)]);
        let risks: Vec<f64> = risk_coverage(&sorted).iter().map(|(_, risk)| *risk).collect();
        assert_eq!(risks, [0.0, 0.5, 1.0 / 3.0, 0.25]);
        assert!((aurc(&sorted) - (0.5 + 1.0 / 3.0 + 0.25) / 4.0).abs() < 1e-12);
        assert_eq!(coverage_at(&sorted, 0.3), 1.0);
        assert_eq!(coverage_at(&sorted, 0.2), 0.25);
        assert_eq!((aurc(&[]), coverage_at(&[], 0.1)), (0.0, 0.0));
        assert_eq!(coverage_at(&[(0.9, false)], 0.5), 0.0);
    }

    #[test]
    fn f1_where_a_message_has_several_labels() {
        // Label 0: one hit of two and one; label 2: a hit; label 3: given once for nothing.
        let sets: [(&[usize], &[usize]); 3] = [(&[0, 2], &[0, 2]), (&[0], &[3]), (&[], &[])];
        assert!((macro_f1_of_sets(&sets) - (2.0 / 3.0 + 1.0 + 0.0) / 3.0).abs() < 1e-12);
        assert_eq!(macro_f1_of_sets(&[]), 0.0);
    }

    #[test]
    fn values_found_and_missed() {
        let gold = BTreeSet::from(["04:00".to_owned(), "05:00".to_owned()]);
        let readings: Vec<Vec<String>> =
            vec![vec!["16:00".into(), "04:00".into()], vec!["05:00".into()], vec!["06:00".into()]];
        let strict = Matches::of(&gold, &readings);
        assert_eq!(strict, Matches { hits: 1, gold: 2, predicted: 3 });
        assert_eq!(strict.f1(), (2, 5));
        assert_eq!((strict.precision(), strict.recall()), ((1, 3), (1, 2)));
        let kind = Matches::with_alternatives(&gold, &readings);
        assert_eq!(kind, Matches { hits: 2, gold: 2, predicted: 3 });
        assert_eq!(strict.plus(kind), Matches { hits: 3, gold: 4, predicted: 6 });
        assert_eq!(Matches::of(&gold, &[]).f1(), (0, 2));
    }
}
