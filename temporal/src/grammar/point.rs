//! A day, a time and a part of the day, in whatever order they come.

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use super::{Phrase, clock, day, range};
use crate::{
    expr::{Clock, Day, Expr, Point},
    lang,
    meaning::{
        Meaning::{self, About, Am, At, DayPart, For, In, Of, On, Pm, Section, The, This},
        Part as P,
    },
    stream::{Input, Parsed, behind, fail, led_by, longest, loose, mark, place, say},
};

/// No point has more parts: day, part of day, time, zone, and once more what was said twice.
const MOST_PARTS: usize = 6;

/// A point and the small words before it: "on Friday", "at about 3".
pub(crate) fn led(input: &mut Input<'_>) -> Parsed<Phrase> {
    longest(&[unled, led_time, led_point], input)
}

fn unled(input: &mut Input<'_>) -> Parsed<Phrase> {
    phrase(0, point, input)
}

/// "at 3", "for 9am": what follows may be a bare hour.
fn led_time(input: &mut Input<'_>) -> Parsed<Phrase> {
    let before = input.eof_offset();
    clock::at(input)?;
    phrase(before - input.eof_offset(), timed, input)
}

/// "on Friday", "in May", "around next week".
fn led_point(input: &mut Input<'_>) -> Parsed<Phrase> {
    let before = input.eof_offset();
    lead(input)?;
    phrase(before - input.eof_offset(), point, input)
}

/// Small words that lead a point in and add nothing.
pub(crate) fn lead(input: &mut Input<'_>) -> Parsed<()> {
    alt((say!(On), say!(In), say!(For), say!(At), say!(About))).parse_next(input)?;
    if !lang::article_stays(input) {
        opt(alt((say!(About), say!(At), say!(On), say!(In)))).parse_next(input)?;
    }
    Ok(())
}

