//! The stream the grammar runs on: winnow over atoms that carry their meanings.

use winnow::{
    Parser,
    error::{EmptyError, ParserError as _},
    stream::{Stateful, Stream as _},
};

use crate::{
    Conventions, DateOrder, Language,
    lexer::{Atom, Shape},
    lexicon::{Lexicon, Sense},
    meaning::Meaning,
};

/// What the rules may ask about the text besides the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grammar<'i> {
    /// The whole text, for rules that look behind.
    pub(crate) all: &'i [Token<'i>],
    pub(crate) language: Language,
    pub(crate) order: DateOrder,
    pub(crate) conventions: Conventions,
    pub(crate) latent: bool,
}

/// An atom and every phrase that starts at it.
#[derive(Debug, Clone)]
pub(crate) struct Token<'t> {
    pub(crate) atom: &'t Atom,
    pub(crate) senses: Vec<Sense>,
    pub(crate) index: usize,
}

/// What every rule takes. It is cheap to copy, so rules back up freely.
pub(crate) type Input<'i> = Stateful<&'i [Token<'i>], Grammar<'i>>;

/// What every rule gives.
pub(crate) type Parsed<T> = Result<T, EmptyError>;

/// A rule of the grammar.
pub(crate) type Rule<T> = fn(&mut Input<'_>) -> Parsed<T>;

/// A place to go back to.
type Checkpoint<'i> = <Input<'i> as winnow::stream::Stream>::Checkpoint;

/// Gives each atom its meanings.
pub(crate) fn tokens<'t>(atoms: &'t [Atom], lexicon: &Lexicon) -> Vec<Token<'t>> {
    atoms
        .iter()
        .enumerate()
        .map(|(index, atom)| Token { atom, senses: lexicon.senses(atoms, index), index })
        .collect()
}

pub(crate) fn fail<T>(input: &Input<'_>) -> Parsed<T> {
    Err(EmptyError::from_input(input))
}

/// The longest phrase here that means something `wanted` accepts.
pub(crate) fn take<'i, T>(
    wanted: impl Fn(Meaning) -> Option<T>,
) -> impl Parser<Input<'i>, T, EmptyError> {
    move |input: &mut Input<'i>| {
        let found = input.first().and_then(|token| {
            token.senses.iter().find_map(|sense| Some((wanted(sense.meaning)?, sense.atoms)))
        });
        let Some((value, atoms)) = found.filter(|(_, atoms)| *atoms <= input.eof_offset()) else {
            return fail(input);
        };
        input.next_slice(atoms);
        Ok(value)
    }
}

/// A phrase with this meaning: `say!(This)`, or with a value: `say!(Month(m) => m)`.
macro_rules! say {
    ($pattern:pat) => {
        $crate::stream::take(|meaning| matches!(meaning, $pattern).then_some(()))
    };
    ($pattern:pat => $value:expr) => {
        $crate::stream::take(|meaning| match meaning {
            $pattern => Some($value),
            _ => None,
        })
    };
}
pub(crate) use say;

/// Digits: their value and how many there are.
pub(crate) fn digits(input: &mut Input<'_>) -> Parsed<(u64, u8)> {
    match input.first().map(|token| &token.atom.shape) {
        Some(Shape::Number { value, digits }) => {
            let found = (*value, *digits);
            input.next_token();
            Ok(found)
        }
        _ => fail(input),
    }
}

/// One of these marks.
pub(crate) fn mark<'i>(wanted: &'static [char]) -> impl Parser<Input<'i>, char, EmptyError> {
    move |input: &mut Input<'i>| match input.first().map(|token| &token.atom.shape) {
        Some(Shape::Mark(mark)) if wanted.contains(mark) => {
            let mark = *mark;
            input.next_token();
            Ok(mark)
        }
        _ => fail(input),
    }
}

/// How many tokens have been read.
pub(crate) fn place(input: &Input<'_>) -> usize {
    input.state.all.len() - input.eof_offset()
}

/// The token before the next one.
pub(crate) fn behind<'i>(input: &Input<'i>) -> Option<&'i Token<'i>> {
    input.state.all.get(place(input).checked_sub(1)?)
}

/// Whether the word before the next one can mean something `wanted` accepts.
pub(crate) fn led_by(input: &Input<'_>, wanted: impl Fn(Meaning) -> bool) -> bool {
    behind(input).is_some_and(|token| token.senses.iter().any(|sense| wanted(sense.meaning)))
}

/// Succeeds where the next atom touches the one before.
pub(crate) fn glued(input: &mut Input<'_>) -> Parsed<()> {
    if input.first().is_some_and(|token| token.atom.glued) { Ok(()) } else { fail(input) }
}

/// Succeeds where nothing touches the atom before: not "4" in "4a".
pub(crate) fn loose(input: &mut Input<'_>) -> Parsed<()> {
    let touches = input
        .first()
        .is_some_and(|token| token.atom.glued && !matches!(token.atom.shape, Shape::Mark(_)));
    if touches { fail(input) } else { Ok(()) }
}

/// The rule that gets furthest; the first of those that get equally far.
pub(crate) fn longest<'i, T>(rules: &[Rule<T>], input: &mut Input<'i>) -> Parsed<T> {
    let start = input.checkpoint();
    let mut best: Option<(usize, T, Checkpoint<'i>)> = None;
    for rule in rules {
        input.reset(&start);
        if let Ok(value) = rule(input) {
            let left = input.eof_offset();
            if best.as_ref().is_none_or(|(least, ..)| left < *least) {
                best = Some((left, value, input.checkpoint()));
            }
        }
    }
    match best {
        Some((_, value, end)) => {
            input.reset(&end);
            Ok(value)
        }
        None => {
            input.reset(&start);
            fail(input)
        }
    }
}

/// One of these words, as folded.
pub(crate) fn word(wanted: &[&str], input: &mut Input<'_>) -> Parsed<()> {
    if input.first().is_some_and(|token| wanted.contains(&token.atom.text.as_str())) {
        input.next_token();
        Ok(())
    } else {
        fail(input)
    }
}
