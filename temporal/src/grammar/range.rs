//! Stretches between two points, and those open on one side.

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use super::{clock, date, day, length, number, point};
use crate::{
    Conventions, Direction,
    expr::{Clock, Day, Edge, Expr, Point, Style},
    lang,
    meaning::Meaning::{
        self, About, And, Between, By, For, From, Lasting, Month, Of, OrEarlier, OrLater, Since,
        Starting, The, Through, To, Until, Within,
    },
    stream::{Input, Parsed, fail, longest, loose, mark, place, say},
};

/// "from Monday to Friday", "July 13 to 15", "2014-2018", "between 3:30pm and 6pm".
pub(crate) fn range(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(
        &[
            days_of_month,
            month_days,
            months,
            years,
            from_to,
            between_and,
            bare_to,
            after_before,
            lang::range,
        ],
        input,
    )
}

/// "to", "until", "-".
pub(crate) fn to(input: &mut Input<'_>) -> Parsed<()> {
    alt((say!(To), say!(Until), say!(Through), mark(&['-', '~', '–']).void())).parse_next(input)?;
    opt(alt((say!(To), say!(Until), mark(&['-']).void()))).parse_next(input)?;
    Ok(())
}

fn pair(from: Point, to: Point) -> Expr {
    Expr::Range { from, to, style: Style::Through }
}

fn from_to(input: &mut Input<'_>) -> Parsed<Expr> {
    say!(From).parse_next(input)?;
    let from = end_point(input)?;
    to(input)?;
    let until = end_point(input)?;
    ordered(from, until, input)
}

fn between_and(input: &mut Input<'_>) -> Parsed<Expr> {
    say!(Between).parse_next(input)?;
    let from = end_point(input)?;
    alt((say!(And), to)).parse_next(input)?;
    let until = end_point(input)?;
    ordered(from, until, input)
}

fn bare_to(input: &mut Input<'_>) -> Parsed<Expr> {
    let from = point::point(input)?;
    to(input)?;
    let until = end_point(input)?;
    ordered(from, until, input)
}

/// An end of a range: also "now", a bare year or a month.
pub(crate) fn end_point(input: &mut Input<'_>) -> Parsed<Point> {
    opt(alt((say!(About), say!(Meaning::At), say!(Meaning::On)))).parse_next(input)?;
    let plain_year = |input: &mut Input<'_>| {
        let year = number::full_year(input)?;
        Ok(Point::day(Day::Date { year: Some(year), month: None, day: None, weekday: None }))
    };
    let month = |input: &mut Input<'_>| {
        let month = say!(Month(n) => n).parse_next(input)?;
        Ok(Point::day(Day::Month { month, which: crate::expr::Which::Bare }))
    };
    longest(&[point::point, plain_year, month], input)
}

/// Two ends that can belong to one range. A time without a day takes the other's day.
pub(crate) fn ordered(from: Point, to: Point, input: &Input<'_>) -> Parsed<Expr> {
    let now = |point: &Point| point.day == Some(Day::Now);
    let timeless = |point: &Point| point.clock.is_none() && !now(point);
    let dayless = |point: &Point| point.day.is_none() && !now(point);
    // "Friday at 5 to Saturday" and "Monday to 5" are not ranges.
    if (timeless(&from) && dayless(&to)) || (dayless(&from) && timeless(&to)) {
        return fail(input);
    }
    if from.clock.is_some_and(|c| c.until.is_some()) || to.clock.is_some_and(|c| c.until.is_some())
    {
        return fail(input);
    }
    Ok(pair(from, to))
}

