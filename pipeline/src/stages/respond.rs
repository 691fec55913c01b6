//! Acts to words, in the customer's language. Adds no fact of its own.

use channels::inbox::Assistant;
use dialog::{Action, DialogAct, DialogState, render};
use kernel::Locale;

use super::{receive::Message, retrieve::Known};

/// How a turn ends.
#[derive(Debug)]
pub(crate) struct Concluded {
    /// What the conversation remembers from now on.
    pub(crate) state: DialogState,
    /// Whether Booka may answer from now on.
    pub(crate) assistant: Assistant,
    /// The language of the conversation from now on.
    pub(crate) locale: Locale,
    /// What to send; nothing when silence is right.
    pub(crate) reply: Option<String>,
}

/// Words the acts of an ordinary turn.
pub(crate) fn respond(
    known: &Known,
    action: Action,
    state: DialogState,
    acts: &[DialogAct],
    locale: Locale,
) -> Concluded {
    let assistant = match action {
        Action::HandOver { .. } => Assistant::HandedOver,
        // What came of it may be for a person, too.
        _ if acts.contains(&DialogAct::HandedOver) => Assistant::HandedOver,
        Action::OptOut { .. } => Assistant::OptedOut,
        _ => Assistant::Active,
    };
    Concluded { state, assistant, locale, reply: words(known, acts, locale) }
}

/// Somebody who had opted out is back.
pub(crate) fn welcome_back(known: &Known, message: &Message) -> Concluded {
    let locale = message.locale(known);
    Concluded {
        state: DialogState::default(),
        assistant: Assistant::Active,
        locale,
        reply: words(known, &[DialogAct::Greet], locale),
    }
}

/// A picture, a voice note, a place: ask for text, keep everything as it was.
pub(crate) fn text_only(known: &Known, message: &Message) -> Concluded {
    let locale = message.locale(known);
    Concluded {
        state: message.state.clone(),
        assistant: Assistant::Active,
        locale,
        reply: words(known, &[DialogAct::TextOnly], locale),
    }
}

/// Not ours to answer.
pub(crate) fn quiet(known: &Known, message: &Message, reason: &'static str) -> Concluded {
    metrics::counter!("booka_turns_quiet_total", "reason" => reason).increment(1);
    Concluded {
        state: message.state.clone(),
        assistant: message.assistant,
        locale: message.locale(known),
        reply: None,
    }
}

fn words(known: &Known, acts: &[DialogAct], locale: Locale) -> Option<String> {
    Some(render(acts, &known.facts, locale)).filter(|text| !text.trim().is_empty())
}
