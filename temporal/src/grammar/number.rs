//! Numbers in digits and words, ordinals, years.

use winnow::{
    Parser as _,
    combinator::{alt, opt, preceded},
    stream::Stream as _,
};

use crate::{
    expr::Year,
    lexer::Shape,
    meaning::Meaning::{And, Few, Number, Ordinal, OrdinalSuffix},
    stream::{Input, Parsed, digits, fail, glued, loose, mark, say},
};

/// No number in words has more parts; keeps "one one one …" cheap.
const MOST_WORDS: usize = 8;

/// A number below a hundred in words: "twenty three", "veinte y tres", "twenty-three".
pub(crate) fn small_words(input: &mut Input<'_>) -> Parsed<u32> {
    let first = say!(Number(n @ 0..=99) => n).parse_next(input)?;
    if first < 20 || first % 10 != 0 {
        return Ok(first);
    }
    let unit = |input: &mut Input<'_>| {
        opt(alt((mark(&['-']).void(), say!(And)))).parse_next(input)?;
        say!(Number(n @ 1..=9) => n).parse_next(input)
    };
    Ok(first + opt(unit).parse_next(input)?.unwrap_or(0))
}

/// Any number in words: "two thousand and thirty two", "mil novecientos noventa".
pub(crate) fn words(input: &mut Input<'_>) -> Parsed<u32> {
    let mut total = 0u32;
    let mut group = 0u32;
    let mut least = u32::MAX;
    let mut any = false;
    for _ in 0..MOST_WORDS {
        let start = input.checkpoint();
        let joined = any && opt(alt((mark(&['-']).void(), say!(And)))).parse_next(input)?.is_some();
        let Some(n) = opt(say!(Number(n) => n)).parse_next(input)? else {
            input.reset(&start);
            break;
        };
        let fits = match n {
            1000 => total == 0 && (group > 0 || !any || !joined),
            100 if group > 0 && group < 10 && !joined => true,
            0 => !any,
            // What follows must be smaller: "twenty three", never "three twenty".
            _ => n < scale(least) && !(any && n >= 10 && least < 100),
        };
        if !fits {
            input.reset(&start);
            break;
        }
        match n {
            1000 => {
                total = group.max(1) * 1000;
                group = 0;
                least = 1000;
            }
            100 if group > 0 => {
                group *= 100;
                least = 100;
            }
            _ => {
                group += n;
                least = n;
            }
        }
        any = true;
        if n == 0 {
            break;
        }
    }
    if any { Ok(total + group) } else { fail(input) }
}

/// What the next part of a number must be below.
const fn scale(last: u32) -> u32 {
    match last {
        u32::MAX => u32::MAX,
        1000 => 1000,
        100..=999 => 100,
        20..=99 if last.is_multiple_of(10) => 10,
        _ => 0,
    }
}

/// A whole number, digits or words.
pub(crate) fn integer(input: &mut Input<'_>) -> Parsed<u32> {
    alt((plain_digits, words)).parse_next(input)
}

/// Digits up to nine places.
pub(crate) fn plain_digits(input: &mut Input<'_>) -> Parsed<u32> {
    let (value, places) = digits(input)?;
    match u32::try_from(value) {
        Ok(value) if places <= 9 => Ok(value),
        _ => fail(input),
    }
}

/// How many: "3", "three", "a few", "a couple of".
pub(crate) fn count(input: &mut Input<'_>) -> Parsed<u32> {
    alt((integer, say!(Few(n) => n))).parse_next(input)
}

/// A number within bounds, digits or words.
pub(crate) fn between<'i>(
    least: u32,
    most: u32,
) -> impl winnow::Parser<Input<'i>, i8, winnow::error::EmptyError> {
    move |input: &mut Input<'i>| {
        let start = input.checkpoint();
        let n = alt((plain_digits, small_words)).parse_next(input)?;
        match i8::try_from(n) {
            Ok(small) if (least..=most).contains(&n) => Ok(small),
            _ => {
                input.reset(&start);
                fail(input)
            }
        }
    }
}

/// "first", "twenty first", "21st", "1º".
pub(crate) fn ordinal(input: &mut Input<'_>) -> Parsed<i8> {
    alt((ordinal_words, ordinal_digits)).parse_next(input)
}

