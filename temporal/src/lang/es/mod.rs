//! Rules that only Spanish has.

mod clock;
mod days;

use winnow::{
    Parser as _,
    combinator::{alt, opt},
    stream::Stream as _,
};

use crate::{
    Conventions, Direction, Grain,
    expr::{Clock, Cycle, Day, Edge, Expr, Point, Set, Style, Time, Which},
    grammar::{clock as times, date, day, length, length::Measured, number, point, range},
    lexer::Shape,
    meaning::{
        Meaning::{
            self, And, Before, Between, In, LastAfter, Month, NextAfter, Number, Of, Ordinal, The,
            Unit, Weekday,
        },
        Part,
    },
    stream::{Input, Parsed, behind, fail, longest, mark, say, word},
};

pub(super) use self::days::{date, day, section, simple_day};

pub(super) fn expression(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[within, half_month, times_per], input)
}

/// "dentro de tres horas": the engines take it for all the time until then, a customer does not.
fn within(input: &mut Input<'_>) -> Parsed<Expr> {
    if input.state.conventions == Conventions::Booking {
        return fail(input);
    }
    words(&["dentro", "de"], input)?;
    let Measured { length, grain } = length::measured(input)?;
    Ok(Expr::Within { length, grain })
}

/// "dos veces por semana", "una vez al mes".
fn times_per(input: &mut Input<'_>) -> Parsed<Expr> {
    say!(Meaning::Times(_)).parse_next(input)?;
    word(&["por", "al", "a", "cada"], input)?;
    opt(word_of(&["la"])).parse_next(input)?;
    let grain = length::unit(input)?;
    Ok(Expr::Set(Set { every: 1, grain, weekdays: Vec::new(), clock: None }))
}

/// "la primera quincena de mayo": to the 15th, or from the 16th on.
fn half_month(input: &mut Input<'_>) -> Parsed<Expr> {
    opt(say!(The)).parse_next(input)?;
    let first = say!(Ordinal(n @ 1..=2) => n == 2);
    let last = alt((say!(Meaning::Last => true), first)).parse_next(input)?;
    word(&["quincena"], input)?;
    say!(Of).parse_next(input)?;
    let within = Box::new(day::simple(input)?);
    let month = matches!(
        *within,
        Day::Month { .. } | Day::Cycle { grain: Grain::Month, .. } | Day::Date { day: None, .. }
    );
    if !month {
        return fail(input);
    }
    let nth = |n| {
        let cycle = Cycle::Grain(Grain::Day);
        Point::day(Day::Nth { n, count: 1, cycle, within: within.clone() })
    };
    let (from, to) = if last { (nth(16), nth(-1)) } else { (nth(1), nth(15)) };
    Ok(Expr::Range { from, to, style: Style::Through })
}

pub(super) fn point(input: &mut Input<'_>) -> Parsed<Point> {
    longest(&[early, clock_inside, part_section], input)
}

/// "el lunes temprano".
fn early(input: &mut Input<'_>) -> Parsed<Point> {
    let mut found = Point::day(day::day(input)?);
    opt(mark(&[','])).parse_next(input)?;
    opt(word_of(&["bien", "muy"])).parse_next(input)?;
    word(&["temprano", "tempranito"], input)?;
    found.clock = Some(Clock::part(Part::EarlyMorning));
    point::more(&mut found, input)?;
    Ok(found)
}

/// "a última hora de la tarde".
fn part_section(input: &mut Input<'_>) -> Parsed<Point> {
    let section = say!(Meaning::Section(section) => section).parse_next(input)?;
    let article = behind(input).is_some_and(|token| token.atom.text == "la");
    let part = say!(Meaning::Part(part) => part).parse_next(input)?;
    if !article {
        return fail(input);
    }
    let mut found = Point::clock(Clock { section: Some(section), ..Clock::part(part) });
    point::more(&mut found, input)?;
    Ok(found)
}

/// "el primer lunes por la tarde de junio": the time stands inside the day.
fn clock_inside(input: &mut Input<'_>) -> Parsed<Point> {
    opt(say!(The)).parse_next(input)?;
    let n = alt((say!(Meaning::Last => -1), number::ordinal.map(i32::from))).parse_next(input)?;
    let weekday = say!(Weekday(n) => n).parse_next(input)?;
    let part = |input: &mut Input<'_>| {
        say!(In).parse_next(input)?;
        times::led_part(input)
    };
    let clock = alt((part, range::led_clock_range(true))).parse_next(input)?;
    say!(Of).parse_next(input)?;
    let within = Box::new(day::simple(input)?);
    let month = matches!(
        *within,
        Day::Month { .. } | Day::Cycle { grain: Grain::Month, .. } | Day::Date { day: None, .. }
    );
    if !month {
        return fail(input);
    }
    let day = Day::Nth { n, count: 1, cycle: Cycle::Weekday(weekday), within };
    Ok(Point { day: Some(day), clock: Some(clock), ..Point::default() })
}

