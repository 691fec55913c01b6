//! Times of day in Portuguese: "cinco e meia", "dez para as três", "15h30", "às 8 horas".

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use crate::{
    Conventions, Grain,
    expr::Time,
    grammar::{clock, date, length, number},
    lexer::Shape,
    meaning::Meaning::{
        self, Am, And, At, HourMark, Midnight, Minus, Month, Noon, Of, On, Part, Pm, Sharp, The,
        To, ToHour, Unit, Weekday,
    },
    stream::{Input, Parsed, behind, digits, fail, glued, loose, mark, say, word},
};

/// Whether a bare number just read cannot be an hour: hours are feminine ("uma", "duas"), and
/// what is counted stands behind it ("3 pessoas").
pub(in crate::lang) fn no_hour(input: &Input<'_>) -> bool {
    let Some(number) = behind(input) else { return false };
    match number.atom.text.as_str() {
        "um" | "dois" => return true,
        // "mesa para 4 as 20h" is for four; "para as 4" is a time.
        _ if text_behind(input, 1, &["para", "pra", "p", "com", "somos"]) => {
            let timed = alt((
                (alt((say!(Of), say!(Meaning::In), say!(On))), say!(Part(_))).void(),
                say!(Am),
                say!(Pm),
            ));
            return { timed }.parse_next(&mut { *input }).is_err();
        }
        // "marcar uma amanha" is no hour; "a uma", "da uma" are.
        "uma" if !text_behind(input, 1, &["a", "as", "da", "das", "e", "para", "pra"]) => {
            let said =
                alt((say!(Part(_)).void(), (say!(Of), say!(Part(_))).void(), say!(And).void()))
                    .parse_next(&mut { *input })
                    .is_ok();
            return !said;
        }
        _ => {}
    }
    input.first().is_some_and(|token| {
        let plain = token.senses.is_empty() && !token.atom.after_break;
        let text = token.atom.text.as_str();
        let counted = text.len() > 3
            && text.ends_with('s')
            && !matches!(
                text,
                "mais" | "apos" | "depois" | "antes" | "nois" | "beijos" | "abracos" | "obrigados"
            );
        plain && matches!(token.atom.shape, Shape::Word) && (counted || text == "reais")
    })
}

/// Whether a bare hour may follow a day here: "sexta 10", not "sexta a 10".
pub(in crate::lang) fn weak_follows(input: &Input<'_>) -> bool {
    let joined = &[
        "a", "ao", "aos", "o", "os", "no", "na", "nos", "nas", "em", "de", "do", "da", "por",
        "para", "pra", "pro", "p",
    ];
    !text_behind(input, 0, joined)
}

/// Whether the atom so many before the next one (0 the nearest) reads so.
pub(super) fn text_behind(input: &Input<'_>, back: usize, wanted: &[&str]) -> bool {
    let here = input.state.all.len() - input.eof_offset();
    here.checked_sub(back + 1)
        .and_then(|at| input.state.all.get(at))
        .is_some_and(|token| wanted.contains(&token.atom.text.as_str()))
}

/// Whether what stands before makes a number an hour: "as", "das", "sao", "amanha".
fn wants_an_hour(input: &Input<'_>) -> bool {
    let Some(token) = behind(input) else { return false };
    let accented = token.atom.accented && matches!(token.atom.text.as_str(), "a" | "e");
    let article = matches!(
        token.atom.text.as_str(),
        "as" | "das" | "pelas" | "pras" | "sao" | "eram" | "umas" | "@"
    );
    accented || article || after_a_day(input)
}

/// Whether a day was named right before.
fn after_a_day(input: &Input<'_>) -> bool {
    behind(input).is_some_and(|token| {
        let comma = token.atom.text == ",";
        let day = token.senses.iter().any(|sense| {
            matches!(sense.meaning, Meaning::Day(_) | Weekday(_) | Month(_)) && sense.atoms == 1
        });
        // The "feira" of "sexta-feira" and the end of "quinta que vem" carry no sense of a day.
        day || matches!(token.atom.text.as_str(), "feira") || (comma && after_a_day(&before(input)))
    })
}

