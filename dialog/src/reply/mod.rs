//! From acts to words: one language, plain WhatsApp text.
//!
//! Says nothing that is not in the acts or the facts. Wording lives in `locales/*/main.ftl`; dates
//! and numbers are formatted by ICU.

mod act;
mod format;
mod lists;
mod why;
mod words;

use kernel::Locale;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{DialogAct, Facts};

/// The longest text WhatsApp takes, in characters.
const MAX_CHARS: usize = 4096;

/// Puts acts into words: a paragraph each, at most 4096 characters, no bidi marks.
#[must_use]
pub fn render(acts: &[DialogAct], facts: &Facts, locale: Locale) -> String {
    let speaker = act::Speaker { facts, locale };
    let paragraphs: Vec<String> =
        acts.iter().map(|act| speaker.say(act)).filter(|paragraph| !paragraph.is_empty()).collect();
    shorten(&paragraphs.join("\n\n"), MAX_CHARS)
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
fn plain(text: &str, max: usize) -> String {
    let kept: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '*' | '_' | '~' | '`') && !is_invisible(*c))
        .collect();
    shorten(kept.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), max)
}

/// Direction marks and zero-width characters, which can make a text read as another.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
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
