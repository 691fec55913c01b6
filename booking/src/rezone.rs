//! When a zone's rules change under what is booked.
//!
//! The promise is the clock on the wall (`starts_local` and `zone`); `starts_at` and everything that
//! is computed with instants follows from it and from the rules. So when the rules change, promises
//! stay and instants are worked out anew. Two appointments that did not meet may then: neither is
//! called off, both are reported, and they are let overlap as one claim until somebody moves one.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kernel::{AppointmentId, Local, ResourceId, TenantId, TimeRange, local_to_instant};
use platform::{RouterTx, TenantTx};
use serde_json::json;

use crate::{
    Appointment, BookingError, Segment, Segments,
    db::{
        appointments,
        events::{self, Event},
        locks, rezoning,
    },
    hold::resources_of,
};

/// What a change of rules did to a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rezoned {
    /// Appointments whose instants changed; their wall times did not.
    pub shifted: Vec<AppointmentId>,
    /// Appointments whose wall time the new rules skip; the clock shows as much past the gap now.
    pub skipped: Vec<AppointmentId>,
    /// Pairs that now want the same resource at the same time.
    pub collisions: Vec<Collision>,
}

/// Two appointments that a change of rules brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collision {
    /// The one that was shifted.
    pub shifted: AppointmentId,
    /// The one that is there.
    pub rival: AppointmentId,
    /// On what.
    pub resource: ResourceId,
}

/// The tenants whose instants were last worked out under other rules than release `version`.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn tenants_to_rezone(
    router: &mut RouterTx,
    version: &str,
) -> Result<Vec<TenantId>, BookingError> {
    rezoning::tenants(router, version).await
}

/// Works out anew when every pending or confirmed appointment that is still to come starts, under
/// the rules that the process has loaded, which are release `version`. Doing it twice changes
/// nothing.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn rezone(
    tx: &mut TenantTx,
    version: &str,
    now: Timestamp,
) -> Result<Rezoned, BookingError> {
    let mut moves = Vec::new();
    let mut report = Rezoned::default();
    for appointment in rezoning::to_come(tx, now).await? {
        let (start, skipped) = meant(&appointment);
        if skipped {
            report.skipped.push(appointment.id);
        }
        let by = start.duration_since(appointment.during.start());
        if !by.is_zero() {
            moves.push((appointment, by));
        }
    }
    let concerned = moves.iter().flat_map(|(appointment, _)| resources_of(appointment)).collect();
    for (appointment, _) in &moves {
        locks::lock_claim(tx, appointment.id).await?;
    }
    locks::lock_resources(tx, concerned).await?;
    // All step aside before any arrives: what was booked back to back shifts together.
    let ids: Vec<AppointmentId> = moves.iter().map(|(appointment, _)| appointment.id).collect();
    rezoning::step_aside(tx, &ids).await?;
    for (appointment, by) in moves {
        let rivals = rezoning::arrive(tx, appointment.id, by).await?;
        report.collisions.extend(rivals.into_iter().map(|(rival, resource)| Collision {
            shifted: appointment.id,
            rival,
            resource,
        }));
        report.shifted.push(appointment.id);
        write(tx, appointment, by, version, now).await?;
    }
    rezoning::note(tx, version, now).await?;
    Ok(report)
}

/// When the wall clock shows what was promised; of two such instants the one nearest to what it was
/// before. And whether it never does.
fn meant(appointment: &Appointment) -> (Timestamp, bool) {
    let before = appointment.during.start();
    // The appointment's own zone was looked up when it was read, under the rules of today.
    let zone: TimeZone = appointment.zone.clone();
    match local_to_instant(appointment.starts_local, &zone) {
        Ok(Local::Unique(at)) => (at.timestamp(), false),
        Ok(Local::Fold { first, second }) => {
            let away = |at: &jiff::Zoned| at.timestamp().duration_since(before).abs();
            let nearest = if away(&second) < away(&first) { second } else { first };
            (nearest.timestamp(), false)
        }
        Ok(Local::Gap { after, .. }) => (after.timestamp(), true),
        Err(_) => (before, false),
    }
}

async fn write(
    tx: &mut TenantTx,
    appointment: Appointment,
    by: SignedDuration,
    version: &str,
    now: Timestamp,
) -> Result<(), BookingError> {
    let shift = |range: TimeRange| {
        let at = |instant: Timestamp| instant.saturating_add(by).unwrap_or(instant);
        TimeRange::new(at(range.start()), at(range.end()))
            .map_err(|_| BookingError::corrupt("range of an appointment"))
    };
    let segments = appointment
        .segments
        .iter()
        .map(|segment| Ok(Segment { during: shift(segment.during)?, ..segment.clone() }))
        .collect::<Result<Vec<_>, BookingError>>()?;
    let segments = Segments::new(segments).ok_or_else(|| BookingError::corrupt("segments"))?;
    let during = shift(appointment.during)?;
    let detail = json!({
        "from": { "starts_at": appointment.during.start() },
        "to": { "starts_at": during.start() },
        "zone_rules": version,
    });
    let state = appointment.state.move_to(during.start(), now)?;
    appointments::replace_segments(tx, appointment.id, &segments).await?;
    let shifted = Appointment { during, segments, state, ..appointment };
    let event = Event::new("rezoned", events::SYSTEM).with(detail);
    appointments::save(tx, shifted, &event, now).await?;
    Ok(())
}