/// The input one atom earlier.
fn before<'i>(input: &Input<'i>) -> Input<'i> {
    let here = input.state.all.len() - input.eof_offset();
    let mut earlier = *input;
    earlier.input = input.state.all.get(here.saturating_sub(1)..).unwrap_or_default();
    earlier
}

/// Whether "entre" has just opened a range, so that "e" joins its ends.
fn between(input: &Input<'_>) -> bool {
    let opens: &[&str] = &["entre"];
    text_behind(input, 0, opens)
        || (text_behind(input, 1, opens) && text_behind(input, 0, &["as", "os", "a", "o", "dias"]))
        || (text_behind(input, 2, opens) && text_behind(input, 0, &["dias", "dia"]))
}

/// An hour in digits or words.
fn hour_number(input: &mut Input<'_>) -> Parsed<(u8, bool)> {
    let start = input.checkpoint();
    if let Ok((value, places)) = digits(input) {
        return match u8::try_from(value) {
            Ok(hour) if places <= 2 && hour <= 24 => Ok((hour, places == 2 && hour < 10)),
            _ => fail(input),
        };
    }
    input.reset(&start);
    match u8::try_from(number::small_words(input)?) {
        Ok(hour) if hour <= 24 => Ok((hour, false)),
        _ => fail(input),
    }
}

fn at_hour(hour: u8, zero: bool) -> Time {
    let hour = i8::try_from(hour % 24).unwrap_or(0);
    Time { exact: zero || hour > 12 || hour == 0, ..Time::hour(hour) }
}

/// "h", "hs", "hrs", "horas": behind the number of an hour.
fn hour_word(input: &mut Input<'_>) -> Parsed<()> {
    alt((say!(HourMark), say!(Unit(Grain::Hour)))).parse_next(input)?;
    loose_or_digits(input)
}

/// "15h30" goes on in digits; letters may not follow.
fn loose_or_digits(input: &Input<'_>) -> Parsed<()> {
    let letters = input
        .first()
        .is_some_and(|token| token.atom.glued && matches!(token.atom.shape, Shape::Word));
    if letters { fail(input) } else { Ok(()) }
}

/// The hour that minutes are added to: "cinco", "meio-dia", "8h", "8 horas", "8pm".
fn whole_hour(input: &mut Input<'_>) -> Parsed<(Time, bool)> {
    let named = |input: &mut Input<'_>| {
        opt(say!(The)).parse_next(input)?;
        let hour = alt((say!(Noon => 12), say!(Midnight => 0))).parse_next(input)?;
        Ok((Time { exact: true, ..Time::hour(hour) }, true))
    };
    let counted = |input: &mut Input<'_>| {
        let (hour, zero) = hour_number(input)?;
        let masculine =
            behind(input).is_some_and(|t| matches!(t.atom.text.as_str(), "um" | "dois"));
        let mut time = at_hour(hour, zero);
        let marked = opt(hour_word).parse_next(input)?.is_some();
        if let Some(half) = opt(clock::half).parse_next(input)? {
            time.half = Some(half);
        }
        let half = time.half.is_some();
        if masculine && !marked && !half { fail(input) } else { Ok((time, marked || half)) }
    };
    alt((named, counted)).parse_next(input)
}

/// Minutes in digits or words, with or without their name; whether they were digits.
fn minutes(input: &mut Input<'_>) -> Parsed<(i8, bool, bool)> {
    let in_digits =
        input.first().is_some_and(|token| matches!(token.atom.shape, Shape::Number { .. }));
    let n = number::between(1, 59).parse_next(input)?;
    let named = opt(say!(Unit(Grain::Minute))).parse_next(input)?.is_some();
    Ok((n, in_digits, named))
}

