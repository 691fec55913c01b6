//! Days by name: "tomorrow", "next Tuesday", "the 15th", "Christmas", "two weeks ago".

use winnow::{
    Parser as _,
    combinator::{alt, opt, preceded},
    stream::Stream as _,
};

use super::{cycle, date, length, number};
use crate::{
    Grain,
    expr::{Cycle, Day, Which, Year},
    lang,
    meaning::Meaning::{
        self, A, About, After, Ago, AgoBefore, Before, Closest, Coming, From, Hence, Holiday, In,
        InLength, Last, LastAfter, Later, Month, Next, NextAfter, Now, Of, On, Season, The, This,
        To, Unit, Weekday, Weekend,
    },
    stream::{Input, Parsed, behind, fail, longest, loose, mark, say},
};

/// Any day or longer stretch of the calendar, with what is said behind it about where it lies.
pub(crate) fn day(input: &mut Input<'_>) -> Parsed<Day> {
    longest(
        &[
            placed,
            cycle::section,
            cycle::nth,
            nth_from,
            closest,
            in_length,
            ago_before,
            shifted,
            number_of,
            weekday_beside,
            cycle::week_of,
            lang::day,
        ],
        input,
    )
}

/// A day that needs no other day to be said.
pub(crate) fn simple(input: &mut Input<'_>) -> Parsed<Day> {
    longest(
        &[
            date::date,
            word,
            weekday,
            month,
            season,
            holiday,
            number_of_month,
            year,
            cycle::cycle,
            cycle::run,
            cycle::quarter,
            cycle::week_number,
            cycle::decade,
            lang::simple_day,
            date::era_year,
        ],
        input,
    )
}

/// "October", or "October of next year", "Christmas in two years".
fn placed(input: &mut Input<'_>) -> Parsed<Day> {
    let day = simple(input)?;
    let within = |input: &mut Input<'_>| {
        if let Some(away) = opt(in_length).parse_next(input)? {
            return Ok(away);
        }
        opt(alt((say!(Of), say!(In), mark(&[',']).void()))).parse_next(input)?;
        alt((cycle::cycle, in_length, hence)).parse_next(input)
    };
    let start = input.checkpoint();
    match (day, opt(within).parse_next(input)?) {
        (
            day @ (Day::Holiday { year: None, which: Which::Bare, .. }
            | Day::Date { year: None, month: Some(_), .. }
            | Day::Month { which: Which::Bare, .. }
            | Day::Season { year: None, .. }
            | Day::Quarter { year: None, .. }
            | Day::HalfYear { year: None, .. }
            | Day::HolidayWeekend { year: None, .. }
            | Day::WeekNumber { year: None, .. }),
            Some(within),
        ) if yearly(&within) => Ok(Day::In { day: Box::new(day), within: Box::new(within) }),
        (day, _) => {
            input.reset(&start);
            Ok(day)
        }
    }
}

/// Whether something can say which year.
const fn yearly(day: &Day) -> bool {
    matches!(
        day,
        Day::Cycle { grain: Grain::Year, .. }
            | Day::Shift { .. }
            | Day::Date { year: Some(_), month: None, day: None, .. }
    )
}

/// "today", "mañana", "now".
fn word(input: &mut Input<'_>) -> Parsed<Day> {
    alt((say!(Meaning::Day(n) => Day::Offset(n)), say!(Now => Day::Now))).parse_next(input)
}

/// "this", "next", "last", "coming", with an article before it.
pub(crate) fn which(input: &mut Input<'_>) -> Parsed<Which> {
    opt(say!(The)).parse_next(input)?;
    let first = alt((
        say!(Coming => Which::Coming),
        say!(This => Which::This),
        say!(Next => Which::Next(1)),
        say!(Last => Which::Last(1)),
    ))
    .parse_next(input)?;
    if first == Which::This {
        let second = alt((
            say!(Coming => Which::Coming),
            say!(Next => Which::Coming),
            say!(Last => Which::Last(1)),
        ));
        return Ok(opt(second).parse_next(input)?.unwrap_or(Which::This));
    }
    Ok(first)
}