fn phrase(
    lead: usize,
    rule: fn(&mut Input<'_>) -> Parsed<Point>,
    input: &mut Input<'_>,
) -> Parsed<Phrase> {
    let the = bare_article(input);
    let article = lang::point_article(input);
    let which = input.get(1).is_some_and(|token| {
        let which = |meaning| {
            matches!(
                meaning,
                This | Meaning::Next | Meaning::Last | Meaning::Coming | Meaning::Same
            )
        };
        token.senses.iter().any(|sense| which(sense.meaning))
    });
    let point = rule(input)?;
    let shed = the && point.day.as_ref().is_some_and(|day| sheds_article(day, which));
    let lead = lead + usize::from(shed && lang::sheds_articles(input)).max(article);
    Ok(Phrase { expr: Expr::Point(point), lead })
}

/// Whether an article is next.
fn bare_article(input: &Input<'_>) -> bool {
    say!(The).parse_next(&mut { *input }).is_ok()
}

/// Whether the article before a day is no part of its name: "the last easter", not "the 4th".
fn sheds_article(day: &Day, which_follows: bool) -> bool {
    match day {
        Day::Cycle { grain, .. } => which_follows && *grain != crate::Grain::Day,
        Day::Run { .. }
        | Day::Month { .. }
        | Day::Season { .. }
        | Day::AnySeason(_)
        | Day::Holiday { .. }
        | Day::HolidayWeekend { .. }
        | Day::In { .. }
        | Day::Section { .. }
        | Day::WeekNumber { .. }
        | Day::Weekday { .. }
        | Day::Weekend(_) => true,
        Day::Date { day, .. } => day.is_none(),
        _ => false,
    }
}

/// A point that begins with a time, which "at" made plain.
fn timed(input: &mut Input<'_>) -> Parsed<Point> {
    let start = place(input);
    let time = clock::any(input)?;
    if clock::goes_on(time, input) {
        return fail(input);
    }
    let mut point = Point::clock(Clock::time(time));
    point.marks.time = Some((start, place(input)));
    more(&mut point, input)?;
    Ok(point)
}

/// A day with or without a time, or a time.
pub(crate) fn point(input: &mut Input<'_>) -> Parsed<Point> {
    longest(&[from_day, from_part, from_time, from_weak_time, day_part, lang::point, latent], input)
}

fn from_day(input: &mut Input<'_>) -> Parsed<Point> {
    let start = place(input);
    let mut point = Point::day(day::day(input)?);
    point.marks.day = Some((start, place(input)));
    more(&mut point, input)?;
    Ok(point)
}

/// "tonight", "last night", "this morning", "tomorrow morning" in one word.
fn day_part(input: &mut Input<'_>) -> Parsed<Point> {
    opt(say!(The)).parse_next(input)?;
    let start = place(input);
    let (day, part) =
        alt((say!(DayPart(day, part) => (day, part)), which_part)).parse_next(input)?;
    let mut point = Point::day(Day::Offset(day));
    point.clock = Some(Clock::part(part));
    point.marks.day = Some((start, place(input)));
    point.marks.part = point.marks.day;
    more(&mut point, input)?;
    Ok(point)
}

/// "this morning", "next evening", "last morning".
fn which_part(input: &mut Input<'_>) -> Parsed<(i32, crate::meaning::Part)> {
    let day = alt((say!(This => 0), say!(Meaning::Next => 1), say!(Meaning::Last => -1)))
        .parse_next(input)?;
    opt(say!(Section(_))).parse_next(input)?;
    let part = say!(Meaning::Part(part) => part).parse_next(input)?;
    Ok((day, part))
}

fn from_part(input: &mut Input<'_>) -> Parsed<Point> {
    let start = place(input);
    let led = if lang::part_keeps_its_lead(input) {
        opt(alt((say!(In), say!(At), say!(Of)))).parse_next(input)?.is_some()
    } else {
        led_by(input, |meaning| matches!(meaning, In | At | Of | On))
    };
    let behind = follows_an_article(input) && lang::part_keeps_its_lead(input);
    let here = lang::part_keeps_its_lead(input) && opt(say!(The)).parse_next(input)?.is_some();
    let the = behind || here;
    let mut point = Point::clock(clock::part(input)?);
    point.marks.part = Some((start, place(input)));
    more(&mut point, input)?;
    let alone = point.day.is_none() && point.clock.is_some_and(|clock| clock.time.is_none());
    let said = matches!(
        point.clock.and_then(|clock| clock.part),
        Some(P::AfterBreakfast | P::AfterLunch | P::AfterWork | P::AfterSchool | P::AfterDinner)
    );
    let meal = matches!(
        point.clock.and_then(|clock| clock.part),
        Some(P::Breakfast | P::Brunch | P::Dinner | P::Dawn)
    );
    point.latent = alone && !said && !led && (meal || !the) && !lang::part_alone(input);
    if point.latent && meal && !input.state.latent {
        return fail(input);
    }
    if point.latent && !input.state.latent && !keeps_bare_parts(input) {
        fail(input)
    } else {
        Ok(point)
    }
}

/// The engines differ: "morning" alone is a time of day to one only.
fn keeps_bare_parts(input: &Input<'_>) -> bool {
    input.state.conventions != crate::Conventions::Duckling
}

fn from_time(input: &mut Input<'_>) -> Parsed<Point> {
    let start = place(input);
    let clock =
        longest(&[range::clock_range, |input| clock::strong(input).map(Clock::time)], input)?;
    let mut point = Point::clock(clock);
    point.marks.time = Some((start, place(input)));
    more(&mut point, input)?;
    Ok(point)
}

/// "9 tomorrow", "8 tonight", "3 in the morning": what follows makes it a time.
fn from_weak_time(input: &mut Input<'_>) -> Parsed<Point> {
    let counted = input.state.conventions == crate::Conventions::Booking
        && led_by(input, |meaning| matches!(meaning, For | Of))
        && !led_by(input, |meaning| meaning == In);
    let start = place(input);
    let time = clock::weak(input)?;
    if clock::goes_on(time, input) {
        return fail(input);
    }
    let mut point = Point::clock(Clock::time(time));
    point.marks.time = Some((start, place(input)));
    more(&mut point, input)?;
    // "4 tonight at 8": the time is the one after "at".
    let again = (clock::at, clock::any).parse_next(&mut { *input }).is_ok();
    // "for 4 tonight" are four people.
    if again || (counted && point.day.is_some()) {
        return fail(input);
    }
    let made = point.clock.is_some_and(|clock| clock.part.is_some())
        || (lang::hour_before_day(input) && point.day.as_ref().is_some_and(makes_a_time));
    if made { Ok(point) } else { fail(input) }
}

/// Days after which a number cannot belong to the day itself.
const fn makes_a_time(day: &Day) -> bool {
    match day {
        Day::Offset(_) | Day::Weekday { .. } | Day::Holiday { .. } => true,
        Day::Date { weekday, day, .. } => weekday.is_some() && day.is_some(),
        _ => false,
    }
}

/// Bare names and numbers, where the caller allows them.
fn latent(input: &mut Input<'_>) -> Parsed<Point> {
    if !input.state.latent {
        return fail(input);
    }
    let start = place(input);
    let clock =
        longest(&[|input| clock::weak(input).map(Clock::time), |input| clock::part(input)], input)?;
    loose(input)?;
    let mut point = Point { latent: true, ..Point::clock(clock) };
    let here = Some((start, place(input)));
    if clock.time.is_some() {
        point.marks.time = here;
    } else {
        point.marks.part = here;
    }
    Ok(point)
}

/// Takes what else belongs to the point.
pub(crate) fn more(point: &mut Point, input: &mut Input<'_>) -> Parsed<()> {
    for _ in 0..MOST_PARTS {
        let start = input.checkpoint();
        if !one_more(point, input)? {
            input.reset(&start);
            break;
        }
    }
    Ok(())
}

/// Takes one more part, whatever there is none of yet.
fn one_more(point: &mut Point, input: &mut Input<'_>) -> Parsed<bool> {
    let start = input.checkpoint();
    let from = place(input);
    let has_time = point.clock.is_some_and(|clock| clock.time.is_some());
    let has_part = point.clock.is_some_and(|clock| clock.part.is_some());
    if point.zone.is_none()
        && has_time
        && let Some(zone) = opt(clock::zone).parse_next(input)?
    {
        point.zone = Some(zone);
        return Ok(true);
    }
    if !has_part
        && point.day.is_none()
        && let Some((day, part)) = opt(joined_day_part).parse_next(input)?
    {
        point.day = Some(Day::Offset(day));
        point.clock.get_or_insert_default().part = Some(part);
        point.marks.day = Some((from, place(input)));
        point.marks.part = point.marks.day;
        return Ok(true);
    }
    let apart = input.state.conventions == crate::Conventions::Recognizers
        && matches!(point.day, Some(Day::Holiday { .. }));
    if apart {
        return Ok(false);
    }
    if !has_time && let Some(clock) = opt(joined_time(point)).parse_next(input)? {
        let own = point.clock.get_or_insert_default();
        (own.time, own.until) = (clock.time, clock.until);
        if own.part.is_none() {
            own.part = clock.part;
        }
        point.marks.time = Some((from, place(input)));
        return Ok(true);
    }
    input.reset(&start);
    if !has_part && let Some(part) = opt(joined_part(point)).parse_next(input)? {
        let own = point.clock.get_or_insert_default();
        (own.part, own.section) = (part.part, part.section);
        point.marks.part = Some((from, place(input)));
        return Ok(true);
    }
    input.reset(&start);
    if !has_time
        && !has_part
        && matches!(point.day, Some(Day::Offset(_) | Day::Weekday { .. }))
        && let Some(part) =
            opt(alt((say!(Am => P::Morning), say!(Pm => P::Afternoon)))).parse_next(input)?
        && loose(input).is_ok()
        && behind(input).is_some_and(|token| token.atom.text.len() > 1)
    {
        point.clock.get_or_insert_default().part = Some(part);
        point.marks.part = Some((from, place(input)));
        return Ok(true);
    }
    input.reset(&start);
    if point.day.is_none()
        && let Some(day) = opt(joined_day).parse_next(input)?
    {
        point.day = Some(day);
        point.marks.day = Some((from, place(input)));
        return Ok(true);
    }
    input.reset(&start);
    Ok(false)
}

/// "tonight" after a time.
fn joined_day_part(input: &mut Input<'_>) -> Parsed<(i32, crate::meaning::Part)> {
    opt(mark(&[','])).parse_next(input)?;
    opt(say!(In)).parse_next(input)?;
    alt((say!(DayPart(day, part) => (day, part)), which_part)).parse_next(input)
}

/// A part of day behind a day or a time.
fn joined_part<'i>(
    point: &Point,
) -> impl winnow::Parser<Input<'i>, Clock, winnow::error::EmptyError> + use<'i> {
    let timed = point.day.is_none() && point.clock.is_some_and(|clock| clock.time.is_some());
    move |input: &mut Input<'i>| {
        opt(mark(&[','])).parse_next(input)?;
        if timed { clock::surely_led_part(input) } else { clock::led_part(input) }
    }
}

