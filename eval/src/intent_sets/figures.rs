//! Answers to figures.

use std::collections::BTreeMap;

use intents::classify::metrics::{accuracy, auroc, calibration_error, macro_f1};

use super::answers::{Answer, OUTSIDE, View};
use crate::{Metric, bootstrap::Bootstrap, measure};

/// Figures by name, under a prefix.
pub(crate) struct Figures {
    /// Collected so far.
    pub(crate) metrics: BTreeMap<String, Metric>,
    bootstrap: Bootstrap,
    view: View,
}

impl Figures {
    /// None yet.
    pub(crate) const fn new(bootstrap: Bootstrap, view: View) -> Self {
        Self { metrics: BTreeMap::new(), bootstrap, view }
    }

    /// All figures of these answers.
    pub(crate) fn add_all(&mut self, prefix: &str, answers: &[&Answer]) {
        self.agreement(prefix, answers);
        self.confidence(prefix, answers);
        self.out_of_scope(&format!("{prefix}oos."), answers);
        self.decisions(prefix, answers);
        self.prediction_sets(prefix, answers);
        self.language(prefix, answers);
    }

    /// Whether the answers are right: accuracy and F1.
    pub(crate) fn agreement(&mut self, prefix: &str, answers: &[&Answer]) {
        if self.view == View::Sets {
            let sets: Vec<Sets<'_>> =
                answers.iter().map(|a| (a.case.gold.as_slice(), a.present.as_slice())).collect();
            return self.agreement_of_sets(prefix, &sets);
        }
        let judged = answers.iter().filter_map(|a| a.judge(self.view));
        let pairs: Vec<(usize, usize)> = judged.map(|j| (j.gold, j.guess)).collect();
        self.agreement_of_pairs(prefix, &pairs);
    }

    fn agreement_of_pairs(&mut self, prefix: &str, pairs: &[(usize, usize)]) {
        if pairs.is_empty() {
            return;
        }
        self.add(prefix, "accuracy", self.bootstrap.metric(pairs, accuracy));
        self.add(prefix, "macro_f1", self.bootstrap.metric(pairs, macro_f1));
    }

    fn agreement_of_sets(&mut self, prefix: &str, sets: &[Sets<'_>]) {
        if sets.is_empty() {
            return;
        }
        let exact: Vec<(usize, usize)> =
            sets.iter().map(|(gold, given)| (usize::from(gold == given), 1)).collect();
        let exact = self.bootstrap.ratio(&exact, sets.len());
        self.add(prefix, "accuracy", exact);
        self.add(prefix, "exact_set", exact);
        let hits = |(gold, given): &Sets<'_>| {
            let hits = gold.iter().filter(|label| given.contains(label)).count();
            (2 * hits, gold.len() + given.len())
        };
        let micro: Vec<(usize, usize)> = sets.iter().map(hits).collect();
        let n = sets.iter().map(|(gold, _)| gold.len()).sum();
        self.add(prefix, "micro_f1", self.bootstrap.ratio(&micro, n));
        self.add(prefix, "macro_f1", self.bootstrap.metric(sets, measure::macro_f1_of_sets));
    }

    /// Whether it knows how sure it may be.
    fn confidence(&mut self, prefix: &str, answers: &[&Answer]) {
        let sure = answers.iter().flat_map(|a| a.sure(self.view)).collect();
        let sure = measure::by_confidence(sure);
        if sure.is_empty() {
            return;
        }
        self.add(prefix, "ece", self.bootstrap.metric(&sure, calibration_error));
        self.add(prefix, "aurc", self.bootstrap.metric(&sure, measure::aurc));
        for (name, risk) in [("coverage.at_risk_1pct", 0.01), ("coverage.at_risk_5pct", 0.05)] {
            let at = |sorted: &[(f32, bool)]| measure::coverage_at(sorted, risk);
            self.add(prefix, name, self.bootstrap.metric(&sure, at));
        }
    }

