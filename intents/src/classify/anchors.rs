//! The in-scope training embeddings, to ask how near a message is to anything we know.

use models::Embedding;

/// Embeddings of one size, one after another.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Anchors {
    pub(super) values: Vec<f32>,
}

impl Anchors {
    pub(super) fn of<'a>(embeddings: impl Iterator<Item = &'a Embedding>) -> Self {
        Self { values: embeddings.flat_map(|e| e.values()).copied().collect() }
    }

    /// The cosine to the nearest, -1..=1; 0 when there are none.
    pub(super) fn nearest(&self, embedding: &Embedding) -> f32 {
        let values = embedding.values();
        if values.is_empty() {
            return 0.0;
        }
        let cosines = self.values.chunks_exact(values.len()).map(|anchor| dot(anchor, values));
        cosines.max_by(f32::total_cmp).unwrap_or(0.0)
    }
}

/// In eight strands, which the compiler turns into vector instructions.
fn dot(a: &[f32], b: &[f32]) -> f32 {
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
