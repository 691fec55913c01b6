//! The waiting list: joining, leaving, declining an offer, and answering one too late.

use booking::{
    Answer, BookingError, EntryState, JoinWaitlist, Party, TimeOfDay, WaitWish, Wanted,
    answer_offer, join_waitlist, on_waitlist, withdraw,
};
use dialog::{FailureReason, Outcome, WaitRequest};
use jiff::{SignedDuration, civil::Time};
use kernel::AppointmentId;
use platform::TenantTx;

use super::{Scene, offers::instant};
use crate::TurnError;

/// How far from a time that was named something may be to be worth telling.
const AROUND: SignedDuration = SignedDuration::from_hours(1);

impl Scene<'_> {
    pub(super) async fn wait(
        &self,
        tx: &mut TenantTx,
        wish: &WaitRequest,
    ) -> Result<Outcome, TurnError> {
        self.release(tx, wish.release).await?;
        let (from, until) = wish.days.unzip();
        let request = JoinWaitlist {
            contact: self.message.contact,
            name: wish.customer_name.clone().or_else(|| self.message.name.clone()),
            phone: self.message.phone.clone(),
            visit: super::visit(wish.service, wish.party_size, wish.staff, &wish.excluded_staff),
            wish: WaitWish {
                from,
                until,
                weekdays: Vec::new(),
                excluded_days: wish.excluded_days.clone(),
                times_of_day: times_of_day(wish),
            },
        };
        join_waitlist(tx, &request, &self.cx.ids, &*self.cx.clock).await?;
        Ok(Outcome::Done)
    }

    pub(super) async fn stop_waiting(&self, tx: &mut TenantTx) -> Result<Outcome, TurnError> {
        for entry in on_waitlist(tx, self.message.contact).await? {
            withdraw(tx, entry.id, Party::Customer, self.now()).await?;
        }
        Ok(Outcome::Done)
    }

    pub(super) async fn decline(
        &self,
        tx: &mut TenantTx,
        hold: AppointmentId,
    ) -> Result<Outcome, TurnError> {
        self.release(tx, Some(hold)).await?;
        answer_offer(tx, hold, Answer::No, self.now()).await?;
        Ok(Outcome::Done)
    }

    /// A yes to an offer of the waiting list that is over. `None` when the hold was no such offer,
    /// or the error is about something else.
    ///
    /// While nobody has noticed that it lapsed, it is for those who wait to have it, in order; the
    /// customer is one of them again. Once they had their chance and nobody took it, it is said to
    /// be free.
    pub(super) async fn late(
        &self,
        tx: &mut TenantTx,
        hold: AppointmentId,
        error: &BookingError,
    ) -> Result<Option<Outcome>, TurnError> {
        let is_over = matches!(
            error,
            BookingError::HoldExpired { .. }
                | BookingError::InvalidTransition(_)
                | BookingError::UnknownAppointment(_)
        );
        let waits = on_waitlist(tx, self.message.contact).await?;
        let offered = |entry: &&booking::WaitlistEntry| {
            entry.state != EntryState::Waiting && entry.offer.is_some_and(|(id, _)| id == hold)
        };
        let Some(entry) = waits.iter().find(offered).filter(|_| is_over) else {
            return Ok(None);
        };
        answer_offer(tx, hold, Answer::None, self.now()).await?;
        let mut alternatives = Vec::new();
        if let Some(held) =
            booking::get(tx, hold).await?.filter(|_| entry.state == EntryState::Lapsed)
        {
            let wanted = Wanted {
                visit: held.visit(),
                starts_at: held.during.start(),
                moving: None,
                rules: self.known.rules,
            };
            alternatives = self.by(tx, &wanted, instant(wanted.starts_at)?).await?;
        }
        let reason = match alternatives.is_empty() {
            true => FailureReason::OfferGone,
            false => FailureReason::HoldExpired,
        };
        Ok(Some(Outcome::Unavailable { reason, alternatives, why: None }))
    }
}

/// Within the window that was named, or around the time.
fn times_of_day(wish: &WaitRequest) -> Vec<TimeOfDay> {
    let window = match (wish.times, wish.near) {
        (Some(window), _) => window,
        (None, Some(near)) => (near.saturating_sub(AROUND), near.saturating_add(AROUND)),
        (None, None) => return Vec::new(),
    };
    // The customer's "until 6" includes 6 itself; the last second of a day includes nothing else.
    let until = window.1.saturating_add(SignedDuration::from_secs(1));
    if window.0 == Time::MIN && until == Time::MAX {
        return Vec::new();
    }
    vec![TimeOfDay { from: window.0, until }]
}
