//! The model directory: what must be in it, and what it is called when something is not.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use candle_transformers::models::bert;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use tokenizers::Tokenizer;

use crate::weights::Weights;

const CONFIG: &str = "config.json";
const TOKENIZER: &str = "tokenizer.json";
const WEIGHTS: &str = "model.safetensors";
const POOLING: &str = "1_Pooling/config.json";

/// Why a model directory cannot be used. Each says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file is not there.
    #[error(
        "the model file {} is missing; copy config.json, tokenizer.json and model.safetensors \
         of one sentence encoder into that directory, or configure another one",
        path.display()
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A file is there but cannot be read.
    #[error("cannot read {}; check its permissions", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// A file does not hold what its name promises.
    #[error("{} is damaged or of another kind; download it again", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What the parser said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The weights lack a tensor or have one of another shape than `config.json` says.
    #[error("{} does not fit {CONFIG}; take both from the same model", path.display())]
    Weights {
        /// The weights.
        path: PathBuf,
        /// Which tensor.
        #[source]
        source: candle_core::Error,
    },
    /// Two files disagree about a size.
    #[error(
        "{} says {found} where {CONFIG} says {expected}; take both from the same model",
        path.display()
    )]
    Mismatch {
        /// The file that disagrees.
        path: PathBuf,
        /// What it says.
        found: usize,
        /// What `config.json` says.
        expected: usize,
    },
    /// The model pools tokens in a way other than mean or first token.
    #[error("{} asks for neither mean nor cls pooling; use another model", path.display())]
    Pooling {
        /// The file that asks.
        path: PathBuf,
    },
}

/// How token vectors become one sentence vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pooling {
    Mean,
    Cls,
}

/// Everything a directory holds, checked as far as possible without building the model.
pub(crate) struct ModelFiles {
    pub(crate) config: bert::Config,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) weights: Vec<u8>,
    pub(crate) weights_path: PathBuf,
    pub(crate) pooling: Pooling,
    /// The first 16 hexadecimal digits of the SHA-256 over config, tokenizer and weights.
    pub(crate) fingerprint: String,
}

#[derive(Deserialize)]
struct PoolingConfig {
    word_embedding_dimension: usize,
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
}

impl ModelFiles {
    /// The tensors of the weights file.
    pub(crate) fn weights(&self) -> Result<Weights, LoadError> {
        Weights::read(&self.weights, self.config.model_type.as_deref(), &self.weights_path)
    }

    pub(crate) fn read(dir: &Path) -> Result<Self, LoadError> {
        let path = |name: &str| dir.join(name);
        let config_bytes = read(&path(CONFIG))?;
        let tokenizer_bytes = read(&path(TOKENIZER))?;
        let weights = read(&path(WEIGHTS))?;

        let config: bert::Config = json(&path(CONFIG), &config_bytes)?;
        let tokenizer = Tokenizer::from_bytes(&tokenizer_bytes)
            .map_err(|source| LoadError::Malformed { path: path(TOKENIZER), source })?;
        // Ids may have gaps, so that the count of words says nothing.
        let n_ids = tokenizer.get_vocab(true).into_values().max().map_or(0, |id| id as usize + 1);
        if n_ids > config.vocab_size {
            let expected = config.vocab_size;
            return Err(LoadError::Mismatch { path: path(TOKENIZER), found: n_ids, expected });
        }

        let mut hash = Sha256::new();
        for bytes in [&config_bytes, &tokenizer_bytes, &weights] {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        let mut fingerprint = hex::encode(hash.finalize());
        fingerprint.truncate(16);

        let pooling = pooling(&path(POOLING), config.hidden_size)?;
        let weights_path = path(WEIGHTS);
        Ok(Self { config, tokenizer, weights, weights_path, pooling, fingerprint })
    }
}

/// The way the model was trained to be pooled; mean when it does not say.
fn pooling(path: &Path, hidden_size: usize) -> Result<Pooling, LoadError> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(LoadError::Missing { .. }) => return Ok(Pooling::Mean),
        Err(error) => return Err(error),
    };
    let config: PoolingConfig = json(path, &bytes)?;
    if config.word_embedding_dimension != hidden_size {
        let found = config.word_embedding_dimension;
        return Err(LoadError::Mismatch { path: path.into(), found, expected: hidden_size });
    }
    match (config.pooling_mode_cls_token, config.pooling_mode_mean_tokens) {
        (false, true) => Ok(Pooling::Mean),
        (true, false) => Ok(Pooling::Cls),
        _ => Err(LoadError::Pooling { path: path.into() }),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    fs::read(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LoadError::Missing { path: path.into() },
        _ => LoadError::Unreadable { path: path.into(), source },
    })
}

fn json<T: for<'de> Deserialize<'de>>(path: &Path, bytes: &[u8]) -> Result<T, LoadError> {
    serde_json::from_slice(bytes)
        .map_err(|error| LoadError::Malformed { path: path.into(), source: error.into() })
}
