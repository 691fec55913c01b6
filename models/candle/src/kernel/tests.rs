//! Every instruction set against naive arithmetic and against candle, over random shapes.

use candle_core::{Device, Tensor};
use proptest::prelude::*;

use super::{
    Instructions, Linear, Norm,
    attention::{self, attend},
    linear::{Epilogue, Input, Quantised},
    maths,
    norm::quantise,
    simd::{Kernel, LANES, Simd},
    with_instructions,
};

/// The sets that this machine has: always at least plain Rust.
fn sets() -> impl Iterator<Item = Instructions> {
    Instructions::ALL.into_iter().filter(|set| set.is_available())
}

/// Numbers in -1..1 that look random and are the same everywhere.
fn random(seed: u64, n: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    std::iter::repeat_with(next).take(n).collect()
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

/// A layer's worth of random numbers: input rows, weights, bias.
fn layer(rows: usize, inputs: usize, outputs: usize) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
    let seed = (rows * 7 + inputs * 31 + outputs * 101) as u64;
    let (mut a, w) = (random(seed, rows * inputs), random(seed + 1, inputs * outputs));
    // One row of zeros and one of a single number, which have their own scales.
    a[..inputs].fill(0.0);
    if rows > 1 {
        a[inputs..2 * inputs].fill(-3.5);
    }
    (a, w, random(seed + 2, outputs))
}

fn quantised(set: Instructions, a: &[f32], width: usize) -> Quantised {
    let mut to = Quantised::default();
    to.resize(a.len() / width, width);
    with_instructions!(set, s => quantise(s, a, width, &mut to));
    to
}

fn product(set: Instructions, layer: &Linear, a: Input<'_>, e: Epilogue<'_>, out: &mut [f32]) {
    with_instructions!(set, s => layer.apply(s, a, e, out));
}

/// The product in bytes, one number at a time.
fn naive_i8(a: &[f32], w: &[f32], bias: &[f32], inputs: usize) -> Vec<f32> {
    let steps = |row: &[f32]| -> (Vec<i32>, f32) {
        let largest = row.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
        let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
        (row.iter().map(|x| (x * inverse).round_ties_even() as i32).collect(), largest / 127.0)
    };
    let columns: Vec<_> = w.chunks_exact(inputs).map(steps).collect();
    let mut out = Vec::new();
    for row in a.chunks_exact(inputs) {
        let (row, row_scale) = steps(row);
        for ((column, scale), bias) in columns.iter().zip(bias) {
            let sum: i32 = row.iter().zip(column).map(|(a, w)| a * w).sum();
            out.push((sum as f32 * scale).mul_add(row_scale, *bias));
        }
    }
    out
}

fn check_i8(rows: usize, inputs: usize, outputs: usize) {
    let (a, w, bias) = layer(rows, inputs, outputs);
    let expected = naive_i8(&a, &w, &bias, inputs);
    let layer = Linear::i8(&w, &bias, inputs);
    for set in sets() {
        let a = quantised(set, &a, inputs);
        let mut out = vec![f32::NAN; rows * outputs];
        product(set, &layer, Input::I8(&a), Epilogue::Write, &mut out);
        assert_eq!(bits(&expected), bits(&out), "{set:?} {rows} {inputs} {outputs}");
    }
}

fn check_f32(rows: usize, inputs: usize, outputs: usize) {
    let (a, w, bias) = layer(rows, inputs, outputs);
    let tensor = |values: &[f32], shape: (usize, usize)| {
        Tensor::from_slice(values, shape, &Device::Cpu).expect("a tensor")
    };
    let expected: Vec<f32> = tensor(&a, (rows, inputs))
        .matmul(&tensor(&w, (outputs, inputs)).t().expect("transposed"))
        .and_then(|y| y.broadcast_add(&tensor(&bias, (1, outputs))))
        .and_then(|y| y.flatten_all()?.to_vec1())
        .expect("candle multiplies");
    let layer = Linear::f32(&w, &bias, inputs);
    let mut first: Option<Vec<f32>> = None;
    for set in sets() {
        let mut out = vec![f32::NAN; rows * outputs];
        product(set, &layer, Input::F32(&a), Epilogue::Write, &mut out);
        for (expected, out) in expected.iter().zip(&out) {
            let tolerance = 1e-5 * inputs as f32;
            assert!((expected - out).abs() < tolerance, "{set:?}: {expected} {out}");
        }
        let first = first.get_or_insert_with(|| out.clone());
        assert_eq!(bits(first), bits(&out), "{set:?} {rows} {inputs} {outputs}");
    }
}

