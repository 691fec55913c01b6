//! Plain Rust. What the compiler vectorises on ARM, and the yardstick of the other sets.

use super::simd::{Kernel, LANES, Simd, Tile, check_tile};

/// Always there.
#[derive(Clone, Copy)]
pub(crate) struct Portable;

#[inline(always)]
fn map2(a: [f32; LANES], b: [f32; LANES], f: impl Fn(f32, f32) -> f32) -> [f32; LANES] {
    std::array::from_fn(|lane| f(a[lane], b[lane]))
}

#[inline(always)]
fn fold(mut v: [f32; LANES], f: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            v[lane] = f(v[lane], v[lane + half]);
        }
    }
    v[0]
}

impl Simd for Portable {
    type F = [f32; LANES];

    fn run<K: Kernel>(self, kernel: K) {
        kernel.run(self);
    }

    #[inline(always)]
    fn splat(self, x: f32) -> Self::F {
        [x; LANES]
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Self::F {
        *from
    }

    #[inline(always)]
    fn load_i32(self, from: &[i32; LANES]) -> Self::F {
        from.map(|x| x as f32)
    }

    #[inline(always)]
    fn store(self, v: Self::F, to: &mut [f32; LANES]) {
        *to = v;
    }

    #[inline(always)]
    fn store_u8(self, v: Self::F, to: &mut [u8; LANES]) {
        *to = v.map(|x| (x.round_ties_even() as i32 + 128) as u8);
    }

    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        map2(a, b, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        map2(a, b, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        map2(a, b, |a, b| a * b)
    }

    #[inline(always)]
    fn div(self, a: Self::F, b: Self::F) -> Self::F {
        map2(a, b, |a, b| a / b)
    }

    #[inline(always)]
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        std::array::from_fn(|lane| a[lane].mul_add(b[lane], c[lane]))
    }

    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        map2(a, b, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        map2(a, b, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn abs(self, v: Self::F) -> Self::F {
        v.map(f32::abs)
    }

    #[inline(always)]
    fn round(self, v: Self::F) -> Self::F {
        v.map(f32::round_ties_even)
    }

    #[inline(always)]
    fn power_of_two(self, v: Self::F) -> Self::F {
        v.map(|x| f32::from_bits(((x as i32 + 127) as u32) << 23))
    }

    #[inline(always)]
    fn sum(self, v: Self::F) -> f32 {
        fold(v, |a, b| a + b)
    }

    #[inline(always)]
    fn largest(self, v: Self::F) -> f32 {
        fold(v, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn tile_i8<const R: usize, const V: usize>(
        self,
        a: &[u8],
        stride: usize,
        w: &[i8],
        init: &[i32],
        tile: &mut Tile<i32>,
    ) {
        let steps = check_tile::<R, V>(a.len(), stride, w.len(), (4, 64));
        for r in 0..R {
            let row = &a[r * stride..][..4 * steps];
            for v in 0..V {
                let mut sums = [0; LANES];
                sums.copy_from_slice(&init[v * LANES..][..LANES]);
                let lines = w.chunks_exact(64).skip(v).step_by(V);
                for (x, line) in row.chunks_exact(4).zip(lines) {
                    for (sum, w) in sums.iter_mut().zip(line.chunks_exact(4)) {
                        // Sixteen-bit products: no instruction set has to widen twice.
                        let product = |i: usize| i32::from(i16::from(x[i]) * i16::from(w[i]));
                        *sum += product(0) + product(1) + product(2) + product(3);
                    }
                }
                tile[r][v] = sums;
            }
        }
    }

    #[inline(always)]
    fn tile_f32<const R: usize, const V: usize>(
        self,
        a: &[f32],
        stride: usize,
        w: &[f32],
        tile: &mut Tile<f32>,
    ) {
        let steps = check_tile::<R, V>(a.len(), stride, w.len(), (1, LANES));
        for r in 0..R {
            let row = &a[r * stride..][..steps];
            for v in 0..V {
                let mut sums = [0.0_f32; LANES];
                let lines = w.chunks_exact(LANES).skip(v).step_by(V);
                for (x, line) in row.iter().zip(lines) {
                    for (sum, w) in sums.iter_mut().zip(line) {
                        *sum = x.mul_add(*w, *sum);
                    }
                }
                tile[r][v] = sums;
            }
        }
    }
}
