//! Rules that only Portuguese has: "cinco e meia", "dez para as três", "às 8 horas", "de segunda
//! a sexta", "primeira quinzena de junho", "de hoje a oito".

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use crate::{
    Conventions, Grain, Length,
    expr::{Clock, Cycle, Day, Expr, Half as DayHalf, Point, Set, Style, Time, Which, Year},
    grammar::{
        clock, cycle, date, day,
        length::{self, Measured},
        number, point as points, range as ranges,
    },
    holiday::{Holiday, Rule},
    lexer::Shape,
    meaning::Meaning::{
        self, A, Ago, Am, And, At, Between, Fortnight, Half, HourMark, Last, LastAfter, Midnight,
        Minus, Month, Next, NextAfter, Noon, Number, Of, On, OrLater, Part, Pm, Sharp, The, This,
        To, Unit, Weekday,
    },
    stream::{Input, Parsed, behind, digits, fail, glued, longest, loose, mark, say, word},
};

pub(super) fn expression(input: &mut Input<'_>) -> Parsed<Expr> {
    every_so_many(input)
}

pub(super) fn point(input: &mut Input<'_>) -> Parsed<Point> {
    at_one(input)
}

pub(super) fn range(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[day_after_tomorrow, from_to, day_numbers, hours, half_month], input)
}

pub(super) fn open(input: &mut Input<'_>) -> Parsed<Expr> {
    onwards(input)
}

pub(super) fn day(input: &mut Input<'_>) -> Parsed<Day> {
    longest(&[a_week_from, nth_of_this, number_of_this], input)
}

pub(super) fn simple_day(input: &mut Input<'_>) -> Parsed<Day> {
    longest(
        &[
            this_number,
            moment,
            numbered_weekday,
            tuesday,
            placed_behind,
            this_very,
            year,
            decade,
            century,
            last_so_many,
            new_years_night,
        ],
        input,
    )
}

pub(super) fn date(input: &mut Input<'_>) -> Parsed<Day> {
    numbered_month(input)
}

pub(super) fn section(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn time(input: &mut Input<'_>) -> Parsed<Time> {
    alt((past, minus, marked, dotted)).parse_next(input)
}

pub(super) fn weak_time(input: &mut Input<'_>) -> Parsed<Time> {
    fail(input)
}

pub(super) fn length(input: &mut Input<'_>) -> Parsed<Measured> {
    longest(&[unit_and_a_half, half_years], input)
}

pub(super) fn day_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["dia", "dias"], input)
}

pub(super) fn month_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["mes"], input)?;
    opt(say!(Of)).parse_next(input)?;
    Ok(())
}

pub(super) fn season_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["estacao"], input)
}

pub(super) fn half_year(input: &mut Input<'_>) -> Parsed<()> {
    word(&["semestre"], input)
}

pub(super) fn but(input: &mut Input<'_>) -> Parsed<()> {
    word(&["mas", "e"], input)
}

pub(super) fn from_day(input: &mut Input<'_>) -> Parsed<()> {
    word(&["do", "de", "da", "dos", "das"], input)
}

pub(super) fn from_clock(input: &mut Input<'_>) -> Parsed<()> {
    word(&["de", "das", "da", "do"], input)
}

/// Whether a bare number just read cannot be an hour: hours are feminine ("uma", "duas"), and
/// what is counted stands behind it ("3 pessoas").
pub(super) fn no_hour(input: &Input<'_>) -> bool {
    let Some(number) = behind(input) else { return false };
    match number.atom.text.as_str() {
        "um" | "dois" => return true,
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

/// Whether the atom so many before the next one (0 the nearest) reads so.
fn text_behind(input: &Input<'_>, back: usize, wanted: &[&str]) -> bool {
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
fn past(input: &mut Input<'_>) -> Parsed<Time> {
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
fn minus(input: &mut Input<'_>) -> Parsed<Time> {
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

/// "15h", "15 hs", "15h30", "15h30min", "15:30h", "as 8 horas".
fn marked(input: &mut Input<'_>) -> Parsed<Time> {
    let led = wants_an_hour(input);
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
    // "24h" is a day long.
    if hour == 24 && !led { fail(input) } else { Ok(time) }
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
    ))
    .parse_next(&mut { *input })
    .is_ok()
}

fn word_of<'i>(
    wanted: &'static [&'static str],
) -> impl winnow::Parser<Input<'i>, (), winnow::error::EmptyError> {
    move |input: &mut Input<'i>| word(wanted, input)
}

