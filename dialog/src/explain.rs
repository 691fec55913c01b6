//! Why something is not on offer, as far as a customer may know: rules of the timetable, never whose
//! booking is in the way.

use jiff::civil::{Date, Time};
use kernel::ResourceId;
use serde::{Deserialize, Serialize};

/// One reason, about somebody or about the whole business, on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// About whom; about everybody when `None`.
    pub staff: Option<ResourceId>,
    /// About which day.
    pub day: Date,
    /// What is against it.
    pub rule: Rule,
}

/// What is against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Does not work on that day of the week.
    OffEveryWeek,
    /// Does not work on that day.
    Off,
    /// The business is closed: what the day is called.
    Closed(String),
    /// Between two shifts, from when until when.
    Break(Time, Time),
    /// Works only then, in order.
    Hours(Vec<(Time, Time)>),
    /// Nothing is left all day.
    FullyBooked,
    /// Nothing is left in the part of the day that was asked for.
    NothingThen,
    /// Takes no more bookings that day.
    CapReached,
}

/// Why a customer cannot do something by themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A person has to look at it. Why is the business's own affair.
    PersonNeeded,
    /// One customer may have this many appointments on one day.
    DayFull(u16),
    /// One customer may have this many in one week.
    WeekFull(u16),
    /// It could be changed until then.
    TooLate(jiff::Zoned),
}
