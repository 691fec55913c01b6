//! A BERT that turns sentences into vectors.

use std::{ops::Range, sync::Arc};

use models::{Embedding, EncodeError, Encoder};
use sha2::{Digest as _, Sha256};
use tokenizers::{Tokenizer, TruncationParams};

use crate::{
    config::{CandleConfig, Precision},
    files::{LoadError, ModelFiles, Pooling},
    kernel::{Bert, Instructions, Output},
    op::Forward,
    packed::{self, Packer},
    reference::Reference,
    weights::Weights,
};

/// The most tokens in one pass, unless a single text has more: their activations fit a core's
/// second cache.
const MAX_TOKENS: usize = 128;

/// What the inputs of the layers are measured on before they are quantised, one text a line.
const CALIBRATION: &str = include_str!("calibration.txt");

/// Counts up when the arithmetic changes, so that vectors of before are not taken for new ones.
const REVISION: &str = "1";

/// A sentence encoder of the BERT architecture on the CPU.
pub struct CandleEncoder {
    engine: Engine,
    tokenizer: Tokenizer,
    pooling: Pooling,
    dimension: usize,
    precision: Precision,
    fingerprint: String,
}

enum Engine {
    Packed { bert: Arc<Bert>, instructions: Instructions },
    Reference(Reference),
}

/// The last hidden states of one text.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenStates {
    /// The bytes of the text that each token covers; empty for the tokens that the model adds.
    pub spans: Vec<Range<usize>>,
    /// A row for each token, one after another.
    pub states: Vec<f32>,
    /// How many numbers a row has.
    pub dimension: usize,
}

impl TokenStates {
    /// The span and the row of each token.
    pub fn tokens(&self) -> impl Iterator<Item = (Range<usize>, &[f32])> {
        self.spans.iter().cloned().zip(self.states.chunks_exact(self.dimension))
    }
}

impl CandleEncoder {
    /// Reads the directory and builds the model. Takes half a second for a small one.
    ///
    /// # Errors
    ///
    /// [`LoadError`], which names the file at fault and the way out.
    pub fn load(config: &CandleConfig) -> Result<Self, LoadError> {
        let files = ModelFiles::read(&config.dir)?;
        let weights = files.weights()?;
        // An adapter is merged into `weights` here, and its hash handed on.
        Self::build(config, files, &weights, None)
    }

