//! A bookable start with its resource, and how to find some.

use jiff::{
    Timestamp, ToSpan as _, Zoned,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use kernel::{AppointmentId, Money, ResourceId, ServiceId, TimeRange};
use platform::TenantTx;

use crate::{
    BookingError, Rules, availability,
    db::timetables::{self, Loaded, LoadedResource, Scope},
};

/// A start that can be booked right now.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// What for.
    pub service: ServiceId,
    /// On whom.
    pub resource: ResourceId,
    /// In the resource's zone.
    pub starts_at: Zoned,
    /// In the resource's zone.
    pub ends_at: Zoned,
    /// What it costs today.
    pub price: Money,
}

/// A stretch of the wall clock, half-open; over midnight when it ends before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    /// The first time inside.
    pub from: Time,
    /// The first time after.
    pub until: Time,
}

impl TimeOfDay {
    /// Whether the clock shows a time inside.
    #[must_use]
    pub fn contains(&self, time: Time) -> bool {
        if self.from < self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningQuery {
    /// What for.
    pub service: ServiceId,
    /// On one of these; on anybody when `None`.
    pub resources: Option<Vec<ResourceId>>,
    /// Not on these.
    pub excluded_resources: Vec<ResourceId>,
    /// When the service may start.
    pub window: TimeRange,
    /// At what time of the day it may start, by the resource's clock.
    pub time_of_day: Option<TimeOfDay>,
    /// On which days of the week it may not start.
    pub excluded_weekdays: Vec<Weekday>,
    /// On which days it may not start.
    pub excluded_days: Vec<Date>,
    /// The appointment to be moved, which is then not in its own way. Where it is now is no
    /// opening.
    pub moving: Option<AppointmentId>,
    /// How many, at most.
    pub limit: usize,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

impl OpeningQuery {
    /// Anybody, any time inside `window`, twenty at most, default rules.
    #[must_use]
    pub fn new(service: ServiceId, window: TimeRange) -> Self {
        Self {
            service,
            resources: None,
            excluded_resources: Vec::new(),
            window,
            time_of_day: None,
            excluded_weekdays: Vec::new(),
            excluded_days: Vec::new(),
            moving: None,
            limit: 20,
            rules: Rules::default(),
        }
    }

    fn accepts(&self, start: &Zoned) -> bool {
        self.time_of_day.is_none_or(|time_of_day| time_of_day.contains(start.time()))
            && !self.excluded_weekdays.contains(&start.weekday())
            && !self.excluded_days.contains(&start.date())
    }
}

/// The window from the start of `first` to the end of `last`, by the clocks of `zone`.
///
/// # Errors
///
/// [`BookingError::Invalid`] when `last` is before `first` or at the end of time.
pub fn days(first: Date, last: Date, zone: &TimeZone) -> Result<TimeRange, BookingError> {
    let window = || {
        let from = first.to_zoned(zone.clone()).ok()?.timestamp();
        let until = last.checked_add(1.day()).ok()?.to_zoned(zone.clone()).ok()?.timestamp();
        TimeRange::new(from, until).ok()
    };
    window().ok_or_else(|| BookingError::invalid("to", "must not be before from"))
}

/// Finds openings, by start and then by the resource's position. Takes five queries, however many
/// resources there are. Reading promises nothing; see [`crate::place_hold`].
///
/// # Errors
///
/// [`BookingError::UnknownService`], [`BookingError::Database`].
pub async fn find_openings(
    tx: &mut TenantTx,
    query: &OpeningQuery,
    now: Timestamp,
) -> Result<Vec<Opening>, BookingError> {
    let Some(window) = query.rules.bookable(now).and_then(|able| able.intersection(&query.window))
    else {
        return Ok(Vec::new());
    };
    let scope = Scope {
        service: query.service,
        resources: query.resources.as_deref(),
        window,
        moving: query.moving,
        now,
    };
    let loaded = timetables::load(tx, &scope).await?;
    if !loaded.service.active {
        return Ok(Vec::new());
    }
    let mut found: Vec<Opening> = loaded
        .resources
        .iter()
        .filter(|resource| !query.excluded_resources.contains(&resource.id))
        .flat_map(|resource| {
            of_resource(&loaded, resource, query, window)
                .filter(|opening| query.accepts(&opening.starts_at))
                .take(query.limit)
        })
        .collect();
    // Stable, so that resources stay in order of position.
    found.sort_by_key(|opening| opening.starts_at.timestamp());
    found.truncate(query.limit);
    Ok(found)
}

fn of_resource<'a>(
    loaded: &'a Loaded,
    resource: &'a LoadedResource,
    query: &OpeningQuery,
    window: TimeRange,
) -> impl Iterator<Item = Opening> + use<'a> {
    let shape = loaded.service.shape(query.rules.step());
    availability::openings(&resource.timetable(), shape, window)
        .filter(|service| loaded.moving_from != Some((resource.id, service.start())))
        .map(|service| Opening {
            service: loaded.service.id,
            resource: resource.id,
            starts_at: service.start().to_zoned(resource.zone.clone()),
            ends_at: service.end().to_zoned(resource.zone.clone()),
            price: loaded.service.price,
        })
}
