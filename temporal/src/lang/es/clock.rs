//! Times of day as only Spanish says them: "las tres y media", "cuarto para las ocho", "17hs".

use winnow::{
    Parser as _,
    combinator::{alt, opt},
};

use super::{people, word_of};
use crate::{
    Conventions, Grain,
    expr::Time,
    grammar::{clock, date, number},
    lexer::Shape,
    meaning::Meaning::{self, And, Minus, Month, Number, Of, ThreeQuarters, Unit},
    stream::{Input, Parsed, behind, digits, fail, glued, longest, loose, mark, say, word},
};

/// A time that says by itself that it is one.
pub(super) fn time(input: &mut Input<'_>) -> Parsed<Time> {
    longest(&[hour_and, hour_less, minutes_to, minutes_past, marked, the_one, dotted], input)
}

/// A time that needs "a las" before it.
pub(super) fn weak_time(input: &mut Input<'_>) -> Parsed<Time> {
    alt((oh_minutes, any_marked)).parse_next(input)
}

/// "15.30": a time by itself to one engine only; to people it may be a price.
fn dotted(input: &mut Input<'_>) -> Parsed<Time> {
    if input.state.conventions != Conventions::Duckling {
        return fail(input);
    }
    let (hour, places) = digits(input)?;
    let minute = two_minutes(&['.'], input)?;
    let goes_on = (glued, mark(&['.', '%', '$', '/'])).parse_next(&mut { *input }).is_ok();
    if places > 2 || goes_on {
        return fail(input);
    }
    built(hour, Some(minute), input)
}

fn two_minutes(marks: &'static [char], input: &mut Input<'_>) -> Parsed<i8> {
    glued(input)?;
    mark(marks).parse_next(input)?;
    glued(input)?;
    two_digits(input)
}

fn two_digits(input: &mut Input<'_>) -> Parsed<i8> {
    match digits(input)? {
        (minute @ 0..=59, 2) => i8::try_from(minute).or_else(|_| fail(input)),
        _ => fail(input),
    }
}

fn built(hour: u64, minute: Option<i8>, input: &Input<'_>) -> Parsed<Time> {
    let Some(small) = i8::try_from(hour).ok().filter(|hour| *hour <= 24) else {
        return fail(input);
    };
    let exact = small > 12 || small == 0;
    Ok(Time { hour: small % 24, minute, second: None, half: None, exact })
}

/// An hour in digits or words, with "am" or "pm" behind it or not.
fn hour(input: &mut Input<'_>) -> Parsed<Time> {
    let n = match opt(digits).parse_next(input)? {
        Some((n, 1 | 2)) => n,
        Some(_) => return fail(input),
        None => u64::from(say!(Number(n @ 1..=24) => n).parse_next(input)?),
    };
    let mut time = built(n, None, input)?;
    if !time.exact {
        time.half = opt(clock::half).parse_next(input)?;
    }
    Ok(time)
}

/// "media", "cuarto", "tres cuartos".
fn fraction(input: &mut Input<'_>) -> Parsed<i32> {
    let minutes =
        alt((say!(ThreeQuarters => 45), say!(Meaning::Half => 30), say!(Meaning::Quarter => 15)))
            .parse_next(input)?;
    // "una y media horas" and "un cuarto de hora" are lengths.
    let length = (opt(say!(Of)), say!(Unit(_))).parse_next(&mut { *input }).is_ok();
    if length || loose(input).is_err() { fail(input) } else { Ok(minutes) }
}

/// Minutes as a number, and whether the word "minutos" came with them.
fn minutes(input: &mut Input<'_>) -> Parsed<(i32, bool)> {
    let n = number::between(1, 59).parse_next(input)?;
    let named = opt(say!(Unit(Grain::Minute))).parse_next(input)?.is_some();
    let other = alt((say!(Unit(_)), say!(Month(_)), (say!(Of), say!(Month(_))).void()))
        .parse_next(&mut { *input })
        .is_ok();
    let goes_on =
        (glued, mark(&[':', '.', '/', '-']), glued, digits).parse_next(&mut { *input }).is_ok();
    if other || goes_on || loose(input).is_err() || people(input) {
        return fail(input);
    }
    Ok((i32::from(n), named))
}

/// "las tres y media", "5 y cuarto", "once y cuarenta y cinco", "8pm y media".
fn hour_and(input: &mut Input<'_>) -> Parsed<Time> {
    let figures = is_number(input);
    let led = follows_las(input);
    let between = after_between(input);
    let mut time = hour(input)?;
    say!(And).parse_next(input)?;
    if let Some(minutes) = opt(fraction).parse_next(input)? {
        time.minute = i8::try_from(minutes).ok();
        return Ok(time);
    }
    let one_place = digits(&mut { *input }).is_ok_and(|(_, places)| places < 2);
    let (n, named) = minutes(input)?;
    // "veinte y cinco" is a number.
    let number = time.hour == 20 && n < 10 && !figures;
    // "entre las 5 y las 6", "entre 3 y 10": the "y" is the range's.
    let again = say!(And).parse_next(&mut { *input }).is_ok();
    let plain = named || time.half.is_some() || ((n >= 10 || n == 5) && (led || !figures));
    if number || (between && !again) || !plain || (one_place && !named) {
        return fail(input);
    }
    time.minute = i8::try_from(n).ok();
    Ok(time)
}

