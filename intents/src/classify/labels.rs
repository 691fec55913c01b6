//! The classifier itself, for labels of any kind: the booking intents are one set of them, the
//! public benchmark sets are others. One way to train for all.

use std::{collections::BTreeSet, fmt};

use models::{Embedding, EncodeError, Encoder, ngrams::Ngrams};

use super::{
    TrainError,
    anchors::Anchors,
    cache,
    calibrate::{Calibration, Scored},
    features::Vocabulary,
    head::{Head, HeadConfig},
};
use crate::normalize;

/// Texts encoded at a time; progress is told after each.
const ENCODED_AT_ONCE: usize = 64;
/// The share of the training's progress that encoding takes.
const ENCODING_SHARE: f32 = 0.7;

/// One text and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledText {
    /// As typed.
    pub text: String,
    /// None for out of scope, several when it means several things at once; the first is the one
    /// it is mainly about.
    pub labels: Vec<String>,
}

/// What a training over labels needs.
#[derive(Clone)]
pub struct LabelTraining<'a> {
    /// Encodes the texts, and later the messages. Called on the training thread.
    pub encoder: &'a dyn Encoder,
    /// To fit weights on.
    pub train: &'a [LabelledText],
    /// To choose and calibrate on. Without any, parts of `train` are held out in turn.
    pub dev: &'a [LabelledText],
    /// How to learn.
    pub config: HeadConfig,
}

/// What is thought of one text. Labels are positions in [`LabelClassifier::labels`].
#[derive(Debug, Clone, PartialEq)]
pub struct LabelScores {
    /// Every label and its calibrated probability, given that the text is in scope; best first.
    pub ranking: Vec<(usize, f32)>,
    /// How much speaks for out of scope, 0..=1; a probability where examples of that were seen.
    pub out_of_scope: f32,
    /// Whether that is above the cut chosen in training.
    pub is_out_of_scope: bool,
    /// The labels it has, with the probability of each; several for a text that means several
    /// things, none for one that is out of scope.
    pub present: Vec<(usize, f32)>,
    /// The smallest set of labels that holds the right one with the stated coverage.
    pub prediction_set: Vec<usize>,
}

/// Scores labels. Belongs to the encoder it was trained with.
#[derive(Clone, PartialEq)]
pub struct LabelClassifier {
    pub(super) id: String,
    pub(super) encoder: String,
    pub(super) dimension: usize,
    pub(super) labels: Vec<String>,
    pub(super) config: HeadConfig,
    pub(super) head: Head,
    pub(super) vocabulary: Vocabulary,
    pub(super) anchors: Anchors,
    pub(super) calibration: Calibration,
}

impl LabelClassifier {
    /// Trains from nothing. Takes seconds, and `encoder`'s time for all texts; `progress` is told
    /// the share done, 0..=1.
    ///
    /// # Errors
    ///
    /// [`TrainError`] without examples, or when the encoder fails.
    pub fn train(
        training: &LabelTraining<'_>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Self, TrainError> {
        let LabelTraining { encoder, train, dev, config } = training;
        let labels: BTreeSet<&str> =
            train.iter().flat_map(|row| &row.labels).map(String::as_str).collect();
        let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
        if labels.is_empty() {
            return Err(TrainError::NoExamples);
        }
        let class = |row: &LabelledText| {
            let first = row.labels.first()?;
            labels.binary_search(first).ok()
        };
        let known = |row: &&LabelledText| row.labels.is_empty() || class(row).is_some();
        let all: Vec<&LabelledText> = train.iter().chain(dev.iter().filter(known)).collect();
        let texts: Vec<String> = all.iter().map(|row| normalize(&row.text).0).collect();
        let embeddings =
            encode_all(*encoder, &texts, &mut |share| progress(share * ENCODING_SHARE))?;

        let ngrams: Vec<Ngrams> = texts.iter().map(|text| Ngrams::of(text)).collect();
        let vocabulary = Vocabulary::of(&ngrams[..train.len()], config.min_documents);
        let rows: Vec<_> = ngrams
            .iter()
            .zip(&embeddings)
            .zip(*train)
            .map(|((ngrams, embedding), row)| {
                let features = vocabulary.features(ngrams, embedding, config);
                (features, class(row).unwrap_or(labels.len()))
            })
            .collect();
        let dimension = encoder.dimension();
        let (width, n_classes) = (vocabulary.width(dimension), labels.len() + 1);
        let head = Head::train(width, n_classes, &rows, config, &mut |share| {
            progress(ENCODING_SHARE + share * (1.0 - ENCODING_SHARE));
        });
        let inside = embeddings.iter().zip(*train).filter(|(_, row)| !row.labels.is_empty());
        let mut classifier = Self {
            id: String::new(),
            encoder: encoder.fingerprint().to_owned(),
            dimension,
            config: config.clone(),
            head,
            vocabulary,
            anchors: Anchors::of(inside.map(|(embedding, _)| embedding)),
            calibration: Calibration::NONE,
            labels: labels.clone(),
        };
        let unseen: Vec<Scored> = (train.len()..all.len())
            .map(|i| classifier.raw(&texts[i], &embeddings[i], class(all[i])))
            .collect();
        classifier.calibration = Calibration::fit(&unseen);
        classifier.id = cache::id(&classifier);
        Ok(classifier)
    }

    /// Scores `text`, which is normalised, and whose `embedding` is by the encoder of the training.
    #[must_use]
    pub fn score(&self, text: &str, embedding: &Embedding) -> LabelScores {
        let raw = self.raw(text, embedding, None);
        let ranking = self.calibration.ranking(&raw.logits);
        let out_of_scope = self.calibration.out_of_scope(&raw);
        let is_out_of_scope = out_of_scope > 0.5;
        let first = ranking.first().copied();
        LabelScores {
            out_of_scope,
            is_out_of_scope,
            present: if is_out_of_scope { Vec::new() } else { first.into_iter().collect() },
            prediction_set: smallest(&ranking, 0.9),
            ranking,
        }
    }

    /// The labels, in the order the scores count them.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Names the weights: `<encoder>/<head>`, eight characters each.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How large it is on disk, in bytes.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        cache::encode(self).len()
    }

    fn raw(&self, text: &str, embedding: &Embedding, label: Option<usize>) -> Scored {
        debug_assert_eq!(embedding.values().len(), self.dimension, "another encoder's embedding");
        let features = self.vocabulary.features(&Ngrams::of(text), embedding, &self.config);
        Scored {
            label,
            logits: self.head.logits(&features),
            nearest: self.anchors.nearest(embedding),
            coverage: features.coverage,
        }
    }
}

impl fmt::Debug for LabelClassifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LabelClassifier").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The first labels that together have `coverage`.
fn smallest(ranking: &[(usize, f32)], coverage: f32) -> Vec<usize> {
    let mut sum = 0.0;
    let mut set = Vec::new();
    for (label, probability) in ranking {
        set.push(*label);
        sum += probability;
        if sum >= coverage {
            break;
        }
    }
    set
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
