//! Calendar dates: numeric, and with the name of a month.

use winnow::{
    Parser as _,
    combinator::{alt, opt, preceded},
    stream::Stream as _,
};

use super::number;
use crate::{
    DateOrder, Grain,
    expr::{Day, Year},
    lexer::Shape,
    meaning::Meaning::{Ad, Bc, Month, Of, On, The, Unit, Weekday},
    stream::{Input, Parsed, digits, fail, glued, longest, loose, mark, say},
};

/// A date of the calendar, with a weekday beside it or not.
pub(crate) fn date(input: &mut Input<'_>) -> Parsed<Day> {
    longest(&[plain, weekday_first, weekday_number], input)
}

fn plain(input: &mut Input<'_>) -> Parsed<Day> {
    let day = bare(input)?;
    // "Jul 18, Fri", "12 de setembro de 2014, sexta", "5/22 (Tue)".
    let trailing = |input: &mut Input<'_>| {
        let open = opt(mark(&['('])).parse_next(input)?.is_some();
        if !open {
            opt(mark(&[','])).parse_next(input)?;
        }
        let weekday = say!(Weekday(n) => n).parse_next(input)?;
        if open {
            mark(&[')']).parse_next(input)?;
        }
        // "July 18, Friday at 7" belongs to the Friday; "5 May, Friday 6 May" does not.
        if alt((number::day_number.void(), say!(Month(_)))).parse_next(input).is_ok() {
            return fail(input);
        }
        Ok(weekday)
    };
    let start = input.checkpoint();
    match (day, opt(trailing).parse_next(input)?) {
        (Day::Date { year, month, day: Some(day), weekday: None }, Some(weekday)) => {
            Ok(Day::Date { year, month, day: Some(day), weekday: Some(weekday) })
        }
        (day, _) => {
            input.reset(&start);
            Ok(day)
        }
    }
}

/// "Friday, 12 September", "this friday (jun-15)", "Mon, Feb 18".
fn weekday_first(input: &mut Input<'_>) -> Parsed<Day> {
    let this = opt(alt((say!(crate::meaning::Meaning::This), say!(crate::meaning::Meaning::Next))))
        .parse_next(input)?
        .is_some()
        && input.state.conventions == crate::Conventions::Recognizers;
    let weekday = say!(Weekday(n) => n).parse_next(input)?;
    opt(mark(&[',', '-'])).parse_next(input)?;
    opt(say!(On)).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    let open = opt(mark(&['('])).parse_next(input)?.is_some();
    let left = input.eof_offset();
    let dashed = input.get(1).is_some_and(|token| token.atom.text == "-");
    let date = bare(input)?;
    // "Monday 12-4" is from twelve to four.
    if dashed && !open && left - input.eof_offset() == 3 {
        return fail(input);
    }
    if open {
        mark(&[')']).parse_next(input)?;
    }
    match date {
        Day::Date { year, month, day: Some(day), .. } => {
            let year = year.or(this.then_some(Year::Relative(0)));
            Ok(Day::Date { year, month, day: Some(day), weekday: Some(weekday) })
        }
        _ => fail(input),
    }
}

/// "Friday the 13th", "Sunday 31": the number may not be an hour.
fn weekday_number(input: &mut Input<'_>) -> Parsed<Day> {
    let weekday = say!(Weekday(n) => n).parse_next(input)?;
    opt(mark(&[','])).parse_next(input)?;
    let the = opt(say!(The)).parse_next(input)?.is_some();
    let named = opt(crate::lang::day_word).parse_next(input)?.is_some();
    let ordinal = |input: &mut Input<'_>| number::ordinal(input).map(|n| (n, true));
    let number = |input: &mut Input<'_>| number::day_number(input).map(|n| (n, false));
    let (day, certain) = alt((ordinal, number)).parse_next(input)?;
    let certain = certain || the || named || day > 12;
    if !certain || !(1..=31).contains(&day) || number_goes_on(input) {
        return fail(input);
    }
    let year = the.then_some(Year::Relative(0));
    Ok(Day::Date { year, month: None, day: Some(day), weekday: Some(weekday) })
}

