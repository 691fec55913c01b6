//! Products of rows with packed weights, and what is done to each result while it is at hand.

use super::{
    buffer::Buffer,
    maths::{gelu, rough_gelu},
    simd::{Kernel, LANES, Simd, TILE_ROWS, TILE_VECTORS, Tile},
};

/// Calls a tile with its rows and vectors as constants.
macro_rules! by_shape {
    ($vectors:expr, $rows:expr, $s:ident.$tile:ident($($argument:expr),*)) => {
        match ($vectors, $rows) {
            (TILE_VECTORS, 8) => $s.$tile::<8, TILE_VECTORS>($($argument),*),
            (TILE_VECTORS, 7) => $s.$tile::<7, TILE_VECTORS>($($argument),*),
            (TILE_VECTORS, 6) => $s.$tile::<6, TILE_VECTORS>($($argument),*),
            (TILE_VECTORS, 5) => $s.$tile::<5, TILE_VECTORS>($($argument),*),
            (TILE_VECTORS, 4) => $s.$tile::<4, TILE_VECTORS>($($argument),*),
            (TILE_VECTORS, 3) => $s.$tile::<3, TILE_VECTORS>($($argument),*),
            (TILE_VECTORS, 2) => $s.$tile::<2, TILE_VECTORS>($($argument),*),
            (TILE_VECTORS, 1) => $s.$tile::<1, TILE_VECTORS>($($argument),*),
            (1, 8) => $s.$tile::<8, 1>($($argument),*),
            (1, 7) => $s.$tile::<7, 1>($($argument),*),
            (1, 6) => $s.$tile::<6, 1>($($argument),*),
            (1, 5) => $s.$tile::<5, 1>($($argument),*),
            (1, 4) => $s.$tile::<4, 1>($($argument),*),
            (1, 3) => $s.$tile::<3, 1>($($argument),*),
            (1, 2) => $s.$tile::<2, 1>($($argument),*),
            (1, 1) => $s.$tile::<1, 1>($($argument),*),
            _ => unreachable!("panels have one or three vectors, blocks one to eight rows"),
        }
    };
}

/// The columns of a full panel.
const PANEL: usize = TILE_VECTORS * LANES;

/// The weights and bias of a linear layer, packed into panels of columns.
///
/// The first panels have 48 columns; what is left has 16 each. Within a panel the numbers lie in
/// the order in which a tile reads them.
pub(crate) struct Linear {
    inputs: usize,
    outputs: usize,
    weights: Weights,
    bias: Buffer<f32>,
}

enum Weights {
    F32(Buffer<f32>),
    I8 {
        bytes: Buffer<i8>,
        /// What a sum starts with, a column: takes out the 128 that is added to each input.
        init: Buffer<i32>,
        /// What one step of a weight is worth, a column.
        scales: Buffer<f32>,
    },
}

