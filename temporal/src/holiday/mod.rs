//! Holidays: what they are called, and the day they fall on in a year.
//!
//! A holiday is its name and a rule; the names of each language are tables (`names`), so a new one
//! is one row there and one constant here. Where a country has its own rule or its own day, the
//! rule is `ByCountry`.

mod easter;
mod lunar;
mod movable;
pub(crate) mod names;
mod portuguese;
mod rule;
mod sky;
mod spanish;

pub(crate) use rule::{Rule, days, hours};

/// A holiday: its name in English and how its day is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Holiday {
    pub(crate) name: &'static str,
    pub(crate) rule: Rule,
}