/// Whether a number just read is only the beginning of something else.
pub(crate) fn number_goes_on(input: &Input<'_>) -> bool {
    let mut rest = *input;
    let goes_on = alt((
        (glued, mark(&[':', '.', '/', '-']), glued, digits).void(),
        (mark(&['-']), digits).void(),
        say!(crate::meaning::Meaning::Am),
        say!(crate::meaning::Meaning::Pm),
        say!(crate::meaning::Meaning::OClock),
        say!(crate::meaning::Meaning::HourMark),
        say!(Unit(_)),
        mark(&['%', '$', '€', '£']).void(),
    ))
    .parse_next(&mut rest)
    .is_ok();
    goes_on || loose(&mut { *input }).is_err()
}

/// Without a weekday.
fn bare(input: &mut Input<'_>) -> Parsed<Day> {
    longest(
        &[
            year_first,
            numeric,
            compact,
            day_month,
            month_day,
            month_year,
            year_month_name,
            numeric_month_year,
            crate::lang::date,
        ],
        input,
    )
}

const SEPARATORS: &[char] = &['/', '-', '.'];

/// A month by name or by number.
fn month_name(input: &mut Input<'_>) -> Parsed<i8> {
    say!(Month(n) => n).parse_next(input)
}

fn separator(input: &mut Input<'_>) -> Parsed<char> {
    mark(SEPARATORS).parse_next(input)
}

/// Digits of one or two places, as a part of a date.
fn two(input: &mut Input<'_>) -> Parsed<u64> {
    match digits(input)? {
        (value, 1 | 2) => Ok(value),
        _ => fail(input),
    }
}

/// Digits of one or two places, and how many.
fn places(input: &mut Input<'_>) -> Parsed<(u64, u8)> {
    match digits(input)? {
        (value, places @ (1 | 2)) => Ok((value, places)),
        _ => fail(input),
    }
}

/// "2015-03-03", "2015/3/3", "2018-aug-01", "2016 10 16", "2020/23/Sep", "2014-10", "2019-W…" not.
fn year_first(input: &mut Input<'_>) -> Parsed<Day> {
    let (year, places) = digits(input)?;
    let year = match i16::try_from(year) {
        Ok(year) if places == 4 && (1000..=2999).contains(&year) => year,
        _ => return fail(input),
    };
    let between = opt(separator).parse_next(input)?;
    if between.is_some() {
        // A dash with spaces is a range.
        glued(input)?;
    }
    let named = opt(month_name).parse_next(input)?;
    let first = match named {
        Some(month) => month as u64,
        None => two(input)?,
    };
    let second = |input: &mut Input<'_>| {
        if separator(input).ok() != between {
            return fail(input);
        }
        if named.is_none()
            && let Some(month) = opt(month_name).parse_next(input)?
        {
            return Ok((month as u64, first));
        }
        two(input).map(|day| (first, day))
    };
    let spaced = |input: &mut Input<'_>| two(input).map(|day| (first, day));
    let pair = if between.is_some() {
        opt(second).parse_next(input)?
    } else {
        opt(spaced).parse_next(input)?
    };
    loose_date(input)?;
    match pair {
        Some((month, day)) => ymd(Some(Year::Full(year)), month, Some(day), input),
        None if between == Some('-') || between == Some('/') || named.is_some() => {
            ymd(Some(Year::Full(year)), first, None, input)
        }
        None => fail(input),
    }
}

/// "T" of ISO 8601 may follow.
fn loose_date(input: &mut Input<'_>) -> Parsed<()> {
    if input.first().is_some_and(|token| token.atom.text == "t") { Ok(()) } else { loose(input) }
}

/// "20170302".
fn compact(input: &mut Input<'_>) -> Parsed<Day> {
    let (value, places) = digits(input)?;
    loose_date(input)?;
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    let plausible = places == 8
        && (1900..=2100).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day);
    match i16::try_from(year) {
        Ok(year) if plausible => ymd(Some(Year::Full(year)), month, Some(day), input),
        _ => fail(input),
    }
}