/// "cinco e meia", "tres e quinze", "meio-dia e meia", "8 horas e 20", "8pm e meia".
pub(super) fn past(input: &mut Input<'_>) -> Parsed<Time> {
    let led = wants_an_hour(input);
    let enclosed = between(input);
    let day = text_behind(input, 0, &["dia", "dias"]);
    let spelled = input.first().is_some_and(|token| matches!(token.atom.shape, Shape::Word));
    let (hour, sure) = whole_hour(input)?;
    if sure && !led && !hour.exact && hour.half.is_none() && counts_hours(input) {
        return fail(input);
    }
    say!(And).parse_next(input)?;
    // "entre as 11 e meia-noite" names midnight.
    if alt((say!(Noon), say!(Midnight))).parse_next(&mut { *input }).is_ok() {
        return fail(input);
    }
    let half = |input: &mut Input<'_>| {
        let minute = clock::fraction(input)?;
        let unit = length::unit(&mut { *input }).is_ok();
        if unit { fail(input) } else { Ok(minute) }
    };
    let minute = match opt(half).parse_next(input)? {
        Some(minute) => i8::try_from(minute).unwrap_or(30),
        None => {
            let (minute, in_digits, named) = minutes(input)?;
            let round = minute % 5 == 0 && minute >= 10;
            let plain = named || sure || led || (round && (spelled || !in_digits));
            let date = alt((
                (say!(Of), say!(Month(_))).void(),
                say!(Month(_)).void(),
                say!(Unit(_)).void(),
                hour_word.void(),
                mark(&['/', ':', '%', '$']).void(),
            ));
            let more = { date }.parse_next(&mut { *input }).is_ok() || loose(input).is_err();
            if enclosed || day || !plain || more {
                return fail(input);
            }
            minute
        }
    };
    Ok(Time { minute: Some(minute), ..hour })
}

/// Whether the hours just read are a length: what follows says so, or nothing says otherwise.
fn counts_hours(input: &Input<'_>) -> bool {
    // The word in full; "8h" is a time.
    behind(input).is_some_and(|token| token.atom.text.starts_with("hora"))
}

/// "cinco menos um quarto", "oito menos dez".
pub(super) fn minus(input: &mut Input<'_>) -> Parsed<Time> {
    let (hour, _) = whole_hour(input)?;
    say!(Minus).parse_next(input)?;
    let counted = |input: &mut Input<'_>| match minutes(input)? {
        (n, _, true) => Ok(i32::from(n)),
        (n, _, false) if n % 5 == 0 => Ok(i32::from(n)),
        _ => fail(input),
    };
    let back = alt((clock::fraction, counted)).parse_next(input)?;
    clock::shifted(hour, -back).map_or_else(|| fail(input), Ok)
}

/// "dez para as tres", "um quarto pras 5", "3 minutos para as oito".
pub(super) fn to_the_hour(input: &mut Input<'_>) -> Parsed<Time> {
    let lacking = text_behind(input, 0, &["faltam", "falta", "faltando", "sao", "as"])
        || behind(input).is_none()
        || after_a_day(input);
    let counted = |input: &mut Input<'_>| {
        let (n, in_digits, named) = minutes(input)?;
        // "mesa 5 para as 8" is for five.
        let usual = n > 12 || (n % 5 == 0 && !in_digits);
        if named || lacking || usual { Ok(i32::from(n)) } else { fail(input) }
    };
    let back = alt((clock::fraction, counted)).parse_next(input)?;
    say!(ToHour).parse_next(input)?;
    let (hour, _) = whole_hour(input)?;
    // Nobody says "ten to 20h".
    if hour.exact && hour.hour > 12 {
        return fail(input);
    }
    clock::shifted(hour, -back).map_or_else(|| fail(input), Ok)
}

