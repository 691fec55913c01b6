//! What a measurement leaves behind. The JSON file is exactly this.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A figure with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// The figure.
    pub value: f64,
    /// Its 95% bootstrap interval.
    pub ci95: [f64; 2],
    /// How many messages or values it is about.
    pub n: usize,
}

/// What was measured on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// File name or split.
    pub name: String,
    /// SHA-256 of the content.
    pub sha256: String,
    /// What was taken from it.
    pub selection: String,
}

/// Milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// Half are quicker.
    pub p50: f64,
    /// One in a hundred is slower.
    pub p99: f64,
}

/// One engine over one set of data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// `model` or `heuristic`: what was loaded. What answered is in `answered`.
    pub engine: String,
    /// The fingerprints of the encoders that embedded, with how many messages each.
    pub encoders: BTreeMap<String, usize>,
    /// Which path classified how many messages: rule, model, heuristic.
    pub answered: BTreeMap<String, usize>,
    /// The heads that classified, by the name that traces give them.
    pub classifiers: BTreeMap<String, usize>,
    /// Plain counts: dialogues, turns, panics, encoder fallbacks.
    pub counts: BTreeMap<String, usize>,
    /// Figures by name. Those under `baseline.` belong to guessers that understand nothing.
    pub metrics: BTreeMap<String, Metric>,
    /// Stage by stage, and `total`.
    pub latency_ms: BTreeMap<String, Latency>,
    /// Tables for people: classes, confusions, misses.
    pub details: Value,
}

/// The whole measurement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Which command made it.
    pub command: String,
    /// On what.
    pub data: Data,
    /// Seed of every random choice.
    pub seed: u64,
    /// One entry an engine.
    pub runs: Vec<Run>,
}

impl Report {
    /// The same without tables, which quote data that is not ours to publish.
    #[must_use]
    pub fn without_details(mut self) -> Self {
        self.runs.iter_mut().for_each(|run| run.details = Value::Null);
        self
    }
}
