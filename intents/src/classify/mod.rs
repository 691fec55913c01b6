//! Which intent a message has: unmistakable phrases first, then a trained head over the message's
//! embedding and its n-grams.
//!
//! Classification is pure. Training reads the embedded examples and an encoder; the result is kept
//! in a directory, which is the only I/O here.

mod anchors;
mod cache;
mod calibrate;
mod examples;
mod features;
mod head;
mod lbfgs;
pub mod metrics;
mod rules;

use std::{fmt, path::Path};

use kernel::Confidence;
use models::{Embedding, EncodeError, Encoder, ngrams::Ngrams};

use self::{
    anchors::Anchors,
    calibrate::{Calibration, Scored},
    features::Vocabulary,
    head::Head,
};
pub use self::{
    examples::{Example, ExampleError, ExampleSet},
    head::HeadConfig,
};
use crate::{ClassifierSource, Intent, IntentScores, Utterance, normalize};

/// How many intents a ranking names.
const RANKED: usize = 5;
/// How sure an unmistakable phrase is.
const RULE_CONFIDENCE: f32 = 0.99;
/// Names the rules in a trace.
const RULES_ID: &str = "rules-v1";
/// Examples encoded at a time; progress is told after each.
const ENCODED_AT_ONCE: usize = 64;
/// The share of the training's progress that encoding takes.
const ENCODING_SHARE: f32 = 0.7;

/// What a training needs.
#[derive(Clone)]
pub struct Training<'a> {
    /// Encodes the examples, and later the messages. Called on the training thread.
    pub encoder: &'a dyn Encoder,
    /// What to learn.
    pub examples: &'a ExampleSet,
    /// How to learn it.
    pub config: HeadConfig,
}

/// Why a classifier could not be trained.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// The encoder failed.
    #[error("cannot encode the examples")]
    Encode(#[from] EncodeError),
    /// There is nothing to learn from.
    #[error("there are no training examples")]
    NoExamples,
}

/// Scores intents. Belongs to the encoder it was trained with.
#[derive(Clone, PartialEq)]
pub struct IntentClassifier {
    id: String,
    encoder: String,
    is_learned: bool,
    dimension: usize,
    config: HeadConfig,
    head: Head,
    vocabulary: Vocabulary,
    anchors: Anchors,
    calibration: Calibration,
}

impl<'a> Training<'a> {
    /// A training with the configuration that suits the encoder.
    #[must_use]
    pub fn new(encoder: &'a dyn Encoder, examples: &'a ExampleSet) -> Self {
        let config =
            if encoder.is_learned() { HeadConfig::default() } else { HeadConfig::heuristic() };
        Self { encoder, examples, config }
    }
}

impl IntentClassifier {
    /// Scores `utterance`. `embedding` is that of [`Utterance::text`], by the encoder the
    /// classifier was trained with.
    #[must_use]
    pub fn classify(&self, utterance: &Utterance, embedding: &Embedding) -> IntentScores {
        if let Some(intent) = rules::unmistakable(&utterance.text) {
            return IntentScores {
                ranking: vec![(intent, Confidence::saturating(RULE_CONFIDENCE))],
                out_of_scope: Confidence::saturating(1.0 - RULE_CONFIDENCE),
                source: ClassifierSource::Rule,
                model: RULES_ID.to_owned(),
            };
        }
        let scored = self.score(&utterance.text, embedding, Intent::OutOfScope);
        let ranking = self.calibration.ranking(&scored.logits).into_iter().take(RANKED);
        IntentScores {
            ranking: ranking.map(|(intent, p)| (intent, Confidence::saturating(p))).collect(),
            out_of_scope: Confidence::saturating(self.calibration.out_of_scope(&scored)),
            source: if self.is_learned {
                ClassifierSource::Model
            } else {
                ClassifierSource::Heuristic
            },
            model: self.id.clone(),
        }
    }

