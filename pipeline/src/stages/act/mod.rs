//! The only stage that changes a booking: asks the engine for what the policy decided, and says
//! what came of it. A lost race is an outcome here, not an error.

mod offers;
mod wait;
mod why;

use booking::{
    Answer, Appointment, BookingError, Confirm, Item, NoOpening, Party, PlaceHold, Standing, Visit,
    Wanted, answer_offer, confirm, place_hold, release, upcoming_for_contact,
};
use dialog::{Action, AppointmentFact, FailureReason, HoldRequest, Outcome, Refusal};
use jiff::{SignedDuration, Timestamp};
use kernel::{AppointmentId, ResourceId, ServiceId};
use platform::TenantTx;

use super::{receive::Message, retrieve::Known};
use crate::{TurnContext, TurnError};

/// Does what the policy decided.
pub(crate) async fn act(
    cx: &TurnContext,
    tx: &mut TenantTx,
    message: &Message,
    known: &Known,
    action: &Action,
) -> Result<Outcome, TurnError> {
    let scene = Scene { cx, message, known };
    let outcome = scene.act(tx, action).await?;
    if known.facts.offer.as_ref().is_some_and(|offer| offer.lapsed) {
        // They are there again, so they wait again.
        booking::to_waiting(tx, message.contact, scene.now()).await?;
    }
    Ok(outcome)
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

    async fn act(&self, tx: &mut TenantTx, action: &Action) -> Result<Outcome, TurnError> {
        match action {
            Action::Say { .. } | Action::Silence => Ok(Outcome::Done),
            Action::JoinWaitlist(wish) => self.wait(tx, wish).await,
            Action::LeaveWaitlist => self.stop_waiting(tx).await,
            Action::DeclineOffer { hold } => self.decline(tx, *hold).await,
            Action::FindOpenings(request) => self.find(tx, request).await,
            Action::PlaceHold(request) => self.hold(tx, request).await,
            Action::Confirm { hold } => self.confirm(tx, *hold).await,
            Action::Cancel { appointment } => self.cancel(tx, *appointment).await,
            Action::Release { hold, .. } => self.release(tx, Some(*hold)).await,
            Action::HandOver { release, .. } | Action::OptOut { release, .. } => {
                self.release(tx, *release).await
            }
        }
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

    async fn hold(&self, tx: &mut TenantTx, request: &HoldRequest) -> Result<Outcome, TurnError> {
        self.release(tx, request.release).await?;
        let hold = PlaceHold {
            visit: visit(
                request.service,
                request.party_size,
                request.staff,
                &request.excluded_staff,
            ),
            starts_at: request.starts_at.timestamp(),
            customer: booking::Customer {
                contact: Some(self.message.contact),
                name: request.customer_name.clone().or_else(|| self.message.name.clone()),
                phone: self.message.phone.clone(),
            },
            ttl: SignedDuration::from_mins(i64::from(self.known.tenant.rules.hold_minutes)),
            replaces: request.replaces,
            series: None,
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
                    visit: hold.visit.clone(),
                    starts_at: request.starts_at.timestamp().max(self.now()),
                    moving: request.replaces,
                    rules: self.known.rules,
                };
                self.refused(tx, error, Some(wanted)).await
            }
        }
    }

    async fn confirm(&self, tx: &mut TenantTx, hold: AppointmentId) -> Result<Outcome, TurnError> {
        let held = booking::get(tx, hold).await?;
        let wanted = held.as_ref().map(|held| Wanted {
            visit: held.visit(),
            starts_at: held.during.start().max(self.now()),
            moving: held.replaces,
            rules: self.known.rules,
        });
        let request = Confirm { appointment: hold, by: Party::Customer, expected_price: None };
        match confirm(tx, &request, self.now()).await {
            Ok(appointment) => {
                answer_offer(tx, hold, Answer::Yes, self.now()).await?;
                let moved = held.is_some_and(|held| held.replaces.is_some());
                let appointment = self.fact(&appointment);
                Ok(if moved {
                    Outcome::Rescheduled { appointment }
                } else {
                    Outcome::Confirmed { appointment }
                })
            }
            Err(error) => match self.late(tx, hold, &error).await? {
                Some(outcome) => Ok(outcome),
                None => self.refused(tx, error, wanted).await,
            },
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
            Err(
                BookingError::InvalidTransition(_)
                | BookingError::UnknownAppointment(_)
                | BookingError::HoldExpired { .. },
            ) => Ok(gone()),
            Err(error) => match self.refusal(&error) {
                Some(refusal) => Ok(Outcome::Refused { refusal }),
                None => Err(error.into()),
            },
        }
    }

    /// What the business does not let its customers do by themselves.
    fn refusal(&self, error: &BookingError) -> Option<Refusal> {
        Some(match error {
            BookingError::MayNotBook { standing } => match standing {
                Standing::Blocked | Standing::MissedTooOften => Refusal::PersonNeeded,
                Standing::DayFull { limit } => Refusal::DayFull(*limit),
                Standing::WeekFull { limit } => Refusal::WeekFull(*limit),
            },
            BookingError::TooLate { deadline } => {
                Refusal::TooLate(deadline.to_zoned(self.known.tenant.zone.clone()))
            }
            _ => return None,
        })
    }

    /// Turns a refusal of the engine into an outcome with something better to offer; passes real
    /// failures on.
    async fn refused(
        &self,
        tx: &mut TenantTx,
        error: BookingError,
        wanted: Option<Wanted>,
    ) -> Result<Outcome, TurnError> {
        if let Some(refusal) = self.refusal(&error) {
            return Ok(Outcome::Refused { refusal });
        }
        let mut explanation = None;
        if let (BookingError::NotAnOpening { why, .. }, Some(wanted)) = (&error, &wanted) {
            explanation = self.explained(tx, wanted, why).await?;
        }
        let reason = match &error {
            BookingError::Taken { .. } => FailureReason::Taken,
            BookingError::HoldExpired { .. } => FailureReason::HoldExpired,
            BookingError::NotAnOpening { reason, .. } => match reason {
                NoOpening::TooSoon => FailureReason::TooSoon,
                NoOpening::TooFar => FailureReason::TooFar,
                NoOpening::OutsideHours
                | NoOpening::OffStep
                | NoOpening::Closed
                | NoOpening::DayOff
                | NoOpening::OnBreak
                | NoOpening::NoSuchTime => FailureReason::Closed,
                NoOpening::NotOffered | NoOpening::ServiceInactive | NoOpening::TooSmall => {
                    FailureReason::NotOffered
                }
                NoOpening::Busy
                | NoOpening::NoRoom
                | NoOpening::SessionFull
                | NoOpening::CapReached => FailureReason::Taken,
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
        Ok(Outcome::Unavailable { reason, alternatives, why: explanation })
    }

    fn fact(&self, appointment: &Appointment) -> AppointmentFact {
        super::retrieve::fact(appointment)
    }
}

/// What so many customers come for, on somebody or on anybody but some.
fn visit(
    service: ServiceId,
    party_size: u16,
    staff: Option<ResourceId>,
    except: &[ResourceId],
) -> Visit {
    let item = Item { except: except.to_vec(), ..Item::new(service).on(staff) };
    Visit { party_size, ..item.into() }
}

fn gone() -> Outcome {
    Outcome::Unavailable { reason: FailureReason::Gone, alternatives: Vec::new(), why: None }
}
