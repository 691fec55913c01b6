//! Minimises a smooth function of many numbers. No randomness: the same input gives the same
//! output, bit for bit.

use std::collections::VecDeque;

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Steps at most.
    pub(super) max_iterations: usize,
    /// Stop when a step improves the value by less than this fraction of it.
    pub(super) tolerance: f64,
}

/// How many past steps stand for the curvature.
const MEMORY: usize = 8;
/// The part of the promised decrease a step must deliver.
const SUFFICIENT: f64 = 1e-4;
const MAX_HALVINGS: usize = 30;

/// A step taken and the change of slope along it.
struct Pair {
    step: Vec<f32>,
    slope: Vec<f32>,
    curvature: f64,
}

/// Walks `x` downhill by L-BFGS with backtracking. `objective` returns the value at a point and
/// writes the gradient; `progress` is told the share of `max_iterations` done.
pub(super) fn minimise(
    x: &mut Vec<f32>,
    limits: Limits,
    objective: &mut dyn FnMut(&[f32], &mut [f32]) -> f64,
    progress: &mut dyn FnMut(f32),
) {
    let mut gradient = vec![0.0; x.len()];
    let mut next_gradient = gradient.clone();
    let mut next = x.clone();
    let mut value = objective(x, &mut gradient);
    let mut memory: VecDeque<Pair> = VecDeque::with_capacity(MEMORY + 1);

    for iteration in 0..limits.max_iterations {
        let mut direction = descent(&gradient, &memory);
        let mut slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            memory.clear();
            direction = gradient.iter().map(|g| -g).collect();
            slope = -dot(&gradient, &gradient);
        }
        let mut scale = if memory.is_empty() { (-slope).sqrt().recip().min(1.0) } else { 1.0 };
        let mut next_value = f64::INFINITY;
        for _ in 0..MAX_HALVINGS {
            for ((to, from), d) in next.iter_mut().zip(x.iter()).zip(&direction) {
                *to = from + scale as f32 * d;
            }
            next_value = objective(&next, &mut next_gradient);
            if next_value <= value + SUFFICIENT * scale * slope {
                break;
            }
            scale *= 0.5;
        }
        if next_value.is_nan() || next_value >= value {
            break;
        }
        let step = difference(&next, x);
        let change = difference(&next_gradient, &gradient);
        let curvature = dot(&step, &change);
        if curvature > 1e-12 {
            memory.push_back(Pair { step, slope: change, curvature });
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        let gain = value - next_value;
        std::mem::swap(x, &mut next);
        std::mem::swap(&mut gradient, &mut next_gradient);
        value = next_value;
        progress((iteration + 1) as f32 / limits.max_iterations as f32);
        if gain < limits.tolerance * value.abs() {
            break;
        }
    }
    progress(1.0);
}

/// The two-loop recursion: minus the inverse curvature times the gradient.
fn descent(gradient: &[f32], memory: &VecDeque<Pair>) -> Vec<f32> {
    let mut direction: Vec<f32> = gradient.iter().map(|g| -g).collect();
    let mut weights = Vec::with_capacity(memory.len());
    for pair in memory.iter().rev() {
        let weight = dot(&pair.step, &direction) / pair.curvature;
        add(&mut direction, -weight, &pair.slope);
        weights.push(weight);
    }
    if let Some(last) = memory.back() {
        let scale = (last.curvature / dot(&last.slope, &last.slope)) as f32;
        direction.iter_mut().for_each(|d| *d *= scale);
    }
    for (pair, weight) in memory.iter().zip(weights.into_iter().rev()) {
        let correction = weight - dot(&pair.slope, &direction) / pair.curvature;
        add(&mut direction, correction, &pair.step);
    }
    direction
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    // Eight sums at once let the compiler use vectors without changing the result between runs.
    let mut sums = [0.0_f64; 8];
    let (a_chunks, b_chunks) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a_chunks
        .remainder()
        .iter()
        .zip(b_chunks.remainder())
        .map(|(a, b)| f64::from(*a) * f64::from(*b))
        .sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for i in 0..8 {
            sums[i] += f64::from(a[i]) * f64::from(b[i]);
        }
    }
    sums.iter().sum::<f64>() + rest
}

fn add(to: &mut [f32], scale: f64, from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += scale as f32 * from);
}

fn difference(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bottom_of_a_bent_valley() {
        // Rosenbrock's function; its minimum is at (1, 1).
        let mut x = vec![-1.2_f32, 1.0];
        let limits = Limits { max_iterations: 300, tolerance: 1e-12 };
        minimise(
            &mut x,
            limits,
            &mut |x, gradient| {
                let (a, b) = (f64::from(x[0]), f64::from(x[1]));
                let bend = b - a * a;
                gradient[0] = (-2.0 * (1.0 - a) - 400.0 * a * bend) as f32;
                gradient[1] = (200.0 * bend) as f32;
                (1.0 - a).powi(2) + 100.0 * bend * bend
            },
            &mut |_| {},
        );
        assert!((x[0] - 1.0).abs() < 1e-2 && (x[1] - 1.0).abs() < 1e-2, "{x:?}");
    }
}
