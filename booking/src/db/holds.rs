//! Expiring holds, and pending appointments whose time has come.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{ResourceId, SessionId, TenantId, TimeRange};
use platform::{RouterTx, TenantTx};
use sqlx::{query, query_scalar};

use crate::BookingError;

/// Writes down that everything in `$stale` (a subquery of ids) has run out, and records it.
macro_rules! expire {
    ($stale:tt, $($argument:expr),* $(,)?) => {
        query!(
            "WITH gone AS (
                 UPDATE appointments SET state = 'expired', version = version + 1, updated_at = $2
                 WHERE tenant_id = $1 AND state IN ('held', 'pending') AND expires_at <= $2
                   AND appointment_id IN (" + $stale + ")
                 RETURNING tenant_id, appointment_id, version
             )
             INSERT INTO appointment_events (tenant_id, appointment_id, version, event, actor, at)
             SELECT tenant_id, appointment_id, version, 'expired', 'system', $2 FROM gone",
            $($argument),*
        )
    };
}

pub(crate) async fn expire_all(tx: &mut TenantTx, now: Timestamp) -> Result<u64, BookingError> {
    let result = expire!(
        "SELECT appointment_id FROM appointments
         WHERE tenant_id = $1 AND state IN ('held', 'pending') AND expires_at <= $2
         FOR UPDATE SKIP LOCKED",
        tx.tenant_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected())
}

pub(crate) async fn expire_overlapping(
    tx: &mut TenantTx,
    resource: ResourceId,
    block: TimeRange,
    now: Timestamp,
) -> Result<u64, BookingError> {
    let result = expire!(
        "SELECT appointment_id FROM claims
         WHERE tenant_id = $1 AND resource_id = $3
           AND blocks_until > $4 AND blocks_from < $5 AND expires_at <= $2",
        tx.tenant_uuid(),
        now.to_sqlx() as _,
        resource.as_uuid(),
        block.start().to_sqlx() as _,
        block.end().to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected())
}

pub(crate) async fn expire_in_session(
    tx: &mut TenantTx,
    session: SessionId,
    now: Timestamp,
) -> Result<u64, BookingError> {
    let result = expire!(
        "SELECT appointment_id FROM seats
         WHERE tenant_id = $1 AND session_id = $3 AND live AND expires_at <= $2",
        tx.tenant_uuid(),
        now.to_sqlx() as _,
        session.as_uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected())
}

pub(crate) async fn tenants_with_stale(
    router: &mut RouterTx,
    now: Timestamp,
) -> Result<Vec<TenantId>, BookingError> {
    let tenants = query_scalar!(
        "SELECT DISTINCT tenant_id FROM appointments
         WHERE state IN ('held', 'pending') AND expires_at <= $1",
        now.to_sqlx() as _,
    )
    .fetch_all(router.conn())
    .await?;
    Ok(tenants.into_iter().map(TenantId::from_uuid).collect())
}
