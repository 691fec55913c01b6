//! Self-attention within each text of a pack.

use super::{
    buffer::Buffer,
    linear::{lanes, lanes_mut},
    maths::exp2,
    simd::{Kernel, LANES, Simd},
};

/// Keys, and later queries, that are done at a time.
const GROUP: usize = 4;
/// The most vectors a head has: 128 numbers.
const MAX_VECTORS: usize = 8;

/// Whether a head of `width` numbers can be done.
pub(crate) fn fits(width: usize) -> bool {
    width > 0 && width.is_multiple_of(LANES) && width <= MAX_VECTORS * LANES
}

/// Memory that is used again.
#[derive(Default)]
pub(crate) struct Scratch {
    /// Sixteen queries, a row for each component.
    queries: Buffer<f32>,
    /// What sixteen queries make of each key.
    weights: Buffer<f32>,
}

/// Attends within each text: `out` gets a row for each row of `qkv`.
///
/// A row of `qkv` has the queries of all heads, then the keys, then the values. The queries are
/// expected to be scaled such that powers of two, not of e, are to be taken.
pub(crate) fn attend<S: Simd>(
    s: S,
    qkv: &[f32],
    lengths: &[u32],
    heads: usize,
    scratch: &mut Scratch,
    out: &mut [f32],
) {
    let rows = lengths.iter().map(|length| *length as usize).sum::<usize>();
    assert!(rows > 0 && out.len().is_multiple_of(rows), "whole rows");
    assert_eq!(qkv.len(), 3 * out.len(), "queries, keys and values for each row");
    let hidden = out.len() / rows;
    assert!(hidden.is_multiple_of(heads) && fits(hidden / heads), "whole heads");
    let longest = lengths.iter().max().map_or(0, |longest| *longest as usize);
    scratch.queries.resize(LANES * hidden / heads);
    scratch.weights.resize(LANES * longest);
    s.run(Attend { qkv, lengths, heads, hidden, scratch, out });
}

struct Attend<'a> {
    qkv: &'a [f32],
    lengths: &'a [u32],
    heads: usize,
    hidden: usize,
    scratch: &'a mut Scratch,
    out: &'a mut [f32],
}

impl Kernel for Attend<'_> {
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let Self { qkv, lengths, heads, hidden, scratch, out } = self;
        let width = hidden / heads;
        let mut first = 0;
        for length in lengths {
            let length = *length as usize;
            let qkv = &qkv[first * 3 * hidden..][..length * 3 * hidden];
            let out = &mut out[first * hidden..][..length * hidden];
            for head in 0..heads {
                let head = Head { qkv, length, hidden, width, at: head * width };
                match width / LANES {
                    // The widths that models have get registers of their own.
                    1 => head.run::<S, 1>(s, scratch, out),
                    2 => head.run::<S, 2>(s, scratch, out),
                    4 => head.run::<S, 4>(s, scratch, out),
                    _ => head.run::<S, MAX_VECTORS>(s, scratch, out),
                }
            }
            first += length;
        }
    }
}

/// One head of one text.
struct Head<'a> {
    qkv: &'a [f32],
    length: usize,
    hidden: usize,
    width: usize,
    at: usize,
}

impl Head<'_> {
    /// The `which`th of query, key and value of a row.
    #[inline(always)]
    fn part(&self, row: usize, which: usize) -> &[f32] {
        &self.qkv[(row * 3 + which) * self.hidden + self.at..][..self.width]
    }

    /// `V` is the vectors of a head, or [`MAX_VECTORS`] for heads of any width.
    #[inline(always)]
    fn run<S: Simd, const V: usize>(&self, s: S, scratch: &mut Scratch, out: &mut [f32]) {
        let queries = &mut scratch.queries[..LANES * self.width];
        let weights = &mut scratch.weights[..LANES * self.length];
        for first in (0..self.length).step_by(LANES) {
            let count = LANES.min(self.length - first);
            // Lanes beyond the text get weights too, of which nothing is written.
            queries.fill(0.0);
            for lane in 0..count {
                for (component, value) in self.part(first + lane, 0).iter().enumerate() {
                    queries[component * LANES + lane] = *value;
                }
            }
            self.scores(s, queries, weights);
            softmax(s, weights);
            for lane in (0..count).step_by(GROUP) {
                let mut sums = [[s.splat(0.0); V]; GROUP];
                self.mean(s, lane, weights, &mut sums);
                for (q, sums) in sums.iter().enumerate().take(count - lane) {
                    let row = (first + lane + q) * self.hidden + self.at;
                    let out = &mut out[row..][..self.width];
                    for (out, sum) in out.as_chunks_mut().0.iter_mut().zip(sums) {
                        s.store(*sum, out);
                    }
                }
            }
        }
    }

    /// The products of sixteen queries with each key.
    #[inline(always)]
    fn scores<S: Simd>(&self, s: S, queries: &[f32], scores: &mut [f32]) {
        for first in (0..self.length).step_by(GROUP) {
            // Towards the end the last key comes more than once.
            let key = |k: usize| self.part((first + k).min(self.length - 1), 1);
            let keys: [&[f32]; GROUP] = std::array::from_fn(key);
            let mut sums = [s.splat(0.0); GROUP];
            for (component, query) in queries.as_chunks().0.iter().enumerate() {
                let query = s.load(query);
                for k in 0..GROUP {
                    sums[k] = s.fma(s.splat(keys[k][component]), query, sums[k]);
                }
            }
            for (k, sum) in sums.into_iter().enumerate().take(self.length - first) {
                s.store(sum, lanes_mut(scores, first + k));
            }
        }
    }

    /// The means of the values by the weights of [`GROUP`] queries, `lane` the first of them.
    #[inline(always)]
    fn mean<S: Simd, const V: usize>(
        &self,
        s: S,
        lane: usize,
        weights: &[f32],
        sums: &mut [[S::F; V]; GROUP],
    ) {
        let vectors = if V < MAX_VECTORS { V } else { self.width / LANES };
        for (key, weights) in weights.as_chunks::<LANES>().0.iter().enumerate() {
            let value = self.part(key, 2);
            let weight: [S::F; GROUP] = std::array::from_fn(|q| s.splat(weights[lane + q]));
            for v in 0..vectors {
                let value = s.load(lanes(value, v));
                for q in 0..GROUP {
                    sums[q][v] = s.fma(weight[q], value, sums[q][v]);
                }
            }
        }
    }
}

/// Scores to weights that sum to one, for sixteen queries side by side.
#[inline(always)]
fn softmax<S: Simd>(s: S, scores: &mut [f32]) {
    let mut largest = s.splat(f32::MIN);
    for scores in scores.as_chunks().0 {
        largest = s.max(largest, s.load(scores));
    }
    let mut sum = s.splat(0.0);
    for scores in scores.as_chunks_mut().0 {
        let power = exp2(s, s.sub(s.load(scores), largest));
        sum = s.add(sum, power);
        s.store(power, scores);
    }
    let inverse = s.div(s.splat(1.0), sum);
    for powers in scores.as_chunks_mut().0 {
        s.store(s.mul(s.load(powers), inverse), powers);
    }
}
