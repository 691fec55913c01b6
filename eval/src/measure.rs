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