/// Rows as a layer takes them.
#[derive(Clone, Copy)]
pub(crate) enum Input<'a> {
    F32(&'a [f32]),
    I8(&'a Quantised),
}

/// Rows of bytes: a number is `scale × (byte - 128)`, one scale a row.
#[derive(Default)]
pub(crate) struct Quantised {
    pub(crate) bytes: Buffer<u8>,
    pub(crate) scales: Vec<f32>,
}

impl Quantised {
    pub(crate) fn resize(&mut self, rows: usize, width: usize) {
        self.bytes.resize(rows * width);
        self.scales.resize(rows, 0.0);
    }
}

/// What happens to a result `y` before it is written.
#[derive(Clone, Copy)]
pub(crate) enum Epilogue<'a> {
    /// Nothing.
    Write,
    /// `out = factor × y × (1 + erf(y ÷ √2))`, a factor for each column.
    Gelu(&'a [f32]),
    /// `out += y`
    Add,
}

/// Whether every width fits a packed layer.
pub(crate) fn fits(inputs: usize, outputs: usize) -> bool {
    // The largest sum of byte products, 255 × 127 each, must fit 32 bits.
    inputs > 0 && inputs <= 1 << 16 && inputs.is_multiple_of(LANES) && outputs.is_multiple_of(LANES)
}

impl Linear {
    /// Packs floats as they are. `weights` has a row of `inputs` numbers for each output.
    pub(crate) fn f32(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = check(weights, bias, inputs);
        let mut packed = Buffer::zeros(inputs * outputs);
        for (start, vectors) in panels(outputs) {
            let panel = &mut packed[start * inputs..][..vectors * LANES * inputs];
            for (i, to) in panel.chunks_exact_mut(vectors * LANES).enumerate() {
                for (column, to) in to.iter_mut().enumerate() {
                    *to = weights[(start + column) * inputs + i];
                }
            }
        }
        Self { inputs, outputs, weights: Weights::F32(packed), bias: bias.into() }
    }

    /// Packs bytes: each output has the scale that takes its largest weight to 127.
    pub(crate) fn i8(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = check(weights, bias, inputs);
        let (mut scales, mut init) = (Buffer::zeros(outputs), Buffer::zeros(outputs));
        let mut rows: Vec<i8> = Vec::with_capacity(weights.len());
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let largest = row.iter().fold(0.0_f32, |largest, w| largest.max(w.abs()));
            let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            rows.extend(row.iter().map(|w| nearest(w * inverse)));
            let sum: i32 = rows[output * inputs..].iter().map(|w| i32::from(*w)).sum();
            scales[output] = largest / 127.0;
            init[output] = -128 * sum;
        }
        let mut bytes = Buffer::zeros(inputs * outputs);
        for (start, vectors) in panels(outputs) {
            let panel = &mut bytes[start * inputs..][..vectors * LANES * inputs];
            for (step, to) in panel.chunks_exact_mut(vectors * LANES * 4).enumerate() {
                for (column, to) in to.chunks_exact_mut(4).enumerate() {
                    to.copy_from_slice(&rows[(start + column) * inputs + step * 4..][..4]);
                }
            }
        }
        let weights = Weights::I8 { bytes, init, scales };
        Self { inputs, outputs, weights, bias: bias.into() }
    }

    /// How many numbers an input row has.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many numbers an output row has.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies every row of `input` and writes a row of `out` for each.
    pub(crate) fn apply<S: Simd>(
        &self,
        s: S,
        input: Input<'_>,
        epilogue: Epilogue<'_>,
        out: &mut [f32],
    ) {
        let rows = out.len() / self.outputs;
        assert_eq!(rows * self.outputs, out.len(), "whole rows out");
        match input {
            Input::F32(a) => assert_eq!(rows * self.inputs, a.len(), "a row in for each out"),
            Input::I8(a) => {
                assert_eq!(rows * self.inputs, a.bytes.len(), "a row in for each out");
                assert_eq!(rows, a.scales.len(), "a scale for each row");
            }
        }
        if let Epilogue::Gelu(factors) = epilogue {
            assert_eq!(factors.len(), self.outputs, "a factor for each column");
        }
        match (&self.weights, input) {
            (Weights::F32(w), Input::F32(a)) => {
                s.run(Product { layer: self, a, w, epilogue, out });
            }
            (Weights::I8 { bytes, init, scales }, Input::I8(a)) => {
                let w = BytePanels { bytes, init, scales };
                s.run(Product { layer: self, a, w, epilogue, out });
            }
            _ => unreachable!("a network is packed as one kind"),
        }
    }
}

fn check(weights: &[f32], bias: &[f32], inputs: usize) -> usize {
    let outputs = bias.len();
    assert!(fits(inputs, outputs), "widths are multiples of {LANES}");
    assert_eq!(weights.len(), inputs * outputs, "a row of weights for each output");
    outputs
}

/// The nearest integer, ties to even, of a number in -127..=127.
fn nearest(x: f32) -> i8 {
    // Beyond this number floats have no fraction. `round_ties_even` is a call on older CPUs, and
    // there are ten million weights to round.
    const INTEGERS: f32 = 12_582_912.0;
    ((x + INTEGERS) - INTEGERS) as i8
}

/// The first column of each panel and its vectors.
fn panels(outputs: usize) -> impl Iterator<Item = (usize, usize)> {
    let full = outputs - outputs % PANEL;
    let wide = (0..full).step_by(PANEL).map(|start| (start, TILE_VECTORS));
    wide.chain((full..outputs).step_by(LANES).map(|start| (start, 1)))
}