/// A time behind a day: "at 5", "5pm", "for 9am", ", 07:00", "from 3 to 4".
fn joined_time<'i>(
    point: &Point,
) -> impl winnow::Parser<Input<'i>, Clock, winnow::error::EmptyError> + use<'i> {
    let parted = point.clock.is_some_and(|clock| clock.part.is_some());
    let plain_day = point.day.as_ref().is_some_and(|day| {
        matches!(
            day,
            Day::Offset(_) | Day::Weekday { .. } | Day::Holiday { .. } | Day::WeekdayOf { .. }
        ) || matches!(day, Day::Date { day: Some(_), .. })
    });
    let long = point.day.as_ref().is_some_and(is_long);
    move |input: &mut Input<'i>| {
        if long {
            return fail(input);
        }
        let stop = opt(mark(&[',', '-', '@', '.'])).parse_next(input)? == Some('.');
        opt(iso_t).parse_next(input)?;
        // "em torno das 8" begins with a word that could stand alone.
        if clock::at(&mut { *input }).is_err() {
            opt(alt((say!(On), say!(For)))).parse_next(input)?;
        }
        let ranged = opt(range::led_clock_range(parted || plain_day)).parse_next(input)?;
        if let Some(clock) = ranged {
            return Ok(clock);
        }
        let at = opt(clock::at).parse_next(input)?.is_some();
        if at {
            let time = clock::any(input)?;
            return if clock::goes_on(time, input) { fail(input) } else { Ok(Clock::time(time)) };
        }
        let strong = opt(clock::strong).parse_next(input)?;
        if let Some(time) = strong {
            return Ok(Clock::time(time));
        }
        if stop {
            return fail(input);
        }
        if parted || (plain_day && lang::weak_follows(input)) {
            let time = clock::weak(input)?;
            loose(input)?;
            if clock::goes_on(time, input) {
                return fail(input);
            }
            return Ok(Clock::time(time));
        }
        fail(input)
    }
}

