//! The tenant's services and staff, found despite typos, accents and spacing.
//!
//! Services are compared without spaces ("hair cut" is "haircut"), and part of a long name is
//! enough, with every service that shares it as an alternative. People's names are compared word by
//! word and far more strictly: "an" is not Ana, "marca" is not Marta.

use std::ops::Range;

use kernel::{ResourceId, ServiceId};

use super::{
    Expecting, RANK_CATALOGUE, RANK_CATALOGUE_PHRASE,
    lexicon::{Lexicon, is_common},
    nickname::{self, Form},
    scene::{Hit, Scene},
    token::{Shape, fold, tokenize},
};
use crate::{CatalogueEntry, EntityValue};

/// Words of the message that are compared; the catalogue is compared with each.
const MAX_WORDS: usize = 300;
/// Runners-up this close to the best are alternatives.
const MARGIN: f64 = 0.1;
/// Words of a name that are looked at for its parts.
const MAX_NAME_WORDS: usize = 6;
/// At most so many alternatives.
const MAX_ALTERNATIVES: usize = 5;
/// What part of a name is worth, against all of it.
const PART_SCORE: f64 = 0.7;
/// Words before a person's name.
const WITH: &[&str] = &["with", "con", "com", "w", "pela", "pelo", "c"];
/// Not names by themselves.
const TITLES: &[&str] = &[
    "dr", "dra", "sr", "sra", "mr", "mrs", "ms", "doctor", "doctora", "doutor", "doutora", "de",
    "da", "del", "la",
];

/// Something a name can be called, folded.
struct Pattern<I> {
    id: I,
    words: Vec<String>,
    joined: String,
    /// As written, in lower case.
    accented: String,
    /// Only part of the name.
    part: bool,
}

/// How well one thing matches one stretch of the message.
struct Match<I> {
    tokens: Range<usize>,
    id: I,
    score: f64,
    part: bool,
    words: usize,
}

/// Finds services and staff.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let words: Vec<usize> = (0..scene.tokens.len())
        .filter(|at| scene.tokens[*at].shape != Shape::Mark)
        .take(MAX_WORDS)
        .collect();
    let services = patterns(&scene.cx.catalogue.services, service_part);
    let staff =
        patterns(&scene.cx.catalogue.staff, |word, _| word.len() >= 2 && !TITLES.contains(&word));
    let mut hits = Vec::new();
    for start in 0..words.len() {
        hits.extend(best(service_matches(scene, &words, start, &services), EntityValue::Service));
        hits.extend(best(staff_matches(scene, &words, start, &staff), EntityValue::Staff));
    }
    hits
}

fn patterns<I: Copy>(
    entries: &[CatalogueEntry<I>],
    is_part: impl Fn(&str, usize) -> bool,
) -> Vec<Pattern<I>> {
    let mut patterns = Vec::new();
    for entry in entries {
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let words: Vec<String> = tokenize(&fold(name))
                .into_iter()
                .filter(|token| token.shape != Shape::Mark)
                .map(|token| token.folded)
                .filter(|word| !word.is_empty())
                .collect();
            patterns.extend(parts(entry.id, &words, &is_part));
            if !words.is_empty() {
                let joined = words.concat();
                let accented = name.to_lowercase();
                patterns.push(Pattern { id: entry.id, words, joined, accented, part: false });
            }
        }
    }
    patterns
}

/// What a name of several words can be shortened to: "deep tissue", "Ruiz".
fn parts<I: Copy>(
    id: I,
    words: &[String],
    is_part: impl Fn(&str, usize) -> bool,
) -> Vec<Pattern<I>> {
    let length = words.len().min(MAX_NAME_WORDS);
    let pieces = (0..length).flat_map(|from| (from + 1..=length).map(move |to| from..to));
    pieces
        .filter(|piece| piece.len() < words.len())
        .filter(|piece| piece.clone().any(|at| is_part(&words[at], at)))
        .map(|piece| Pattern {
            id,
            words: words[piece.clone()].to_vec(),
            joined: words[piece.clone()].concat(),
            accented: words[piece].join(" "),
            part: true,
        })
        .collect()
}

