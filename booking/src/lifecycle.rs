//! What happens to an appointment after it was held: let go, approved, called off, moved, settled.

use jiff::{SignedDuration, Timestamp};
use kernel::{AppointmentId, Clock, Ids, ResourceId};
use platform::TenantTx;

use crate::{
    Appointment, AppointmentState, Awaits, BookingError, Confirm, Customer, Party, PlaceHold,
    Rules, Visit, confirm,
    db::{appointments, events::Event, locks, savepoint},
    hold::resources_of,
    place_hold,
};

/// Refuses when an appointment is not as the caller has seen it.
///
/// # Errors
///
/// [`BookingError::VersionConflict`].
pub(crate) const fn check_version(
    appointment: &Appointment,
    expected: Option<i32>,
) -> Result<(), BookingError> {
    match expected {
        Some(expected) if expected != appointment.version => {
            Err(BookingError::VersionConflict { expected, found: appointment.version })
        }
        _ => Ok(()),
    }
}

/// Waits until nobody else changes this appointment, and refuses when somebody has since the caller
/// looked. What is done to it next in the same transaction is done to that version.
///
/// # Errors
///
/// [`BookingError::VersionConflict`], [`BookingError::UnknownAppointment`].
pub async fn expect_version(
    tx: &mut TenantTx,
    id: AppointmentId,
    expected: i32,
) -> Result<(), BookingError> {
    check_version(&claimed(tx, id).await?, Some(expected))
}

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

/// Notes that something a pending appointment waited for is there; confirms it when that was the
/// last thing. What was given already is no error.
///
/// # Errors
///
/// [`BookingError::InvalidTransition`] when it is not pending; [`BookingError::HoldExpired`] when
/// it lapsed before; [`BookingError::UnknownAppointment`].
pub async fn provide(
    tx: &mut TenantTx,
    id: AppointmentId,
    given: Awaits,
    by: Party,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    claimed(tx, id).await?;
    let appointment = appointments::fetch_locked(tx, id).await?;
    let waits = |awaits| appointment.awaits.is_some_and(|missing| missing.contains(awaits));
    if !waits(given) && matches!(appointment.state, AppointmentState::Confirmed) {
        return Ok(appointment);
    }
    let awaits = appointment.awaits.and_then(|missing| missing.without(given));
    let state = appointment.state.provide(awaits, now)?;
    if awaits == appointment.awaits {
        return Ok(appointment);
    }
    let name = match (state, given) {
        (AppointmentState::Confirmed, _) => "confirmed",
        (_, Awaits::Approval) => "approved",
        (_, Awaits::Intake) => "intake_given",
    };
    let event = Event::new(name, by.as_str());
    appointments::save(tx, Appointment { state, awaits, ..appointment }, &event, now).await
}

/// Calls an appointment off, and lets go of any hold for moving it. A hold is released; one that
/// waits for the business is declined. One that was called off already is returned as it is.
///
/// # Errors
///
/// [`BookingError::TooLate`] for a customer past the notice that was agreed;
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
            let expired_at = state.expiry().unwrap_or(now);
            return Err(BookingError::HoldExpired { expired_at });
        }
        AppointmentState::Held { .. } => return release(tx, id, by, now).await,
        _ => {}
    }
    let appointment = appointments::fetch_locked(tx, id).await?;
    let state = appointment.state.cancel(by)?;
    if by == Party::Customer {
        appointment.terms.allow_change(appointment.during.start(), now)?;
    }
    let declined =
        by == Party::Business && matches!(appointment.state, AppointmentState::Pending { .. });
    let event = Event::new(if declined { "declined" } else { "cancelled" }, by.as_str());
    let cancelled =
        appointments::save(tx, Appointment { state, ..appointment }, &event, now).await?;
    let mut moves = appointments::moves_of(tx, id, None).await?;
    moves.retain(|hold| !hold.state.is_expired(now));
    appointments::cancel_all(tx, moves, by, now).await?;
    Ok(cancelled)
}

/// Says no to what waits for the business. What was declined or called off already is returned as
/// it is.
///
/// # Errors
///
/// [`BookingError::InvalidTransition`] when it is not pending: what was agreed is called off by
/// [`cancel`]; [`BookingError::HoldExpired`] when it lapsed; [`BookingError::UnknownAppointment`].
pub async fn decline(
    tx: &mut TenantTx,
    id: AppointmentId,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    match claimed(tx, id).await?.state {
        AppointmentState::Pending { .. }
        | AppointmentState::Cancelled { .. }
        | AppointmentState::Expired { .. } => cancel(tx, id, Party::Business, now).await,
        other => Err(other.refuse("declined")),
    }
}

