//! Holidays in Spanish.

use super::{Holiday, Rule as R};
use crate::{lexicon::Row, meaning::Meaning};

const fn is(name: &'static str, rule: R) -> Meaning {
    Meaning::Holiday(Holiday { name, rule })
}

/// Every name.
pub(super) const NAMES: &[Row] =
    &[(is("Navidad", R::Fixed(12, 25)), "navidad|la navidad|dia de navidad")];
