//! From a hold to an appointment.

use jiff::Timestamp;
use kernel::{AppointmentId, Money};
use platform::TenantTx;
use serde_json::json;
use tracing::info;

use crate::{
    Appointment, AppointmentState, BookingError, Party,
    db::{appointments, claims, events::Event, locks},
    hold::resources_of,
};

/// A yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirm {
    /// The hold.
    pub appointment: AppointmentId,
    /// Who said yes.
    pub by: Party,
    /// The price in the summary that was said yes to. `None` trusts the hold.
    pub expected_price: Option<Money>,
}

/// Turns a live hold into an appointment; into a pending one when something is still to come, such
/// as the business's approval. A hold for moving one gives that one its time, service
/// and price, and leaves; the appointment that is returned keeps its id and reference.
///
/// The promise made when the time was held is kept: a price that has changed in the catalogue
/// since does not matter. [`BookingError::PriceChanged`] says that the yes was to a price that the
/// hold never promised. A caller that would rather ask again after a change compares
/// [`Appointment::price`] with the catalogue first.
///
/// Saying yes twice is saying yes once.
///
/// # Errors
///
/// [`BookingError::HoldExpired`] once the hold has run out, even if the time is still free;
/// [`BookingError::InvalidTransition`] when it was let go, or when the appointment to be moved is
/// no longer confirmed; [`BookingError::PriceChanged`]; [`BookingError::UnknownAppointment`].
pub async fn confirm(
    tx: &mut TenantTx,
    request: &Confirm,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let id = request.appointment;
    let hold = appointments::fetch(tx, id).await?.ok_or(BookingError::UnknownAppointment(id))?;
    // Where the original is now is settled only once its claim is ours.
    locks::lock_claim(tx, hold.replaces.unwrap_or(id)).await?;
    let mut resources = resources_of(&hold);
    if let Some(original) = hold.replaces {
        let original = appointments::fetch(tx, original).await?;
        resources.extend(original.iter().flat_map(resources_of));
    }
    locks::lock_resources(tx, resources).await?;

    let hold = appointments::fetch_locked(tx, id).await?;
    if let Some(done) = already_done(tx, &hold).await? {
        return Ok(done);
    }
    let state = hold.state.confirm(hold.awaits, hold.during.start(), now)?;
    if let Some(shown) = request.expected_price.filter(|shown| *shown != hold.price) {
        return Err(BookingError::PriceChanged { shown, held: hold.price });
    }
    let confirmed = match hold.replaces {
        None => {
            let name = if hold.awaits.is_some() { "requested" } else { "confirmed" };
            let event = Event::new(name, request.by.as_str());
            appointments::save(tx, Appointment { state, ..hold }, &event, now).await?
        }
        Some(original) => move_to(tx, original, hold, request.by, now).await?,
    };
    info!(tenant.id = %tx.tenant_id(), appointment.id = %confirmed.id, "confirmed appointment");
    Ok(confirmed)
}

async fn already_done(
    tx: &mut TenantTx,
    hold: &Appointment,
) -> Result<Option<Appointment>, BookingError> {
    match (hold.state, hold.replaces) {
        (AppointmentState::Confirmed | AppointmentState::Pending { .. }, _) => {
            Ok(Some(hold.clone()))
        }
        (AppointmentState::Cancelled { .. }, Some(original))
            if appointments::was_consumed(tx, hold.id).await? =>
        {
            appointments::fetch(tx, original).await
        }
        _ => Ok(None),
    }
}

async fn move_to(
    tx: &mut TenantTx,
    original: AppointmentId,
    hold: Appointment,
    by: Party,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let original = appointments::fetch_locked(tx, original).await?;
    let state = original.state.move_to(hold.during.start(), now)?;
    let consumed = Appointment { state: hold.state.cancel(by)?, ..hold.clone() };
    let event = Event::new("consumed", by.as_str());
    let detail = moved_detail(&original, &hold);
    let moved = Appointment {
        customer: hold.customer,
        party_size: hold.party_size,
        segments: hold.segments,
        during: hold.during,
        starts_local: hold.starts_local,
        zone: hold.zone,
        price: hold.price,
        state,
        ..original
    };
    // The appointment arrives before the hold leaves: they are one claim, so nobody gets between.
    claims::take_over(tx, moved.id, hold.id, state.expiry()).await?;
    appointments::replace_segments(tx, moved.id, &moved.segments).await?;
    let moved =
        appointments::save(tx, moved, &Event::new("moved", by.as_str()).with(detail), now).await?;
    appointments::save(tx, consumed, &event, now).await?;
    Ok(moved)
}

/// From where to where an appointment was moved, for the record.
pub(crate) fn moved_detail(from: &Appointment, to: &Appointment) -> serde_json::Value {
    json!({
        "from": { "starts_at": from.during.start(), "resource": from.resource() },
        "to": { "starts_at": to.during.start(), "resource": to.resource() },
    })
}
