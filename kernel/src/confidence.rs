//! A calibrated probability.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How sure we are, from 0 (not at all) to 1 (certain). Never NaN.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f32", into = "f32")]
pub struct Confidence(f32);

/// The number is not within 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("confidence must lie in 0..=1, not {0}")]
pub struct ConfidenceError(pub f32);

impl Confidence {
    /// No confidence at all.
    pub const ZERO: Self = Self(0.0);
    /// Certainty.
    pub const ONE: Self = Self(1.0);

    /// Accepts a probability.
    ///
    /// # Errors
    ///
    /// [`ConfidenceError`] outside 0..=1, and for NaN.
    pub fn new(value: f32) -> Result<Self, ConfidenceError> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(ConfidenceError(value)) }
    }

    /// Takes the nearest valid confidence; NaN becomes zero. For the output of arithmetic that can
    /// overshoot by a rounding error.
    #[must_use]
    pub fn saturating(value: f32) -> Self {
        if value.is_nan() { Self::ZERO } else { Self(value.clamp(0.0, 1.0)) }
    }

    /// The probability, 0..=1.
    #[must_use]
    pub const fn get(self) -> f32 {
        self.0
    }
}

impl TryFrom<f32> for Confidence {
    type Error = ConfidenceError;

    fn try_from(value: f32) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<Confidence> for f32 {
    fn from(value: Confidence) -> Self {
        value.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}
