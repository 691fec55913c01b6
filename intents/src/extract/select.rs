//! Which of what was offered: "the second one", "la última", "option 3", a bare "2".

use temporal::Term;

use super::{
    Expecting, RANK_RELATIVE, RANK_SELECT,
    meaning::Meaning,
    scene::{Cursor, Hit, Scene},
};
use crate::EntityValue;

/// Longer lists are never offered.
const MAX_OFFERED: u32 = 20;

/// Finds a choice starting at lexeme `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let offered = match scene.cx.expecting {
        Some(Expecting::Selection(offered)) => Some(offered),
        _ => None,
    };
    let mut c = scene.cursor(at);
    if let Some(end) = last(&c) {
        let choosing = offered.is_some() || end > at + 1 || scene.lexemes[at].tokens.len() > 1;
        return choosing.then(|| scene.hit(at..end, at, RANK_SELECT, EntityValue::SelectLast));
    }
    let chosen = option(scene, &mut c)
        .or_else(|| ordinal(scene, &mut c, offered))
        .or_else(|| bare(scene, &mut c, offered))?;
    let chosen = usize::try_from(chosen).ok().filter(|chosen| *chosen >= 1)?;
    Some(scene.hit(at..c.at, at, RANK_SELECT, EntityValue::Select(chosen)))
}

/// Phrases for the later of two times.
const LATER: &[&str] = &[
    "the later one",
    "the later",
    "later one",
    "the latest one",
    "the latest",
    "the late one",
    "la mas tarde",
    "el mas tarde",
    "la de mas tarde",
    "el de mas tarde",
    "la ultima hora",
    "o mais tarde",
    "a mais tarde",
    "mais tarde",
    "mas tarde",
    "later",
];
/// Phrases for the earlier.
const EARLIER: &[&str] = &[
    "the earlier one",
    "the earlier",
    "earlier one",
    "the earliest one",
    "the earliest",
    "the early one",
    "la mas temprano",
    "el mas temprano",
    "la mas temprana",
    "la de mas temprano",
    "el de mas temprano",
    "o mais cedo",
    "a mais cedo",
    "mais cedo",
    "mas temprano",
    "earlier",
    "the soonest",
    "o mais proximo",
];
/// Phrases for any of them.
const ANY: &[&str] = &[
    "either",
    "either one",
    "either of them",
    "either works",
    "any of them",
    "any of those",
    "any of these",
    "any one",
    "whichever",
    "any",
    "cualquiera de las dos",
    "cualquiera de los dos",
    "cualquiera",
    "el que sea",
    "la que sea",
    "qualquer um dos dois",
    "qualquer uma das duas",
    "qualquer um",
    "qualquer uma",
    "qualquer um deles",
    "o que for",
    "you choose",
    "you pick",
    "surprise me",
    "elige tu",
    "escolhe voce",
    "both work",
    "both are fine",
    "me sirven las dos",
    "me valen las dos",
    "os dois servem",
];

/// "The later one", "either": a choice by comparison, when something was offered.
pub(super) fn relative(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let Some(Expecting::Selection(_)) = scene.cx.expecting else {
        return None;
    };
    let longest = |phrases: &[&str]| phrases.iter().filter_map(|p| stands(scene, at, p)).max();
    let found = [
        (longest(LATER), EntityValue::SelectLatest),
        (longest(EARLIER), EntityValue::Earliest),
        (longest(ANY), EntityValue::SelectAny),
    ];
    let (length, value) = found
        .into_iter()
        .filter_map(|(length, value)| length.map(|length| (length, value)))
        .max_by_key(|(length, _)| *length)?;
    // "do you have anything later" asks for other times; a bare "later" takes one of these.
    let bare = length == 1 && !matches!(value, EntityValue::SelectAny);
    if bare && scene.tokens.len() > 3 {
        return None;
    }
    // "Any time after nine" is a window, "any other?" a wish for others.
    let next = scene.tokens.get(at + length).map_or("", |token| token.folded.as_str());
    if length == 1 && ["time", "day", "hour", "moment", "other", "chance"].contains(&next) {
        return None;
    }
    let tokens = at..at + length;
    Some(Hit {
        claim: tokens.clone(),
        core: tokens,
        value,
        alternatives: Vec::new(),
        rank: RANK_RELATIVE,
    })
}

fn stands(scene: &Scene<'_>, at: usize, phrase: &str) -> Option<usize> {
    let mut used = 0;
    for word in phrase.split(' ') {
        (scene.tokens.get(at + used)?.folded == word).then_some(())?;
        used += 1;
    }
    Some(used)
}

