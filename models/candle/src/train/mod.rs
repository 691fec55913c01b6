//! Trains an [`Adapter`]: the encoder learns to tell apart what people want.
//!
//! Plain cross-entropy over the classes of each data set, every set with a linear head of its own
//! that starts at the class centroids, so that the first steps do not wreck the embedding (what
//! `nlu.md` found best for its cost). Only the adapter outlives the training; heads for use are
//! trained afterwards on what the adapted encoder says. Deterministic by seed, on any number of
//! threads; a checkpoint after every epoch lets an interrupted training go on where it was, and no
//! other training take it up.

mod network;
mod ops;
mod optimiser;
mod random;

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use candle_core::{Device, Tensor, Var};
use candle_nn::loss::cross_entropy;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokenizers::{Tokenizer, TruncationParams};

use self::{
    network::{Dropout, Network},
    optimiser::AdamW,
    random::Random,
};
use crate::{
    adapter::{About, Adapter},
    files::{LoadError, ModelFiles},
};

/// What a cosine is multiplied by before the softmax.
const SHARPNESS: f64 = 20.0;
/// Examples a class's centroid is made of.
const CENTROID: usize = 10;
/// Rows of a set that are looked at after each epoch.
const GLANCE: usize = 600;

/// One message of one data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterExample {
    /// Which set it is of; its label competes with that set's labels only.
    pub set: String,
    /// What it means there.
    pub label: String,
    /// The message, normalised as it will be in use.
    pub text: String,
}

/// How an adapter is trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdapterConfig {
    /// Rank of the corrections.
    pub rank: usize,
    /// What the corrections are multiplied by.
    pub scale: f64,
    /// The share of the trained correction that the adapter keeps, 0..=1. Half way between the
    /// encoder as published and as trained is better than either on messages neither has seen
    /// (Wortsman et al. 2022, arXiv 2109.01903).
    pub kept: f64,
    /// Times each example is seen.
    pub epochs: usize,
    /// Examples a step.
    pub batch: usize,
    /// Of the corrections, at its highest; rises for a twentieth of the steps, then falls to zero.
    pub learning_rate: f64,
    /// Of the heads.
    pub head_learning_rate: f64,
    /// Share of values switched off while training, 0..1.
    pub dropout: f32,
    /// Longer messages are cut, in tokens.
    pub max_tokens: usize,
    /// Starts the random numbers.
    pub seed: u64,
}

impl Default for AdapterConfig {
    fn default() -> Self {
        Self {
            rank: 12,
            scale: 2.0,
            kept: 0.5,
            epochs: 4,
            batch: 32,
            learning_rate: 1e-3,
            head_learning_rate: 2e-3,
            dropout: 0.1,
            max_tokens: 64,
            seed: 0,
        }
    }
}

/// What a training needs.
#[derive(Debug, Clone)]
pub struct AdapterTraining<'a> {
    /// The directory of the encoder.
    pub dir: &'a Path,
    /// What to learn.
    pub train: &'a [AdapterExample],
    /// What to look at after each epoch. Labels must occur in `train`; others are skipped.
    pub dev: &'a [AdapterExample],
    /// Where the state is kept between epochs; none is kept when missing. A state of the same
    /// training is taken up again; one of another is refused, never overwritten.
    pub checkpoint: Option<PathBuf>,
    /// What the adapter will say it was trained on.
    pub trained_on: String,
    /// How to learn it.
    pub config: AdapterConfig,
}

/// How far a training is.
#[derive(Debug, Clone, PartialEq)]
pub struct AdapterProgress {
    /// Steps done.
    pub step: usize,
    /// Steps in all.
    pub steps: usize,
    /// Mean loss of the latest steps.
    pub loss: f32,
    /// After an epoch: the share of dev examples each set's own head gets right.
    pub dev: Option<BTreeMap<String, f32>>,
}

