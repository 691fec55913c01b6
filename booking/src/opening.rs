//! A bookable start with everybody it takes, and how to find some.

use jiff::{
    SignedDuration, Timestamp, ToSpan as _, Zoned,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};
use kernel::{AppointmentId, Money, ResourceId, ServiceId, TimeRange};
use platform::TenantTx;

use crate::{
    BookingError, NoOpening, Rules, Segment, Segments, Visit,
    db::timetables::{self, Frame, Loaded, Scope},
    engine::{self, Placement},
    why::{Why, explained},
};

/// A start that can be booked right now.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// What would happen, in order.
    pub segments: Segments,
    /// In the zone of whoever does the first.
    pub starts_at: Zoned,
    /// In the same zone.
    pub ends_at: Zoned,
    /// What it costs today, all together.
    pub price: Money,
    /// How many seats are left, of a class; this party's own not taken off.
    pub free_seats: Option<u16>,
}

impl Opening {
    /// What for; the first service of several.
    #[must_use]
    pub const fn service(&self) -> ServiceId {
        self.segments.first().service
    }

    /// On whom; who does the first service of several.
    #[must_use]
    pub const fn resource(&self) -> ResourceId {
        self.segments.first().resource
    }
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
    /// What for, and on whom.
    pub visit: Visit,
    /// When the visit may start.
    pub window: TimeRange,
    /// At what time of the day it may start, by the clock of whoever does the first service.
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
    /// Any time inside `window`, twenty at most, default rules.
    #[must_use]
    pub fn new(visit: impl Into<Visit>, window: TimeRange) -> Self {
        Self {
            visit: visit.into(),
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

/// Finds openings, by start and then by the position of whoever does the first service. Reading
/// promises nothing; see [`crate::place_hold`].
///
/// # Errors
///
/// [`BookingError::UnknownService`] and the other `Unknown…` ones; [`BookingError::Invalid`] for a
/// visit that is none; [`BookingError::Database`].
pub async fn find_openings(
    tx: &mut TenantTx,
    query: &OpeningQuery,
    now: Timestamp,
) -> Result<Vec<Opening>, BookingError> {
    query.visit.check()?;
    let bookable = query.rules.bookable(now);
    let Some(window) = bookable.and_then(|able| able.intersection(&query.window)) else {
        return Ok(Vec::new());
    };
    let scope = Scope { visit: &query.visit, window, moving: query.moving, now };
    let loaded = timetables::load(tx, &scope).await?;
    let here = whereabouts(tx, query.moving).await?;
    let frame = Frame { step: query.rules.step(), bookable: window };
    Ok(loaded.with(frame, |visit| {
        engine::placements(visit, window)
            .filter_map(|placement| loaded.opening(&placement))
            .filter(|opening| query.accepts(&opening.starts_at))
            .filter(|opening| here != Some((opening.resource(), opening.starts_at.timestamp())))
            .take(query.limit)
            .collect()
    }))
}

/// Where the appointment to be moved is.
pub(crate) async fn whereabouts(
    tx: &mut TenantTx,
    moving: Option<AppointmentId>,
) -> Result<Option<(ResourceId, Timestamp)>, BookingError> {
    let Some(id) = moving else { return Ok(None) };
    let found = crate::get(tx, id).await?;
    Ok(found.map(|found| (found.resource(), found.during.start())))
}

/// A wish, to be explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// What for, and on whom.
    pub visit: Visit,
    /// When.
    pub starts_at: Timestamp,
    /// The appointment to be moved, if this is a move.
    pub moving: Option<AppointmentId>,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

/// Says whether a start is on offer, and if not, every rule that is against it, for each resource
/// that was asked for, those nearest to working first.
///
/// # Errors
///
/// As [`find_openings`].
pub async fn explain(
    tx: &mut TenantTx,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Result<Opening, Vec<Why>>, BookingError> {
    wanted.visit.check()?;
    let (loaded, frame) = load_for(tx, wanted, now).await?;
    Ok(loaded.with(frame, |visit| {
        engine::judge(visit, wanted.starts_at)
            .map_err(|objections| explained(&loaded, &objections))
            .and_then(|placement| {
                let none = || vec![Why::of_all(NoOpening::NotOffered)];
                loaded.opening(&placement).ok_or_else(none)
            })
    }))
}

/// Everything that decides whether `wanted` can be.
pub(crate) async fn load_for(
    tx: &mut TenantTx,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<(Loaded, Frame), BookingError> {
    let start = wanted.starts_at;
    let end = start.checked_add(SignedDuration::from_secs(1)).ok();
    let window = end
        .and_then(|end| TimeRange::new(start, end).ok())
        .ok_or_else(|| BookingError::invalid("starts_at", "must not be the end of time"))?;
    let bookable = wanted.rules.bookable(now);
    let bookable =
        bookable.ok_or_else(|| BookingError::invalid("starts_at", "must be in our time"))?;
    let scope = Scope { visit: &wanted.visit, window, moving: wanted.moving, now };
    let loaded = timetables::load(tx, &scope).await?;
    Ok((loaded, Frame { step: wanted.rules.step(), bookable }))
}

impl Loaded {
    /// A placement in the terms of the catalogue.
    pub(crate) fn opening(&self, placement: &Placement) -> Option<Opening> {
        let segments = Segments::new(self.segments_of(placement)?)?;
        let zone = &self.resources.get(placement.segments.first()?.resource)?.zone;
        let price = segments.iter().map(|segment| segment.price_minor).sum();
        Some(Opening {
            starts_at: placement.starts_at().to_zoned(zone.clone()),
            ends_at: placement.ends_at().to_zoned(zone.clone()),
            price: Money { amount_minor: price, currency: self.currency },
            free_seats: self.free_seats(placement),
            segments,
        })
    }

    fn segments_of(&self, placement: &Placement) -> Option<Vec<Segment>> {
        let segment = |(loaded, placed): (&timetables::LoadedSegment, &engine::Placed)| {
            let id = |index: &usize| self.resources.get(*index).map(|resource| resource.id);
            Some(Segment {
                service: loaded.service,
                resource: id(&placed.resource)?,
                also: placed.others.iter().map(id).collect::<Option<_>>()?,
                during: placed.service,
                price_minor: placed.price.amount_minor,
                add_ons: loaded.add_ons.clone(),
            })
        };
        self.segments.iter().zip(&placement.segments).map(segment).collect()
    }

    fn free_seats(&self, placement: &Placement) -> Option<u16> {
        let (segment, placed) = (self.segments.first()?, placement.segments.first()?);
        if segment.seats == 1 {
            return None;
        }
        placed
            .session
            .map_or(Some(segment.seats), |session| segment.free_seats(placed.lead, session))
    }

    /// What the clock on the wall shows then, where the first service is done.
    pub(crate) fn local(&self, placement: &Placement) -> Option<(DateTime, TimeZone)> {
        let zone = self.resources.get(placement.segments.first()?.resource)?.zone.clone();
        Some((zone.to_datetime(placement.starts_at()), zone))
    }
}
