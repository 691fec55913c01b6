//! Days as only Spanish says them: "de hoy en ocho", "la quincena que viene", "el siglo XXI".

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use super::{day_word, people, word_of, words, words_of};
use crate::{
    Conventions, Grain, Length,
    expr::{Day, Which, Year},
    grammar::{date, day, length, number},
    lexer::Shape,
    meaning::{
        Meaning::{self, LastAfter, Month, NextAfter, Number, Of, The, Unit, Weekday},
        Section,
    },
    stream::{Input, Parsed, behind, digits, fail, longest, loose, mark, say, word},
};

pub(in crate::lang) fn day(input: &mut Input<'_>) -> Parsed<Day> {
    longest(&[in_eight, later_today], input)
}

/// "de hoy en ocho", "el lunes en quince (días)": a week or two from there, counted with both ends.
fn in_eight(input: &mut Input<'_>) -> Parsed<Day> {
    opt(word_of(&["de"])).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    let base = alt((
        say!(Meaning::Day(days) => Day::Offset(days)),
        say!(Weekday(day) => Day::Weekday { day, which: Which::Bare }),
    ))
    .parse_next(input)?;
    word(&["en"], input)?;
    let n = alt((number::plain_digits, say!(Number(n) => n))).parse_next(input)?;
    opt(say!(Unit(Grain::Day))).parse_next(input)?;
    let days = match n {
        8 => 7,
        15 => 14,
        _ => return fail(input),
    };
    if date::number_goes_on(input) {
        return fail(input);
    }
    let length = Length { days, ..Length::default() };
    Ok(Day::Shift { length, grain: Grain::Day, back: false, base: Box::new(base) })
}

/// "al rato", "más al rato", "a última hora".
fn later_today(input: &mut Input<'_>) -> Parsed<Day> {
    if input.state.conventions != Conventions::Booking {
        return fail(input);
    }
    if opt(words_of(&["ultima", "hora"])).parse_next(input)?.is_some() {
        if word(&["de"], &mut { *input }).is_ok() {
            return fail(input);
        }
        return Ok(Day::Section { section: Section::Late, of: Box::new(Day::Offset(0)) });
    }
    opt(word_of(&["mas"])).parse_next(input)?;
    words(&["al", "rato"], input)?;
    Ok(Day::Section { section: Section::Rest, of: Box::new(Day::Offset(0)) })
}

pub(in crate::lang) fn simple_day(input: &mut Input<'_>) -> Parsed<Day> {
    longest(&[already, numbered_weekday, which_date, half_month_cycle, decade, century], input)
}

/// "ya" is "now" to one engine; to people it is a filler sooner.
fn already(input: &mut Input<'_>) -> Parsed<Day> {
    let alone = input.state.all.len() == 1 && input.state.conventions == Conventions::Duckling;
    let pressed = behind(input).is_some_and(|token| token.atom.text == "para");
    word(&["ya"], input)?;
    let last = input.first().is_none_or(|token| matches!(token.atom.shape, Shape::Mark(_)));
    if alone || (pressed && last) { Ok(Day::Now) } else { fail(input) }
}

/// "el viernes 12", "martes once", "lunes el veintisiete", never "viernes 4 personas".
fn numbered_weekday(input: &mut Input<'_>) -> Parsed<Day> {
    let weekday = say!(Weekday(n) => n).parse_next(input)?;
    opt(mark(&[',', '-'])).parse_next(input)?;
    let article = opt(word_of(&["el"])).parse_next(input)?.is_some();
    opt(day_word).parse_next(input)?;
    let spelled = input.first().is_some_and(|token| token.atom.shape == Shape::Word);
    let day = alt((number::ordinal, number::day_number)).parse_next(input)?;
    let more = alt((say!(Month(_)), mark(&['/']).void())).parse_next(&mut { *input }).is_ok();
    let vague = spelled && day < 3 && !article;
    if !(1..=31).contains(&day) || more || vague || date::number_goes_on(input) || people(input) {
        return fail(input);
    }
    Ok(Day::Date { year: None, month: None, day: Some(day), weekday: Some(weekday) })
}

