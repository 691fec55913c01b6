//! Weeks, months, quarters, years: this one, the next three, the third of them, the end of one.

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use super::{date, day, length, number};
use crate::{
    Grain,
    expr::{Cycle, Day, Which, Year},
    lang,
    lexer::Shape,
    meaning::{
        Meaning::{
            self, About, BusinessDay, Coming, EndOfUnit, Fortnight, From, Holiday, In, Last,
            LastAfter, Month, Next, NextAfter, Of, On, Same, StartOfUnit, Starting, The, Unit,
            Weekday, Weekend, Workweek,
        },
        Section,
    },
    stream::{Input, Parsed, digits, fail, glued, longest, loose, mark, say},
};

/// "this week", "next month", "el año pasado", "the weekend", "the year".
pub(crate) fn cycle(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(About)).parse_next(input)?;
    let before = opt(alt((day::which, same))).parse_next(input)?;
    let the = before.is_none() && opt(say!(The)).parse_next(input)?.is_some();
    let what = alt((
        say!(Weekend => What::Weekend),
        say!(Workweek => What::Workweek),
        say!(Fortnight => What::Fortnight),
        any_season,
        long_unit.map(What::Unit),
    ))
    .parse_next(input)?;
    let after = match before {
        Some(_) => None,
        None => opt(day::which_after).parse_next(input)?,
    };
    let week_after_next = before.is_none()
        && after.is_none()
        && opt(say!(Meaning::AfterNext)).parse_next(input)?.is_some();
    let which = before.or(after).or(week_after_next.then_some(Which::Next(2)));
    let alone = the && lang::article_makes_a_cycle(input);
    Ok(match (what, which) {
        (What::Weekend, which) => Day::Weekend(which.unwrap_or(Which::Bare)),
        (What::Workweek, Some(which)) => Day::Workweek(which),
        (What::Fortnight, Some(which)) => Day::Fortnight(which),
        (What::Fortnight, None) if alone => Day::Fortnight(Which::This),
        (What::Season, Some(which)) => Day::AnySeason(which),
        // "the last minute": to one engine the sixty seconds up to now.
        (What::Unit(grain), Some(which @ (Which::Last(1) | Which::Next(1))))
            if grain < Grain::Day && input.state.conventions == crate::Conventions::Recognizers =>
        {
            Day::Run { count: 1, grain, which, business: false }
        }
        (What::Unit(grain), Some(which)) => Day::Cycle { grain, which },
        (What::Unit(grain), None) if alone && grain >= Grain::Day => {
            Day::Cycle { grain, which: Which::This }
        }
        _ => return fail(input),
    })
}

enum What {
    Unit(Grain),
    Weekend,
    Workweek,
    Fortnight,
    Season,
}

fn any_season(input: &mut Input<'_>) -> Parsed<What> {
    lang::season_word(input)?;
    Ok(What::Season)
}

fn same(input: &mut Input<'_>) -> Parsed<Which> {
    opt(say!(The)).parse_next(input)?;
    say!(Same => Which::This).parse_next(input)
}

/// A unit in full; letters such as "m" only follow digits.
fn long_unit(input: &mut Input<'_>) -> Parsed<Grain> {
    let short = input.first().is_some_and(|token| token.atom.text.chars().count() == 1);
    if short { fail(input) } else { length::unit(input) }
}

/// "next 3 days", "3 next weeks", "last two years", "tres meses que vienen".
pub(crate) fn run(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let way = |input: &mut Input<'_>| {
        alt((
            say!(Coming => Which::Coming),
            say!(Next => Which::Next(1)),
            say!(Last => Which::Last(1)),
            say!(NextAfter => Which::Next(1)),
            say!(LastAfter => Which::Last(1)),
        ))
        .parse_next(input)
    };
    let first = opt(way).parse_next(input)?;
    let count = number::count(input)?;
    let second = match first {
        Some(_) => None,
        None => opt(way).parse_next(input)?,
    };
    let (grain, business, fortnight) = alt((
        say!(BusinessDay => (Grain::Day, true, false)),
        long_unit.map(|grain| (grain, false, false)),
        say!(Fortnight => (Grain::Week, false, true)),
    ))
    .parse_next(input)?;
    let after = |input: &mut Input<'_>| {
        alt((say!(NextAfter => Which::Next(1)), say!(LastAfter => Which::Last(1))))
            .parse_next(input)
    };
    let third = match first.or(second) {
        Some(_) => None,
        None => Some(after(input)?),
    };
    let Some(which) = first.or(second).or(third) else { return fail(input) };
    let count = i32::try_from(count).ok().filter(|count| (1..=100_000).contains(count));
    let Some(count) = count else { return fail(input) };
    let count = if fortnight { count * 2 } else { count };
    Ok(Day::Run { count, grain, which, business })
}

