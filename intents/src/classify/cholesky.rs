//! Linear equations with a symmetric, positive definite matrix.

/// Solves `matrix * x = right`, both row after row, `right` of any number of columns, in place.
/// Only the lower triangle of `matrix` is read; it becomes its Cholesky factor. `None` when the
/// matrix is not positive definite.
pub(super) fn solve(matrix: &mut [f64], right: &mut [f64], n: usize) -> Option<()> {
    for i in 0..n {
        let (above, from_i) = matrix.split_at_mut(i * n);
        let row = &mut from_i[..=i];
        for j in 0..i {
            let other = &above[j * n..][..=j];
            row[j] = (row[j] - dot(&row[..j], &other[..j])) / other[j];
        }
        let square = row[i] - dot(&row[..i], &row[..i]);
        if square.is_nan() || square <= 0.0 {
            return None;
        }
        row[i] = square.sqrt();
    }
    let columns = right.len() / n.max(1);
    for i in 0..n {
        let (above, from_i) = right.split_at_mut(i * columns);
        let row = &mut from_i[..columns];
        for k in 0..i {
            subtract(row, matrix[i * n + k], &above[k * columns..][..columns]);
        }
        row.iter_mut().for_each(|x| *x /= matrix[i * n + i]);
    }
    for i in (0..n).rev() {
        let (to_i, below) = right.split_at_mut((i + 1) * columns);
        let row = &mut to_i[i * columns..];
        for k in i + 1..n {
            subtract(row, matrix[k * n + i], &below[(k - i - 1) * columns..][..columns]);
        }
        row.iter_mut().for_each(|x| *x /= matrix[i * n + i]);
    }
    Some(())
}

fn subtract(from: &mut [f64], scale: f64, what: &[f64]) {
    from.iter_mut().zip(what).for_each(|(from, what)| *from -= scale * what);
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0_f64; 8];
    let (a_chunks, b_chunks) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_satisfies_the_equations() {
        // Minus the second difference plus one: positive definite, inverse full.
        let n = 19;
        let cell = |i: usize, j: usize| match i.abs_diff(j) {
            0 => 3.0,
            1 => -1.0,
            _ => 0.0,
        };
        let mut matrix: Vec<f64> = (0..n * n).map(|at| cell(at / n, at % n)).collect();
        let right: Vec<f64> = (0..2 * n).map(|i| (i as f64 * 0.7).sin()).collect();
        let mut x = right.clone();
        solve(&mut matrix, &mut x, n).expect("positive definite");
        for i in 0..n {
            for column in 0..2 {
                let sum: f64 = (0..n).map(|j| cell(i, j) * x[2 * j + column]).sum();
                assert!((sum - right[2 * i + column]).abs() < 1e-12);
            }
        }
        assert_eq!(solve(&mut [1.0, 2.0, 2.0, 1.0], &mut [1.0, 1.0], 2), None);
    }
}