    /// Builds the model from `weights`, which may be those of `files` or made from them: then
    /// `adapter` names what they were made with.
    pub(crate) fn build(
        config: &CandleConfig,
        files: ModelFiles,
        weights: &Weights,
        adapter: Option<&str>,
    ) -> Result<Self, LoadError> {
        let ModelFiles { config: bert, mut tokenizer, pooling, fingerprint, .. } = files;

        // As shipped, many tokenizers pad every text to 128 tokens: five times the work.
        tokenizer.with_padding(None);
        let max_length = config.max_tokens.clamp(3, bert.max_position_embeddings.max(3));
        let truncation = TruncationParams { max_length, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(|source| LoadError::Malformed {
            path: config.dir.join("tokenizer.json"),
            source,
        })?;

        let precision = if packed::fits(&bert) { config.precision } else { Precision::Reference };
        let best = Instructions::best();
        let instructions = config.instructions.filter(|set| set.is_available()).unwrap_or(best);
        let build = || -> candle_core::Result<Engine> {
            let bert = match precision {
                Precision::Reference => {
                    return Ok(Engine::Reference(Reference::new(weights, &bert)?));
                }
                Precision::F32 => Packer::new(&weights.builder(), &bert)?.f32(),
                Precision::Int8 => {
                    let (ids, lengths) = calibration(&tokenizer)?;
                    Packer::new(&weights.builder(), &bert)?.int8(&ids, &lengths)?
                }
            };
            Ok(Engine::Packed { bert: Arc::new(bert), instructions })
        };
        let engine = build().map_err(|source| weights.error(source))?;
        let fingerprint = fingerprint_of(&fingerprint, precision, adapter);
        tracing::info!(
            model.fingerprint = fingerprint,
            model.dimension = bert.hidden_size,
            model.precision = precision.name(),
            model.instructions = ?instructions,
            "loaded the encoder from {}",
            config.dir.display()
        );
        let dimension = bert.hidden_size;
        Ok(Self { engine, tokenizer, pooling, dimension, precision, fingerprint })
    }

    /// The numbers it computes with: those asked for, or the reference where the shape of the
    /// network cannot be packed.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The last hidden state of every token of each text, for taggers.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Failed`] when the model does.
    pub fn encode_tokens(&self, texts: &[&str]) -> Result<Vec<TokenStates>, EncodeError> {
        let mut spans = Vec::with_capacity(texts.len());
        let mut tokens = Vec::with_capacity(texts.len());
        for text in texts {
            let encoding = self.tokenizer.encode(*text, true).map_err(failed)?;
            let added = encoding.get_special_tokens_mask().iter().map(|added| *added != 0);
            let offsets = encoding.get_offsets().iter().zip(added);
            spans.push(
                offsets.map(|((from, to), added)| if added { 0..0 } else { *from..*to }).collect(),
            );
            tokens.push(some(encoding.get_ids())?);
        }
        let states = self.states(&tokens)?;
        let dimension = self.dimension;
        let states = spans.into_iter().zip(states);
        Ok(states.map(|(spans, states)| TokenStates { spans, states, dimension }).collect())
    }

    /// The token ids of `text`, those that the model adds included.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Failed`] when the tokenizer does.
    pub fn tokenize(&self, text: &str) -> Result<Vec<u32>, EncodeError> {
        some(self.tokenizer.encode_fast(text, true).map_err(failed)?.get_ids())
    }

    /// The rows of each text's tokens.
    fn states(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, EncodeError> {
        let states = match &self.engine {
            Engine::Reference(model) => model.forward(texts).map_err(failed)?,
            Engine::Packed { bert, instructions } => {
                let mut states = Vec::with_capacity(texts.len());
                for pack in packs(texts) {
                    let rows = run(bert, *instructions, Output::Tokens, pack)?;
                    let mut rest = rows.as_slice();
                    for text in pack {
                        let (rows, after) = rest.split_at(text.len() * self.dimension);
                        states.push(rows.to_vec());
                        rest = after;
                    }
                }
                states
            }
        };
        let finite = states.iter().flatten().all(|x| x.is_finite());
        if finite { Ok(states) } else { Err(not_finite()) }
    }

    /// Token vectors to one sentence vector.
    fn pool(&self, states: &[f32]) -> Vec<f32> {
        let (first, others) = states.split_at(self.dimension);
        let mut pooled = first.to_vec();
        if self.pooling == Pooling::Mean {
            for state in others.chunks_exact(self.dimension) {
                pooled.iter_mut().zip(state).for_each(|(sum, x)| *sum += x);
            }
        }
        pooled
    }
}

impl Encoder for CandleEncoder {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        let tokens: Vec<Vec<u32>> =
            texts.iter().map(|text| self.tokenize(text)).collect::<Result<_, _>>()?;
        let pooled = match &self.engine {
            Engine::Reference(_) => {
                self.states(&tokens)?.iter().map(|states| self.pool(states)).collect()
            }
            Engine::Packed { bert, instructions } => {
                let output = match self.pooling {
                    Pooling::Mean => Output::Sum,
                    Pooling::Cls => Output::First,
                };
                let mut pooled: Vec<Vec<f32>> = Vec::with_capacity(texts.len());
                for pack in packs(&tokens) {
                    let rows = run(bert, *instructions, output, pack)?;
                    pooled.extend(rows.chunks_exact(self.dimension).map(<[f32]>::to_vec));
                }
                pooled
            }
        };
        // Scaling to length one also turns a sum into the mean's direction.
        let embeddings: Vec<Embedding> = pooled.into_iter().map(Embedding::normalized).collect();
        let finite = |embedding: &Embedding| embedding.values().iter().all(|x| x.is_finite());
        if embeddings.iter().all(finite) { Ok(embeddings) } else { Err(not_finite()) }
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
            .field("precision", &self.precision)
            .finish_non_exhaustive()
    }
}

/// One pass over the tokens of some texts.
fn run(
    bert: &Arc<Bert>,
    instructions: Instructions,
    output: Output,
    texts: &[Vec<u32>],
) -> Result<Vec<f32>, EncodeError> {
    let lengths = texts.iter().map(|text| text.len() as u32).collect();
    let forward = Forward { bert: Arc::clone(bert), instructions, output };
    forward.run(texts.concat(), lengths).map_err(failed)
}

/// Neighbours of up to [`MAX_TOKENS`] tokens together, longer ones alone.
fn packs(texts: &[Vec<u32>]) -> impl Iterator<Item = &[Vec<u32>]> {
    let mut rest = texts;
    std::iter::from_fn(move || {
        let mut tokens = 0;
        let fits = |text: &&Vec<u32>| {
            tokens += text.len();
            tokens <= MAX_TOKENS
        };
        let n = rest.iter().take_while(fits).count().max(1).min(rest.len());
        let (pack, later) = rest.split_at(n);
        rest = later;
        (n > 0).then_some(pack)
    })
}

/// The tokens of the calibration texts.
fn calibration(tokenizer: &Tokenizer) -> candle_core::Result<(Vec<u32>, Vec<u32>)> {
    let (mut ids, mut lengths) = (Vec::new(), Vec::new());
    for text in CALIBRATION.lines() {
        let encoding = tokenizer.encode_fast(text, true).map_err(candle_core::Error::wrap)?;
        if !encoding.get_ids().is_empty() {
            ids.extend_from_slice(encoding.get_ids());
            lengths.push(encoding.get_ids().len() as u32);
        }
    }
    Ok((ids, lengths))
}

/// The first 16 hexadecimal digits of the SHA-256 over all that decides what a vector is.
fn fingerprint_of(files: &str, precision: Precision, adapter: Option<&str>) -> String {
    let mut hash = Sha256::new();
    let calibration = if precision == Precision::Int8 { CALIBRATION } else { "" };
    for part in [files, precision.name(), REVISION, calibration, adapter.unwrap_or_default()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut fingerprint = hex::encode(hash.finalize());
    fingerprint.truncate(16);
    fingerprint
}

fn some(ids: &[u32]) -> Result<Vec<u32>, EncodeError> {
    match ids {
        [] => Err(EncodeError::Failed("the tokenizer adds no special tokens".to_owned())),
        ids => Ok(ids.to_vec()),
    }
}

fn not_finite() -> EncodeError {
    EncodeError::Failed("the model returned no finite vector".to_owned())
}

fn failed(error: impl std::fmt::Display) -> EncodeError {
    EncodeError::Failed(error.to_string())
}