    /// Trains from nothing. Takes seconds, and `encoder`'s time for all examples; `progress` is
    /// told the share done, 0..=1.
    ///
    /// # Errors
    ///
    /// [`TrainError`] without examples, or when the encoder fails.
    pub fn train(
        training: &Training<'_>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Self, TrainError> {
        let Training { encoder, examples, config } = training;
        if examples.train.is_empty() {
            return Err(TrainError::NoExamples);
        }
        let n_train = examples.train.len();
        // What the rules answer, the calibration need not.
        let dev = examples.dev.iter().filter(|e| rules::unmistakable(&e.text).is_none());
        let all: Vec<&Example> = examples.train.iter().chain(dev).collect();
        let texts: Vec<String> = all.iter().map(|e| normalize(&e.text).0).collect();
        let embeddings =
            encode_all(*encoder, &texts, &mut |share| progress(share * ENCODING_SHARE))?;

        let ngrams: Vec<Ngrams> = texts[..n_train].iter().map(|text| Ngrams::of(text)).collect();
        let vocabulary = Vocabulary::of(&ngrams, config.min_documents);
        let rows: Vec<_> = ngrams
            .iter()
            .zip(&embeddings)
            .zip(&examples.train)
            .map(|((ngrams, embedding), example)| {
                (vocabulary.features(ngrams, embedding, config), class(example.intent))
            })
            .collect();
        let dimension = encoder.dimension();
        let head = Head::train(vocabulary.width(dimension), &rows, config, &mut |share| {
            progress(ENCODING_SHARE + share * (1.0 - ENCODING_SHARE));
        });
        let inside = embeddings.iter().zip(&examples.train);
        let inside = inside.filter(|(_, example)| example.intent != Intent::OutOfScope);

        let mut classifier = Self {
            id: String::new(),
            encoder: encoder.fingerprint().to_owned(),
            is_learned: encoder.is_learned(),
            dimension,
            config: config.clone(),
            head,
            vocabulary,
            anchors: Anchors::of(inside.map(|(embedding, _)| embedding)),
            calibration: Calibration::NONE,
        };
        let unseen: Vec<Scored> = (n_train..all.len())
            .map(|i| classifier.score(&texts[i], &embeddings[i], all[i].intent))
            .collect();
        classifier.calibration = Calibration::fit(&unseen);
        classifier.id = cache::id(&classifier);
        Ok(classifier)
    }

    /// Reads the classifier of this training from `cache_dir`, or trains it and leaves it there. A
    /// cache that cannot be written costs the next start its time, nothing else.
    ///
    /// # Errors
    ///
    /// As [`Self::train`].
    pub fn load_or_train(
        cache_dir: &Path,
        training: &Training<'_>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Self, TrainError> {
        let path = cache::path(cache_dir, training);
        if let Some(classifier) = cache::read(&path) {
            progress(1.0);
            return Ok(classifier);
        }
        let classifier = Self::train(training, progress)?;
        if let Err(error) = cache::write(&path, &classifier) {
            tracing::warn!(error = %error, "cannot keep the trained head in {}", path.display());
        }
        Ok(classifier)
    }

    /// Names the weights: `<encoder>/<head>`, eight characters each.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the logits are divided by; above 1 the head was too sure of itself.
    #[must_use]
    pub fn temperature(&self) -> f32 {
        self.calibration.temperature
    }

    fn score(&self, text: &str, embedding: &Embedding, intent: Intent) -> Scored {
        debug_assert_eq!(embedding.values().len(), self.dimension, "another encoder's embedding");
        let features = self.vocabulary.features(&Ngrams::of(text), embedding, &self.config);
        Scored {
            intent,
            logits: self.head.logits(&features),
            nearest: self.anchors.nearest(embedding),
            coverage: features.coverage,
        }
    }
}

impl fmt::Debug for IntentClassifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntentClassifier").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The position in [`Intent::ALL`].
fn class(intent: Intent) -> usize {
    intent as usize
}

fn encode_all(
    encoder: &dyn Encoder,
    texts: &[String],
    progress: &mut dyn FnMut(f32),
) -> Result<Vec<Embedding>, EncodeError> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut embeddings = Vec::with_capacity(texts.len());
    for chunk in texts.chunks(ENCODED_AT_ONCE) {
        embeddings.extend(encoder.encode(chunk)?);
        progress(embeddings.len() as f32 / texts.len() as f32);
    }
    Ok(embeddings)
}
