//! Local sentence encoders with candle and tokenizers: any directory with a BERT in it. The only
//! crate that knows tensors. Downloads nothing.
//!
//! The network is packed at load and runs as one candle operation, in bytes or in f32
//! ([`Precision`]), one text on one thread. Candle's own BERT is the reference and the way for
//! shapes that cannot be packed. For that one, two things outside this crate matter: the `gemm`
//! dependency, which does nothing but switch on candle's AVX-512 kernels, and `RAYON_NUM_THREADS`,
//! which candle reads on every product and replaces by a look at `/proc/cpuinfo` when it is not
//! set. Set it to 1, and let [`models::BatcherConfig::threads`] use the cores.

mod config;
mod encoder;
mod files;
#[expect(unsafe_code, reason = "vector instructions; nothing that leaves the module is unsafe")]
mod kernel;
mod op;
mod packed;
mod reference;
mod weights;

pub use config::{CandleConfig, Precision};
pub use encoder::{CandleEncoder, TokenStates};
pub use files::LoadError;
pub use kernel::Instructions;
pub use weights::Weights;

// Nothing of it is called; the dependency is there for its feature `x86-v4`.
use gemm as _;
