//! What was understood.

use kernel::{Confidence, Locale};
use serde::{Deserialize, Serialize};

use crate::{Entity, Intent, emotion::Feelings};

/// A message after normalisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// What the customer typed.
    pub original: String,
    /// NFKC, markup and invisible characters gone, elongations shortened, lower case.
    pub text: String,
    /// For each code point of `text`, the code point of `original` it came from; one more entry at
    /// the end for the end.
    #[serde(skip)]
    pub offsets: Vec<usize>,
    /// The language it is in: detected, or the conversation's when the text is too short to tell.
    pub locale: Locale,
}

/// Which path answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassifierSource {
    /// An unmistakable phrase: a bare "yes", a lone 👍. Needs no model.
    Rule,
    /// The encoder and the trained head.
    Model,
    /// Hashed n-grams and the same kind of head, for machines without weights.
    Heuristic,
}

/// How likely each intent is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IntentScores {
    /// Calibrated probabilities over in-scope intents, best first, at most five.
    pub ranking: Vec<(Intent, Confidence)>,
    /// Probability that the message is nothing a booking assistant answers.
    pub out_of_scope: Confidence,
    /// Which path answered.
    pub source: ClassifierSource,
    /// Hash of the weights and the head that answered; names the exact model in a trace.
    pub model: String,
}

impl IntentScores {
    /// The best in-scope intent, or [`Intent::OutOfScope`] when that is more likely than not.
    #[must_use]
    pub fn top(&self) -> (Intent, Confidence) {
        if self.out_of_scope.get() > 0.5 {
            return (Intent::OutOfScope, self.out_of_scope);
        }
        self.ranking.first().copied().unwrap_or((Intent::OutOfScope, Confidence::ZERO))
    }

    /// How far the best is ahead of the second, 0..=1.
    #[must_use]
    pub fn margin(&self) -> f32 {
        let probability = |i: usize| self.ranking.get(i).map_or(0.0, |(_, p)| p.get());
        probability(0) - probability(1)
    }
}

/// Everything understood from one message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parse {
    /// The message.
    pub utterance: Utterance,
    /// What the person wants.
    pub intents: IntentScores,
    /// The values found, in order of appearance.
    pub entities: Vec<Entity>,
    /// What it feels like; nothing where no head for that is loaded.
    #[serde(default)]
    pub feelings: Feelings,
}