/// Stretches so long that no time of day goes with them.
const fn is_long(day: &Day) -> bool {
    matches!(
        day,
        Day::Cycle { .. }
            | Day::Month { .. }
            | Day::Run { .. }
            | Day::Season { .. }
            | Day::Quarter { .. }
            | Day::HalfYear { .. }
            | Day::Section { .. }
            | Day::Decade { .. }
            | Day::Century(_)
            | Day::Bc(_)
            | Day::WeekNumber { .. }
            | Day::WeekOf(_)
            | Day::Date { day: None, .. }
    ) && !matches!(day, Day::Cycle { grain: crate::Grain::Day, .. })
}

/// The "T" of ISO 8601.
fn iso_t(input: &mut Input<'_>) -> Parsed<()> {
    if input.first().is_some_and(|token| token.atom.glued && token.atom.text == "t") {
        input.next_token();
        Ok(())
    } else {
        fail(input)
    }
}

/// A day behind a time: "on Friday", "tomorrow", "of the 15th".
fn joined_day(input: &mut Input<'_>) -> Parsed<Day> {
    opt(mark(&[',', '-'])).parse_next(input)?;
    opt(alt((say!(On), say!(Of), say!(For), say!(In)))).parse_next(input)?;
    let day = day::day(input)?;
    if is_long(&day) { fail(input) } else { Ok(day) }
}

/// Whether what stands before lets "may" be a month.
pub(crate) fn leads_a_month(input: &Input<'_>) -> bool {
    led_by(input, |meaning| {
        matches!(
            meaning,
            In | On
                | Of
                | Meaning::From
                | Meaning::To
                | Meaning::Until
                | Meaning::Since
                | Meaning::After
                | Meaning::Before
                | Meaning::By
                | Meaning::Between
                | Section(_)
                | Meaning::Through
                | For
        )
    }) || behind(input).is_some_and(|token| token.atom.text == "-")
}

/// Whether what stands before lets four digits be a year.
pub(crate) fn leads_a_year(input: &Input<'_>) -> bool {
    led_by(input, |meaning| {
        matches!(
            meaning,
            In | Of
                | Meaning::From
                | Meaning::Until
                | Meaning::Since
                | Meaning::After
                | Meaning::Before
                | Meaning::By
                | Meaning::Between
                | Section(_)
                | Meaning::Through
        )
    })
}

/// Whether nothing but "this" stands before, in this sentence.
pub(crate) fn opens_a_sentence(input: &Input<'_>) -> bool {
    let here = place(input);
    let before = here.checked_sub(2).and_then(|at| input.state.all.get(at));
    before.is_none_or(|token| matches!(token.atom.text.as_str(), "." | "!" | "?" | ":" | "," | ";"))
}

/// Whether an article stands right before.
pub(crate) fn follows_an_article(input: &Input<'_>) -> bool {
    led_by(input, |meaning| meaning == The)
}
