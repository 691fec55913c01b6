//! Openings worth offering: those that fit what was asked, and those that come nearest when none do.

use booking::{
    BookingError, Item, OpeningQuery, Search, TimeOfDay, Visit, Wanted, engine::Order,
    find_openings, search,
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
        let wish = Search {
            excluded_days: request.excluded_days.clone(),
            near: Some(near.timestamp().max(self.now())),
            moving: request.replaces,
            limit: request.limit + request.excluded_starts.len(),
            rules: self.known.rules,
            ..Search::new(super::visit(
                request.service,
                request.party_size,
                None,
                &request.excluded_staff,
            ))
        };
        self.search(tx, &wish, request).await
    }

    /// What fits the request, worth choosing between.
    async fn openings(
        &self,
        tx: &mut TenantTx,
        request: &OpeningRequest,
        times: Option<(Time, Time)>,
    ) -> Result<Vec<Offer>, TurnError> {
        let (first, last) = request.days;
        let window = booking::days(first, last.max(first), &self.known.tenant.zone)?;
        let near = request
            .near
            .and_then(|near| first.to_datetime(near).to_zoned(self.known.tenant.zone.clone()).ok());
        let wish = Search {
            excluded_days: request.excluded_days.clone(),
            // The customer's "until 6" includes 6 itself.
            times_of_day: times
                .map(|(from, until)| TimeOfDay {
                    from,
                    until: until.saturating_add(SignedDuration::from_secs(1)),
                })
                .into_iter()
                .collect(),
            not_before: Some(window.start()),
            not_after: Some(window.end()),
            order: if request.soonest { Order::Earliest } else { Order::Best },
            near: near.map(|near| near.timestamp()),
            moving: request.replaces,
            // What was refused is among the best, or it would not have been offered.
            limit: request.limit + request.excluded_starts.len(),
            rules: self.known.rules,
            ..Search::new(super::visit(
                request.service,
                request.party_size,
                request.staff,
                &request.excluded_staff,
            ))
        };
        self.search(tx, &wish, request).await
    }

    /// The best that obey `wish`, in order of time, without what was refused and without the same
    /// start twice.
    async fn search(
        &self,
        tx: &mut TenantTx,
        wish: &Search,
        request: &OpeningRequest,
    ) -> Result<Vec<Offer>, TurnError> {
        let mut offers: Vec<Offer> = Vec::new();
        for found in search(tx, wish, self.now()).await? {
            let offer = self.offer(&found.opening);
            let seen = offers.iter().any(|kept| kept.starts_at == offer.starts_at);
            if !seen
                && !request.excluded_starts.contains(&offer.starts_at)
                && offers.len() < request.limit
            {
                offers.push(offer);
            }
        }
        offers.sort_by_key(|offer| offer.starts_at.timestamp());
        Ok(offers)
    }

    /// Real openings near the wish. Before those: after a hold that ran out the wish itself, if
    /// nobody has taken it since; for somebody who is busy then, when they are not, that day; for
    /// somebody who does not work then, when they next do.
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
            (FailureReason::Taken, Some(_)) => self.same_day_by(tx, wanted).await?,
            _ => None,
        };
        let mut offers: Vec<Offer> = first.into_iter().collect();
        let items = wanted.visit.items.iter().map(|item| Item { among: None, ..item.clone() });
        let wish = Search {
            near: Some(wanted.starts_at),
            moving: wanted.moving,
            limit: 2 * ALTERNATIVES,
            rules: wanted.rules,
            ..Search::new(Visit { items: items.collect(), party_size: wanted.visit.party_size })
        };
        for found in search(tx, &wish, self.now()).await? {
            let offer = self.offer(&found.opening);
            let is_wish = offer.starts_at.timestamp() == wanted.starts_at
                && wanted.visit.items.first().and_then(Item::wanted).is_none();
            if offers.len() < ALTERNATIVES && !is_wish && !offers.contains(&offer) {
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

    /// What whoever is wanted has nearest to the wanted time, that day.
    async fn same_day_by(
        &self,
        tx: &mut TenantTx,
        wanted: &Wanted,
    ) -> Result<Option<Offer>, TurnError> {
        let wish = wanted.starts_at.to_zoned(self.known.tenant.zone.clone());
        let day = booking::days(wish.date(), wish.date(), wish.time_zone())?;
        let nearest = self.by(tx, wanted, day).await?.into_iter();
        Ok(nearest.min_by_key(|offer| offer.starts_at.duration_since(&wish).abs()))
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