fn ordinal_words(input: &mut Input<'_>) -> Parsed<i8> {
    let tens = |input: &mut Input<'_>| {
        let tens =
            alt((say!(Number(n @ (20 | 30)) => n as i8), say!(Ordinal(n @ (10 | 20 | 30)) => n)))
                .parse_next(input)?;
        opt(mark(&['-'])).parse_next(input)?;
        let unit = say!(Ordinal(n @ 1..=9) => n).parse_next(input)?;
        Ok(tens + unit)
    };
    alt((tens, say!(Ordinal(n) => n))).parse_next(input)
}

pub(crate) fn ordinal_digits(input: &mut Input<'_>) -> Parsed<i8> {
    let n = between(1, 99).parse_next(input)?;
    let mut suffix = |input: &mut Input<'_>| {
        // "1 st" is a street; "21 .º" is not written.
        glued(input)?;
        opt(mark(&['.'])).parse_next(input)?;
        say!(OrdinalSuffix).parse_next(input)
    };
    suffix.parse_next(input)?;
    Ok(n)
}

/// A day of the month: 1 to 31 as a number, "0" in front or not.
pub(crate) fn day_number(input: &mut Input<'_>) -> Parsed<i8> {
    let start = input.checkpoint();
    let n = between(1, 31).parse_next(input)?;
    // "two" of "two thousand" is no day.
    let more = say!(Number(100 | 1000)).parse_next(&mut { *input }).is_ok();
    if more || loose(input).is_err() {
        input.reset(&start);
        return fail(input);
    }
    Ok(n)
}

/// "2014", "two thousand ten", "nineteen eighty six".
pub(crate) fn year(input: &mut Input<'_>) -> Parsed<Year> {
    alt((full_year, year_words, preceded(mark(&['\'']), short_year))).parse_next(input)
}

/// Four digits that can be a year people speak of.
pub(crate) fn full_year(input: &mut Input<'_>) -> Parsed<Year> {
    let start = input.checkpoint();
    let (value, places) = digits(input)?;
    let ends = loose(input).is_ok()
        || input.first().is_some_and(|token| {
            // "2018Q4", "1990s" and the like are read by other rules.
            matches!(token.atom.shape, Shape::Word) && token.atom.text == "y"
        });
    match i16::try_from(value) {
        Ok(value) if places == 4 && (1000..=2999).contains(&value) && ends => Ok(Year::Full(value)),
        _ => {
            input.reset(&start);
            fail(input)
        }
    }
}

/// Four digits with letters right behind them: "2019H2".
pub(crate) fn full_year_before_letters(input: &mut Input<'_>) -> Parsed<Year> {
    match digits(input)? {
        (value @ 1000..=2999, 4) => Ok(Year::Full(i16::try_from(value).unwrap_or(2000))),
        _ => fail(input),
    }
}

/// Two digits.
pub(crate) fn short_year(input: &mut Input<'_>) -> Parsed<Year> {
    let start = input.checkpoint();
    let (value, places) = digits(input)?;
    match i16::try_from(value) {
        Ok(value) if places == 2 && loose(input).is_ok() => Ok(Year::Short(value)),
        _ => {
            input.reset(&start);
            fail(input)
        }
    }
}

/// "nineteen eighty six" and "two thousand and five".
pub(crate) fn year_words(input: &mut Input<'_>) -> Parsed<Year> {
    let pair = |input: &mut Input<'_>| {
        let century = say!(Number(n @ 15..=20) => n).parse_next(input)?;
        opt(say!(Number(100))).parse_next(input)?;
        opt(say!(And)).parse_next(input)?;
        let oh = opt(say!(crate::meaning::Meaning::Oh)).parse_next(input)?;
        let rest = small_words(input)?;
        if rest < 10 && oh.is_none() { fail(input) } else { Ok(century * 100 + rest) }
    };
    let start = input.checkpoint();
    let n = alt((pair, words)).parse_next(input)?;
    match i16::try_from(n) {
        Ok(n) if (1000..=2999).contains(&n) => Ok(Year::Full(n)),
        _ => {
            input.reset(&start);
            fail(input)
        }
    }
}