/// "15.30" by itself: to one engine a time wherever it stands, to people as often a price.
fn dotted(input: &mut Input<'_>) -> Parsed<Time> {
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
fn at_one(input: &mut Input<'_>) -> Parsed<Point> {
    let accented = input.first().is_some_and(|token| token.atom.accented);
    word(&["a"], input)?;
    say!(Number(1)).void().parse_next(input).or_else(
        |_: winnow::error::EmptyError| match digits(input)? {
            (1, 1) => Ok(()),
            _ => fail(input),
        },
    )?;
    loose(input)?;
    if !accented || date::number_goes_on(input) {
        return fail(input);
    }
    let mut point = Point::clock(Clock::time(Time::hour(1)));
    points::more(&mut point, input)?;
    Ok(point)
}

/// "depois de amanha" and "antes de ontem" are days, not all that lies behind them.
fn day_after_tomorrow(input: &mut Input<'_>) -> Parsed<Expr> {
    say!(Meaning::Day(-2 | 2)).parse_next(&mut { *input })?;
    points::point(input).map(Expr::Point)
}

/// "de segunda a sexta", "da Pascoa ao Natal", "do dia 3 ate o dia 10".
fn from_to(input: &mut Input<'_>) -> Parsed<Expr> {
    from_day(input)?;
    let from = ranges::end_point(input)?;
    ranges::to(input)?;
    opt(say!(The)).parse_next(input)?;
    let until = ranges::end_point(input)?;
    ranges::ordered(from, until, input)
}

/// "do dia 10 ao 15", "entre os dias 10 e 15": of a month not named.
fn day_numbers(input: &mut Input<'_>) -> Parsed<Expr> {
    let between = opt(say!(Between)).parse_next(input)?.is_some();
    if !between {
        opt(from_day).parse_next(input)?;
    }
    opt(say!(The)).parse_next(input)?;
    day_word(input)?;
    let first = number::day_number(input)?;
    if between {
        alt((say!(And), ranges::to)).parse_next(input)?;
    } else {
        ranges::to(input)?;
    }
    opt(say!(The)).parse_next(input)?;
    opt(day_word).parse_next(input)?;
    let last = number::day_number(input)?;
    if date::number_goes_on(input) || last <= first {
        return fail(input);
    }
    let day =
        |day| Point::day(Day::Date { year: None, month: None, day: Some(day), weekday: None });
    Ok(Expr::Range { from: day(first), to: day(last), style: Style::Through })
}

/// "10 as 12": two bare hours that the article of the second gives away.
fn hours(input: &mut Input<'_>) -> Parsed<Expr> {
    opt(word_of(&["das", "de"])).parse_next(input)?;
    let from = clock::any(input)?;
    opt(word_of(&["ate"])).parse_next(input)?;
    word(&["as"], input)?;
    let until = clock::any(input)?;
    if date::number_goes_on(input) {
        return fail(input);
    }
    let part = opt(clock::led_part).parse_next(input)?.and_then(|clock| clock.part);
    let clock = Clock { time: Some(from), until: Some(until), part, section: None };
    let mut point = Point::clock(clock);
    points::more(&mut point, input)?;
    Ok(Expr::Point(point))
}

/// "primeira quinzena de junho", "segunda quinzena do mes que vem".
fn half_month(input: &mut Input<'_>) -> Parsed<Expr> {
    opt(say!(The)).parse_next(input)?;
    let half = number::ordinal(input)?;
    say!(Fortnight).parse_next(input)?;
    opt(say!(Of)).parse_next(input)?;
    let month = alt((day::simple, this_unit)).parse_next(input)?;
    let is_month = matches!(
        month,
        Day::Month { .. }
            | Day::Cycle { grain: Grain::Month, .. }
            | Day::Date { month: Some(_), day: None, .. }
    );
    let day = |n: i32, grain| {
        let within = Box::new(month.clone());
        Point::day(Day::Nth { n, count: 1, cycle: Cycle::Grain(grain), within })
    };
    let (first, last) = match half {
        1 => (1, 15),
        2 => (16, -1),
        _ => return fail(input),
    };
    if !is_month {
        return fail(input);
    }
    let (from, to) = (day(first, Grain::Day), day(last, Grain::Day));
    Ok(Expr::Range { from, to, style: Style::Through })
}

/// "mes", "ano" behind an article: of this one.
fn this_unit(input: &mut Input<'_>) -> Parsed<Day> {
    let grain = length::unit(input)?;
    let long = matches!(grain, Grain::Week | Grain::Month | Grain::Quarter | Grain::Year);
    if long { Ok(Day::Cycle { grain, which: Which::This }) } else { fail(input) }
}

/// "das 15h em diante", "de segunda em diante".
fn onwards(input: &mut Input<'_>) -> Parsed<Expr> {
    from_day(input)?;
    let mut point = longest(&[ranges::end_point, ranges::timed_point], input)?;
    say!(OrLater).parse_next(input)?;
    points::more(&mut point, input)?;
    point.latent = false;
    Ok(Expr::Open { direction: crate::Direction::After, edge: crate::expr::Edge::Since, point })
}

/// "de hoje a oito", "de segunda a quinze": so many days from there.
fn a_week_from(input: &mut Input<'_>) -> Parsed<Day> {
    opt(word_of(&["de", "da"])).parse_next(input)?;
    let base = alt((
        say!(Meaning::Day(n @ (0 | 1)) => Day::Offset(n)),
        say!(Weekday(day) => Day::Weekday { day, which: Which::Bare }),
    ))
    .parse_next(input)?;
    word(&["a"], input)?;
    let spelled = input.first().is_some_and(|token| matches!(token.atom.shape, Shape::Word));
    let days = match number::integer(input)? {
        8 => 7,
        15 => 14,
        _ => return fail(input),
    };
    let named = opt(word_of(&["dias"])).parse_next(input)?.is_some();
    if !(spelled || named) || date::number_goes_on(input) {
        return fail(input);
    }
    let length = Length { days, ..Length::default() };
    Ok(Day::Shift { length, grain: Grain::Week, back: false, base: Box::new(base) })
}

/// "a ultima sexta do mes", "primeiro dia do ano", "ultimo mes 2013".
fn nth_of_this(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let n = alt((say!(Last => -1), number::ordinal.map(i32::from))).parse_next(input)?;
    let count = opt(number::integer).parse_next(input)?.unwrap_or(1);
    let what = cycle::of_what(input)?;
    let bare_year = |input: &mut Input<'_>| {
        let year = Some(number::full_year(input)?);
        Ok(Day::Date { year, month: None, day: None, weekday: None })
    };
    let this = |input: &mut Input<'_>| {
        say!(Of).parse_next(input)?;
        this_unit(input)
    };
    let within = alt((this, bare_year)).parse_next(input)?;
    let count = i32::try_from(count).ok().filter(|count| (1..=366).contains(count));
    let (Some(count), true) = (count, holds(&within, what)) else { return fail(input) };
    Ok(Day::Nth { n, count, cycle: what, within: Box::new(within) })
}

