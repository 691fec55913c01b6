//! A BERT that turns sentences into vectors.

use std::path::PathBuf;

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::BertModel;
use models::{Embedding, EncodeError, Encoder};
use serde::{Deserialize, Serialize};
use tokenizers::{Tokenizer, TruncationParams};

use crate::files::{LoadError, ModelFiles, Pooling};

/// The most sentences in one forward pass.
const MAX_ROWS: usize = 16;
/// The most padding a row may get, in tokens: beyond it, another pass is cheaper.
const MAX_PADDING: usize = 4;

/// Which encoder to load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandleConfig {
    /// The directory with `config.json`, `tokenizer.json` and `model.safetensors`.
    pub dir: PathBuf,
    /// Longer texts are cut, in tokens. Default 128; the model's own limit caps it.
    #[serde(default = "CandleConfig::default_max_tokens")]
    pub max_tokens: usize,
}

impl CandleConfig {
    /// The encoder in `dir`, all else default.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), max_tokens: Self::default_max_tokens() }
    }

    const fn default_max_tokens() -> usize {
        128
    }
}

/// A sentence encoder of the BERT architecture, in f32 on the CPU.
pub struct CandleEncoder {
    model: BertModel,
    tokenizer: Tokenizer,
    pooling: Pooling,
    dimension: usize,
    fingerprint: String,
}

impl CandleEncoder {
    /// Reads the directory and builds the model. Takes about a second for a small one.
    ///
    /// # Errors
    ///
    /// [`LoadError`], which names the file at fault and the way out.
    pub fn load(config: &CandleConfig) -> Result<Self, LoadError> {
        let files = ModelFiles::read(&config.dir)?;
        let ModelFiles { config: bert, mut tokenizer, weights, weights_path, .. } = files;

        // As shipped, many tokenizers pad every text to 128 tokens: five times the work.
        tokenizer.with_padding(None);
        let max_length = config.max_tokens.clamp(3, bert.max_position_embeddings.max(3));
        let truncation = TruncationParams { max_length, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(|source| LoadError::Malformed {
            path: config.dir.join("tokenizer.json"),
            source,
        })?;

        // In f16 and bf16 this BERT returns NaN: its mask overflows.
        let model = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)
            .and_then(|weights| BertModel::load(weights, &bert))
            .map_err(|source| LoadError::Weights { path: weights_path, source })?;
        tracing::info!(
            model.fingerprint = files.fingerprint,
            model.dimension = bert.hidden_size,
            "loaded the encoder from {}",
            config.dir.display()
        );
        Ok(Self {
            model,
            tokenizer,
            pooling: files.pooling,
            dimension: bert.hidden_size,
            fingerprint: files.fingerprint,
        })
    }

    fn tokenize(&self, text: &str) -> Result<Vec<u32>, EncodeError> {
        let encoding = self.tokenizer.encode_fast(text, true).map_err(failed)?;
        match encoding.get_ids() {
            [] => Err(EncodeError::Failed("the tokenizer adds no special tokens".to_owned())),
            ids => Ok(ids.to_vec()),
        }
    }

    /// One pass over rows that are sorted by length, the longest last.
    fn forward(&self, rows: &[&[u32]]) -> candle_core::Result<Vec<Embedding>> {
        let width = rows.last().map_or(0, |row| row.len());
        let padded = |value: fn(u32) -> u32| -> candle_core::Result<Tensor> {
            let mut cells = Vec::with_capacity(rows.len() * width);
            for row in rows {
                cells.extend(row.iter().copied().map(value));
                cells.resize(cells.len() + width - row.len(), 0);
            }
            Tensor::from_vec(cells, (rows.len(), width), &Device::Cpu)
        };
        let ids = padded(|id| id)?;
        let mask = padded(|_| 1)?;
        let hidden = self.model.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
        let hidden = hidden.flatten_all()?.to_vec1::<f32>()?;
        Ok(hidden
            .chunks_exact(width * self.dimension)
            .zip(rows)
            .map(|(states, row)| self.pool(&states[..row.len() * self.dimension]))
            .collect())
    }

    /// Token vectors, padding left out, to one sentence vector.
    fn pool(&self, states: &[f32]) -> Embedding {
        let mut pooled = states[..self.dimension].to_vec();
        if self.pooling == Pooling::Mean {
            for state in states[self.dimension..].chunks_exact(self.dimension) {
                pooled.iter_mut().zip(state).for_each(|(sum, x)| *sum += x);
            }
        }
        Embedding::normalized(pooled) // which also turns the sum into the mean's direction
    }
}

impl Encoder for CandleEncoder {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        let tokens: Vec<Vec<u32>> =
            texts.iter().map(|text| self.tokenize(text)).collect::<Result<_, _>>()?;
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|i| tokens[*i].len());

        let mut embeddings = vec![None; texts.len()];
        let mut rest = order.as_slice();
        while let Some(first) = rest.first() {
            let widest = tokens[*first].len() + MAX_PADDING;
            let n = rest.iter().take(MAX_ROWS).take_while(|i| tokens[**i].len() <= widest).count();
            let (now, later) = rest.split_at(n);
            let rows: Vec<&[u32]> = now.iter().map(|i| tokens[*i].as_slice()).collect();
            for (i, embedding) in now.iter().zip(self.forward(&rows).map_err(failed)?) {
                embeddings[*i] = Some(embedding);
            }
            rest = later;
        }
        let finite = |embedding: &Embedding| embedding.values().iter().all(|x| x.is_finite());
        embeddings
            .into_iter()
            .map(|embedding| embedding.filter(finite))
            .collect::<Option<_>>()
            .ok_or_else(|| EncodeError::Failed("the model returned no finite vector".to_owned()))
    }

    fn dimension(&self) -> usize {
        self.dimension
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn is_learned(&self) -> bool {
        true
    }
}

impl std::fmt::Debug for CandleEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CandleEncoder")
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

fn failed(error: impl std::fmt::Display) -> EncodeError {
    EncodeError::Failed(error.to_string())
}
