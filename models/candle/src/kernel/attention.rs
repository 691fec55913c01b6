//! Self-attention within each text of a pack.

use super::{
    buffer::Buffer,
    linear::{lanes, lanes_mut},
    maths::exp2,
    simd::{Kernel, LANES, Simd},
};

/// Rows of queries that are done at a time.
const QUERIES: usize = 4;
/// The most vectors a head has: 128 numbers.
const MAX_VECTORS: usize = 8;

/// Whether a head of `width` numbers can be done.
pub(crate) fn fits(width: usize) -> bool {
    width > 0 && width.is_multiple_of(LANES) && width <= MAX_VECTORS * LANES
}

/// Memory that is used again.
#[derive(Default)]
pub(crate) struct Scratch {
    /// The keys of one head of one text, a row for each component.
    keys: Buffer<f32>,
    /// The weights of up to four queries.
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
    let padded = longest.next_multiple_of(LANES);
    scratch.keys.resize(padded * hidden / heads);
    scratch.weights.resize(padded * QUERIES);
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
        let padded = self.length.next_multiple_of(LANES);
        let keys = &mut scratch.keys[..padded * self.width];
        for key in 0..self.length {
            for (component, value) in self.part(key, 1).iter().enumerate() {
                keys[component * padded + key] = *value;
            }
        }
        for component in keys.chunks_exact_mut(padded) {
            component[self.length..].fill(0.0);
        }
        let mut row = 0;
        while row < self.length {
            match self.length - row {
                1 => self.queries::<S, 1, V>(s, row, scratch, out),
                2 => self.queries::<S, 2, V>(s, row, scratch, out),
                3 => self.queries::<S, 3, V>(s, row, scratch, out),
                _ => self.queries::<S, QUERIES, V>(s, row, scratch, out),
            }
            row += QUERIES;
        }
    }

    #[inline(always)]
    fn queries<S: Simd, const Q: usize, const V: usize>(
        &self,
        s: S,
        row: usize,
        scratch: &mut Scratch,
        out: &mut [f32],
    ) {
        let (length, width) = (self.length, self.width);
        let padded = length.next_multiple_of(LANES);
        let blocks = padded / LANES;
        let keys = &scratch.keys[..padded * width];
        let weights = &mut scratch.weights[..padded * Q];

        let query: [&[f32]; Q] = std::array::from_fn(|q| self.part(row + q, 0));
        for block in 0..blocks {
            let mut sums = [s.splat(0.0); Q];
            for component in 0..width {
                let key = s.load(lanes(&keys[component * padded..], block));
                for q in 0..Q {
                    sums[q] = s.fma(s.splat(query[q][component]), key, sums[q]);
                }
            }
            for q in 0..Q {
                s.store(sums[q], lanes_mut(&mut weights[q * padded..], block));
            }
        }

        let mut inverses = [0.0; Q];
        for q in 0..Q {
            let weights = &mut weights[q * padded..][..padded];
            // Beyond the text: so little that nothing is left of it.
            weights[length..].fill(-1e30);
            let mut largest = s.splat(f32::MIN);
            for values in weights.as_chunks().0 {
                largest = s.max(largest, s.load(values));
            }
            let largest = s.splat(s.largest(largest));
            let mut sum = s.splat(0.0);
            for values in weights.as_chunks_mut().0 {
                let power = exp2(s, s.sub(s.load(values), largest));
                sum = s.add(sum, power);
                s.store(power, values);
            }
            inverses[q] = 1.0 / s.sum(sum);
        }

        let vectors = if V < MAX_VECTORS { V } else { width / LANES };
        let mut sums = [[s.splat(0.0); V]; Q];
        for key in 0..length {
            let value = self.part(key, 2);
            let weight: [S::F; Q] = std::array::from_fn(|q| s.splat(weights[q * padded + key]));
            for v in 0..vectors {
                let value = s.load(lanes(value, v));
                for q in 0..Q {
                    sums[q][v] = s.fma(weight[q], value, sums[q][v]);
                }
            }
        }
        for q in 0..Q {
            let out = &mut out[(row + q) * self.hidden + self.at..][..width];
            for v in 0..vectors {
                s.store(s.mul(sums[q][v], s.splat(inverses[q])), lanes_mut(out, v));
            }
        }
    }
}
