//! Words, digits and marks of a text as typed, for the tagger.
//!
//! The extractor's own tokens are lower case without accents; a learned tagger wants the capitals.

use std::ops::Range;

/// Longer texts are cut here, in tokens: nobody says a name later than that.
const MAX_WORDS: usize = 400;

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Code points of the text, end exclusive.
    pub(crate) chars: Range<usize>,
    /// Lower case.
    pub(crate) lower: String,
    /// Its kinds of characters, runs shortened: "John" is `Xx`, "7" is `d`, "12" is `dd`.
    pub(crate) shape: String,
    /// No whitespace between this and the token before.
    pub(crate) glued: bool,
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Letters,
    Digits,
    Mark,
}

/// Cuts `text` where letters, digits and marks meet.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<(Word, Kind, String)> = Vec::new();
    let mut glued = false;
    for (at, character) in text.chars().enumerate() {
        if character.is_whitespace() {
            glued = false;
            continue;
        }
        let kind = if character.is_ascii_digit() {
            Kind::Digits
        } else if character.is_alphabetic() {
            Kind::Letters
        } else {
            Kind::Mark
        };
        match words.last_mut() {
            Some((word, last, typed)) if glued && *last == kind && kind != Kind::Mark => {
                word.chars.end = at + 1;
                typed.push(character);
            }
            _ => {
                if words.len() == MAX_WORDS {
                    break;
                }
                let word =
                    Word { chars: at..at + 1, lower: String::new(), shape: String::new(), glued };
                words.push((word, kind, character.to_string()));
            }
        }
        glued = true;
    }
    words
        .into_iter()
        .map(|(mut word, kind, typed)| {
            word.lower = typed.to_lowercase();
            word.shape = shape(&typed, kind);
            word
        })
        .collect()
}

fn shape(typed: &str, kind: Kind) -> String {
    match kind {
        Kind::Mark => typed.to_owned(),
        Kind::Digits => "d".repeat(typed.len().min(5)),
        Kind::Letters => {
            let mut shape = String::new();
            for character in typed.chars() {
                let next = if character.is_uppercase() { 'X' } else { 'x' };
                if shape.len() < 2 || !shape.ends_with(next) {
                    shape.push(next);
                }
                if shape.len() >= 4 {
                    break;
                }
            }
            shape
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_typed() {
        let found: Vec<(String, String, bool)> = words("Hi, it's 7:30PM José 👍")
            .into_iter()
            .map(|word| (word.lower, word.shape, word.glued))
            .collect();
        let expected = [
            ("hi", "Xx", false),
            (",", ",", true),
            ("it", "xx", false),
            ("'", "'", true),
            ("s", "x", true),
            ("7", "d", false),
            (":", ":", true),
            ("30", "dd", true),
            ("pm", "XX", true),
            ("josé", "Xx", false),
            ("👍", "👍", false),
        ];
        assert_eq!(found.len(), expected.len());
        for ((lower, shape, glued), wanted) in found.iter().zip(expected) {
            assert_eq!((lower.as_str(), shape.as_str(), *glued), wanted);
        }
    }
}
