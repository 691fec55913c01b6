//! Word and character n-grams of a text, as hashes. Language-blind, forgiving of typos, missing
//! accents and changed numbers. Not a tokenizer: nothing can be turned back into text.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The shortest and longest run of characters taken from inside a word.
const CHARS: std::ops::RangeInclusive<usize> = 3..=5;
/// The longest run of words.
const WORDS: usize = 2;

/// The two kinds of n-gram of one text, each sorted and without repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ngrams {
    /// One and two words in a row.
    pub words: Vec<u64>,
    /// Three to five characters in a row within a word, its edges marked.
    pub chars: Vec<u64>,
}

impl Ngrams {
    /// Takes `text` apart. Case, accents and the value of digits do not matter.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words = words(text);
        let mut found = Self::default();
        for run in 1..=WORDS {
            found.words.extend(words.windows(run).map(|words| {
                words.iter().fold(fnv1a(SEED, "w"), |hash, word| fnv1a(fnv1a(hash, " "), word))
            }));
        }
        for word in &words {
            let marked: Vec<char> = format!("<{word}>").chars().collect();
            for run in CHARS {
                found.chars.extend(marked.windows(run).map(|chars| {
                    let mut buffer = [0; 4];
                    chars
                        .iter()
                        .fold(fnv1a(SEED, "c"), |hash, c| fnv1a(hash, c.encode_utf8(&mut buffer)))
                }));
            }
        }
        for kind in [&mut found.words, &mut found.chars] {
            kind.iter_mut().for_each(|hash| *hash = scramble(*hash));
            kind.sort_unstable();
            kind.dedup();
        }
        found
    }
}

/// Splits into words of letters and digits; a question mark or an emoji is a word of its own.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            _ if c.is_numeric() => word.push('0'),
            _ if c.is_alphanumeric() => word.push(c),
            '\'' | '’' => {} // don't and dont are one word
            _ => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if c == '?' || !(c.is_ascii() || c.is_whitespace()) {
                    words.push(c.to_string());
                }
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv1a(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads the entropy over all bits (the finaliser of splitmix64), so that any of them can pick a
/// bucket.
fn scramble(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_digits_do_not_matter() {
        assert_eq!(Ngrams::of("Mañana a las 15:30"), Ngrams::of("manana a las 16:45"));
        assert_ne!(Ngrams::of("mañana"), Ngrams::of("ayer"));
    }

    #[test]
    fn symbols_count() {
        assert_eq!(words("don't you? 👍!"), ["dont", "you", "?", "👍"]);
        assert!(Ngrams::of("").words.is_empty());
    }

    /// Cached heads store these hashes: a change here must change the head's code version too.
    #[test]
    fn hashes_are_stable() {
        assert_eq!(Ngrams::of("hi").words, [5_497_097_981_549_861_112]);
    }
}
