//! Values that are checked while they are parsed, so that a wrong one is named by its place in the
//! request and never reaches a table.

use std::str::FromStr;

use booking::Hours;
use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use kernel::{Locale, Money};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::schema;
use crate::problem::Problem;

/// Text of 1 to `MAX` characters after trimming.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Text<const MAX: usize>(String);

/// A name.
pub(crate) type Name = Text<120>;

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        if text.chars().any(|c| c.is_control() && !(MAX > 200 && matches!(c, '\n' | '\t'))) {
            return Err("must not contain control characters".to_owned());
        }
        match text.chars().count() {
            0 => Err("must not be blank".to_owned()),
            n if n > MAX => Err(format!("must have at most {MAX} characters, not {n}")),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

/// What customers call something besides its name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Name>", into = "Vec<Name>")]
pub(crate) struct Aliases(Vec<Name>);

impl TryFrom<Vec<Name>> for Aliases {
    type Error = &'static str;

    fn try_from(aliases: Vec<Name>) -> Result<Self, Self::Error> {
        if aliases.len() > 50 { Err("must be at most 50") } else { Ok(Self(aliases)) }
    }
}

impl From<Aliases> for Vec<Name> {
    fn from(aliases: Aliases) -> Self {
        aliases.0
    }
}

impl Aliases {
    /// As the tables have them, which checked them before.
    pub(crate) fn stored(aliases: &[String]) -> Self {
        Self(aliases.iter().cloned().map(Text).collect())
    }

    pub(crate) fn into_strings(self) -> Vec<String> {
        self.0.into_iter().map(String::from).collect()
    }
}

impl Name {
    /// As the tables have it, which checked it before.
    pub(crate) fn stored(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// A language as a key of a map. A plain [`Locale`] there would hide its place in an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Language(pub(crate) Locale);

impl TryFrom<String> for Language {
    type Error = &'static str;

    fn try_from(tag: String) -> Result<Self, Self::Error> {
        let found = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
        found.map(Self).ok_or("must be a language that Booka speaks: en, es or pt")
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0.tag().to_owned()
    }
}

/// An instant that a table can hold: from 1970 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Timestamp", into = "Timestamp")]
pub(crate) struct Instant(pub(crate) Timestamp);

impl TryFrom<Timestamp> for Instant {
    type Error = &'static str;

    fn try_from(instant: Timestamp) -> Result<Self, Self::Error> {
        if instant >= Timestamp::UNIX_EPOCH {
            Ok(Self(instant))
        } else {
            Err("must not be before 1970")
        }
    }
}

impl From<Instant> for Timestamp {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

/// A day that a table can hold: from 1970 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Day(pub(crate) Date);

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = text.parse::<Date>().ok().filter(|day| is_shaped && day.year() >= 1970);
        day.map(Self).ok_or("must be a day such as 2026-12-24, from 1970 on")
    }
}

impl TryFrom<String> for Day {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.0.to_string()
    }
}

/// What a clock on the wall shows, from 1970 on; without an offset, which says another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct LocalTime(pub(crate) DateTime);

impl TryFrom<String> for LocalTime {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_shaped = matches!(text.len(), 16 | 19)
            && text.as_bytes().get(10) == Some(&b'T')
            && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'T' | b':'));
        let wall = text.parse::<DateTime>().ok().filter(|wall| is_shaped && wall.year() >= 1970);
        wall.map(Self).ok_or(
            "must be a local time such as 2026-12-24T10:30:00, without an offset, from 1970 on",
        )
    }
}

impl From<LocalTime> for String {
    fn from(wall: LocalTime) -> Self {
        wall.0.to_string()
    }
}

/// A time zone by its IANA name.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ZoneName(pub(crate) TimeZone);

impl TryFrom<String> for ZoneName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let zone = TimeZone::get(&name).map(Self);
        zone.map_err(|_| "must be an IANA time zone such as Europe/Madrid")
    }
}

/// One end of a stretch of time: a day or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Moment {
    Day(Day),
    Instant(Instant),
}

impl TryFrom<String> for Moment {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if let Ok(day) = text.parse() {
            return Ok(Self::Day(day));
        }
        let instant = text.parse::<Timestamp>().ok().and_then(|instant| instant.try_into().ok());
        instant.map(Self::Instant).ok_or(
            "must be a day such as 2026-12-24 or an instant such as 2026-12-24T09:30:00Z, from \
             1970 on (write + as %2B)",
        )
    }
}

impl Moment {
    /// The first instant of it, by the clocks of `zone`.
    pub(crate) fn start(self, zone: &TimeZone) -> Result<Timestamp, Problem> {
        match self {
            Self::Day(day) => midnight(day.0, zone),
            Self::Instant(instant) => Ok(instant.0),
        }
    }

    /// The first instant after it, by the clocks of `zone`; an instant is its own end.
    pub(crate) fn end(self, zone: &TimeZone) -> Result<Timestamp, Problem> {
        match self {
            Self::Day(day) => midnight(day.0.checked_add(1.day()).unwrap_or(day.0), zone),
            Self::Instant(instant) => Ok(instant.0),
        }
    }
}

fn midnight(day: Date, zone: &TimeZone) -> Result<Timestamp, Problem> {
    let start = day.to_zoned(zone.clone());
    start
        .map(|start| start.timestamp())
        .map_err(|_| Problem::invalid("from", "must be a day that comes"))
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Money)]
pub(crate) struct Amount {
    /// In the currency's smallest unit: 2500 is 25.00 EUR. Not negative.
    #[schema(minimum = 0, example = 2500)]
    amount_minor: i64,
    /// Of which currency.
    #[schema(value_type = schema::Currency)]
    currency: kernel::Currency,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { amount_minor: money.amount_minor, currency: money.currency }
    }
}

impl From<Amount> for Money {
    fn from(amount: Amount) -> Self {
        Self { amount_minor: amount.amount_minor, currency: amount.currency }
    }
}

impl Amount {
    /// The amount, if it is in `currency` and not negative; `pointer` says where it stood.
    pub(crate) fn in_currency(
        self,
        currency: kernel::Currency,
        pointer: &str,
    ) -> Result<i64, Problem> {
        if self.currency != currency {
            let only = format!("must be {currency}, the currency of the business");
            return Err(Problem::invalid(format!("{pointer}/currency"), only));
        }
        if self.amount_minor < 0 {
            return Err(Problem::invalid(
                format!("{pointer}/amount_minor"),
                "must not be negative",
            ));
        }
        Ok(self.amount_minor)
    }
}

/// The hours of one day, in order; none is a day off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub(crate) struct DayHours(pub(crate) Vec<Hours>);

impl TryFrom<Vec<String>> for DayHours {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        let mut hours = Vec::with_capacity(texts.len());
        for text in &texts {
            let stretch = text.parse::<Hours>().map_err(|error| format!("`{text}`: {error}"))?;
            hours.push(stretch);
        }
        hours.sort_unstable();
        match hours.windows(2).find(|pair| pair[1].start_minute() < pair[0].end_minute()) {
            Some(pair) => Err(format!("must not overlap: {} and {}", pair[0], pair[1])),
            None => Ok(Self(hours)),
        }
    }
}

impl From<DayHours> for Vec<String> {
    fn from(day: DayHours) -> Self {
        day.0.iter().map(ToString::to_string).collect()
    }
}

/// The name of a zone that came from the tz database.
pub(crate) fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// The default of a switch that is on unless somebody says otherwise.
pub(crate) const fn yes() -> bool {
    true
}

/// The default of a count of people.
pub(crate) const fn one() -> u16 {
    1
}