/// "13 to 15 of July", "from the 13 to 15 July", "1-8 september 2014".
fn days_of_month(input: &mut Input<'_>) -> Parsed<Expr> {
    let led =
        opt(alt((say!(From => ()), say!(Between => ()), lang::from_day))).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    opt(lang::day_word).parse_next(input)?;
    let first = alt((number::ordinal, number::day_number)).parse_next(input)?;
    match led {
        Some(()) => alt((to, say!(And))).parse_next(input)?,
        None => to(input)?,
    }
    opt(say!(The)).parse_next(input)?;
    opt(lang::day_word).parse_next(input)?;
    let last = alt((number::ordinal, number::day_number)).parse_next(input)?;
    opt(say!(Of)).parse_next(input)?;
    let month = |input: &mut Input<'_>| {
        let month = say!(Month(n) => n).parse_next(input)?;
        let year = opt(date::year_after).parse_next(input)?;
        Ok((year, Some(month)))
    };
    let relative = |input: &mut Input<'_>| {
        opt(say!(Meaning::In)).parse_next(input)?;
        match super::cycle::cycle(input)? {
            within @ Day::Cycle { grain: crate::Grain::Month, .. } => Ok(within),
            _ => fail(input),
        }
    };
    if !(1..=31).contains(&first) || !(1..=31).contains(&last) {
        return fail(input);
    }
    if let Some((year, month)) = opt(month).parse_next(input)? {
        let day = |day| Point::day(Day::Date { year, month, day: Some(day), weekday: None });
        return Ok(pair(day(first), day(last)));
    }
    let within = relative(input)?;
    let day = |day: i8| {
        Point::day(Day::NumberOf { day: i32::from(day), within: Box::new(within.clone()) })
    };
    Ok(pair(day(first), day(last)))
}

/// "July 13 to 15", "August 27th - 29th", "november 19-20".
fn month_days(input: &mut Input<'_>) -> Parsed<Expr> {
    let led = opt(alt((say!(From), say!(Between)))).parse_next(input)?;
    let month = say!(Month(n) => n).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    let first = alt((number::ordinal, number::day_number)).parse_next(input)?;
    match led {
        Some(()) => alt((to, say!(And))).parse_next(input)?,
        None => to(input)?,
    }
    opt(say!(The)).parse_next(input)?;
    let last = alt((number::ordinal, number::day_number)).parse_next(input)?;
    if date::number_goes_on(input) {
        return fail(input);
    }
    let year = opt(date::year_after).parse_next(input)?;
    if !(1..=31).contains(&first) || !(1..=31).contains(&last) {
        return fail(input);
    }
    let day =
        |day| Point::day(Day::Date { year, month: Some(month), day: Some(day), weekday: None });
    Ok(pair(day(first), day(last)))
}

/// "May to March": here "may" can only be the month.
fn months(input: &mut Input<'_>) -> Parsed<Expr> {
    let month = |input: &mut Input<'_>| {
        let month = say!(Month(n) => n).parse_next(input)?;
        Ok(Point::day(Day::Month { month, which: crate::expr::Which::Bare }))
    };
    let first = month(input)?;
    to(input)?;
    let last = month(input)?;
    if number::day_number.parse_next(&mut { *input }).is_ok() {
        return fail(input);
    }
    let year = opt(date::year_after).parse_next(input)?;
    match (year, &last.day) {
        (Some(_), Some(Day::Month { month, .. })) => {
            let day = Day::Date { year, month: Some(*month), day: None, weekday: None };
            Ok(pair(first, Point::day(day)))
        }
        _ => Ok(pair(first, last)),
    }
}

/// "2014-2018", "1960 - 1961".
fn years(input: &mut Input<'_>) -> Parsed<Expr> {
    let led = opt(alt((say!(From), say!(Between), say!(Meaning::In)))).parse_next(input)?;
    let first = number::full_year(input)?;
    match led {
        Some(()) => alt((to, say!(And))).parse_next(input)?,
        None => to(input)?,
    }
    let last = number::full_year(input)?;
    if date::number_goes_on(input) {
        return fail(input);
    }
    let year =
        |year| Point::day(Day::Date { year: Some(year), month: None, day: None, weekday: None });
    Ok(pair(year(first), year(last)))
}

/// "later than 3:30pm but before 6pm".
fn after_before(input: &mut Input<'_>) -> Parsed<Expr> {
    alt((say!(Meaning::After), say!(Since))).parse_next(input)?;
    let from = end_point(input)?;
    opt(alt((say!(And), lang::but))).parse_next(input)?;
    alt((say!(Meaning::Before), say!(Until))).parse_next(input)?;
    let until = end_point(input)?;
    if from.clock.is_none() {
        return fail(input);
    }
    match ordered(from, until, input)? {
        Expr::Range { from, to, .. } => Ok(Expr::Range { from, to, style: Style::Until }),
        other => Ok(other),
    }
}

