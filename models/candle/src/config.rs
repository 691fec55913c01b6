//! Which encoder to load, and how exactly it computes.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::kernel::Instructions;

/// Which encoder to load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandleConfig {
    /// The directory with `config.json`, `tokenizer.json` and `model.safetensors`.
    pub dir: PathBuf,
    /// Longer texts are cut, in tokens. Default 128; the model's own limit caps it.
    #[serde(default = "CandleConfig::default_max_tokens")]
    pub max_tokens: usize,
    /// The numbers it computes with. Default bytes.
    #[serde(default)]
    pub precision: Precision,
    /// The instructions it computes with; the fastest there are when absent or when the CPU lacks
    /// these. Results do not depend on it.
    #[serde(default)]
    pub instructions: Option<Instructions>,
}

impl CandleConfig {
    /// The encoder in `dir`, all else default.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            max_tokens: Self::default_max_tokens(),
            precision: Precision::default(),
            instructions: None,
        }
    }

    /// The same with another precision.
    #[must_use]
    pub fn with_precision(mut self, precision: Precision) -> Self {
        self.precision = precision;
        self
    }

    const fn default_max_tokens() -> usize {
        128
    }
}

/// The numbers an encoder computes with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Weights and activations of linear layers in bytes, all else in f32. Fastest; the vectors
    /// differ from those of [`Self::F32`] by a cosine of about 0.999.
    #[default]
    Int8,
    /// All in f32, with our own kernels.
    F32,
    /// All in f32, with candle's BERT: slow, and what the others are tested against.
    Reference,
}

impl Precision {
    /// The name in fingerprints.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Int8 => "int8",
            Self::F32 => "f32",
            Self::Reference => "reference",
        }
    }
}
