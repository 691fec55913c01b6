//! Shifting claims when a zone's rules change; table `zone_rules`.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, ResourceId, TenantId};
use platform::{RouterTx, TenantTx};
use sqlx::{query, query_scalar};
use uuid::Uuid;

use super::appointments;
use crate::{Appointment, BookingError};

pub(crate) async fn tenants(
    router: &mut RouterTx,
    version: &str,
) -> Result<Vec<TenantId>, BookingError> {
    let tenants = query_scalar!(
        "SELECT DISTINCT a.tenant_id FROM appointments a
         WHERE a.state IN ('pending', 'confirmed')
           AND NOT EXISTS (SELECT FROM zone_rules z
                           WHERE z.tenant_id = a.tenant_id AND z.version = $1)",
        version,
    )
    .fetch_all(router.conn())
    .await?;
    Ok(tenants.into_iter().map(TenantId::from_uuid).collect())
}

/// What is agreed and still to come, in order of id, which is the order of locks.
pub(crate) async fn to_come(
    tx: &mut TenantTx,
    now: Timestamp,
) -> Result<Vec<Appointment>, BookingError> {
    let ids = query_scalar!(
        "SELECT appointment_id FROM appointments
         WHERE tenant_id = $1 AND starts_at > $2 AND state IN ('pending', 'confirmed')
         ORDER BY appointment_id",
        tx.tenant_uuid(),
        now.to_sqlx() as _,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(appointments::fetch(tx, AppointmentId::from_uuid(id)).await?);
    }
    Ok(found)
}

/// Takes the claims of these out of everybody's way for a moment.
pub(crate) async fn step_aside(
    tx: &mut TenantTx,
    appointments: &[AppointmentId],
) -> Result<(), BookingError> {
    let ids: Vec<Uuid> = appointments.iter().map(AppointmentId::as_uuid).collect();
    query!(
        "UPDATE claims SET live = false WHERE tenant_id = $1 AND appointment_id = ANY($2)",
        tx.tenant_uuid(),
        &ids,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Puts the claims of one appointment where they belong now. Whoever is there already shares its
/// claim with it, so that the constraint lets both be; they are returned, with what on.
pub(crate) async fn arrive(
    tx: &mut TenantTx,
    id: AppointmentId,
    by: SignedDuration,
) -> Result<Vec<(AppointmentId, ResourceId)>, BookingError> {
    let seconds = by.as_secs_f64();
    query!(
        "UPDATE sessions s SET starts_at = s.starts_at + make_interval(secs => $3),
                               ends_at = s.ends_at + make_interval(secs => $3)
         FROM appointment_segments g
         WHERE s.tenant_id = $1 AND g.tenant_id = $1 AND g.appointment_id = $2
           AND s.resource_id = g.resource_id AND s.service_id = g.service_id
           AND s.starts_at = g.starts_at
           AND EXISTS (SELECT FROM seats t WHERE t.tenant_id = $1
                         AND t.session_id = s.session_id AND t.appointment_id = $2)",
        tx.tenant_uuid(),
        id.as_uuid(),
        seconds,
    )
    .execute(tx.conn())
    .await?;
    query!(
        "UPDATE claims
         SET during = tstzrange(lower(during) + make_interval(secs => $3),
                                upper(during) + make_interval(secs => $3))
         WHERE tenant_id = $1 AND appointment_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
        seconds,
    )
    .execute(tx.conn())
    .await?;
    let rivals = query!(
        "SELECT DISTINCT rival.appointment_id, rival.resource_id, rival.claim_id
         FROM claims own
         JOIN claims rival
           ON rival.tenant_id = own.tenant_id AND rival.resource_id = own.resource_id
          AND rival.unit = own.unit AND rival.during && own.during AND rival.live
          AND rival.claim_id <> own.claim_id
         WHERE own.tenant_id = $1 AND own.appointment_id = $2
         ORDER BY rival.appointment_id",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    let shared: Vec<Uuid> = rivals.iter().map(|rival| rival.claim_id).collect();
    if !shared.is_empty() {
        query!(
            "UPDATE claims SET claim_id = $3
             WHERE tenant_id = $1 AND (appointment_id = $2 OR claim_id = ANY($4))",
            tx.tenant_uuid(),
            id.as_uuid(),
            id.as_uuid(),
            &shared,
        )
        .execute(tx.conn())
        .await?;
    }
    query!(
        "UPDATE claims SET live = true WHERE tenant_id = $1 AND appointment_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(rivals
        .into_iter()
        .map(|rival| {
            (
                AppointmentId::from_uuid(rival.appointment_id),
                ResourceId::from_uuid(rival.resource_id),
            )
        })
        .collect())
}

/// Notes under which rules the tenant's instants are.
pub(crate) async fn note(
    tx: &mut TenantTx,
    version: &str,
    now: Timestamp,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO zone_rules (tenant_id, version, applied_at) VALUES ($1, $2, $3)
         ON CONFLICT (tenant_id)
         DO UPDATE SET version = excluded.version, applied_at = excluded.applied_at",
        tx.tenant_uuid(),
        version,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