/// A word that can stand for the service: "haircut" for "Men's haircut".
fn service_part(word: &str, at: usize) -> bool {
    let known = kernel::Locale::ALL.into_iter().any(|locale| Lexicon::of(locale).knows(word));
    !known && ((word.len() >= 5 && !is_common(word)) || (at == 0 && word.len() >= 5))
}

fn service_matches(
    scene: &Scene<'_>,
    words: &[usize],
    start: usize,
    patterns: &[Pattern<ServiceId>],
) -> Vec<Match<ServiceId>> {
    let longest = patterns.iter().map(|pattern| pattern.words.len()).max().unwrap_or(0) + 1;
    let mut joined = String::new();
    let mut matches = Vec::new();
    for count in 1..=longest {
        let Some(last) = words.get(start + count - 1).copied() else {
            break;
        };
        if count > 1 && !adjoining(scene, words[start + count - 2], last) {
            break;
        }
        joined.push_str(&scene.tokens[last].folded);
        let guarded = count == 1 && is_guarded(scene, &joined);
        for pattern in patterns {
            let lengths = count.abs_diff(pattern.words.len()) <= 1;
            let Some(closeness) = lengths.then(|| likeness(&joined, &pattern.joined)).flatten()
            else {
                continue;
            };
            let same_accents = || word_as_typed(scene, last) == pattern.accented;
            if guarded && (closeness < 1.0 || (is_accented(&pattern.accented) && !same_accents())) {
                continue;
            }
            matches.push(Match {
                tokens: words[start]..last + 1,
                id: pattern.id,
                score: if pattern.part { closeness * PART_SCORE } else { closeness },
                part: pattern.part,
                words: count,
            });
        }
    }
    matches
}

/// Nothing but a hyphen or an apostrophe between two words.
fn adjoining(scene: &Scene<'_>, before: usize, after: usize) -> bool {
    scene.tokens[before + 1..after]
        .iter()
        .all(|token| matches!(token.folded.as_str(), "-" | "'" | "&" | "+"))
}

fn word_as_typed(scene: &Scene<'_>, token: usize) -> String {
    let chars = scene.tokens[token].chars.clone();
    scene.utterance.text.chars().skip(chars.start).take(chars.len()).collect()
}

/// "unas" is not "uñas" when the word is as common without the accent.
fn is_accented(name: &str) -> bool {
    !name.is_ascii()
}

fn is_guarded(scene: &Scene<'_>, word: &str) -> bool {
    is_common(word) || Lexicon::of(scene.utterance.locale).knows(word)
}

/// How alike two folded names are, 0..=1; none when they are too far apart to be the same.
fn likeness(said: &str, name: &str) -> Option<f64> {
    if said == name {
        return Some(1.0);
    }
    let (shorter, longer) = if said.len() < name.len() { (said, name) } else { (name, said) };
    if shorter.len() >= 3 && matches!(longer.strip_prefix(shorter), Some("s" | "es")) {
        return Some(0.97);
    }
    let allowed = match name.len() {
        0..=4 => return None,
        5..=8 => 1,
        _ => 2,
    };
    let head = said.as_bytes().first() == name.as_bytes().first();
    if !head || said.len().abs_diff(name.len()) > allowed {
        return None;
    }
    let edits = strsim::osa_distance(said, name);
    let length = f64::from(u32::try_from(longer.len()).ok()?);
    (edits <= allowed).then(|| 1.0 - f64::from(u32::try_from(edits).unwrap_or(u32::MAX)) / length)
}

