//! The only stage that changes a booking: asks the engine for what the policy decided, and says
//! what came of it. A lost race is an outcome here, not an error.

use booking::{
    Appointment, BookingError, Confirm, NoOpening, OpeningQuery, Party, PlaceHold, TimeOfDay,
    Wanted, confirm, find_openings, nearest_alternatives, place_hold, release,
    upcoming_for_contact,
};
use dialog::{Action, AppointmentFact, FailureReason, HoldRequest, Offer, OpeningRequest, Outcome};
use jiff::{SignedDuration, Timestamp, Zoned, civil::Time};
use kernel::{AppointmentId, ResourceId, TimeRange};
use platform::TenantTx;

use super::{receive::Message, retrieve::Known};
use crate::{TurnContext, TurnError};

/// How many alternatives a refusal comes with.
const ALTERNATIVES: usize = 3;

/// Does what the policy decided.
pub(crate) async fn act(
    cx: &TurnContext,
    tx: &mut TenantTx,
    message: &Message,
    known: &Known,
    action: &Action,
) -> Result<Outcome, TurnError> {
    let scene = Scene { cx, message, known };
    match action {
        Action::Say { .. } | Action::Silence => Ok(Outcome::Done),
        Action::FindOpenings(request) => scene.find(tx, request).await,
        Action::PlaceHold(request) => scene.hold(tx, request).await,
        Action::Confirm { hold } => scene.confirm(tx, *hold).await,
        Action::Cancel { appointment } => scene.cancel(tx, *appointment).await,
        Action::Release { hold, .. } => scene.release(tx, Some(*hold)).await,
        Action::HandOver { release, .. } | Action::OptOut { release, .. } => {
            scene.release(tx, *release).await
        }
    }
}

struct Scene<'a> {
    cx: &'a TurnContext,
    message: &'a Message,
    known: &'a Known,
}