/// Why an adapter could not be trained.
#[derive(Debug, thiserror::Error)]
pub enum AdapterTrainError {
    /// The encoder could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// There is nothing to learn from.
    #[error("there are no training examples")]
    NoExamples,
    /// A message could not be tokenised.
    #[error("cannot tokenise a message")]
    Tokenise(#[source] tokenizers::Error),
    /// A computation failed.
    #[error("training failed")]
    Compute(#[from] candle_core::Error),
    /// The state is of a training with another configuration, other messages or another encoder, or
    /// it is damaged. To go on from it would give an adapter that nobody asked for; to write over it
    /// might lose hours.
    #[error(
        "{} is the state of another training, or damaged; give back the settings, messages and \
         encoder it was made with, or delete it to start afresh",
        path.display()
    )]
    OtherTraining {
        /// Where the state is.
        path: PathBuf,
    },
    /// The state could not be kept or read.
    #[error("cannot keep the training's state in {}", path.display())]
    Checkpoint {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// One message in numbers.
struct Row {
    set: usize,
    class: usize,
    ids: Vec<u32>,
}

/// The labels of all sets, one after another.
struct Classes {
    sets: Vec<String>,
    index: BTreeMap<(usize, String), usize>,
}

impl Classes {
    fn of(examples: &[AdapterExample]) -> Self {
        let mut sets: Vec<String> = examples.iter().map(|example| example.set.clone()).collect();
        sets.sort();
        sets.dedup();
        let mut classes = Self { sets, index: BTreeMap::new() };
        for example in examples {
            if let Some(set) = classes.set(&example.set) {
                classes.index.insert((set, example.label.clone()), 0);
            }
        }
        classes.index.values_mut().enumerate().for_each(|(i, class)| *class = i);
        classes
    }

    fn set(&self, name: &str) -> Option<usize> {
        self.sets.iter().position(|set| set == name)
    }

    /// For each set, what is added to each class's score: nothing, or too much to overcome.
    fn masks(&self) -> candle_core::Result<Tensor> {
        let masks: Vec<f32> = (0..self.sets.len())
            .flat_map(|set| {
                self.index.keys().map(move |(of, _)| if *of == set { 0.0 } else { -1e4 })
            })
            .collect();
        Tensor::from_vec(masks, (self.sets.len(), self.index.len()), &Device::Cpu)
    }
}

/// Everything a step needs.
struct Trainer<'a> {
    network: Network,
    head: Var,
    masks: Tensor,
    classes: Classes,
    config: &'a AdapterConfig,
}

/// Trains an adapter. Takes minutes to hours; `progress` is told after each step.
///
/// # Errors
///
/// [`AdapterTrainError`].
pub fn train(
    training: &AdapterTraining<'_>,
    progress: &mut dyn FnMut(&AdapterProgress),
) -> Result<Adapter, AdapterTrainError> {
    let config = &training.config;
    let files = ModelFiles::read(training.dir)?;
    let weights = files.weights()?;
    let tokenizer = tokenizer(files.tokenizer, config.max_tokens)?;
    let classes = Classes::of(training.train);
    let train = rows(training.train, &classes, &tokenizer)?;
    let dev = rows(training.dev, &classes, &tokenizer)?;
    if train.is_empty() {
        return Err(AdapterTrainError::NoExamples);
    }

    let mut random = Random::new(config.seed, 0);
    let network = Network::new(&weights, &files.config, config.rank, config.scale, &mut random)?;
    let head = Var::from_tensor(&centroids(&network, &train, classes.index.len())?)?;
    let masks = classes.masks()?;
    let trainer = Trainer { network, head, masks, classes, config };
    let mut optimiser = AdamW::new(trainer.variables(), key(training, &files.fingerprint));

    let per_epoch = batches(&train, config, 0).len();
    let steps = per_epoch * config.epochs;
    let mut first = 0;
    if let Some(path) = &training.checkpoint
        && let Some(step) = optimiser.resume(path)?
    {
        first = step / per_epoch;
        tracing::info!("going on after epoch {first}");
    }
    let mut recent = 0.0;
    for epoch in first..config.epochs {
        for (i, batch) in batches(&train, config, epoch).iter().enumerate() {
            let step = epoch * per_epoch + i;
            let batch: Vec<&Row> = batch.iter().map(|row| &train[*row]).collect();
            let loss = trainer.step(&batch, &mut optimiser, step, steps)?;
            recent = if step == 0 { loss } else { 0.98 * recent + 0.02 * loss };
            let dev = if i + 1 == per_epoch { Some(trainer.glance(&dev)?) } else { None };
            progress(&AdapterProgress { step: step + 1, steps, loss: recent, dev });
        }
        if let Some(path) = &training.checkpoint {
            optimiser.keep(path, (epoch + 1) * per_epoch)?;
        }
    }
    let about = About {
        base: files.fingerprint,
        scale: config.scale * config.kept,
        trained_on: training.trained_on.clone(),
    };
    let tensors = trainer.network.variables();
    let tensors = tensors.into_iter().map(|(name, var)| (name, var.as_tensor().clone()));
    Ok(Adapter::new(tensors, about)?)
}

impl Trainer<'_> {
    /// The trained tensors with their learning rates, the head last.
    fn variables(&self) -> Vec<(String, Var, f64)> {
        let adapter = self.network.variables().into_iter();
        let adapter = adapter.map(|(name, var)| (name, var, self.config.learning_rate));
        let head = ("head".to_owned(), self.head.clone(), self.config.head_learning_rate);
        adapter.chain([head]).collect()
    }