fn staff_matches(
    scene: &Scene<'_>,
    words: &[usize],
    start: usize,
    patterns: &[Pattern<ResourceId>],
) -> Vec<Match<ResourceId>> {
    let mut matches = Vec::new();
    for pattern in patterns {
        let Some(said) = words.get(start..start + pattern.words.len()) else {
            continue;
        };
        if said.windows(2).any(|pair| !adjoining(scene, pair[0], pair[1])) {
            continue;
        }
        let edits = said.iter().zip(&pattern.words).map(|(at, name)| person(scene, *at, name));
        let Some(edits) = edits.sum::<Option<usize>>() else {
            continue;
        };
        let length = f64::from(u32::try_from(pattern.joined.len()).unwrap_or(u32::MAX));
        let closeness = 1.0 - f64::from(u32::try_from(edits).unwrap_or(u32::MAX)) / length;
        matches.push(Match {
            tokens: said[0]..said[said.len() - 1] + 1,
            id: pattern.id,
            score: closeness,
            part: pattern.part,
            words: said.len(),
        });
    }
    matches
}

/// "con", or "con la", before it.
fn is_introduced(scene: &Scene<'_>, at: usize) -> bool {
    let word = |back: usize| {
        at.checked_sub(back).map_or("", |before| scene.tokens[before].folded.as_str())
    };
    let article = matches!(word(1), "la" | "el" | "a" | "o" | "the");
    WITH.contains(&word(1)) || (article && WITH.contains(&word(2)))
}

/// How many typos make the word at `at` this name; none when it is another word.
fn person(scene: &Scene<'_>, at: usize, name: &str) -> Option<usize> {
    let said = scene.tokens[at].folded.as_str();
    let introduced = is_introduced(scene, at);
    let asked = matches!(scene.cx.expecting, Some(Expecting::Staff));
    let capital = at > 0
        && scene.is_capital(at)
        && !matches!(scene.tokens[at - 1].folded.as_str(), "." | "!" | "?");
    let guarded = is_guarded(scene, said);
    if said == name {
        return (!guarded || introduced || asked || capital).then_some(0);
    }
    let fond = match nickname::form(said, name) {
        Some(Form::Fond) => introduced || asked || (!guarded && (capital || said.len() >= 5)),
        Some(Form::Beginning) => introduced || asked,
        None => false,
    };
    if fond {
        return Some(1);
    }
    if guarded || said.len().min(name.len()) < 4 || said.len().abs_diff(name.len()) > 1 {
        return None;
    }
    let clear = said.len() >= 6 || introduced || asked || capital;
    let alike = said.as_bytes().first() == name.as_bytes().first();
    (clear && alike && strsim::osa_distance(said, name) <= 1).then_some(1)
}

/// The best match from one place, with its runners-up.
fn best<I: Copy + PartialEq>(
    mut matches: Vec<Match<I>>,
    value: impl Fn(I) -> EntityValue,
) -> Option<Hit> {
    // A whole name before part of one, then the closer, then the longer.
    matches.sort_by(|a, b| {
        let key = |m: &Match<I>| (m.part, -m.score);
        let ((a_part, a_score), (b_part, b_score)) = (key(a), key(b));
        a_part.cmp(&b_part).then(a_score.total_cmp(&b_score)).then(b.words.cmp(&a.words))
    });
    // A longer whole name beats a shorter one that is no closer than a typo.
    let first = matches.first()?;
    let winner = matches
        .iter()
        .filter(|m| m.part == first.part && m.score >= first.score - MARGIN)
        .min_by_key(|m| std::cmp::Reverse(m.words))?;
    let mut alternatives: Vec<I> = Vec::new();
    for other in &matches {
        let close = other.tokens == winner.tokens && other.score >= winner.score - MARGIN;
        if close && other.id != winner.id && !alternatives.contains(&other.id) {
            alternatives.push(other.id);
        }
    }
    alternatives.truncate(MAX_ALTERNATIVES);
    let rank = match (winner.part, winner.words) {
        (true, _) => RANK_CATALOGUE - 1,
        (false, 1) => RANK_CATALOGUE,
        (false, _) => RANK_CATALOGUE_PHRASE,
    };
    Some(Hit {
        claim: winner.tokens.clone(),
        core: winner.tokens.clone(),
        value: value(winner.id),
        alternatives: alternatives.into_iter().map(value).collect(),
        rank,
    })
}
