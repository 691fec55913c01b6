//! Times of day: "5:30pm", "15h30", "half past three", "as tres e meia", "in the evening".
//!
//! A *strong* time says by itself that it is one; a *weak* one ("3", "three twenty", "730") needs
//! "at" before it or a day beside it.

use winnow::{
    Parser as _,
    combinator::{alt, opt, preceded},
    stream::Stream as _,
};

use super::number;
use crate::{
    Grain, Language,
    expr::{Clock, Half as DayHalf, Time},
    meaning::Meaning::{
        self, A, About, Am, At, BusinessDay, For, Half, HourMark, In, Ish, Midnight, More, Noon,
        Number, OClock, Of, Oh, On, Past, Pm, Quarter, Section, Sharp, The, This, ToHour, Unit,
        Zone,
    },
    stream::{Input, Parsed, behind, digits, fail, glued, loose, mark, say},
};

/// A time that nobody takes for anything else.
pub(crate) fn strong(input: &mut Input<'_>) -> Parsed<Time> {
    let time =
        alt((crate::lang::time, relative, sure_half, oclock, about, digital, hour_mark, named))
            .parse_next(input)?;
    tail(time, input)
}

/// A bare hour, or hour and minutes, that its surroundings must make a time.
pub(crate) fn weak(input: &mut Input<'_>) -> Parsed<Time> {
    let time = alt((crate::lang::weak_time, with_half, dotted, spoken, run_together, spaced, bare))
        .parse_next(input)?;
    tail(time, input)
}

/// Either.
pub(crate) fn any(input: &mut Input<'_>) -> Parsed<Time> {
    crate::stream::longest(&[strong, weak], input)
}

/// Whether what was read as a time is only the beginning of a date, a number or a length.
pub(crate) fn goes_on(time: Time, input: &Input<'_>) -> bool {
    let mut rest = *input;
    let date =
        (glued, mark(&['/', '-', '.', ',', ':']), glued, digits).parse_next(&mut rest).is_ok();
    let length = time.minute.is_none()
        && time.half.is_none()
        && !time.exact
        && input.state.language == Language::En
        && alt((say!(Unit(_)), say!(More), say!(BusinessDay), mark(&['%', '$', '€', '£']).void()))
            .parse_next(&mut { *input })
            .is_ok();
    date || length
}

/// "ish", "sharp", "approximately".
fn tail(mut time: Time, input: &mut Input<'_>) -> Parsed<Time> {
    opt(alt((say!(Ish), say!(Sharp)))).parse_next(input)?;
    if time.half.is_none()
        && !time.exact
        && let Some(half) = opt(half).parse_next(input)?
    {
        time.half = Some(half);
    }
    Ok(time)
}

/// "am", "p.m.", "in the AM"; a single letter only right after the digits.
pub(crate) fn half(input: &mut Input<'_>) -> Parsed<DayHalf> {
    let led = opt((say!(In), opt(say!(The)))).parse_next(input)?.is_some();
    let single = input.first().is_some_and(|token| token.atom.text.chars().count() == 1);
    let touching = input.first().is_some_and(|token| token.atom.glued);
    // "3p" and "3 p.m." are times, "3 p" is not; "a m" and "p . m ." have an "m".
    let spelled = input.iter().skip(1).take(2).any(|token| token.atom.text == "m");
    let half = alt((say!(Am => DayHalf::Am), say!(Pm => DayHalf::Pm))).parse_next(input)?;
    if (single && !spelled && (led || !touching)) || loose(input).is_err() {
        return fail(input);
    }
    Ok(half)
}

/// "3pm", "330 p.m.", "3:30 pm", "nine fifty nine a m", "3ish pm".
fn with_half(input: &mut Input<'_>) -> Parsed<Time> {
    let mut time = alt((digital, dotted_any, spoken, run_together, bare)).parse_next(input)?;
    opt(say!(OClock)).parse_next(input)?;
    opt(say!(Ish)).parse_next(input)?;
    opt(say!(OClock)).parse_next(input)?;
    time.half = Some(half(input)?);
    if time.hour > 12 {
        // "15:00 pm" says it twice.
        time.half = None;
        time.exact = true;
    }
    Ok(time)
}

