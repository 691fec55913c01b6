//! What an expression is read against.

use jiff::Zoned;
use serde::{Deserialize, Serialize};

/// The language the text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::En, Self::Es, Self::Pt];
}

/// How "3/4" is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The third of April.
    DayMonth,
    /// The fourth of March.
    MonthDay,
}

/// How much the vaguer words are worth; the engines and the front desk disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conventions {
    /// What a receptionist takes the words for.
    #[default]
    Booking,
    /// Duckling's: the afternoon is 12 to 19, "in 7 days" has this hour, a weekday is to come.
    Duckling,
    /// Recognizers-Text's: the afternoon is 12 to 16, "next Friday" is next week's.
    Recognizers,
}

/// What an expression is read against. Nothing here looks at a clock.
#[derive(Debug, Clone)]
pub struct Context {
    /// Now, in the zone the values shall be in.
    pub reference: Zoned,
    /// The language of the text.
    pub language: Language,
    /// How numeric dates are ordered.
    pub order: DateOrder,
    /// Two letters in capitals, ISO 3166-1, for the holidays of a country.
    pub country: Option<[u8; 2]>,
    /// "Monday" is never the one that has gone by.
    pub future_only: bool,
    /// Bare numbers and names count too: "5", "may", "morning".
    pub latent: bool,
    /// What the vaguer words are worth.
    pub conventions: Conventions,
}

impl Context {
    /// The usual for a language: month first in English only, nothing latent, any country.
    #[must_use]
    pub fn new(reference: Zoned, language: Language) -> Self {
        let order = match language {
            Language::En => DateOrder::MonthDay,
            Language::Es | Language::Pt => DateOrder::DayMonth,
        };
        Self {
            reference,
            language,
            order,
            country: None,
            future_only: false,
            latent: false,
            conventions: Conventions::default(),
        }
    }
}