#[test]
fn products_are_right_at_the_edges_of_tiles() {
    for rows in [1, 7, 8, 9, 17, 128, 512] {
        for (inputs, outputs) in [(16, 16), (32, 48), (64, 112), (384, 96)] {
            check_i8(rows, inputs, outputs);
            check_f32(rows, inputs, outputs);
        }
    }
    check_i8(9, 1536, 384);
    check_f32(9, 1536, 384);
}

#[test]
fn the_largest_sums_do_not_overflow() {
    let inputs = 1 << 16;
    let (a, w) = (vec![1.0; inputs], vec![1.0; inputs * LANES]);
    let layer = Linear::i8(&w, &[0.0; LANES], inputs);
    for set in sets() {
        let mut out = [0.0; LANES];
        let a = quantised(set, &a, inputs);
        product(set, &layer, Input::I8(&a), Epilogue::Write, &mut out);
        assert!(out.iter().all(|y| (y / inputs as f32 - 1.0).abs() < 1e-6), "{set:?} {out:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn products_are_right_for_any_shape(rows in 1..40_usize, k in 1..20_usize, n in 1..20_usize) {
        check_i8(rows, k * LANES, n * LANES);
        check_f32(rows, k * LANES, n * LANES);
    }

    #[test]
    fn bytes_are_the_nearest_steps(
        values in proptest::collection::vec(-1e3_f32..1e3, 1..9).prop_map(|seeds| {
            seeds.into_iter().flat_map(|x| random(u64::from(x.to_bits()), LANES)
                .into_iter().map(move |y| x * y)).collect::<Vec<f32>>()
        })
    ) {
        let largest = values.iter().fold(0.0_f32, |largest, x| largest.max(x.abs()));
        for set in sets() {
            let to = quantised(set, &values, values.len());
            prop_assert!((to.scales[0] - largest / 127.0).abs() <= largest * 1e-6);
            for (value, byte) in values.iter().zip(&*to.bytes) {
                let back = to.scales[0] * (f32::from(*byte) - 128.0);
                prop_assert!((value - back).abs() <= to.scales[0] * 0.501, "{value} {back}");
                prop_assert!(*byte >= 1);
            }
        }
    }

    #[test]
    fn attention_is_right_for_any_lengths(
        lengths in proptest::collection::vec(1..40_u32, 1..4), heads in 1..3_usize, v in 1..6_usize
    ) {
        check_attention(&lengths, heads, v * LANES);
    }
}

#[test]
fn attention_is_right_for_long_texts() {
    check_attention(&[512], 1, 32);
    check_attention(&[1, 7, 8, 9, 16, 17, 128], 2, 32);
    check_attention(&[5], 1, 128);
}

fn check_attention(lengths: &[u32], heads: usize, width: usize) {
    let rows = lengths.iter().sum::<u32>() as usize;
    let hidden = heads * width;
    let mut qkv = random(rows as u64, rows * 3 * hidden);
    // Scores far apart in one text, so that most weights vanish.
    qkv[..3 * hidden].iter_mut().for_each(|x| *x *= 40.0);

    let mut expected = vec![0.0_f64; rows * hidden];
    let mut first = 0;
    for length in lengths {
        let texts = first..first + *length as usize;
        for (row, head) in texts.clone().flat_map(|row| (0..heads).map(move |head| (row, head))) {
            let part = |row: usize, which: usize| {
                &qkv[(row * 3 + which) * hidden + head * width..][..width]
            };
            let scores: Vec<f64> = texts
                .clone()
                .map(|key| part(row, 0).iter().zip(part(key, 1)))
                .map(|pairs| pairs.map(|(q, k)| f64::from(*q) * f64::from(*k)).sum())
                .collect();
            let largest = scores.iter().copied().fold(f64::MIN, f64::max);
            let weights: Vec<f64> = scores.iter().map(|score| (score - largest).exp2()).collect();
            let sum: f64 = weights.iter().sum();
            for (key, weight) in texts.clone().zip(weights) {
                let out = &mut expected[row * hidden + head * width..][..width];
                for (out, value) in out.iter_mut().zip(part(key, 2)) {
                    *out += weight / sum * f64::from(*value);
                }
            }
        }
        first = texts.end;
    }

    let mut before: Option<Vec<f32>> = None;
    for set in sets() {
        let mut out = vec![f32::NAN; rows * hidden];
        let mut scratch = attention::Scratch::default();
        with_instructions!(set, s => attend(s, &qkv, lengths, heads, &mut scratch, &mut out));
        for (expected, out) in expected.iter().zip(&out) {
            assert!((*expected as f32 - out).abs() < 2e-3, "{set:?}: {expected} {out}");
        }
        let before = before.get_or_insert_with(|| out.clone());
        assert_eq!(bits(before), bits(&out), "{set:?} {lengths:?}");
    }
}

/// Applies a function of sixteen numbers to more of them.
struct Map<'a>(&'a mut [f32], Function);

