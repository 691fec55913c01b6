//! Which intent a message has: unmistakable phrases first, then a trained head over the message's
//! embedding and its n-grams.
//!
//! Classification is pure. Training reads the embedded examples and an encoder; the result is kept
//! in a directory, which is the only I/O here.

mod cache;
mod cholesky;
mod config;
mod context;
mod examples;
mod features;
mod labels;
mod lbfgs;
mod linear;
mod matrix;
pub mod metrics;
mod outside;
mod ridge;
mod rules;
mod sample;
mod several;
mod stack;
mod store;
mod train;

use std::{fmt, path::Path};

use kernel::Confidence;
use models::{Embedding, EncodeError, Encoder};

pub use self::{
    config::HeadConfig,
    context::Situation,
    examples::{Example, ExampleError, ExampleSet, read_labelled},
    labels::{LabelClassifier, LabelScores, LabelTraining, LabelledText},
    store::KeptEncoder,
};
use crate::{ClassifierSource, Intent, IntentScores, Utterance};

/// How many intents a ranking names.
const RANKED: usize = 5;
/// How sure an unmistakable phrase is.
const RULE_CONFIDENCE: f32 = 0.99;
/// Names the rules in a trace.
const RULES_ID: &str = "rules-v1";

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
    is_learned: bool,
    core: LabelClassifier,
    /// What the labels of `core` stand for.
    intents: Vec<Intent>,
}

impl<'a> Training<'a> {
    /// A training with the configuration that suits the encoder.
    #[must_use]
    pub fn new(encoder: &'a dyn Encoder, examples: &'a ExampleSet) -> Self {
        let config =
            if encoder.is_learned() { HeadConfig::multilingual() } else { HeadConfig::heuristic() };
        Self { encoder, examples, config }
    }
}

impl IntentClassifier {
    /// Scores `utterance` as said in `situation`. `embedding` is that of [`Utterance::text`], by
    /// the encoder the classifier was trained with.
    #[must_use]
    pub fn classify(
        &self,
        utterance: &Utterance,
        embedding: &Embedding,
        situation: &Situation<'_>,
    ) -> IntentScores {
        if let Some(intent) = rules::unmistakable(&utterance.text) {
            return IntentScores {
                source: ClassifierSource::Rule,
                model: RULES_ID.to_owned(),
                ..IntentScores::certain(intent, Confidence::saturating(RULE_CONFIDENCE))
            };
        }
        let scores = self.core.score(&utterance.text, embedding);
        let intent = |(label, p): &(usize, f32)| (self.intents[*label], *p);
        let mut ranking: Vec<(Intent, f32)> = scores.ranking.iter().map(intent).collect();
        let mut out_of_scope = scores.out_of_scope;
        let prior = situation.prior(utterance);
        context::apply(&prior, &mut ranking, &mut out_of_scope);
        let probabilities: Vec<f32> = ranking.iter().map(|(_, p)| *p).collect();
        let n_candidates = self.core.n_in_prediction_set(&probabilities);
        let confident = |(intent, p): &(Intent, f32)| (*intent, Confidence::saturating(*p));
        let mut present: Vec<(Intent, f32)> = scores.present.iter().map(intent).collect();
        if out_of_scope > self.core.out_of_scope_cut() {
            present.clear();
        } else if let Some(first) = ranking.first()
            && !present.iter().any(|(intent, _)| *intent == first.0)
        {
            present.insert(0, *first);
        }
        IntentScores {
            candidates: ranking[..n_candidates].iter().map(|(intent, _)| *intent).collect(),
            present: present.iter().map(confident).collect(),
            ranking: ranking[..ranking.len().min(RANKED)].iter().map(confident).collect(),
            out_of_scope: Confidence::saturating(out_of_scope),
            out_of_scope_cut: Confidence::saturating(self.core.out_of_scope_cut()),
            prior,
            source: if self.is_learned {
                ClassifierSource::Model
            } else {
                ClassifierSource::Heuristic
            },
            model: self.core.id().to_owned(),
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
        let parts = Parts::of(examples);
        let core = LabelClassifier::train(&parts.training(*encoder, config), progress)?;
        Self::of(core, encoder.is_learned()).ok_or(TrainError::NoExamples)
    }

    /// `None` when a label is no intent.
    fn of(core: LabelClassifier, is_learned: bool) -> Option<Self> {
        let intents =
            core.labels().iter().map(|label| label.parse().ok()).collect::<Option<_>>()?;
        Some(Self { is_learned, core, intents })
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
        let Training { encoder, examples, config } = training;
        let parts = Parts::of(examples);
        let training = parts.training(*encoder, config);
        let core = LabelClassifier::load_or_train(cache_dir, &training, progress)?;
        Self::of(core, encoder.is_learned()).ok_or(TrainError::NoExamples)
    }

    /// Names the weights: `<encoder>/<head>`, eight characters each.
    #[must_use]
    pub fn id(&self) -> &str {
        self.core.id()
    }

    /// How large it is on disk, in bytes.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.core.size_bytes()
    }
}

impl fmt::Debug for IntentClassifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IntentClassifier").field("id", &self.id()).finish_non_exhaustive()
    }
}

/// The examples as the trainer takes them.
struct Parts {
    train: Vec<LabelledText>,
    dev: Vec<LabelledText>,
}

impl Parts {
    fn of(examples: &ExampleSet) -> Self {
        // What the rules answer, the heads need not be read for.
        let dev = examples.dev.iter().filter(|e| rules::unmistakable(&e.text).is_none());
        Self {
            train: examples.train.iter().map(labelled).collect(),
            dev: dev.map(labelled).collect(),
        }
    }

    fn training<'a>(&'a self, encoder: &'a dyn Encoder, config: &HeadConfig) -> LabelTraining<'a> {
        LabelTraining { encoder, train: &self.train, dev: &self.dev, config: config.clone() }
    }
}

fn labelled(example: &Example) -> LabelledText {
    let all = [&[example.intent], example.also.as_slice()].concat();
    let inside = all.iter().filter(|intent| **intent != Intent::OutOfScope);
    let labels = inside.map(|intent| intent.name().to_owned()).collect();
    LabelledText { text: example.text.clone(), labels }
}
