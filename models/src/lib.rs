//! What a model can be asked, and how requests are batched. Knows no tensors: the adapters do.

mod batcher;
mod encoder;

pub use batcher::{Batcher, BatcherConfig};
pub use encoder::{EncodeError, Embedding, Encoder, HashEncoder};