/// Not "4a", which may be anything.
fn sure_half(input: &mut Input<'_>) -> Parsed<Time> {
    let time = with_half(input)?;
    let letter = behind(input).is_some_and(|token| matches!(token.atom.text.as_str(), "a" | "p"));
    if letter && time.minute.is_none() { fail(input) } else { Ok(time) }
}

/// "11ish".
fn about(input: &mut Input<'_>) -> Parsed<Time> {
    let time = alt((digital, run_together, bare)).parse_next(input)?;
    opt(mark(&['-'])).parse_next(input)?;
    glued(input)?;
    say!(Ish).parse_next(input)?;
    // One engine takes such a time at its word.
    let exact = time.exact || input.state.conventions == crate::Conventions::Recognizers;
    Ok(Time { exact, ..time })
}

fn oclock(input: &mut Input<'_>) -> Parsed<Time> {
    let time = bare(input)?;
    say!(OClock).parse_next(input)?;
    Ok(time)
}

/// "15:30", "9:01:10", "03:00".
fn digital(input: &mut Input<'_>) -> Parsed<Time> {
    let (hour, places) = digits(input)?;
    mark(&[':']).parse_next(input)?;
    let (minute, minute_places) = digits(input)?;
    let second = opt(preceded(mark(&[':']), digits)).parse_next(input)?;
    if minute_places != 2 || places > 2 || second.is_some_and(|(_, places)| places != 2) {
        return fail(input);
    }
    // "10:30:2018" and "1:30:" are something else.
    if opt((glued, mark(&[':']), glued, digits)).parse_next(input)?.is_some() {
        return fail(input);
    }
    loose_but_half(input)?;
    let leading_zero = places == 2 && hour < 10;
    let second = second.map(|(second, _)| second);
    build(hour, Some(minute), second, leading_zero || hour == 0, input)
}

/// What follows does not touch, unless it is "am", "pm" or "h".
fn loose_but_half(input: &mut Input<'_>) -> Parsed<()> {
    let start = input.checkpoint();
    let fits = alt((say!(Am), say!(Pm), say!(HourMark), say!(Ish))).parse_next(input).is_ok();
    input.reset(&start);
    if fits { Ok(()) } else { loose(input) }
}

/// "15h", "15h30", "8 h", "15 horas" where the language says so.
fn hour_mark(input: &mut Input<'_>) -> Parsed<Time> {
    let (hour, places) = digits(input)?;
    let touching = glued(input).is_ok();
    let short = input.first().is_some_and(|token| token.atom.text == "h");
    say!(HourMark).parse_next(input)?;
    let unmarked = match input_language(input) {
        Language::En => !(touching && short),
        Language::Es => false,
        // There `lang::time` tells "15h" from the length "2h".
        Language::Pt => true,
    };
    if places > 2 || unmarked {
        return fail(input);
    }
    let minutes = |input: &mut Input<'_>| {
        glued(input)?;
        match digits(input)? {
            (minute, 2) => Ok(minute),
            _ => fail(input),
        }
    };
    let minute = opt(minutes).parse_next(input)?;
    opt((glued, say!(Unit(Grain::Minute)))).parse_next(input)?;
    loose(input)?;
    build(hour, Some(minute.unwrap_or(0)), None, true, input)
}

fn input_language(input: &Input<'_>) -> Language {
    input.state.language
}

/// "noon", "9 o'clock".
fn named_hour(input: &mut Input<'_>) -> Parsed<()> {
    alt((named.void(), oclock.void())).parse_next(input)
}

/// "noon", "midnight".
fn named(input: &mut Input<'_>) -> Parsed<Time> {
    opt(say!(The)).parse_next(input)?;
    alt((
        say!(Noon => Time { exact: true, ..Time::hour(12) }),
        say!(Midnight => Time { exact: true, ..Time::hour(0) }),
    ))
    .parse_next(input)
}

/// "half past three", "a quarter to noon", "20 past 3pm", "15 minutes from 1pm".
fn relative(input: &mut Input<'_>) -> Parsed<Time> {
    let from = |input: &mut Input<'_>| {
        let n = number::between(1, 59).parse_next(input)?;
        say!(Unit(Grain::Minute)).parse_next(input)?;
        say!(Meaning::From).parse_next(input)?;
        Ok((i32::from(n), 1))
    };
    let side = alt((say!(Past => 1), say!(ToHour => -1)));
    let usual = (alt((fraction, whole_minutes)), side);
    let (minutes, sign) = alt((from, usual)).parse_next(input)?;
    let hour = alt((with_half, named, oclock, hour_mark, bare)).parse_next(input)?;
    if hour.minute.is_some_and(|minute| minute != 0) {
        return fail(input);
    }
    shifted(hour, sign * minutes).map_or_else(|| fail(input), Ok)
}

