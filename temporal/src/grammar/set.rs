//! What repeats: "every Monday", "daily", "every two weeks", "Tuesdays at 9am", "twice a month".

use winnow::{
    Parser as _,
    combinator::{alt, opt, repeat},
};

use super::{clock, length, number};
use crate::{
    Grain,
    expr::{Clock, Expr, Point, Set},
    meaning::Meaning::{
        self, A, Adverb, And, At, Every, EveryOther, In, On, Or, Parts, The, Times, Weekday,
        Weekdays, Weekend, Weekends,
    },
    stream::{Input, Parsed, fail, longest, mark, say},
};

/// No week has more days.
const MOST_DAYS: usize = 7;

/// Something that repeats, with a time of day or not, said in either order.
pub(crate) fn set(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[time_last, time_first], input)
}

fn time_last(input: &mut Input<'_>) -> Parsed<Expr> {
    opt(say!(On)).parse_next(input)?;
    let mut set = alt((every_days, every, adverb, plural_days, times)).parse_next(input)?;
    let mut point = Point { clock: set.clock, ..Point::default() };
    let timed = |input: &mut Input<'_>| {
        opt(mark(&[','])).parse_next(input)?;
        let at = opt(clock::at).parse_next(input)?.is_some();
        let time = if at { clock::any(input)? } else { clock::strong(input)? };
        Ok(Clock::time(time))
    };
    if let Some(clock) = opt(timed).parse_next(input)? {
        let own = point.clock.get_or_insert_default();
        own.time = clock.time;
    }
    let part = |input: &mut Input<'_>| {
        opt(alt((say!(In), say!(On), say!(At)))).parse_next(input)?;
        opt(say!(The)).parse_next(input)?;
        alt((say!(Parts(part) => part), say!(Meaning::Part(part) => part))).parse_next(input)
    };
    if let Some(part) = opt(part).parse_next(input)? {
        point.clock.get_or_insert_default().part = Some(part);
    }
    set.clock = point.clock;
    Ok(Expr::Set(set))
}

/// "3pm each day", "at 9 every Monday".
fn time_first(input: &mut Input<'_>) -> Parsed<Expr> {
    let at = opt(clock::at).parse_next(input)?.is_some();
    let time = if at { clock::any(input)? } else { clock::strong(input)? };
    opt(say!(On)).parse_next(input)?;
    let mut set = alt((every_days, every, adverb, plural_days)).parse_next(input)?;
    set.clock.get_or_insert_default().time = Some(time);
    Ok(Expr::Set(set))
}

/// "every Monday and Wednesday".
fn every_days(input: &mut Input<'_>) -> Parsed<Set> {
    let every = alt((say!(EveryOther => 2), say!(Every => 1))).parse_next(input)?;
    let named = |input: &mut Input<'_>| {
        opt(say!(The)).parse_next(input)?;
        alt((say!(Weekday(n) => n), say!(Weekdays(n) => n))).parse_next(input)
    };
    let weekdays = days(named, input)?;
    Ok(Set { every, grain: Grain::Week, weekdays, clock: None })
}

/// "Mondays", "Tuesdays and Thursdays", "weekends".
fn plural_days(input: &mut Input<'_>) -> Parsed<Set> {
    opt(say!(The)).parse_next(input)?;
    if opt(say!(Weekends)).parse_next(input)?.is_some() {
        return Ok(Set { every: 1, grain: Grain::Week, weekdays: vec![6, 7], clock: None });
    }
    let plural = |input: &mut Input<'_>| {
        opt(say!(The)).parse_next(input)?;
        say!(Weekdays(n) => n).parse_next(input)
    };
    if let Some(weekdays) = opt(|input: &mut Input<'_>| days(plural, input)).parse_next(input)? {
        return Ok(Set { every: 1, grain: Grain::Week, weekdays, clock: None });
    }
    // "Friday mornings".
    let day = say!(Weekday(n) => n).parse_next(input)?;
    let part = say!(Parts(part) => part).parse_next(input)?;
    let clock = Some(Clock::part(part));
    Ok(Set { every: 1, grain: Grain::Week, weekdays: vec![day], clock })
}

fn days(
    one: impl Fn(&mut Input<'_>) -> Parsed<i8> + Copy,
    input: &mut Input<'_>,
) -> Parsed<Vec<i8>> {
    let mut found = vec![one(input)?];
    let next = move |input: &mut Input<'_>| {
        opt(mark(&[',', '/'])).parse_next(input)?;
        opt(alt((say!(And), say!(Or)))).parse_next(input)?;
        one(input)
    };
    let rest: Vec<i8> = repeat(0..MOST_DAYS, next).parse_next(input)?;
    found.extend(rest);
    Ok(found)
}

/// "every day", "every two weeks", "each other month", "every night", "every weekend".
fn every(input: &mut Input<'_>) -> Parsed<Set> {
    let other = alt((say!(EveryOther => true), say!(Every => false))).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    let count = alt((number::ordinal.map(|n| u32::from(n.unsigned_abs())), number::count));
    let count = opt(count).parse_next(input)?;
    let every = count.unwrap_or(if other { 2 } else { 1 });
    if every == 0 {
        return fail(input);
    }
    let weekend = alt((say!(Weekend), say!(Weekends)));
    if opt(weekend).parse_next(input)?.is_some() {
        return Ok(Set { every, grain: Grain::Week, weekdays: vec![6, 7], clock: None });
    }
    if opt(say!(Meaning::BusinessDay)).parse_next(input)?.is_some() {
        return Ok(Set { every, grain: Grain::Week, weekdays: vec![1, 2, 3, 4, 5], clock: None });
    }
    let part = alt((say!(Meaning::Part(part) => part), say!(Parts(part) => part)));
    if let Some(part) = opt(part).parse_next(input)? {
        let clock = Some(Clock::part(part));
        return Ok(Set { every, grain: Grain::Day, weekdays: Vec::new(), clock });
    }
    let grain = length::unit(input)?;
    Ok(Set { every, grain, weekdays: Vec::new(), clock: None })
}

/// "daily", "weekly", "annual".
fn adverb(input: &mut Input<'_>) -> Parsed<Set> {
    let (every, grain) = say!(Adverb(every, grain) => (every, grain)).parse_next(input)?;
    Ok(Set { every, grain, weekdays: Vec::new(), clock: None })
}

/// "once a week", "one a day", "twice a month".
fn times(input: &mut Input<'_>) -> Parsed<Set> {
    alt((say!(Times(n) => n), say!(Meaning::Number(1) => 1))).parse_next(input)?;
    alt((say!(A), say!(Every))).parse_next(input)?;
    let grain = length::unit(input)?;
    Ok(Set { every: 1, grain, weekdays: Vec::new(), clock: None })
}
