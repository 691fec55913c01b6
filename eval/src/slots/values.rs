//! What a slot's words mean, compared with what the set says they mean.

use intents::{Catalogue, EntityValue, Expecting, ExtractContext, Span, Utterance};
use jiff::{Zoned, civil::date, tz::TimeZone};
use kernel::Locale;
use serde_json::Value;

/// The moment NLU++ counts from: 15 March 2022, nine in the morning.
pub(super) fn reference() -> anyhow::Result<Zoned> {
    Ok(date(2022, 3, 15).at(9, 0, 0, 0).to_zoned(TimeZone::UTC)?)
}

/// What kind of value a slot holds, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Date,
    Time,
    Count,
    Words,
}

impl Kind {
    fn of(slot: &str) -> Self {
        match slot {
            "date" | "date_from" | "date_to" => Self::Date,
            "time" | "time_from" | "time_to" => Self::Time,
            "people" | "adults" | "kids" | "rooms" | "number" => Self::Count,
            _ => Self::Words,
        }
    }
}

/// What was just asked, as the extractor knows it.
pub(super) fn expecting(requested: &[String]) -> Option<Expecting> {
    requested.iter().find_map(|slot| match slot.as_str() {
        "date" | "date_from" | "date_to" => Some(Expecting::Date),
        "time" | "time_from" | "time_to" => Some(Expecting::Time),
        "people" => Some(Expecting::PartySize),
        "first_name" | "last_name" | "person_name" => Some(Expecting::Name),
        _ => None,
    })
}

/// What the set says a slot means, in the notation of [`Reader::value`].
pub(super) fn wanted(norm: Option<&Value>, words: &str) -> String {
    let number = |value: &Value, field: &str| value.get(field).and_then(Value::as_i64);
    match norm {
        Some(value @ Value::Object(_)) => {
            if let (Some(year), Some(month), Some(day)) =
                (number(value, "year"), number(value, "month"), number(value, "day"))
            {
                format!("{year:04}-{month:02}-{day:02}")
            } else if let Some(hour) = number(value, "hour") {
                format!("{hour:02}:{:02}", number(value, "minute").unwrap_or(0))
            } else {
                value.to_string()
            }
        }
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => plain(text),
        _ => plain(words),
    }
}

/// Reads the words of found slots as the product reads them.
pub(super) struct Reader {
    now: Zoned,
    catalogue: Catalogue,
}

impl Reader {
    pub(super) fn new(now: Zoned) -> Self {
        Self { now, catalogue: Catalogue::default() }
    }

    /// What the extractor is told about a row.
    pub(super) fn context(&self, expecting: Option<Expecting>) -> ExtractContext<'_> {
        ExtractContext {
            now: self.now.clone(),
            catalogue: &self.catalogue,
            region: None,
            month_first: false,
            expecting,
        }
    }

    /// The value of `slot` in `text` at `span`; its words where it has no other.
    pub(super) fn value(&self, slot: &str, text: &str, span: Span) -> String {
        let words: String = text.chars().skip(span.start).take(span.end - span.start).collect();
        let kind = Kind::of(slot);
        let expecting = match kind {
            Kind::Date => Expecting::Date,
            Kind::Time => Expecting::Time,
            Kind::Count => Expecting::PartySize,
            Kind::Words => return plain(&words),
        };
        // In its sentence first: "5 to 11 evening" may need what stands around it.
        let whole = self.read(text, None).into_iter().filter(|(_, found)| {
            let inside = found.start >= span.start && found.end <= span.end;
            inside && kind != Kind::Count
        });
        let alone = self.read(&words, Some(expecting));
        let mut values = whole.chain(alone).filter_map(|(value, _)| shown(kind, slot, &value));
        values.next().or_else(|| count(kind, &words)).unwrap_or_else(|| plain(&words))
    }

    fn read(&self, text: &str, expecting: Option<Expecting>) -> Vec<(EntityValue, Span)> {
        let utterance = Utterance::in_locale(text, Locale::En);
        let found = intents::extract::by_grammar(&utterance, &self.context(expecting));
        found.into_iter().map(|entity| (entity.value, entity.span)).collect()
    }
}

fn shown(kind: Kind, slot: &str, value: &EntityValue) -> Option<String> {
    match (kind, value) {
        (Kind::Date, EntityValue::Date(day) | EntityValue::Past(day)) => Some(day.to_string()),
        (Kind::Date, EntityValue::DateRange { first, last }) => {
            Some(if slot == "date_to" { last } else { first }.to_string())
        }
        (Kind::Time, EntityValue::Time(time)) => Some(time.strftime("%H:%M").to_string()),
        (Kind::Count, EntityValue::PartySize(n)) => Some(n.to_string()),
        _ => None,
    }
}

/// "a double room" is one, "without kids" none.
fn count(kind: Kind, words: &str) -> Option<String> {
    if kind != Kind::Count {
        return None;
    }
    let words = plain(words);
    let first = words.split(' ').next()?;
    match first {
        "no" | "without" | "none" | "zero" => Some("0".to_owned()),
        "a" | "an" | "the" | "my" | "single" | "i" | "me" | "myself" | "just" => {
            Some("1".to_owned())
        }
        _ => first.chars().all(|c| c.is_ascii_digit()).then(|| first.to_owned()),
    }
}

fn plain(words: &str) -> String {
    words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_sides_speak_one_notation() {
        let reader = Reader::new(reference().expect("a real moment"));
        for (slot, text, norm) in [
            ("date", "tomorrow", json!({"day": 16, "month": 3, "year": 2022})),
            ("time", "quarter past 5 afternoon", json!({"hour": 17, "minute": 15})),
            ("adults", "two", json!(2)),
            ("rooms", "a double room", json!(1)),
            ("person_name", "Ana  Soto", json!("ana soto")),
            ("date_period", "3 nights", json!(null)),
        ] {
            let span = Span { start: 0, end: text.chars().count() };
            let norm = (!norm.is_null()).then_some(&norm);
            assert_eq!(reader.value(slot, text, span), wanted(norm, text), "{text}");
        }
    }
}