/// What there can be a third of.
pub(crate) fn of_what(input: &mut Input<'_>) -> Parsed<Cycle> {
    alt((
        say!(Weekday(n) => Cycle::Weekday(n)),
        say!(Meaning::Weekdays(n) => Cycle::Weekday(n)),
        say!(Weekend => Cycle::Weekend),
        say!(Holiday(holiday) => Cycle::Holiday(holiday)),
        long_unit.map(Cycle::Grain),
        say!(Month(n) => Cycle::Month(n)),
    ))
    .parse_next(input)
}

/// "third Tuesday of June", "last week of May", "the 3rd last week of 2018", "first 2 weeks of 2021".
pub(crate) fn nth(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let ordinal = |input: &mut Input<'_>| {
        let n = number::ordinal(input)?;
        let last = opt(say!(Last)).parse_next(input)?.is_some();
        Ok(if last { -i32::from(n) } else { i32::from(n) })
    };
    let mut n = alt((say!(Last => -1), ordinal)).parse_next(input)?;
    let count = opt(number::integer).parse_next(input)?.unwrap_or(1);
    let cycle = of_what(input)?;
    if opt(say!(LastAfter)).parse_next(input)?.is_some() {
        n = -n.abs();
    }
    opt(alt((say!(Of), say!(In), say!(On)))).parse_next(input)?;
    let within = day::simple(input)?;
    let count = i32::try_from(count).ok().filter(|count| (1..=1000).contains(count));
    let Some(count) = count else { return fail(input) };
    if !longer(&within, cycle) {
        return fail(input);
    }
    Ok(Day::Nth { n, count, cycle, within: Box::new(within) })
}

/// Whether a stretch is of a kind that holds several of `cycle`.
fn longer(within: &Day, cycle: Cycle) -> bool {
    match within {
        Day::Month { .. }
        | Day::Quarter { .. }
        | Day::HalfYear { .. }
        | Day::Season { .. }
        | Day::Decade { .. }
        | Day::Century(_)
        | Day::In { .. } => true,
        Day::Date { day: None, .. } => true,
        Day::Cycle { grain, .. } => match cycle {
            Cycle::Grain(unit) => unit < *grain,
            Cycle::Weekday(_) | Cycle::Weekend => *grain >= Grain::Month,
            Cycle::Month(_) | Cycle::Holiday(_) => *grain >= Grain::Year,
        },
        _ => false,
    }
}

/// "end of May", "early next week", "mid-November", "the rest of the week", "EOM".
pub(crate) fn section(input: &mut Input<'_>) -> Parsed<Day> {
    longest(&[unit_section, long_section, lang::section], input)
}

fn unit_section(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let (section, grain) = alt((
        say!(EndOfUnit(grain) => (Section::Late, grain)),
        say!(StartOfUnit(grain) => (Section::Early, grain)),
    ))
    .parse_next(input)?;
    let of = Box::new(Day::Cycle { grain, which: Which::This });
    Ok(Day::Section { section, of })
}

fn long_section(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let section = say!(Meaning::Section(section) => section).parse_next(input)?;
    opt(mark(&['-'])).parse_next(input)?;
    opt(alt((say!(Of), say!(In)))).parse_next(input)?;
    opt(say!(About)).parse_next(input)?;
    let of = alt((day::simple, bare_unit)).parse_next(input)?;
    let long = !matches!(of, Day::Now | Day::Run { .. } | Day::Weekend(_));
    if long { Ok(Day::Section { section, of: Box::new(of) }) } else { fail(input) }
}

/// "end of month": of this one.
fn bare_unit(input: &mut Input<'_>) -> Parsed<Day> {
    match long_unit(input)? {
        grain @ (Grain::Week | Grain::Month | Grain::Quarter | Grain::Year | Grain::Day) => {
            Ok(Day::Cycle { grain, which: Which::This })
        }
        _ => fail(input),
    }
}

/// "Q4 2018", "2018Q4", "third quarter", "first quarter of the year", "4º trimestre".
pub(crate) fn quarter(input: &mut Input<'_>) -> Parsed<Day> {
    longest(&[letter_quarter, year_quarter, named_quarter, letter_half], input)
}

