//! Words and phrases of each language and what they mean.
//!
//! A table is rows of a meaning and the phrases for it, separated by `|`, folded as the lexer folds
//! (lower case, no accents; apostrophes and dots are marks of their own, so "o'clock" is three
//! atoms). The longest phrase does not win by itself: every phrase that starts at an atom is kept,
//! longest first, and the grammar takes the longest that has a meaning it can use.

mod en;
mod es;
mod pt;

use std::{
    collections::HashMap,
    sync::LazyLock,
};

use crate::{Language, holiday, lexer::{self, Atom}, meaning::Meaning};

/// A meaning and its phrases.
pub(crate) type Row = (Meaning, &'static str);

/// No phrase is longer than this many atoms.
const LONGEST: usize = 10;

/// The phrases of a language by their first atom.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// The atoms after the first, and the meaning; longest first.
    by_first: HashMap<String, Vec<(Vec<String>, Meaning)>>,
}

/// A meaning, and how many atoms say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    pub(crate) meaning: Meaning,
    pub(crate) atoms: usize,
}

static LEXICONS: LazyLock<[Lexicon; 3]> = LazyLock::new(|| {
    [
        Lexicon::new(&[en::TABLE, holiday::names::EN]),
        Lexicon::new(&[es::TABLE, holiday::names::ES]),
        Lexicon::new(&[pt::TABLE, holiday::names::PT]),
    ]
});

/// The words of a language.
pub(crate) fn of(language: Language) -> &'static Lexicon {
    match language {
        Language::En => &LEXICONS[0],
        Language::Es => &LEXICONS[1],
        Language::Pt => &LEXICONS[2],
    }
}

impl Lexicon {
    fn new(tables: &[&[Row]]) -> Self {
        let mut lexicon = Self::default();
        for (meaning, phrases) in tables.iter().copied().flatten() {
            for phrase in phrases.split('|') {
                let mut atoms = lexer::lex(phrase).into_iter().map(|atom| atom.text);
                let Some(first) = atoms.next() else { continue };
                lexicon.by_first.entry(first).or_default().push((atoms.collect(), *meaning));
            }
        }
        for phrases in lexicon.by_first.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    /// What the atoms from `at` on can mean, longest phrase first.
    pub(crate) fn senses(&self, atoms: &[Atom], at: usize) -> Vec<Sense> {
        let Some(first) = atoms.get(at) else { return Vec::new() };
        let Some(phrases) = self.by_first.get(&first.text) else { return Vec::new() };
        let says = |rest: &[String]| {
            rest.len() < LONGEST
                && rest.iter().enumerate().all(|(index, word)| {
                    atoms.get(at + 1 + index).is_some_and(|a| a.text == *word && !a.after_break)
                })
        };
        phrases
            .iter()
            .filter(|(rest, _)| says(rest))
            .map(|(rest, meaning)| Sense { meaning: *meaning, atoms: rest.len() + 1 })
            .collect()
    }
}
