//! One message as the finders see it: tokens, lexemes, and a cursor to walk over them.

use std::ops::Range;

use jiff::civil::Date;

use super::{
    ExtractContext,
    lexicon::Lexicon,
    meaning::Meaning,
    token::{Shape, Token, tokenize},
};
use crate::{EntityValue, Utterance};

/// A number written in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) value: u32,
    /// How many digits, leading zeros included.
    pub(super) length: usize,
}

/// A phrase with its meanings, a number, or a word that says nothing here.
#[derive(Debug)]
pub(super) struct Lexeme {
    pub(super) tokens: Range<usize>,
    pub(super) meanings: Vec<Meaning>,
    pub(super) digits: Option<Digits>,
    /// The character, when it is neither letter nor digit.
    pub(super) mark: Option<char>,
    /// No whitespace before it.
    pub(super) glued: bool,
}

impl Lexeme {
    pub(super) fn is(&self, meaning: Meaning) -> bool {
        self.meanings.contains(&meaning)
    }
}

/// Everything a finder may look at.
pub(super) struct Scene<'a> {
    pub(super) cx: &'a ExtractContext<'a>,
    pub(super) utterance: &'a Utterance,
    pub(super) tokens: Vec<Token>,
    pub(super) lexemes: Vec<Lexeme>,
    /// An appointment is being moved.
    pub(super) moving: bool,
    pub(super) today: Date,
    /// The text as typed, for capitals.
    pub(super) original: Vec<char>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(utterance: &'a Utterance, cx: &'a ExtractContext<'a>) -> Self {
        let tokens = tokenize(&utterance.text);
        let lexemes = read(&tokens, Lexicon::of(utterance.locale));
        let moving = lexemes.iter().any(|lexeme| lexeme.is(Meaning::Move));
        let original = utterance.original.chars().collect();
        Self { cx, utterance, tokens, lexemes, moving, today: cx.now.date(), original }
    }

    pub(super) fn cursor(&self, at: usize) -> Cursor<'_> {
        Cursor { lexemes: &self.lexemes, at }
    }

    /// Where a code point of the normalised text was typed.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.utterance.offsets.get(at).copied().unwrap_or(at).min(self.original.len())
    }

    /// Whether the token was typed with a capital.
    pub(super) fn is_capital(&self, token: usize) -> bool {
        self.tokens
            .get(token)
            .and_then(|token| self.original.get(self.origin(token.chars.start)))
            .is_some_and(|character| character.is_uppercase())
    }

    /// The lexeme that is the whole message but for politeness and punctuation.
    pub(super) fn alone(&self, lexemes: &Range<usize>) -> bool {
        let skipped = |lexeme: &Lexeme| {
            lexeme.mark.is_some()
                || [Meaning::Filler, Meaning::The, Meaning::On, Meaning::At, Meaning::SoftAt]
                    .iter()
                    .any(|meaning| lexeme.is(*meaning))
        };
        self.lexemes.iter().enumerate().all(|(at, lexeme)| lexemes.contains(&at) || skipped(lexeme))
    }
}

fn read(tokens: &[Token], lexicon: &Lexicon) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (length, meanings) = lexicon.longest(&tokens[at..]).unwrap_or((1, Vec::new()));
        let single = length == 1;
        lexemes.push(Lexeme {
            tokens: at..at + length,
            meanings,
            digits: (single && token.shape == Shape::Digits).then(|| Digits {
                value: token.folded.parse().unwrap_or(u32::MAX),
                length: token.folded.len(),
            }),
            mark: (single && token.shape == Shape::Mark)
                .then(|| token.folded.chars().next().unwrap_or(' ')),
            glued: token.glued,
        });
        at += length;
    }
    lexemes
}

/// A number in words or digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) value: u32,
    /// How many digits; `None` for words.
    pub(super) digits: Option<usize>,
}

/// A place in the lexemes. Copies are cheap, so a failed attempt costs nothing.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    lexemes: &'a [Lexeme],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn peek(&self) -> Option<&'a Lexeme> {
        self.lexemes.get(self.at)
    }

    pub(super) fn is(&self, meaning: Meaning) -> bool {
        self.peek().is_some_and(|lexeme| lexeme.is(meaning))
    }

    pub(super) fn is_any(&self, meanings: &[Meaning]) -> bool {
        meanings.iter().any(|meaning| self.is(*meaning))
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.peek().is_some_and(|lexeme| lexeme.mark == Some(mark))
    }

    pub(super) fn eat(&mut self, meaning: Meaning) -> bool {
        let found = self.is(meaning);
        self.at += usize::from(found);
        found
    }

    /// Eats `mark`, with no whitespace before it.
    pub(super) fn eat_mark(&mut self, mark: char) -> bool {
        let found = self.is_mark(mark);
        self.at += usize::from(found);
        found
    }

    /// Takes the first meaning here that `pick` accepts.
    pub(super) fn take<T>(&mut self, pick: impl Fn(Meaning) -> Option<T>) -> Option<T> {
        let found = self.peek()?.meanings.iter().find_map(|meaning| pick(*meaning))?;
        self.at += 1;
        Some(found)
    }

    pub(super) fn digits(&mut self) -> Option<Digits> {
        let digits = self.peek()?.digits?;
        self.at += 1;
        Some(digits)
    }

    /// "3", "three", "twenty-five", "treinta y uno".
    pub(super) fn number(&mut self) -> Option<Number> {
        if let Some(digits) = self.digits() {
            return Some(Number { value: digits.value, digits: Some(digits.length) });
        }
        let word = |meaning| {
            if let Meaning::Number(value) = meaning { Some(value) } else { None }
        };
        let value = self.take(word)?;
        if (20..60).contains(&value) && value.is_multiple_of(10) {
            let mut rest = *self;
            let _joined = rest.eat(Meaning::And) || rest.eat_mark('-');
            if let Some(unit) = rest.take(word).filter(|unit| (1..10).contains(unit)) {
                *self = rest;
                return Some(Number { value: value + unit, digits: None });
            }
        }
        Some(Number { value, digits: None })
    }
}

/// A value found, before overlaps are settled.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// The tokens it stands on, prepositions included; no other hit may use them.
    pub(super) claim: Range<usize>,
    /// The tokens that say the value.
    pub(super) core: Range<usize>,
    pub(super) value: EntityValue,
    pub(super) alternatives: Vec<EntityValue>,
    /// Who wins where two overlap; between equals, the longer.
    pub(super) rank: u8,
}

impl Scene<'_> {
    /// A hit over whole lexemes, the core starting at `core`.
    pub(super) fn hit(
        &self,
        claim: Range<usize>,
        core: usize,
        rank: u8,
        value: EntityValue,
    ) -> Hit {
        let token = |lexeme: usize| {
            self.lexemes.get(lexeme).map_or(self.tokens.len(), |lexeme| lexeme.tokens.start)
        };
        Hit {
            claim: token(claim.start)..token(claim.end),
            core: token(core.clamp(claim.start, claim.end.saturating_sub(1)))..token(claim.end),
            value,
            alternatives: Vec::new(),
            rank,
        }
    }
}