/// "de lunes a viernes", "del 15 al 20".
pub(super) fn range(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[of_to, days_of_to, numbers], input)
}

fn of_to(input: &mut Input<'_>) -> Parsed<Expr> {
    word(&["de", "del"], input)?;
    let from = range::end_point(input)?;
    range::to(input)?;
    opt(word_of(&["el", "al"])).parse_next(input)?;
    let until = range::end_point(input)?;
    range::ordered(from, until, input)
}

/// "de lunes a viernes de 9 a 18": the days alone, where a stretch of the clock follows.
fn days_of_to(input: &mut Input<'_>) -> Parsed<Expr> {
    word(&["de", "del"], input)?;
    let from = day::day(input)?;
    range::to(input)?;
    opt(word_of(&["el", "al"])).parse_next(input)?;
    let until = day::day(input)?;
    range::ordered(Point::day(from), Point::day(until), input)
}

/// "del 15 al 20", "entre el 3 y el 5": days of the month, since they have the article.
fn numbers(input: &mut Input<'_>) -> Parsed<Expr> {
    let led = opt(alt((say!(Meaning::From), say!(Between)))).parse_next(input)?.is_some();
    let from = article_number(input)?;
    let anded = led && opt(say!(And)).parse_next(input)?.is_some();
    let joint = alt((word_of(&["hasta"]), word_of(&["a"]), mark(&['-']).void()));
    let joined = opt(joint).parse_next(input)?.is_some()
        || input.first().is_some_and(|token| token.atom.text == "al");
    let until = article_number(input)?;
    if !(joined || anded) {
        return fail(input);
    }
    Ok(Expr::Range { from, to: until, style: Style::Through })
}

/// "el 15", "del 15", "al día 15"; the article may have been read as part of what leads it in.
fn article_number(input: &mut Input<'_>) -> Parsed<Point> {
    let before = behind(input).is_some_and(|token| token.atom.text == "el");
    let article = opt(word_of(&["el", "del", "al"])).parse_next(input)?.is_some();
    let named = opt(day_word).parse_next(input)?.is_some();
    let day = alt((number::ordinal, number::day_number)).parse_next(input)?;
    let certain = before || article || named;
    if !certain || date::number_goes_on(input) || people(input) || !(1..=31).contains(&day) {
        return fail(input);
    }
    Ok(Point::day(Day::Date { year: None, month: None, day: Some(day), weekday: None }))
}

pub(super) fn open(input: &mut Input<'_>) -> Parsed<Expr> {
    longest(&[before_the, longer_ago, longer_before], input)
}

/// "antes del 15", "después del almuerzo": the article makes a number a day.
fn before_the(input: &mut Input<'_>) -> Parsed<Expr> {
    let (direction, edge) = alt((
        word_of(&["antes"]).map(|()| (Direction::Before, Edge::Before)),
        word_of(&["despues", "luego", "desp", "dsp"]).map(|()| (Direction::After, Edge::After)),
    ))
    .parse_next(input)?;
    word(&["del"], input)?;
    opt(day_word).parse_next(input)?;
    let number = |input: &mut Input<'_>| {
        let day = number::day_number(input)?;
        if date::number_goes_on(input) || people(input) {
            return fail(input);
        }
        Ok(Point::day(Day::Date { year: None, month: None, day: Some(day), weekday: None }))
    };
    let mut point = longest(&[range::end_point, number], input)?;
    if point.clock.is_some_and(|clock| clock.until.is_some()) {
        return fail(input);
    }
    point.latent = false;
    Ok(Expr::Open { direction, edge, point })
}

/// "hace más de dos semanas".
fn longer_ago(input: &mut Input<'_>) -> Parsed<Expr> {
    words(&["hace", "mas", "de"], input)?;
    let measured = length::measured(input)?;
    Ok(before(measured, Day::Now))
}

