//! Cleans what people type, and keeps the way back to it.
//!
//! One pass over the message, linear in its length. Only the first [`MAX_CODE_POINTS`] code points
//! are looked at; nobody books with a longer message, and everything after `normalize` may then
//! assume a short text. It does not correct spelling and does not translate.

use kernel::Locale;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{Utterance, language};

/// How much of a message is read, in code points of the original.
pub const MAX_CODE_POINTS: usize = 4_000;

/// More accents than this on one letter are decoration.
const MAX_MARKS: usize = 3;

impl Utterance {
    /// Normalises `original` and decides its language; `prior` is the conversation's language, or
    /// the tenant's default at the start of one.
    #[must_use]
    pub fn new(original: &str, prior: Locale) -> Self {
        let (text, offsets) = normalize(original);
        let locale = language::detect(&text, prior);
        Self { original: original.to_owned(), text, offsets, locale }
    }

    /// Normalises `original`, whose language is known.
    #[must_use]
    pub fn in_locale(original: &str, locale: Locale) -> Self {
        let (text, offsets) = normalize(original);
        Self { original: original.to_owned(), text, offsets, locale }
    }
}

/// Normalises a message.
///
/// NFKC; zero-width and bidirectional controls gone; WhatsApp's `*bold*`, `_italic_` and
/// `~struck~` marks gone at the edges of words; typographic quotes and dashes plain; digits of any
/// script as ASCII; lower case; letters repeated three times or more shortened ("siiii" to "si");
/// whitespace collapsed and trimmed. Emoji stay.
///
/// The second value has, for each code point of the first, the code point of `original` it came
/// from, and one more entry for the end.
#[must_use]
pub fn normalize(original: &str) -> (String, Vec<usize>) {
    let clean = shorten(&strip_markup(&fold(original)));
    let end = original.chars().take(MAX_CODE_POINTS).count();
    let text = clean.iter().map(|(character, _)| character).collect();
    let offsets = clean.iter().map(|(_, offset)| *offset).chain([end]).collect();
    (text, offsets)
}

/// A character and where it came from.
type Placed = (char, usize);

/// Compatibility forms, case, digits, punctuation; invisible characters dropped.
fn fold(original: &str) -> Vec<Placed> {
    let mut out = Vec::new();
    let mut cluster = String::new();
    let mut start = 0;
    let mut marks = 0;
    for (at, character) in original.chars().take(MAX_CODE_POINTS).enumerate() {
        if is_combining_mark(character) {
            marks += 1;
            if marks <= MAX_MARKS && !is_variation(character) {
                cluster.push(character);
            }
            continue;
        }
        flush(&mut out, &mut cluster, start);
        (start, marks) = (at, 0);
        if !is_invisible(character) {
            cluster.push(character);
        }
    }
    flush(&mut out, &mut cluster, start);
    out
}

fn flush(out: &mut Vec<Placed>, cluster: &mut String, start: usize) {
    for character in cluster.nfkc().flat_map(char::to_lowercase) {
        out.push((plain(character), start));
    }
    cluster.clear();
}

const fn is_variation(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}')
}

/// Zero-width, bidirectional and control characters. Line ends and tabs count as spaces later.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// The first digit of each decimal block that NFKC leaves alone.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,
    0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xAA50, 0xABF0,
];

/// ASCII for digits, quotes, dashes and spaces.
fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '`' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ if character.is_whitespace() => ' ',
        _ if character.is_ascii() => character,
        _ => {
            let code = u32::from(character);
            ZEROS
                .iter()
                .find(|zero| (**zero..**zero + 10).contains(&code))
                .and_then(|zero| char::from_digit(code - zero, 10))
                .unwrap_or(character)
        }
    }
}

/// Drops `*_~` unless they join two letters or digits, as in `snake_case`.
fn strip_markup(text: &[Placed]) -> Vec<Placed> {
    let is_markup = |character: char| matches!(character, '*' | '_' | '~');
    let mut out: Vec<Placed> = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let run = text[at..].iter().take_while(|(character, _)| is_markup(*character)).count();
        if run == 0 {
            out.push(text[at]);
            at += 1;
            continue;
        }
        let joins = |placed: Option<&Placed>| placed.is_some_and(|(c, _)| c.is_alphanumeric());
        if joins(out.last()) && joins(text.get(at + run)) {
            out.extend_from_slice(&text[at..at + run]);
        }
        at += run;
    }
    out
}

/// Shortens drawn-out letters, collapses and trims whitespace.
fn shorten(text: &[Placed]) -> Vec<Placed> {
    let mut out: Vec<Placed> = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (character, _) = text[at];
        let run = text[at..].iter().take_while(|(other, _)| *other == character).count();
        let next = text.get(at + run).map(|(other, _)| *other);
        let keep = match character {
            ' ' if out.is_empty() || next.is_none() => 0,
            ' ' => 1,
            _ if character.is_alphabetic() && run >= 3 => kept_letters(character, next),
            _ => run,
        };
        out.extend_from_slice(&text[at..at + keep]);
        at += run;
    }
    out
}

/// "sooo" is "so" and "holaaa" is "hola", but "coool" is "cool".
fn kept_letters(character: char, next: Option<char>) -> usize {
    let inside = next.is_some_and(char::is_alphabetic);
    if inside && matches!(character, 'e' | 'o' | 'l' | 's' | 't' | 'f' | 'r') { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cleans_what_people_type() {
        for (typed, expected) in [
            ("  Hello\n\n world ", "hello world"),
            ("*bold* _it_ ~no~", "bold it no"),
            ("snake_case 2*3", "snake_case 2*3"),
            ("siiii", "si"),
            ("holaaaa", "hola"),
            ("coool", "cool"),
            ("3000 €", "3000 €"),
            ("a\u{200b}b\u{202e}c", "abc"),
            ("３pm", "3pm"),
            ("١٥:٣٠", "15:30"),
            ("MAÑANA", "mañana"),
            ("man\u{303}ana", "mañana"),
            ("it’s “ok” – yes", "it's \"ok\" - yes"),
            ("👍🏽 ok", "👍🏽 ok"),
            ("2\u{fe0f}\u{20e3}", "2\u{20e3}"),
            ("", ""),
            ("***", ""),
        ] {
            assert_eq!(normalize(typed).0, expected, "{typed}");
        }
    }

    #[test]
    fn offsets_lead_back() {
        let (text, offsets) = normalize("Hola *Ana*,  sí");
        assert_eq!(text, "hola ana, sí");
        assert_eq!(offsets, [0, 1, 2, 3, 4, 6, 7, 8, 10, 11, 13, 14, 15]);
    }

    #[test]
    fn long_messages_are_cut() {
        let (text, offsets) = normalize(&"ab ".repeat(30_000));
        assert!(text.chars().count() <= MAX_CODE_POINTS);
        assert_eq!(offsets.last(), Some(&MAX_CODE_POINTS));
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing_more_than_once(typed in "[ a-zA-Záñ*_~0-9]{0,40}") {
            let once = normalize(&typed).0;
            prop_assert_eq!(&normalize(&once).0, &once);
        }
    }
}
