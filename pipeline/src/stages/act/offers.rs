//! Openings worth offering: those that fit what was asked, and those that come nearest when none do.

use booking::{
    BookingError, Item, OpeningQuery, TimeOfDay, Wanted, find_openings, nearest_alternatives,
};
use dialog::{FailureReason, Offer, OpeningRequest, Outcome};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Time};
use kernel::TimeRange;
use platform::TenantTx;

use super::Scene;
use crate::TurnError;

/// How many alternatives a refusal comes with.
const ALTERNATIVES: usize = 3;

/// How many openings are looked at before the ones to offer are picked; more than two weeks hold.
const CONSIDERED: usize = 2_000;

/// How far ahead to look for somebody who is asked for and not there, in days.
const LOOK_AHEAD_DAYS: i64 = 14;

impl Scene<'_> {
    pub(super) async fn find(
        &self,
        tx: &mut TenantTx,
        request: &OpeningRequest,
    ) -> Result<Outcome, TurnError> {
        self.release(tx, request.release).await?;
        let offers = self.openings(tx, request, request.times).await?;
        if !offers.is_empty() {
            return Ok(Outcome::Openings { offers, widened: false, why: None });
        }
        // Nothing fits. Somebody who was asked for comes first, on the next days they are free; then
        // whatever is nearest to what was asked: that is worth more than a "no".
        let mut offers = Vec::new();
        if request.staff.is_some() {
            let last = request.days.0.saturating_add(LOOK_AHEAD_DAYS.days());
            let later = OpeningRequest {
                days: (request.days.0, last.max(request.days.1)),
                limit: request.limit.saturating_sub(1),
                ..request.clone()
            };
            offers = self.openings(tx, &later, request.times).await?;
        }
        for offer in self.nearest(tx, request).await? {
            if offers.len() < request.limit && !offers.contains(&offer) {
                offers.push(offer);
            }
        }
        let why = self.why_none(tx, request).await?;
        Ok(Outcome::Openings { offers, widened: true, why })
    }

    /// What is nearest to the wish, by anybody, within what was ruled out.
    async fn nearest(
        &self,
        tx: &mut TenantTx,
        request: &OpeningRequest,
    ) -> Result<Vec<Offer>, TurnError> {
        let zone = &self.known.tenant.zone;
        let time = request.near.or(request.times.map(|(from, _)| from)).unwrap_or(Time::midnight());
        let Ok(near) = request.days.0.to_datetime(time).to_zoned(zone.clone()) else {
            return Ok(Vec::new());
        };
        let wanted = Wanted {
            visit: super::visit(request.service, request.staff, &request.excluded_staff),
            starts_at: near.timestamp().max(self.now()),
            moving: request.replaces,
            rules: self.known.rules,
        };
        let nearest = nearest_alternatives(tx, &wanted, 8 * request.limit, self.now()).await?;
        let mut offers: Vec<Offer> = nearest
            .iter()
            .map(|opening| self.offer(opening))
            .filter(|offer| !request.excluded_starts.contains(&offer.starts_at))
            .filter(|offer| !request.excluded_staff.contains(&offer.staff))
            .filter(|offer| !request.excluded_days.contains(&offer.starts_at.date()))
            .collect();
        offers.sort_by_key(|offer| offer.starts_at.timestamp());
        Ok(spread(&offers, request.limit))
    }

    async fn openings(
        &self,
        tx: &mut TenantTx,
        request: &OpeningRequest,
        times: Option<(Time, Time)>,
    ) -> Result<Vec<Offer>, TurnError> {
        let (first, last) = request.days;
        let window = booking::days(first, last.max(first), &self.known.tenant.zone)?;
        let query = OpeningQuery {
            excluded_days: request.excluded_days.clone(),
            // The customer's "until 6" includes 6 itself.
            time_of_day: times.map(|(from, until)| TimeOfDay {
                from,
                until: until.saturating_add(SignedDuration::from_secs(1)),
            }),
            moving: request.replaces,
            limit: CONSIDERED,
            rules: self.known.rules,
            ..OpeningQuery::new(
                super::visit(request.service, request.staff, &request.excluded_staff),
                window,
            )
        };
        let mut offers: Vec<Offer> = Vec::new();
        for opening in find_openings(tx, &query, self.now()).await? {
            let offer = self.offer(&opening);
            let seen = offers.iter().any(|kept| kept.starts_at == offer.starts_at);
            if !seen && !request.excluded_starts.contains(&offer.starts_at) {
                offers.push(offer);
            }
        }
        if let Some(near) = request.near {
            offers.sort_by_key(|offer| {
                let away = offer.starts_at.time().duration_since(near).abs();
                (offer.starts_at.date(), away)
            });
            offers.truncate(request.limit);
            offers.sort_by_key(|offer| offer.starts_at.timestamp());
            return Ok(offers);
        }
        if request.soonest {
            offers.truncate(request.limit);
            return Ok(offers);
        }
        Ok(spread(&offers, request.limit))
    }

    /// Real openings near the wish. Before those: after a hold that ran out the wish itself, if
    /// nobody has taken it since; for somebody who does not work then, when they next do.
    pub(super) async fn alternatives(
        &self,
        tx: &mut TenantTx,
        wanted: &Wanted,
        reason: FailureReason,
    ) -> Result<Vec<Offer>, TurnError> {
        let first = match (reason, wanted.visit.items.first().and_then(Item::wanted)) {
            (FailureReason::HoldExpired, _) => {
                self.by(tx, wanted, instant(wanted.starts_at)?).await?.into_iter().next()
            }
            (FailureReason::Closed, Some(_)) => self.next_by(tx, wanted).await?,
            _ => None,
        };
        let mut offers: Vec<Offer> = first.into_iter().collect();
        for opening in nearest_alternatives(tx, wanted, ALTERNATIVES, self.now()).await? {
            let offer = self.offer(&opening);
            if offers.len() < ALTERNATIVES && !offers.contains(&offer) {
                offers.push(offer);
            }
        }
        Ok(offers)
    }

    /// The next day on which whoever is wanted is free, as near to the wanted time as that day has.
    async fn next_by(
        &self,
        tx: &mut TenantTx,
        wanted: &Wanted,
    ) -> Result<Option<Offer>, TurnError> {
        let wish = wanted.starts_at.to_zoned(self.known.tenant.zone.clone());
        let last = wish.date().saturating_add(LOOK_AHEAD_DAYS.days());
        let window = booking::days(wish.date(), last, wish.time_zone())?;
        Ok(self.by(tx, wanted, window).await?.into_iter().min_by_key(|offer| {
            let away = offer.starts_at.time().duration_since(wish.time()).abs();
            (offer.starts_at.date(), away)
        }))
    }

    /// What whoever is wanted has free in `window`.
    pub(super) async fn by(
        &self,
        tx: &mut TenantTx,
        wanted: &Wanted,
        window: TimeRange,
    ) -> Result<Vec<Offer>, TurnError> {
        let query = OpeningQuery {
            moving: wanted.moving,
            limit: CONSIDERED,
            rules: wanted.rules,
            ..OpeningQuery::new(wanted.visit.clone(), window)
        };
        let openings = find_openings(tx, &query, self.now()).await?;
        Ok(openings.iter().map(|opening| self.offer(opening)).collect())
    }

    pub(super) fn offer(&self, opening: &booking::Opening) -> Offer {
        Offer {
            service: opening.service(),
            staff: opening.resource(),
            starts_at: opening.starts_at.with_time_zone(self.known.tenant.zone.clone()),
        }
    }
}

/// The window that holds one start.
pub(super) fn instant(start: Timestamp) -> Result<TimeRange, BookingError> {
    TimeRange::new(start, start + SignedDuration::from_secs(1))
        .map_err(|_| BookingError::Corrupt { what: "requested start" })
}

/// Picks `n` starts that are worth choosing between, as far apart as the openings allow: half past
/// two and a quarter to three are one choice, not two.
fn spread(offers: &[Offer], n: usize) -> Vec<Offer> {
    const GAPS: [i64; 7] = [180, 120, 90, 60, 45, 30, 0];
    let mut kept = Vec::new();
    for minutes in GAPS {
        kept.clear();
        for offer in offers {
            let apart = kept.last().is_none_or(|last: &&Offer| {
                offer.starts_at.duration_since(&last.starts_at)
                    >= SignedDuration::from_mins(minutes)
            });
            if apart && kept.len() < n {
                kept.push(offer);
            }
        }
        if kept.len() == n {
            break;
        }
    }
    kept.into_iter().cloned().collect()
}