fn last(c: &Cursor<'_>) -> Option<usize> {
    let mut d = *c;
    d.eat(Meaning::The);
    d.eat(Meaning::LastOne).then_some(())?;
    d.eat(Meaning::Pronoun);
    let calendar = [Term::Weekday, Term::Unit, Term::Month, Term::Weekend];
    (!d.is_any(&calendar.map(Meaning::Calendar))).then_some(d.at)
}

/// "option 3", "number two", "option b", "#2".
fn option(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<u32> {
    let mut d = *c;
    d.eat(Meaning::The);
    d.eat(Meaning::Choice).then_some(())?;
    let _colon = d.eat_mark(':');
    let start = d.at;
    let chosen = if let Some(number) = d.number() {
        Some(number.value).filter(|value| *value <= MAX_OFFERED)?
    } else {
        let lexeme = d.peek()?;
        let token = scene.tokens.get(lexeme.tokens.start)?;
        let [letter @ b'a'..=b'f'] = token.folded.as_bytes() else {
            return None;
        };
        d.at += 1;
        u32::from(letter - b'a') + 1
    };
    let dial = d.peek().is_some_and(|lexeme| lexeme.glued && lexeme.digits.is_some());
    (!dial && d.at > start).then(|| *c = d)?;
    Some(chosen)
}

/// "the second one", "la primera", "2nd option", a lone "third".
fn ordinal(scene: &Scene<'_>, c: &mut Cursor<'_>, offered: Option<usize>) -> Option<u32> {
    let mut d = *c;
    let article = d.eat(Meaning::The);
    let start = d.at;
    // "segunda" and "sexta" are days, "quarto" and "cuarto" rooms, unless something was offered.
    let double = d.is_any(&[Meaning::Calendar(Term::Weekday), Meaning::Quarter]);
    let word =
        d.take(|meaning| if let Meaning::Ordinal(value) = meaning { Some(value) } else { None });
    let (chosen, suffixed) = match word {
        Some(chosen) => (chosen, false),
        None => {
            let digits = d.digits().filter(|digits| digits.length <= 2)?;
            let glued = d.peek().is_some_and(|lexeme| lexeme.glued);
            let suffixed = glued && d.eat(Meaning::OrdinalSuffix);
            (digits.value, suffixed)
        }
    };
    let pronoun = d.eat(Meaning::Pronoun);
    let within = offered.is_some_and(|n| usize::try_from(chosen).is_ok_and(|chosen| chosen <= n));
    let alone = scene.alone(&(start..d.at));
    let evident = if word.is_some() {
        let closed = d.peek().is_none_or(|next| next.mark.is_some() || !next.meanings.is_empty());
        pronoun
            || (!double && ((article && closed) || alone))
            || (within && (article || alone || !double))
    } else {
        pronoun && (suffixed || article) || (within && (article || suffixed) && !counts(&d))
    };
    let month = {
        let mut e = d;
        e.eat(Meaning::Of);
        e.is(Meaning::Calendar(Term::Month))
    };
    (evident && !month && chosen <= MAX_OFFERED && !counts(&d)).then(|| *c = d)?;
    Some(chosen)
}

fn counts(c: &Cursor<'_>) -> bool {
    super::clock::counts_something(c)
        || c.is_any(&[Meaning::Am, Meaning::Pm, Meaning::HourMark, Meaning::OClock])
}

/// Words that go on from a number without counting anything: "1 works for me".
const GOES_ON: &[&str] = &[
    "works", "work", "is", "please", "sounds", "suits", "looks", "me", "esta", "por", "va", "ta",
    "fica", "serve", "pode", "thanks", "gracias", "obrigado", "obrigada",
];

/// A number alone, or one that is all there is to the message, when that many things were offered.
fn bare(scene: &Scene<'_>, c: &mut Cursor<'_>, offered: Option<usize>) -> Option<u32> {
    let start = c.at;
    let number = c.number().filter(|number| number.digits.is_none_or(|length| length <= 2))?;
    let within = usize::try_from(number.value).is_ok_and(|n| offered.is_some_and(|of| n <= of));
    let accepts = start == 0
        && c.peek()
            .and_then(|lexeme| scene.tokens.get(lexeme.tokens.start))
            .is_some_and(|token| GOES_ON.contains(&token.folded.as_str()));
    let alone = scene.alone(&(start..c.at));
    (within && number.value >= 1 && (alone || accepts)).then_some(number.value)
}
