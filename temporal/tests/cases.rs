//! Messages of our own, by language, with what they say.

use std::fmt::Write as _;

use jiff::{
    Zoned,
    civil::{DateTime, date},
    tz::TimeZone,
};
use temporal::{Context, Direction, Found, Grain, Kind, Language, Length, Value, parse};

fn now() -> Zoned {
    let zone = TimeZone::get("Europe/Madrid").expect("bundled");
    date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(zone).expect("no gap")
}

fn check(language: Language, cases: &str) {
    let mut cx = Context::new(now(), language);
    cx.future_only = true;
    let mut failures = String::new();
    let mut count = 0;
    for line in cases.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (text, wanted) = line.split_once("=>").expect("a case has an arrow");
        let (text, wanted) = (text.trim(), wanted.trim());
        let found: Vec<String> = parse(text, &cx).iter().map(|found| show(found, text)).collect();
        let found = found.join(" | ");
        count += 1;
        if found != wanted {
            writeln!(failures, "{text}\n  wanted {wanted}\n   found {found}").expect("a string");
        }
    }
    assert!(failures.is_empty(), "of {count}:\n{failures}");
}

fn show(found: &Found, text: &str) -> String {
    let words: String =
        text.chars().skip(found.core.start).take(found.core.end - found.core.start).collect();
    let past = if found.past { " past" } else { "" };
    format!("{words}: {}{past}", show_value(&found.value, found.kind))
}

fn show_value(value: &Value, kind: Kind) -> String {
    let timed = matches!(kind, Kind::Time | Kind::TimeRange);
    let at = |at: &DateTime, grain: Grain| match grain {
        _ if timed => at.strftime("T%H:%M").to_string(),
        Grain::Second | Grain::Minute | Grain::Hour => at.strftime("%Y-%m-%dT%H:%M").to_string(),
        Grain::Day | Grain::Week => at.strftime("%Y-%m-%d").to_string(),
        Grain::Month | Grain::Quarter => at.strftime("%Y-%m").to_string(),
        Grain::Year | Grain::Decade | Grain::Century => at.strftime("%Y").to_string(),
    };
    match value {
        Value::Instant { at: start, grain: grain @ (Grain::Week | Grain::Quarter) } => {
            format!("{} {}", at(start, *grain), format!("{grain:?}").to_lowercase())
        }
        Value::Instant { at: start, grain } => at(start, *grain),
        Value::Interval { start, end, grain } if *grain < Grain::Day => {
            format!("{}..{}", at(start, *grain), end.strftime("%H:%M"))
        }
        Value::Interval { start, end, grain } => {
            format!("{}..{}", at(start, *grain), at(end, *grain))
        }
        Value::Open { direction: Direction::Before, at: point, grain } => {
            format!("<{}", at(point, *grain))
        }
        Value::Open { direction: Direction::After, at: point, grain } => {
            format!(">{}", at(point, *grain))
        }
        Value::Duration { length: Length { months, days, seconds }, .. } => {
            format!("{} s", (i64::from(*months) * 30 + i64::from(*days)) * 86_400 + seconds)
        }
        Value::Recurrence(recurrence) => {
            let mut text = String::from("every");
            if recurrence.every > 1 {
                write!(text, " {}", recurrence.every).expect("a string");
            }
            write!(text, " {}", format!("{:?}", recurrence.grain).to_lowercase())
                .expect("a string");
            for day in &recurrence.weekdays {
                write!(text, " on {day}").expect("a string");
            }
            if let Some(at) = recurrence.at {
                write!(text, " at {:02}:{:02}", at / 3600, at / 60 % 60).expect("a string");
            }
            text
        }
        Value::Impossible => "impossible".to_owned(),
    }
}

#[test]
fn english() {
    check(Language::En, include_str!("cases/en.txt"));
}

#[test]
fn spanish() {
    check(Language::Es, include_str!("cases/es.txt"));
}

#[test]
fn portuguese() {
    check(Language::Pt, include_str!("cases/pt.txt"));
}