/// "9-11am", "3:30 to 6 pm", "12-4" where a day makes it plain: both ends on the clock.
pub(crate) fn clock_range(input: &mut Input<'_>) -> Parsed<Clock> {
    led_clock_range(false).parse_next(input)
}

/// A stretch of the clock; `weak` allows both ends to be bare hours without "from".
pub(crate) fn led_clock_range<'i>(
    weak: bool,
) -> impl winnow::Parser<Input<'i>, Clock, winnow::error::EmptyError> {
    move |input: &mut Input<'i>| {
        let lead =
            opt(alt((say!(From => true), say!(Between => false), lang::from_clock.map(|()| true))))
                .parse_next(input)?;
        opt(say!(About)).parse_next(input)?;
        opt(say!(Meaning::At)).parse_next(input)?;
        let strong_from = {
            let mut probe = *input;
            clock::strong(&mut probe).is_ok()
        };
        let from = clock::any(input)?;
        match lead {
            Some(false) => alt((say!(And), to)).parse_next(input)?,
            _ => to(input)?,
        }
        opt(say!(Meaning::At)).parse_next(input)?;
        opt(say!(The)).parse_next(input)?;
        let strong_until = {
            let mut probe = *input;
            clock::strong(&mut probe).is_ok()
        };
        let until = clock::any(input)?;
        loose(input)?;
        let plain = weak || strong_from || strong_until || lead == Some(false);
        let part = opt(clock::led_part).parse_next(input)?;
        let bare_dates = date::number_goes_on(input);
        if (!plain && part.is_none() && lead.is_none()) || bare_dates {
            return fail(input);
        }
        Ok(Clock {
            time: Some(from),
            until: Some(until),
            part: part.and_then(|clock| clock.part),
            section: None,
        })
    }
}

/// "after 5", "by Friday", "since 2014", "until 2pm", "tomorrow before noon", "3pm or later".
pub(crate) fn open(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[sided, day_then_sided, or_beyond, lang::open], input)
}

/// A side and the point.
fn sided(input: &mut Input<'_>) -> Parsed<Expr> {
    let (direction, edge) = side(input)?;
    opt(say!(About)).parse_next(input)?;
    opt(alt((say!(Meaning::At), say!(Meaning::On)))).parse_next(input)?;
    let mut point = longest(&[end_point, timed_point, away], input)?;
    if point.clock.is_some_and(|clock| clock.until.is_some()) {
        return fail(input);
    }
    point.latent = false;
    Ok(Expr::Open { direction, edge, point })
}

/// "after 5 days": that long from now.
fn away(input: &mut Input<'_>) -> Parsed<Point> {
    if input.state.conventions == Conventions::Recognizers {
        return fail(input);
    }
    let length::Measured { length, grain } = length::measured(input)?;
    Ok(Point::day(Day::Shift { length, grain, back: false, base: Box::new(Day::Now) }))
}

/// "from 5pm", where one engine sees no open end.
fn from_on(input: &mut Input<'_>) -> Parsed<(Direction, Edge)> {
    if input.state.conventions == Conventions::Recognizers {
        return fail(input);
    }
    say!(From => (Direction::After, Edge::Since)).parse_next(input)
}

/// Which side of the point, and which edge.
fn side(input: &mut Input<'_>) -> Parsed<(Direction, Edge)> {
    // "depois de amanha", "antes de ontem" are the names of days.
    if say!(Meaning::Day(_)).parse_next(&mut { *input }).is_ok() {
        return fail(input);
    }
    alt((
        say!(Meaning::After => (Direction::After, Edge::After)),
        say!(Meaning::Before => (Direction::Before, Edge::Before)),
        say!(Since => (Direction::After, Edge::Since)),
        say!(By => (Direction::Before, Edge::By)),
        say!(Until => (Direction::Before, Edge::Until)),
        say!(Through => (Direction::Before, Edge::Until)),
        from_on,
    ))
    .parse_next(input)
}

