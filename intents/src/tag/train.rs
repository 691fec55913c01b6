//! Learning a linear-chain conditional random field over sparse binary features.
//!
//! Labels are numbers, features are hashes: what they stand for is the caller's. Stochastic
//! gradient steps with AdaGrad's per-weight rates; the weights of the second half of the passes are
//! averaged. Everything is deterministic by seed.

use std::collections::HashMap;

use super::chain::{Chain, FORBIDDEN};

/// The features of each token of one text.
pub(super) type Rows = Vec<Vec<u32>>;

/// How a tagger is trained.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Passes over the examples.
    pub epochs: usize,
    /// Step size of AdaGrad.
    pub rate: f32,
    /// Strength of the quadratic penalty on weights, per example.
    pub penalty: f32,
    /// Features seen on fewer tokens than this are left out.
    pub min_count: u32,
    /// Words seen fewer times than this are told by their shape.
    pub min_word_count: u32,
    /// Whether to look at what the grammar found. A tagger that does not outlives changes of the
    /// grammar; one for few examples needs it.
    pub grammar: bool,
    /// Seed of the order of examples.
    pub seed: u64,
}

impl Default for Training {
    fn default() -> Self {
        Self {
            epochs: 12,
            rate: 0.1,
            penalty: 1e-3,
            min_count: 2,
            min_word_count: 5,
            grammar: true,
            seed: 7,
        }
    }
}

impl Training {
    /// For this many examples: small sets need more passes, and every feature they have.
    #[must_use]
    pub fn suited(examples: usize) -> Self {
        let small = examples < 4000;
        Self {
            epochs: (40_000 / examples.max(1)).clamp(12, 40),
            min_count: if small { 1 } else { 2 },
            min_word_count: if small { 3 } else { 5 },
            ..Self::default()
        }
    }
}

/// A field with every weight in full.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) chain: Chain,
    /// Row of each feature in `weights`.
    pub(super) index: HashMap<u32, u32>,
    /// One row a feature, one column a label.
    pub(super) weights: Vec<f32>,
}

/// Steps through numbers that look random: SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let below = u64::try_from(last + 1).unwrap_or(u64::MAX);
            items.swap(last, usize::try_from(self.next() % below).unwrap_or(0));
        }
    }
}

/// Numbers under training: their rates and their running sum.
struct Averaged {
    squares: Vec<f32>,
    sums: Vec<f32>,
    n: f32,
}

impl Averaged {
    fn new(length: usize) -> Self {
        // Sums of squares start at one, so that the first steps are small.
        Self { squares: vec![1.0; length], sums: vec![0.0; length], n: 0.0 }
    }

    fn step(&mut self, values: &mut [f32], cell: usize, slope: f32, training: &Training) {
        let slope = slope - training.penalty * values[cell];
        self.squares[cell] += slope * slope;
        values[cell] += training.rate * slope / self.squares[cell].sqrt();
    }

    fn note(&mut self, values: &[f32]) {
        self.n += 1.0;
        self.sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
    }

    fn finish(&self, values: &mut [f32]) {
        for (value, sum) in values.iter_mut().zip(&self.sums) {
            if *value > FORBIDDEN / 2.0 && self.n > 0.0 {
                *value = sum / self.n;
            }
        }
    }
}

impl Field {
    /// Learns from `examples`: features and labels of each token. `told` hears of each pass done.
    pub(super) fn train(
        examples: &[(Rows, Vec<usize>)],
        chain: Chain,
        training: &Training,
        mut told: impl FnMut(usize),
    ) -> Self {
        let index = index(examples, training.min_count);
        let weights = vec![0.0; index.len() * chain.labels];
        let mut field = Self { chain, index, weights };
        let rows: Vec<Vec<Vec<u32>>> = examples
            .iter()
            .map(|(rows, _)| rows.iter().map(|row| field.known(row)).collect())
            .collect();
        let mut of_weights = Averaged::new(field.weights.len());
        let mut of_steps = Averaged::new(field.chain.transitions.len());
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut random = Random(training.seed);
        for epoch in 0..training.epochs {
            random.shuffle(&mut order);
            for &at in &order {
                let gold = &examples[at].1;
                if !gold.is_empty() {
                    field.learn(&rows[at], gold, &mut of_weights, &mut of_steps, training);
                }
            }
            if epoch >= training.epochs / 2 {
                of_weights.note(&field.weights);
                of_steps.note(&field.chain.transitions);
            }
            told(epoch + 1);
        }
        of_weights.finish(&mut field.weights);
        of_steps.finish(&mut field.chain.transitions);
        field
    }

    /// One step up the slope of the likelihood of one text.
    fn learn(
        &mut self,
        rows: &[Vec<u32>],
        gold: &[usize],
        of_weights: &mut Averaged,
        of_steps: &mut Averaged,
        training: &Training,
    ) {
        let labels = self.chain.labels;
        let (unary, pairs) = self.chain.marginals(&self.emissions(rows), gold.len());
        for ((features, truth), expected) in rows.iter().zip(gold).zip(unary.chunks_exact(labels)) {
            for (label, probability) in expected.iter().enumerate() {
                let slope = f32::from(u8::from(*truth == label)) - probability;
                if slope.abs() < 1e-6 {
                    continue;
                }
                for feature in features {
                    let cell = *feature as usize * labels + label;
                    of_weights.step(&mut self.weights, cell, slope, training);
                }
            }
        }
        let mut slopes: Vec<f32> = pairs.iter().map(|expected| -expected).collect();
        slopes[labels * labels + gold[0]] += 1.0;
        for pair in gold.windows(2) {
            slopes[pair[0] * labels + pair[1]] += 1.0;
        }
        for (cell, slope) in slopes.into_iter().enumerate() {
            let forbidden = self.chain.transitions[cell] <= FORBIDDEN / 2.0;
            if !forbidden && slope.abs() >= 1e-7 {
                of_steps.step(&mut self.chain.transitions, cell, slope, training);
            }
        }
    }

    fn known(&self, features: &[u32]) -> Vec<u32> {
        features.iter().filter_map(|feature| self.index.get(feature).copied()).collect()
    }

    fn emissions(&self, rows: &[Vec<u32>]) -> Vec<f32> {
        let labels = self.chain.labels;
        let mut scores = vec![0.0; rows.len() * labels];
        for (row, features) in scores.chunks_exact_mut(labels).zip(rows) {
            for feature in features {
                let start = *feature as usize * labels;
                let weights = &self.weights[start..start + labels];
                row.iter_mut().zip(weights).for_each(|(score, weight)| *score += weight);
            }
        }
        scores
    }
}

/// Numbers the features that are frequent enough, in order of first appearance.
fn index(examples: &[(Rows, Vec<usize>)], min_count: u32) -> HashMap<u32, u32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    let all = || examples.iter().flat_map(|(rows, _)| rows.iter().flatten());
    for feature in all() {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut index: HashMap<u32, u32> = HashMap::new();
    for feature in all() {
        if counts.get(feature).is_some_and(|count| *count >= min_count) {
            let next = u32::try_from(index.len()).unwrap_or(u32::MAX);
            index.entry(*feature).or_insert(next);
        }
    }
    index
}
