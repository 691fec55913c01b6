//! How well it understands, as numbers with their data.
//!
//! Runs [`pipeline::Understanding`] itself, never a copy of it, over data it was not trained on.
//! Every figure carries its bootstrap interval and its count; trivial guessers stand beside it; a
//! committed report turns a real drop into a failure. `docs/eval.md` says what each figure means.

mod baseline;
mod bootstrap;
mod command;
mod compare;
mod data;
mod intents_set;
mod latency;
mod measure;
mod output;
mod probe;
mod report;
mod sgd;

pub use command::{Command, EngineChoice, IntentsArgs, SgdArgs, Split, run};
pub use report::{Data, Latency, Metric, Report, Run};
