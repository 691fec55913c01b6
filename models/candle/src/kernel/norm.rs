//! Layer normalisation and turning rows into bytes.

use super::{
    buffer::Buffer,
    linear::{Quantised, lanes, lanes_mut},
    simd::{Kernel, LANES, Simd},
};

/// The weights of a layer normalisation, once for what goes on and once for what is quantised.
pub(crate) struct Norm {
    weight: Buffer<f32>,
    bias: Buffer<f32>,
    /// The same, each column divided by its share of the smoothing.
    smooth_weight: Buffer<f32>,
    smooth_bias: Buffer<f32>,
    epsilon: f32,
}

impl Norm {
    /// `smoothing` is what each column is divided by before it is quantised.
    pub(crate) fn new(weight: &[f32], bias: &[f32], smoothing: &[f32], epsilon: f32) -> Self {
        assert!(weight.len() == bias.len() && weight.len() == smoothing.len(), "one width");
        assert!(weight.len().is_multiple_of(LANES), "the width is a multiple of {LANES}");
        let divided = |values: &[f32]| -> Vec<f32> {
            values.iter().zip(smoothing).map(|(value, by)| value / by).collect()
        };
        Self {
            weight: weight.into(),
            bias: bias.into(),
            smooth_weight: divided(weight).as_slice().into(),
            smooth_bias: divided(bias).as_slice().into(),
            epsilon,
        }
    }

    /// Normalises every row of `x` in place, and quantises each where that is asked for.
    pub(crate) fn apply<S: Simd>(&self, s: S, x: &mut [f32], quantised: Option<&mut Quantised>) {
        let width = self.weight.len();
        assert!(x.len().is_multiple_of(width), "whole rows");
        if let Some(quantised) = &quantised {
            assert_eq!(quantised.bytes.len(), x.len(), "a byte for each number");
            assert_eq!(quantised.scales.len() * width, x.len(), "a scale for each row");
        }
        s.run(Normalise { norm: self, x, quantised });
    }
}

struct Normalise<'a> {
    norm: &'a Norm,
    x: &'a mut [f32],
    quantised: Option<&'a mut Quantised>,
}

impl Kernel for Normalise<'_> {
    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        let norm = self.norm;
        let width = norm.weight.len();
        let vectors = width / LANES;
        let count = s.splat(width as f32);
        for (r, row) in self.x.chunks_exact_mut(width).enumerate() {
            // Two sums each, so that one addition need not wait for the one before.
            let mut sums = [s.splat(0.0); 2];
            for v in 0..vectors {
                sums[v % 2] = s.add(sums[v % 2], s.load(lanes(row, v)));
            }
            let mean = s.div(s.splat(s.sum(s.add(sums[0], sums[1]))), count);
            let mut squares = [s.splat(0.0); 2];
            for v in 0..vectors {
                let off = s.sub(s.load(lanes(row, v)), mean);
                squares[v % 2] = s.fma(off, off, squares[v % 2]);
            }
            let variance = s.sum(s.add(squares[0], squares[1])) / width as f32;
            let inverse = s.splat(1.0 / (variance + norm.epsilon).sqrt());
            let normal = |row: &[f32], v: usize| s.mul(s.sub(s.load(lanes(row, v)), mean), inverse);
            let Some(quantised) = &mut self.quantised else {
                for v in 0..vectors {
                    let (weight, bias) = (lanes(&norm.weight, v), lanes(&norm.bias, v));
                    let y = s.fma(normal(row, v), s.load(weight), s.load(bias));
                    s.store(y, lanes_mut(row, v));
                }
                continue;
            };
            let smooth = |normal: S::F, v: usize| {
                let weight = s.load(lanes(&norm.smooth_weight, v));
                s.fma(normal, weight, s.load(lanes(&norm.smooth_bias, v)))
            };
            let mut largest = s.splat(0.0);
            for v in 0..vectors {
                let normal = normal(row, v);
                largest = s.max(largest, s.abs(smooth(normal, v)));
                s.store(normal, lanes_mut(row, v));
            }
            let (scale, inverse) = scales(s.largest(largest));
            quantised.scales[r] = scale;
            let inverse = s.splat(inverse);
            let bytes = &mut quantised.bytes[r * width..][..width];
            for (v, bytes) in bytes.as_chunks_mut().0.iter_mut().enumerate() {
                let normal = s.load(lanes(row, v));
                s.store_u8(s.mul(smooth(normal, v), inverse), bytes);
                let (weight, bias) = (lanes(&norm.weight, v), lanes(&norm.bias, v));
                s.store(s.fma(normal, s.load(weight), s.load(bias)), lanes_mut(row, v));
            }
        }
    }
}

/// Quantises rows of `width` numbers, each with the scale that takes its largest to 127.
pub(crate) fn quantise<S: Simd>(s: S, x: &[f32], width: usize, to: &mut Quantised) {
    assert!(width.is_multiple_of(LANES) && x.len().is_multiple_of(width), "whole rows");
    assert_eq!(to.bytes.len(), x.len(), "a byte for each number");
    assert_eq!(to.scales.len() * width, x.len(), "a scale for each row");
    s.run(Quantise { x, width, to });
}

struct Quantise<'a> {
    x: &'a [f32],
    width: usize,
    to: &'a mut Quantised,
}

impl Kernel for Quantise<'_> {
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let bytes = self.to.bytes.chunks_exact_mut(self.width);
        let rows = self.x.chunks_exact(self.width).zip(bytes);
        for ((row, bytes), scale) in rows.zip(&mut self.to.scales) {
            let mut largest = [s.splat(0.0); 2];
            for (v, values) in row.as_chunks().0.iter().enumerate() {
                largest[v % 2] = s.max(largest[v % 2], s.abs(s.load(values)));
            }
            let inverse;
            (*scale, inverse) = scales(s.largest(s.max(largest[0], largest[1])));
            let inverse = s.splat(inverse);
            for (values, bytes) in row.as_chunks().0.iter().zip(bytes.as_chunks_mut().0) {
                s.store_u8(s.mul(s.load(values), inverse), bytes);
            }
        }
    }
}

/// What one step of a byte is worth, and how many steps make one.
#[inline(always)]
fn scales(largest: f32) -> (f32, f32) {
    // Below the smallest normal number the inverse would be infinite.
    if largest > 1e-30 { (largest / 127.0, 127.0 / largest) } else { (0.0, 0.0) }
}
