//! Openings for a wish that is not one time but a set of constraints: "after work", "before the
//! 12th", "any morning but Monday", "with Ana or Bruno", "the earliest".

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use kernel::{AppointmentId, TimeRange};
use platform::TenantTx;

use crate::{
    BookingError, Opening, Rules, TimeOfDay, Visit,
    db::timetables::{self, Frame, Scope},
    engine::{self, Order, Window, Wish},
};

/// A set of constraints. An empty list constrains nothing. Days and times are by the clock of the
/// business; with whom is said in the visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What for, and on whom.
    pub visit: Visit,
    /// Starts inside one of these.
    pub windows: Vec<Window>,
    /// Starts on one of these days of the week.
    pub weekdays: Vec<Weekday>,
    /// Does not start on these days.
    pub excluded_days: Vec<Date>,
    /// Starts within one of these.
    pub times_of_day: Vec<TimeOfDay>,
    /// Starts at this instant or later.
    pub not_before: Option<Timestamp>,
    /// Starts before this instant.
    pub not_after: Option<Timestamp>,
    /// What matters besides.
    pub order: Order,
    /// Close to this, if possible.
    pub near: Option<Timestamp>,
    /// The appointment to be moved, which is then not in its own way.
    pub moving: Option<AppointmentId>,
    /// How many offers, at most.
    pub limit: usize,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

impl Search {
    /// Anything, three at most, default rules.
    #[must_use]
    pub fn new(visit: impl Into<Visit>) -> Self {
        Self {
            visit: visit.into(),
            windows: Vec::new(),
            weekdays: Vec::new(),
            excluded_days: Vec::new(),
            times_of_day: Vec::new(),
            not_before: None,
            not_after: None,
            order: Order::default(),
            near: None,
            moving: None,
            limit: 3,
            rules: Rules::default(),
        }
    }
}

/// An opening worth offering, and what spoke for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What is offered.
    pub opening: Opening,
    /// What spoke for it, for the trace.
    pub why: engine::Why,
}

/// Finds the best openings that obey every constraint: early or near the wish, apart from each
/// other, and such that no time is left over that nobody can book.
///
/// # Errors
///
/// As [`crate::find_openings`].
pub async fn search(
    tx: &mut TenantTx,
    request: &Search,
    now: Timestamp,
) -> Result<Vec<Offer>, BookingError> {
    request.visit.check()?;
    let Some(bookable) = request.rules.bookable(now) else { return Ok(Vec::new()) };
    let from = request.not_before.map_or(bookable.start(), |first| first.max(bookable.start()));
    let until = request.not_after.map_or(bookable.end(), |end| end.min(bookable.end()));
    let Ok(window) = TimeRange::new(from, until) else { return Ok(Vec::new()) };
    let scope = Scope { visit: &request.visit, window, moving: request.moving, now };
    let loaded = timetables::load(tx, &scope).await?;
    let here = crate::opening::whereabouts(tx, request.moving).await?;
    let wish = Wish {
        windows: request.windows.clone(),
        weekdays: request.weekdays.clone(),
        excluded_days: request.excluded_days.clone(),
        times_of_day: request.times_of_day.clone(),
        not_before: request.not_before,
        not_after: request.not_after,
        order: request.order,
        near: request.near,
        shortest: loaded.shortest,
        ..Wish::anything(loaded.zone.clone())
    };
    let frame = Frame { step: request.rules.step(), bookable: window };
    Ok(loaded.with(frame, |visit| {
        let all = engine::placements(visit, window).filter(|placement| {
            let place = placement.segments.first().and_then(|first| {
                let resource = loaded.resources.get(first.resource)?;
                Some((resource.id, placement.starts_at()))
            });
            here.is_none() || place != here
        });
        engine::rank(all, &wish, request.limit)
            .into_iter()
            .filter_map(|offer| {
                Some(Offer { opening: loaded.opening(&offer.placement)?, why: offer.why })
            })
            .collect()
    }))
}
