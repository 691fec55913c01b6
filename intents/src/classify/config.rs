//! How heads are trained.

use serde::{Deserialize, Serialize};

/// How the heads are trained. What suits the vectors at hand (ridge, kernel width, how the heads
/// are mixed, cuts) is chosen on held-out examples; this says among what, and how hard to try.
/// Part of the cache's key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HeadConfig {
    /// Decides which examples are held out together and which become landmarks.
    pub seed: u64,
    /// Length of the embedding among the features of the linear head.
    pub embedding_weight: f32,
    /// Length of the word n-grams.
    pub word_weight: f32,
    /// Length of the character n-grams.
    pub char_weight: f32,
    /// Messages an n-gram must occur in to count.
    pub min_documents: usize,
    /// Strengths to choose from of the pull of the linear head's weights to zero, beside the
    /// summed loss; strongest first.
    pub l2: Vec<f32>,
    /// The same for the yes-or-no heads, where texts have several labels.
    pub several_l2: Vec<f32>,
    /// Steps of the optimiser at most.
    pub max_iterations: usize,
    /// Stop when a step gains less than this share of the loss.
    pub tolerance: f64,
    /// Kernel widths to choose from.
    pub gammas: Vec<f32>,
    /// Strengths of the kernel head's ridge to choose from.
    pub ridges: Vec<f64>,
    /// Examples that the kernel head compares a message with, at most.
    pub max_landmarks: usize,
    /// Without dev examples, how many parts of the training examples are held out in turn.
    pub n_folds: usize,
    /// How often prediction sets hold the right label, 0..1.
    pub coverage: f32,
}

impl Default for HeadConfig {
    fn default() -> Self {
        Self {
            seed: 0,
            embedding_weight: 3.0,
            word_weight: 2.0,
            char_weight: 2.0,
            min_documents: 2,
            l2: vec![0.6, 0.15, 0.04],
            several_l2: vec![0.6, 0.2, 0.06, 0.02, 0.006],
            max_iterations: 120,
            tolerance: 1e-4,
            gammas: vec![0.5, 1.0, 2.0],
            ridges: vec![0.03, 0.1, 0.3],
            max_landmarks: 1500,
            n_folds: 5,
            coverage: 0.95,
        }
    }
}

impl HeadConfig {
    /// What suits short messages in several languages: an encoder of English knows a part of what
    /// they say, so their spelling counts for more than in one language.
    #[must_use]
    pub fn multilingual() -> Self {
        Self { word_weight: 3.0, char_weight: 4.0, ..Self::default() }
    }

    /// What suits an encoder that knows spelling only: its vectors say little that the n-grams do
    /// not, and every n-gram is needed.
    #[must_use]
    pub fn heuristic() -> Self {
        Self {
            embedding_weight: 2.0,
            word_weight: 4.0,
            char_weight: 5.0,
            min_documents: 1,
            ..Self::default()
        }
    }
}
