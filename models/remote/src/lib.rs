//! Language models behind any OpenAI-compatible chat completions endpoint, OpenRouter first.
//!
//! [`RemoteModel`] is the whole face: bounded in time, in bytes, in tries and in questions at once,
//! and silent for a while after failures. It says what an answer cost as the provider says it.
//! What the answer means, and whether to believe it, is the caller's.

mod answer;
mod breaker;
mod client;
mod config;
mod cost;

pub use breaker::BreakerConfig;
pub use client::RemoteModel;
pub use config::{ConfigError, RemoteConfig};