/// "15h", "15 hs", "15h30", "15h30min", "15:30h", "as 8 horas".
pub(super) fn marked(input: &mut Input<'_>) -> Parsed<Time> {
    let led = wants_an_hour(input);
    let lasts = text_behind(input, 0, &["por", "durante", "dura", "duram", "durou", "leva"]);
    let of = text_behind(input, 0, &["de"]);
    let first = input.first().map(|token| token.index);
    let (hour, zero) = hour_number(input)?;
    let mut time = at_hour(hour, zero);
    let colon = |input: &mut Input<'_>| {
        mark(&[':']).parse_next(input)?;
        glued(input)?;
        match digits(input)? {
            (minute @ 0..=59, 2) => Ok(i8::try_from(minute).unwrap_or(0)),
            _ => fail(input),
        }
    };
    time.minute = opt(colon).parse_next(input)?;
    let full = input.first().is_some_and(|token| token.atom.text.starts_with("hora"));
    let spelled = input.first().map(|token| token.index) > first.map(|index| index + 1);
    hour_word(input)?;
    if time.minute.is_none() && !full {
        let behind_mark = |input: &mut Input<'_>| {
            let touches = glued(input).is_ok();
            let (minute, places) = digits(input)?;
            let named = opt(say!(Unit(Grain::Minute))).parse_next(input)?.is_some();
            let fits = minute < 60 && places == 2 && (touches || named || minute % 5 == 0);
            let alone =
                loose(input).is_ok() && mark(&['/', ':', '-']).parse_next(&mut { *input }).is_err();
            if fits && alone { Ok(i8::try_from(minute).unwrap_or(0)) } else { fail(input) }
        };
        time.minute = opt(behind_mark).parse_next(input)?;
    }
    if full && time.minute.is_none() {
        let shown = led
            || spelled && hour > 12 && hour < 24
            || (13..24).contains(&hour)
            || makes_a_time(input);
        if !shown || hour == 24 {
            return fail(input);
        }
    }
    // "24h" is a day long, "por 3h" three hours.
    let of = of && hour < 5 && say!(To).parse_next(&mut { *input }).is_err();
    if (hour == 24 && !led) || ((lasts || of) && time.minute.is_none()) {
        fail(input)
    } else {
        Ok(time)
    }
}

/// Whether what follows "8 horas" makes it a time: a part of the day, "am", "a 5 pm".
fn makes_a_time(input: &Input<'_>) -> bool {
    alt((
        say!(Am).void(),
        say!(Pm).void(),
        say!(Sharp).void(),
        (alt((say!(Of), say!(Meaning::In), say!(On))), say!(Part(_))).void(),
        (say!(Of), say!(Meaning::Day(_))).void(),
        (say!(Of), word_of(&["dia"]), digits).void(),
        (say!(To), opt(say!(At)), clock::any).void(),
        (say!(And), opt(word_of(&["o"])), opt(word_of(&["mais"])), word_of(&["cedo", "tarde"]))
            .void(),
        word_of(&["esta", "ta", "serve", "fica"]),
    ))
    .parse_next(&mut { *input })
    .is_ok()
}

pub(super) fn word_of<'i>(
    wanted: &'static [&'static str],
) -> impl winnow::Parser<Input<'i>, (), winnow::error::EmptyError> {
    move |input: &mut Input<'i>| word(wanted, input)
}

/// "15.30" by itself: to one engine a time wherever it stands, to people as often a price.
pub(super) fn dotted(input: &mut Input<'_>) -> Parsed<Time> {
    if input.state.conventions != Conventions::Duckling {
        return fail(input);
    }
    let (hour, zero) = hour_number(input)?;
    glued(input)?;
    mark(&['.']).parse_next(input)?;
    glued(input)?;
    let (minute, places) = digits(input)?;
    loose(input)?;
    if opt((glued, mark(&['.', ',', '%', '$']))).parse_next(input)?.is_some() {
        return fail(input);
    }
    match i8::try_from(minute) {
        Ok(minute) if places == 2 && minute < 60 && hour < 24 => {
            Ok(Time { minute: Some(minute), ..at_hour(hour, zero) })
        }
        _ => fail(input),
    }
}

/// "à 1", "à uma": the one hour whose article is no plural.
pub(super) fn one(input: &mut Input<'_>) -> Parsed<Time> {
    let article = behind(input).is_some_and(|t| t.atom.accented && t.atom.text == "a");
    match hour_number(input)? {
        (1, _) if article && loose(input).is_ok() && !date::number_goes_on(input) => {
            Ok(Time::hour(1))
        }
        _ => fail(input),
    }
}
