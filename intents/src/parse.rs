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
    /// A language model elsewhere proposed it, and it passed as if the customer had typed it.
    Remote,
}

/// How likely each intent is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IntentScores {
    /// Calibrated probabilities over in-scope intents, best first, at most five.
    pub ranking: Vec<(Intent, Confidence)>,
    /// Probability that the message is nothing a booking assistant answers.
    pub out_of_scope: Confidence,
    /// Above which probability it is taken to be that; chosen when the heads were trained.
    pub out_of_scope_cut: Confidence,
    /// Everything the message wants, each with its probability: "cancel Friday and book Monday" is
    /// two things. The first of the ranking is among them; none when out of scope.
    #[serde(default)]
    pub present: Vec<(Intent, Confidence)>,
    /// The likeliest intents, as many as it takes to hold the right one with the coverage that the
    /// heads were trained for: what to choose between when asking back. Never empty.
    #[serde(default)]
    pub candidates: Vec<Intent>,
    /// The log-odds that the open question added to intents that answer it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prior: Vec<(Intent, f32)>,
    /// Which path answered.
    pub source: ClassifierSource,
    /// Hash of the weights and the head that answered; names the exact model in a trace.
    pub model: String,
}

impl IntentScores {
    /// One intent and nothing else, as sure as `confidence` says.
    #[must_use]
    pub fn certain(intent: Intent, confidence: Confidence) -> Self {
        let other = Confidence::saturating(1.0 - confidence.get());
        let is_outside = intent == Intent::OutOfScope;
        let inside = if is_outside { vec![] } else { vec![(intent, confidence)] };
        Self {
            candidates: inside.iter().map(|(intent, _)| *intent).collect(),
            present: inside.clone(),
            ranking: inside,
            out_of_scope: if is_outside { confidence } else { other },
            out_of_scope_cut: Confidence::saturating(0.5),
            prior: Vec::new(),
            source: ClassifierSource::Rule,
            model: String::new(),
        }
    }

    /// The best in-scope intent, or [`Intent::OutOfScope`] where that is likelier than the cut.
    /// The confidence is that of the answer as a whole: an intent is only as sure as the message's
    /// being in scope.
    #[must_use]
    pub fn top(&self) -> (Intent, Confidence) {
        if self.out_of_scope > self.out_of_scope_cut {
            return (Intent::OutOfScope, self.out_of_scope);
        }
        let Some((intent, p)) = self.ranking.first() else {
            return (Intent::OutOfScope, Confidence::ZERO);
        };
        (*intent, Confidence::saturating(p.get() * (1.0 - self.out_of_scope.get())))
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
