//! What kind of message it is, before any model sees it: may we answer at all, and is there text?

use channels::inbox::Assistant;

use super::receive::Message;

/// Longest text a turn looks at, in characters; WhatsApp itself allows 4096. The whole of it stays
/// in the inbox.
const LONGEST: usize = 4096;

/// What to do with a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Screened {
    /// Understand this text.
    Say(String),
    /// They had asked us to stop and now ask us to go on.
    Resume,
    /// Ask for text.
    TextOnly,
    /// Say nothing, for this reason.
    Quiet(&'static str),
}

/// Sorts a message.
pub(crate) fn screen(message: &Message) -> Screened {
    match (message.assistant, &message.text) {
        (Assistant::HandedOver, _) => Screened::Quiet("a person has taken over"),
        (Assistant::OptedOut, Some(text)) if asks_to_resume(text) => Screened::Resume,
        (Assistant::OptedOut, _) => Screened::Quiet("the customer asked for no messages"),
        (Assistant::Active, None) => Screened::TextOnly,
        (Assistant::Active, Some(text)) => Screened::Say(text.chars().take(LONGEST).collect()),
    }
}

/// The words that undo an opt-out, alone in a message, in the three languages.
fn asks_to_resume(text: &str) -> bool {
    let word = text.trim().trim_end_matches(['.', '!']).to_lowercase();
    ["start", "unstop", "alta", "volver", "empezar", "voltar", "iniciar", "comecar", "começar"]
        .contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bare_word_resumes() {
        for yes in ["START", " start. ", "Voltar!", "alta"] {
            assert!(asks_to_resume(yes), "{yes}");
        }
        for no in ["please start", "", "stop", "when do you start?"] {
            assert!(!asks_to_resume(no), "{no}");
        }
    }
}