/// A wish to move an appointment in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reschedule {
    /// Which.
    pub appointment: AppointmentId,
    /// When the customer comes instead.
    pub starts_at: Timestamp,
    /// On whom, for all of it; `None` stays with the same.
    pub resource: Option<ResourceId>,
    /// Who asks.
    pub by: Party,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

impl Reschedule {
    /// The visit as it would be.
    #[must_use]
    pub fn visit(&self, appointment: &Appointment) -> Visit {
        let mut visit = appointment.visit();
        if self.resource.is_some() {
            visit.items = visit.items.into_iter().map(|item| item.on(self.resource)).collect();
        }
        visit
    }
}

/// Moves an appointment: a hold and its confirmation at once. Its id, reference, services and price
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
    let appointment = appointments::fetch(tx, id).await?;
    let appointment = appointment.ok_or(BookingError::UnknownAppointment(id))?;
    // Before the claim, as everywhere.
    if let (Party::Customer, Some(contact)) = (request.by, appointment.customer.contact) {
        locks::lock_customer(tx, contact).await?;
    }
    let appointment = claimed(tx, id).await?;
    let resource = request.resource.unwrap_or(appointment.resource());
    appointment.state.move_to(request.starts_at, clock.now())?;
    if (resource, request.starts_at) == (appointment.resource(), appointment.during.start()) {
        return Ok(appointment);
    }
    let customer = Customer { contact: appointment.customer.contact, ..Customer::default() };
    let hold = PlaceHold {
        visit: request.visit(&appointment),
        starts_at: request.starts_at,
        customer,
        ttl: SignedDuration::from_mins(1),
        replaces: Some(id),
        series: None,
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
    /// They are here.
    Arrived,
    /// They are not, after all: takes back that they are.
    NotHere,
    /// They came, and it is over.
    Came,
    /// They did not.
    Missed,
}

/// How long before the start somebody can be here.
const EARLY: SignedDuration = SignedDuration::from_hours(4);

/// Notes whether the customer came.
///
/// # Errors
///
/// [`BookingError::InvalidTransition`] unless it was confirmed; [`BookingError::Invalid`] before
/// it starts, or hours before for an arrival; [`BookingError::Taken`] when somebody who was given
/// up on arrives and another has the time; [`BookingError::UnknownAppointment`].
pub async fn settle(
    tx: &mut TenantTx,
    id: AppointmentId,
    attendance: Attendance,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let appointment = claimed(tx, id).await?;
    if matches!(appointment.state, AppointmentState::NoShow) {
        locks::lock_resources(tx, resources_of(&appointment)).await?;
    }
    let appointment = appointments::fetch_locked(tx, id).await?;
    let state = match attendance {
        Attendance::Arrived => appointment.state.arrive()?,
        Attendance::NotHere => appointment.state.undo_arrival()?,
        Attendance::Came => appointment.state.complete()?,
        Attendance::Missed => appointment.state.miss()?,
    };
    let start = appointment.during.start();
    let soonest = match attendance {
        Attendance::Arrived | Attendance::NotHere => start.checked_sub(EARLY).unwrap_or(start),
        Attendance::Came | Attendance::Missed => start,
    };
    if now < soonest {
        return Err(BookingError::invalid("attendance", "must not be known before the start"));
    }
    let name = if attendance == Attendance::NotHere { "arrival_undone" } else { state.name() };
    let event = Event::new(name, Party::Business.as_str());
    let revived = matches!(appointment.state, AppointmentState::NoShow)
        && matches!(state, AppointmentState::Arrived);
    let settled = Appointment { state, ..appointment };
    if revived {
        return revive(tx, settled, &event, now).await;
    }
    appointments::save(tx, settled, &event, now).await
}

/// Writes an appointment that claims its time again; somebody else may have it by now.
async fn revive(
    tx: &mut TenantTx,
    appointment: Appointment,
    event: &Event,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let point = savepoint::set(tx).await?;
    let saved = appointments::save(tx, appointment, event, now).await;
    match saved {
        Err(BookingError::Database(error)) if error.constraint() == Some("claims_no_overlap") => {
            point.roll_back(tx).await?;
            Err(BookingError::Taken { why: Vec::new() })
        }
        other => other,
    }
}

/// Reads an appointment once its claim is ours, so that nobody moves it until we are done.
pub(crate) async fn claimed(
    tx: &mut TenantTx,
    id: AppointmentId,
) -> Result<Appointment, BookingError> {
    let found = appointments::fetch(tx, id).await?.ok_or(BookingError::UnknownAppointment(id))?;
    locks::lock_claim(tx, found.replaces.unwrap_or(id)).await?;
    appointments::fetch(tx, id).await?.ok_or(BookingError::UnknownAppointment(id))
}
