//! When a resource works: a weekly pattern, and dated changes to it.

use std::{fmt, str::FromStr};

use jiff::civil::{Date, Weekday};
use kernel::ResourceId;
use platform::TenantTx;

use crate::{BookingError, db};

const DAY_MINUTES: u16 = 1440;

/// A stretch of wall-clock time, half-open, named after the day on which it starts. Prints and
/// parses as `09:00-17:30`; `24:00` is the midnight that ends the day, and an end before the start
/// is on the next day: `22:00-02:00`. A shift of exactly a day counts on: `09:00-33:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hours {
    start_minute: u16,
    end_minute: u16,
}

impl Hours {
    /// Accepts minutes after the midnight that begins the day, in order; more than 1440 is on the
    /// next day.
    ///
    /// # Errors
    ///
    /// [`BookingError::Invalid`] unless `start_minute < 1440` and `end_minute` is 1 to 1440 minutes
    /// after it.
    pub fn new(start_minute: u16, end_minute: u16) -> Result<Self, BookingError> {
        let is_in_order = start_minute < DAY_MINUTES && start_minute < end_minute;
        if is_in_order && end_minute - start_minute <= DAY_MINUTES {
            Ok(Self { start_minute, end_minute })
        } else {
            Err(BookingError::invalid("hours", "must end after they start, within 24 hours"))
        }
    }

    /// Minutes after midnight, on the wall clock; 0 to 1439.
    #[must_use]
    pub const fn start_minute(self) -> u16 {
        self.start_minute
    }

    /// Minutes after the midnight that begins the day, on the wall clock; 1440 is the next
    /// midnight, and what is more is on the next day.
    #[must_use]
    pub const fn end_minute(self) -> u16 {
        self.end_minute
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, mut end) = (self.start_minute, self.end_minute);
        if end > DAY_MINUTES && end - start < DAY_MINUTES {
            end -= DAY_MINUTES;
        }
        write!(f, "{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)
    }
}

impl FromStr for Hours {
    type Err = BookingError;

    fn from_str(text: &str) -> Result<Self, BookingError> {
        let parse = || {
            let (start, end) = text.split_once('-')?;
            Some((clock_minutes(start)?, clock_minutes(end)?))
        };
        let (start, end) = parse().ok_or_else(|| {
            BookingError::invalid("hours", "must look like 09:00-17:30 or 22:00-02:00")
        })?;
        // Until two in the morning, as everybody writes it. An end equal to the start stays wrong:
        // it is more often a slip than a day and a night.
        Self::new(start, if end < start { end + DAY_MINUTES } else { end })
    }
}

/// Up to 48:00; what is too much for the day or for a shift is for [`Hours::new`] to say.
fn clock_minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
    (hour <= 48 && minute < 60).then(|| hour * 60 + minute)
}

/// One stretch of the weekly pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyHours {
    /// On which day.
    pub weekday: Weekday,
    /// In the resource's zone.
    pub hours: Hours,
}

/// A dated change: its hours replace the weekly pattern of that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleException {
    /// Which day, in the resource's zone.
    pub day: Date,
    /// Empty when closed.
    pub hours: Vec<Hours>,
    /// For the people who read the calendar: `holiday`, `training`.
    pub reason: String,
}

/// Replaces the weekly pattern of a resource.
///
/// # Errors
///
/// [`BookingError::Invalid`] when hours of one day overlap, [`BookingError::UnknownResource`].
pub async fn set_weekly_hours(
    tx: &mut TenantTx,
    resource: ResourceId,
    hours: &[WeeklyHours],
) -> Result<(), BookingError> {
    for weekday in Weekday::Monday.cycle_forward().take(7) {
        let day = hours.iter().filter(|hours| hours.weekday == weekday);
        refuse_overlap(day.map(|hours| hours.hours).collect())?;
        refuse_running_into_tomorrow(hours, weekday)?;
    }
    db::locks::lock_resource(tx, resource).await?;
    db::schedules::replace_weekly(tx, resource, hours).await
}

/// Reads the weekly pattern of a resource, Monday first.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn weekly_hours(
    tx: &mut TenantTx,
    resource: ResourceId,
) -> Result<Vec<WeeklyHours>, BookingError> {
    let rows = db::schedules::weekly(tx, &[resource.as_uuid()]).await?;
    Ok(rows.into_iter().map(|(_, hours)| hours).collect())
}

/// Reads the weekly patterns of several resources at once, Monday first for each.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn weekly_hours_of(
    tx: &mut TenantTx,
    resources: &[ResourceId],
) -> Result<Vec<(ResourceId, WeeklyHours)>, BookingError> {
    let resources: Vec<_> = resources.iter().map(ResourceId::as_uuid).collect();
    db::schedules::weekly(tx, &resources).await
}

/// Sets what a resource does on one day, in place of its weekly pattern and of any earlier
/// exception for that day.
///
/// # Errors
///
/// [`BookingError::Invalid`] when its hours overlap, [`BookingError::UnknownResource`].
pub async fn set_exception(
    tx: &mut TenantTx,
    resource: ResourceId,
    exception: &ScheduleException,
) -> Result<(), BookingError> {
    refuse_overlap(exception.hours.clone())?;
    db::locks::lock_resource(tx, resource).await?;
    db::schedules::delete_exception(tx, resource, exception.day).await?;
    db::schedules::insert_exception(tx, resource, exception).await
}

/// Goes back to the weekly pattern on `day`; says whether there was an exception.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn delete_exception(
    tx: &mut TenantTx,
    resource: ResourceId,
    day: Date,
) -> Result<bool, BookingError> {
    db::schedules::delete_exception(tx, resource, day).await
}

/// Reads the exceptions of a resource from one day to another, both included, in order.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn exceptions(
    tx: &mut TenantTx,
    resource: ResourceId,
    from: Date,
    to: Date,
) -> Result<Vec<ScheduleException>, BookingError> {
    let rows = db::schedules::exceptions(tx, &[resource.as_uuid()], from, to).await?;
    Ok(rows.into_iter().map(|(_, exception)| exception).collect())
}

/// A night shift ends before the next day's hours begin.
fn refuse_running_into_tomorrow(
    hours: &[WeeklyHours],
    weekday: Weekday,
) -> Result<(), BookingError> {
    let of = |weekday: Weekday| hours.iter().filter(move |hours| hours.weekday == weekday);
    for night in of(weekday) {
        let over = night.hours.end_minute.saturating_sub(DAY_MINUTES);
        let tomorrow = of(weekday.next()).find(|next| next.hours.start_minute < over);
        if let Some(next) = tomorrow {
            let (night, next) = (night.hours, next.hours);
            let reason = format!("must not overlap: {night} runs into {next} of the next day");
            return Err(BookingError::invalid("hours", reason));
        }
    }
    Ok(())
}

fn refuse_overlap(mut hours: Vec<Hours>) -> Result<(), BookingError> {
    hours.sort_unstable();
    match hours.windows(2).find(|pair| pair[1].start_minute < pair[0].end_minute) {
        Some(pair) => Err(BookingError::invalid(
            "hours",
            format!("must not overlap: {} and {}", pair[0], pair[1]),
        )),
        None => Ok(()),
    }
}
