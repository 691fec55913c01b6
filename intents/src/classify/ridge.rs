//! Ridge regression in the space of a Gaussian kernel: how near a message is to examples, weighed
//! so that the class comes out. Up to [`super::HeadConfig::max_landmarks`] examples it is exact;
//! beyond, a spread of that many landmarks stands for all (Nyström's method).

use serde::{Deserialize, Serialize};

use super::{
    cholesky,
    features::Row,
    matrix::{Matrix, add, dot, view},
};

/// Keeps the equations of near-identical landmarks from being singular.
const JITTER: f64 = 1e-3;
/// Rows summed in single precision before the sum is carried on in double.
const ROWS_AT_ONCE: usize = 256;

/// A fitted head.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Kernel {
    /// How fast nearness falls off with distance.
    gamma: f32,
    n_classes: usize,
    /// Embeddings, one after another.
    landmarks: Vec<f32>,
    /// The class of each landmark.
    classes: Vec<u32>,
    /// For each landmark, one weight a class.
    weights: Vec<f32>,
}

/// What the head says of one message.
#[derive(Debug, Clone, Default)]
pub(super) struct KernelScores {
    /// About 1 for the class it is, about 0 for the others.
    pub(super) scores: Vec<f32>,
    /// Of each class, the cosine to its nearest landmark; -1 without any.
    pub(super) nearest: Vec<f32>,
}

/// Everything about the rows and a kernel width that does not depend on the ridge.
pub(super) struct Prepared {
    gamma: f32,
    landmarks: Matrix,
    classes: Vec<u32>,
    /// Nearness of landmarks to each other.
    own: Vec<f64>,
    /// Inner products, over all rows, of the nearness to landmarks with itself, and with the
    /// targets.
    gram: Vec<f64>,
    moment: Vec<f64>,
}

impl Prepared {
    /// `targets` has one number a class for each of `rows`; `landmarks` are positions in `rows`.
    pub(super) fn new(
        rows: &[&Row],
        targets: &Matrix,
        classes: &[usize],
        landmarks: &[usize],
        gamma: f32,
    ) -> Self {
        let dimension = rows.first().map_or(0, |row| row.vector().len());
        let chosen = Matrix::of(dimension, landmarks.iter().map(|i| rows[*i].vector()));
        let m = chosen.rows;
        let mut gram = vec![0.0; m * m];
        let mut moment = vec![0.0; m * targets.columns];
        let targets = targets.values.chunks(ROWS_AT_ONCE * targets.columns.max(1));
        for (rows, targets) in rows.chunks(ROWS_AT_ONCE).zip(targets) {
            let part = Matrix::of(dimension, rows.iter().map(|row| row.vector()));
            let near = near(&part, &chosen, gamma);
            let near_t = near.view().reversed_axes();
            accumulate(&mut gram, &Matrix::product(near_t, near.view()));
            let targets = view(targets, rows.len(), targets.len() / rows.len());
            accumulate(&mut moment, &Matrix::product(near_t, targets));
        }
        let own = near(&chosen, &chosen, gamma).values.into_iter().map(f64::from).collect();
        let classes = landmarks.iter().map(|i| u32::try_from(classes[*i]).unwrap_or(u32::MAX));
        Self { gamma, landmarks: chosen, classes: classes.collect(), own, gram, moment }
    }

    /// The head for one strength of the ridge. Says nothing about anything where rounding makes
    /// the equations unsolvable.
    pub(super) fn solve(&self, ridge: f64) -> Kernel {
        let m = self.landmarks.rows;
        let sums = self.gram.iter().zip(&self.own);
        let mut matrix: Vec<f64> = sums.map(|(gram, own)| gram + ridge * own).collect();
        matrix.iter_mut().step_by(m + 1).for_each(|diagonal| *diagonal += JITTER);
        let mut weights = self.moment.clone();
        if cholesky::solve(&mut matrix, &mut weights, m).is_none() {
            weights.fill(0.0);
        }
        Kernel {
            gamma: self.gamma,
            n_classes: weights.len() / m.max(1),
            landmarks: self.landmarks.values.clone(),
            classes: self.classes.clone(),
            weights: weights.into_iter().map(|weight| weight as f32).collect(),
        }
    }
}

impl Kernel {
    /// Scores one message.
    pub(super) fn scores(&self, row: &Row) -> KernelScores {
        let vector = row.vector();
        let mut out =
            KernelScores { scores: vec![0.0; self.n_classes], nearest: vec![-1.0; self.n_classes] };
        let landmarks = self.landmarks.chunks_exact(vector.len().max(1));
        let weights = self.weights.chunks_exact(self.n_classes.max(1));
        for ((landmark, weights), class) in landmarks.zip(weights).zip(&self.classes) {
            let cosine = dot(landmark, vector);
            add(&mut out.scores, nearness(cosine, self.gamma), weights);
            if let Some(nearest) = out.nearest.get_mut(*class as usize) {
                *nearest = nearest.max(cosine);
            }
        }
        out
    }
}

/// The kernel, of two vectors of length one.
fn nearness(cosine: f32, gamma: f32) -> f32 {
    (2.0 * gamma * (cosine - 1.0)).exp()
}

/// The kernel of each row of `a` with each of `b`.
fn near(a: &Matrix, b: &Matrix, gamma: f32) -> Matrix {
    let mut near = Matrix::product(a.view(), b.view().reversed_axes());
    near.values.iter_mut().for_each(|cosine| *cosine = nearness(*cosine, gamma));
    near
}

fn accumulate(sums: &mut [f64], part: &Matrix) {
    sums.iter_mut().zip(&part.values).for_each(|(sum, x)| *sum += f64::from(*x));
}
