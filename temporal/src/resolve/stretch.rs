//! A stretch of time on the calendar, and arithmetic on it.

use jiff::{
    Span, ToSpan as _,
    civil::{Date, DateTime, Time},
};

use crate::{Grain, Length};

/// From `start` to `end`, exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: DateTime,
    pub(crate) end: DateTime,
    pub(crate) grain: Grain,
    /// One unit of the grain, not several.
    pub(crate) unit: bool,
}

impl Stretch {
    /// One unit that begins at `start`.
    pub(crate) fn unit(start: DateTime, grain: Grain) -> Option<Self> {
        Some(Self { start, end: plus(start, grain, 1)?, grain, unit: true })
    }

    pub(crate) fn day(date: Date) -> Option<Self> {
        Self::unit(date.to_datetime(Time::midnight()), Grain::Day)
    }

    pub(crate) const fn interval(start: DateTime, end: DateTime, grain: Grain) -> Self {
        Self { start, end, grain, unit: false }
    }
}

/// So many units on.
pub(crate) fn plus(at: DateTime, grain: Grain, n: i64) -> Option<DateTime> {
    let span = match grain {
        Grain::Second => Span::new().try_seconds(n),
        Grain::Minute => Span::new().try_minutes(n),
        Grain::Hour => Span::new().try_hours(n),
        Grain::Day => Span::new().try_days(n),
        Grain::Week => Span::new().try_weeks(n),
        Grain::Month => Span::new().try_months(n),
        Grain::Quarter => Span::new().try_months(n.checked_mul(3)?),
        Grain::Year => Span::new().try_years(n),
        Grain::Decade => Span::new().try_years(n.checked_mul(10)?),
        Grain::Century => Span::new().try_years(n.checked_mul(100)?),
    };
    at.checked_add(span.ok()?).ok()
}

/// A length on or back.
pub(crate) fn shift(at: DateTime, length: Length, back: bool) -> Option<DateTime> {
    let span = Span::new()
        .try_months(length.months)
        .and_then(|span| span.try_days(length.days))
        .and_then(|span| span.try_seconds(length.seconds))
        .ok()?;
    if back { at.checked_sub(span).ok() } else { at.checked_add(span).ok() }
}

/// The beginning of the unit that holds `at`.
pub(crate) fn floor(at: DateTime, grain: Grain) -> Option<DateTime> {
    let date = at.date();
    let midnight = |date: Date| date.to_datetime(Time::midnight());
    let first = |year, month| Date::new(year, month, 1).ok().map(midnight);
    match grain {
        Grain::Second => at.with().subsec_nanosecond(0).build().ok(),
        Grain::Minute => at.with().second(0).subsec_nanosecond(0).build().ok(),
        Grain::Hour => at.with().minute(0).second(0).subsec_nanosecond(0).build().ok(),
        Grain::Day => Some(midnight(date)),
        Grain::Week => {
            let back = i32::from(date.weekday().to_monday_zero_offset());
            date.checked_sub(back.days()).ok().map(midnight)
        }
        Grain::Month => first(date.year(), date.month()),
        Grain::Quarter => first(date.year(), (date.month() - 1) / 3 * 3 + 1),
        Grain::Year => first(date.year(), 1),
        Grain::Decade => first(date.year() - date.year().rem_euclid(10), 1),
        Grain::Century => first(date.year() - date.year().rem_euclid(100), 1),
    }
}

/// The grain below, in which a count of this one is exact to one engine.
pub(crate) const fn finer(grain: Grain) -> Grain {
    match grain {
        Grain::Second | Grain::Minute => Grain::Second,
        Grain::Hour => Grain::Minute,
        Grain::Day => Grain::Hour,
        Grain::Week | Grain::Month => Grain::Day,
        Grain::Quarter | Grain::Year => Grain::Month,
        Grain::Decade | Grain::Century => Grain::Year,
    }
}
