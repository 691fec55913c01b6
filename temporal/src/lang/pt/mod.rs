//! Rules that only Portuguese has: "cinco e meia", "dez para as três", "às 8 horas", "de segunda
//! a sexta", "primeira quinzena de junho", "de hoje a oito".

mod clock;

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use crate::{
    Conventions, Grain, Length,
    expr::{Clock, Cycle, Day, Expr, Point, Set, Style, Time, Which, Year},
    grammar::{
        clock as times, cycle, date, day,
        length::{self, Measured},
        number, point as points, range as ranges,
    },
    holiday::{Holiday, Rule},
    lexer::Shape,
    meaning::Meaning::{
        self, A, Ago, And, At, Between, Fortnight, Half, Last, Next, Of, On, Or, OrLater, Part,
        The, This, To, Unit, Weekday,
    },
    stream::{Input, Parsed, digits, fail, glued, longest, loose, mark, say, word},
};

pub(super) use clock::{no_hour, weak_follows};
use clock::{text_behind, word_of};

pub(super) fn expression(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[every_so_many, in_the_future], input)
}

pub(super) fn point(input: &mut Input<'_>) -> Parsed<Point> {
    fail(input)
}

pub(super) fn range(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[day_after_tomorrow, from_to, day_numbers, hours, half_month], input)
}

pub(super) fn open(input: &mut Input<'_>) -> Parsed<Expr> {
    onwards(input)
}

pub(super) fn day(input: &mut Input<'_>) -> Parsed<Day> {
    longest(&[a_week_from, nth_of_this, number_of_this, part_of_a_day], input)
}

pub(super) fn simple_day(input: &mut Input<'_>) -> Parsed<Day> {
    longest(
        &[
            this_number,
            led_number,
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
    alt((numbered_month, dotted_date)).parse_next(input)
}

pub(super) fn section(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn time(input: &mut Input<'_>) -> Parsed<Time> {
    alt((clock::to_the_hour, clock::past, clock::minus, clock::marked, clock::one, clock::dotted))
        .parse_next(input)
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
    word(&["semestre", "metade"], input)
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
    // Not "as": "dia 15 as 18" is at six in the evening.
    let to = |input: &mut Input<'_>| {
        alt((word_of(&["a", "ao", "ate", "ateh"]), mark(&['-', '~']).void())).parse_next(input)?;
        opt(word_of(&["ao"])).parse_next(input)?;
        Ok(())
    };
    if between {
        alt((say!(And), to)).parse_next(input)?;
    } else {
        { to }.parse_next(input)?;
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
    // "no 15 as 8" is the fifteenth at eight.
    if text_behind(input, 0, &["no", "dia", "dias"]) {
        return fail(input);
    }
    let table = text_behind(input, 0, &["para", "pra", "p"]);
    let led = opt(word_of(&["das", "de"])).parse_next(input)?.is_some();
    let dotted = input.get(1).is_some_and(|token| token.atom.text == ".");
    let from = times::any(input)?;
    // "mesa para 4 as 20h", "20.03 as 15h".
    if !led && (dotted || (table && from.minute.is_none())) {
        return fail(input);
    }
    opt(word_of(&["ate"])).parse_next(input)?;
    word(&["as"], input)?;
    let until = times::any(input)?;
    if date::number_goes_on(input) {
        return fail(input);
    }
    let part = opt(times::led_part).parse_next(input)?.and_then(|clock| clock.part);
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

/// "no 15", "do 10 ao 20": a number that the masculine article makes a day.
fn led_number(input: &mut Input<'_>) -> Parsed<Day> {
    let led = text_behind(input, 0, &["no", "do", "ao"]);
    let in_digits =
        input.first().is_some_and(|token| matches!(token.atom.shape, Shape::Number { .. }));
    let day = number::day_number(input)?;
    let goes_on = date::number_goes_on(input)
        || input.first().is_some_and(|token| {
            let word = matches!(token.atom.shape, Shape::Word) && !token.atom.after_break;
            let joins = alt((say!(At), say!(To), say!(And), say!(Or)));
            // "no 2º andar" is a floor.
            let mark = matches!(token.atom.shape, Shape::Mark(mark) if !".,;:?!)".contains(mark));
            (mark && token.atom.glued) || (word && { joins }.parse_next(&mut { *input }).is_err())
        });
    if !led || !in_digits || goes_on {
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
        times::strong.void(),
        (say!(At), times::any).void(),
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

/// "20.03", where "dia" before it or a time behind it tells it from one.
fn dotted_date(input: &mut Input<'_>) -> Parsed<Day> {
    let named = opt(day_word).parse_next(input)?.is_some();
    let day = number::between(1, 31).parse_next(input)?;
    glued(input)?;
    mark(&['.']).parse_next(input)?;
    glued(input)?;
    let (month, places) = digits(input)?;
    loose(input)?;
    let timed = (say!(At), times::any).parse_next(&mut { *input }).is_ok();
    match i8::try_from(month) {
        Ok(month @ 1..=12) if places == 2 && (named || timed) => {
            Ok(Day::Date { year: None, month: Some(month), day: Some(day), weekday: None })
        }
        _ => fail(input),
    }
}

/// "amanha no fim do dia", "sexta no comeco do dia".
fn part_of_a_day(input: &mut Input<'_>) -> Parsed<Day> {
    let of = alt((
        say!(Meaning::Day(n) => Day::Offset(n)),
        say!(Weekday(day) => Day::Weekday { day, which: Which::Bare }),
    ))
    .parse_next(input)?;
    opt(mark(&[','])).parse_next(input)?;
    opt(alt((say!(On), say!(Meaning::In)))).parse_next(input)?;
    let section = say!(Meaning::Section(section) => section).parse_next(input)?;
    word(&["dia"], input)?;
    Ok(Day::Section { section, of: Box::new(of) })
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

/// "3 horas no futuro": all of it, from now.
fn in_the_future(input: &mut Input<'_>) -> Parsed<Expr> {
    let Measured { length, grain } = length::measured(input)?;
    word(&["no"], input)?;
    word(&["futuro"], input)?;
    Ok(Expr::Within { length, grain })
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

pub(super) fn plural_weekday(input: &mut Input<'_>) -> Parsed<i8> {
    fail(input)
}

pub(super) fn weekday_after(input: &mut Input<'_>) -> Parsed<Which> {
    fail(input)
}
