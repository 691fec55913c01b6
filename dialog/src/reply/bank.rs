//! Which wording of a message is taken: by voice, by turns, and around banned words.
//!
//! `locales/<language>/main.ftl` has every message. The other files have some of them again, in
//! another voice, under the voice's name: `warm-booked`, and `warm-booked-2` for the same in other
//! words. `plain.ftl` has what is left when all of these have a word that the business does not
//! want. Nothing ever falls from one language into another.

use std::{collections::BTreeMap, sync::LazyLock};

use kernel::Locale;

use crate::tone::Voice;

macro_rules! files {
    ($tag:literal) => {
        [
            include_str!(concat!("../../locales/", $tag, "/main.ftl")),
            include_str!(concat!("../../locales/", $tag, "/warm.ftl")),
            include_str!(concat!("../../locales/", $tag, "/formal.ftl")),
            include_str!(concat!("../../locales/", $tag, "/cordial.ftl")),
            include_str!(concat!("../../locales/", $tag, "/plain.ftl")),
        ]
    };
}

/// The messages of one language.
struct Bank {
    /// The words of every wording, as [`spaced`] has them, without what is put into it.
    words: BTreeMap<&'static str, String>,
    /// What `main.ftl` has.
    keys: Vec<&'static str>,
}

static EN: LazyLock<Bank> = LazyLock::new(|| Bank::read(files!("en")));
static ES: LazyLock<Bank> = LazyLock::new(|| Bank::read(files!("es")));
static PT: LazyLock<Bank> = LazyLock::new(|| Bank::read(files!("pt")));

fn bank(locale: Locale) -> &'static Bank {
    match locale {
        Locale::En => &EN,
        Locale::Es => &ES,
        Locale::Pt => &PT,
    }
}

impl Bank {
    fn read(files: [&'static str; 5]) -> Self {
        let [main, ..] = files;
        let keys = messages(main).into_keys().collect();
        let all = files.into_iter().flat_map(messages);
        Self { words: all.map(|(key, text)| (key, spaced(&own(&text)))).collect(), keys }
    }

    /// All wordings of `key` in the order in which they are tried.
    fn wordings(&self, voice: Voice, key: &str, seed: u64) -> Vec<String> {
        let mut wordings = Vec::new();
        let in_voice = |name: &str| {
            let numbered = (2..).map(|n| format!("{name}-{key}-{n}"));
            let all = std::iter::once(format!("{name}-{key}")).chain(numbered);
            let mut all: Vec<_> =
                all.take_while(|wording| self.words.contains_key(wording.as_str())).collect();
            let turn = mixed(seed, key) % all.len().max(1) as u64;
            all.rotate_left(usize::try_from(turn).unwrap_or_default());
            all
        };
        match voice {
            Voice::Neutral => wordings.push(key.to_owned()),
            Voice::Warm => {
                wordings = in_voice("warm");
                wordings.push(key.to_owned());
            }
            // What formal.ftl has, main.ftl says in another form of address: it is not tried.
            Voice::Formal | Voice::Cordial => {
                if voice == Voice::Cordial {
                    wordings = in_voice("cordial");
                }
                let formal = in_voice("formal");
                if formal.is_empty() {
                    wordings.push(key.to_owned());
                } else {
                    wordings.extend(formal);
                }
            }
        }
        wordings.extend(in_voice("plain"));
        wordings
    }

    fn banned_in<'a>(&self, wording: &str, banned: &'a [String]) -> Option<&'a str> {
        let words = self.words.get(wording)?;
        banned.iter().find(|word| has_word(words, word)).map(String::as_str)
    }
}

/// The wording to take: the first in turn without a banned word. Where a bank has changed since the
/// words were banned and none is left, the plainest.
pub(super) fn pick(
    locale: Locale,
    voice: Voice,
    key: &str,
    banned: &[String],
    seed: u64,
) -> String {
    let bank = bank(locale);
    let mut wordings = bank.wordings(voice, key, seed);
    let found = wordings.iter().position(|wording| bank.banned_in(wording, banned).is_none());
    let at = found.unwrap_or(wordings.len().saturating_sub(1));
    wordings.swap_remove(at)
}

