//! What happened to appointments, on its way to whoever it concerns: time that came free to those
//! who wait for it, and the business's changes to the customer.
//!
//! An event is worked off in as many transactions as it takes: each offer is one, with the hold, the
//! entry and the message; the last one tells the customer and marks the event. Killed in between,
//! the event is taken again and goes on, because an entry that was offered something no longer
//! waits; and what an event says is said once, because the outbox knows what caused it.

use booking::{
    Answer, Appointment, AppointmentEvent, AppointmentState, BookingError, Freed, Happened, Party,
    answer_offer, mark_published, next_event, next_in_turn, offer_freed, tenants_with_events,
    was_requested,
};
use channels::{
    inbox::{self, Assistant, Contact, Conversation},
    outbox::{self, NewNotice},
};
use dialog::{DialogAct, News, render};
use kernel::TenantId;
use platform::TenantTx;

use crate::{
    TurnContext, TurnError, booking_rules,
    stages::retrieve::{Known, Who, fact, retrieve},
};

/// How much of one tenant is worked off before the next has its turn.
const ROUND: usize = 100;

/// Reacts to events.
#[derive(Clone)]
pub struct EventWorker {
    cx: TurnContext,
}

/// How a step at a tenant's events ended.
enum Step {
    /// There is nothing to do, or somebody else is at it.
    Idle,
    /// One thing was done.
    Moved,
}

impl EventWorker {
    /// A worker.
    #[must_use]
    pub const fn new(cx: TurnContext) -> Self {
        Self { cx }
    }

    /// Works off events, one tenant at a time; says how many steps that took. 0 means that it is
    /// time to sleep.
    ///
    /// # Errors
    ///
    /// [`TurnError::Database`] when events cannot be looked for at all.
    pub async fn run_once(&self) -> Result<usize, TurnError> {
        let tenants = tenants_with_events(&mut self.cx.db.router().await?).await?;
        let mut n_steps = 0;
        for tenant in tenants {
            for _ in 0..ROUND {
                match self.step(tenant).await {
                    Ok(Step::Moved) => n_steps += 1,
                    Ok(Step::Idle) => break,
                    Err(error) => {
                        tracing::error!(
                            tenant.id = %tenant, error = &error as &dyn std::error::Error,
                            "could not react to an event"
                        );
                        metrics::counter!("booka_events_total", "outcome" => "failed").increment(1);
                        break;
                    }
                }
            }
        }
        Ok(n_steps)
    }

    async fn step(&self, tenant: TenantId) -> Result<Step, TurnError> {
        let now = self.cx.clock.now();
        let mut tx = self.cx.db.tenant(tenant).await?;
        let Some(event) = next_event(&mut tx, now).await? else {
            tx.commit().await?;
            return Ok(Step::Idle);
        };
        match self.react(&mut tx, &event).await {
            Ok(()) => {
                tx.commit().await?;
                Ok(Step::Moved)
            }
            Err(error) if is_passing(&error) => Err(error),
            // It will fail the same way for ever, and those behind it wait.
            Err(error) => {
                tx.rollback().await?;
                tracing::error!(
                    tenant.id = %tenant, appointment.id = %event.appointment,
                    error = &error as &dyn std::error::Error, "event set aside"
                );
                metrics::counter!("booka_events_total", "outcome" => "dead").increment(1);
                let mut tx = self.cx.db.tenant(tenant).await?;
                mark_published(&mut tx, &event, now).await?;
                tx.commit().await?;
                Ok(Step::Moved)
            }
        }
    }

    /// Does the next thing about an event; marks it when that was the last.
    async fn react(&self, tx: &mut TenantTx, event: &AppointmentEvent) -> Result<(), TurnError> {
        let now = self.cx.clock.now();
        let found = booking::get(tx, event.appointment).await?;
        let unknown = BookingError::UnknownAppointment(event.appointment);
        let appointment = found.ok_or(unknown)?;
        let answer = match event.happened {
            Happened::Confirmed => Some(Answer::Yes),
            Happened::Cancelled | Happened::Declined | Happened::Released | Happened::Expired => {
                Some(Answer::None)
            }
            Happened::Approved | Happened::Moved | Happened::Swapped => None,
        };
        // On its own, because entries are locked last: the conversations come before them.
        if let Some(answer) = answer
            && answer_offer(tx, appointment.id, answer, now).await?
        {
            return Ok(());
        }
        if let Some(freed) = event.freed(&appointment)
            && self.offer(tx, event, &freed).await?
        {
            return Ok(()); // there may be room for another; one hold a transaction
        }
        if let Some(news) = self.news(tx, event, &appointment).await? {
            let act = DialogAct::News { news, appointment: fact(&appointment) };
            self.tell(tx, event, &appointment, act).await?;
        }
        mark_published(tx, event, now).await?;
        metrics::counter!("booka_events_total", "outcome" => "done").increment(1);
        Ok(())
    }

