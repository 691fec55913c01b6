//! The commands of `booka eval`, as scripts call them.

mod datetime;
mod intents;
mod suite;
mod support;
