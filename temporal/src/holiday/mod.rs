//! Holidays: what they are called, and the day they fall on in a year.
//!
//! A holiday is its name and a rule; the names of each language are tables (`english`, `spanish`,
//! `portuguese`), so a new one is one row there and, where its rule is long, a constant in `movable`. Where a country has its own rule or its own day, the
//! rule is `ByCountry`.

mod easter;
mod english;
mod lunar;
mod movable;
mod portuguese;
mod rule;
mod sky;
mod spanish;

pub(crate) use rule::{Rule, days, hours};

use crate::{Language, lexicon::Row};

/// What holidays are called in a language.
pub(crate) fn names(language: Language) -> &'static [&'static [Row]] {
    match language {
        Language::En => english::NAMES,
        Language::Es => &[spanish::NAMES],
        Language::Pt => &[portuguese::NAMES],
    }
}

/// A holiday: its name in English and how its day is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Holiday {
    pub(crate) name: &'static str,
    pub(crate) rule: Rule,
}
