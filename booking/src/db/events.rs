//! Table `appointment_events`: what happened to each appointment, and whom it still has to reach.

use jiff_sqlx::ToSqlx as _;
use kernel::AppointmentId;
use platform::TenantTx;
use sqlx::query;

use crate::{Appointment, BookingError, Entry};

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
