//! The words behind the meanings, one table a language.
//!
//! A table line is a meaning and its phrases, separated by `|`, accents and case ignored. A phrase
//! marked `!` is also understood in messages of the other languages, because no other language
//! uses it for anything else: customers mix. The words of the calendar are asked of `temporal`,
//! which has a table of them already.

mod en;
mod es;
mod pt;

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use kernel::Locale;
use temporal::{Language, Term, terms};

use super::{
    meaning::Meaning,
    token::{Token, fold, tokenize},
};

/// A line of a table.
type Entry = (Meaning, &'static str);

struct Phrase {
    words: Vec<String>,
    meaning: Meaning,
    native: bool,
}

/// The phrases understood in messages of one language.
pub(super) struct Lexicon {
    language: Language,
    by_first_word: HashMap<String, Vec<Phrase>>,
}

/// No term of the calendar is longer, in tokens.
const LONGEST_TERM: usize = 6;
/// Shorter terms may be initials or names: Mo, Lu.
const SHORTEST_TERM: usize = 3;
/// Shorter terms of another language are more often something else in this one.
const SHORTEST_FOREIGN_TERM: usize = 5;

impl Lexicon {
    /// The lexicon for messages in `locale`.
    pub(super) fn of(locale: Locale) -> &'static Self {
        static LEXICONS: OnceLock<[Lexicon; 3]> = OnceLock::new();
        let [en, es, pt] = LEXICONS.get_or_init(|| Locale::ALL.map(Self::build));
        match locale {
            Locale::En => en,
            Locale::Es => es,
            Locale::Pt => pt,
        }
    }

    fn build(locale: Locale) -> Self {
        let mut lexicon = Self { language: language(locale), by_first_word: HashMap::new() };
        for other in Locale::ALL {
            for (meaning, phrases) in table(other) {
                for phrase in phrases.split('|') {
                    let shared = phrase.strip_prefix('!');
                    if other == locale || shared.is_some() {
                        lexicon.add(*meaning, shared.unwrap_or(phrase), other == locale);
                    }
                }
            }
        }
        lexicon
    }

    fn add(&mut self, meaning: Meaning, phrase: &str, native: bool) {
        let words: Vec<String> = tokenize(&fold(phrase)).into_iter().map(|t| t.folded).collect();
        let Some(first) = words.first() else { return };
        self.by_first_word.entry(first.clone()).or_default().push(Phrase {
            words,
            meaning,
            native,
        });
    }

    /// The longest phrase at the start of `tokens`: how many tokens, and all it can mean. The
    /// message's own language is asked first.
    pub(super) fn longest(&self, tokens: &[Token]) -> Option<(usize, Vec<Meaning>)> {
        let words: Vec<&str> =
            tokens.iter().take(LONGEST_TERM).map(|token| token.folded.as_str()).collect();
        let calendar = |language| {
            let terms = terms(&words, language);
            terms.map(|(term, length)| (length, Meaning::Calendar(term)))
        };
        longest(self.phrases(tokens, true).chain(calendar(self.language)).collect()).or_else(|| {
            let long = words.first().is_some_and(|word| word.len() >= SHORTEST_FOREIGN_TERM);
            let others = Language::ALL.into_iter().filter(|_| long).flat_map(calendar);
            longest(self.phrases(tokens, false).chain(others).collect())
        })
    }

    /// The phrases of the tables at the start of `tokens`, of this language or of the others.
    fn phrases(&self, tokens: &[Token], native: bool) -> impl Iterator<Item = (usize, Meaning)> {
        let first = tokens.first().and_then(|first| self.by_first_word.get(&first.folded));
        let fits = move |phrase: &&Phrase| {
            phrase.native == native
                && phrase.words.len() <= tokens.len()
                && phrase.words.iter().zip(tokens).all(|(word, token)| *word == token.folded)
        };
        let phrases = first.into_iter().flatten().filter(fits);
        phrases.map(|phrase| (phrase.words.len(), phrase.meaning))
    }

    /// Whether `word` alone means something here. Months of other languages do not count: April and
    /// Julio are names elsewhere.
    pub(super) fn knows(&self, word: &str) -> bool {
        let phrases = self.by_first_word.get(word);
        let is_term = |language| {
            terms(&[word], language).any(|(term, _)| match term {
                Term::Day => true,
                _ if language == self.language => word.len() >= SHORTEST_TERM,
                Term::Weekday => word.len() >= SHORTEST_FOREIGN_TERM,
                Term::Month | Term::Weekend | Term::Unit | Term::Moment => false,
            })
        };
        phrases.is_some_and(|phrases| phrases.iter().any(|phrase| phrase.words.len() == 1))
            || Language::ALL.into_iter().any(is_term)
    }
}

/// The longest of some phrases, with all that it can mean.
fn longest(phrases: Vec<(usize, Meaning)>) -> Option<(usize, Vec<Meaning>)> {
    let longest = phrases.iter().map(|(length, _)| *length).max()?;
    let meanings = phrases.into_iter().filter(|(length, _)| *length == longest);
    Some((longest, meanings.map(|(_, meaning)| meaning).collect()))
}

/// The language of a locale, as the grammar of dates calls it.
pub(super) const fn language(locale: Locale) -> Language {
    match locale {
        Locale::En => Language::En,
        Locale::Es => Language::Es,
        Locale::Pt => Language::Pt,
    }
}

const fn table(locale: Locale) -> &'static [Entry] {
    match locale {
        Locale::En => en::TABLE,
        Locale::Es => es::TABLE,
        Locale::Pt => pt::TABLE,
    }
}

/// Whether `word`, folded, is too common in any of the three languages to be a misspelt name.
pub(super) fn is_common(word: &str) -> bool {
    static COMMON: OnceLock<HashSet<String>> = OnceLock::new();
    COMMON
        .get_or_init(|| {
            [en::COMMON, es::COMMON, pt::COMMON]
                .iter()
                .flat_map(|words| words.split_whitespace())
                .map(fold)
                .collect()
        })
        .contains(word)
}