/// Minutes before "past" or "to": the word "minutes" is needed unless it is a usual number.
fn whole_minutes(input: &mut Input<'_>) -> Parsed<i32> {
    let n = number::between(1, 59).parse_next(input)?;
    let named = opt(say!(Unit(Grain::Minute))).parse_next(input)?.is_some();
    let to_hour = {
        let start = input.checkpoint();
        let is = say!(ToHour).parse_next(input).is_ok() && say!(Past).parse_next(input).is_err();
        input.reset(&start);
        is
    };
    let noon = {
        let mut rest = *input;
        (say!(ToHour), named_hour).parse_next(&mut rest).is_ok()
    };
    // "5 to 9" may be a range; "10 to noon", "20 to 9" and "10 past 9" are not.
    if named || !to_hour || noon || n > 12 { Ok(i32::from(n)) } else { fail(input) }
}

/// "half", "a quarter", "three quarters".
pub(crate) fn fraction(input: &mut Input<'_>) -> Parsed<i32> {
    opt(say!(A)).parse_next(input)?;
    alt((
        say!(Half => 30),
        say!(Meaning::ThreeQuarters => 45),
        say!(Quarter => 15),
        say!(Unit(Grain::Quarter) => 15),
    ))
    .parse_next(input)
}

/// A time some minutes on or back.
pub(crate) fn shifted(hour: Time, minutes: i32) -> Option<Time> {
    let total = i32::from(hour.hour) * 60 + i32::from(hour.minute.unwrap_or(0)) + minutes;
    let total = total.rem_euclid(24 * 60);
    let mut to = Time {
        hour: i8::try_from(total / 60).ok()?,
        minute: Some(i8::try_from(total % 60).ok()?),
        ..hour
    };
    if !to.exact && to.hour == 0 {
        to.hour = 12;
    }
    if !to.exact && to.hour > 12 {
        to.exact = hour.hour > 12;
    }
    if hour.half.is_some() && hour.hour == 12 && to.hour == 11 {
        // A quarter to twelve at noon is still the morning.
        to.half = hour.half.map(|half| match half {
            DayHalf::Am => DayHalf::Pm,
            DayHalf::Pm => DayHalf::Am,
        });
    }
    Some(to)
}

/// "three twenty", "twelve oh three", "twelve-zero-three".
fn spoken(input: &mut Input<'_>) -> Parsed<Time> {
    let hour = say!(Number(n @ 1..=12) => n).parse_next(input)?;
    opt(mark(&['-'])).parse_next(input)?;
    let oh = |input: &mut Input<'_>| {
        say!(Oh).parse_next(input)?;
        opt(mark(&['-'])).parse_next(input)?;
        say!(Number(n @ 1..=9) => n).parse_next(input)
    };
    // Minutes below ten must have their "oh": "two three" is no time.
    let two_places = |input: &mut Input<'_>| match number::small_words(input)? {
        minute @ 10..=59 => Ok(minute),
        _ => fail(input),
    };
    let minute = alt((oh, two_places)).parse_next(input)?;
    build(u64::from(hour), Some(u64::from(minute)), None, false, input)
}

/// "730", "1530", "0730".
fn run_together(input: &mut Input<'_>) -> Parsed<Time> {
    let (value, places) = digits(input)?;
    loose_but_half(input)?;
    if !(3..=4).contains(&places) {
        return fail(input);
    }
    // Four digits are a year sooner than a time.
    let year = places == 4 && (1900..2060).contains(&value);
    if year && half.parse_next(&mut { *input }).is_err() {
        return fail(input);
    }
    build(value / 100, Some(value % 100), None, false, input)
}

/// "3 15" after "at".
fn spaced(input: &mut Input<'_>) -> Parsed<Time> {
    let (hour, hour_places) = digits(input)?;
    let (minute, places) = digits(input)?;
    loose_but_half(input)?;
    if places != 2 || hour_places > 2 {
        return fail(input);
    }
    build(hour, Some(minute), None, false, input)
}

