//! What an expression is worth: the public, typed values.

use jiff::civil::{DateTime, Time};
use serde::{Deserialize, Serialize};

use crate::{Part, Span};

/// How exactly something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// To the second.
    Second,
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// A calendar day.
    Day,
    /// A week from Monday.
    Week,
    /// A calendar month.
    Month,
    /// January, April, July, October and the two months after.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years from one that ends in 0.
    Decade,
    /// A hundred years.
    Century,
}

/// Which side of a point is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Everything before the point: "before 11", "by Friday", "until May".
    Before,
    /// Everything from the point on: "after 2pm", "since Monday", "from May".
    After,
}

/// A length of time. Months and seconds are kept apart, since a month has no fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Length {
    /// Calendar months; a year is twelve.
    pub months: i32,
    /// Calendar days; a week is seven.
    pub days: i32,
    /// Seconds of the clock.
    pub seconds: i64,
}

/// How often something repeats: every `every` × `grain`, on these weekdays, at this time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recurrence {
    /// The step: 2 in "every two weeks".
    pub every: u32,
    /// What is stepped over.
    pub grain: Grain,
    /// 1 Monday to 7 Sunday; empty unless days were named.
    pub weekdays: Vec<i8>,
    /// Seconds after midnight, where a time was named.
    pub at: Option<u32>,
}

/// One reading of an expression. Wall-clock times are in the zone of the reference.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Value {
    /// A point as exact as its grain: a day is an instant of grain day.
    Instant {
        /// Where it begins.
        at: DateTime,
        /// How long it is.
        grain: Grain,
    },
    /// From one point to another that is not a single calendar unit.
    Interval {
        /// Where it begins.
        start: DateTime,
        /// Where it ends, exclusive.
        end: DateTime,
        /// The finer grain of the two ends.
        grain: Grain,
    },
    /// All that lies before or after a point.
    Open {
        /// Which side.
        direction: Direction,
        /// The point.
        at: DateTime,
        /// How exact it is.
        grain: Grain,
    },
    /// How long, at no particular time.
    Duration {
        /// The length.
        length: Length,
        /// The finest unit named.
        grain: Grain,
    },
    /// Again and again.
    Recurrence(Recurrence),
    /// Shaped like a date that no calendar has: "30 February". It was understood.
    Impossible,
}

/// What was named: a day, a time of day or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A day.
    Date,
    /// A time of day; the day in the value is the first one that fits.
    Time,
    /// Both.
    DateTime,
    /// Several days, or open on one side.
    DateRange,
    /// A stretch of the day, of no particular day.
    TimeRange,
    /// A stretch of the clock on a day.
    DateTimeRange,
    /// How long.
    Duration,
    /// How often.
    Set,
}

/// A part of an expression, where it stands and what it can mean, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece<T> {
    /// Where, without the words that lead it in.
    pub span: Span,
    /// Never empty.
    pub candidates: Vec<T>,
}

/// What was said of one end of an expression: its day, its part of the day, its time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct End {
    /// The day, or longer stretch of the calendar.
    pub day: Option<Piece<Value>>,
    /// "in the evening". It also decides what hour a time beside it means.
    pub part: Option<Piece<Part>>,
    /// A time of day.
    pub time: Option<Piece<Time>>,
    /// From one time of day to another.
    pub window: Option<Piece<(Time, Time)>>,
}

/// An expression found in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// All of it, with the words that lead it in: "on Friday", "at 3".
    pub span: Span,
    /// Without those words where they add nothing: "Friday", "3".
    pub core: Span,
    /// What was named.
    pub kind: Kind,
    /// The best reading.
    pub value: Value,
    /// Every plausible reading, the best first; never empty.
    pub candidates: Vec<Value>,
    /// The best reading is over before the reference instant.
    pub past: bool,
    /// Understood only because [`crate::Context::latent`] allows bare numbers and names.
    pub latent: bool,
    /// Ruled out by the words around it: "any day but Monday".
    pub negated: bool,
    /// What the expression was put together from: one end for a point or an open range, two for a
    /// range, none for lengths and repetitions.
    pub ends: Vec<End>,
}
