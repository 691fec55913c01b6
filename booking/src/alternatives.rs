//! What to offer somebody whose wish cannot be granted.

use jiff::{SignedDuration, Timestamp, Zoned};
use kernel::{ResourceId, TimeRange};
use platform::TenantTx;

use crate::{BookingError, Item, Opening, OpeningQuery, Visit, Wanted, find_openings};

/// Somebody else weighs as much as half an hour's wait.
const OTHER_RESOURCE: SignedDuration = SignedDuration::from_mins(30);
/// Another day weighs as much as four hours more.
const OTHER_DAY: SignedDuration = SignedDuration::from_hours(4);
/// How far around the wish to look, widening while there is too little: days before, days after.
const REACH: [(i64, i64); 3] = [(1, 1), (3, 14), (3, 750)];
/// More than fit into two days at the finest step for a large team; a bound, not a target.
const CONSIDERED: usize = 20_000;

/// Finds up to `n` openings near the wish, the best first: the same resource a little earlier or
/// later, somebody else at the same time. All are openings that [`find_openings`] returns at
/// `now`; no two have the same start unless one is on the resource that was wanted.
///
/// # Errors
///
/// [`BookingError::UnknownService`], [`BookingError::Database`].
pub async fn nearest_alternatives(
    tx: &mut TenantTx,
    wanted: &Wanted,
    n: usize,
    now: Timestamp,
) -> Result<Vec<Opening>, BookingError> {
    let mut best = Vec::new();
    let anybody = for_anybody(&wanted.visit);
    for (before, after) in REACH {
        let Some(window) = around(wanted.starts_at, before, after) else {
            break;
        };
        let query = OpeningQuery {
            moving: wanted.moving,
            rules: wanted.rules,
            limit: CONSIDERED,
            ..OpeningQuery::new(anybody.clone(), window)
        };
        best = ranked(find_openings(tx, &query, now).await?, wanted, n);
        if best.len() >= n {
            break;
        }
    }
    Ok(best)
}

/// The visit on whoever is not ruled out.
fn for_anybody(visit: &Visit) -> Visit {
    let items = visit.items.iter().map(|item| Item { among: None, ..item.clone() });
    Visit { items: items.collect(), party_size: visit.party_size }
}

/// Who was asked for to do the first service, if it was one.
fn resource(wanted: &Wanted) -> Option<ResourceId> {
    wanted.visit.items.first().and_then(Item::wanted)
}

fn around(instant: Timestamp, days_before: i64, days_after: i64) -> Option<TimeRange> {
    let days = |n: i64| SignedDuration::from_hours(24 * n);
    let from = instant.checked_sub(days(days_before)).ok()?;
    TimeRange::new(from, instant.checked_add(days(days_after)).ok()?).ok()
}

fn ranked(mut openings: Vec<Opening>, wanted: &Wanted, n: usize) -> Vec<Opening> {
    openings.retain(|opening| !is_the_wish(opening, wanted));
    openings.sort_by_cached_key(|opening| cost(opening, wanted));
    let mut best: Vec<Opening> = Vec::with_capacity(n);
    for opening in openings {
        if best.len() == n {
            break;
        }
        let seen = best.iter().any(|kept| {
            kept.starts_at == opening.starts_at && resource(wanted) != Some(opening.resource())
        });
        if !seen {
            best.push(opening);
        }
    }
    best
}

fn is_the_wish(opening: &Opening, wanted: &Wanted) -> bool {
    opening.starts_at.timestamp() == wanted.starts_at
        && resource(wanted).is_none_or(|resource| resource == opening.resource())
}

/// How far an opening is from the wish; of two equally far, the earlier first.
fn cost(opening: &Opening, wanted: &Wanted) -> (SignedDuration, Timestamp) {
    let start = opening.starts_at.timestamp();
    let wish: Zoned = wanted.starts_at.to_zoned(opening.starts_at.time_zone().clone());
    let mut cost = start.duration_since(wanted.starts_at).abs();
    if resource(wanted).is_some_and(|resource| resource != opening.resource()) {
        cost += OTHER_RESOURCE;
    }
    if opening.starts_at.date() != wish.date() {
        cost += OTHER_DAY;
    }
    (cost, start)
}
