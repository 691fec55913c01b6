//! Table `series`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::SeriesId;
use platform::TenantTx;
use sqlx::{query, query_scalar};

use crate::BookingError;

pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: SeriesId,
    every_weeks: u8,
    times: u8,
    now: Timestamp,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO series (tenant_id, series_id, every_weeks, times, created_at)
         VALUES ($1, $2, $3, $4, $5)",
        tx.tenant_uuid(),
        id.as_uuid(),
        i32::from(every_weeks),
        i32::from(times),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn exists(tx: &mut TenantTx, id: SeriesId) -> Result<bool, BookingError> {
    let found = query_scalar!(
        "SELECT series_id FROM series WHERE tenant_id = $1 AND series_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.is_some())
}
