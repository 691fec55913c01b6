//! What is offered to somebody whose wish cannot be granted.

use booking::{BookingError, Wanted};
use jiff::Timestamp;
use kernel::TenantId;
use platform::Db;

use super::OpeningView;
use crate::problem::{Problem, chain};

/// How many.
const N: usize = 3;

/// Turns `error` into a problem; for an opening that cannot be had, with the nearest that can.
/// Looks in a transaction of its own, so call it once the one that failed is over: whoever waits
/// for the same resource need not wait for this too.
pub(super) async fn refuse(
    db: &Db,
    tenant: TenantId,
    error: BookingError,
    wanted: &Wanted,
    now: Timestamp,
) -> Problem {
    if !matches!(error, BookingError::Taken { .. } | BookingError::NotAnOpening { .. }) {
        return error.into();
    }
    let problem = Problem::from(error);
    match nearest(db, tenant, wanted, now).await {
        Ok(openings) => problem.alternatives(&openings),
        // That it cannot be had is true all the same.
        Err(error) => {
            tracing::warn!(error = %chain(&error), "no alternatives could be found");
            problem
        }
    }
}

async fn nearest(
    db: &Db,
    tenant: TenantId,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Vec<OpeningView>, BookingError> {
    let mut tx = db.tenant(tenant).await?;
    let openings = booking::nearest_alternatives(&mut tx, wanted, N, now).await?;
    Ok(openings.iter().map(OpeningView::from).collect())
}