/// "más de dos días antes de ayer".
fn longer_before(input: &mut Input<'_>) -> Parsed<Expr> {
    words(&["mas", "de"], input)?;
    let measured = length::measured(input)?;
    say!(Before).parse_next(input)?;
    let base = day::simple(input)?;
    Ok(before(measured, base))
}

fn before(Measured { length, grain }: Measured, base: Day) -> Expr {
    let day = Day::Shift { length, grain, back: true, base: Box::new(base) };
    Expr::Open { direction: Direction::Before, edge: Edge::Before, point: Point::day(day) }
}

pub(super) fn time(input: &mut Input<'_>) -> Parsed<Time> {
    clock::time(input)
}

pub(super) fn weak_time(input: &mut Input<'_>) -> Parsed<Time> {
    clock::weak_time(input)
}

/// "hora y media", "una quincena", "una noche".
pub(super) fn length(input: &mut Input<'_>) -> Parsed<Measured> {
    let and_half = |input: &mut Input<'_>| {
        let grain = length::unit(input)?;
        say!(And).parse_next(input)?;
        let part =
            alt((say!(Meaning::Half => 2), say!(Meaning::Quarter => 1))).parse_next(input)?;
        length::scaled(4 + part, grain).map_or_else(|| fail(input), Ok)
    };
    let days = |input: &mut Input<'_>| {
        let n = i64::from(number::count(input)?);
        let fortnight = word_of(&["quincena", "quincenas"]).map(|()| 15);
        let days = alt((fortnight, word_of(&["noche"]).map(|()| 1))).parse_next(input)?;
        length::scaled(n * 4 * days, Grain::Day).map_or_else(|| fail(input), Ok)
    };
    alt((and_half, days)).parse_next(input)
}

pub(super) fn day_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["dia", "dias"], input)
}

pub(super) fn month_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["mes"], input)?;
    opt(word_of(&["de"])).parse_next(input)?;
    Ok(())
}

pub(super) fn season_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["estacion", "temporada"], input)
}

pub(super) fn half_year(input: &mut Input<'_>) -> Parsed<()> {
    word(&["semestre"], input)
}

pub(super) fn but(input: &mut Input<'_>) -> Parsed<()> {
    word(&["pero"], input)
}

pub(super) fn from_day(input: &mut Input<'_>) -> Parsed<()> {
    word(&["del", "de"], input)
}

pub(super) fn from_clock(input: &mut Input<'_>) -> Parsed<()> {
    word(&["de"], input)
}

/// "siguiente", "próximo" behind a weekday: next week's, not the first to come.
pub(super) fn weekday_after(input: &mut Input<'_>) -> Parsed<Which> {
    word(&["siguiente", "proximo"], input)?;
    Ok(Which::Next(1))
}

/// Seven weekdays and what stands between them.
const MOST_BACK: usize = 14;

/// "los lunes", "los lunes y miércoles": only the article tells that it is all of them.
pub(super) fn plural_weekday(input: &mut Input<'_>) -> Parsed<i8> {
    let here = input.state.all.len() - input.eof_offset();
    let joint = |text: &str| matches!(text, "y" | "e" | "o" | "," | "/");
    for back in 1..=MOST_BACK {
        let Some(token) = here.checked_sub(back).and_then(|at| input.state.all.get(at)) else {
            break;
        };
        if token.atom.text == "los" {
            return say!(Weekday(n) => n).parse_next(input);
        }
        let weekday = token.senses.iter().any(|sense| matches!(sense.meaning, Weekday(_)));
        if !weekday && !joint(&token.atom.text) {
            break;
        }
    }
    fail(input)
}

/// Whether a part of the day may be read here. "Mañana" is the morning only behind an article or
/// "media"; "buenas tardes" is none.
pub(super) fn is_part(input: &Input<'_>) -> bool {
    let before = behind(input).map_or("", |token| token.atom.text.as_str());
    let greeting = matches!(before, "buena" | "buenas" | "buen" | "feliz" | "felices" | "linda");
    let morning = input.first().is_some_and(|token| token.atom.text == "manana");
    // "Llego tarde" is late.
    let late = input.first().is_some_and(|token| token.atom.text == "tarde")
        && behind(input).is_some_and(|token| {
            matches!(before, "mas" | "muy" | "tan")
                || token.atom.shape == Shape::Word
                    && token.senses.iter().all(|sense| matches!(sense.meaning, Unit(_)))
        });
    let led = matches!(
        before,
        "la" | "las" | "esta" | "una" | "media" | "cada" | "toda" | "misma" | "primera"
    );
    !greeting && !late && (!morning || led)
}