/// Whether there are several of `what` in it.
fn holds(within: &Day, what: Cycle) -> bool {
    let grain = match within {
        Day::Cycle { grain, .. } => *grain,
        _ => Grain::Year,
    };
    match what {
        Cycle::Grain(unit) => unit < grain,
        Cycle::Weekday(_) | Cycle::Weekend => grain >= Grain::Month,
        Cycle::Month(_) | Cycle::Holiday(_) => grain >= Grain::Year,
    }
}

/// "dia 15 do mes".
fn number_of_this(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    day_word(input)?;
    let day = alt((number::ordinal, number::day_number)).parse_next(input)?;
    say!(Of).parse_next(input)?;
    match this_unit(input)? {
        within @ Day::Cycle { grain: Grain::Month, .. } => {
            Ok(Day::NumberOf { day: i32::from(day), within: Box::new(within) })
        }
        _ => fail(input),
    }
}

/// "esse dia 20", "neste dia 5".
fn this_number(input: &mut Input<'_>) -> Parsed<Day> {
    alt((say!(This), say!(Next))).parse_next(input)?;
    day_word(input)?;
    let day = alt((number::ordinal, number::day_number)).parse_next(input)?;
    if !(1..=31).contains(&day) || date::number_goes_on(input) {
        return fail(input);
    }
    Ok(Day::Date { year: None, month: None, day: Some(day), weekday: None })
}

