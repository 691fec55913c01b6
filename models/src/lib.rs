//! What a model can be asked, and how requests are batched. Knows no tensors: the adapters do.

mod batcher;
mod cache;
mod encoder;
mod hash;
mod language;
pub mod ngrams;

pub use batcher::{Batcher, BatcherConfig};
pub use encoder::{Embedding, EncodeError, Encoder};
pub use hash::HashEncoder;
pub use language::{Call, Completion, LanguageModel, LanguageModelError, Prompt};
