//! Milliseconds per stage.

use std::collections::BTreeMap;

use pipeline::StageTrace;

use crate::Latency;

/// Collects what each message cost.
#[derive(Debug, Default)]
pub(crate) struct Latencies {
    stages: BTreeMap<String, Vec<f64>>,
}

impl Latencies {
    /// Adds one message's stages, and their sum as `total`.
    pub(crate) fn add(&mut self, stages: &[StageTrace]) {
        for StageTrace { stage, ms, .. } in stages {
            self.stages.entry(stage.clone()).or_default().push(*ms);
        }
        let total = stages.iter().map(|stage| stage.ms).sum();
        self.stages.entry("total".to_owned()).or_default().push(total);
    }

    /// The percentiles of each stage.
    pub(crate) fn summary(self) -> BTreeMap<String, Latency> {
        self.stages.into_iter().map(|(name, values)| (name, percentiles(values))).collect()
    }
}

/// By nearest rank.
pub(crate) fn percentiles(mut values: Vec<f64>) -> Latency {
    values.sort_by(f64::total_cmp);
    Latency { p50: rank(&values, 50), p90: rank(&values, 90), p99: rank(&values, 99) }
}

fn rank(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_by_nearest_rank() {
        let values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        let Latency { p50, p90, p99 } = percentiles(values);
        assert_eq!((p50, p90, p99), (100.0, 180.0, 198.0));
        assert_eq!(percentiles(vec![3.0]).p50, 3.0);
        assert_eq!(percentiles(vec![]).p99, 0.0);
    }
}
