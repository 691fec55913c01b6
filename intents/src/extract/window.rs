//! Stretches of the day: "after 5", "between 2 and 4", "depois das 17h", "from 9 to 5".

use jiff::civil::Time;
use kernel::Locale;

use super::{
    RANK_WINDOW,
    clock::{self, Clock, Hint, counts_something},
    meaning::Meaning,
    scene::{Cursor, Hit, Scene},
};
use crate::EntityValue;

/// When people leave work.
const WORK_ENDS: Time = Time::constant(17, 0, 0, 0);
/// When lunch is over.
const LUNCH_ENDS: Time = Time::constant(14, 0, 0, 0);

/// Finds a window starting at lexeme `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let found = named(scene, at)
        .or_else(|| pair(scene, at))
        .or_else(|| bound(scene, at))
        .or_else(|| open_ended(scene, at))?;
    let (end, from, until) = found;
    Some(scene.hit(at..end, at, RANK_WINDOW, EntityValue::TimeWindow { from, until }))
}

/// Where the window ends in the lexemes, and its bounds.
type Found = (usize, Option<Time>, Option<Time>);

fn named(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let mut c = scene.cursor(at);
    if c.eat(Meaning::AfterWork) {
        return Some((c.at, Some(WORK_ENDS), None));
    }
    c.eat(Meaning::AfterLunch).then_some((c.at, Some(LUNCH_ENDS), None))
}

/// "after 5", "before noon", "até as 10".
fn bound(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let mut c = scene.cursor(at);
    let after = c.is(Meaning::After);
    if !c.eat_any(&[Meaning::After, Meaning::Before]) {
        return None;
    }
    // "antes del 12" is a day; "antes del mediodía" a time.
    let of_day = matches!(scene.last_word(at), "del" | "el" | "do" | "dia" | "o");
    let clock = time(scene, &mut c)?;
    if of_day && !clock.marked {
        return None;
    }
    let (time, _) = clock.resolve(scene.hint.filter(|_| clock.half.is_none()))?;
    Some(if after { (c.at, Some(time), None) } else { (c.at, None, Some(time)) })
}

/// "5 or later", "from 5 onwards", "a las 5 o antes".
fn open_ended(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let mut c = scene.cursor(at);
    c.eat(Meaning::From);
    let clock = time(scene, &mut c)?;
    let (time, _) = clock.resolve(scene.hint)?;
    if c.eat(Meaning::Onwards) {
        return Some((c.at, Some(time), None));
    }
    c.eat(Meaning::OrBefore).then_some((c.at, None, Some(time)))
}

/// "between 2 and 4", "from 2 to 4", "das 14 às 16", "2-4pm".
fn pair(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let mut c = scene.cursor(at);
    let between = c.eat(Meaning::Between);
    let opened = between || c.eat(Meaning::From);
    let asked = !opened && c.eat_any(&[Meaning::At, Meaning::SoftAt]);
    c.eat_any(&[Meaning::At, Meaning::SoftAt]);
    // In "entre las dos y diez", the "y" belongs to the window.
    let first = if between {
        let mut d = scene.cursor_until(c.at, joint(&c)?);
        let first = clock::read(&mut d)?;
        c.at = d.at;
        first
    } else {
        clock::read(&mut c)?
    };
    let dash = c.eat_mark('-');
    // "das 14 às 16" joins with the word for "at"; "for 3 at 11" does not.
    let at_joins = opened && scene.utterance.locale != Locale::En;
    let joined = dash
        || c.eat_any(&[Meaning::To, Meaning::Before])
        || (at_joins && c.eat(Meaning::At))
        || (between && c.eat(Meaning::And));
    if !joined || (scene.moving && !between) {
        return None;
    }
    c.eat_any(&[Meaning::At, Meaning::SoftAt]);
    let second = clock::read(&mut c)?;
    let evident = opened || asked || first.marked || second.marked;
    let glued_tail = dash && scene.cursor(at).peek().is_some_and(|lexeme| lexeme.glued);
    if !evident || glued_tail || (!second.marked && counts_something(&c)) {
        return None;
    }
    let (from, until) = ordered(first, second, scene.hint)?;
    Some((c.at, Some(from), Some(until)))
}

/// Where the "and" of "between … and …" stands.
fn joint(c: &Cursor<'_>) -> Option<usize> {
    let mut d = *c;
    while d.peek().is_some() && d.at < c.at + 8 {
        let here = d.at;
        if d.eat(Meaning::And) {
            if !d.is_any(&[Meaning::Half, Meaning::Quarter]) {
                return Some(here);
            }
        } else {
            d.at += 1;
        }
    }
    Some(d.at)
}

/// Reads a clock that nothing contradicts.
fn time(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Clock> {
    c.eat_any(&[Meaning::At, Meaning::SoftAt]);
    c.eat(Meaning::Around);
    let glued = scene.cursor(c.at).peek().is_some_and(|l| l.glued && l.digits.is_some());
    let clock = clock::read(c)?;
    let plain = clock.marked || !counts_something(c);
    (plain && !glued).then_some(clock)
}

/// Decides both halves of the day so that the window runs forward: "10 to 2" ends after noon,
/// "2 to 4pm" is all after noon.
fn ordered(first: Clock, second: Clock, hint: Option<Hint>) -> Option<(Time, Time)> {
    let shared = second.half.filter(|_| first.half.is_none());
    let readings = |clock: Clock, hint| {
        let (best, other) = clock.resolve(hint)?;
        Some([Some(best), other].into_iter().flatten().collect::<Vec<_>>())
    };
    let untils = readings(second, hint)?;
    let same_half = shared.map(|half| readings(first, Some(half))).unwrap_or_default();
    let froms = same_half.into_iter().flatten().chain(readings(first, hint)?).collect::<Vec<_>>();
    froms
        .iter()
        .flat_map(|from| untils.iter().map(move |until| (*from, *until)))
        .find(|(from, until)| from < until)
}
