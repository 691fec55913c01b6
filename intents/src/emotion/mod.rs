//! What a message feels like: frustrated, anxious, happy, urgent; several at once, mostly none.
//!
//! Calibrated probabilities that change how something is said and what is offered first, never what
//! is booked. The head is the label-generic classifier of [`crate::classify`] over own lines.

mod classifier;
mod examples;

use kernel::Confidence;
use serde::{Deserialize, Serialize};

pub use self::{
    classifier::{EmotionClassifier, EmotionTraining},
    examples::{EmotionExample, EmotionExamples},
};

/// From which probability on a feeling counts as shown. Above one half, because plain requests are
/// far more common in a chat than among the lines learnt from, and to overlook a feeling costs less
/// than to imagine one: on dev, 4 in 100 plain booking messages reach it, and 6 reach one half.
const SHOWN: f32 = 0.7;

/// A feeling that changes how we answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emotion {
    /// Annoyed, angry or let down, in plain words or in sarcasm.
    Frustrated,
    /// Worried, afraid or nervous.
    Anxious,
    /// Delighted or deeply thankful; more than politeness.
    Happy,
    /// Cannot wait: needs somebody or something now. Wanting an early time is not enough.
    Urgent,
}

/// How likely each feeling is in one message.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feelings {
    /// Probability of [`Emotion::Frustrated`].
    pub frustrated: Confidence,
    /// Probability of [`Emotion::Anxious`].
    pub anxious: Confidence,
    /// Probability of [`Emotion::Happy`].
    pub happy: Confidence,
    /// Probability of [`Emotion::Urgent`].
    pub urgent: Confidence,
}

impl Emotion {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::Frustrated, Self::Anxious, Self::Happy, Self::Urgent];

    /// As written in the example files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Frustrated => "frustrated",
            Self::Anxious => "anxious",
            Self::Happy => "happy",
            Self::Urgent => "urgent",
        }
    }
}

impl Feelings {
    /// Nothing felt, or nobody there to tell.
    pub const NONE: Self = Self {
        frustrated: Confidence::ZERO,
        anxious: Confidence::ZERO,
        happy: Confidence::ZERO,
        urgent: Confidence::ZERO,
    };

    /// The probability of one feeling.
    #[must_use]
    pub const fn of(&self, emotion: Emotion) -> Confidence {
        match emotion {
            Emotion::Frustrated => self.frustrated,
            Emotion::Anxious => self.anxious,
            Emotion::Happy => self.happy,
            Emotion::Urgent => self.urgent,
        }
    }

    /// Whether one feeling is sure enough to act on.
    #[must_use]
    pub fn shows(&self, emotion: Emotion) -> bool {
        self.of(emotion).get() >= SHOWN
    }

    pub(crate) const fn of_mut(&mut self, emotion: Emotion) -> &mut Confidence {
        match emotion {
            Emotion::Frustrated => &mut self.frustrated,
            Emotion::Anxious => &mut self.anxious,
            Emotion::Happy => &mut self.happy,
            Emotion::Urgent => &mut self.urgent,
        }
    }
}

impl Default for Feelings {
    fn default() -> Self {
        Self::NONE
    }
}
