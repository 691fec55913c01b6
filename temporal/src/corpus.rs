//! Scores the grammar on the test corpora of Duckling and Recognizers-Text.
//!
//! The lines are the JSON of `../shared/data` (one object each). What counts as right:
//!
//! - **Duckling**: all cases are read at 2013-02-12T04:30:00-02:00 with [`Conventions::Duckling`].
//!   A case is exact when one expression covers the whole text (white space and a full stop at the
//!   ends aside) and its best value has the same kind, the same instant or ends, the same grain and
//!   the same side. A year or month written with `00` for what is below its grain is its first day.
//!   Expected spans are the whole text. Negatives are refused when nothing but a duration is found
//!   that covers the whole text.
//! - **Recognizers**: each case is read at its `ref` with [`Conventions::Recognizers`]. A case is
//!   exact when the expressions found are the expected ones, in order: the same span (the core, or
//!   with what leads it in), the same type and the same values. Values are compared as sets, without
//!   the TIMEX: one for each plausible reading (past and future, morning and afternoon).
//!   The *booking subset*, which `exact` counts, is the lines of the `DateTimeModel` spec that expect
//!   only dates, times, date-times and ranges of them (nothing of type `set`, `duration`, `timezone`,
//!   nothing "not resolved" but impossible dates) or expect nothing. `exact_all` counts every
//!   line of `DateTimeModel`. Other spec files test parts of that engine with other options; their lines are
//!   not scored.

mod duckling;
mod recognizers;

use std::{collections::BTreeMap, str::FromStr};

use serde::Serialize;

use crate::Language;

/// Which corpus the lines are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Facebook's Duckling.
    Duckling,
    /// Microsoft's Recognizers-Text.
    Recognizers,
}

impl FromStr for Format {
    type Err = CorpusError;

    fn from_str(name: &str) -> Result<Self, CorpusError> {
        match name {
            "duckling" => Ok(Self::Duckling),
            "recognizers" => Ok(Self::Recognizers),
            other => Err(CorpusError::Format(other.to_owned())),
        }
    }
}

/// Why a corpus cannot be scored.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// Neither of the two.
    #[error("unknown corpus format `{0}`; `duckling` and `recognizers` are known")]
    Format(String),
    /// Not what the format says.
    #[error("line {line} is not of the format")]
    Line {
        /// From 1.
        line: usize,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
}

/// One case and how it went.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    /// The text.
    pub text: String,
    /// Section or spec file.
    pub section: String,
    /// Part of `exact`.
    pub counted: bool,
    /// Nothing may be found.
    pub negative: bool,
    /// As wanted.
    pub exact: bool,
    /// Spans found that were wanted.
    pub spans_right: usize,
    /// Spans wanted.
    pub spans_wanted: usize,
    /// Spans found.
    pub spans_found: usize,
    /// What was wanted, for people.
    pub wanted: String,
    /// What was found, for people.
    pub got: String,
}

/// How a corpus went.
#[derive(Debug, Clone, Serialize)]
pub struct Scores {
    /// Share of the counted cases, negatives apart, that are as wanted; 0 to 1.
    pub exact: f64,
    /// How many those are.
    pub counted: usize,
    /// Share of all cases, negatives apart.
    pub exact_all: f64,
    /// How many those are.
    pub all: usize,
    /// F1 of the spans over the counted cases; 0 to 1.
    pub span_f1: f64,
    /// Share of the negatives in which nothing was found; 0 to 1, 1 where there are none.
    pub negatives_refused: f64,
    /// How many negatives there are.
    pub negatives: usize,
    /// Every case, for intervals by resampling and for looking at.
    pub items: Vec<Item>,
}

impl Scores {
    /// The counted cases that are not as wanted.
    pub fn misses(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.counted && !item.exact)
    }

    /// Right and all of the counted cases, by section.
    #[must_use]
    pub fn sections(&self) -> BTreeMap<&str, (usize, usize)> {
        let mut sections = BTreeMap::new();
        for item in self.items.iter().filter(|item| item.counted) {
            let entry: &mut (usize, usize) = sections.entry(item.section.as_str()).or_default();
            entry.0 += usize::from(item.exact);
            entry.1 += 1;
        }
        sections
    }

    fn new(items: Vec<Item>) -> Self {
        let share = |wanted: &dyn Fn(&&Item) -> bool| {
            let of: Vec<&Item> = items.iter().filter(wanted).collect();
            let right = of.iter().filter(|item| item.exact).count();
            (if of.is_empty() { 1.0 } else { ratio(right, of.len()) }, of.len())
        };
        let (exact, counted) = share(&|item| item.counted && !item.negative);
        let (exact_all, all) = share(&|item| !item.negative);
        let (negatives_refused, negatives) = share(&|item| item.negative);
        let sum = |of: fn(&Item) -> usize| {
            items.iter().filter(|item| item.counted).map(of).sum::<usize>()
        };
        let right = sum(|item| item.spans_right);
        let both = sum(|item| item.spans_wanted) + sum(|item| item.spans_found);
        let span_f1 = if both == 0 { 1.0 } else { 2.0 * ratio(right, both) };
        Self { exact, counted, exact_all, all, span_f1, negatives_refused, negatives, items }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines are small")]
fn ratio(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

/// Scores the grammar on the lines of a corpus. `country` picks its holidays and, for Duckling,
/// how "3/4" is read: month first in English but for the countries that put the day first.
///
/// # Errors
///
/// [`CorpusError::Line`] for a line that is not of the format; empty lines are passed over.
pub fn score<'l>(
    lines: impl IntoIterator<Item = &'l str>,
    format: Format,
    language: Language,
    country: Option<[u8; 2]>,
) -> Result<Scores, CorpusError> {
    let mut items = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let item = match format {
            Format::Duckling => duckling::item(line, language, country),
            Format::Recognizers => recognizers::item(line, language),
        };
        let item = item.map_err(|source| CorpusError::Line { line: index + 1, source })?;
        items.extend(item);
    }
    Ok(Scores::new(items))
}
