//! Text to atoms: runs of letters, runs of digits, single marks; each knows where it stood.
//!
//! Letters are folded: lower case, no accents. Nothing is dropped from the count, so that spans
//! always point into the text as it was given.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Code points looked at; what lies behind is not read. Keeps hostile input cheap.
pub(crate) const MAX_CODE_POINTS: usize = 16_384;

/// What an atom is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Folded letters.
    Word,
    /// Decimal digits; saturates far above any year.
    Number { value: u64, digits: u8 },
    /// One character that is neither.
    Mark(char),
}

/// The smallest piece of text the grammar sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Atom {
    pub(crate) shape: Shape,
    /// As folded, for the lexicon.
    pub(crate) text: String,
    /// In code points of the original.
    pub(crate) chars: Range<usize>,
    /// Nothing stands between it and the atom before.
    pub(crate) glued: bool,
    /// A line ends between it and the atom before.
    pub(crate) after_break: bool,
    /// Written with an accent somewhere, which tells "manhã" from "manha" in no way that lasts.
    pub(crate) accented: bool,
}

/// Splits a text.
pub(crate) fn lex(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut gap = true;
    let mut broken = true;
    for (at, character) in text.chars().take(MAX_CODE_POINTS).enumerate() {
        if is_combining_mark(character) && !gap {
            if let Some(last) = atoms.last_mut() {
                last.chars.end = at + 1;
                last.accented = true;
            }
            continue;
        }
        if character.is_whitespace() || is_invisible(character) {
            gap |= character.is_whitespace();
            broken |= matches!(character, '\n' | '\r');
            continue;
        }
        push(&mut atoms, at, character, !gap, broken);
        (gap, broken) = (false, false);
    }
    atoms
}

fn push(atoms: &mut Vec<Atom>, at: usize, character: char, glued: bool, after_break: bool) {
    // "º" and "ª" would fold to letters and run into words; they stay marks.
    let special = matches!(character, 'º' | 'ª' | '°' | '½' | '¼' | '¾');
    let folded: String = if special {
        character.to_string()
    } else {
        character.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)).map(plain).collect()
    };
    let accented = !special && !character.is_ascii() && character.is_alphabetic();
    let digit = (!special).then(|| folded.chars().next()).flatten().and_then(|c| c.to_digit(10));
    let letters = !special && folded.chars().all(char::is_alphabetic) && !folded.is_empty();
    if let Some(last) = atoms.last_mut().filter(|_| glued) {
        match (&mut last.shape, digit) {
            (Shape::Number { value, digits }, Some(digit)) => {
                *value = value.saturating_mul(10).saturating_add(u64::from(digit));
                *digits = digits.saturating_add(1);
                last.text.push_str(&folded);
                last.chars.end = at + 1;
                return;
            }
            (Shape::Word, None) if letters => {
                last.text.push_str(&folded);
                last.chars.end = at + 1;
                last.accented |= accented;
                return;
            }
            _ => {}
        }
    }
    let shape = match digit {
        Some(digit) => Shape::Number { value: u64::from(digit), digits: 1 },
        None if letters => Shape::Word,
        None => Shape::Mark(folded.chars().next().unwrap_or(character)),
    };
    atoms.push(Atom { shape, text: folded, chars: at..at + 1, glued, after_break, accented });
}

/// Quotes and dashes of print as the keyboard has them.
const fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' | '`' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        lex(text).into_iter().map(|atom| atom.text).collect()
    }

    #[test]
    fn splits_where_letters_meet_digits() {
        assert_eq!(texts("5:30pm"), ["5", ":", "30", "pm"]);
        assert_eq!(texts("15h30"), ["15", "h", "30"]);
        assert_eq!(texts("o’clock"), ["o", "'", "clock"]);
    }

    #[test]
    fn folds_and_keeps_the_place() {
        let atoms = lex("Já amanha\u{303}, ok");
        assert_eq!(atoms[1].text, "amanha");
        assert_eq!(atoms[1].chars, 3..10);
        assert_eq!(atoms[3].chars, 12..14);
        assert!(!atoms[3].glued);
    }
}
