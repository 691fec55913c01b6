//! Local sentence encoders with candle and tokenizers: any directory with a BERT in it. The only
//! crate that knows tensors. Downloads nothing.
//!
//! Two things outside this crate make it several times faster: the `gemm` dependency, which does
//! nothing but switch on candle's AVX-512 kernels, and `RAYON_NUM_THREADS`, which candle reads on
//! every product and replaces by a look at `/proc/cpuinfo` when it is not set. Set it to 1, and let
//! [`models::BatcherConfig::threads`] use the cores.

mod adapter;
mod encoder;
mod files;
pub mod train;

pub use adapter::{About, Adapter, AdapterError};
pub use encoder::{CandleConfig, CandleEncoder};
pub use files::LoadError;

// Nothing of it is called; the dependency is there for its feature `x86-v4`.
use gemm as _;
