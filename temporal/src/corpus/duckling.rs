//! Duckling's cases.

use jiff::{
    Zoned,
    civil::DateTime,
    tz::{Offset, TimeZone},
};
use serde::Deserialize;

use super::Item;
use crate::{Context, Conventions, DateOrder, Direction, Found, Grain, Language, Value, parse};

#[derive(Debug, Deserialize)]
struct Case {
    text: String,
    section: Option<String>,
    value: Option<String>,
    from: Option<String>,
    to: Option<String>,
    grain: Option<Grain>,
    direction: Option<Direction>,
    #[serde(default)]
    latent: bool,
    #[serde(default)]
    negative: bool,
    expr: Option<String>,
}

/// English-speaking countries that put the month first, as Duckling has them.
const MONTH_FIRST: &[[u8; 2]] = &[*b"US", *b"CA", *b"PH", *b"ZA", *b"BZ"];

/// Scores one case; `None` for a case of another dimension.
pub(super) fn item(
    line: &str,
    language: Language,
    country: Option<[u8; 2]>,
) -> Result<Option<Item>, serde_json::Error> {
    let case: Case = serde_json::from_str(line)?;
    if case.expr.is_some() {
        return Ok(None);
    }
    let mut cx = Context::new(reference(), language);
    cx.conventions = Conventions::Duckling;
    cx.latent = case.latent;
    cx.country = country;
    if let Some(country) = country
        && !MONTH_FIRST.contains(&country)
    {
        cx.order = DateOrder::DayMonth;
    }
    let found = parse(&case.text, &cx);
    let whole = found.iter().find(|found| covers(found, &case.text));
    let got = whole.map_or_else(
        || found.iter().map(show).collect::<Vec<_>>().join(" | "),
        |found| show_value(&found.value),
    );
    let wanted = if case.negative { String::new() } else { want(&case) };
    let exact = if case.negative {
        whole.is_none_or(|found| matches!(found.value, Value::Duration { .. }))
    } else {
        whole.is_some_and(|found| show_value(&found.value) == wanted)
    };
    Ok(Some(Item {
        section: case.section.clone().unwrap_or_default(),
        counted: true,
        negative: case.negative,
        exact,
        spans_right: usize::from(whole.is_some() && !case.negative),
        spans_wanted: usize::from(!case.negative),
        spans_found: if case.negative { usize::from(!exact) } else { found.len() },
        wanted,
        got,
        text: case.text,
    }))
}

/// 2013-02-12T04:30:00-02:00, as in its test code.
fn reference() -> Zoned {
    let zone = TimeZone::fixed(Offset::constant(-2));
    DateTime::constant(2013, 2, 12, 4, 30, 0, 0)
        .to_zoned(zone)
        .unwrap_or_else(|_| Zoned::new(jiff::Timestamp::UNIX_EPOCH, TimeZone::UTC))
}

/// Whether the expression is all of the text but white space and a last full stop.
fn covers(found: &Found, text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let blank = |part: &[char]| part.iter().all(|c| c.is_whitespace() || *c == '.');
    let (start, end) =
        (found.span.start.min(characters.len()), found.span.end.min(characters.len()));
    blank(&characters[..start]) && blank(&characters[end..])
}

fn want(case: &Case) -> String {
    let grain = case.grain.map_or_else(String::new, |grain| format!("{grain:?}").to_lowercase());
    let time = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
    if case.from.is_some() {
        return format!("{} .. {} {grain}", time(&case.from), time(&case.to));
    }
    match case.direction {
        Some(direction) => format!("{direction:?} {} {grain}", time(&case.value)),
        None => format!("{} {grain}", time(&case.value)),
    }
}

/// A year written "2013-00-00" is its first day.
fn plain(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let date = date.replace("-00", "-01");
    format!("{date}T{time}")
}

fn show(found: &Found) -> String {
    format!("[{}..{}] {}", found.span.start, found.span.end, show_value(&found.value))
}

fn show_value(value: &Value) -> String {
    let name = |grain: &Grain| format!("{grain:?}").to_lowercase();
    match value {
        Value::Instant { at, grain } => format!("{} {}", show_time(*at), name(grain)),
        Value::Interval { start, end, grain } => {
            format!("{} .. {} {}", show_time(*start), show_time(*end), name(grain))
        }
        Value::Open { direction, at, grain } => {
            format!("{direction:?} {} {}", show_time(*at), name(grain))
        }
        other => format!("{other:?}"),
    }
}

fn show_time(at: DateTime) -> String {
    let year = at.year();
    let sign = if year < 0 { "-" } else { "" };
    format!(
        "{sign}{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        year.unsigned_abs(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}