/// "que viene", "pasado": after the noun.
pub(crate) fn which_after(input: &mut Input<'_>) -> Parsed<Which> {
    alt((say!(NextAfter => Which::Next(1)), say!(LastAfter => Which::Last(1)))).parse_next(input)
}

/// "next Tuesday", "el martes que viene", "Monday".
fn weekday(input: &mut Input<'_>) -> Parsed<Day> {
    let before = opt(which).parse_next(input)?;
    if before.is_none() {
        opt(say!(The)).parse_next(input)?;
    }
    let star = input.first().is_some_and(|token| token.atom.text == "sun");
    let the = before.is_none() && super::point::follows_an_article(input);
    let day = say!(Weekday(n) => n).parse_next(input)?;
    if star && the {
        return fail(input);
    }
    let after = match before {
        Some(_) => None,
        None => opt(alt((lang::weekday_after, weekday_which_after))).parse_next(input)?,
    };
    if before.is_none()
        && after.is_none()
        && opt(say!(Meaning::AfterNext)).parse_next(input)?.is_some()
    {
        return Ok(Day::Weekday { day, which: Which::Next(2) });
    }
    Ok(Day::Weekday { day, which: before.or(after).unwrap_or(Which::Bare) })
}

/// "que viene" behind a weekday is the first to come.
fn weekday_which_after(input: &mut Input<'_>) -> Parsed<Which> {
    Ok(match which_after(input)? {
        Which::Next(_) => Which::Coming,
        which => which,
    })
}

/// "March", "next March", "marzo pasado".
fn month(input: &mut Input<'_>) -> Parsed<Day> {
    let before = opt(which).parse_next(input)?;
    if before.is_none() {
        opt(say!(The)).parse_next(input)?;
        opt(lang::month_word).parse_next(input)?;
    }
    let led = super::point::leads_a_month(input);
    let start = before == Some(Which::This) && super::point::opens_a_sentence(input);
    let verb = input.first().is_some_and(|token| lang::may_be_no_month(&token.atom.text));
    let month = say!(Month(n) => n).parse_next(input)?;
    loose(input)?;
    let after = match before {
        Some(_) => None,
        None => opt(which_after).parse_next(input)?,
    };
    let which = before.or(after).unwrap_or(Which::Bare);
    let verb = verb && (which == Which::Bare || start);
    if verb && !led && !input.state.latent {
        return fail(input);
    }
    Ok(Day::Month { month, which })
}

/// "this summer", "summer 2015", "verano del año que viene".
fn season(input: &mut Input<'_>) -> Parsed<Day> {
    let before = opt(which).parse_next(input)?;
    opt(alt((say!(The), say!(A)))).parse_next(input)?;
    let season = say!(Season(season) => season).parse_next(input)?;
    let after = opt(which_after).parse_next(input)?;
    let year = opt(date::year_after).parse_next(input)?;
    let which = before.or(after).unwrap_or(Which::Bare);
    Ok(Day::Season { season, which, year })
}

/// "Christmas", "next Easter", "thanksgiving 2014", "labor day weekend".
fn holiday(input: &mut Input<'_>) -> Parsed<Day> {
    let before = opt(which).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    let holiday = say!(Holiday(holiday) => holiday).parse_next(input)?;
    loose(input)?;
    let after = opt(which_after).parse_next(input)?;
    let mut year = opt(holiday_year).parse_next(input)?;
    let which = before.or(after).unwrap_or(Which::Bare);
    if opt(say!(Weekend)).parse_next(input)?.is_some() {
        year = year.or(opt(holiday_year).parse_next(input)?);
        return Ok(Day::HolidayWeekend { holiday, which, year });
    }
    Ok(Day::Holiday { holiday, which, year })
}