/// "q3".
fn q(input: &mut Input<'_>) -> Parsed<i32> {
    if !input.first().is_some_and(|token| lang::quarter_letter(&token.atom.text, input)) {
        return fail(input);
    }
    input.next_token();
    glued(input)?;
    match digits(input)? {
        (n @ 1..=4, 1) => Ok(n as i32),
        _ => fail(input),
    }
}

/// "H2".
fn h(input: &mut Input<'_>) -> Parsed<i32> {
    if input.first().is_none_or(|token| token.atom.text != "h") {
        return fail(input);
    }
    input.next_token();
    glued(input)?;
    match digits(input)? {
        (n @ 1..=2, 1) => Ok(n as i32),
        _ => fail(input),
    }
}

/// "2019-H2", "H1 2020".
fn letter_half(input: &mut Input<'_>) -> Parsed<Day> {
    let first = |input: &mut Input<'_>| {
        let year = number::full_year_before_letters(input)?;
        opt(mark(&['-', '/'])).parse_next(input)?;
        Ok((h(input)?, year))
    };
    let last = |input: &mut Input<'_>| Ok((h(input)?, date::year_after(input)?));
    let (half, year) = alt((first, last)).parse_next(input)?;
    loose(input)?;
    Ok(Day::HalfYear { half, year: Some(year) })
}

fn letter_quarter(input: &mut Input<'_>) -> Parsed<Day> {
    let quarter = q(input)?;
    loose(input)?;
    let year = opt(date::year_after).parse_next(input)?;
    Ok(Day::Quarter { quarter, year })
}

fn year_quarter(input: &mut Input<'_>) -> Parsed<Day> {
    let (year, places) = digits(input)?;
    opt(mark(&['-', '/'])).parse_next(input)?;
    let quarter = q(input)?;
    loose(input)?;
    match i16::try_from(year) {
        Ok(year) if places == 4 => Ok(Day::Quarter { quarter, year: Some(Year::Full(year)) }),
        _ => fail(input),
    }
}

fn named_quarter(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let n = alt((say!(Last => -1), number::ordinal.map(i32::from))).parse_next(input)?;
    let half = opt(lang::half_year).parse_next(input)?.is_some();
    if !half {
        say!(Unit(Grain::Quarter)).parse_next(input)?;
    }
    let year = opt(date::year_after).parse_next(input)?;
    if year.is_none() {
        // "of the year" says nothing more.
        opt((say!(Of), opt(say!(The)), say!(Unit(Grain::Year)))).parse_next(input)?;
    }
    match (half, n) {
        (true, 1 | 2) => Ok(Day::HalfYear { half: n, year }),
        (false, 1..=4) => Ok(Day::Quarter { quarter: n, year }),
        (false, -1) if year.is_some() => Ok(Day::Quarter { quarter: 4, year }),
        _ => fail(input),
    }
}

/// "week 23", "the week 3 of 2027".
pub(crate) fn week_number(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    say!(Unit(Grain::Week)).parse_next(input)?;
    let week = i32::from(number::between(1, 53).parse_next(input)?);
    loose(input)?;
    let year = opt(date::year_after).parse_next(input)?;
    Ok(Day::WeekNumber { week, year })
}

/// "the week of the 18th", "the week starting on February 4".
pub(crate) fn week_of(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    say!(Unit(Grain::Week)).parse_next(input)?;
    alt((say!(Of), say!(Starting), say!(From))).parse_next(input)?;
    opt(alt((say!(On), say!(The)))).parse_next(input)?;
    let day = day::simple(input)?;
    match day {
        Day::Date { day: Some(_), .. }
        | Day::Holiday { .. }
        | Day::Offset(_)
        | Day::Weekday { .. } => Ok(Day::WeekOf(Box::new(day))),
        _ => fail(input),
    }
}

/// "1990s", "the 90s".
pub(crate) fn decade(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    if let Some(n) = opt((number::ordinal, say!(Unit(Grain::Century)))).parse_next(input)? {
        return Ok(Day::Century(i16::from(n.0)));
    }
    let (start, places) = digits(input)?;
    opt(mark(&['\''])).parse_next(input)?;
    let s = input.first().is_some_and(|token| {
        token.atom.glued && token.atom.text == "s" && matches!(token.atom.shape, Shape::Word)
    });
    let start = i16::try_from(start).ok().filter(|start| start % 10 == 0);
    match start {
        Some(start) if s && (places == 4 || places == 2) => {
            input.next_token();
            Ok(Day::Decade { start, short: places == 2 })
        }
        _ => fail(input),
    }
}
