//! What was said about each message, and how it is judged.

use kernel::Locale;

use super::splits::Case;

/// The answer to one test message. Labels are positions in the experiment's list.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// What was asked, with the right labels.
    pub(crate) case: Case,
    /// In-scope labels with their probabilities, best first; all of them or the best few.
    pub(crate) ranking: Vec<(usize, f32)>,
    /// How much speaks for out of scope, 0..=1.
    pub(crate) out_of_scope: f32,
    /// Whether it was taken as out of scope.
    pub(crate) is_refused: bool,
    /// The labels it is said to have, ascending.
    pub(crate) present: Vec<usize>,
    /// The same with the probability of each, the likeliest first.
    pub(crate) said: Vec<(usize, f32)>,
    /// The prediction set of stated coverage.
    pub(crate) set: Vec<usize>,
    /// The language it was taken to be in, where that was asked.
    pub(crate) heard_as: Option<Locale>,
    /// Whether its text, or one like it, was learned from or calibrated on.
    pub(crate) is_leaked: bool,
}

/// Which rows count, and which answer is held against the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// In-scope messages, and the best in-scope label: what published figures mean by accuracy.
    InScope,
    /// All messages, out of scope being one more label: what the customer meets.
    Decided,
    /// All messages of a set of several labels each, and the whole set of labels.
    Sets,
}

/// One answer under a view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Judged {
    /// The right label; [`OUTSIDE`] for out of scope.
    pub(crate) gold: usize,
    /// The label given.
    pub(crate) guess: usize,
    /// How sure it was, 0..=1.
    pub(crate) confidence: f32,
    /// Whether it was right.
    pub(crate) is_right: bool,
}

/// Stands for out of scope among label positions.
pub(crate) const OUTSIDE: usize = usize::MAX;

impl Answer {
    /// Each answer given with its confidence, and whether it was right: one a message, or one for
    /// each label that is said of it.
    pub(crate) fn sure(&self, view: View) -> Vec<(f32, bool)> {
        if view == View::Sets {
            let is_there = |label: &usize| self.case.gold.contains(label);
            return self.said.iter().map(|(label, p)| (*p, is_there(label))).collect();
        }
        self.judge(view).map(|judged| (judged.confidence, judged.is_right)).into_iter().collect()
    }

    /// The best in-scope label and its probability.
    pub(crate) fn best(&self) -> (usize, f32) {
        self.ranking.first().copied().unwrap_or((OUTSIDE, 0.0))
    }

    /// Whether the message belongs to the view.
    pub(crate) const fn counts_in(&self, view: View) -> bool {
        match view {
            View::InScope => !self.case.row.outside,
            View::Decided | View::Sets => true,
        }
    }

    /// Judges under a view with one label a message; `None` where the row does not count. A set of
    /// labels is judged by the likeliest of those said, where the row has any label.
    pub(crate) fn judge(&self, view: View) -> Option<Judged> {
        if !self.counts_in(view) {
            return None;
        }
        let (guess, confidence) = match view {
            View::Decided if self.is_refused => (OUTSIDE, self.out_of_scope),
            View::Sets => self.said.first().copied().unwrap_or((OUTSIDE, 0.0)),
            View::InScope | View::Decided => self.best(),
        };
        if view == View::Sets {
            let first = *self.case.gold.first()?;
            let is_right = self.case.gold.contains(&guess);
            let gold = if is_right { guess } else { first };
            return Some(Judged { gold, guess, confidence, is_right });
        }
        let gold = self.case.gold.first().copied().unwrap_or(OUTSIDE);
        Some(Judged { gold, guess, confidence, is_right: gold == guess })
    }
}