fn holiday_year(input: &mut Input<'_>) -> Parsed<Year> {
    opt(say!(In)).parse_next(input)?;
    date::year_after(input)
}

/// "the 15th", "15th", "the 27": the day of a month not named.
fn number_of_month(input: &mut Input<'_>) -> Parsed<Day> {
    let the = opt(say!(The)).parse_next(input)?.is_some();
    let the = lang::day_article(input).unwrap_or(the);
    let named = opt(lang::day_word).parse_next(input)?.is_some();
    let ordinal = |input: &mut Input<'_>| number::ordinal_digits(input).map(|n| (n, true));
    // "the second" chooses; "the fifteenth" is a day.
    let words =
        |input: &mut Input<'_>| number::ordinal(input).map(|n| (n, named || (the && n > 10)));
    let number = |input: &mut Input<'_>| number::day_number(input).map(|n| (n, false));
    let (day, ordinal) = alt((ordinal, words, number)).parse_next(input)?;
    let spelled = !ordinal
        && behind(input).is_some_and(|token| {
            token.senses.iter().any(|sense| matches!(sense.meaning, Meaning::Ordinal(_)))
        });
    // Where the word for "day" goes with the number, "2º" alone is a floor or a place in a row.
    let certain = named || ((ordinal || (the && !spelled)) && lang::article_makes_a_day(input));
    if input.first().is_some_and(|token| matches!(token.atom.text.as_str(), "one" | "ones")) {
        return fail(input);
    }
    if !certain || !(1..=31).contains(&day) || date::number_goes_on(input) {
        return fail(input);
    }
    Ok(Day::Date { year: None, month: None, day: Some(day), weekday: None })
}

/// "2014", "the year 2008".
fn year(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let led = super::point::leads_a_year(input);
    let named = opt(say!(Unit(Grain::Year))).parse_next(input)?.is_some();
    let year = alt((number::full_year, number::year_words)).parse_next(input)?;
    if !named && date::number_goes_on(input) {
        return fail(input);
    }
    if !named && !led && !input.state.latent && !lang::bare_years(input) {
        return fail(input);
    }
    Ok(Day::Date { year: Some(year), month: None, day: None, weekday: None })
}

/// "in 3 days", "dentro de 15 dias", "daqui a um mes".
fn in_length(input: &mut Input<'_>) -> Parsed<Day> {
    say!(InLength).parse_next(input)?;
    opt(say!(About)).parse_next(input)?;
    let measured = length::measured(input)?;
    opt(alt((say!(Hence), say!(Later)))).parse_next(input)?;
    Ok(from_now(measured, false))
}

/// "hace dos horas", "faz tres semanas".
fn ago_before(input: &mut Input<'_>) -> Parsed<Day> {
    say!(AgoBefore).parse_next(input)?;
    opt(say!(About)).parse_next(input)?;
    let measured = length::measured(input)?;
    opt(say!(Ago)).parse_next(input)?;
    Ok(from_now(measured, true))
}

/// "two weeks ago", "3 days hence".
fn hence(input: &mut Input<'_>) -> Parsed<Day> {
    let measured = length::measured(input)?;
    let back =
        alt((say!(Ago => true), say!(Hence => false), say!(Later => false))).parse_next(input)?;
    Ok(from_now(measured, back))
}

fn from_now(measured: length::Measured, back: bool) -> Day {
    Day::Shift { length: measured.length, grain: measured.grain, back, base: Box::new(Day::Now) }
}

