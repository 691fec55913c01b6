//! Lengths of time: "two hours", "an hour and a half", "2 years, 3 months".

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use super::number;
use crate::{
    Grain, Length,
    expr::Expr,
    meaning::Meaning::{
        A, About, And, Few, Fortnight, Half, More, Number, Of, Quarter, ThreeQuarters, Unit,
    },
    stream::{Input, Parsed, digits, fail, glued, loose, mark, say},
};

/// A length and the finest unit in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) length: Length,
    pub(crate) grain: Grain,
}

/// How many quarters of a unit: all the fractions people speak of.
type Quarters = i64;

/// No length has more parts.
const MOST_PARTS: usize = 6;

/// A length as an expression of its own.
pub(crate) fn duration(input: &mut Input<'_>) -> Parsed<Expr> {
    opt(say!(About)).parse_next(input)?;
    let ordinal = input.get(1).is_some_and(|token| token.atom.text == "second");
    let Measured { length, grain } = measured(input)?;
    // "a second wave".
    let noun = input.first().is_some_and(|token| {
        token.senses.is_empty() && matches!(token.atom.shape, crate::lexer::Shape::Word)
    });
    if ordinal && noun {
        return fail(input);
    }
    Ok(Expr::Duration { length, grain })
}

/// One or more amounts: "1 year, 2 days and 4 seconds".
pub(crate) fn measured(input: &mut Input<'_>) -> Parsed<Measured> {
    let mut whole = one(input)?;
    for _ in 1..MOST_PARTS {
        let start = input.checkpoint();
        opt(mark(&[','])).parse_next(input)?;
        opt(say!(And)).parse_next(input)?;
        match opt(one).parse_next(input)? {
            Some(part) if part.grain < whole.grain => {
                whole.length = add(whole.length, part.length);
                whole.grain = part.grain;
            }
            _ => {
                input.reset(&start);
                break;
            }
        }
    }
    Ok(whole)
}

/// A single amount of one unit.
pub(crate) fn one(input: &mut Input<'_>) -> Parsed<Measured> {
    alt((trailing_half, amount, fortnight, clock_length)).parse_next(input)
}

/// "2 more minutes", "half an hour", "three quarters of an hour", "an hour", "1.5 hours".
fn amount(input: &mut Input<'_>) -> Parsed<Measured> {
    let quarters = quarters(input)?;
    opt(say!(More)).parse_next(input)?;
    opt(say!(Of)).parse_next(input)?;
    opt(say!(A)).parse_next(input)?;
    let grain = unit(input)?;
    opt(say!(More)).parse_next(input)?;
    scaled(quarters, grain).map_or_else(|| fail(input), Ok)
}

/// "an hour and a half", "one year and a quarter", "1 hour thirty".
fn trailing_half(input: &mut Input<'_>) -> Parsed<Measured> {
    let quarters = quarters(input)?;
    let grain = unit(input)?;
    let joined = opt(say!(And)).parse_next(input)?.is_some();
    let fraction = opt(alt((say!(Half => 2), say!(ThreeQuarters => 3), say!(Quarter => 1))))
        .parse_next(input)?;
    if let Some(fraction) = fraction.filter(|_| joined) {
        return scaled(quarters + fraction, grain).map_or_else(|| fail(input), Ok);
    }
    // Minutes after hours need no name.
    let below = match grain {
        Grain::Hour => Grain::Minute,
        Grain::Minute => Grain::Second,
        _ => return fail(input),
    };
    let n = number::between(1, 59).parse_next(input)?;
    loose(input)?;
    let followed = opt(alt((unit.void(), mark(&['/', ':']).void()))).parse_next(input)?;
    let (Some(whole), Some(rest), None) =
        (scaled(quarters, grain), scaled(i64::from(n) * 4, below), followed)
    else {
        return fail(input);
    };
    Ok(Measured { length: add(whole.length, rest.length), grain: below })
}

fn fortnight(input: &mut Input<'_>) -> Parsed<Measured> {
    let count = opt(alt((number::count, say!(A => 1)))).parse_next(input)?.unwrap_or(1);
    say!(Fortnight).parse_next(input)?;
    scaled(i64::from(count) * 4 * 14, Grain::Day).map_or_else(|| fail(input), Ok)
}

/// Languages without such a form leave this to fail.
fn clock_length(input: &mut Input<'_>) -> Parsed<Measured> {
    crate::lang::length(input)
}

/// How many, in quarters: "two", "a", "1.5", "1/2", "2 and a half", "one and three quarter".
fn quarters(input: &mut Input<'_>) -> Parsed<Quarters> {
    alt((mixed, decimal, slashed, fraction, whole, article)).parse_next(input)
}

fn whole(input: &mut Input<'_>) -> Parsed<Quarters> {
    number::count.map(|n| i64::from(n) * 4).parse_next(input)
}

