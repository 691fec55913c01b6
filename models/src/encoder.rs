//! Text to vector.

use std::sync::Arc;

/// A sentence as a vector of length one.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding(Arc<[f32]>);

impl Embedding {
    /// Scales `values` to length one; a zero vector stays zero.
    #[must_use]
    pub fn normalized(mut values: Vec<f32>) -> Self {
        let norm = values.iter().map(|x| x * x).sum::<f32>().sqrt();
        if norm > 0.0 {
            values.iter_mut().for_each(|x| *x /= norm);
        }
        Self(values.into())
    }

    /// Takes back the components of an embedding, bit for bit: those that [`Self::values`] gave.
    #[must_use]
    pub fn restored(values: Vec<f32>) -> Self {
        Self(values.into())
    }

    /// The components.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    /// Cosine of the angle between two, -1..=1.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        self.0.iter().zip(other.0.iter()).map(|(a, b)| a * b).sum()
    }
}

/// Why a text could not be encoded.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The queue is full; the caller should fall back or shed.
    #[error("the encoder is busy")]
    Busy,
    /// The model thread is gone.
    #[error("the encoder has stopped")]
    Stopped,
    /// The model failed on this input.
    #[error("the encoder failed: {0}")]
    Failed(String),
}

/// Turns texts into vectors. Blocking: call it on the model's own threads, through
/// [`crate::Batcher`], never on the async runtime.
pub trait Encoder: Send + Sync + 'static {
    /// Encodes each text. The result has one embedding a text, in order.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Failed`] when the model does.
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError>;

    /// How many components an embedding has.
    fn dimension(&self) -> usize;

    /// Names the exact weights: changes whenever they do.
    fn fingerprint(&self) -> &str;

    /// Whether a trained model answers, as opposed to a built-in heuristic.
    fn is_learned(&self) -> bool;
}

impl<E: Encoder + ?Sized> Encoder for Arc<E> {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        (**self).encode(texts)
    }

    fn dimension(&self) -> usize {
        (**self).dimension()
    }

    fn fingerprint(&self) -> &str {
        (**self).fingerprint()
    }

    fn is_learned(&self) -> bool {
        (**self).is_learned()
    }
}
