//! What happens to an appointment after it was held: let go, called off, moved, settled.

use jiff::{SignedDuration, Timestamp};
use kernel::{AppointmentId, Clock, Ids, ResourceId};
use platform::TenantTx;

use crate::{
    Appointment, AppointmentState, BookingError, Confirm, Customer, Party, PlaceHold, Rules,
    confirm,
    db::{
        appointments::{self, Event},
        locks,
    },
    place_hold,
};

/// Lets a hold go. One that has gone already, or has run out, is left as it is.
///
/// # Errors
///
/// [`BookingError::InvalidTransition`] for an appointment, which takes [`cancel`];
/// [`BookingError::UnknownAppointment`].
pub async fn release(
    tx: &mut TenantTx,
    id: AppointmentId,
    by: Party,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let hold = claimed(tx, id).await?;
    match hold.state {
        AppointmentState::Cancelled { .. } => Ok(hold),
        // Left to the sweeper: writing here what others expire while they hold the resource would
        // break the order of locks.
        state if state.is_expired(now) => Ok(hold),
        AppointmentState::Held { .. } => {
            let hold = appointments::fetch_locked(tx, id).await?;
            let state = hold.state.cancel(by)?;
            let event = Event::new("released", by.as_str());
            appointments::save(tx, Appointment { state, ..hold }, &event, now).await
        }
        other => Err(other.refuse("released")),
    }
}

/// Calls an appointment off, and lets go of any hold for moving it. A hold is released. One that
/// was called off already is returned as it is.
///
/// # Errors
///
/// [`BookingError::InvalidTransition`] when it is over; [`BookingError::HoldExpired`] for a hold
/// that has run out; [`BookingError::UnknownAppointment`].
pub async fn cancel(
    tx: &mut TenantTx,
    id: AppointmentId,
    by: Party,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let appointment = claimed(tx, id).await?;
    match appointment.state {
        AppointmentState::Cancelled { .. } => return Ok(appointment),
        state if state.is_expired(now) => {
            state.confirm(now)?;
        }
        AppointmentState::Held { .. } => return release(tx, id, by, now).await,
        _ => {}
    }
    let appointment = appointments::fetch_locked(tx, id).await?;
    let state = appointment.state.cancel(by)?;
    let event = Event::new("cancelled", by.as_str());
    let cancelled =
        appointments::save(tx, Appointment { state, ..appointment }, &event, now).await?;
    let mut moves = appointments::moves_of(tx, id, None).await?;
    moves.retain(|hold| !hold.state.is_expired(now));
    appointments::cancel_all(tx, moves, by, now).await?;
    Ok(cancelled)
}

/// A wish to move an appointment in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reschedule {
    /// Which.
    pub appointment: AppointmentId,
    /// When the customer comes instead.
    pub starts_at: Timestamp,
    /// On whom; `None` stays with the same.
    pub resource: Option<ResourceId>,
    /// Who asks.
    pub by: Party,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

/// Moves an appointment: a hold and its confirmation at once. Its id, reference, service and price
/// stay. Moving it to where it is does nothing.
///
/// # Errors
///
/// As [`place_hold`] and [`confirm`].
pub async fn reschedule(
    tx: &mut TenantTx,
    request: &Reschedule,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Appointment, BookingError> {
    let id = request.appointment;
    let appointment = claimed(tx, id).await?;
    let resource = request.resource.unwrap_or(appointment.resource);
    appointment.state.move_elsewhere()?;
    if (resource, request.starts_at) == (appointment.resource, appointment.during.start()) {
        return Ok(appointment);
    }
    let hold = PlaceHold {
        service: appointment.service,
        resource: Some(resource),
        starts_at: request.starts_at,
        customer: Customer::default(),
        ttl: SignedDuration::from_mins(1),
        replaces: Some(id),
        by: request.by,
        rules: request.rules,
    };
    let hold = place_hold(tx, &hold, ids, clock).await?;
    let yes = Confirm { appointment: hold.id, by: request.by, expected_price: None };
    confirm(tx, &yes, hold.created_at).await
}

/// Whether the customer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// They did.
    Came,
    /// They did not.
    Missed,
}

/// Notes whether the customer came.
///
/// # Errors
///
/// [`BookingError::InvalidTransition`] unless it was confirmed; [`BookingError::Invalid`] before
/// it starts; [`BookingError::UnknownAppointment`].
pub async fn settle(
    tx: &mut TenantTx,
    id: AppointmentId,
    attendance: Attendance,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    claimed(tx, id).await?;
    let appointment = appointments::fetch_locked(tx, id).await?;
    let state = match attendance {
        Attendance::Came => appointment.state.complete()?,
        Attendance::Missed => appointment.state.miss()?,
    };
    if now < appointment.during.start() {
        return Err(BookingError::invalid("attendance", "must not be known before the start"));
    }
    let event = Event::new(state.name(), Party::Business.as_str());
    appointments::save(tx, Appointment { state, ..appointment }, &event, now).await
}

/// Reads an appointment once its claim is ours, so that nobody moves it until we are done.
async fn claimed(tx: &mut TenantTx, id: AppointmentId) -> Result<Appointment, BookingError> {
    let found = appointments::fetch(tx, id).await?.ok_or(BookingError::UnknownAppointment(id))?;
    locks::lock_claim(tx, found.replaces.unwrap_or(id)).await?;
    appointments::fetch(tx, id).await?.ok_or(BookingError::UnknownAppointment(id))
}
