//! The cases of Recognizers-Text.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{civil::DateTime, tz::TimeZone};
use serde::Deserialize;
use serde_json::Value as Json;

use super::Item;
use crate::{Context, Conventions, Direction, Found, Grain, Kind, Language, Value, parse};

#[derive(Debug, Deserialize)]
struct Case {
    model: String,
    text: String,
    #[serde(rename = "ref")]
    reference: Option<DateTime>,
    #[serde(default)]
    results: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
struct Expected {
    #[serde(rename = "type")]
    kind: Option<String>,
    start: Option<usize>,
    /// Inclusive.
    end: Option<usize>,
    resolution: Option<Json>,
}

/// What an application calls; the other spec files test its parts.
const MODEL: &str = "DateTimeModel";

/// The types of the booking subset.
const BOOKING: &[&str] = &["date", "time", "datetime", "daterange", "timerange", "datetimerange"];

/// A value as the source writes it: the fields of one resolution.
type Fields = BTreeMap<String, String>;

/// Scores one case; `None` for a case of another model.
pub(super) fn item(line: &str, language: Language) -> Result<Option<Item>, serde_json::Error> {
    let case: Case = serde_json::from_str(line)?;
    if case.model != MODEL {
        return Ok(None);
    }
    let reference = case.reference.unwrap_or(DateTime::constant(2016, 11, 7, 0, 0, 0, 0));
    let Ok(reference) = reference.to_zoned(TimeZone::UTC) else { return Ok(None) };
    let mut cx = Context::new(reference, language);
    cx.conventions = Conventions::Recognizers;
    let found = parse(&case.text, &cx);
    let wanted: Vec<Want> = case.results.iter().filter_map(Want::new).collect();
    let counted = wanted.iter().all(Want::is_booking);
    let got: Vec<Got> = found.iter().map(Got::new).collect();
    let spans_right = wanted.iter().filter(|want| got.iter().any(|got| got.at(want))).count();
    let exact = got.len() == wanted.len()
        && got.iter().zip(&wanted).all(|(got, want)| got.at(want) && got.means(want));
    Ok(Some(Item {
        section: if counted { "booking".to_owned() } else { "other".to_owned() },
        counted,
        negative: wanted.is_empty(),
        exact,
        spans_right,
        spans_wanted: wanted.len(),
        spans_found: got.len(),
        wanted: wanted.iter().map(Want::show).collect::<Vec<_>>().join(" | "),
        got: got.iter().map(Got::show).collect::<Vec<_>>().join(" | "),
        text: case.text,
    }))
}

/// What one expression should be.
struct Want {
    kind: String,
    start: usize,
    end: usize,
    values: BTreeSet<Fields>,
}

impl Want {
    fn new(expected: &Expected) -> Option<Self> {
        let kind = expected.kind.as_deref()?.trim_start_matches("datetimeV2.").to_owned();
        let values = expected.resolution.as_ref().and_then(|json| json.get("values"));
        let values = values
            .and_then(Json::as_array)
            .map_or_else(BTreeSet::new, |values| values.iter().map(fields).collect());
        Some(Self { kind, start: expected.start?, end: expected.end? + 1, values })
    }

    fn is_booking(&self) -> bool {
        let resolved = self.kind == "date"
            || self.kind == "datetime"
            || self
                .values
                .iter()
                .all(|fields| fields.get("value").is_none_or(|value| value != "not resolved"));
        BOOKING.contains(&self.kind.as_str()) && resolved
    }

    fn show(&self) -> String {
        format!("[{}..{}] {} {}", self.start, self.end, self.kind, show(&self.values))
    }
}

/// Start, end and value only.
fn fields(json: &Json) -> Fields {
    let wanted = ["value", "start", "end"];
    let mut fields = Fields::new();
    for key in wanted {
        if let Some(text) = json.get(key).and_then(Json::as_str) {
            fields.insert(key.to_owned(), text.to_owned());
        }
    }
    fields
}

fn show(values: &BTreeSet<Fields>) -> String {
    values
        .iter()
        .map(|fields| {
            fields.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",")
        })
        .collect::<Vec<_>>()
        .join("; ")
}

/// What one expression was read as.
struct Got {
    kind: &'static str,
    spans: [(usize, usize); 2],
    values: BTreeSet<Fields>,
}

impl Got {
    fn new(found: &Found) -> Self {
        let kind = match found.kind {
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::DateTime => "datetime",
            Kind::DateRange => "daterange",
            Kind::TimeRange => "timerange",
            Kind::DateTimeRange => "datetimerange",
            Kind::Duration => "duration",
            Kind::Set => "set",
        };
        let values = found.candidates.iter().map(|value| written(value, found.kind)).collect();
        let spans = [(found.core.start, found.core.end), (found.span.start, found.span.end)];
        Self { kind, spans, values }
    }

    fn at(&self, want: &Want) -> bool {
        self.spans.contains(&(want.start, want.end))
    }

    fn means(&self, want: &Want) -> bool {
        self.kind == want.kind && self.values == want.values
    }

    fn show(&self) -> String {
        format!("{:?} {} {}", self.spans, self.kind, show(&self.values))
    }
}

/// A value as the source writes it.
fn written(value: &Value, kind: Kind) -> Fields {
    let at = |at: DateTime| match kind {
        Kind::Time | Kind::TimeRange => at.strftime("%H:%M:%S").to_string(),
        Kind::Date | Kind::DateRange => at.strftime("%Y-%m-%d").to_string(),
        _ => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    };
    // A stretch to the end of the day stops a second short of it.
    let last = |end: DateTime, grain: Grain| {
        let midnight = end.hour() == 0 && end.minute() == 0 && end.second() == 0;
        let second = jiff::Span::new().seconds(1);
        let short = midnight && grain < Grain::Day && kind != Kind::DateRange;
        at(if short { end.checked_sub(second).unwrap_or(end) } else { end })
    };
    let pairs = match value {
        Value::Instant { at: start, grain } if matches!(kind, Kind::DateRange) => {
            let end = crate::resolve::end_of(*start, *grain).unwrap_or(*start);
            vec![("start", at(*start)), ("end", at(end))]
        }
        Value::Instant { at: start, .. } => vec![("value", at(*start))],
        Value::Interval { start, end, grain } => {
            vec![("start", at(*start)), ("end", last(*end, *grain))]
        }
        Value::Open { direction: Direction::After, at: point, .. } => vec![("start", at(*point))],
        Value::Open { direction: Direction::Before, at: point, .. } => vec![("end", at(*point))],
        Value::Duration { length, .. } => {
            let days = i64::from(length.months) / 12 * 365 + i64::from(length.months) % 12 * 30;
            let seconds = (days + i64::from(length.days)) * 86_400 + length.seconds;
            vec![("value", seconds.to_string())]
        }
        Value::Recurrence(_) | Value::Impossible => vec![("value", "not resolved".to_owned())],
    };
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
