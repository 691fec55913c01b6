//! Rules that only English has.

use winnow::{
    Parser as _,
    combinator::{alt, opt},
};

use crate::{
    Grain, Length,
    expr::{Day, Expr, Point, Time, Which},
    grammar::{length::Measured, number},
    meaning::Meaning::{self, A, Fortnight, Half, On, Unit, Weekday},
    stream::{Input, Parsed, fail, say, word},
};

pub(super) fn expression(input: &mut Input<'_>) -> Parsed<Expr> {
    fail(input)
}

pub(super) fn point(input: &mut Input<'_>) -> Parsed<Point> {
    fail(input)
}

pub(super) fn range(input: &mut Input<'_>) -> Parsed<Expr> {
    fail(input)
}

pub(super) fn open(input: &mut Input<'_>) -> Parsed<Expr> {
    fail(input)
}

pub(super) fn day(input: &mut Input<'_>) -> Parsed<Day> {
    alt((week_on, a_week_on)).parse_next(input)
}

/// "Tuesday week", "tomorrow week", "Monday fortnight": so long after that day.
fn week_on(input: &mut Input<'_>) -> Parsed<Day> {
    let base = one_day(input)?;
    let days = alt((say!(Unit(Grain::Week) => 7), say!(Fortnight => 14))).parse_next(input)?;
    Ok(after(base, days))
}

/// "a week on Tuesday", "two weeks tomorrow".
fn a_week_on(input: &mut Input<'_>) -> Parsed<Day> {
    let weeks = alt((number::count, say!(A => 1))).parse_next(input)?;
    let days = alt((say!(Unit(Grain::Week) => 7), say!(Fortnight => 14))).parse_next(input)?;
    opt(say!(On)).parse_next(input)?;
    let base = one_day(input)?;
    match i32::try_from(weeks).ok().and_then(|weeks| weeks.checked_mul(days)) {
        Some(days) if days < 10_000 => Ok(after(base, days)),
        _ => fail(input),
    }
}

fn one_day(input: &mut Input<'_>) -> Parsed<Day> {
    alt((
        say!(Weekday(day) => Day::Weekday { day, which: Which::Bare }),
        say!(Meaning::Day(days) => Day::Offset(days)),
    ))
    .parse_next(input)
}

fn after(base: Day, days: i32) -> Day {
    let length = Length { days, ..Length::default() };
    Day::Shift { length, grain: Grain::Week, back: false, base: Box::new(base) }
}

pub(super) fn simple_day(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn date(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn section(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn time(input: &mut Input<'_>) -> Parsed<Time> {
    fail(input)
}

pub(super) fn weak_time(input: &mut Input<'_>) -> Parsed<Time> {
    half_hour(input)
}

/// "half 4": half past four in Britain.
fn half_hour(input: &mut Input<'_>) -> Parsed<Time> {
    say!(Half).parse_next(input)?;
    let hour = number::between(1, 12).parse_next(input)?;
    Ok(Time { minute: Some(30), ..Time::hour(hour) })
}

pub(super) fn length(input: &mut Input<'_>) -> Parsed<Measured> {
    fail(input)
}

pub(super) fn day_word(input: &mut Input<'_>) -> Parsed<()> {
    fail(input)
}

pub(super) fn month_word(input: &mut Input<'_>) -> Parsed<()> {
    fail(input)
}

pub(super) fn season_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["season"], input)
}

pub(super) fn half_year(input: &mut Input<'_>) -> Parsed<()> {
    fail(input)
}

pub(super) fn but(input: &mut Input<'_>) -> Parsed<()> {
    word(&["but"], input)
}

pub(super) fn from_day(input: &mut Input<'_>) -> Parsed<()> {
    fail(input)
}

pub(super) fn from_clock(input: &mut Input<'_>) -> Parsed<()> {
    fail(input)
}