#[derive(Clone, Copy)]
enum Function {
    Exp2,
    Gelu,
    RoughGelu,
}

impl Kernel for Map<'_> {
    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        for values in self.0.as_chunks_mut().0 {
            let x = s.load(values);
            let y = match self.1 {
                Function::Exp2 => maths::exp2(s, x),
                Function::Gelu => maths::gelu(s, x, s.splat(0.5)),
                Function::RoughGelu => maths::rough_gelu(s, x, s.splat(0.5)),
            };
            s.store(y, values);
        }
    }
}

#[test]
fn functions_are_as_exact_as_floats() {
    // A grid of 16ths of units and, beyond, what no activation reaches.
    let mut grid: Vec<f32> = (-1600..1600).map(|i| i as f32 / 64.0).collect();
    grid.extend([-1e4, -126.5, -126.0, -125.9, 0.0, -0.0, 1e-20, -1e-20]);
    let gelu = |x: f64| 0.5 * x * (1.0 + erf(x / std::f64::consts::SQRT_2));
    for (function, above, exact) in [
        (Function::Exp2, 127.0, (|x: f64| x.max(-126.0).exp2()) as fn(f64) -> f64),
        (Function::Gelu, 1e4, gelu),
        (Function::RoughGelu, 8.0, gelu),
    ] {
        let mut inputs = grid.clone();
        inputs.resize(inputs.len().next_multiple_of(LANES), above);
        let mut before: Option<Vec<f32>> = None;
        for set in sets() {
            let mut out = inputs.clone();
            with_instructions!(set, s => s.run(Map(&mut out, function)));
            for (x, y) in inputs.iter().zip(&out) {
                let expected = exact(f64::from(*x));
                let error = (f64::from(*y) - expected).abs();
                let allowed = match function {
                    Function::Exp2 => 4e-7 * expected,
                    Function::Gelu => 1e-6 * f64::from(x.abs()).max(1e-6),
                    Function::RoughGelu => 2e-4 * f64::from(x.abs() / 8.0).max(1.0),
                };
                assert!(error <= allowed, "{set:?} at {x}: {y}, not {expected}");
            }
            let before = before.get_or_insert_with(|| out.clone());
            assert_eq!(bits(before), bits(&out), "{set:?}");
        }
    }
}

