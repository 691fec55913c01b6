//! The classifier itself, for labels of any kind: the booking intents are one set of them, the
//! public benchmark sets are others. One way to train for all.

use std::{collections::BTreeSet, fmt, io, path::Path};

use models::{Embedding, EncodeError, Encoder, ngrams::Ngrams};
use serde::{Deserialize, Serialize};

use super::{
    TrainError, cache,
    config::HeadConfig,
    features::Vocabulary,
    linear::{Linear, log_sum_exp},
    outside::{Outside, signals},
    ridge::Kernel,
    several::Several,
    stack::{Stack, TopOdds},
    train::{Text, Trainer, opinion},
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
    /// Whether that is above [`LabelClassifier::out_of_scope_cut`].
    pub is_out_of_scope: bool,
    /// The labels it has, with the probability of each, the likeliest first. Where the examples
    /// have one label each, that is the first of the ranking, or none when it is out of scope.
    pub present: Vec<(usize, f32)>,
    /// The likeliest labels, as many as it takes to hold the right one with the coverage of the
    /// configuration (split conformal prediction). Never empty.
    pub prediction_set: Vec<usize>,
}

/// Scores labels. Belongs to the encoder it was trained with.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelClassifier {
    #[serde(skip)]
    pub(super) id: String,
    pub(super) encoder: String,
    pub(super) dimension: usize,
    pub(super) labels: Vec<String>,
    /// The labels, and out of scope if there were examples of it.
    pub(super) n_classes: usize,
    pub(super) config: HeadConfig,
    pub(super) vocabulary: Vocabulary,
    pub(super) linear: Linear,
    pub(super) kernel: Kernel,
    pub(super) several: Option<Several>,
    pub(super) stack: Stack,
    pub(super) top_odds: TopOdds,
    pub(super) outside: Outside,
    /// How much probability may lie on better labels for a label to be in the prediction set.
    pub(super) mass_above: f32,
}

impl LabelClassifier {
    /// Trains from nothing. Takes seconds to a minute, and `encoder`'s time for all texts;
    /// `progress` is told the share done, 0..=1.
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
        // A dev example of a label that training never saw can tell nothing.
        let position = |label: &String| labels.binary_search(label).ok();
        let dev: Vec<&LabelledText> =
            dev.iter().filter(|row| row.labels.iter().all(|l| position(l).is_some())).collect();
        let all: Vec<&LabelledText> = train.iter().chain(dev).collect();
        let texts: Vec<String> = all.iter().map(|row| normalize(&row.text).0).collect();
        let embeddings =
            encode_all(*encoder, &texts, &mut |share| progress(share * ENCODING_SHARE))?;
        let mut texts: Vec<Text> = texts
            .iter()
            .zip(embeddings)
            .zip(&all)
            .map(|((text, embedding), row)| Text {
                ngrams: Ngrams::of(text),
                embedding,
                labels: row.labels.iter().filter_map(position).collect(),
            })
            .collect();
        let dev = texts.split_off(train.len());
        let trainer = Trainer {
            config,
            n_labels: labels.len(),
            dimension: encoder.dimension(),
            has_outside: texts.iter().any(|text| text.labels.is_empty()),
            has_several: texts.iter().any(|text| text.labels.len() > 1),
        };
        let mut classifier = trainer.run(&texts, &dev, &mut |share| {
            progress(ENCODING_SHARE + share * (1.0 - ENCODING_SHARE));
        });
        encoder.fingerprint().clone_into(&mut classifier.encoder);
        classifier.labels = labels;
        classifier.id = cache::id(&classifier);
        progress(1.0);
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
        training: &LabelTraining<'_>,
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

    /// Writes the classifier to `path`: all of it or nothing.
    ///
    /// # Errors
    ///
    /// When the file or its directory cannot be written.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        cache::write(path, self)
    }

    /// Reads what [`Self::save`] wrote; `None` when there is no usable file.
    #[must_use]
    pub fn open(path: &Path) -> Option<Self> {
        cache::read(path)
    }

    /// Scores `text`, which is normalised, and whose `embedding` is by the encoder of the training.
    #[must_use]
    pub fn score(&self, text: &str, embedding: &Embedding) -> LabelScores {
        debug_assert_eq!(embedding.values().len(), self.dimension, "another encoder's embedding");
        let row = self.vocabulary.row(&Ngrams::of(text), embedding, &self.config);
        let opinion = opinion(&self.linear, &self.kernel, &row);
        let n_labels = self.labels.len();
        let stacked = self.stack.scores(&opinion, self.n_classes);
        let mut ranking = ranking(&stacked[..n_labels]);
        self.top_odds.apply(&mut ranking);
        let out_of_scope = self.outside.score(&signals(&opinion, &stacked, n_labels));
        let is_out_of_scope = out_of_scope > self.outside.cut;
        let probabilities: Vec<f32> = ranking.iter().map(|(_, p)| *p).collect();
        let n_in_set = self.n_in_prediction_set(&probabilities);
        let prediction_set = ranking[..n_in_set].iter().map(|(label, _)| *label).collect();
        let present = match &self.several {
            Some(several) => several.present(&several.linear.scores(&row), &opinion),
            None if is_out_of_scope => Vec::new(),
            None => ranking.first().copied().into_iter().collect(),
        };
        LabelScores { ranking, out_of_scope, is_out_of_scope, present, prediction_set }
    }

    /// For each label, the calibrated probability that the text has it, whatever else it has. The
    /// arguments are those of [`Self::score`].
    #[must_use]
    pub fn presences(&self, text: &str, embedding: &Embedding) -> Vec<f32> {
        let Some(several) = &self.several else {
            let scores = self.score(text, embedding);
            let mut presences = vec![0.0; self.labels.len()];
            for (label, p) in scores.ranking {
                presences[label] = p * (1.0 - scores.out_of_scope);
            }
            return presences;
        };
        let row = self.vocabulary.row(&Ngrams::of(text), embedding, &self.config);
        let opinion = opinion(&self.linear, &self.kernel, &row);
        several.probabilities(&several.linear.scores(&row), &opinion)
    }

    /// How many of the likeliest labels the prediction set has, for probabilities best first.
    pub(super) fn n_in_prediction_set(&self, probabilities: &[f32]) -> usize {
        let mut above = 0.0;
        let within = probabilities.iter().take_while(|p| {
            let is_in = above <= self.mass_above;
            above += **p;
            is_in
        });
        within.count()
    }

    /// The labels, in the order the scores count them.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// From which score on a text is called out of scope, 0..=1.
    #[must_use]
    pub const fn out_of_scope_cut(&self) -> f32 {
        self.outside.cut
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
}

impl fmt::Debug for LabelClassifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LabelClassifier").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Log-odds to probabilities, best first.
pub(super) fn ranking(scores: &[f32]) -> Vec<(usize, f32)> {
    let log_sum = log_sum_exp(scores);
    let mut ranking: Vec<(usize, f32)> =
        scores.iter().map(|score| (score - log_sum).exp()).enumerate().collect();
    ranking.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranking
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