fn article(input: &mut Input<'_>) -> Parsed<Quarters> {
    say!(A).parse_next(input)?;
    let few = opt(say!(Few(n) => n)).parse_next(input)?;
    Ok(i64::from(few.unwrap_or(1)) * 4)
}

fn fraction(input: &mut Input<'_>) -> Parsed<Quarters> {
    alt((say!(ThreeQuarters => 3), say!(Half => 2), say!(Quarter => 1))).parse_next(input)
}

/// "one and a half", "one and two quarters".
fn mixed(input: &mut Input<'_>) -> Parsed<Quarters> {
    let whole = alt((number::integer, say!(A => 1))).parse_next(input)?;
    say!(And).parse_next(input)?;
    opt(say!(A)).parse_next(input)?;
    let several = opt(say!(Number(n @ 1..=3) => i64::from(n))).parse_next(input)?;
    let part = match several {
        Some(n) => {
            say!(Unit(Grain::Quarter)).parse_next(input)?;
            n
        }
        None => fraction(input)?,
    };
    Ok(i64::from(whole) * 4 + part)
}

fn slashed(input: &mut Input<'_>) -> Parsed<Quarters> {
    let top = number::plain_digits(input)?;
    mark(&['/']).parse_next(input)?;
    match (top, number::plain_digits(input)?) {
        (1, 2) => Ok(2),
        (1, 4) => Ok(1),
        (3, 4) => Ok(3),
        _ => fail(input),
    }
}

/// "1.5", "2,5".
fn decimal(input: &mut Input<'_>) -> Parsed<Quarters> {
    let whole = number::plain_digits(input)?;
    glued(input)?;
    mark(&['.', ',']).parse_next(input)?;
    glued(input)?;
    let part = match digits(input)? {
        (5, 1) | (50, 2) => 2,
        (25, 2) => 1,
        (75, 2) => 3,
        (0, _) => 0,
        _ => return fail(input),
    };
    Ok(i64::from(whole) * 4 + part)
}

/// A unit of time. One letter only where it touches a digit: "3h", never "3 d".
pub(crate) fn unit(input: &mut Input<'_>) -> Parsed<Grain> {
    let short = input.first().is_some_and(|token| token.atom.text.chars().count() == 1);
    let touching = input.first().is_some_and(|token| token.atom.glued);
    if short && !touching && input.first().is_some_and(|token| token.atom.text != "h") {
        return fail(input);
    }
    let grain = say!(Unit(grain) => grain).parse_next(input)?;
    let letters = input.first().is_some_and(|token| {
        token.atom.glued && !matches!(token.atom.shape, crate::lexer::Shape::Mark(_))
    });
    if letters { fail(input) } else { Ok(grain) }
}

/// One of a unit: what "the day" of "the day after" is.
pub(crate) fn unit_alone(input: &mut Input<'_>) -> Parsed<Measured> {
    let grain = unit(input)?;
    scaled(4, grain).map_or_else(|| fail(input), Ok)
}

/// So many quarters of a unit.
pub(crate) fn scaled(quarters: Quarters, grain: Grain) -> Option<Measured> {
    let whole = (quarters % 4 == 0).then_some(quarters / 4);
    let months = |each: i64| i32::try_from(quarters.checked_mul(each)? / 4).ok();
    let length = match grain {
        Grain::Second => Length { seconds: whole?, ..Length::default() },
        Grain::Minute => Length { seconds: quarters.checked_mul(15)?, ..Length::default() },
        Grain::Hour => Length { seconds: quarters.checked_mul(900)?, ..Length::default() },
        Grain::Day => match whole {
            Some(days) => Length { days: i32::try_from(days).ok()?, ..Length::default() },
            None => Length { seconds: quarters.checked_mul(21_600)?, ..Length::default() },
        },
        Grain::Week => match whole {
            Some(n) => Length { days: i32::try_from(n.checked_mul(7)?).ok()?, ..Length::default() },
            None => Length { seconds: quarters.checked_mul(151_200)?, ..Length::default() },
        },
        Grain::Month => Length {
            months: months(1)?,
            // Half a month is fifteen days to everybody.
            days: i32::try_from(quarters.rem_euclid(4) * 15 / 2).ok()?,
            ..Length::default()
        },
        Grain::Quarter => Length { months: months(3)?, ..Length::default() },
        Grain::Year => Length { months: months(12)?, ..Length::default() },
        Grain::Decade => Length { months: months(120)?, ..Length::default() },
        Grain::Century => Length { months: months(1200)?, ..Length::default() },
    };
    let grain = if whole.is_none() && grain == Grain::Hour { Grain::Minute } else { grain };
    Some(Measured { length, grain })
}

/// The sum of two lengths; what no calendar reaches stays at the edge.
pub(crate) fn add(a: Length, b: Length) -> Length {
    Length {
        months: a.months.saturating_add(b.months),
        days: a.days.saturating_add(b.days),
        seconds: a.seconds.saturating_add(b.seconds),
    }
}
