//! What a measurement leaves behind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Figures of guessers begin so.
const GUESSERS: &str = "baseline.";

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
    /// File names by role, or the split.
    pub name: String,
    /// SHA-256 of the content; of several files, of their hashes.
    pub sha256: String,
    /// What was taken from it.
    pub selection: String,
}

/// Milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// Half are quicker.
    pub p50: f64,
    /// One in ten is slower.
    #[serde(default)]
    pub p90: f64,
    /// One in a hundred is slower.
    pub p99: f64,
}

/// One engine over one set of data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
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
    /// Seconds of training, bytes of the head, and the like. Not compared.
    #[serde(default)]
    pub cost: BTreeMap<String, f64>,
    /// Tables for people: classes, confusions, misses, leaks between splits, points of plots.
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
    /// What was odd about the data, with counts.
    #[serde(default)]
    pub notes: Vec<String>,
    /// One entry an engine; the product's first.
    pub runs: Vec<Run>,
}

impl Report {
    /// The same without tables, which quote data that is not ours to publish.
    #[must_use]
    pub fn without_details(mut self) -> Self {
        self.runs.iter_mut().for_each(|run| run.details = Value::Null);
        self.notes.clear();
        self
    }

    /// The report as scripts read it: the first run's figures stand at the top level under their
    /// names (`"accuracy"`, `"oos.auroc"`), out-of-scope figures also nested under `"oos"`, and
    /// `"misses"` where there is such a list.
    ///
    /// # Errors
    ///
    /// Only if a report could not be written as JSON.
    pub fn to_json(&self) -> serde_json::Result<Value> {
        let mut top = Map::new();
        if let Some(run) = self.runs.first() {
            let mut oos = Map::new();
            for (name, metric) in run.metrics.iter().filter(|(name, _)| !is_guesser(name)) {
                let metric = serde_json::to_value(metric)?;
                if let Some(part) = name.strip_prefix("oos.") {
                    oos.insert(part.to_owned(), metric.clone());
                }
                top.insert(name.clone(), metric);
            }
            if !oos.is_empty() {
                top.insert("oos".to_owned(), Value::Object(oos));
            }
            if let Some(misses) = run.details.get("misses") {
                top.insert("misses".to_owned(), misses.clone());
            }
        }
        if let Value::Object(report) = serde_json::to_value(self)? {
            top.extend(report);
        }
        Ok(Value::Object(top))
    }
}

/// Whether a figure belongs to a guesser, which nobody defends.
pub(crate) fn is_guesser(name: &str) -> bool {
    name.starts_with(GUESSERS)
}

/// Figures that a reader looks for first.
const FIRST: [&str; 16] = [
    "accuracy",
    "micro_f1",
    "macro_f1",
    "ece",
    "oos.auroc",
    "oos.fpr95",
    "conformal.coverage",
    "conformal.size",
    "exact",
    "span_f1",
    "negatives_refused",
    "value_f1",
    "intent.accuracy",
    "date_time.f1",
    "ratio.embed.int8.16_tokens",
    "ratio.decide.int8.16_tokens",
];

/// The figures of the first run that a reader looks for first.
pub(crate) fn first_figures(report: &Report) -> Vec<(&'static str, &Metric)> {
    report.runs.first().map_or_else(Vec::new, first_of)
}

/// The figures of a run that a reader looks for first.
pub(crate) fn first_of(run: &Run) -> Vec<(&'static str, &Metric)> {
    FIRST.iter().filter_map(|name| Some((*name, run.metrics.get(*name)?))).collect()
}

/// Figures that guessers have too, by name: ours first, then each guesser's.
pub(crate) fn beside(run: &Run) -> Vec<(String, Vec<(String, Metric)>)> {
    let mut rows: BTreeMap<&str, Vec<(String, Metric)>> = BTreeMap::new();
    for (name, metric) in run.metrics.iter() {
        let Some((who, figure)) = name.strip_prefix(GUESSERS).and_then(|it| it.split_once('.'))
        else {
            continue;
        };
        let ours =
            || run.metrics.get(figure).or_else(|| run.metrics.get(&format!("intent.{figure}")));
        if let Some(ours) = ours() {
            let rows = rows.entry(figure).or_insert_with(|| vec![("ours".to_owned(), *ours)]);
            rows.push((who.to_owned(), *metric));
        }
    }
    rows.into_iter().map(|(figure, rows)| (figure.to_owned(), rows)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn figures_stand_at_the_top_and_a_report_reads_back() {
        let metric = Metric { value: 0.5, ci95: [0.4, 0.6], n: 10 };
        let names = ["accuracy", "oos.auroc", "baseline.majority.accuracy"];
        let report = Report {
            command: "intents".to_owned(),
            data: Data { name: "x".into(), sha256: "00".into(), selection: "all".into() },
            seed: 1,
            notes: Vec::new(),
            runs: vec![Run {
                engine: "model".to_owned(),
                metrics: names.map(|name| (name.to_owned(), metric)).into(),
                details: json!({"misses": [{"text": "hi"}]}),
                ..Run::default()
            }],
        };
        let written = report.to_json().expect("JSON");
        assert_eq!(written["accuracy"], json!({"value": 0.5, "ci95": [0.4, 0.6], "n": 10}));
        assert_eq!(written["oos.auroc"], written["oos"]["auroc"]);
        assert_eq!(written["misses"][0]["text"], "hi");
        assert!(written.get("baseline.majority.accuracy").is_none());
        let back: Report = serde_json::from_value(written).expect("a report");
        assert_eq!(back, report);
    }
}
