//! AVX2 with fused multiply-add: two registers a vector.

use std::arch::x86_64::*;

use super::simd::{Kernel, LANES, Simd, Tile, check_tile};

/// Proof that the CPU has AVX2 and FMA.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(());

impl Avx2 {
    /// `Some` where it is there.
    pub(crate) fn detect() -> Option<Self> {
        let there = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        there.then_some(Self(()))
    }
}

#[target_feature(enable = "avx2,fma")]
fn compiled<K: Kernel>(s: Avx2, kernel: K) {
    kernel.run(s);
}

/// Rows that a tile of bytes does at a time: eight accumulators, the rest of the registers for
/// what is widened.
const BYTE_ROWS: usize = 2;
/// Rows that a tile of floats does at a time.
const FLOAT_ROWS: usize = 4;

// SAFETY of every block below: an `Avx2` exists, so the CPU has the instructions; the pointers
// come from references to exactly as many bytes as the instruction touches.
impl Simd for Avx2 {
    type F = [__m256; 2];

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        unsafe { compiled(self, kernel) }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> Self::F {
        unsafe { [_mm256_set1_ps(x); 2] }
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Self::F {
        unsafe { [_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))] }
    }

    #[inline(always)]
    fn load_i32(self, from: &[i32; LANES]) -> Self::F {
        unsafe {
            let from = from.as_ptr().cast::<__m256i>();
            [
                _mm256_cvtepi32_ps(_mm256_loadu_si256(from)),
                _mm256_cvtepi32_ps(_mm256_loadu_si256(from.add(1))),
            ]
        }
    }

    #[inline(always)]
    fn store(self, v: Self::F, to: &mut [f32; LANES]) {
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), v[0]);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), v[1]);
        }
    }

    #[inline(always)]
    fn store_u8(self, v: Self::F, to: &mut [u8; LANES]) {
        unsafe {
            let words = _mm256_packs_epi32(_mm256_cvtps_epi32(v[0]), _mm256_cvtps_epi32(v[1]));
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(words);
            let words = _mm256_add_epi16(words, _mm256_set1_epi16(128));
            let bytes = _mm_packus_epi16(
                _mm256_castsi256_si128(words),
                _mm256_extracti128_si256::<1>(words),
            );
            _mm_storeu_si128(to.as_mut_ptr().cast(), bytes);
        }
    }

    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { [_mm256_add_ps(a[0], b[0]), _mm256_add_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { [_mm256_sub_ps(a[0], b[0]), _mm256_sub_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn div(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { [_mm256_div_ps(a[0], b[0]), _mm256_div_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        unsafe { [_mm256_fmadd_ps(a[0], b[0], c[0]), _mm256_fmadd_ps(a[1], b[1], c[1])] }
    }

    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { [_mm256_max_ps(a[0], b[0]), _mm256_max_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { [_mm256_min_ps(a[0], b[0]), _mm256_min_ps(a[1], b[1])] }
    }

    #[inline(always)]
    fn abs(self, v: Self::F) -> Self::F {
        unsafe {
            let sign = _mm256_set1_ps(-0.0);
            [_mm256_andnot_ps(sign, v[0]), _mm256_andnot_ps(sign, v[1])]
        }
    }

    #[inline(always)]
    fn round(self, v: Self::F) -> Self::F {
        const NEAREST: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
        unsafe { [_mm256_round_ps::<NEAREST>(v[0]), _mm256_round_ps::<NEAREST>(v[1])] }
    }

    #[inline(always)]
    fn power_of_two(self, v: Self::F) -> Self::F {
        unsafe {
            let bias = _mm256_set1_epi32(127);
            let power = |v| {
                let exponents = _mm256_add_epi32(_mm256_cvtps_epi32(v), bias);
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(exponents))
            };
            [power(v[0]), power(v[1])]
        }
    }

    #[inline(always)]
    fn sum(self, v: Self::F) -> f32 {
        unsafe {
            let v = _mm256_add_ps(v[0], v[1]);
            let v = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            let v = _mm_add_ps(v, _mm_movehl_ps(v, v));
            _mm_cvtss_f32(_mm_add_ss(v, _mm_shuffle_ps::<1>(v, v)))
        }
    }

    #[inline(always)]
    fn largest(self, v: Self::F) -> f32 {
        unsafe {
            let v = _mm256_max_ps(v[0], v[1]);
            let v = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            let v = _mm_max_ps(v, _mm_movehl_ps(v, v));
            _mm_cvtss_f32(_mm_max_ss(v, _mm_shuffle_ps::<1>(v, v)))
        }
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
        assert!(init.len() >= V * LANES, "an initial value for each column");
        for v in 0..V {
            let mut r = 0;
            while r < R {
                // SAFETY: `check_tile` holds row `r + rows - 1` and line `v` of every step within
                // their slices, the assertion the initial values.
                unsafe {
                    let (a, w) = (a.as_ptr().add(r * stride), w.as_ptr().add(v * 64));
                    let init = init.as_ptr().add(v * LANES);
                    let shape = (stride, steps, V * 64);
                    if R - r >= BYTE_ROWS {
                        bytes::<BYTE_ROWS>(a, w, init, shape, &mut tile[r..], v);
                    } else {
                        bytes::<1>(a, w, init, shape, &mut tile[r..], v);
                    }
                }
                r += BYTE_ROWS;
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
        for v in 0..V {
            let mut r = 0;
            while r < R {
                // SAFETY: `check_tile` holds row `r + rows - 1` and vector `v` of every step
                // within their slices.
                unsafe {
                    let (a, w) = (a.as_ptr().add(r * stride), w.as_ptr().add(v * LANES));
                    let shape = (stride, steps, V * LANES);
                    match R - r {
                        1 => floats::<1>(a, w, shape, &mut tile[r..], v),
                        2 => floats::<2>(a, w, shape, &mut tile[r..], v),
                        3 => floats::<3>(a, w, shape, &mut tile[r..], v),
                        _ => floats::<FLOAT_ROWS>(a, w, shape, &mut tile[r..], v),
                    }
                }
                r += FLOAT_ROWS;
            }
        }
    }
}

/// `N` rows by sixteen columns. `shape` is the stride of rows, the steps and the stride of steps.
///
/// # Safety
///
/// The CPU has AVX2; `a` and `w` are valid for `shape`; `init` for sixteen numbers.
#[inline(always)]
unsafe fn bytes<const N: usize>(
    a: *const u8,
    w: *const i8,
    init: *const i32,
    (stride, steps, line): (usize, usize, usize),
    tile: &mut [[[i32; LANES]; 3]],
    v: usize,
) {
    // SAFETY: the caller's promise.
    unsafe {
        // A column's four products come as two sums side by side: four columns a register.
        let mut sums = [[_mm256_setzero_si256(); 4]; N];
        for step in 0..steps {
            let w = w.add(step * line).cast::<__m128i>();
            let mut columns = [_mm256_setzero_si256(); 4];
            for (q, columns) in columns.iter_mut().enumerate() {
                *columns = _mm256_cvtepi8_epi16(_mm_loadu_si128(w.add(q)));
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = a.add(r * stride + 4 * step).cast::<i32>().read_unaligned();
                let four = _mm_cvtepu8_epi16(_mm_cvtsi32_si128(four));
                let four = _mm256_broadcastq_epi64(four);
                for (sum, columns) in sums.iter_mut().zip(columns) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(four, columns));
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for half in 0..2 {
                let pairs = _mm256_hadd_epi32(sums[2 * half], sums[2 * half + 1]);
                let eight = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                let init = _mm256_loadu_si256(init.add(8 * half).cast());
                let to = tile[r][v][8 * half..][..8].as_mut_ptr();
                _mm256_storeu_si256(to.cast(), _mm256_add_epi32(init, eight));
            }
        }
    }
}

/// `N` rows by sixteen columns of floats.
///
/// # Safety
///
/// The CPU has AVX2 and FMA; `a` and `w` are valid for `shape`.
#[inline(always)]
unsafe fn floats<const N: usize>(
    a: *const f32,
    w: *const f32,
    (stride, steps, line): (usize, usize, usize),
    tile: &mut [[[f32; LANES]; 3]],
    v: usize,
) {
    // SAFETY: the caller's promise.
    unsafe {
        let mut sums = [[_mm256_setzero_ps(); 2]; N];
        for step in 0..steps {
            let w = w.add(step * line);
            let columns = [_mm256_loadu_ps(w), _mm256_loadu_ps(w.add(8))];
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = _mm256_set1_ps(*a.add(r * stride + step));
                sums[0] = _mm256_fmadd_ps(x, columns[0], sums[0]);
                sums[1] = _mm256_fmadd_ps(x, columns[1], sums[1]);
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for half in 0..2 {
                let to = tile[r][v][8 * half..][..8].as_mut_ptr();
                _mm256_storeu_ps(to, sums[half]);
            }
        }
    }
}