/// "este 12/05", "el próximo 12/05": of this year or the next, to one engine.
fn which_date(input: &mut Input<'_>) -> Parsed<Day> {
    let years = alt((say!(Meaning::This => 0), say!(Meaning::Next => 1))).parse_next(input)?;
    let engine = input.state.conventions == Conventions::Recognizers;
    match date::date(input)? {
        Day::Date { year: None, month: Some(month), day: Some(day), weekday } => Ok(Day::Date {
            year: engine.then_some(Year::Relative(years)),
            month: Some(month),
            day: Some(day),
            weekday,
        }),
        _ => fail(input),
    }
}

/// "esta quincena", "la quincena que viene".
fn half_month_cycle(input: &mut Input<'_>) -> Parsed<Day> {
    let before = opt(day::which).parse_next(input)?;
    opt(say!(The)).parse_next(input)?;
    word(&["quincena"], input)?;
    let after = |input: &mut Input<'_>| {
        alt((say!(NextAfter => Which::Next(1)), say!(LastAfter => Which::Last(1))))
            .parse_next(input)
    };
    match before.or(opt(after).parse_next(input)?) {
        Some(which) => Ok(Day::Fortnight(which)),
        None => fail(input),
    }
}

/// "los años noventa", "la década de 1990", "los noventa".
fn decade(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let article = behind(input).is_some_and(|token| token.atom.text == "los");
    let named = opt(word_of(&["decada", "anos"])).parse_next(input)?.is_some();
    if named {
        opt(say!(Of)).parse_next(input)?;
        opt(word_of(&["los"])).parse_next(input)?;
        opt(word_of(&["anos"])).parse_next(input)?;
    }
    let start = alt((number::plain_digits, number::words)).parse_next(input)?;
    let short = (10..100).contains(&start);
    let full = (1000..2100).contains(&start) && named;
    let noun = input.first().is_some_and(|token| token.atom.shape == Shape::Word);
    // "los 80 invitados" are people.
    let bare = article && (50..100).contains(&start) && !noun;
    if start % 10 != 0 || !(short || full) || !(named || bare) || date::number_goes_on(input) {
        return fail(input);
    }
    i16::try_from(start).map_or_else(|_| fail(input), |start| Ok(Day::Decade { start, short }))
}

/// "el siglo XXI", "siglo 19".
fn century(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    word(&["siglo"], input)?;
    let letters = |input: &mut Input<'_>| {
        let Some(value) = input.first().and_then(|token| roman(&token.atom.text)) else {
            return fail(input);
        };
        input.next_token();
        Ok(value)
    };
    let n = alt((letters, number::between(1, 29).map(i16::from))).parse_next(input)?;
    loose(input)?;
    Ok(Day::Century(n))
}

/// Roman numerals up to what centuries need.
fn roman(text: &str) -> Option<i16> {
    let (mut total, mut before) = (0, 0);
    for letter in text.chars().rev().take(7) {
        let value = match letter {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return None,
        };
        total += if value < before { -value } else { value };
        before = value;
    }
    (1..=29).contains(&total).then_some(total)
}

/// "el 17 del 11": month by its number.
pub(in crate::lang) fn date(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let (day, places) = digits(input)?;
    word(&["del"], input)?;
    let (month, month_places) = digits(input)?;
    let small = |n: u64, most: u64| i8::try_from(n).ok().filter(|_| (1..=most).contains(&n));
    let (Some(day), Some(month)) = (small(day, 31), small(month, 12)) else { return fail(input) };
    if places > 2 || month_places > 2 || date::number_goes_on(input) {
        return fail(input);
    }
    let year = opt(date::year_after).parse_next(input)?;
    Ok(Day::Date { year, month: Some(month), day: Some(day), weekday: None })
}

/// "el resto de la semana", "más tarde en el año", "fin del mes": of this one.
pub(in crate::lang) fn section(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let section = say!(Meaning::Section(section) => section).parse_next(input)?;
    opt(alt((word_of(&["de"]), word_of(&["en"])))).parse_next(input)?;
    word(&["la", "el", "del"], input)?;
    let grain = length::unit(input)?;
    let mut qualified = alt((say!(NextAfter), say!(LastAfter), word_of(&["de", "del", "laboral"])));
    if grain < Grain::Day || qualified.parse_next(&mut { *input }).is_ok() {
        return fail(input);
    }
    Ok(Day::Section { section, of: Box::new(Day::Cycle { grain, which: Which::This }) })
}