/// A point that begins with a bare hour: a side makes it a time.
pub(crate) fn timed_point(input: &mut Input<'_>) -> Parsed<Point> {
    let start = place(input);
    let time = clock::any(input)?;
    if clock::goes_on(time, input) {
        return fail(input);
    }
    let mut point = Point::clock(Clock::time(time));
    point.marks.time = Some((start, place(input)));
    point::more(&mut point, input)?;
    Ok(point)
}

/// "tomorrow before 5pm", "Tuesday after 1pm", "on the 6th no later than 6:00".
fn day_then_sided(input: &mut Input<'_>) -> Parsed<Expr> {
    let start = place(input);
    let day = day::day(input)?;
    let day_mark = Some((start, place(input)));
    opt(mark(&[','])).parse_next(input)?;
    let side_mark = place(input);
    let (direction, edge) = side(input)?;
    opt(say!(About)).parse_next(input)?;
    opt(say!(Meaning::At)).parse_next(input)?;
    let mut point = longest(&[point::point, timed_point], input)?;
    if point.day.is_some() || point.clock.is_none_or(|clock| clock.until.is_some()) {
        return fail(input);
    }
    if is_long(&day) {
        return fail(input);
    }
    point.day = Some(day);
    point.marks.day = day_mark;
    point.marks.time = Some((side_mark, place(input)));
    Ok(Expr::Open { direction, edge, point })
}

const fn is_long(day: &Day) -> bool {
    matches!(day, Day::Cycle { .. } | Day::Month { .. } | Day::Date { day: None, .. })
}

/// "3 pm or later", "2018 and after".
fn or_beyond(input: &mut Input<'_>) -> Parsed<Expr> {
    // What leads it in is no part of it.
    if point::lead(&mut { *input }).is_ok() {
        return fail(input);
    }
    let start = input.checkpoint();
    let mut point = match opt(end_point).parse_next(input)? {
        Some(point) => point,
        None => {
            input.reset(&start);
            timed_point(input)?
        }
    };
    let (direction, edge) = alt((
        say!(OrLater => (Direction::After, Edge::Since)),
        say!(OrEarlier => (Direction::Before, Edge::Until)),
    ))
    .parse_next(input)?;
    point::more(&mut point, input)?;
    point.latent = false;
    Ok(Expr::Open { direction, edge, point })
}

/// "for 10 days from 18 December", "4pm for 30 mins", "2 weeks starting May 20th"; "within 2h".
pub(crate) fn lasting(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[length_from, from_length, within], input)
}

fn length_from(input: &mut Input<'_>) -> Parsed<Expr> {
    let led = opt(say!(For)).parse_next(input)?.is_some();
    let measured = length::measured(input)?;
    opt(mark(&[','])).parse_next(input)?;
    let starting = opt(say!(Starting)).parse_next(input)?.is_some();
    if !starting {
        say!(From).parse_next(input)?;
        // "5 days from the 6th" is a stay to a front desk; "three days from today" is a day.
        let stay = input.state.conventions == Conventions::Booking
            && measured.grain == crate::Grain::Day
            && say!(Meaning::Day(_) | Meaning::Now).parse_next(&mut { *input }).is_err();
        if !led && !stay && !lang::starts(input) {
            return fail(input);
        }
    } else if led && input.state.conventions == Conventions::Recognizers {
        // There "for" leads in and is not part of it.
        return fail(input);
    }
    opt(say!(Meaning::At)).parse_next(input)?;
    let from = longest(&[end_point, timed_point], input)?;
    Ok(Expr::Lasting { length: measured.length, grain: measured.grain, from })
}

fn from_length(input: &mut Input<'_>) -> Parsed<Expr> {
    let led = opt(say!(From)).parse_next(input)?.is_some();
    let from = if led { longest(&[end_point, timed_point], input)? } else { point::point(input)? };
    if from.clock.is_none() && !led {
        // "9 May for 2 days": a length beside a date.
        return fail(input);
    }
    alt((say!(For), say!(Lasting))).parse_next(input)?;
    let measured = length::measured(input)?;
    Ok(Expr::Lasting { length: measured.length, grain: measured.grain, from })
}

fn within(input: &mut Input<'_>) -> Parsed<Expr> {
    say!(Within).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    opt(say!(Meaning::Next)).parse_next(input)?;
    let measured = length::measured(input)?;
    Ok(Expr::Within { length: measured.length, grain: measured.grain })
}