    /// Offers what was freed to the first in turn whom it suits; says whether there was one.
    async fn offer(
        &self,
        tx: &mut TenantTx,
        event: &AppointmentEvent,
        freed: &Freed,
    ) -> Result<bool, TurnError> {
        let tenant = tenancy::load_tenant(tx).await?.ok_or(TurnError::NoTenant)?;
        let rules = booking_rules(&tenant.rules)?;
        let mut after = None;
        while let Some(entry) = next_in_turn(tx, after).await? {
            after = Some(entry.place());
            let Some(talk) = inbox::lock_conversation_with(tx, entry.contact).await? else {
                continue;
            };
            // Somebody whom we may not write to, or whom a person is talking to, could not answer.
            if talk.0.assistant != Assistant::Active {
                continue;
            }
            let cx = &self.cx;
            let offer = offer_freed(tx, entry.id, freed, rules, &cx.ids, &*cx.clock).await?;
            let Some(hold) = offer else { continue };
            let known = self.known(tx, &talk.1).await?;
            let until = hold.state.expiry().unwrap_or(cx.clock.now());
            let act = DialogAct::Freed {
                appointment: fact(&hold),
                until: until.to_zoned(known.tenant.zone.clone()),
            };
            let cause = format!("{} offers {}", event.cause(), hold.id);
            self.write(tx, &known, &talk, act, cause).await?;
            metrics::counter!("booka_waitlist_offers_total").increment(1);
            return Ok(true);
        }
        Ok(false)
    }

    /// What there is to tell the customer: what the business did, not what they did themselves; and
    /// only how things stand, so not what has changed again since.
    async fn news(
        &self,
        tx: &mut TenantTx,
        event: &AppointmentEvent,
        appointment: &Appointment,
    ) -> Result<Option<News>, TurnError> {
        let is_theirs = event.by == Some(Party::Business)
            && appointment.customer.contact.is_some()
            && appointment.replaces.is_none();
        let is_over = appointment.during.end() <= self.cx.clock.now();
        if !is_theirs || is_over || appointment.version != event.version {
            return Ok(None);
        }
        Ok(match event.happened {
            Happened::Confirmed if was_requested(tx, event).await? => Some(News::Confirmed),
            Happened::Approved => Some(News::Approved),
            Happened::Declined => Some(News::Declined),
            Happened::Cancelled => Some(News::Cancelled),
            Happened::Moved | Happened::Swapped
                if matches!(
                    appointment.state,
                    AppointmentState::Confirmed | AppointmentState::Pending { .. }
                ) =>
            {
                Some(News::Moved)
            }
            _ => None,
        })
    }

    /// Tells the customer of an appointment, unless they asked not to be written to.
    async fn tell(
        &self,
        tx: &mut TenantTx,
        event: &AppointmentEvent,
        appointment: &Appointment,
        act: DialogAct,
    ) -> Result<(), TurnError> {
        let Some(contact) = appointment.customer.contact else { return Ok(()) };
        let Some(talk) = inbox::lock_conversation_with(tx, contact).await? else {
            return Ok(());
        };
        if talk.0.assistant == Assistant::OptedOut {
            return Ok(());
        }
        let known = self.known(tx, &talk.1).await?;
        self.write(tx, &known, &talk, act, event.cause()).await
    }

    async fn known(&self, tx: &mut TenantTx, contact: &Contact) -> Result<Known, TurnError> {
        let who =
            Who { contact: contact.id, name: contact.name.clone(), phone: contact.phone.clone() };
        retrieve(&self.cx, tx, &who).await
    }

    async fn write(
        &self,
        tx: &mut TenantTx,
        known: &Known,
        (conversation, contact): &(Conversation, Contact),
        act: DialogAct,
        cause: String,
    ) -> Result<(), TurnError> {
        let locale = conversation.locale.unwrap_or(known.tenant.locale);
        let notice = NewNotice {
            conversation: conversation.id,
            account: conversation.account_id,
            recipient: contact.recipient().to_owned(),
            cause,
            body: render(&[act], &known.facts, locale),
        };
        outbox::enqueue_notice(tx, &notice, &self.cx.ids, &*self.cx.clock).await?;
        Ok(())
    }
}

/// Whether the world failed rather than the event.
fn is_passing(error: &TurnError) -> bool {
    matches!(
        error,
        TurnError::Database(_)
            | TurnError::Tenancy(_)
            | TurnError::Booking(BookingError::Database(_))
            | TurnError::Outbox(outbox::OutboxError::Database(_))
    )
}
