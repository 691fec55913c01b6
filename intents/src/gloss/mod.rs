//! Word-by-word English for an encoder that reads English only.
//!
//! The encoder's wordpieces were learned from English; it sees Spanish and Portuguese as splinters.
//! A table of what people write to a business, a line a meaning, turns most of their words into
//! English ones: "consigo parar o carro na frente?" becomes "can parking it car in in front ?".
//! That is no translation, but it is about the right things, and what the encoder learned from
//! English examples then helps the other languages as well. Words the table lacks stay. Only the
//! encoder reads a gloss; n-grams and entities read what was typed.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
    sync::OnceLock,
};

use models::{Embedding, EncodeError, Encoder};
use sha2::{Digest as _, Sha256};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Three columns with a tab between: English, Spanish, Portuguese. Words that mean the same are
/// separated by spaces; one that ends in `*` stands for all that begin so. The first line that has
/// a word counts.
const WORDS: &str = include_str!("words.tsv");
/// English words that other languages have as well or that the table's first column lacks.
const ENGLISH: &str = include_str!("english.txt");
/// How long stems may be, in letters.
const STEM: RangeInclusive<usize> = 3..=16;

/// An encoder of English that reads glosses of what is in Spanish or Portuguese.
#[derive(Debug)]
pub struct Glossing<E> {
    encoder: E,
    fingerprint: String,
}

impl<E: Encoder> Glossing<E> {
    /// Puts the table before `encoder`.
    #[must_use]
    pub fn new(encoder: E) -> Self {
        let mut hash = Sha256::new();
        for part in [encoder.fingerprint(), WORDS, ENGLISH] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut fingerprint = hex::encode(hash.finalize());
        fingerprint.truncate(16);
        Self { encoder, fingerprint }
    }
}

impl<E: Encoder> Encoder for Glossing<E> {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        let glosses: Vec<Cow<'_, str>> = texts.iter().map(|text| gloss(text)).collect();
        let glosses: Vec<&str> = glosses.iter().map(AsRef::as_ref).collect();
        self.encoder.encode(&glosses)
    }

    fn dimension(&self) -> usize {
        self.encoder.dimension()
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    fn is_learned(&self) -> bool {
        self.encoder.is_learned()
    }
}

/// The text with its Spanish or Portuguese words in English, or as it is when it has more English
/// words than others.
#[must_use]
pub fn gloss(text: &str) -> Cow<'_, str> {
    let tables = tables();
    let pieces = pieces(text);
    let mut n_english = 0;
    // What each piece is in English, taken for Spanish and taken for Portuguese.
    let mut spanish = Vec::with_capacity(pieces.len());
    let mut portuguese = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        // Numbers and marks are the same in every language.
        let word = if is_word(piece) { fold(piece) } else { Cow::Borrowed("") };
        n_english += usize::from(tables.english.contains(&*word));
        spanish.push(tables.spanish.find(&word));
        portuguese.push(tables.portuguese.find(&word));
    }
    let n_known = |words: &[Option<&str>]| words.iter().flatten().count();
    let english = if n_known(&portuguese) > n_known(&spanish) { portuguese } else { spanish };
    if n_known(&english) <= n_english {
        return Cow::Borrowed(text);
    }
    let words = pieces.iter().zip(english).map(|(piece, english)| english.unwrap_or(piece));
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// What the words of one language are in English.
#[derive(Default)]
struct Table {
    words: HashMap<Cow<'static, str>, &'static str>,
    stems: HashMap<Cow<'static, str>, &'static str>,
}

struct Tables {
    english: HashSet<&'static str>,
    spanish: Table,
    portuguese: Table,
}

impl Table {
    fn add(&mut self, forms: &'static str, english: &'static str) {
        for form in forms.split_whitespace() {
            let (stem, map) = match form.strip_suffix('*') {
                Some(stem) => (stem, &mut self.stems),
                None => (form, &mut self.words),
            };
            map.entry(fold(stem)).or_insert(english);
        }
    }

    /// The word itself, or else its longest stem.
    fn find(&self, word: &str) -> Option<&'static str> {
        self.words.get(word).copied().or_else(|| {
            let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
            let stems = ends.take(*STEM.end()).skip(STEM.start() - 1).map(|end| &word[..end]);
            stems.filter_map(|stem| self.stems.get(stem).copied()).last()
        })
    }
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut tables = Tables {
            english: ENGLISH.split_whitespace().collect(),
            spanish: Table::default(),
            portuguese: Table::default(),
        };
        for (english, spanish, portuguese) in rows() {
            tables.english.extend(english.split_whitespace());
            tables.spanish.add(spanish, english);
            tables.portuguese.add(portuguese, english);
        }
        tables
    })
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (english, others) = line.split_once('\t')?;
        let (spanish, portuguese) = others.split_once('\t')?;
        Some((english, spanish, portuguese))
    })
}

/// Words, numbers and runs of marks, without the spaces between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for chunk in text.split_whitespace() {
        let mut rest = chunk;
        while let Some(first) = rest.chars().next() {
            let same = |letter: char| part_of_word(letter) == part_of_word(first);
            let end = rest.find(|letter| !same(letter)).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            pieces.push(piece);
            rest = after;
        }
    }
    pieces
}

fn part_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || is_combining_mark(letter)
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphabetic)
}

/// Lower case without accents; most words are so already.
fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let letters = word.nfd().filter(|letter| !is_combining_mark(*letter));
    Cow::Owned(letters.flat_map(char::to_lowercase).collect())
}

#[cfg(test)]
mod tests {
    use models::HashEncoder;

    use super::*;

    #[test]
    fn words_become_english_where_the_table_has_them() {
        let cases = [
            ("quanto custa o corte?", "how much cost it haircut ?"),
            ("¿Cuánto cuesta el corte?", "¿ how much cost the haircut ?"),
            ("vocês têm estacionamento", "you there is parking"),
        ];
        for (text, english) in cases {
            assert_eq!(gloss(text), english, "{text}");
        }
    }

    #[test]
    fn english_stays_as_it_is() {
        for text in [
            "can I book a haircut with Ana tomorrow?",
            "no",
            "hotel near me",
            "do you take card",
            "",
            "???",
            "cancel it, no me gusta", // more English than Spanish
        ] {
            assert!(matches!(gloss(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn each_line_of_the_table_has_three_columns() {
        let lines = WORDS.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            assert_eq!(line.split('\t').count(), 3, "{line}");
        }
        for (english, spanish, portuguese) in rows() {
            assert!(!english.is_empty() && spanish.len() + portuguese.len() > 0, "{english}");
            for form in spanish.split_whitespace().chain(portuguese.split_whitespace()) {
                let stem = form.strip_suffix('*').unwrap_or(form);
                let n = fold(stem).chars().count();
                assert!(!form.ends_with('*') || STEM.contains(&n), "{form}");
            }
        }
    }

    #[test]
    fn the_encoder_is_given_the_gloss_and_says_who_it_is() {
        let plain = HashEncoder;
        let glossing = Glossing::new(HashEncoder);
        assert_ne!(plain.fingerprint(), glossing.fingerprint());
        let [read] = &glossing.encode(&["quanto custa"]).expect("encoded")[..] else { panic!() };
        let [english] = &plain.encode(&["how much cost"]).expect("encoded")[..] else { panic!() };
        assert_eq!(read.values(), english.values());
    }
}
