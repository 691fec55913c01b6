//! Which of what was offered: "the second one", "la última", "option 3", a bare "2".

use super::{
    Expecting, RANK_SELECT,
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

fn last(c: &Cursor<'_>) -> Option<usize> {
    let mut d = *c;
    d.eat(Meaning::The);
    d.eat(Meaning::LastOne).then_some(())?;
    d.eat(Meaning::Pronoun);
    let calendar = d.peek().is_some_and(|lexeme| {
        lexeme.meanings.iter().any(|m| {
            matches!(
                m,
                Meaning::Weekday(_) | Meaning::Unit(_) | Meaning::Month(_) | Meaning::Weekend
            )
        })
    });
    (!calendar).then_some(d.at)
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
    let double = d
        .peek()?
        .meanings
        .iter()
        .any(|meaning| matches!(meaning, Meaning::Weekday(_) | Meaning::Quarter));
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
        e.month().is_some()
    };
    (evident && !month && chosen <= MAX_OFFERED && !counts(&d)).then(|| *c = d)?;
    Some(chosen)
}

fn counts(c: &Cursor<'_>) -> bool {
    super::clock::counts_something(c)
        || c.is_any(&[Meaning::Am, Meaning::Pm, Meaning::HourMark, Meaning::OClock])
}

/// A number alone, when that many things were offered.
fn bare(scene: &Scene<'_>, c: &mut Cursor<'_>, offered: Option<usize>) -> Option<u32> {
    let start = c.at;
    let number = c.number().filter(|number| number.digits.is_none_or(|length| length <= 2))?;
    let within = usize::try_from(number.value).is_ok_and(|n| offered.is_some_and(|of| n <= of));
    (within && number.value >= 1 && scene.alone(&(start..c.at))).then_some(number.value)
}
