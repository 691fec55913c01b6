//! AVX-512 with VNNI: one register a vector.

use std::arch::x86_64::*;

use super::simd::{Kernel, LANES, Simd, Tile, check_tile};

/// Proof that the CPU has AVX-512 F, BW, VL, DQ and VNNI.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(());

impl Avx512 {
    /// `Some` where it is there.
    pub(crate) fn detect() -> Option<Self> {
        let there = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vnni")
            && is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma");
        there.then_some(Self(()))
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma")]
fn compiled<K: Kernel>(s: Avx512, kernel: K) {
    kernel.run(s);
}

// SAFETY of every block below: an `Avx512` exists, so the CPU has the instructions; the pointers
// come from references to exactly as many bytes as the instruction touches.
impl Simd for Avx512 {
    type F = __m512;

    #[inline(always)]
    fn run<K: Kernel>(self, kernel: K) {
        unsafe { compiled(self, kernel) }
    }

    #[inline(always)]
    fn splat(self, x: f32) -> Self::F {
        unsafe { _mm512_set1_ps(x) }
    }

    #[inline(always)]
    fn load(self, from: &[f32; LANES]) -> Self::F {
        unsafe { _mm512_loadu_ps(from.as_ptr()) }
    }

    #[inline(always)]
    fn load_i32(self, from: &[i32; LANES]) -> Self::F {
        unsafe { _mm512_cvtepi32_ps(_mm512_loadu_si512(from.as_ptr().cast())) }
    }

    #[inline(always)]
    fn store(self, v: Self::F, to: &mut [f32; LANES]) {
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), v) }
    }

    #[inline(always)]
    fn store_u8(self, v: Self::F, to: &mut [u8; LANES]) {
        unsafe {
            let integers = _mm512_add_epi32(_mm512_cvtps_epi32(v), _mm512_set1_epi32(128));
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(integers));
        }
    }

    #[inline(always)]
    fn add(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_add_ps(a, b) }
    }

    #[inline(always)]
    fn sub(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_sub_ps(a, b) }
    }

    #[inline(always)]
    fn mul(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_mul_ps(a, b) }
    }

    #[inline(always)]
    fn div(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_div_ps(a, b) }
    }

    #[inline(always)]
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }

    #[inline(always)]
    fn max(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_max_ps(a, b) }
    }

    #[inline(always)]
    fn min(self, a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_min_ps(a, b) }
    }

    #[inline(always)]
    fn abs(self, v: Self::F) -> Self::F {
        unsafe { _mm512_abs_ps(v) }
    }

    #[inline(always)]
    fn round(self, v: Self::F) -> Self::F {
        unsafe { _mm512_roundscale_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(v) }
    }

    #[inline(always)]
    fn power_of_two(self, v: Self::F) -> Self::F {
        unsafe {
            let exponents = _mm512_add_epi32(_mm512_cvtps_epi32(v), _mm512_set1_epi32(127));
            _mm512_castsi512_ps(_mm512_slli_epi32::<23>(exponents))
        }
    }

    #[inline(always)]
    fn sum(self, v: Self::F) -> f32 {
        unsafe {
            let v = _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps::<1>(v));
            let v = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            let v = _mm_add_ps(v, _mm_movehl_ps(v, v));
            _mm_cvtss_f32(_mm_add_ss(v, _mm_shuffle_ps::<1>(v, v)))
        }
    }

    #[inline(always)]
    fn largest(self, v: Self::F) -> f32 {
        unsafe {
            let v = _mm256_max_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps::<1>(v));
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
        // SAFETY: `check_tile` and the assertion hold every offset below within its slice.
        unsafe {
            let (a, w) = (a.as_ptr(), w.as_ptr());
            let mut sums = [[_mm512_setzero_si512(); V]; R];
            for v in 0..V {
                let init = _mm512_loadu_si512(init.as_ptr().add(v * LANES).cast());
                for row in &mut sums {
                    row[v] = init;
                }
            }
            for step in 0..steps {
                let mut columns = [_mm512_setzero_si512(); V];
                for v in 0..V {
                    columns[v] = _mm512_loadu_si512(w.add((step * V + v) * 64).cast());
                }
                for r in 0..R {
                    let four = a.add(r * stride + 4 * step).cast::<i32>().read_unaligned();
                    let four = _mm512_set1_epi32(four);
                    for v in 0..V {
                        sums[r][v] = _mm512_dpbusd_epi32(sums[r][v], four, columns[v]);
                    }
                }
            }
            for r in 0..R {
                for v in 0..V {
                    _mm512_storeu_si512(tile[r][v].as_mut_ptr().cast(), sums[r][v]);
                }
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
        // SAFETY: `check_tile` holds every offset below within its slice.
        unsafe {
            let (a, w) = (a.as_ptr(), w.as_ptr());
            let mut sums = [[_mm512_setzero_ps(); V]; R];
            for step in 0..steps {
                let mut columns = [_mm512_setzero_ps(); V];
                for v in 0..V {
                    columns[v] = _mm512_loadu_ps(w.add((step * V + v) * LANES));
                }
                for r in 0..R {
                    let x = _mm512_set1_ps(*a.add(r * stride + step));
                    for v in 0..V {
                        sums[r][v] = _mm512_fmadd_ps(x, columns[v], sums[r][v]);
                    }
                }
            }
            for r in 0..R {
                for v in 0..V {
                    _mm512_storeu_ps(tile[r][v].as_mut_ptr(), sums[r][v]);
                }
            }
        }
    }
}