/// "8.30"; two digits after the dot.
fn dotted(input: &mut Input<'_>) -> Parsed<Time> {
    let time = dotted_any(input)?;
    if opt((glued, mark(&['.', ',', '%', '$']), glued, digits)).parse_next(input)?.is_some() {
        return fail(input);
    }
    Ok(time)
}

fn dotted_any(input: &mut Input<'_>) -> Parsed<Time> {
    let (hour, hour_places) = digits(input)?;
    glued(input)?;
    mark(&['.']).parse_next(input)?;
    glued(input)?;
    let (minute, places) = digits(input)?;
    loose_but_half(input)?;
    if places != 2 || hour_places > 2 {
        return fail(input);
    }
    build(hour, Some(minute), None, hour_places == 2 && hour < 10, input)
}

/// A bare hour.
fn bare(input: &mut Input<'_>) -> Parsed<Time> {
    let hour = if let Ok((value, places)) = opt_digits(input) {
        if places > 2 {
            return fail(input);
        }
        loose_but_half(input)?;
        value
    } else {
        match number::small_words(input)? {
            // "from zero" is no hour.
            0 => return fail(input),
            hour => u64::from(hour),
        }
    };
    if crate::lang::no_hour(input) {
        return fail(input);
    }
    build(hour, None, None, false, input)
}

fn opt_digits(input: &mut Input<'_>) -> Parsed<(u64, u8)> {
    let start = input.checkpoint();
    digits(input).inspect_err(|_| input.reset(&start))
}

fn build(
    hour: u64,
    minute: Option<u64>,
    second: Option<u64>,
    exact: bool,
    input: &mut Input<'_>,
) -> Parsed<Time> {
    let fits = hour <= 24
        && minute.is_none_or(|minute| minute < 60)
        && second.is_none_or(|second| second < 60)
        && (hour < 24 || minute.is_none_or(|minute| minute == 0));
    if !fits {
        return fail(input);
    }
    let small = |n: u64| i8::try_from(n).ok();
    Ok(Time {
        hour: small(hour % 24).unwrap_or(0),
        minute: minute.and_then(small),
        second: second.and_then(small),
        half: None,
        exact: exact || hour > 12 || hour == 0,
    })
}

/// "in the evening", "morning", "this afternoon" (the day is today then, said by `point`).
pub(crate) fn part(input: &mut Input<'_>) -> Parsed<Clock> {
    if !crate::lang::is_part(input) {
        return fail(input);
    }
    let plain = alt((say!(Meaning::Part(part) => part), say!(Meaning::Parts(part) => part)));
    if let Some(part) = opt(plain).parse_next(input)? {
        return Ok(Clock::part(part));
    }
    let section = say!(Section(section) => section).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    if !crate::lang::is_part(input) {
        return fail(input);
    }
    let part = say!(Meaning::Part(part) => part).parse_next(input)?;
    Ok(Clock { part: Some(part), section: Some(section), ..Clock::default() })
}

/// A part of day with the small words that lead it in.
pub(crate) fn led_part(input: &mut Input<'_>) -> Parsed<Clock> {
    opt(alt((say!(In), say!(At), say!(Of), say!(For), say!(On)))).parse_next(input)?;
    opt(alt((say!(The), say!(A), say!(This)))).parse_next(input)?;
    part(input)
}

/// A part of day behind a time: "in the evening", never "three night".
pub(crate) fn surely_led_part(input: &mut Input<'_>) -> Parsed<Clock> {
    alt((say!(In), say!(At), say!(Of), say!(For), say!(This))).parse_next(input)?;
    led_part(input)
}

/// "GMT", "(BST)". One of the engines takes no zones.
pub(crate) fn zone(input: &mut Input<'_>) -> Parsed<i16> {
    if input.state.conventions == crate::Conventions::Recognizers {
        return fail(input);
    }
    let open = opt(mark(&['('])).parse_next(input)?;
    let zone = say!(Zone(minutes) => minutes).parse_next(input)?;
    if open.is_some() {
        mark(&[')']).parse_next(input)?;
    }
    loose(input)?;
    Ok(zone)
}

/// "at", "about", "@" and their like, as often as people say them.
pub(crate) fn at(input: &mut Input<'_>) -> Parsed<()> {
    alt((say!(At), say!(About))).parse_next(input)?;
    opt(alt((say!(At), say!(About)))).parse_next(input)?;
    Ok(())
}