impl Scene<'_> {
    fn now(&self) -> Timestamp {
        self.known.facts.now.timestamp()
    }

    async fn release(
        &self,
        tx: &mut TenantTx,
        hold: Option<AppointmentId>,
    ) -> Result<Outcome, TurnError> {
        if let Some(hold) = hold {
            match release(tx, hold, Party::Customer, self.now()).await {
                // Expired or confirmed meanwhile: nothing is left to give back.
                Ok(_)
                | Err(
                    BookingError::InvalidTransition(_)
                    | BookingError::HoldExpired { .. }
                    | BookingError::UnknownAppointment(_),
                ) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Outcome::Done)
    }

    async fn find(
        &self,
        tx: &mut TenantTx,
        request: &OpeningRequest,
    ) -> Result<Outcome, TurnError> {
        self.release(tx, request.release).await?;
        let offers = self.openings(tx, request, request.times).await?;
        if !offers.is_empty() {
            return Ok(Outcome::Openings { offers, widened: false });
        }
        // Nothing fits. The nearest to what was asked is worth more than a "no".
        let zone = &self.known.tenant.zone;
        let time = request.near.or(request.times.map(|(from, _)| from)).unwrap_or(Time::midnight());
        let Ok(near) = request.days.0.to_datetime(time).to_zoned(zone.clone()) else {
            return Ok(Outcome::Openings { offers: Vec::new(), widened: true });
        };
        let wanted = Wanted {
            service: request.service,
            resource: request.staff,
            starts_at: near.timestamp().max(self.now()),
            moving: request.replaces,
            rules: self.known.rules,
        };
        let nearest = nearest_alternatives(tx, &wanted, 4 * request.limit, self.now()).await?;
        let offers = nearest
            .into_iter()
            .map(|opening| self.offer(&opening))
            .filter(|offer| !request.excluded_starts.contains(&offer.starts_at))
            .filter(|offer| !request.excluded_staff.contains(&offer.staff))
            .filter(|offer| !request.excluded_days.contains(&offer.starts_at.date()))
            .take(request.limit)
            .collect();
        Ok(Outcome::Openings { offers, widened: true })
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
            resources: request.staff.map(|staff| vec![staff]),
            excluded_resources: request.excluded_staff.clone(),
            excluded_days: request.excluded_days.clone(),
            // The customer's "until 6" includes 6 itself.
            time_of_day: times.map(|(from, until)| TimeOfDay {
                from,
                until: until.saturating_add(SignedDuration::from_secs(1)),
            }),
            moving: request.replaces,
            limit: 500,
            rules: self.known.rules,
            ..OpeningQuery::new(request.service, window)
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
        Ok(spread(offers, request.limit))
    }

    async fn hold(&self, tx: &mut TenantTx, request: &HoldRequest) -> Result<Outcome, TurnError> {
        self.release(tx, request.release).await?;
        let hold = PlaceHold {
            service: request.service,
            resource: self.somebody(tx, request).await?,
            starts_at: request.starts_at.timestamp(),
            customer: booking::Customer {
                contact: Some(self.message.contact),
                name: request.customer_name.clone(),
                phone: self.message.phone.clone(),
            },
            ttl: SignedDuration::from_mins(i64::from(self.known.tenant.rules.hold_minutes)),
            replaces: request.replaces,
            by: Party::Customer,
            rules: self.known.rules,
        };
        match place_hold(tx, &hold, &self.cx.ids, &*self.cx.clock).await {
            Ok(appointment) => {
                let expires_at = self.now() + hold.ttl;
                Ok(Outcome::Held {
                    appointment: self.fact(&appointment),
                    expires_at: expires_at.to_zoned(self.known.tenant.zone.clone()),
                })
            }
            Err(error) => {
                let wanted = Wanted {
                    service: request.service,
                    resource: request.staff,
                    starts_at: request.starts_at.timestamp().max(self.now()),
                    moving: request.replaces,
                    rules: self.known.rules,
                };
                self.refused(tx, error, Some(wanted)).await
            }
        }
    }

    /// With whom to hold: the one who was named, or, when some were ruled out, the first other one
    /// who is free then. `None` leaves the choice to the engine.
    async fn somebody(
        &self,
        tx: &mut TenantTx,
        request: &HoldRequest,
    ) -> Result<Option<ResourceId>, TurnError> {
        if request.staff.is_some() || request.excluded_staff.is_empty() {
            return Ok(request.staff);
        }
        let query = OpeningQuery {
            excluded_resources: request.excluded_staff.clone(),
            moving: request.replaces,
            limit: 1,
            rules: self.known.rules,
            ..OpeningQuery::new(request.service, instant(request.starts_at.timestamp())?)
        };
        let found = find_openings(tx, &query, self.now()).await?;
        Ok(found.first().map(|opening| opening.resource))
    }

    async fn confirm(&self, tx: &mut TenantTx, hold: AppointmentId) -> Result<Outcome, TurnError> {
        let held = booking::get(tx, hold).await?;
        let wanted = held.as_ref().map(|held| Wanted {
            service: held.service,
            resource: Some(held.resource),
            starts_at: held.during.start().max(self.now()),
            moving: held.replaces,
            rules: self.known.rules,
        });
        let request = Confirm { appointment: hold, by: Party::Customer, expected_price: None };
        match confirm(tx, &request, self.now()).await {
            Ok(appointment) => {
                let moved = held.is_some_and(|held| held.replaces.is_some());
                let appointment = self.fact(&appointment);
                Ok(if moved {
                    Outcome::Rescheduled { appointment }
                } else {
                    Outcome::Confirmed { appointment }
                })
            }
            Err(error) => self.refused(tx, error, wanted).await,
        }
    }

    async fn cancel(
        &self,
        tx: &mut TenantTx,
        appointment: AppointmentId,
    ) -> Result<Outcome, TurnError> {
        // Only an appointment of the person who is writing.
        let own = upcoming_for_contact(tx, self.message.contact, self.now()).await?;
        if !own.iter().any(|own| own.id == appointment) {
            return Ok(gone());
        }
        match booking::cancel(tx, appointment, Party::Customer, self.now()).await {
            Ok(appointment) => Ok(Outcome::Cancelled { appointment: self.fact(&appointment) }),
            Err(BookingError::InvalidTransition(_) | BookingError::UnknownAppointment(_)) => {
                Ok(gone())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Turns a refusal of the engine into an outcome with something better to offer; passes real
    /// failures on.
    async fn refused(
        &self,
        tx: &mut TenantTx,
        error: BookingError,
        wanted: Option<Wanted>,
    ) -> Result<Outcome, TurnError> {
        let reason = match &error {
            BookingError::Taken { .. } => FailureReason::Taken,
            BookingError::HoldExpired { .. } => FailureReason::HoldExpired,
            BookingError::NotAnOpening { reason } => match reason {
                NoOpening::TooSoon => FailureReason::TooSoon,
                NoOpening::TooFar => FailureReason::TooFar,
                NoOpening::OutsideHours | NoOpening::OffStep => FailureReason::Closed,
                NoOpening::NotOffered | NoOpening::ServiceInactive => FailureReason::NotOffered,
            },
            BookingError::InvalidTransition(_) | BookingError::UnknownAppointment(_) => {
                return Ok(gone());
            }
            _ => return Err(error.into()),
        };
        let alternatives = match wanted {
            Some(wanted) => self.alternatives(tx, &wanted, reason).await?,
            None => Vec::new(),
        };
        Ok(Outcome::Unavailable { reason, alternatives })
    }

    /// Real openings near the wish. After a hold that ran out the wish itself comes first, if
    /// nobody has taken it since.
    async fn alternatives(
        &self,
        tx: &mut TenantTx,
        wanted: &Wanted,
        reason: FailureReason,
    ) -> Result<Vec<Offer>, TurnError> {
        let mut openings = Vec::with_capacity(ALTERNATIVES + 1);
        if reason == FailureReason::HoldExpired {
            let query = OpeningQuery {
                resources: wanted.resource.map(|resource| vec![resource]),
                moving: wanted.moving,
                limit: 1,
                rules: wanted.rules,
                ..OpeningQuery::new(wanted.service, instant(wanted.starts_at)?)
            };
            openings = find_openings(tx, &query, self.now()).await?;
        }
        openings.extend(nearest_alternatives(tx, wanted, ALTERNATIVES, self.now()).await?);
        openings.truncate(ALTERNATIVES);
        Ok(openings.iter().map(|opening| self.offer(opening)).collect())
    }

    fn offer(&self, opening: &booking::Opening) -> Offer {
        Offer {
            service: opening.service,
            staff: opening.resource,
            starts_at: opening.starts_at.with_time_zone(self.known.tenant.zone.clone()),
        }
    }

    fn fact(&self, appointment: &Appointment) -> AppointmentFact {
        super::retrieve::fact(appointment)
    }
}

/// The window that holds one start.
fn instant(start: Timestamp) -> Result<TimeRange, BookingError> {
    TimeRange::new(start, start + SignedDuration::from_secs(1))
        .map_err(|_| BookingError::Corrupt { what: "requested start" })
}

fn gone() -> Outcome {
    Outcome::Unavailable { reason: FailureReason::Gone, alternatives: Vec::new() }
}

/// Picks `n` starts that are worth choosing between: an early one, then each at least an hour and a
/// half after the one before, filled up with what is left.
fn spread(offers: Vec<Offer>, n: usize) -> Vec<Offer> {
    let mut kept: Vec<Offer> = Vec::with_capacity(n);
    let mut rest: Vec<Offer> = Vec::new();
    for offer in offers {
        let apart =
            kept.last().is_none_or(|last: &Offer| far_enough(&last.starts_at, &offer.starts_at));
        if apart && kept.len() < n { kept.push(offer) } else { rest.push(offer) }
    }
    let missing = n.saturating_sub(kept.len());
    kept.extend(rest.into_iter().take(missing));
    kept.sort_by_key(|offer| offer.starts_at.timestamp());
    kept
}

fn far_enough(before: &Zoned, after: &Zoned) -> bool {
    after.duration_since(before) >= SignedDuration::from_mins(90)
}