    /// One step of gradient descent; the loss before it.
    fn step(
        &self,
        batch: &[&Row],
        optimiser: &mut AdamW,
        step: usize,
        steps: usize,
    ) -> Result<f32, AdapterTrainError> {
        let mut random = Random::new(self.config.seed, 1 + step as u64);
        let share = self.config.dropout;
        let dropout = (share > 0.0).then_some(Dropout { share, random: &mut random });
        let scores = self.scores(batch, dropout)?;
        let classes: Vec<u32> =
            batch.iter().map(|row| u32::try_from(row.class).unwrap_or(u32::MAX)).collect();
        let loss = cross_entropy(&scores, &Tensor::new(classes, &Device::Cpu)?)?;
        let gradients = loss.backward()?;
        optimiser.step(&gradients, pace(step, steps))?;
        Ok(loss.to_scalar()?)
    }

    fn scores(&self, batch: &[&Row], dropout: Option<Dropout<'_>>) -> candle_core::Result<Tensor> {
        let sentences: Vec<&[u32]> = batch.iter().map(|row| row.ids.as_slice()).collect();
        let vectors = self.network.forward(&sentences, dropout)?;
        let scores = (vectors.matmul(&self.head.as_tensor().t()?)? * SHARPNESS)?;
        let sets: Vec<u32> =
            batch.iter().map(|row| u32::try_from(row.set).unwrap_or(u32::MAX)).collect();
        scores + self.masks.index_select(&Tensor::new(sets, &Device::Cpu)?, 0)?
    }

    /// The share of each set that its head gets right, on the first rows of it.
    fn glance(&self, rows: &[Row]) -> candle_core::Result<BTreeMap<String, f32>> {
        let mut counts: BTreeMap<usize, (f32, f32)> = BTreeMap::new();
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        let mut chosen: Vec<&Row> = rows
            .iter()
            .filter(|row| {
                let n = seen.entry(row.set).or_default();
                *n += 1;
                *n <= GLANCE
            })
            .collect();
        chosen.sort_by_key(|row| row.ids.len());
        for batch in chosen.chunk_by(|a, b| a.ids.len() == b.ids.len()) {
            for batch in batch.chunks(self.config.batch) {
                let best = self.scores(batch, None)?.argmax(1)?.to_vec1::<u32>()?;
                for (row, best) in batch.iter().zip(best) {
                    let (hits, n) = counts.entry(row.set).or_default();
                    *n += 1.0;
                    *hits += f32::from(u8::from(best as usize == row.class));
                }
            }
        }
        let named =
            |(set, (hits, n)): (usize, (f32, f32))| (self.classes.sets[set].clone(), hits / n);
        Ok(counts.into_iter().map(named).collect())
    }
}

