//! Typed values found in a message.

use jiff::civil::{Date, Time};
use kernel::{Currency, Locale, PhoneNumber, ResourceId, ServiceId};
use serde::{Deserialize, Serialize};

/// Where in the original text, as Unicode code points, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A value and where it was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// What it means.
    #[serde(flatten)]
    pub value: EntityValue,
    /// Where it stands in the text the customer typed.
    pub span: Span,
    /// Other plausible readings, best first: "3" may be three in the morning, "an" Ana or Andrés.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<EntityValue>,
    /// The customer ruled it out: "not with Ana", "any day but Monday".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negated: bool,
}

/// A stretch of the day, in the tenant's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOfDay {
    /// 06:00 to 12:00.
    Morning,
    /// 11:00 to 14:00.
    Midday,
    /// 12:00 to 18:00.
    Afternoon,
    /// 17:00 to 22:00.
    Evening,
    /// 19:00 to 23:59.
    Night,
}

impl PartOfDay {
    /// First and last wall-clock time, both inside.
    #[must_use]
    pub const fn bounds(self) -> (Time, Time) {
        let (from, until) = match self {
            Self::Morning => ((6, 0), (12, 0)),
            Self::Midday => ((11, 0), (14, 0)),
            Self::Afternoon => ((12, 0), (18, 0)),
            Self::Evening => ((17, 0), (22, 0)),
            Self::Night => ((19, 0), (23, 59)),
        };
        (Time::constant(from.0, from.1, 0, 0), Time::constant(until.0, until.1, 0, 0))
    }
}

/// What an entity means. Dates and times are wall-clock, in the tenant's zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum EntityValue {
    /// One day.
    Date(Date),
    /// Several days, both ends included: "this week", "from Monday to Wednesday".
    DateRange {
        /// First day.
        first: Date,
        /// Last day.
        last: Date,
    },
    /// A time of day: "at 3pm".
    Time(Time),
    /// An open or closed stretch: "after 5", "between 2 and 4", "before noon".
    TimeWindow {
        /// Not before; open when missing.
        from: Option<Time>,
        /// Not after; open when missing.
        until: Option<Time>,
    },
    /// "in the morning".
    PartOfDay(PartOfDay),
    /// As soon as possible: "the earliest", "lo antes posible".
    Earliest,
    /// A day that has gone by already: "yesterday". Kept apart from "not understood".
    Past(Date),
    /// Something shaped like a date that no calendar has: "30 February".
    ImpossibleDate,
    /// One of the tenant's services.
    Service(ServiceId),
    /// One of the tenant's staff.
    Staff(ResourceId),
    /// Whoever is free: "anyone", "me da igual quién".
    AnyStaff,
    /// How many people.
    PartySize(u32),
    /// What the customer is called.
    Name(String),
    /// A telephone number.
    Phone(PhoneNumber),
    /// An e-mail address, as typed.
    Email(String),
    /// The code of a booking, in capitals, with O and I read as 0 and 1.
    BookingReference(String),
    /// An amount of money.
    Money {
        /// In hundredths of the main unit, whatever the currency.
        cents: i64,
        /// Of which currency; open when the words fit several, as "pesos" do.
        currency: Option<Currency>,
    },
    /// A limit on what it may cost: "under 30", "entre 20 y 30 euros".
    Budget {
        /// Hundredths of the main unit; open when missing.
        at_least: Option<i64>,
        /// Hundredths of the main unit; open when missing.
        at_most: Option<i64>,
        /// Of which currency, where said.
        currency: Option<Currency>,
    },
    /// The n-th of what was offered, from 1; the last is [`EntityValue::SelectLast`].
    Select(usize),
    /// The last of what was offered.
    SelectLast,
    /// The latest of the times that were offered: "the later one".
    SelectLatest,
    /// Any of what was offered: "either works", "tanto faz".
    SelectAny,
}

/// The tenant's own words, for matching.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Every active service under each of its names, one entry a language.
    pub services: Vec<CatalogueEntry<ServiceId>>,
    /// Every active member of staff.
    pub staff: Vec<CatalogueEntry<ResourceId>>,
}

/// One thing and what it is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CatalogueEntry<I> {
    /// Which.
    pub id: I,
    /// The name in this language; `None` for names that do not change, such as people's.
    pub locale: Option<Locale>,
    /// As the business writes it.
    pub name: String,
    /// Other words for it.
    pub aliases: Vec<String>,
}
