//! The words behind the meanings, one table a language.
//!
//! A table line is a meaning and its phrases, separated by `|`, accents and case ignored. A phrase
//! marked `!` is also understood in messages of the other languages, because no other language
//! uses it for anything else: customers mix.

mod en;
mod es;
mod pt;

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use kernel::Locale;

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
    by_first_word: HashMap<String, Vec<Phrase>>,
    /// Long calendar words, in which one typo is forgiven.
    long: Vec<(String, Meaning)>,
}

/// Words shorter than this are not corrected.
const MIN_TYPO_LENGTH: usize = 7;

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
        let mut lexicon = Self { by_first_word: HashMap::new(), long: Vec::new() };
        for other in Locale::ALL {
            for (meaning, phrases) in table(other) {
                for phrase in phrases.split('|') {
                    let shared = phrase.strip_prefix('!');
                    if other == locale || shared.is_some() {
                        lexicon.add(*meaning, shared.unwrap_or(phrase), other == locale);
                        if shared.is_some() {
                            lexicon.forgive(*meaning, shared.unwrap_or(phrase));
                        }
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

    /// Forgives typos in a calendar word that no other language uses.
    fn forgive(&mut self, meaning: Meaning, phrase: &str) {
        let calendar = matches!(meaning, Meaning::Weekday(_) | Meaning::Month(_) | Meaning::Day(1));
        let word = fold(phrase);
        if calendar && word.len() >= MIN_TYPO_LENGTH && word.bytes().all(|b| b.is_ascii_lowercase())
        {
            self.long.push((word, meaning));
        }
    }

    /// The longest phrase at the start of `tokens`: how many tokens, and all it can mean. The
    /// message's own language is asked first.
    pub(super) fn longest(&self, tokens: &[Token]) -> Option<(usize, Vec<Meaning>)> {
        let first = tokens.first()?;
        let Some(phrases) = self.by_first_word.get(&first.folded) else {
            return self.typo(&first.folded).map(|meaning| (1, vec![meaning]));
        };
        let fits = |phrase: &&Phrase| {
            phrase.words.len() <= tokens.len()
                && phrase.words.iter().zip(tokens).all(|(word, token)| *word == token.folded)
        };
        [true, false].into_iter().find_map(|native| {
            let of_kind = || phrases.iter().filter(|phrase| phrase.native == native).filter(fits);
            let length = of_kind().map(|phrase| phrase.words.len()).max()?;
            let longest = of_kind().filter(|phrase| phrase.words.len() == length);
            Some((length, longest.map(|phrase| phrase.meaning).collect()))
        })
    }

    /// Whether `word` alone means something here.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.by_first_word
            .get(word)
            .is_some_and(|phrases| phrases.iter().any(|phrase| phrase.words.len() == 1))
    }

    fn typo(&self, word: &str) -> Option<Meaning> {
        if word.len() < MIN_TYPO_LENGTH || is_common(word) {
            return None;
        }
        self.long
            .iter()
            .find(|(known, _)| {
                known.len().abs_diff(word.len()) <= 1
                    && known.as_bytes().first() == word.as_bytes().first()
                    && strsim::osa_distance(known, word) <= 1
            })
            .map(|(_, meaning)| *meaning)
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
