//! What tests of whole turns share: a business to talk to, the models, and the transcript runner.
//! Serves tests only.

pub mod builders;
mod desk;
mod transcript;

pub use transcript::{Stage, Transcript};
