//! Table `appointment_events`: what happened to each appointment, and whom it still has to reach.

use jiff_sqlx::ToSqlx as _;
use platform::TenantTx;
use sqlx::query;

use crate::{Appointment, BookingError};

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
