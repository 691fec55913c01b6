//! The head: one yes-or-no a feeling, calibrated.

use std::{fmt, path::Path};

use kernel::Confidence;
use models::{Embedding, Encoder};

use super::{Emotion, EmotionExample, EmotionExamples, Feelings};
use crate::{
    Utterance,
    classify::{HeadConfig, LabelClassifier, LabelTraining, LabelledText, TrainError},
};

/// What a training needs.
#[derive(Clone)]
pub struct EmotionTraining<'a> {
    /// Encodes the lines, and later the messages. Called on the training thread.
    pub encoder: &'a dyn Encoder,
    /// What to learn: the part for training. Parts of it are held out in turn to calibrate on.
    pub examples: &'a EmotionExamples,
    /// How to learn it.
    pub config: HeadConfig,
}

/// Tells feelings. Belongs to the encoder it was trained with.
#[derive(Clone, PartialEq)]
pub struct EmotionClassifier {
    core: LabelClassifier,
    /// What the labels of `core` stand for.
    emotions: Vec<Emotion>,
}

impl<'a> EmotionTraining<'a> {
    /// A training with the configuration that suits the encoder.
    #[must_use]
    pub fn new(encoder: &'a dyn Encoder, examples: &'a EmotionExamples) -> Self {
        let config =
            if encoder.is_learned() { HeadConfig::default() } else { HeadConfig::heuristic() };
        let config = HeadConfig {
            // How it is put tells more of a feeling than what it is about.
            embedding_weight: 2.5,
            word_weight: 3.0,
            char_weight: 4.0,
            several_l2: vec![3.0, 1.5, 0.6],
            // Few lines and few labels: a narrow search is as good, and a first start is short.
            l2: vec![1.5],
            gammas: vec![1.0],
            ridges: vec![0.1, 0.3],
            ..config
        };
        Self { encoder, examples, config }
    }

    fn lines(&self) -> Vec<LabelledText> {
        self.examples.train.iter().map(labelled).collect()
    }

    fn of_labels<'l>(&'l self, lines: &'l [LabelledText]) -> LabelTraining<'l> {
        // Without dev examples, parts of the lines are held out in turn: more to calibrate on.
        LabelTraining { encoder: self.encoder, train: lines, dev: &[], config: self.config.clone() }
    }
}

impl EmotionClassifier {
    /// Trains from nothing. Takes seconds, and `encoder`'s time for all lines; `progress` is told
    /// the share done, 0..=1.
    ///
    /// # Errors
    ///
    /// [`TrainError`] without lines, or when the encoder fails.
    pub fn train(
        training: &EmotionTraining<'_>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Self, TrainError> {
        let lines = training.lines();
        Self::of(LabelClassifier::train(&training.of_labels(&lines), progress)?)
    }

    /// Reads the classifier of this training from `cache_dir`, or trains it and leaves it there.
    ///
    /// # Errors
    ///
    /// As [`Self::train`].
    pub fn load_or_train(
        cache_dir: &Path,
        training: &EmotionTraining<'_>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Self, TrainError> {
        let lines = training.lines();
        let training = training.of_labels(&lines);
        Self::of(LabelClassifier::load_or_train(cache_dir, &training, progress)?)
    }

    fn of(core: LabelClassifier) -> Result<Self, TrainError> {
        let named = |label: &String| Emotion::ALL.into_iter().find(|e| e.name() == label);
        let emotions: Option<Vec<Emotion>> = core.labels().iter().map(named).collect();
        Ok(Self { core, emotions: emotions.ok_or(TrainError::NoExamples)? })
    }

    /// What `utterance` feels like. `embedding` is that of [`Utterance::text`], by the encoder the
    /// classifier was trained with.
    #[must_use]
    pub fn feel(&self, utterance: &Utterance, embedding: &Embedding) -> Feelings {
        let mut feelings = Feelings::NONE;
        let presences = self.core.presences(&utterance.text, embedding);
        for (emotion, p) in self.emotions.iter().zip(presences) {
            *feelings.of_mut(*emotion) = Confidence::saturating(p);
        }
        feelings
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

impl fmt::Debug for EmotionClassifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmotionClassifier").field("id", &self.id()).finish_non_exhaustive()
    }
}

fn labelled(example: &EmotionExample) -> LabelledText {
    let labels = example.emotions.iter().map(|emotion| emotion.name().to_owned()).collect();
    LabelledText { text: example.text.clone(), labels }
}
