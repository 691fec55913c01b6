//! Whether a split is one: texts of one part that occur in another, alike or to the letter.

use serde::Serialize;

use super::{similar::Index, splits::Case};

/// From this Jaccard index of n-grams on, two texts count as the same with a word changed. Values of
/// digits do not matter to it.
pub(crate) const NEAR: f64 = 0.8;
/// How many are quoted.
const LISTED: usize = 10;

/// What two parts share.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Leak {
    /// The part whose texts were looked for.
    part: &'static str,
    /// The part they were looked for in.
    also_in: &'static str,
    /// How many texts were looked for.
    of: usize,
    /// How many are there to the letter, but for case, punctuation and spacing.
    exact: usize,
    /// How many more are there with a word changed.
    near: usize,
    /// How many of either kind carry another label there.
    other_label: usize,
    /// Some of them.
    examples: Vec<Shared>,
}

/// One text and its double.
#[derive(Debug, Clone, Serialize)]
struct Shared {
    text: String,
    also: String,
    jaccard: f64,
}

/// Looks for the texts of `rows` among `others`. The flags say which of `rows` were found.
fn between(
    (part, rows): (&'static str, &[Case]),
    (also_in, others): (&'static str, &[Case]),
    index: &Index,
) -> (Leak, Vec<bool>) {
    let mut leak =
        Leak { part, also_in, of: rows.len(), exact: 0, near: 0, other_label: 0, examples: vec![] };
    let mut find = |Case { row, .. }: &Case| {
        let Some(alike) = index.near(&row.text, NEAR) else { return false };
        let other = &others[alike.at].row;
        leak.exact += usize::from(alike.is_exact);
        leak.near += usize::from(!alike.is_exact);
        leak.other_label += usize::from(other.labels != row.labels);
        if leak.examples.len() < LISTED {
            leak.examples.push(Shared {
                text: row.text.clone(),
                also: other.text.clone(),
                jaccard: (alike.jaccard * 1000.0).round() / 1000.0,
            });
        }
        true
    };
    let flags = rows.iter().map(&mut find).collect();
    (leak, flags)
}

/// What the parts of an experiment share, and which test rows occur in what was learned from or
/// calibrated on.
pub(crate) fn check(train: &[Case], dev: &[Case], test: &[Case]) -> (Vec<Leak>, Vec<bool>) {
    let index = |part: &[Case]| Index::of(part.iter().map(|case| case.row.text.as_str()));
    let learned = index(train);
    let (leak, mut flags) = between(("test", test), ("train", train), &learned);
    let mut leaks = vec![leak];
    if !dev.is_empty() {
        let (leak, found) = between(("test", test), ("dev", dev), &index(dev));
        flags.iter_mut().zip(found).for_each(|(flag, found)| *flag |= found);
        leaks.push(leak);
        leaks.push(between(("dev", dev), ("train", train), &learned).0);
    }
    (leaks, flags)
}

impl Leak {
    /// The sum over folds: the same two parts, other rows.
    pub(crate) fn add(&mut self, other: Self) {
        self.of += other.of;
        self.exact += other.exact;
        self.near += other.near;
        self.other_label += other.other_label;
        self.examples.extend(other.examples);
        self.examples.truncate(LISTED);
    }

    /// How many were found.
    pub(crate) const fn count(&self) -> usize {
        self.exact + self.near
    }

    /// One line for people.
    pub(crate) fn sentence(&self) -> String {
        format!(
            "{} of {} {} texts also occur in {} ({} to the letter, {} with a word changed)",
            self.count(),
            self.of,
            self.part,
            self.also_in,
            self.exact,
            self.near,
        )
    }
}
