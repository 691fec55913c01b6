//! The languages Booka speaks.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language a customer is answered in. Regional wording (es-ES or es-MX) is a later refinement;
/// parsing accepts any region of a known language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English.
    En,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
}

/// The tag names no language Booka speaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown locale `{0}`; expected en, es or pt")]
pub struct LocaleError(String);

impl Locale {
    /// All of them, in a fixed order.
    pub const ALL: [Self; 3] = [Self::En, Self::Es, Self::Pt];

    /// The BCP 47 language tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Pt => "pt",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(tag: &str) -> Result<Self, LocaleError> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|locale| locale.tag().eq_ignore_ascii_case(language))
            .ok_or_else(|| LocaleError(tag.to_owned()))
    }
}
