//! Sixteen lanes, whatever the machine: the operations that the kernels are written in.

/// How many numbers a vector has.
pub(crate) const LANES: usize = 16;

/// The most rows a tile has: with three vectors of columns they fill AVX-512's registers.
pub(crate) const TILE_ROWS: usize = 8;

/// How many vectors of columns a panel of weights has, but for narrow ones at the end.
pub(crate) const TILE_VECTORS: usize = 3;

/// A tile of a product: rows, vectors, lanes.
pub(crate) type Tile<T> = [[[T; LANES]; TILE_VECTORS]; TILE_ROWS];

/// Work that an instruction set can be given as a whole, so that all of it is compiled for it.
pub(crate) trait Kernel {
    /// Does the work. To be `#[inline(always)]`, with everything it calls.
    fn run<S: Simd>(self, s: S);
}

/// An instruction set that is known to be there.
///
/// All do the same: every result is the correctly rounded one of IEEE 754, sums across lanes add
/// halves (0 and 8, 1 and 9, …; then 0 and 4, …), `max` gives the second on a NaN.
pub(crate) trait Simd: Copy {
    /// Sixteen floats.
    type F: Copy;

    /// Runs `kernel`, compiled for this set.
    fn run<K: Kernel>(self, kernel: K);

    /// The same number in every lane.
    fn splat(self, x: f32) -> Self::F;
    /// Sixteen numbers.
    fn load(self, from: &[f32; LANES]) -> Self::F;
    /// Sixteen integers as floats, rounded to nearest.
    fn load_i32(self, from: &[i32; LANES]) -> Self::F;
    /// Writes them out.
    fn store(self, v: Self::F, to: &mut [f32; LANES]);
    /// Rounds to nearest, ties to even, adds 128 and keeps the low byte: for -127..=127.
    fn store_u8(self, v: Self::F, to: &mut [u8; LANES]);
    /// `a + b`
    fn add(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a - b`
    fn sub(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a × b`
    fn mul(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a ÷ b`
    fn div(self, a: Self::F, b: Self::F) -> Self::F;
    /// `a × b + c`, rounded once.
    fn fma(self, a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    /// The larger of each pair.
    fn max(self, a: Self::F, b: Self::F) -> Self::F;
    /// The smaller of each pair.
    fn min(self, a: Self::F, b: Self::F) -> Self::F;
    /// Without the sign.
    fn abs(self, v: Self::F) -> Self::F;
    /// The nearest integer, ties to even.
    fn round(self, v: Self::F) -> Self::F;
    /// Two to the power of `v`, which must be an integer in -126..=127.
    fn power_of_two(self, v: Self::F) -> Self::F;
    /// The sum of all lanes.
    fn sum(self, v: Self::F) -> f32;
    /// The largest lane.
    fn largest(self, v: Self::F) -> f32;

    /// `tile[r][v] = init[v] + Σ a[r] · w[v]` for `R` rows and `V` vectors of columns, exactly.
    ///
    /// A row of `a` has `4 × steps` bytes and the next begins `stride` bytes later. `w` has, for
    /// each step of four, `V` lines of 64 bytes: column by column, four each.
    fn tile_i8<const R: usize, const V: usize>(
        self,
        a: &[u8],
        stride: usize,
        w: &[i8],
        init: &[i32],
        tile: &mut Tile<i32>,
    );

    /// `tile[r][v] = Σ a[r] · w[v]`, one fused multiply-add after another from zero.
    ///
    /// `w` has, for each number of a row, `V` vectors.
    fn tile_f32<const R: usize, const V: usize>(
        self,
        a: &[f32],
        stride: usize,
        w: &[f32],
        tile: &mut Tile<f32>,
    );
}

/// Asserts what the pointer arithmetic of a tile relies on and says how many steps there are.
#[inline(always)]
pub(crate) fn check_tile<const R: usize, const V: usize>(
    a: usize,
    stride: usize,
    w: usize,
    (per_step, line): (usize, usize),
) -> usize {
    const { assert!(0 < R && R <= TILE_ROWS && 0 < V && V <= TILE_VECTORS) };
    let steps = w / (V * line);
    assert_eq!(steps * V * line, w, "whole steps of weights");
    assert!(stride >= steps * per_step, "rows do not overlap");
    assert!(a >= (R - 1) * stride + steps * per_step, "rows lie within the input");
    steps
}
