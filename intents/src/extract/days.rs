//! Several days: "this week", "the weekend", "del 3 al 6 de agosto", "before the 12th".

use std::ops::Range;

use jiff::civil::Date;

use super::{
    RANK_DAYS, RANK_WINDOW,
    calendar::{plus_days, remaining, weekday_in_week},
    date::{self, Dated},
    meaning::{Meaning, Unit},
    scene::{Cursor, Hit, Scene},
};
use crate::EntityValue;

/// "after the 12th" looks this far, in days.
const HORIZON_DAYS: i32 = 14;

/// Finds a stretch of days starting at lexeme `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let limited = from_to(scene, at).or_else(|| bounded(scene, at));
    let rank = if limited.is_some() { RANK_WINDOW } else { RANK_DAYS };
    let (end, dated) = limited.or_else(|| named(scene, at))?;
    let mut hit = scene.hit(at..end, at, rank, dated.value);
    hit.alternatives = dated.alternatives;
    Some(hit)
}

type Found = (usize, Dated);

/// "this week", "next month", "end of the month", "el finde que viene", "in august".
fn named(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let today = scene.today;
    let mut c = scene.cursor(at);
    let later = c.eat(Meaning::Later);
    let start = !later && c.eat(Meaning::StartOf);
    let end = !later && !start && c.eat(Meaning::EndOf);
    c.eat(Meaning::The);
    let this = c.eat(Meaning::This);
    let mut next = !this && c.eat(Meaning::Next);
    if !this && !next {
        c.eat(Meaning::The);
    }
    if c.eat(Meaning::Weekend) {
        next |= c.eat(Meaning::Next);
        return Some((c.at, weekend(today, next)));
    }
    if !this && !next && !start && !end && scene.lexemes[at].is(Meaning::In) {
        return month(scene, at);
    }
    let week = c.eat(Meaning::Unit(Unit::Week));
    if !week && !c.eat(Meaning::Unit(Unit::Month)) {
        return None;
    }
    next |= c.eat(Meaning::Next);
    if !(this || next || start || end) {
        return None;
    }
    let ahead = i32::from(next);
    let (first, last) = if week {
        (weekday_in_week(today, 1, ahead), weekday_in_week(today, 7, ahead))
    } else {
        let month = if next { plus_days(today.last_of_month(), 1) } else { today };
        (month.first_of_month(), month.last_of_month())
    };
    let edge = if week { 2 } else { 6 };
    let (first, last) = if start {
        (first, plus_days(first, edge))
    } else if end {
        (plus_days(last, -edge - i32::from(week)), last)
    } else {
        (first, last)
    };
    let first = if later { first.max(plus_days(today, 1)).min(last) } else { first };
    Some((c.at, remaining(today, first, last).into()))
}

fn weekend(today: Date, next: bool) -> Dated {
    let of_week = |weeks| {
        remaining(today, weekday_in_week(today, 6, weeks), weekday_in_week(today, 7, weeks))
    };
    if next {
        Dated { value: of_week(1), alternatives: vec![of_week(0)] }
    } else {
        of_week(0).into()
    }
}

/// "in august": the whole month, or what is left of it.
fn month(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let today = scene.today;
    let mut c = scene.cursor(at);
    c.eat(Meaning::In);
    let month = c.month()?;
    let year = if month < today.month() { today.year().saturating_add(1) } else { today.year() };
    let first = Date::new(year, month, 1).ok()?;
    Some((c.at, remaining(today, first, first.last_of_month()).into()))
}

/// "from monday to wednesday", "del 3 al 6 de agosto", "march 3 - 6".
fn from_to(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let mut c = scene.cursor(at);
    let between = c.eat(Meaning::Between);
    let opened = between || c.eat_any(&[Meaning::FromDay, Meaning::From]);
    let (first, weak) = edge(scene, &mut c)?;
    let middle = c.at;
    let to_day = c.is(Meaning::ToDay);
    // "amanhã às 10" is a day and a time.
    if c.is(Meaning::At) || (scene.moving && !between) {
        return None;
    }
    let joined = c.eat_any(&[Meaning::ToDay, Meaning::To])
        || c.eat_mark('-')
        || (between && c.eat(Meaning::And));
    if !joined {
        return None;
    }
    let (last, weak_last) = edge(scene, &mut c)?;
    let from_day = scene.lexemes[at].is(Meaning::FromDay);
    if (weak && weak_last && !(from_day && to_day)) || (weak && !opened) {
        return None;
    }
    let (mut first, mut last) = (first?, last?);
    let says = |lexemes: Range<usize>, wanted: fn(&Meaning) -> bool| {
        scene.lexemes[lexemes].iter().any(|lexeme| lexeme.meanings.iter().any(wanted))
    };
    let month: fn(&Meaning) -> bool = |meaning| matches!(meaning, Meaning::Month(_));
    let weekday: fn(&Meaning) -> bool = |meaning| matches!(meaning, Meaning::Weekday(_));
    if says(middle..c.at, month) && !says(at..middle, month) && !says(at..middle, weekday) {
        // "del 3 al 6 de agosto": the month is said once.
        first = Date::new(last.year(), last.month(), first.day()).ok()?;
    } else if last < first && says(middle..c.at, weekday) {
        last = plus_days(last, 7);
    }
    (first < last).then(|| (c.at, EntityValue::DateRange { first, last }.into()))
}

/// One end of a range: a day, or a bare number that the other end explains.
fn edge(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<(Option<Date>, bool)> {
    let mut d = *c;
    if let Some(dated) = date::read(scene, &mut d) {
        *c = d;
        return Some((Some(date::plain(&dated)?), false));
    }
    let number = c.number().filter(|number| (1..=31).contains(&number.value))?;
    if super::clock::counts_something(c) || c.is_any(&[Meaning::HourMark, Meaning::Am, Meaning::Pm])
    {
        return None;
    }
    let day = i8::try_from(number.value).ok()?;
    Some((super::calendar::upcoming_day(scene.today, day), true))
}

/// "before friday", "after the 12th", "hasta el jueves": a stretch that starts today, or lasts a
/// fortnight.
fn bounded(scene: &Scene<'_>, at: usize) -> Option<Found> {
    let today = scene.today;
    let mut c = scene.cursor(at);
    let after = c.is(Meaning::After);
    if !c.eat_any(&[Meaning::After, Meaning::Before]) {
        return None;
    }
    let word = scene.last_word(at);
    let opening = scene.tokens[scene.lexemes[at].tokens.start].folded.as_str();
    let until = matches!(opening, "by" | "until" | "till" | "til" | "up" | "hasta" | "ate");
    c.eat(Meaning::This);
    let (day, weak) = edge(scene, &mut c)?;
    let day = day?;
    if weak && !matches!(word, "del" | "el" | "dia") {
        return None;
    }
    let (first, last) = if after {
        (plus_days(day, 1), plus_days(day, HORIZON_DAYS))
    } else {
        (today, if until { day } else { plus_days(day, -1) })
    };
    (first <= last).then(|| (c.at, EntityValue::DateRange { first, last }.into()))
}
