//! Which part of a text is wording and which is fact.
//!
//! Everything that comes from outside a phrase bank stands between two marks, so that what is done
//! to wording (emoji, courtesies, locking) cannot touch a name that happens to look like it. The
//! marks are private-use characters that [`super::plain`] takes out of whatever comes from outside,
//! and are taken out again before anything is sent. A fact may lie inside a fact; the outer counts.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::{Emoji, Length};

pub(super) const OPEN: char = '\u{E000}';
pub(super) const CLOSE: char = '\u{E001}';

/// What a phrase bank puts around a sentence that is mere courtesy.
const COURTESY: (char, char) = ('⟨', '⟩');

/// A stretch of a marked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// From a phrase bank.
    Own(String),
    /// From outside, without its marks.
    Fact(String),
}

/// Marks a fact.
pub(super) fn fact(text: &str) -> String {
    format!("{OPEN}{text}{CLOSE}")
}

/// Takes the marks out.
pub(super) fn strip(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

/// Wording and facts, in order.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut depth, mut current) = (0_usize, String::new());
    for c in text.chars() {
        match c {
            OPEN if depth == 0 => {
                if !current.is_empty() {
                    parts.push(Part::Own(std::mem::take(&mut current)));
                }
                depth = 1;
            }
            OPEN => depth += 1,
            CLOSE if depth == 1 => {
                parts.push(Part::Fact(std::mem::take(&mut current)));
                depth = 0;
            }
            CLOSE => depth = depth.saturating_sub(1),
            c => current.push(c),
        }
    }
    if !current.is_empty() {
        parts.push(Part::Own(current));
    }
    parts
}

/// Leaves courtesies in or out, without what a phrase bank puts around them.
pub(super) fn courtesies(text: &str, length: Length) -> String {
    let (mut kept, mut depth, mut is_courtesy) =
        (String::with_capacity(text.len()), 0_usize, false);
    for c in text.chars() {
        match c {
            OPEN => depth += 1,
            CLOSE => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && (c == COURTESY.0 || c == COURTESY.1) {
            is_courtesy = c == COURTESY.0;
        } else if !is_courtesy || length == Length::Normal {
            kept.push(c);
        }
    }
    kept.truncate(kept.trim_end_matches(' ').len());
    kept
}

/// Keeps as many emoji of the wording as the level has, each gone with the space before it.
pub(super) fn emoji(text: &str, level: Emoji) -> String {
    let (mut kept, mut depth, mut n_kept) = (String::with_capacity(text.len()), 0_usize, 0_usize);
    for grapheme in text.graphemes(true) {
        let first = grapheme.chars().next().unwrap_or_default();
        match first {
            OPEN => depth += 1,
            CLOSE => depth = depth.saturating_sub(1),
            _ => {}
        }
        let fits = match level {
            Emoji::None => false,
            Emoji::Few => n_kept == 0,
            Emoji::Many => true,
        };
        if depth > 0 || !is_emoji(first) {
            kept.push_str(grapheme);
        } else if fits {
            n_kept += 1;
            kept.push_str(grapheme);
        } else if kept.ends_with(' ') {
            kept.pop();
        }
    }
    kept
}

const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_told_from_wording() {
        let at = fact(&format!("{} at {}", fact("Tuesday"), fact("15:00")));
        let text = format!("On {at} with {}.", fact("Ana"));
        assert_eq!(strip(&text), "On Tuesday at 15:00 with Ana.");
        let own = |text: &str| Part::Own(text.to_owned());
        let fact = |text: &str| Part::Fact(text.to_owned());
        assert_eq!(
            parts(&text),
            [own("On "), fact("Tuesday at 15:00"), own(" with "), fact("Ana"), own(".")]
        );
    }

    #[test]
    fn emoji_and_courtesies_go_from_wording_only() {
        let text = format!("Yay! 🎉 {} is yours.⟨ See you! 💛⟩", fact("✂️ Cut ⟨long⟩ 💛"));
        let say = |length, level| strip(&emoji(&courtesies(&text, length), level));
        assert_eq!(
            say(Length::Normal, Emoji::Many),
            "Yay! 🎉 ✂️ Cut ⟨long⟩ 💛 is yours. See you! 💛"
        );
        assert_eq!(say(Length::Normal, Emoji::Few), "Yay! 🎉 ✂️ Cut ⟨long⟩ 💛 is yours. See you!");
        assert_eq!(say(Length::Short, Emoji::None), "Yay! ✂️ Cut ⟨long⟩ 💛 is yours.");
    }
}
