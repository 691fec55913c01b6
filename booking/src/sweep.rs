//! Holds that nobody confirmed in time. They stop counting at their expiry, swept or not; sweeping
//! writes that down.

use jiff::Timestamp;
use kernel::{ResourceId, SessionId, TenantId, TimeRange};
use metrics::counter;
use platform::{RouterTx, TenantTx};

use crate::{BookingError, db};

/// Expires every hold of the tenant that has run out at `now`; says how many. Rows that somebody
/// else is at work on are left for the next round, so this never waits; give it a transaction of
/// its own.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn expire_stale(tx: &mut TenantTx, now: Timestamp) -> Result<u64, BookingError> {
    let n_expired = db::holds::expire_all(tx, now).await?;
    counter!("booking_holds_expired_total").increment(n_expired);
    Ok(n_expired)
}

/// The tenants for whom [`expire_stale`] has something to do.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn tenants_with_stale_holds(
    router: &mut RouterTx,
    now: Timestamp,
) -> Result<Vec<TenantId>, BookingError> {
    db::holds::tenants_with_stale(router, now).await
}

/// Expires the holds that have run out and overlap `block`. The caller has locked the resource.
pub(crate) async fn expire_in_the_way(
    tx: &mut TenantTx,
    resource: ResourceId,
    block: TimeRange,
    now: Timestamp,
) -> Result<(), BookingError> {
    let n_expired = db::holds::expire_overlapping(tx, resource, block, now).await?;
    counter!("booking_holds_expired_total").increment(n_expired);
    Ok(())
}

/// Expires the holds that have run out in a session. The caller has opened it.
pub(crate) async fn expire_in_session(
    tx: &mut TenantTx,
    session: SessionId,
    now: Timestamp,
) -> Result<(), BookingError> {
    let n_expired = db::holds::expire_in_session(tx, session, now).await?;
    counter!("booking_holds_expired_total").increment(n_expired);
    Ok(())
}
