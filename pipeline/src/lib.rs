//! One turn of conversation, stage by stage: what happens between a stored message and a reply in
//! the outbox.
//!
//! Read [`turn`] first; it is the whole path. A turn is one database transaction: the claim on the
//! message, the booking, the new dialog state, the reply in the outbox and the trace are written
//! together or not at all, so killing the process anywhere leaves either everything or nothing.

mod context;
mod error;
mod events;
mod help;
mod preview;
mod rules;
mod stages;
mod trace;
pub mod turn;
pub mod turns;
mod understanding;
mod worker;

pub use context::TurnContext;
pub use error::TurnError;
pub use events::EventWorker;
pub use preview::{ToneSample, preview_tone};
pub use rules::booking_rules;
pub use trace::{StageTrace, TurnReport, TurnTrace};
pub use turn::run_turn;
pub use understanding::{Engine, Heard, Understanding};
pub use worker::TurnWorker;