/// A message that cannot be said without a banned word, and that word.
pub(crate) fn unavoidable(
    locale: Locale,
    voice: Voice,
    banned: &[String],
) -> Option<(&'static str, &str)> {
    if banned.is_empty() {
        return None;
    }
    let bank = bank(locale);
    bank.keys.iter().find_map(|key| {
        let wordings = bank.wordings(voice, key, 0);
        let mut found = wordings.iter().map(|wording| bank.banned_in(wording, banned));
        found
            .try_fold(None, |_, word| word.map(Some)) // all of them have one
            .flatten()
            .map(|word| (*key, word))
    })
}

/// The words of a text in small letters, a space before and after each.
pub(crate) fn spaced(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut spaced = String::from(" ");
    for word in words {
        spaced.push_str(word);
        spaced.push(' ');
    }
    spaced
}

/// Whether a text, as [`spaced`] has it, has a word or phrase.
pub(crate) fn has_word(spaced_text: &str, word: &str) -> bool {
    let word = spaced(word);
    word != " " && spaced_text.contains(&word)
}

/// The messages of a file, as they are written.
fn messages(file: &'static str) -> BTreeMap<&'static str, String> {
    let mut messages = BTreeMap::<&str, String>::new();
    let mut current = "";
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let text = match line.split_once(" =") {
            Some((key, text)) if !line.starts_with([' ', '}']) => {
                current = key;
                text
            }
            _ => line,
        };
        if !current.is_empty() {
            let message = messages.entry(current).or_default();
            message.push('\n');
            message.push_str(text);
        }
    }
    messages
}

/// A message without placeables and selectors.
fn own(message: &str) -> String {
    let mut own = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(['{', '}', '[']) {
        own.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = match tail.as_bytes()[0] {
            b'{' => tail.find(['}', '>']).map_or(tail.len(), |end| end + 1),
            b'[' => tail.find(']').map_or(tail.len(), |end| end + 1),
            _ => 1, // the end of a selector
        };
        own.push(' ');
        rest = &tail[end..];
    }
    own.push_str(rest);
    own
}

/// FNV-1a: the same on every machine, for good.
fn mixed(seed: u64, key: &str) -> u64 {
    fnv(seed ^ 0xcbf2_9ce4_8422_2325, key.as_bytes())
}

pub(super) fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_are_those_of_the_bank() {
        let bank = bank(Locale::En);
        assert_eq!(bank.words["offer-choose"], " shall i take it which one suits you ");
        assert_eq!(bank.words["hours-day"], " ");
        assert!(bank.keys.len() > 100 && bank.words.len() > bank.keys.len() + 150);
    }

    #[test]
    fn a_wording_is_found_around_banned_words() {
        let pick = |voice, key, banned: &[&str]| {
            let banned: Vec<_> = banned.iter().map(|word| (*word).to_owned()).collect();
            pick(Locale::Es, voice, key, &banned, 0)
        };
        assert_eq!(pick(Voice::Neutral, "failed-taken", &[]), "failed-taken");
        assert_eq!(pick(Voice::Neutral, "failed-taken", &["Lo siento"]), "plain-failed-taken");
        assert_eq!(pick(Voice::Warm, "kept", &["problema"]), "kept");
        assert_eq!(pick(Voice::Formal, "kept", &["acuerdo"]), "formal-kept"); // no tú instead
        assert_eq!(pick(Voice::Formal, "failed-closed", &[]), "failed-closed");
        assert_eq!(pick(Voice::Cordial, "moved", &[]), "formal-moved");
        let turns: std::collections::BTreeSet<_> = (0..20)
            .map(|seed| super::pick(Locale::Es, Voice::Warm, "welcome", &[], seed))
            .collect();
        assert_eq!(turns.len(), 3, "{turns:?}");
    }

    #[test]
    fn what_cannot_be_avoided_is_named() {
        let banned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(unavoidable(Locale::En, Voice::Warm, &banned(&["sorry", "problem"])), None);
        let found = banned(&["sorry", "with"]);
        let (_, word) = unavoidable(Locale::En, Voice::Warm, &found).expect("a message");
        assert_eq!(word, "with");
    }
}
