//! Words, numbers and marks of a normalised text.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    Digits,
    /// One character that is neither.
    Mark,
}

/// A piece of the text, without whitespace.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Code points of the normalised text.
    pub(super) chars: Range<usize>,
    /// Lower case without accents.
    pub(super) folded: String,
    pub(super) shape: Shape,
    /// No whitespace between this and the token before.
    pub(super) glued: bool,
}

/// Cuts `text` where letters, digits and marks meet: "15h30" is three tokens.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut glued = false;
    for (at, character) in text.chars().enumerate() {
        if character.is_whitespace() {
            glued = false;
            continue;
        }
        let shape = shape_of(character);
        match tokens.last_mut() {
            Some(last) if glued && shape != Shape::Mark && last.shape == shape => {
                last.chars.end = at + 1;
                push_folded(&mut last.folded, character);
            }
            _ => {
                let mut folded = String::new();
                push_folded(&mut folded, character);
                tokens.push(Token { chars: at..at + 1, folded, shape, glued });
            }
        }
        glued = true;
    }
    tokens
}

/// Lower case without accents: "Mañana" and "manana" are the same word.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        push_folded(&mut folded, character);
    }
    folded
}

fn shape_of(character: char) -> Shape {
    if character.is_ascii_digit() {
        Shape::Digits
    } else if character.is_alphabetic() || is_combining_mark(character) {
        Shape::Word
    } else {
        Shape::Mark
    }
}

fn push_folded(folded: &mut String, character: char) {
    if character.is_ascii() {
        folded.push(character);
    } else {
        folded.extend(character.nfd().filter(|part| !is_combining_mark(*part)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_seams() {
        let words = |text| tokenize(text).into_iter().map(|t| t.folded).collect::<Vec<_>>();
        assert_eq!(
            words("às 15h30, terça-feira"),
            ["as", "15", "h", "30", ",", "terca", "-", "feira"]
        );
        assert_eq!(words("i'm 👍 3p.m."), ["i", "'", "m", "👍", "3", "p", ".", "m", "."]);
    }
}
