//! Asks the understanding stages and keeps count of who answered.

use std::{collections::BTreeMap, panic::AssertUnwindSafe};

use futures::FutureExt as _;
use intents::{ClassifierSource, ExtractContext};
use kernel::Locale;
use pipeline::{Heard, Understanding};

use crate::{Run, stages::Latencies};

/// One engine under measurement.
pub(crate) struct Probe<'a> {
    understanding: &'a Understanding,
    counts: BTreeMap<String, usize>,
    encoders: BTreeMap<String, usize>,
    answered: BTreeMap<String, usize>,
    classifiers: BTreeMap<String, usize>,
    latencies: Latencies,
}

impl<'a> Probe<'a> {
    /// Starts counting.
    pub(crate) fn new(understanding: &'a Understanding) -> Self {
        let counts = ["panics", "encoder_fallbacks"].map(|name| (name.to_owned(), 0));
        Self {
            understanding,
            counts: counts.into(),
            encoders: BTreeMap::new(),
            answered: BTreeMap::new(),
            classifiers: BTreeMap::new(),
            latencies: Latencies::default(),
        }
    }

    /// Lets the stages hear a message; `None` when they panicked, which is counted.
    pub(crate) async fn hear(
        &mut self,
        text: &str,
        prior: Locale,
        cx: &ExtractContext<'_>,
    ) -> Option<Heard> {
        let hearing = self.understanding.hear(text, prior, cx);
        let Ok(heard) = AssertUnwindSafe(hearing).catch_unwind().await else {
            self.count("panics", 1);
            return None;
        };
        self.latencies.add(&heard.stages);
        let scores = &heard.parse.intents;
        *self.answered.entry(name(&scores.source)).or_default() += 1;
        *self.classifiers.entry(scores.model.clone()).or_default() += 1;
        if let Some(embed) = heard.stages.iter().find(|stage| stage.stage == "embed") {
            let encoder = embed.output["model"].as_str().unwrap_or("unnamed");
            *self.encoders.entry(encoder.to_owned()).or_default() += 1;
            self.count("encoder_fallbacks", usize::from(!embed.output["fallback"].is_null()));
        }
        Some(heard)
    }

    /// Adds to a plain count.
    pub(crate) fn count(&mut self, what: &str, n: usize) {
        *self.counts.entry(what.to_owned()).or_default() += n;
    }

    /// Ends the measurement; figures and tables are still to come.
    pub(crate) fn finish(self) -> Run {
        let engine = if self.understanding.has_model() { "model" } else { "heuristic" };
        Run {
            engine: engine.to_owned(),
            encoders: self.encoders,
            answered: self.answered,
            classifiers: self.classifiers,
            counts: self.counts,
            latency_ms: self.latencies.summary(),
            ..Run::default()
        }
    }
}

fn name(source: &ClassifierSource) -> String {
    serde_json::to_value(source)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
