//! Tables `sessions` and `seats`: several customers, one time, one teacher.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, ResourceId, ServiceId, SessionId, TimeRange};
use platform::TenantTx;
use sqlx::{query, query_scalar};

use crate::BookingError;

/// Which session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) service: ServiceId,
    pub(crate) resource: ResourceId,
    pub(crate) during: TimeRange,
    pub(crate) seats: u16,
}

/// The session of this service, teacher and start; made of `fresh` when nobody has booked it yet.
/// Nobody else takes a seat in it until this transaction ends.
pub(crate) async fn open(
    tx: &mut TenantTx,
    session: &Session,
    fresh: SessionId,
) -> Result<SessionId, BookingError> {
    query!(
        "INSERT INTO sessions
             (tenant_id, session_id, service_id, resource_id, starts_at, ends_at, seats)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (tenant_id, resource_id, service_id, starts_at) DO NOTHING",
        tx.tenant_uuid(),
        fresh.as_uuid(),
        session.service.as_uuid(),
        session.resource.as_uuid(),
        session.during.start().to_sqlx() as _,
        session.during.end().to_sqlx() as _,
        i32::from(session.seats),
    )
    .execute(tx.conn())
    .await?;
    let id = query_scalar!(
        "SELECT session_id FROM sessions
         WHERE tenant_id = $1 AND resource_id = $2 AND service_id = $3 AND starts_at = $4
         FOR NO KEY UPDATE",
        tx.tenant_uuid(),
        session.resource.as_uuid(),
        session.service.as_uuid(),
        session.during.start().to_sqlx() as _,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(SessionId::from_uuid(id))
}

/// Takes the first `n` free seats; says whether there were as many. The caller has opened the
/// session, and expired the holds in it that have run out.
pub(crate) async fn take(
    tx: &mut TenantTx,
    session: SessionId,
    id: AppointmentId,
    n: u16,
    expires_at: Option<Timestamp>,
) -> Result<bool, BookingError> {
    let result = query!(
        "INSERT INTO seats (tenant_id, session_id, seat, appointment_id, expires_at)
         SELECT $1, $2, free.seat, $3, $5
         FROM (SELECT seat::smallint FROM generate_series(1, (
                   SELECT seats FROM sessions WHERE tenant_id = $1 AND session_id = $2)) seat
               EXCEPT
               SELECT seat FROM seats WHERE tenant_id = $1 AND session_id = $2 AND live
               ORDER BY 1 LIMIT $4) free
         ON CONFLICT DO NOTHING",
        tx.tenant_uuid(),
        session.as_uuid(),
        id.as_uuid(),
        i64::from(n),
        expires_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected() == u64::from(n))
}

/// What a session occupies besides its teacher.
pub(crate) async fn rooms(
    tx: &mut TenantTx,
    session: SessionId,
    teacher: ResourceId,
) -> Result<Vec<ResourceId>, BookingError> {
    let rooms = query_scalar!(
        "SELECT DISTINCT resource_id FROM claims
         WHERE tenant_id = $1 AND claim_id = $2 AND live AND resource_id <> $3
         ORDER BY resource_id",
        tx.tenant_uuid(),
        session.as_uuid(),
        teacher.as_uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rooms.into_iter().map(ResourceId::from_uuid).collect())
}