/// "two weeks ago", "a year after Christmas", "3 days before the 5th".
fn shifted(input: &mut Input<'_>) -> Parsed<Day> {
    let from_base = |input: &mut Input<'_>| {
        let the = |input: &mut Input<'_>| {
            say!(The).parse_next(input)?;
            match length::unit_alone(input)? {
                day @ length::Measured { grain: Grain::Day | Grain::Week, .. } => Ok(day),
                _ => fail(input),
            }
        };
        let measured = alt((length::measured, the)).parse_next(input)?;
        let back = alt((
            say!(After => false),
            say!(From => false),
            say!(Hence => false),
            say!(Before => true),
        ))
        .parse_next(input)?;
        let base = placed(input)?;
        Ok(Day::Shift {
            length: measured.length,
            grain: measured.grain,
            back,
            base: Box::new(base),
        })
    };
    longest(&[hence, from_base, today_in], input)
}

/// "today in one hour".
fn today_in(input: &mut Input<'_>) -> Parsed<Day> {
    say!(Meaning::Day(0)).parse_next(input)?;
    opt(mark(&[','])).parse_next(input)?;
    in_length(input)
}

/// "third Tuesday after Christmas 2014", "2 Sundays from now", "4 tuesdays ago".
fn nth_from(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let n = alt((number::ordinal.map(i32::from), number::count.map(|n| n.min(1000) as i32)))
        .parse_next(input)?;
    let cycle = cycle::of_what(input)?;
    let now = alt((say!(Hence => 1), say!(Ago => -1)));
    let named = (alt((say!(After => 1), say!(From => 1), say!(Before => -1))), simple);
    let (sign, base) = alt((now.map(|sign| (sign, Day::Now)), named)).parse_next(input)?;
    if matches!(cycle, Cycle::Grain(_)) {
        return fail(input);
    }
    Ok(Day::NthFrom { n: n * sign, cycle, base: Box::new(base) })
}

/// "the closest Monday to October 5th".
fn closest(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let n = opt(number::ordinal).parse_next(input)?.unwrap_or(1);
    say!(Closest).parse_next(input)?;
    let cycle = cycle::of_what(input)?;
    say!(To).parse_next(input)?;
    let to = longest(&[placed, cycle::nth], input)?;
    Ok(Day::Closest { n: i32::from(n), cycle, to: Box::new(to) })
}

/// "the 20th of next month", "20th day of the month".
fn number_of(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    opt(lang::day_word).parse_next(input)?;
    let day = alt((number::ordinal, number::day_number)).parse_next(input)?;
    opt(say!(Unit(Grain::Day))).parse_next(input)?;
    opt(say!(Of)).parse_next(input)?;
    let within = cycle::cycle(input)?;
    match within {
        Day::Cycle { grain: Grain::Month, .. } => {
            Ok(Day::NumberOf { day: i32::from(day), within: Box::new(within) })
        }
        _ => fail(input),
    }
}

/// "Wednesday of next week", "next week on Tuesday", "friday next week", "two weeks from Monday".
fn weekday_beside(input: &mut Input<'_>) -> Parsed<Day> {
    let weekday = |input: &mut Input<'_>| {
        opt(say!(The)).parse_next(input)?;
        say!(Weekday(n) => n).parse_next(input)
    };
    let week = |input: &mut Input<'_>| match alt((cycle::nth, cycle::cycle)).parse_next(input)? {
        day @ (Day::Cycle { grain: Grain::Week, .. }
        | Day::Nth { cycle: Cycle::Grain(Grain::Week), .. }) => Ok(day),
        _ => fail(input),
    };
    let length = |input: &mut Input<'_>| alt((in_length, hence)).parse_next(input);
    let join = |input: &mut Input<'_>| {
        opt(alt((say!(Of), say!(On), say!(In), mark(&[',', '-', '.']).void())))
            .parse_next(input)?;
        opt(say!(On)).parse_next(input)?;
        Ok(())
    };
    let first = (weekday, preceded(join, alt((week, length))));
    let last = (alt((week, length)), preceded(join, weekday)).map(|(week, day)| (day, week));
    let (weekday, within) = alt((first, last)).parse_next(input)?;
    Ok(Day::WeekdayOf { weekday, within: Box::new(within) })
}
