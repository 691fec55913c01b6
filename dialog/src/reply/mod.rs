//! From acts to words: one language, plain WhatsApp text.
//!
//! Says nothing that is not in the acts or the facts. Wording lives in `locales/*/*.ftl`, a file for
//! each voice; dates and numbers are formatted by ICU.

mod act;
pub(crate) mod bank;
mod format;
pub(crate) mod guard;
mod lists;
mod marks;
mod why;
mod words;

pub use guard::{Locked, Violation};
use kernel::Locale;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{DialogAct, Facts};

/// The longest text WhatsApp takes, in characters.
const MAX_CHARS: usize = 4096;

/// Puts acts into words, in the business's tone: a paragraph each, at most 4096 characters, no bidi
/// marks.
///
/// Where a voice has several wordings they take turns by the second of the turn, so the same acts
/// with the same facts are the same words.
#[must_use]
pub fn render(acts: &[DialogAct], facts: &Facts, locale: Locale) -> String {
    shorten(&marks::strip(&marked(acts, facts, locale)), MAX_CHARS)
}

/// Puts acts into words as [`render`] does, with the facts locked: for whoever rewords them.
#[must_use]
pub fn lock(acts: &[DialogAct], facts: &Facts, locale: Locale) -> Locked {
    let services = facts.services.iter().flat_map(|service| service.names.iter());
    let services = services.map(|(_, name)| name.clone());
    let names = services.chain(facts.staff.iter().map(|member| member.name.clone()));
    Locked::new(&marked(acts, facts, locale), names)
}

fn marked(acts: &[DialogAct], facts: &Facts, locale: Locale) -> String {
    let tone = &facts.business.tone;
    let turn = facts.now.timestamp().as_second().to_le_bytes();
    let seed = bank::fnv(bank::fnv(0, &turn), facts.business.name.as_bytes());
    let speaker = act::Speaker { facts, locale, seed };
    let mut paragraphs: Vec<String> =
        acts.iter().map(|act| speaker.say(act)).filter(|paragraph| !paragraph.is_empty()).collect();
    if acts.last().is_some_and(ends_something)
        && let Some(own) = tone.sign_off.get(&locale)
    {
        paragraphs.push(marks::fact(&plain(own, MAX_CHARS)));
    }
    marks::emoji(&paragraphs.join("\n\n"), tone.emoji)
}

/// Whether a reply that ends with this ends what it was about, so that a sign-off fits.
const fn ends_something(act: &DialogAct) -> bool {
    matches!(
        act,
        DialogAct::Booked { .. }
            | DialogAct::Moved { .. }
            | DialogAct::Cancelled { .. }
            | DialogAct::Goodbye
            | DialogAct::News { .. }
    )
}

/// Cuts between graphemes, so that at most `max` characters are left, the last of them an ellipsis.
fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut n_chars = 1; // the ellipsis
    for grapheme in text.graphemes(true) {
        n_chars += grapheme.chars().count();
        if n_chars > max {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.push('…');
    kept
}

/// Makes text from outside safe inside a reply: one line, no markup, no invisible characters.
pub(crate) fn plain(text: &str, max: usize) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '*' | '_' | '~' | '`') && !is_invisible(*c))
        .collect();
    shorten(kept.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), max)
}

/// Direction marks and zero-width characters, which can make a text read as another, and our own
/// marks.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
            | marks::OPEN
            | marks::CLOSE
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_text_loses_markup_and_tricks() {
        assert_eq!(plain("*An\u{202E}a*\n_Ruiz_ ", 40), "Ana Ruiz");
        assert_eq!(plain("abcdef", 4), "abc…");
    }

    #[test]
    fn cutting_counts_characters_and_keeps_graphemes_whole() {
        let family = "👩‍👩‍👧".repeat(1000);
        let cut = shorten(&family, 4096);
        assert!(cut.chars().count() <= 4096);
        assert!(cut.trim_end_matches('…').ends_with("👩‍👩‍👧"));
    }
}
