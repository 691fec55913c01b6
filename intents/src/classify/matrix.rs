//! Dense matrices, row after row. Products go through `ndarray`, which uses what vector units the
//! CPU has, on one thread: training shares its machine.

use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};

/// `rows` times `columns` numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Matrix {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) values: Vec<f32>,
}

impl Matrix {
    pub(super) fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// One row a slice, all of the same length.
    pub(super) fn of<'a>(columns: usize, rows: impl Iterator<Item = &'a [f32]>) -> Self {
        let values: Vec<f32> = rows.flatten().copied().collect();
        Self { rows: values.len() / columns.max(1), columns, values }
    }

    /// This matrix as a product takes it.
    pub(super) fn view(&self) -> ArrayView2<'_, f32> {
        view(&self.values, self.rows, self.columns)
    }

    /// `a` times `b`.
    pub(super) fn product(a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) -> Self {
        let mut out = Self::zeros(a.nrows(), b.ncols());
        multiply(&mut out.values, &a, &b);
        out
    }
}

/// Numbers that lie row after row. Their count must be that of the shape.
pub(super) fn view(values: &[f32], rows: usize, columns: usize) -> ArrayView2<'_, f32> {
    let shaped = ArrayView2::from_shape((rows, columns), values);
    shaped.unwrap_or_else(|error| panic!("{} numbers: {error}", values.len()))
}

/// Writes `a` times `b` into `out`, row after row.
pub(super) fn multiply(out: &mut [f32], a: &ArrayView2<'_, f32>, b: &ArrayView2<'_, f32>) {
    let n = out.len();
    let shaped = ArrayViewMut2::from_shape((a.nrows(), b.ncols()), out);
    let mut out = shaped.unwrap_or_else(|error| panic!("{n} numbers: {error}"));
    general_mat_mul(1.0, a, b, 0.0, &mut out);
}

/// The inner product, in eight strands, which the compiler turns into vector instructions.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a_chunks, b_chunks) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Adds `scale` times `from` to `to`.
pub(super) fn add(to: &mut [f32], scale: f32, from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += scale * from);
}