/// How many atoms of article stand here that are no part of the day's name: "el" of "el viernes",
/// not of "el día 4".
pub(super) fn article(input: &Input<'_>) -> usize {
    let text = |at: usize| input.get(at).map_or("", |token| token.atom.text.as_str());
    let apart = match text(0) {
        "el" | "los" => !article_stays(input),
        "la" => matches!(text(1), "decada" | "misma"),
        "las" => is_number(input, 1),
        _ => false,
    };
    usize::from(apart)
}

/// The same for a point: also "del", "al".
pub(super) fn point_article(input: &Input<'_>) -> usize {
    let contraction =
        input.first().is_some_and(|token| matches!(token.atom.text.as_str(), "del" | "al"));
    if contraction { usize::from(!article_stays(input)) } else { article(input) }
}

/// Whether the article here belongs to what it leads: "el día 4", "los años 90".
pub(super) fn article_stays(input: &Input<'_>) -> bool {
    let text = |at: usize| input.get(at).map_or("", |token| token.atom.text.as_str());
    let means = |at: usize, wanted: fn(Meaning) -> bool| {
        input.get(at).is_some_and(|token| token.senses.iter().any(|sense| wanted(sense.meaning)))
    };
    match (text(0), text(1)) {
        ("del", "dia") => true,
        (_, "dia") => is_number(input, 2) || means(2, |m| matches!(m, NextAfter | LastAfter)),
        ("los", "anos" | "noventa" | "ochenta" | "setenta" | "sesenta") => true,
        ("las", _) => !is_number(input, 1),
        (_, _) => text(2) == "trimestre" && means(1, |m| matches!(m, Ordinal(_))),
    }
}

fn is_number(input: &Input<'_>, at: usize) -> bool {
    input.get(at).is_some_and(|token| {
        matches!(token.atom.shape, Shape::Number { .. })
            || token.senses.iter().any(|sense| matches!(sense.meaning, Number(_)))
    })
}

/// Whether a bare hour may follow a day: "mañana a 11", never "mañana dos personas".
pub(super) fn weak_follows(input: &Input<'_>) -> bool {
    let dated = input.get(1).is_some_and(|token| {
        matches!(token.atom.text.as_str(), "-" | "/" | "." | "de")
            || token.senses.iter().any(|sense| matches!(sense.meaning, Month(_)))
    });
    !dated && behind(input).is_some_and(|token| token.atom.text == "a")
}

/// Whether "a las" follows, which is "at" behind a bare number.
pub(super) fn at_ahead(input: &Input<'_>) -> bool {
    let text = |at: usize| input.get(at).map_or("", |token| token.atom.text.as_str());
    text(0) == "a" && matches!(text(1), "las" | "la")
}

/// Whether a noun follows that people are counted with: "4 personas" is no date.
fn people(input: &Input<'_>) -> bool {
    const NOUNS: &[&str] = &[
        "persona",
        "personas",
        "pers",
        "pax",
        "adulto",
        "adultos",
        "nino",
        "ninos",
        "ninas",
        "gente",
        "comensales",
        "cubiertos",
        "invitados",
        "amigos",
        "amigas",
        "mesa",
        "mesas",
        "lugar",
        "lugares",
        "cupo",
        "cupos",
        "turno",
        "turnos",
        "corte",
        "cortes",
        "veces",
        "pesos",
        "euros",
        "dolares",
        "soles",
        "sesiones",
        "cita",
        "citas",
        "huespedes",
        "habitaciones",
        "chicos",
        "chicas",
        "mil",
        "cuadras",
        "estudiantes",
        "somos",
    ];
    input.first().is_some_and(|token| NOUNS.contains(&token.atom.text.as_str()))
}

/// One of these words, as a parser.
fn word_of<'i>(
    wanted: &'static [&'static str],
) -> impl winnow::Parser<Input<'i>, (), winnow::error::EmptyError> {
    move |input: &mut Input<'i>| word(wanted, input)
}

/// These words in a row, as a parser.
fn words_of<'i>(
    wanted: &'static [&'static str],
) -> impl winnow::Parser<Input<'i>, (), winnow::error::EmptyError> {
    move |input: &mut Input<'i>| words(wanted, input)
}

/// These words in a row.
fn words(wanted: &'static [&'static str], input: &mut Input<'_>) -> Parsed<()> {
    for text in wanted {
        word(&[*text], input)?;
    }
    Ok(())
}