/// "neste momento": now, but to one engine the whole day.
fn moment(input: &mut Input<'_>) -> Parsed<Day> {
    word(&["neste", "nesse"], input)?;
    word(&["momento"], input)?;
    let day = input.state.conventions == Conventions::Duckling;
    Ok(if day { Day::Offset(0) } else { Day::Now })
}

/// "6a", "3ª": the weekday by its number, where no noun follows ("2ª via").
fn numbered_weekday(input: &mut Input<'_>) -> Parsed<Day> {
    let (number, places) = digits(input)?;
    glued(input)?;
    let suffix = input.first().is_some_and(|token| matches!(token.atom.text.as_str(), "a" | "ª"));
    let day = i8::try_from(number).ok().filter(|number| suffix && (2..=6).contains(number));
    let (Some(day), 1) = (day, places) else { return fail(input) };
    input.next_token();
    loose(input)?;
    let noun = input.first().is_some_and(|token| {
        matches!(token.atom.shape, Shape::Word)
            && !token.atom.after_break
            && (token.senses.is_empty()
                || token
                    .senses
                    .iter()
                    .any(|s| matches!(s.meaning, Unit(_) | Fortnight | Weekday(_) | Part(_))))
    });
    if noun { fail(input) } else { Ok(Day::Weekday { day: day - 1, which: Which::Bare }) }
}

/// "ter" is a verb too; a clock, a date or another weekday beside it says otherwise.
fn tuesday(input: &mut Input<'_>) -> Parsed<Day> {
    let listed = text_behind(input, 0, &["seg", "na", "/", "-", "toda", "cada", "proxima"]);
    word(&["ter"], input)?;
    loose(input)?;
    let beside = alt((
        clock::strong.void(),
        (say!(At), clock::any).void(),
        (digits, mark(&['/']), digits).void(),
        (mark(&[',', '/', '-']), word_of(&["qua", "quarta", "qui", "quinta"])).void(),
    ))
    .parse_next(&mut { *input })
    .is_ok();
    let day = Day::Weekday { day: 2, which: Which::Bare };
    if listed || beside { Ok(day) } else { fail(input) }
}

/// "semana retrasada", "mes corrente", "segunda retrasada".
fn placed_behind(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let unit = |input: &mut Input<'_>| cycle::of_what(input);
    let what = { unit }.parse_next(input)?;
    let text = input.first().map(|token| token.atom.text.as_str()).unwrap_or_default();
    let which = match text {
        "retrasado" | "retrasada" | "trasado" | "trasada" => Which::Last(2),
        "atual" | "corrente" | "vigente" => Which::This,
        _ => return fail(input),
    };
    input.next_token();
    match what {
        Cycle::Grain(grain) if grain >= Grain::Day => Ok(Day::Cycle { grain, which }),
        Cycle::Weekday(day) => Ok(Day::Weekday { day, which }),
        Cycle::Weekend => Ok(Day::Weekend(which)),
        Cycle::Month(month) => Ok(Day::Month { month, which }),
        _ => fail(input),
    }
}

/// "segunda agora", "nesta sexta agora": the one to come.
fn this_very(input: &mut Input<'_>) -> Parsed<Day> {
    opt(alt((say!(This), say!(The)))).parse_next(input)?;
    let day = say!(Weekday(n) => n).parse_next(input)?;
    word(&["agora"], input)?;
    Ok(Day::Weekday { day, which: Which::Coming })
}

/// "ano de 2014".
fn year(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    word(&["ano"], input)?;
    say!(Of).parse_next(input)?;
    let year = alt((number::full_year, number::year_words)).parse_next(input)?;
    Ok(Day::Date { year: Some(year), month: None, day: None, weekday: None })
}

/// "decada de 90", "anos 80", "anos oitenta".
fn decade(input: &mut Input<'_>) -> Parsed<Day> {
    opt(alt((say!(The), say!(This)))).parse_next(input)?;
    let decade = |input: &mut Input<'_>| {
        word(&["decada"], input)?;
        opt(say!(Of)).parse_next(input)?;
        opt(word_of(&["anos"])).parse_next(input)?;
        Ok(())
    };
    alt((decade, word_of(&["anos"]))).parse_next(input)?;
    let start = number::integer(input)?;
    loose(input)?;
    let start = i16::try_from(start).ok().filter(|start| start % 10 == 0);
    match start {
        Some(start @ 10..=90) => Ok(Day::Decade { start, short: true }),
        Some(start @ 1000..=2990) => Ok(Day::Decade { start, short: false }),
        _ => fail(input),
    }
}

