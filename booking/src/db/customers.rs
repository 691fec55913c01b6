//! What is known about a customer's standing: table `customer_blocks`, and what they have booked.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, ContactId, TimeRange};
use platform::{OnConstraint as _, TenantTx};
use sqlx::{query, query_scalar};

use crate::{BookingError, CustomerBlock};

pub(crate) async fn block(
    tx: &mut TenantTx,
    contact: ContactId,
) -> Result<Option<CustomerBlock>, BookingError> {
    let row = query!(
        r#"SELECT reason, blocked_at AS "blocked_at: jiff_sqlx::Timestamp" FROM customer_blocks
           WHERE tenant_id = $1 AND contact_id = $2"#,
        tx.tenant_uuid(),
        contact.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| CustomerBlock {
        contact,
        reason: row.reason,
        blocked_at: row.blocked_at.to_jiff(),
    }))
}

pub(crate) async fn blocks(tx: &mut TenantTx) -> Result<Vec<CustomerBlock>, BookingError> {
    let rows = query!(
        r#"SELECT contact_id, reason, blocked_at AS "blocked_at: jiff_sqlx::Timestamp"
           FROM customer_blocks WHERE tenant_id = $1 ORDER BY blocked_at DESC, contact_id
           LIMIT 1000"#,
        tx.tenant_uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CustomerBlock {
            contact: ContactId::from_uuid(row.contact_id),
            reason: row.reason,
            blocked_at: row.blocked_at.to_jiff(),
        })
        .collect())
}

pub(crate) async fn set_block(
    tx: &mut TenantTx,
    block: &CustomerBlock,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO customer_blocks (tenant_id, contact_id, reason, blocked_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, contact_id) DO UPDATE SET reason = excluded.reason",
        tx.tenant_uuid(),
        block.contact.as_uuid(),
        block.reason,
        block.blocked_at.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .on_constraint("customer_blocks_tenant_id_contact_id_fkey", || {
        BookingError::UnknownContact(block.contact)
    })?;
    Ok(())
}

pub(crate) async fn clear_block(
    tx: &mut TenantTx,
    contact: ContactId,
) -> Result<bool, BookingError> {
    let result = query!(
        "DELETE FROM customer_blocks WHERE tenant_id = $1 AND contact_id = $2",
        tx.tenant_uuid(),
        contact.as_uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// How many appointments of a customer start inside `span`, not counting `but` and what moves it.
pub(crate) async fn n_booked(
    tx: &mut TenantTx,
    contact: ContactId,
    span: TimeRange,
    but: Option<AppointmentId>,
    now: Timestamp,
) -> Result<i64, BookingError> {
    let n = query_scalar!(
        r#"SELECT count(*) AS "count!" FROM appointments
           WHERE tenant_id = $1 AND contact_id = $2 AND starts_at >= $3 AND starts_at < $4
             AND state IN ('held', 'pending', 'confirmed', 'arrived', 'completed')
             AND (expires_at IS NULL OR expires_at > $5)
             AND replaces IS NULL AND appointment_id IS DISTINCT FROM $6"#,
        tx.tenant_uuid(),
        contact.as_uuid(),
        span.start().to_sqlx() as _,
        span.end().to_sqlx() as _,
        now.to_sqlx() as _,
        but.map(|id| id.as_uuid()),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(n)
}

/// How many appointments since `since` a customer has missed.
pub(crate) async fn n_missed(
    tx: &mut TenantTx,
    contact: ContactId,
    since: Timestamp,
) -> Result<i64, BookingError> {
    let n = query_scalar!(
        r#"SELECT count(*) AS "count!" FROM appointments
           WHERE tenant_id = $1 AND contact_id = $2 AND starts_at >= $3 AND state = 'no_show'"#,
        tx.tenant_uuid(),
        contact.as_uuid(),
        since.to_sqlx() as _,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(n)
}