/// What a kept state must have been made with: configuration, messages and encoder. Not what is
/// `kept` in the end, so that a finished training gives adapters of several strengths.
fn key(training: &AdapterTraining<'_>, base: &str) -> String {
    let config = AdapterConfig { kept: 1.0, ..training.config.clone() };
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    add(&format!("{config:?}"));
    add(base);
    for AdapterExample { set, label, text } in training.train {
        [set, label, text].into_iter().for_each(|part| add(part));
    }
    hex::encode(hash.finalize())
}

/// The share of the learning rate at a step: up, then down to zero.
fn pace(step: usize, steps: usize) -> f64 {
    let warm = (steps / 20).max(1);
    if step < warm {
        (step + 1) as f64 / warm as f64
    } else {
        (steps - step) as f64 / (steps - warm).max(1) as f64
    }
}

/// One epoch: rows of equal length together, so that nothing is padded; order by the seed.
fn batches(rows: &[Row], config: &AdapterConfig, epoch: usize) -> Vec<Vec<usize>> {
    let mut random = Random::new(config.seed, u64::MAX - epoch as u64);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    random.shuffle(&mut order);
    order.sort_by_key(|row| rows[*row].ids.len()); // stable: random within a length
    let mut batches: Vec<Vec<usize>> = order
        .chunk_by(|a, b| rows[*a].ids.len() == rows[*b].ids.len())
        .flat_map(|same| same.chunks(config.batch.max(1)).map(<[usize]>::to_vec))
        .collect();
    random.shuffle(&mut batches);
    batches
}

/// The mean direction of each class, as the encoder sees it before training.
fn centroids(network: &Network, rows: &[Row], n_classes: usize) -> candle_core::Result<Tensor> {
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut chosen: Vec<&Row> = rows
        .iter()
        .filter(|row| {
            let n = seen.entry(row.class).or_default();
            *n += 1;
            *n <= CENTROID
        })
        .collect();
    chosen.sort_by_key(|row| row.ids.len());
    let mut sums: Vec<Vec<f32>> = Vec::new();
    for batch in chosen.chunk_by(|a, b| a.ids.len() == b.ids.len()) {
        let sentences: Vec<&[u32]> = batch.iter().map(|row| row.ids.as_slice()).collect();
        for (row, vector) in batch.iter().zip(network.forward(&sentences, None)?.to_vec2()?) {
            sums.resize(n_classes, vec![0.0; vector.len()]);
            sums[row.class].iter_mut().zip(vector).for_each(|(sum, x): (_, f32)| *sum += x);
        }
    }
    for sum in &mut sums {
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
        sum.iter_mut().for_each(|x| *x /= length);
    }
    Tensor::new(sums, &Device::Cpu)
}

fn tokenizer(mut tokenizer: Tokenizer, max_length: usize) -> Result<Tokenizer, AdapterTrainError> {
    tokenizer.with_padding(None);
    let truncation = TruncationParams { max_length, ..TruncationParams::default() };
    tokenizer.with_truncation(Some(truncation)).map_err(AdapterTrainError::Tokenise)?;
    Ok(tokenizer)
}

fn rows(
    examples: &[AdapterExample],
    classes: &Classes,
    tokenizer: &Tokenizer,
) -> Result<Vec<Row>, AdapterTrainError> {
    let mut rows = Vec::with_capacity(examples.len());
    for example in examples {
        let Some(set) = classes.set(&example.set) else { continue };
        let Some(class) = classes.index.get(&(set, example.label.clone())) else { continue };
        let encoding = tokenizer
            .encode_fast(example.text.as_str(), true)
            .map_err(AdapterTrainError::Tokenise)?;
        if !encoding.get_ids().is_empty() {
            rows.push(Row { set, class: *class, ids: encoding.get_ids().to_vec() });
        }
    }
    Ok(rows)
}

/// Tensors by name, as in a file.
type Named = HashMap<String, Tensor>;
