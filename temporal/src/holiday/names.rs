//! What holidays are called.

use super::{Holiday, Rule as R};
use crate::{lexicon::Row, meaning::Meaning};

const fn is(name: &'static str, rule: R) -> Meaning {
    Meaning::Holiday(Holiday { name, rule })
}

/// English.
pub(crate) const EN: &[Row] = &[
    (is("Christmas", R::Fixed(12, 25)), "christmas|xmas|christmas day|xmas day|x-mas"),
    (is("Christmas Eve", R::Fixed(12, 24)), "christmas eve|xmas eve|christmas ' s eve|xmas ' s eve"),
    (is("New Year's Day", R::Fixed(1, 1)), "new year ' s day|new years day|new year day|new year ' s|new years"),
    (is("New Year's Eve", R::Fixed(12, 31)), "new year ' s eve|new years eve|nye|new year eve"),
    (is("Easter Sunday", R::Easter(0)), "easter|easter sunday|easter day"),
];

/// Spanish.
pub(crate) const ES: &[Row] = &[
    (is("Navidad", R::Fixed(12, 25)), "navidad|la navidad|dia de navidad"),
];

/// Portuguese.
pub(crate) const PT: &[Row] = &[
    (is("Natal", R::Fixed(12, 25)), "natal|dia de natal"),
];