    /// Whether what is none of its business scores higher than what is. Adds nothing where there
    /// is only one kind.
    pub(crate) fn out_of_scope(&mut self, prefix: &str, answers: &[&Answer]) {
        let mut scores: Vec<(f32, bool)> =
            answers.iter().map(|a| (a.out_of_scope, a.case.row.outside)).collect();
        let n_outside = scores.iter().filter(|(_, outside)| *outside).count();
        if n_outside == 0 || n_outside == scores.len() {
            return;
        }
        scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.add(prefix, "auroc", self.bootstrap.metric(&scores, auroc));
        self.add(prefix, "fpr95", self.bootstrap.metric(&scores, measure::fpr95));
    }

    /// What the product's own cut makes of it: out of scope as one more label.
    fn decisions(&mut self, prefix: &str, answers: &[&Answer]) {
        if self.view == View::Sets || answers.iter().all(|a| !a.case.row.outside) {
            return;
        }
        let share = |of: &dyn Fn(&Answer) -> bool, right: &dyn Fn(&Answer) -> bool| {
            let units: Vec<(usize, usize)> =
                answers.iter().filter(|a| of(a)).map(|a| (usize::from(right(a)), 1)).collect();
            self.bootstrap.ratio(&units, units.len())
        };
        let is_right = |a: &Answer| a.judge(View::Decided).is_some_and(|judged| judged.is_right);
        let all = share(&|_| true, &is_right);
        let inside = share(&|a| !a.case.row.outside, &is_right);
        let outside = share(&|a| a.case.row.outside, &|a| a.is_refused);
        self.add(prefix, "decided.accuracy", all);
        self.add(prefix, "decided.in_scope", inside);
        self.add(prefix, "decided.oos_recall", outside);
    }

    /// Whether the sets that "did you mean" draws on hold the right label, and how many they name.
    fn prediction_sets(&mut self, prefix: &str, answers: &[&Answer]) {
        let asked: Vec<&&Answer> = answers.iter().filter(|a| !a.case.gold.is_empty()).collect();
        if self.view == View::Sets || asked.iter().all(|a| a.set.is_empty()) {
            return; // whoever answered gives no sets
        }
        let held: Vec<(usize, usize)> = asked
            .iter()
            .map(|a| (usize::from(a.case.gold.iter().any(|label| a.set.contains(label))), 1))
            .collect();
        self.add(prefix, "conformal.coverage", self.bootstrap.ratio(&held, held.len()));
        let sizes: Vec<f64> = asked.iter().map(|a| a.set.len() as f64).collect();
        self.add(prefix, "conformal.size", self.bootstrap.mean(&sizes));
    }

    fn language(&mut self, prefix: &str, answers: &[&Answer]) {
        let pairs: Vec<_> =
            answers.iter().filter_map(|a| Some((a.case.row.locale?, a.heard_as?))).collect();
        if !pairs.is_empty() {
            self.add(prefix, "language", self.bootstrap.metric(&pairs, accuracy));
        }
    }

    /// The same rows as a guesser answered them: one list of labels an answer, in their order.
    pub(crate) fn guesser(&mut self, name: &str, guesses: &[Vec<usize>], answers: &[&Answer]) {
        let prefix = format!("baseline.{name}.");
        let rows = answers.iter().zip(guesses).filter(|(a, _)| a.counts_in(self.view));
        let rows = rows.map(|(a, guess)| (a.case.gold.as_slice(), guess.as_slice()));
        let sets: Vec<Sets<'_>> = rows.collect();
        if self.view == View::Sets {
            return self.agreement_of_sets(&prefix, &sets);
        }
        let first = |labels: &[usize]| labels.first().copied().unwrap_or(OUTSIDE);
        let pairs: Vec<(usize, usize)> =
            sets.iter().map(|(gold, given)| (first(gold), first(given))).collect();
        self.agreement_of_pairs(&prefix, &pairs);
    }

    fn add(&mut self, prefix: &str, name: &str, metric: Metric) {
        self.metrics.insert(format!("{prefix}{name}"), metric);
    }
}

/// Right and given labels of one message.
type Sets<'a> = (&'a [usize], &'a [usize]);
