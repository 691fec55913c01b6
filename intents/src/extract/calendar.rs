//! Arithmetic of days: always forward from today.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use super::meaning::Unit;
use crate::EntityValue;

/// `days` after `date`, or before it when negative.
pub(super) fn plus_days(date: Date, days: i32) -> Date {
    date.saturating_add(i64::from(days).days())
}

/// `count` units after `date`; none for units smaller than a day.
pub(super) fn plus(date: Date, count: u32, unit: Unit) -> Option<Date> {
    let count = i64::from(count.min(1_000));
    let span = match unit {
        Unit::Minute | Unit::Hour => return None,
        Unit::Day => count.days(),
        Unit::Week => count.weeks(),
        Unit::Month => count.months(),
        Unit::Year => count.years(),
    };
    date.checked_add(span).ok()
}

/// Monday is 1.
pub(super) fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The first such weekday after `today`; never `today` itself.
pub(super) fn next_weekday(today: Date, weekday: i8) -> Date {
    let ahead = (weekday - weekday_of(today)).rem_euclid(7);
    plus_days(today, i32::from(if ahead == 0 { 7 } else { ahead }))
}

/// That weekday of the week (Monday to Sunday) `weeks` after today's.
pub(super) fn weekday_in_week(today: Date, weekday: i8, weeks: i32) -> Date {
    plus_days(week_start(today), weeks * 7 + i32::from(weekday) - 1)
}

/// The Monday of the week of `date`.
pub(super) fn week_start(date: Date) -> Date {
    plus_days(date, -i32::from(date.weekday().since(Weekday::Monday)))
}

/// The next day with that number, today included; months without it are skipped.
pub(super) fn upcoming_day(today: Date, day: i8) -> Option<Date> {
    (0..4).find_map(|months| {
        let month = today.first_of_month().checked_add(i64::from(months).months()).ok()?;
        Date::new(month.year(), month.month(), day).ok().filter(|date| *date >= today)
    })
}

/// That day of the month `months` after today's.
pub(super) fn day_in_month(today: Date, day: i8, months: i32) -> EntityValue {
    today
        .first_of_month()
        .checked_add(i64::from(months).months())
        .ok()
        .and_then(|month| Date::new(month.year(), month.month(), day).ok())
        .map_or(EntityValue::ImpossibleDate, |date| judged(today, date))
}

/// A day and a month, this year or next; with a year, that one.
pub(super) fn month_day(today: Date, month: i8, day: i8, year: Option<i16>) -> EntityValue {
    if let Some(year) = year {
        let date = Date::new(year, month, day);
        return date.map_or(EntityValue::ImpossibleDate, |date| judged(today, date));
    }
    [today.year(), today.year().saturating_add(1)]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .find(|date| *date >= today)
        .map_or(EntityValue::ImpossibleDate, EntityValue::Date)
}

/// A date, or a past one.
pub(super) fn judged(today: Date, date: Date) -> EntityValue {
    if date < today { EntityValue::Past(date) } else { EntityValue::Date(date) }
}

/// What is left of a stretch of days, from today on.
pub(super) fn remaining(today: Date, first: Date, last: Date) -> EntityValue {
    if last < today {
        EntityValue::Past(last)
    } else {
        EntityValue::DateRange { first: first.max(today), last }
    }
}
