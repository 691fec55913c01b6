//! Intervals by resampling, deterministic by seed.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::Metric;

/// Seed of every resampling.
pub(crate) const SEED: u64 = 20_190_301;
const RESAMPLES: usize = 1000;

/// The 95% percentile interval of `statistic` over resamples of `0..units`, drawn with
/// replacement. `units` are what is independent: dialogues rather than turns.
pub(crate) fn interval(
    units: usize,
    seed: u64,
    mut statistic: impl FnMut(&[usize]) -> f64,
) -> [f64; 2] {
    if units == 0 {
        return [0.0, 0.0];
    }
    let mut rng = StdRng::seed_from_u64(seed);
    let mut picked = vec![0; units];
    let mut values: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            picked.iter_mut().for_each(|unit| *unit = rng.random_range(0..units));
            statistic(&picked)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let tail = RESAMPLES / 40; // 2.5% on each side
    [values[tail], values[RESAMPLES - 1 - tail]]
}

/// A statistic over items that are independent of each other.
pub(crate) fn metric<T: Clone>(items: &[T], statistic: impl Fn(&[T]) -> f64) -> Metric {
    let ci95 = interval(items.len(), SEED, |picked| {
        let sample: Vec<T> = picked.iter().map(|i| items[*i].clone()).collect();
        statistic(&sample)
    });
    Metric { value: statistic(items), ci95, n: items.len() }
}

/// A quotient of sums, `Σ part / Σ whole`, over units that are independent of each other: accuracy,
/// precision, recall and F1 are all of this kind. `n` is the number of things counted.
pub(crate) fn ratio(units: &[(usize, usize)], n: usize) -> Metric {
    let over = |picked: &mut dyn Iterator<Item = usize>| {
        let (part, whole) =
            picked.fold((0, 0), |(part, whole), i| (part + units[i].0, whole + units[i].1));
        if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
    };
    Metric {
        value: over(&mut (0..units.len())),
        ci95: interval(units.len(), SEED, |picked| over(&mut picked.iter().copied())),
        n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_interval() {
        let items: Vec<f64> = (0..50).map(f64::from).collect();
        let mean =
            |picked: &[usize]| picked.iter().map(|i| items[*i]).sum::<f64>() / picked.len() as f64;
        let first = interval(items.len(), 7, mean);
        assert_eq!(first, interval(items.len(), 7, mean));
        assert_ne!(first, interval(items.len(), 8, mean));
        assert!(first[0] < 24.5 && 24.5 < first[1]);
    }

    #[test]
    fn a_ratio_of_sums() {
        let metric = ratio(&[(1, 2), (3, 3), (0, 0)], 5);
        assert_eq!((metric.value, metric.n), (0.8, 5));
        assert!(metric.ci95[0] <= 0.8 && 0.8 <= metric.ci95[1]);
        assert_eq!(ratio(&[], 0).value, 0.0);
        assert_eq!(ratio(&[(1, 1), (1, 1)], 2).ci95, [1.0, 1.0]);
    }
}
