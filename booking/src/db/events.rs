//! Table `appointment_events`: what happened to each appointment, and whom it still has to reach.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, TenantId};
use platform::{RouterTx, TenantTx};
use sqlx::{query, query_scalar};

use crate::{Appointment, AppointmentEvent, BookingError, Entry, Happened, Party};

/// Who did what nobody did.
pub(crate) const SYSTEM: &str = "system";

/// What happened, for the record.
pub(crate) struct Event {
    name: &'static str,
    actor: &'static str,
    detail: serde_json::Value,
}

impl Event {
    pub(crate) fn new(name: &'static str, actor: &'static str) -> Self {
        Self { name, actor, detail: serde_json::json!({}) }
    }

    pub(crate) fn with(self, detail: serde_json::Value) -> Self {
        Self { detail, ..self }
    }
}

/// Records how `appointment` came by its present version.
pub(crate) async fn record(
    tx: &mut TenantTx,
    appointment: &Appointment,
    event: &Event,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO appointment_events
             (tenant_id, appointment_id, version, event, actor, at, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.tenant_uuid(),
        appointment.id.as_uuid(),
        appointment.version,
        event.name,
        event.actor,
        appointment.updated_at.to_sqlx() as _,
        event.detail,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What has happened to one appointment, in order.
pub(crate) async fn of(tx: &mut TenantTx, id: AppointmentId) -> Result<Vec<Entry>, BookingError> {
    let rows = query!(
        r#"SELECT version, event, actor, at AS "at: jiff_sqlx::Timestamp", detail
           FROM appointment_events
           WHERE tenant_id = $1 AND appointment_id = $2
           ORDER BY version"#,
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            version: row.version,
            event: row.event,
            actor: row.actor,
            at: row.at.to_jiff(),
            detail: row.detail,
        })
        .collect())
}

/// Publishes what is not named in `but`: nobody reacts to it.
pub(crate) async fn publish_but(
    tx: &mut TenantTx,
    but: &[String],
    now: Timestamp,
) -> Result<(), BookingError> {
    query!(
        "UPDATE appointment_events SET published_at = $3
         WHERE tenant_id = $1 AND published_at IS NULL AND event <> ALL ($2)",
        tx.tenant_uuid(),
        but,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn oldest_unpublished(
    tx: &mut TenantTx,
) -> Result<Option<AppointmentEvent>, BookingError> {
    let row = query!(
        "SELECT appointment_id, version, event, actor, detail FROM appointment_events
         WHERE tenant_id = $1 AND published_at IS NULL
         ORDER BY at, appointment_id, version LIMIT 1
         FOR UPDATE SKIP LOCKED",
        tx.tenant_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    row.map(|row| {
        Ok(AppointmentEvent {
            appointment: AppointmentId::from_uuid(row.appointment_id),
            version: row.version,
            happened: Happened::from_column(&row.event)
                .ok_or_else(|| BookingError::corrupt("name of an event"))?,
            by: [Party::Customer, Party::Business]
                .into_iter()
                .find(|party| party.as_str() == row.actor),
            detail: row.detail,
        })
    })
    .transpose()
}

pub(crate) async fn publish(
    tx: &mut TenantTx,
    id: AppointmentId,
    version: i32,
    now: Timestamp,
) -> Result<(), BookingError> {
    query!(
        "UPDATE appointment_events SET published_at = $4
         WHERE tenant_id = $1 AND appointment_id = $2 AND version = $3 AND published_at IS NULL",
        tx.tenant_uuid(),
        id.as_uuid(),
        version,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn has_earlier(
    tx: &mut TenantTx,
    id: AppointmentId,
    version: i32,
    name: &str,
) -> Result<bool, BookingError> {
    let found = query_scalar!(
        r#"SELECT EXISTS (
               SELECT FROM appointment_events
               WHERE tenant_id = $1 AND appointment_id = $2 AND version < $3 AND event = $4
           ) AS "exists!""#,
        tx.tenant_uuid(),
        id.as_uuid(),
        version,
        name,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

pub(crate) async fn tenants_with_unpublished(
    router: &mut RouterTx,
) -> Result<Vec<TenantId>, BookingError> {
    let tenants = query_scalar!(
        "SELECT DISTINCT tenant_id FROM appointment_events WHERE published_at IS NULL",
    )
    .fetch_all(router.conn())
    .await?;
    Ok(tenants.into_iter().map(TenantId::from_uuid).collect())
}
