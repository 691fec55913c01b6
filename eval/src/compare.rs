//! A report against an earlier one.

use crate::{Metric, Report, data::BadData, report::is_guesser};

/// Names that end so are better when smaller.
const SMALLER_IS_BETTER: [&str; 8] = [
    "ece",
    "fpr95",
    "aurc",
    "silent_wrong",
    "handed_over",
    "gave_up",
    "too_long",
    "turns_per_booking",
];
/// Names that begin so are better when smaller, and depend on the machine: so much is forgiven.
const RATIOS: (&str, f64) = ("ratio.", 1.25);
/// Names that end so are neither: a prediction set may grow for the sake of its coverage.
const NEITHER: [&str; 1] = ["conformal.size"];

/// What came of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// One line a figure.
    pub(crate) lines: Vec<Line>,
    /// Engines in the earlier report that this machine does not have.
    pub(crate) not_compared: Vec<String>,
    /// Measures whose data is no longer that of the baseline.
    pub(crate) other_data: Vec<String>,
}

/// A figure then and now.
#[derive(Debug)]
pub(crate) struct Line {
    /// `engine/name`.
    pub(crate) name: String,
    /// In the earlier report.
    pub(crate) before: Metric,
    /// `None` when the report no longer has it, which counts as worse.
    pub(crate) now: Option<Metric>,
    /// Whether the drop exceeds the earlier interval.
    pub(crate) is_worse: bool,
}

impl Comparison {
    /// Whether the baseline was not met.
    pub(crate) fn has_regressed(&self) -> bool {
        self.lines.is_empty()
            || !self.other_data.is_empty()
            || self.lines.iter().any(|line| line.is_worse)
    }
}

/// Compares engine by engine.
///
/// # Errors
///
/// [`BadData`] when the two are not about the same data.
pub(crate) fn compare(report: &Report, before: &Report) -> Result<Comparison, BadData> {
    if (&report.command, &report.data) != (&before.command, &before.data) {
        return Err(BadData::of(
            "--baseline",
            format!(
                "is about other data: {} {} ({}) against {} {} ({}); make a new one with --json",
                before.command,
                before.data.name,
                before.data.selection,
                report.command,
                report.data.name,
                report.data.selection,
            ),
        ));
    }
    let mut comparison = Comparison::default();
    for old in &before.runs {
        let Some(new) = report.runs.iter().find(|run| run.engine == old.engine) else {
            comparison.not_compared.push(old.engine.clone());
            continue;
        };
        for (name, metric) in old.metrics.iter().filter(|(name, _)| is_defended(name)) {
            let now = new.metrics.get(name).copied();
            comparison.lines.push(Line {
                name: format!("{}/{name}", old.engine),
                before: *metric,
                now,
                is_worse: now.is_none_or(|now| is_worse(name, *metric, now.value)),
            });
        }
    }
    Ok(comparison)
}

fn is_defended(name: &str) -> bool {
    !is_guesser(name) && !NEITHER.iter().any(|end| name.ends_with(end))
}

fn is_worse(name: &str, before: Metric, now: f64) -> bool {
    let [low, high] = before.ci95;
    let (ratios, slack) = RATIOS;
    if name.starts_with(ratios) {
        return now > high * slack;
    }
    if SMALLER_IS_BETTER.iter().any(|end| name.ends_with(end)) { now > high } else { now < low }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(engine: &str, accuracy: f64, ece: f64) -> Report {
        let metric =
            |value: f64| json!({"value": value, "ci95": [value - 0.1, value + 0.1], "n": 9});
        serde_json::from_value(json!({
            "command": "intents", "seed": 1,
            "data": {"name": "test", "sha256": "00", "selection": "all"},
            "runs": [{
                "engine": engine, "encoders": {}, "answered": {}, "classifiers": {}, "counts": {},
                "latency_ms": {}, "details": null,
                "metrics": {
                    "accuracy": metric(accuracy), "ece": metric(ece),
                    "baseline.majority.accuracy": metric(accuracy),
                },
            }],
        }))
        .expect("a report")
    }

    #[test]
    fn only_a_drop_beyond_the_interval_fails() {
        let before = report("model", 0.9, 0.2);
        let verdict = |now: &Report| compare(now, &before).expect("same data").has_regressed();
        assert!(!verdict(&report("model", 0.85, 0.25)));
        assert!(!verdict(&report("model", 1.0, 0.0)));
        assert!(verdict(&report("model", 0.79, 0.2)));
        assert!(verdict(&report("model", 0.9, 0.31)));
        assert!(verdict(&report("heuristic", 0.9, 0.2)), "nothing was compared");
        let mut without = before.clone();
        without.runs[0].metrics.remove("ece");
        assert!(verdict(&without));
    }

    #[test]
    fn other_data_is_no_comparison() {
        let before = report("model", 0.9, 0.2);
        let mut other = before.clone();
        other.data.sha256 = "01".to_owned();
        assert!(compare(&other, &before).is_err());
    }
}
