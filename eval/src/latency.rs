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

    /// The percentiles, by nearest rank.
    pub(crate) fn summary(mut self) -> BTreeMap<String, Latency> {
        let summary = |values: &mut Vec<f64>| {
            values.sort_by(f64::total_cmp);
            Latency { p50: rank(values, 50), p99: rank(values, 99) }
        };
        self.stages.iter_mut().map(|(name, values)| (name.clone(), summary(values))).collect()
    }
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
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!((rank(&values, 50), rank(&values, 99)), (100.0, 198.0));
        assert_eq!((rank(&[3.0], 50), rank(&[], 99)), (3.0, 0.0));
    }
}
