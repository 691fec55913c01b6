//! From an utterance to intent and entities.
//!
//! `normalize` cleans the text and keeps the way back to what was typed; `language` says which
//! language it is in; `classify` scores intents; `extract` finds values; `tag` learns what a grammar
//! cannot know. No clock: "now", the zone
//! and the tenant's catalogue are arguments. No I/O but the file a trained head is kept in.

pub mod classify;
pub mod emotion;
mod entity;
pub mod extract;
pub mod gloss;
mod intent;
pub mod language;
mod normalize;
mod parse;
pub mod tag;

pub use entity::{Catalogue, CatalogueEntry, Entity, EntityValue, PartOfDay, Span};
pub use extract::{Expecting, ExtractContext, Region, extract};
pub use intent::{Intent, IntentError};
pub use normalize::{MAX_CODE_POINTS, normalize};
pub use parse::{ClassifierSource, IntentScores, Parse, Utterance};
