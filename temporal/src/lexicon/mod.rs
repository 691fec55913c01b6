//! Words and phrases of each language and what they mean.
//!
//! A table is rows of a meaning and the phrases for it, separated by `|`, folded as the lexer folds
//! (lower case, no accents; apostrophes and dots are marks of their own, so "o'clock" is three
//! atoms). The longest phrase does not win by itself: every phrase that starts at an atom is kept,
//! longest first, and the grammar takes the longest that has a meaning it can use.

mod en;
mod es;
mod pt;

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    Language, holiday,
    lexer::{self, Atom},
    meaning::Meaning,
};

/// A meaning and its phrases.
pub(crate) type Row = (Meaning, &'static str);

/// No phrase is longer than this many atoms.
const LONGEST: usize = 10;

/// The phrases of a language by their first atom.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// The atoms after the first, and the meaning; longest first.
    by_first: HashMap<String, Vec<(Vec<String>, Meaning)>>,
    /// Long words of the calendar, in which one slip of the finger is forgiven.
    long: Vec<(String, Meaning)>,
}

/// Words shorter than this are not corrected.
const MIN_TYPO_LENGTH: usize = 7;

/// A meaning, and how many atoms say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    pub(crate) meaning: Meaning,
    pub(crate) atoms: usize,
}

static LEXICONS: LazyLock<[Lexicon; 3]> = LazyLock::new(|| {
    [
        Lexicon::new(en::TABLE, holiday::names(Language::En)),
        Lexicon::new(es::TABLE, holiday::names(Language::Es)),
        Lexicon::new(pt::TABLE, holiday::names(Language::Pt)),
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
    fn new(words: &[Row], holidays: &[&[Row]]) -> Self {
        let mut lexicon = Self::default();
        for (meaning, phrases) in words.iter().chain(holidays.iter().copied().flatten()) {
            for phrase in phrases.split('|') {
                lexicon.add(phrase, *meaning);
                if let (Meaning::Holiday(_), Some((before, after))) =
                    (meaning, phrase.split_once("'s"))
                {
                    // People leave the apostrophe out, or put it elsewhere.
                    for ending in ["s", "", "s'"] {
                        lexicon.add(&format!("{before}{ending}{after}"), *meaning);
                    }
                }
            }
        }
        for phrases in lexicon.by_first.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, meaning: Meaning) {
        let mut atoms = lexer::lex(phrase).into_iter().map(|atom| atom.text);
        let Some(first) = atoms.next() else { return };
        let calendar = matches!(meaning, Meaning::Weekday(_) | Meaning::Month(_) | Meaning::Day(1));
        if calendar && phrase.len() == first.len() && first.len() >= MIN_TYPO_LENGTH {
            self.long.push((first.clone(), meaning));
        }
        self.by_first.entry(first).or_default().push((atoms.collect(), meaning));
    }

    /// What the atoms from `at` on can mean, longest phrase first.
    pub(crate) fn senses(&self, atoms: &[Atom], at: usize) -> Vec<Sense> {
        let Some(first) = atoms.get(at) else { return Vec::new() };
        let Some(phrases) = self.by_first.get(&first.text) else {
            return self.slip(&first.text).into_iter().collect();
        };
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

    /// Every phrase of the table that these words begin with, longest first.
    pub(crate) fn phrases(&self, words: &[&str]) -> impl Iterator<Item = Sense> {
        let (first, after) = words.split_first().unzip();
        let after: &[&str] = after.unwrap_or_default();
        let phrases = first.and_then(|first| self.by_first.get(*first)).into_iter().flatten();
        phrases
            .filter(|(rest, _)| after.get(..rest.len()).is_some_and(|said| said == rest.as_slice()))
            .map(|(rest, meaning)| Sense { meaning: *meaning, atoms: rest.len() + 1 })
    }

    /// A long word of the calendar with one letter wrong, missing, too many or swapped.
    fn slip(&self, word: &str) -> Option<Sense> {
        if word.len() + 1 < MIN_TYPO_LENGTH || word.len() > 16 || !word.is_ascii() {
            return None;
        }
        let near = |known: &&(String, Meaning)| {
            known.0.as_bytes().first() == word.as_bytes().first()
                && one_slip(known.0.as_bytes(), word.as_bytes())
        };
        self.long.iter().find(near).map(|(_, meaning)| Sense { meaning: *meaning, atoms: 1 })
    }
}

/// Whether two words differ by one letter more, less or other, or two neighbours swapped.
fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    match a.len() - b.len() {
        0 => {
            let swapped = same + 1 < a.len()
                && a[same] == b[same + 1]
                && a[same + 1] == b[same]
                && a[same + 2..] == b[same + 2..];
            same < a.len() && (a[same + 1..] == b[same + 1..] || swapped)
        }
        1 => a[same + 1..] == b[same..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_one_edit() {
        for (a, b, near) in [
            ("thursday", "thrusday", true),
            ("tomorrow", "tomorow", true),
            ("wednesday", "wednessday", true),
            ("saturday", "satturdy", false),
            ("sabado", "sabado", false),
        ] {
            assert_eq!(one_slip(a.as_bytes(), b.as_bytes()), near, "{a} {b}");
        }
    }
}
