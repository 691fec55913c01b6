//! From an utterance to intent and entities.
//!
//! `normalize` cleans the text and keeps the way back to what was typed; `language` says which
//! language it is in; `classify` scores intents; `extract` finds values. No I/O, no clock: "now",
//! the zone and the tenant's catalogue are arguments.

mod entity;
mod intent;
mod parse;

pub use entity::{Catalogue, CatalogueEntry, Entity, EntityValue, PartOfDay, Span};
pub use intent::{Intent, IntentError};
pub use parse::{ClassifierSource, IntentScores, Parse, Utterance};
