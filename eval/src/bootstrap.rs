//! Intervals by resampling, deterministic by seed.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::Metric;

/// The seed where nobody asks for another.
pub(crate) const SEED: u64 = 20_190_301;
const RESAMPLES: usize = 1000;

/// Draws resamples. All figures of a report come from one seed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bootstrap {
    seed: u64,
}

impl Bootstrap {
    /// Resampling by this seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The 95% percentile interval of `statistic` over resamples of `0..units`, drawn with
    /// replacement and given in ascending order. `units` are what is independent: dialogues rather
    /// than turns.
    pub(crate) fn interval(
        self,
        units: usize,
        mut statistic: impl FnMut(&[usize]) -> f64,
    ) -> [f64; 2] {
        if units == 0 {
            return [0.0, 0.0];
        }
        let mut rng = StdRng::seed_from_u64(self.seed);
        let mut times = vec![0_u32; units];
        let mut picked = Vec::with_capacity(units);
        let mut values: Vec<f64> = (0..RESAMPLES)
            .map(|_| {
                times.fill(0);
                (0..units).for_each(|_| times[rng.random_range(0..units)] += 1);
                picked.clear();
                for (unit, n) in times.iter().enumerate() {
                    picked.extend((0..*n).map(|_| unit));
                }
                statistic(&picked)
            })
            .collect();
        values.sort_by(f64::total_cmp);
        let tail = RESAMPLES / 40; // 2.5% on each side
        [values[tail], values[RESAMPLES - 1 - tail]]
    }

    /// A statistic over items that are independent of each other. A resample keeps the order of
    /// `items`: where the statistic sorts, sorted items make it quick.
    pub(crate) fn metric<T: Clone>(self, items: &[T], statistic: impl Fn(&[T]) -> f64) -> Metric {
        let mut sample: Vec<T> = Vec::with_capacity(items.len());
        let ci95 = self.interval(items.len(), |picked| {
            sample.clear();
            sample.extend(picked.iter().map(|i| items[*i].clone()));
            statistic(&sample)
        });
        Metric { value: statistic(items), ci95, n: items.len() }
    }

    /// A quotient of sums, `Σ part / Σ whole`, over units that are independent of each other:
    /// accuracy, precision, recall and F1 are all of this kind. `n` is the number of things counted.
    pub(crate) fn ratio(self, units: &[(usize, usize)], n: usize) -> Metric {
        let over = |picked: &mut dyn Iterator<Item = usize>| {
            let (part, whole) =
                picked.fold((0, 0), |(part, whole), i| (part + units[i].0, whole + units[i].1));
            if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
        };
        Metric {
            value: over(&mut (0..units.len())),
            ci95: self.interval(units.len(), |picked| over(&mut picked.iter().copied())),
            n,
        }
    }

    /// The mean of numbers that are independent of each other.
    pub(crate) fn mean(self, values: &[f64]) -> Metric {
        self.metric(values, |sample| {
            if sample.is_empty() { 0.0 } else { sample.iter().sum::<f64>() / sample.len() as f64 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_interval() {
        let items: Vec<f64> = (0..50).map(f64::from).collect();
        let first = Bootstrap::new(7).mean(&items);
        assert_eq!(first, Bootstrap::new(7).mean(&items));
        assert_ne!(first.ci95, Bootstrap::new(8).mean(&items).ci95);
        // The standard error of this mean is 14.4 / √50 = 2.04.
        assert!((first.ci95[0] - (24.5 - 4.0)).abs() < 0.8, "{first:?}");
        assert!((first.ci95[1] - (24.5 + 4.0)).abs() < 0.8, "{first:?}");
    }

    #[test]
    fn a_ratio_of_sums() {
        let bootstrap = Bootstrap::new(SEED);
        let metric = bootstrap.ratio(&[(1, 2), (3, 3), (0, 0)], 5);
        assert_eq!((metric.value, metric.n), (0.8, 5));
        assert!(metric.ci95[0] <= 0.8 && 0.8 <= metric.ci95[1]);
        assert_eq!(bootstrap.ratio(&[], 0).value, 0.0);
        assert_eq!(bootstrap.ratio(&[(1, 1), (1, 1)], 2).ci95, [1.0, 1.0]);
    }

    #[test]
    fn resamples_come_in_order() {
        Bootstrap::new(SEED).interval(20, |picked| {
            assert_eq!(picked.len(), 20);
            assert!(picked.is_sorted());
            0.0
        });
    }
}
