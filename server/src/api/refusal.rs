//! Why nothing was done, and what is offered to somebody whose wish cannot be granted.

use booking::{BookingError, Wanted};
use jiff::Timestamp;
use kernel::TenantId;
use platform::{Db, TenantTx};

use super::OpeningView;
use crate::problem::{Problem, chain};

/// How many alternatives.
const N: usize = 3;

/// Why nothing was done.
#[derive(Debug)]
pub(super) struct Refusal {
    problem: Box<Problem>,
    /// What could not be had, if something near it may do.
    wanted: Option<Box<Wanted>>,
}

impl<E> From<E> for Refusal
where
    Problem: From<E>,
{
    fn from(error: E) -> Self {
        Self { problem: Box::new(error.into()), wanted: None }
    }
}

impl Refusal {
    /// Of a wish; for an opening that cannot be had, the nearest that can are offered.
    pub(super) fn of(error: BookingError, wanted: Wanted) -> Self {
        let is_about_time =
            matches!(error, BookingError::Taken { .. } | BookingError::NotAnOpening { .. });
        let wanted = is_about_time.then(|| Box::new(wanted));
        Self { problem: Box::new(error.into()), wanted }
    }

    /// What to answer. Looks for alternatives in a transaction of its own, so call it once the one
    /// that failed is over: whoever waits for the same resource need not wait for this too.
    pub(super) async fn explain(self, db: &Db, tenant: TenantId, now: Timestamp) -> Problem {
        let Some(wanted) = self.wanted else { return *self.problem };
        let found = async {
            let mut tx = db.tenant(tenant).await?;
            alternatives(&mut tx, &wanted, now).await
        };
        match found.await {
            Ok(openings) => self.problem.alternatives(&openings),
            // That it cannot be had is true all the same.
            Err(error) => {
                tracing::warn!(error = %chain(&error), "no alternatives could be found");
                *self.problem
            }
        }
    }
}

/// What could be taken instead, the nearest first.
pub(super) async fn alternatives(
    tx: &mut TenantTx,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Vec<OpeningView>, BookingError> {
    let openings = booking::nearest_alternatives(tx, wanted, N, now).await?;
    Ok(openings.iter().map(OpeningView::from).collect())
}
