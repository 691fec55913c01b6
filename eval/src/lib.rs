//! How well it understands, as numbers with their data.
//!
//! Runs the product's own stages and trains as the product trains, never a copy of either, over
//! data that was not trained on. Every figure carries its bootstrap interval and its count; trivial
//! guessers stand beside it; a committed report turns a real drop into a failure. `docs/eval.md`
//! says what each figure means.

mod bootstrap;
mod command;
mod compare;
mod data;
mod datetime;
mod dialogs;
mod emotion;
mod html;
mod intent_sets;
mod keywords;
mod latency;
mod loaded;
mod measure;
mod output;
mod probe;
mod remember;
mod report;
mod sgd;
pub mod slots;
mod stages;
mod suite;

pub use command::{
    AllArgs, Command, DatetimeArgs, EmotionArgs, EngineChoice, IntentsArgs, LatencyArgs, OutArgs,
    SgdArgs, Split, run,
};
pub use datetime::CorpusFormat;
pub use dialogs::{DialogsArgs, Language};
pub use loaded::{Models, Needs};
pub use report::{Data, Latency, Metric, Report, Run};
