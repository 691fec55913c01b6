//! What the next message is likely to contain, for extraction and for the classifier's prior.

use crate::{DialogState, Question};

/// The question that is open, and how many numbered options it showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// What was asked.
    pub question: Question,
    /// How many offers are on screen; 0 when the question showed none or its list is in the facts.
    pub options: usize,
}

/// What the customer was last asked, or `None` when nothing is open.
#[must_use]
pub fn expecting(state: &DialogState) -> Option<Expected> {
    let options = |question| {
        if question == Question::Choice { state.offers.len() } else { 0 }
    };
    state.pending.map(|question| Expected { question, options: options(question) })
}