/// "3/3/15", "31-10-1974", "3/4", "22/jan/2019", "Oct/2", "31 10 1974".
fn numeric(input: &mut Input<'_>) -> Parsed<Day> {
    let start =
        alt((month_name.map(|m| (Some(m), 0)), two.map(|n| (None, n)))).parse_next(input)?;
    let space = input.first().is_some_and(|token| !token.atom.glued);
    let first_separator = opt(separator).parse_next(input)?;
    let spaced_separator = space && first_separator.is_some();
    let second_part = alt((month_name.map(|m| (Some(m), (0, 0))), places.map(|n| (None, n))))
        .parse_next(input)?;
    let second = (second_part.0, second_part.1.0);
    let third = |input: &mut Input<'_>| {
        let comma = first_separator.is_some() && opt(mark(&[','])).parse_next(input)?.is_some();
        if !comma && opt(separator).parse_next(input)? != first_separator {
            return fail(input);
        }
        let (year, places) = digits(input)?;
        match (i16::try_from(year), places) {
            (Ok(year), 4) if (1000..=2999).contains(&year) => Ok(Year::Full(year)),
            (Ok(year), 2) => Ok(Year::Short(year)),
            _ => fail(input),
        }
    };
    let year = opt(third).parse_next(input)?;
    if loose_date(input).is_err()
        || (glued, mark(&['/', '%', '$']), glued).parse_next(&mut { *input }).is_ok()
    {
        return fail(input);
    }
    if first_separator.is_none() && !matches!(year, Some(Year::Full(_))) {
        return fail(input);
    }
    let clock = |part: &(Option<i8>, (u64, u8))| part.0.is_none() && part.1.1 == 2;
    if year.is_none()
        && first_separator == Some('.')
        && clock(&second_part)
        && crate::lang::dots_are_times(input)
    {
        return fail(input);
    }
    // "30/4.85" is a measure.
    if (glued, mark(&['.', ',']), glued, digits).parse_next(&mut { *input }).is_ok() {
        return fail(input);
    }
    if spaced_separator && year.is_none() && first_separator == Some('.') {
        return fail(input);
    }
    match (start, second) {
        ((Some(month), _), (None, day)) | ((None, day), (Some(month), _)) => {
            ymd(year, month as u64, Some(day), input)
        }
        ((None, a), (None, b)) => {
            let month_first = input.state.order == DateOrder::MonthDay;
            let (month, day) = if month_first { (a, b) } else { (b, a) };
            // Where the usual order has no such month, the other one is meant.
            let (month, day) = if month > 12 && day <= 12 { (day, month) } else { (month, day) };
            let usual = ymd(year, month, Some(day), input)?;
            let either = input.state.conventions == crate::Conventions::Booking
                && input.state.language == crate::Language::En
                && month != day
                && day <= 12;
            if !either {
                return Ok(usual);
            }
            let other = ymd(year, day, Some(month), input)?;
            Ok(Day::Either(Box::new(usual), Box::new(other)))
        }
        _ => fail(input),
    }
}

fn ymd(year: Option<Year>, month: u64, day: Option<u64>, input: &Input<'_>) -> Parsed<Day> {
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let day_fits = day.is_none_or(|day| (1..=31).contains(&day));
    if month.is_none() || !day_fits {
        return fail(input);
    }
    let day = day.and_then(|day| i8::try_from(day).ok());
    Ok(Day::Date { year, month, day, weekday: None })
}

/// "first of March", "15 de febrero de 2013", "4th July", "28-nov".
fn day_month(input: &mut Input<'_>) -> Parsed<Day> {
    let which = opt(alt((
        say!(crate::meaning::Meaning::This => Year::Relative(0)),
        say!(crate::meaning::Meaning::Next => Year::Relative(1)),
    )))
    .parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    opt(crate::lang::day_word).parse_next(input)?;
    let spelled = word_ahead(input);
    let ordinal = |input: &mut Input<'_>| number::ordinal(input).map(|n| (n, true));
    let number = |input: &mut Input<'_>| number::day_number(input).map(|n| (n, false));
    let (day, certain) = alt((ordinal, number)).parse_next(input)?;
    if !(1..=31).contains(&day) {
        return fail(input);
    }
    // "One may ask".
    if spelled
        && !certain
        && input.first().is_some_and(|t| crate::lang::may_be_no_month(&t.atom.text))
    {
        return fail(input);
    }
    // "third day of October".
    opt(say!(Unit(Grain::Day))).parse_next(input)?;
    opt(alt((mark(&['-']).void(), mark(&[',']).void()))).parse_next(input)?;
    opt(say!(Of)).parse_next(input)?;
    let month = month_name(input)?;
    loose(input)?;
    let year = opt(year_after).parse_next(input)?.or(which);
    Ok(Day::Date { year, month: Some(month), day: Some(day), weekday: None })
}