/// The error function by its series, or its continued fraction where that is better.
fn erf(x: f64) -> f64 {
    let square = x * x;
    if x.abs() < 3.0 {
        let mut term = x;
        let mut sum = x;
        for n in 1..100 {
            term *= -square / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        return sum * std::f64::consts::FRAC_2_SQRT_PI;
    }
    let fraction = (1..60).rev().fold(0.0, |rest, n| f64::from(n) / 2.0 / (x.abs() + rest));
    let tail = (-square).exp() / (std::f64::consts::PI.sqrt() * (x.abs() + fraction));
    x.signum() * (1.0 - tail)
}

#[test]
fn norms_have_mean_and_deviation_and_are_quantised_smoothed() {
    for (rows, width) in [(1, 16), (3, 48), (9, 384), (2, 1024)] {
        let x: Vec<f32> = random(3, rows * width).iter().map(|x| x * 3.0 + 0.7).collect();
        let (weight, bias) = (random(4, width), random(5, width));
        let smoothing: Vec<f32> = random(6, width).iter().map(|x| x.abs() + 0.1).collect();
        let norm = Norm::new(&weight, &bias, &smoothing, 1e-12);

        let expected: Vec<f64> = x
            .chunks_exact(width)
            .flat_map(|row| {
                let row: Vec<f64> = row.iter().map(|x| f64::from(*x)).collect();
                let mean = row.iter().sum::<f64>() / width as f64;
                let squares = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
                let deviation = (squares / width as f64).sqrt();
                row.into_iter().map(move |x| (x - mean) / deviation).collect::<Vec<_>>()
            })
            .zip(weight.iter().zip(&bias).cycle())
            .map(|(normal, (weight, bias))| normal * f64::from(*weight) + f64::from(*bias))
            .collect();

        let mut before: Option<(Vec<f32>, Vec<u8>)> = None;
        for set in sets() {
            let (mut plain, mut out) = (x.clone(), x.clone());
            let mut to = Quantised::default();
            to.resize(rows, width);
            with_instructions!(set, s => {
                norm.apply(s, &mut plain, None);
                norm.apply(s, &mut out, Some(&mut to));
            });
            assert_eq!(bits(&plain), bits(&out), "{set:?}");
            for (i, expected) in expected.iter().enumerate() {
                assert!((*expected as f32 - out[i]).abs() < 1e-5, "{set:?}: {expected}");
                let (scale, by) = (to.scales[i / width], smoothing[i % width]);
                let back = scale * (f32::from(to.bytes[i]) - 128.0) * by;
                assert!((*expected as f32 - back).abs() <= 0.51 * scale * by, "{set:?}: {back}");
            }
            let this = (out, to.bytes.to_vec());
            assert_eq!(*before.get_or_insert_with(|| this.clone()), this, "{set:?}");
        }
    }
}

#[test]
fn epilogues_add_and_activate() {
    let (rows, inputs, outputs) = (11, 48, 64);
    let (a, w, bias) = layer(rows, inputs, outputs);
    let layer = Linear::f32(&w, &bias, inputs);
    let factors = random(9, outputs);
    for set in sets() {
        let mut plain = vec![0.0; rows * outputs];
        product(set, &layer, Input::F32(&a), Epilogue::Write, &mut plain);
        let mut added = random(8, rows * outputs);
        let before = added.clone();
        product(set, &layer, Input::F32(&a), Epilogue::Add, &mut added);
        let mut active = vec![0.0; rows * outputs];
        product(set, &layer, Input::F32(&a), Epilogue::Gelu(&factors), &mut active);
        for i in 0..plain.len() {
            assert_eq!((before[i] + plain[i]).to_bits(), added[i].to_bits(), "{set:?}");
            let x = f64::from(plain[i]);
            let gelu = x * (1.0 + erf(x / std::f64::consts::SQRT_2));
            let expected = gelu as f32 * factors[i % outputs];
            assert!((expected - active[i]).abs() < 1e-5, "{set:?}: {expected} {}", active[i]);
        }
    }
}

#[test]
#[should_panic(expected = "a row in for each out")]
fn rows_must_match() {
    let layer = Linear::f32(&[0.0; 256], &[0.0; LANES], LANES);
    let mut out = [0.0; 2 * LANES];
    product(Instructions::best(), &layer, Input::F32(&[0.0; LANES]), Epilogue::Write, &mut out);
}

#[test]
#[should_panic(expected = "a row of weights for each output")]
fn weights_must_match() {
    let _ = Linear::i8(&[0.0; 255], &[0.0; LANES], LANES);
}
