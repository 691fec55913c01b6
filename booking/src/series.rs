//! Appointments that repeat: every week, every three.

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::DateTime, tz::TimeZone};
use kernel::{Clock, Ids, SeriesId};
use platform::TenantTx;

use crate::{
    Appointment, BookingError, Confirm, Customer, NoOpening, Opening, Party, PlaceHold, Rules,
    Visit, Wanted, cancel, confirm,
    db::{appointments, series},
    nearest_alternatives, place_hold,
};

/// How many alternatives a date that cannot be had comes with.
const ALTERNATIVES: usize = 3;
const TTL: SignedDuration = SignedDuration::from_mins(1);

/// A wish for appointments that repeat.
#[derive(Debug, Clone, PartialEq)]
pub struct BookSeries {
    /// What for, and on whom.
    pub visit: Visit,
    /// What the clock on the wall shows at each start, beginning with this day.
    pub starts_local: DateTime,
    /// Where that clock hangs.
    pub zone: TimeZone,
    /// 1 to 52.
    pub every_weeks: u8,
    /// How many appointments; 2 to 104.
    pub times: u8,
    /// Who comes.
    pub customer: Customer,
    /// Whether to book the dates that can be had when some cannot. Otherwise it is all or nothing.
    pub skip_conflicts: bool,
    /// Who asks.
    pub by: Party,
    /// How finely, how soon, how far ahead; the horizon holds for the last one too.
    pub rules: Rules,
}

/// What became of one date of a series.
#[derive(Debug, Clone, PartialEq)]
pub enum Occurrence {
    /// It is booked.
    Booked(Box<Appointment>),
    /// It cannot be had.
    Refused {
        /// What the clock on the wall would have shown.
        starts_local: DateTime,
        /// Why not; `None` when somebody else has it.
        reason: Option<NoOpening>,
        /// What is near.
        alternatives: Vec<Opening>,
    },
}

/// A series as it was booked.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its identifier; `None` when nothing was booked.
    pub id: Option<SeriesId>,
    /// One for each date, in order.
    pub occurrences: Vec<Occurrence>,
}

/// Books a series. It keeps to the clock on the wall, also when that is put forward or back; a date
/// on which the time does not exist is refused, of a time that is there twice the first is taken.
/// With a refusal and without `skip_conflicts` nothing is booked: the caller rolls back.
///
/// # Errors
///
/// [`BookingError::Invalid`] and the `Unknown…` ones for bad requests;
/// [`BookingError::MayNotBook`].
pub async fn book_series(
    tx: &mut TenantTx,
    request: &BookSeries,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Series, BookingError> {
    if !(1..=52).contains(&request.every_weeks) {
        return Err(BookingError::invalid("every_weeks", "must be 1 to 52"));
    }
    if !(2..=104).contains(&request.times) {
        return Err(BookingError::invalid("times", "must be 2 to 104"));
    }
    let now = clock.now();
    let id: SeriesId = ids.next(clock);
    series::insert(tx, id, request.every_weeks, request.times, now).await?;
    let mut occurrences = Vec::new();
    for nth in 0..i64::from(request.times) {
        let weeks = nth * i64::from(request.every_weeks);
        let starts_local = request.starts_local.saturating_add(weeks.weeks());
        occurrences.push(book(tx, request, id, starts_local, ids, clock).await?);
    }
    let booked = |one: &Occurrence| matches!(one, Occurrence::Booked(_));
    let any = occurrences.iter().any(booked);
    let all = occurrences.iter().all(booked);
    let keep = any && (all || request.skip_conflicts);
    Ok(Series { id: keep.then_some(id), occurrences })
}

async fn book(
    tx: &mut TenantTx,
    request: &BookSeries,
    id: SeriesId,
    starts_local: DateTime,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Occurrence, BookingError> {
    let refused = |reason, alternatives| Occurrence::Refused { starts_local, reason, alternatives };
    let starts_at = match crate::engine::occurrences(starts_local, &request.zone) {
        Ok(instants) => instants.first().map(jiff::Zoned::timestamp),
        Err(_) => None,
    };
    let Some(starts_at) = starts_at else {
        return Ok(refused(Some(NoOpening::NoSuchTime), Vec::new()));
    };
    let wish = PlaceHold {
        visit: request.visit.clone(),
        starts_at,
        customer: request.customer.clone(),
        ttl: TTL,
        replaces: None,
        series: Some(id),
        by: request.by,
        rules: request.rules,
    };
    let reason = match place_hold(tx, &wish, ids, clock).await {
        Ok(hold) => {
            let yes = Confirm { appointment: hold.id, by: request.by, expected_price: None };
            let booked = confirm(tx, &yes, hold.created_at).await?;
            return Ok(Occurrence::Booked(Box::new(booked)));
        }
        Err(BookingError::Taken { .. }) => None,
        Err(BookingError::NotAnOpening { reason, .. }) => Some(reason),
        Err(other) => return Err(other),
    };
    let wanted: Wanted = wish.wanted();
    let near = nearest_alternatives(tx, &wanted, ALTERNATIVES, clock.now()).await?;
    Ok(refused(reason, near))
}

/// Calls off every appointment of a series that starts at `from` or later, and says which.
///
/// # Errors
///
/// [`BookingError::UnknownSeries`]; [`BookingError::TooLate`] when one of them can no longer be
/// called off by the customer, and then none is: the caller rolls back.
pub async fn cancel_series(
    tx: &mut TenantTx,
    id: SeriesId,
    from: Timestamp,
    by: Party,
    now: Timestamp,
) -> Result<Vec<Appointment>, BookingError> {
    if !series::exists(tx, id).await? {
        return Err(BookingError::UnknownSeries(id));
    }
    let mut live = appointments::of_series(tx, id, from).await?;
    // In order of id, like everybody who wants several.
    live.sort_by_key(|appointment| appointment.id);
    let mut cancelled = Vec::with_capacity(live.len());
    for appointment in live {
        cancelled.push(cancel(tx, appointment.id, by, now).await?);
    }
    cancelled.sort_by_key(|appointment| (appointment.during.start(), appointment.id));
    Ok(cancelled)
}