fn is_number(input: &Input<'_>) -> bool {
    use winnow::stream::Stream as _;
    input.peek_token().is_some_and(|token| matches!(token.atom.shape, Shape::Number { .. }))
}

/// Whether "las" or what stands for it is right before.
fn follows_las(input: &Input<'_>) -> bool {
    behind(input).is_some_and(|token| {
        matches!(token.atom.text.as_str(), "las" | "la" | "alas" | "ala" | "tipo")
    })
}

/// Whether "entre" stands right before, an article aside.
fn after_between(input: &Input<'_>) -> bool {
    use winnow::stream::Stream as _;
    let here = input.state.all.len() - input.eof_offset();
    (1..=2).any(|back| {
        here.checked_sub(back)
            .and_then(|at| input.state.all.get(at))
            .is_some_and(|token| token.atom.text == "entre")
    })
}

/// "las doce menos cuarto", "ocho menos diez".
fn hour_less(input: &mut Input<'_>) -> Parsed<Time> {
    let time = hour(input)?;
    say!(Minus).parse_next(input)?;
    let less = alt((fraction, minutes.map(|(n, _)| n))).parse_next(input)?;
    clock::shifted(time, -less).map_or_else(|| fail(input), Ok)
}

/// "cuarto para las ocho", "diez para las nueve", "faltan 5 para las 3"; never "4 para las 8".
fn minutes_to(input: &mut Input<'_>) -> Parsed<Time> {
    let counted = behind(input).is_some_and(|token| {
        matches!(token.atom.text.as_str(), "de" | "para" | "somos" | "mesa" | "seremos" | "por")
    });
    let said = opt(word_of(&["faltan", "falta"])).parse_next(input)?.is_some();
    let quarter = |input: &mut Input<'_>| fraction(input).map(|n| (n, true));
    let (n, named) = alt((quarter, minutes)).parse_next(input)?;
    word(&["para"], input)?;
    word(&["las", "la"], input)?;
    let usual = !counted && n % 5 == 0 && n <= 25;
    if !(said || named || usual) {
        return fail(input);
    }
    let time = clock::any(input)?;
    clock::shifted(time, -n).map_or_else(|| fail(input), Ok)
}

/// "20 min pasadas las ocho", "cuarto pasadas de las ocho".
fn minutes_past(input: &mut Input<'_>) -> Parsed<Time> {
    let n = alt((fraction, minutes.map(|(n, _)| n))).parse_next(input)?;
    word(&["pasadas", "pasada"], input)?;
    opt(word_of(&["de"])).parse_next(input)?;
    word(&["las", "la"], input)?;
    let time = clock::any(input)?;
    clock::shifted(time, n).map_or_else(|| fail(input), Ok)
}

/// Marks of the hour behind digits.
const HOUR_WORDS: &[&str] = &["h", "hs", "hrs", "hr", "hras"];

/// "17hs", "9:30 hs", "10.30 h", "7h01", "10 h 10", "15 horas".
fn marked(input: &mut Input<'_>) -> Parsed<Time> {
    let length = behind(input).is_some_and(|token| {
        matches!(token.atom.text.as_str(), "por" | "durante" | "dura" | "cada" | "hace" | "unas")
    });
    let (hour, places) = digits(input)?;
    let minute = opt(|input: &mut Input<'_>| two_minutes(&[':', '.'], input)).parse_next(input)?;
    let short = opt(word_of(HOUR_WORDS)).parse_next(input)?.is_some();
    if !short {
        word(&["horas"], input)?;
    }
    let after = |input: &mut Input<'_>| {
        let minute = two_digits(input)?;
        opt((glued, word_of(&["m", "min"]))).parse_next(input)?;
        Ok(minute)
    };
    let minute = match minute {
        None if short => opt(after).parse_next(input)?,
        minute => minute,
    };
    let likely = minute.is_some() || hour >= if short { 7 } else { 13 };
    if places > 2 || length || !likely || loose(input).is_err() {
        return fail(input);
    }
    built(hour, minute, input)
}

/// "la una", where no "a" stands before it.
fn the_one(input: &mut Input<'_>) -> Parsed<Time> {
    word(&["la"], input)?;
    word_of(&["una", "1"]).parse_next(&mut { *input })?;
    let time = longest(&[hour_and, hour_less, hour], input)?;
    if people(input) || date::number_goes_on(input) { fail(input) } else { Ok(time) }
}

/// "6 0 2": two minutes past six.
fn oh_minutes(input: &mut Input<'_>) -> Parsed<Time> {
    let (hour, places) = digits(input)?;
    match (digits(input)?, digits(input)?) {
        ((0, 1), (minute @ 0..=9, 1)) if places <= 2 => {
            built(hour, i8::try_from(minute).ok(), input)
        }
        _ => fail(input),
    }
}

/// "las 5 horas", "las tres hs".
fn any_marked(input: &mut Input<'_>) -> Parsed<Time> {
    let led = follows_las(input);
    let time = hour(input)?;
    alt((word_of(HOUR_WORDS), word_of(&["horas", "hora"]))).parse_next(input)?;
    if led { Ok(time) } else { fail(input) }
}