/// "March third 2015", "Feb13", "mayo 5 del 2013", "February the 15th", "jan-1", "Dec31 , 1994".
fn month_day(input: &mut Input<'_>) -> Parsed<Day> {
    let month = month_name(input)?;
    opt(mark(&['-', '.', ','])).parse_next(input)?;
    let the = opt(say!(The)).parse_next(input)?.is_some();
    let ordinal = |input: &mut Input<'_>| number::ordinal(input).map(|n| (n, true));
    let number = |input: &mut Input<'_>| number::day_number(input).map(|n| (n, false));
    let (day, certain) = alt((ordinal, number)).parse_next(input)?;
    if !(1..=31).contains(&day) || (!certain && time_goes_on(input)) {
        return fail(input);
    }
    let year = opt(year_after).parse_next(input)?;
    let _ = the;
    Ok(Day::Date { year, month: Some(month), day: Some(day), weekday: None })
}

/// "March 3:30" is a time in March, "March 3pm" too.
fn time_goes_on(input: &Input<'_>) -> bool {
    let mut rest = *input;
    alt((
        (glued, mark(&[':']), glued, digits).void(),
        say!(crate::meaning::Meaning::Am),
        say!(crate::meaning::Meaning::Pm),
        say!(crate::meaning::Meaning::OClock),
    ))
    .parse_next(&mut rest)
    .is_ok()
}

/// A year behind a date: ", 2015", "of 2016", "del 2013", "'15", "82" where nothing else follows.
pub(crate) fn year_after(input: &mut Input<'_>) -> Parsed<Year> {
    let joined = |input: &mut Input<'_>| {
        opt(mark(&[',', '-', '/'])).parse_next(input)?;
        opt(say!(Of)).parse_next(input)?;
        opt(say!(Unit(Grain::Year))).parse_next(input)?;
        Ok(())
    };
    let full = |input: &mut Input<'_>| {
        joined(input)?;
        let year = number::year(input)?;
        if (glued, mark(&[':', '/']), glued, digits).parse_next(&mut { *input }).is_ok() {
            return fail(input);
        }
        opt(say!(Ad)).parse_next(input)?;
        Ok(year)
    };
    let short = |input: &mut Input<'_>| {
        let of = opt(say!(Of)).parse_next(input)?.is_some();
        let year = number::short_year(input)?;
        if number_goes_on(input) || matches!(year, Year::Short(n) if !of && n < 32) {
            return fail(input);
        }
        Ok(year)
    };
    alt((full, short)).parse_next(input)
}

/// "October 2014", "june of 1992", "dec/2018", "maio de 68".
fn month_year(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let month = month_name(input)?;
    let year =
        opt(alt((year_after, preceded(mark(&['\'']), number::short_year)))).parse_next(input)?;
    if year.is_none() {
        return fail(input);
    }
    Ok(Day::Date { year, month: Some(month), day: None, weekday: None })
}

/// "2017 april".
fn year_month_name(input: &mut Input<'_>) -> Parsed<Day> {
    let year = number::full_year(input)?;
    opt(mark(&[',', '-', '/'])).parse_next(input)?;
    let month = month_name(input)?;
    Ok(Day::Date { year: Some(year), month: Some(month), day: None, weekday: None })
}

/// "2/2013", "12-2015".
fn numeric_month_year(input: &mut Input<'_>) -> Parsed<Day> {
    let month = two(input)?;
    glued(input)?;
    mark(&['/', '-', '.']).parse_next(input)?;
    glued(input)?;
    let year = number::full_year(input)?;
    if (glued, mark(&['-', '/']), glued, digits).parse_next(&mut { *input }).is_ok() {
        return fail(input);
    }
    ymd(Some(year), month, None, input)
}

/// "2014 BC", "in 2014 A.D.".
pub(crate) fn era_year(input: &mut Input<'_>) -> Parsed<Day> {
    let year = number::plain_digits(input)?;
    let bc = alt((say!(Bc => true), say!(Ad => false))).parse_next(input)?;
    match i16::try_from(year) {
        Ok(year) if bc && year <= 9999 => Ok(Day::Bc(year)),
        Ok(year) if (1..=2999).contains(&year) => {
            Ok(Day::Date { year: Some(Year::Full(year)), month: None, day: None, weekday: None })
        }
        _ => fail(input),
    }
}

/// Whether the atom ahead is a word at all.
pub(crate) fn word_ahead(input: &Input<'_>) -> bool {
    input.first().is_some_and(|token| matches!(token.atom.shape, Shape::Word))
}