struct BytePanels<'a> {
    bytes: &'a [i8],
    init: &'a [i32],
    scales: &'a [f32],
}

struct Product<'a, A, W> {
    layer: &'a Linear,
    a: A,
    w: W,
    epilogue: Epilogue<'a>,
    out: &'a mut [f32],
}

impl Kernel for Product<'_, &[f32], &Buffer<f32>> {
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let (k, n) = (self.layer.inputs, self.layer.outputs);
        let rows = self.out.len() / n;
        let mut tile: Tile<f32> = [[[0.0; LANES]; TILE_VECTORS]; TILE_ROWS];
        for (start, vectors) in panels(n) {
            let panel = &self.w[start * k..][..vectors * LANES * k];
            for (row, count) in blocks(rows) {
                let a = &self.a[row * k..];
                by_shape!(vectors, count, s.tile_f32(a, k, panel, &mut tile));
                for r in 0..count {
                    let out = &mut self.out[(row + r) * n + start..];
                    let bias = &self.layer.bias[start..];
                    for v in 0..vectors {
                        let y = s.add(s.load(&tile[r][v]), s.load(lanes(bias, v)));
                        finish(s, y, (self.epilogue, gelu), (start, v), lanes_mut(out, v));
                    }
                }
            }
        }
    }
}

impl Kernel for Product<'_, &Quantised, BytePanels<'_>> {
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let (k, n) = (self.layer.inputs, self.layer.outputs);
        let rows = self.out.len() / n;
        let mut tile: Tile<i32> = [[[0; LANES]; TILE_VECTORS]; TILE_ROWS];
        for (start, vectors) in panels(n) {
            let panel = &self.w.bytes[start * k..][..vectors * LANES * k];
            let init = &self.w.init[start..][..vectors * LANES];
            for (row, count) in blocks(rows) {
                let a = &self.a.bytes[row * k..];
                by_shape!(vectors, count, s.tile_i8(a, k, panel, init, &mut tile));
                for r in 0..count {
                    let out = &mut self.out[(row + r) * n + start..];
                    let (bias, scales) = (&self.layer.bias[start..], &self.w.scales[start..]);
                    let row_scale = s.splat(self.a.scales[row + r]);
                    for v in 0..vectors {
                        let y = s.mul(s.load_i32(&tile[r][v]), s.load(lanes(scales, v)));
                        let y = s.fma(y, row_scale, s.load(lanes(bias, v)));
                        finish(s, y, (self.epilogue, rough_gelu), (start, v), lanes_mut(out, v));
                    }
                }
            }
        }
    }
}

/// Writes `y` at vector `v` of the panel from column `start`.
#[inline(always)]
fn finish<S: Simd>(
    s: S,
    y: S::F,
    (epilogue, gelu): (Epilogue<'_>, impl Fn(S, S::F, S::F) -> S::F),
    (start, v): (usize, usize),
    out: &mut [f32; LANES],
) {
    let y = match epilogue {
        Epilogue::Write => y,
        Epilogue::Gelu(factors) => gelu(s, y, s.load(lanes(&factors[start..], v))),
        Epilogue::Add => s.add(s.load(out), y),
    };
    s.store(y, out);
}

/// The first row of each block and its rows: as few as eight allow, all nearly as tall.
#[inline(always)]
fn blocks(rows: usize) -> impl Iterator<Item = (usize, usize)> {
    let height = rows.div_ceil(rows.div_ceil(TILE_ROWS).max(1)).max(1);
    (0..rows).step_by(height).map(move |row| (row, height.min(rows - row)))
}

/// Vector `v` of a slice.
#[inline(always)]
pub(crate) fn lanes(from: &[f32], v: usize) -> &[f32; LANES] {
    &from.as_chunks().0[v]
}

/// Vector `v` of a slice, to be written.
#[inline(always)]
pub(crate) fn lanes_mut(from: &mut [f32], v: usize) -> &mut [f32; LANES] {
    &mut from.as_chunks_mut().0[v]
}