/// "seculo XX", "seculo 21".
fn century(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    word(&["seculo", "sec"], input)?;
    opt(mark(&['.'])).parse_next(input)?;
    let roman = |input: &mut Input<'_>| {
        let text = input.first().map(|token| token.atom.text.as_str()).unwrap_or_default();
        let names = ["xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii"];
        let Some(at) = names.iter().position(|name| *name == text) else { return fail(input) };
        input.next_token();
        Ok(i16::try_from(at).unwrap_or(0) + 15)
    };
    let count = |input: &mut Input<'_>| number::between(1, 30).parse_next(input).map(i16::from);
    let century = alt((roman, count)).parse_next(input)?;
    loose(input)?;
    Ok(Day::Century(century))
}

/// "2 segundos atras": to one engine the two seconds just gone.
fn last_so_many(input: &mut Input<'_>) -> Parsed<Day> {
    if input.state.conventions != Conventions::Duckling {
        return fail(input);
    }
    let count = number::count(input)?;
    let grain = length::unit(input)?;
    say!(Ago).parse_next(input)?;
    let count = i32::try_from(count).ok().filter(|count| (1..=100_000).contains(count));
    let Some(count) = count else { return fail(input) };
    Ok(Day::Run { count, grain, which: Which::Last(1), business: false })
}

/// "reveillon": the night of 31 December; to one engine the day after.
fn new_years_night(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    word(&["reveillon", "revellion", "reveillion"], input)?;
    let after = input.state.conventions == Conventions::Duckling;
    let rule = if after { Rule::Fixed(1, 1) } else { Rule::Fixed(12, 31) };
    let which = opt(day::which_after).parse_next(input)?.unwrap_or(Which::Bare);
    let year = opt(date::year_after).parse_next(input)?;
    Ok(Day::Holiday { holiday: Holiday { name: "Réveillon", rule }, which, year })
}

/// "9 de 8 de 1971", "dia 5 do 3", "5 do 12 de 2020".
fn numbered_month(input: &mut Input<'_>) -> Parsed<Day> {
    opt(say!(The)).parse_next(input)?;
    let named = opt(day_word).parse_next(input)?.is_some();
    let day = alt((number::ordinal, number::day_number)).parse_next(input)?;
    let contracted = input.first().is_some_and(|token| token.atom.text == "do");
    say!(Of).parse_next(input)?;
    opt(word_of(&["mes"])).parse_next(input)?;
    let month = number::between(1, 12).parse_next(input)?;
    loose(input)?;
    let year = opt(date::year_after).parse_next(input)?;
    let sure = matches!(year, Some(Year::Full(_))) || (named && contracted);
    if !sure || !(1..=31).contains(&day) || date::number_goes_on(input) {
        return fail(input);
    }
    Ok(Day::Date { year, month: Some(month), day: Some(day), weekday: None })
}

/// "hora e meia", "dia e meio": the one unit goes without its article.
fn unit_and_a_half(input: &mut Input<'_>) -> Parsed<Measured> {
    let grain = length::unit(input)?;
    say!(And).parse_next(input)?;
    say!(Half).parse_next(input)?;
    length::scaled(6, grain).map_or_else(|| fail(input), Ok)
}

/// "dois semestres", "um bimestre".
fn half_years(input: &mut Input<'_>) -> Parsed<Measured> {
    let count = alt((number::count, say!(A => 1))).parse_next(input)?;
    let each = match input.first().map(|token| token.atom.text.as_str()) {
        Some("semestre" | "semestres") => 6,
        Some("bimestre" | "bimestres") => 2,
        _ => return fail(input),
    };
    input.next_token();
    let months = i32::try_from(count).ok().and_then(|count| count.checked_mul(each));
    let Some(months) = months else { return fail(input) };
    Ok(Measured { length: Length { months, ..Length::default() }, grain: Grain::Month })
}

/// "de 15 em 15 dias", "de duas em duas horas".
fn every_so_many(input: &mut Input<'_>) -> Parsed<Expr> {
    word(&["de"], input)?;
    let every = number::count(input)?;
    word(&["em"], input)?;
    let again = number::count(input)?;
    let grain = length::unit(input)?;
    if every != again || every == 0 {
        return fail(input);
    }
    Ok(Expr::Set(Set { every, grain, weekdays: Vec::new(), clock: None }))
}
