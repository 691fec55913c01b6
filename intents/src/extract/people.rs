//! How many people: "table for 4", "somos 2", "2 adults 1 kid".

use super::{
    Expecting, RANK_PARTY,
    clock::{counts_something, hour},
    lexicon::is_common,
    meaning::Meaning,
    scene::{Cursor, Hit, Scene},
    token::{Shape, Token},
};
use crate::EntityValue;

/// More than this is not a party.
const MAX_PARTY: u32 = 500;

/// Finds a party size starting at lexeme `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let mut c = scene.cursor(at);
    let party = c.eat(Meaning::PartyOf);
    // "2x1" and "2 for 1" are offers.
    let priced = at > 0 && scene.lexemes[at - 1].digits.is_some();
    let plain = !party && !priced && c.eat(Meaning::For);
    let core = c.at;
    let article = c.is(Meaning::A);
    let (mut count, counted) = head_count(&mut c)?;
    if counted {
        // "2 adults 1 kid", "2 adultos y un niño"
        let mut d = c;
        loop {
            let _and = d.eat(Meaning::And) || d.eat_mark(',') || d.eat_mark('+');
            match head_count(&mut d) {
                Some((more, true)) => (count, c) = (count.saturating_add(more), d),
                _ => break,
            }
        }
    }
    let expecting = matches!(scene.cx.expecting, Some(Expecting::PartySize));
    let bare = expecting && scene.alone(&(core..c.at));
    let open = (party || (plain && !article && !counts_things(scene, &c))) && !follows_as_time(&c);
    // "una persona" may be anybody; "para una persona" is a party of one.
    let counted =
        counted && (!article || party || plain || expecting || scene.alone(&(core..c.at)));
    if !(1..=MAX_PARTY).contains(&count) || !(counted || open || bare) {
        return None;
    }
    let mut hit = scene.hit(at..c.at, core, RANK_PARTY, EntityValue::PartySize(count));
    if plain && !counted && !expecting {
        let time = hour(&mut scene.cursor(core)).map(EntityValue::Time);
        if matches!(scene.cx.expecting, Some(Expecting::Time)) {
            let party = std::mem::replace(&mut hit.value, time?);
            hit.alternatives.push(party);
        } else {
            hit.alternatives.extend(time);
        }
    }
    Some(hit)
}

/// A number, and whether people are named after it.
fn head_count(c: &mut Cursor<'_>) -> Option<(u32, bool)> {
    let mut d = *c;
    let count = if d.is(Meaning::A)
        && !d.peek()?.meanings.iter().any(|m| matches!(m, Meaning::Number(_)))
    {
        d.at += 1;
        1
    } else {
        d.number().filter(|number| number.digits.is_none_or(|length| length <= 3))?.value
    };
    let counted = d.eat(Meaning::People);
    if count == 1 && !counted && d.at == c.at + 1 && c.is(Meaning::A) && !c.is(Meaning::Number(1)) {
        return None;
    }
    *c = d;
    Some((count, counted))
}

/// "for one gallon": a word that says nothing here and is not common follows.
fn counts_things(scene: &Scene<'_>, c: &Cursor<'_>) -> bool {
    c.peek().is_some_and(|lexeme| {
        let word = scene.tokens.get(lexeme.tokens.start);
        let unknown = |token: &Token| {
            token.shape == Shape::Word && token.folded.len() > 2 && !is_common(&token.folded)
        };
        lexeme.meanings.is_empty()
            && word.is_some_and(unknown)
            && !scene.is_capital(lexeme.tokens.start)
    })
}

/// Whether the number is a time, a day, a duration or a price after all.
fn follows_as_time(c: &Cursor<'_>) -> bool {
    counts_something(c)
        || c.is_any(&[
            Meaning::Am,
            Meaning::Pm,
            Meaning::HourMark,
            Meaning::OClock,
            Meaning::Ish,
            Meaning::Part,
        ])
        || {
            let mut d = *c;
            (d.eat(Meaning::And) || d.eat(Meaning::Minus))
                && d.is_any(&[Meaning::Half, Meaning::Quarter])
        }
}
