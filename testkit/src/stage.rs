//! Where a conversation is held: a fresh business, a clock that stands still, seeded ids, and the
//! workers of the service.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::{bail, ensure};
use booking::{Appointment, AppointmentFilter, Opening, OpeningQuery};
use channels::{InboundKind, InboundMessage, inbox};
use dialog::DialogState;
use jiff::Timestamp;
use kernel::{Clock as _, Ids, MockClock};
use pipeline::{EventWorker, TurnContext, TurnWorker, Understanding};
use platform::Db;
use serde_json::json;
use tenancy::BookingRules;

use crate::{
    builders::{self, Business},
    shop::Shop,
};

/// A business, open, with customers who write to it one after the other.
pub struct Stage {
    pub(crate) db: Db,
    /// Stands still until moved.
    pub clock: MockClock,
    pub(crate) ids: Arc<Ids>,
    worker: TurnWorker,
    events: EventWorker,
    /// Who it is.
    pub business: Business,
    said: AtomicU32,
}

impl Stage {
    /// Opens a business in `db`. Those of different seeds can share a database, one at a time.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn open(
        shop: &Shop,
        db: Db,
        understanding: Understanding,
        now: Timestamp,
        seed: u64,
    ) -> anyhow::Result<Self> {
        let clock = MockClock::at(now);
        let ids = Arc::new(Ids::seeded(seed));
        let business = builders::open(shop, &db, &ids, &clock).await?;
        let cx = TurnContext {
            db: db.clone(),
            clock: Arc::new(clock.clone()),
            ids: Arc::clone(&ids),
            understanding,
        };
        let events = EventWorker::new(cx.clone());
        let worker = TurnWorker::new(cx, 1);
        Ok(Self { db, clock, ids, worker, events, business, said: AtomicU32::new(0) })
    }

    /// A customer writes; returns the reply, or `None` for silence.
    ///
    /// # Errors
    ///
    /// When the message was not taken, or its turn failed.
    pub async fn say(&self, from: &str, text: &str) -> anyhow::Result<Option<String>> {
        let now = self.clock.now();
        let n = self.said.fetch_add(1, Ordering::Relaxed);
        let message = InboundMessage {
            provider_message_id: format!("line-{n}"),
            address: from.to_owned(),
            alias: None,
            phone: None,
            name: None,
            kind: InboundKind::Text,
            body: text.to_owned(),
            provider_at: now,
            payload: json!({}),
        };
        let mut tx = self.db.tenant(self.business.tenant).await?;
        inbox::store(&mut tx, &self.business.account, &message, &self.ids, &self.clock).await?;
        tx.commit().await?;
        ensure!(self.worker.run_once().await? == 1, "the message was not taken");
        let mut tx = self.db.tenant(self.business.tenant).await?;
        let status: Option<String> = sqlx::query_scalar(
            "SELECT last_error FROM inbound_messages WHERE provider_message_id = $1",
        )
        .bind(&message.provider_message_id)
        .fetch_one(tx.conn())
        .await?;
        if let Some(error) = status {
            bail!("the turn failed: {error}");
        }
        let reply: Option<String> = sqlx::query_scalar(
            "SELECT o.body FROM outbound_messages o
             JOIN inbound_messages i ON i.tenant_id = o.tenant_id AND i.message_id = o.in_reply_to
             WHERE i.provider_message_id = $1",
        )
        .bind(&message.provider_message_id)
        .fetch_optional(tx.conn())
        .await?;
        Ok(reply)
    }

    /// What the conversation with `from` remembers, and whether a person has taken it over.
    ///
    /// # Errors
    ///
    /// When they never wrote.
    pub async fn conversation(&self, from: &str) -> anyhow::Result<(DialogState, bool)> {
        let mut tx = self.db.tenant(self.business.tenant).await?;
        let (state, assistant): (Option<serde_json::Value>, String) = sqlx::query_as(
            "SELECT dialog_state, assistant FROM conversations
             JOIN contacts USING (tenant_id, contact_id) WHERE address = $1",
        )
        .bind(from)
        .fetch_one(tx.conn())
        .await?;
        let state = state.map(serde_json::from_value).transpose()?.unwrap_or_default();
        Ok((state, assistant == "handed_over"))
    }

    /// Lets whoever reacts to events react, two at once; returns what was said because of them.
    pub(crate) async fn react(&self) -> anyhow::Result<Vec<String>> {
        let notices = "SELECT address, body FROM outbound_messages
             JOIN conversations USING (tenant_id, conversation_id)
             JOIN contacts USING (tenant_id, contact_id)
             WHERE cause IS NOT NULL ORDER BY outbound_messages.created_at, seq, outbound_id";
        let read = async || -> anyhow::Result<Vec<(String, String)>> {
            let mut tx = self.db.tenant(self.business.tenant).await?;
            Ok(sqlx::query_as(notices).fetch_all(tx.conn()).await?)
        };
        let before = read().await?.len();
        while {
            let (one, other) = futures::join!(self.events.run_once(), self.events.run_once());
            one? + other? > 0
        } {}
        let told = read().await?.split_off(before);
        let mut told: Vec<_> =
            told.into_iter().map(|(who, text)| format!("{who}: {text}")).collect();
        told.sort_unstable(); // within one instant there is no order between conversations
        Ok(told)
    }

    /// What the engine has on offer, by the rules of the business.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn openings(&self, query: &OpeningQuery) -> anyhow::Result<Vec<Opening>> {
        let mut tx = self.db.tenant(self.business.tenant).await?;
        let rules = pipeline::booking_rules(&BookingRules::default())?;
        let query = OpeningQuery { rules, ..query.clone() };
        Ok(booking::find_openings(&mut tx, &query, self.clock.now()).await?)
    }

    /// Every appointment, in whatever state.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn appointments(&self) -> anyhow::Result<Vec<Appointment>> {
        let mut tx = self.db.tenant(self.business.tenant).await?;
        Ok(booking::list(&mut tx, &AppointmentFilter::default(), None, 100).await?.appointments)
    }

    /// Every appointment, by reference, as a line.
    pub(crate) async fn book(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let line = |appointment: &Appointment| {
            let line = format!(
                "{} {} with {} at {}",
                appointment.state.name(),
                self.business.service_name(appointment.service()),
                self.business.staff_name(appointment.resource()),
                appointment.starts_at().strftime("%Y-%m-%dT%H:%M"),
            );
            (appointment.reference.to_string(), line)
        };
        Ok(self.appointments().await?.iter().map(line).collect())
    }
}
