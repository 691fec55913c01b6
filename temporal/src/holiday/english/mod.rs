//! What holidays are called in English.

mod countries;
mod moving;
mod year;

use super::{Holiday, Rule};
use crate::{lexicon::Row, meaning::Meaning};

/// Every name. Of two that are the same the first counts.
pub(super) const NAMES: &[&[Row]] = &[year::NAMES, countries::NAMES, moving::NAMES];

const fn is(name: &'static str, rule: Rule) -> Meaning {
    Meaning::Holiday(Holiday { name, rule })
}
