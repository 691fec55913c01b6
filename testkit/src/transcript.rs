//! A conversation as a file: what the customer types, what must come back, and what it must do to
//! the appointments.
//!
//! ```toml
//! # The customer thinks for longer than the hold lasts.
//! now = "2026-03-02T09:00:00Z"
//!
//! [[turn]]
//! in = "haircut tomorrow at 5 with Ana"
//! does = ["held Haircut with Ana at 2026-03-03T17:00"]
//! says = ["Tuesday", "5:00", "Ana", "25"]
//!
//! [[turn]]
//! wait = "11m"
//! in = "yes please"
//! does = []
//!
//! [[turn]]
//! desk = "cancel Haircut with Ana at 2026-03-03T17:00"
//! tells = ["customer: cancel your appointment"]
//! ```
//!
//! After every line, whoever reacts to events has reacted.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context as _, bail, ensure};
use booking::AppointmentFilter;
use channels::{InboundKind, InboundMessage, inbox};
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock as _, Ids, MockClock};
use pipeline::{EventWorker, TurnContext, TurnWorker, Understanding};
use platform::Db;
use serde::Deserialize;
use serde_json::json;

use crate::builders::{self, Salon};

/// A conversation to be held.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// When it begins.
    now: Timestamp,
    /// What is said, in order.
    turn: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// How long the customer waits before typing.
    #[serde(default)]
    wait: Option<SignedDuration>,
    /// Who types; one customer unless said otherwise.
    #[serde(default = "the_customer")]
    from: String,
    /// What they type.
    #[serde(default, rename = "in")]
    text: Option<String>,
    /// What happens at the desk instead; see [`Stage::desk`].
    #[serde(default)]
    desk: Option<String>,
    /// Who is told what without having asked: `<who>: <words>`, one for each message, and no more;
    /// by name.
    #[serde(default)]
    tells: Vec<String>,
    /// What happens to the appointments: `<state> <service> with <staff> at <local time>`, one
    /// for each that is new or has changed. Nothing is checked without this line.
    #[serde(default)]
    does: Option<Vec<String>>,
    /// What the reply must contain.
    #[serde(default)]
    says: Vec<String>,
    /// What the reply must not contain.
    #[serde(default)]
    never_says: Vec<String>,
    /// No reply at all.
    #[serde(default)]
    silent: bool,
}

fn the_customer() -> String {
    "customer".to_owned()
}

/// Where a transcript is played: a fresh salon, a clock that stands still, seeded ids.
pub struct Stage {
    pub(crate) db: Db,
    pub(crate) clock: MockClock,
    pub(crate) ids: Arc<Ids>,
    worker: TurnWorker,
    events: EventWorker,
    pub(crate) salon: Salon,
}

impl Stage {
    /// Opens a salon in `db`. Salons of different seeds can share a database.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn open(
        db: Db,
        understanding: Understanding,
        now: Timestamp,
        seed: u64,
    ) -> anyhow::Result<Self> {
        let clock = MockClock::at(now);
        let ids = Arc::new(Ids::seeded(seed));
        let salon = builders::salon(&db, &ids, &clock).await?;
        let cx = TurnContext {
            db: db.clone(),
            clock: Arc::new(clock.clone()),
            ids: Arc::clone(&ids),
            understanding,
        };
        let events = EventWorker::new(cx.clone());
        Ok(Self { db, clock, ids, worker: TurnWorker::new(cx, 1), events, salon })
    }

    /// Says or does a line; returns the reply.
    async fn play(&self, n: usize, line: &Line) -> anyhow::Result<Option<String>> {
        match (&line.text, &line.desk) {
            (Some(text), None) => self.say(n, line, text).await,
            (None, Some(desk)) => self.desk(desk).await.map(|()| None),
            _ => bail!("a turn is either said or done at the desk"),
        }
    }

    /// Lets whoever reacts to events react, two at once; returns what was said because of them.
    async fn react(&self) -> anyhow::Result<Vec<String>> {
        let notices = "SELECT address, body FROM outbound_messages
             JOIN conversations USING (tenant_id, conversation_id)
             JOIN contacts USING (tenant_id, contact_id)
             WHERE cause IS NOT NULL ORDER BY outbound_messages.created_at, seq, outbound_id";
        let read = async || -> anyhow::Result<Vec<(String, String)>> {
            let mut tx = self.db.tenant(self.salon.tenant).await?;
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

    async fn say(&self, n: usize, line: &Line, text: &str) -> anyhow::Result<Option<String>> {
        let now = self.clock.now();
        let message = InboundMessage {
            provider_message_id: format!("line-{n}"),
            address: line.from.clone(),
            alias: None,
            phone: None,
            name: None,
            kind: InboundKind::Text,
            body: text.to_owned(),
            provider_at: now,
            payload: json!({}),
        };
        let mut tx = self.db.tenant(self.salon.tenant).await?;
        inbox::store(&mut tx, &self.salon.account, &message, &self.ids, &self.clock).await?;
        tx.commit().await?;
        ensure!(self.worker.run_once().await? == 1, "the message was not taken");
        let mut tx = self.db.tenant(self.salon.tenant).await?;
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

    /// Every appointment, by reference, as a line.
    async fn book(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let mut tx = self.db.tenant(self.salon.tenant).await?;
        let page = booking::list(&mut tx, &AppointmentFilter::default(), None, 100).await?;
        Ok(page
            .appointments
            .iter()
            .map(|appointment| {
                let line = format!(
                    "{} {} with {} at {}",
                    appointment.state.name(),
                    self.salon.service_name(appointment.service()),
                    self.salon.staff_name(appointment.resource()),
                    appointment.starts_at().strftime("%Y-%m-%dT%H:%M"),
                );
                (appointment.reference.to_string(), line)
            })
            .collect())
    }
}

impl Transcript {
    /// Reads a transcript file.
    ///
    /// # Errors
    ///
    /// Names the line that is not of the form above.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        Ok(toml::from_str(text)?)
    }

    /// Holds the conversation in a salon of its own and checks every line. Returns it as text, for
    /// reading.
    ///
    /// # Errors
    ///
    /// The first line that did not go as written, with everything said so far.
    pub async fn run(
        &self,
        db: Db,
        understanding: Understanding,
        seed: u64,
    ) -> anyhow::Result<String> {
        let stage = Stage::open(db, understanding, self.now, seed).await?;
        let mut log = String::new();
        for (n, line) in self.turn.iter().enumerate() {
            stage.clock.advance(line.wait.unwrap_or(SignedDuration::from_secs(5)));
            let before = stage.book().await?;
            let done = line.text.as_deref().or(line.desk.as_deref()).unwrap_or_default();
            let reply = stage.play(n, line).await.with_context(|| format!("{log}> {done}"))?;
            let told = stage.react().await?;
            let after = stage.book().await?;
            let does: Vec<String> = after
                .iter()
                .filter(|(reference, line)| before.get(*reference) != Some(line))
                .map(|(_, line)| line.clone())
                .collect();
            log.push_str(&match &line.desk {
                Some(desk) => format!("# {desk}\n"),
                None => format!("> {done}\n"),
            });
            for effect in &does {
                log.push_str(&format!("  [{effect}]\n"));
            }
            if line.desk.is_none() {
                log.push_str(&format!("{}\n", reply.as_deref().unwrap_or("(silence)")));
            }
            for notice in &told {
                log.push_str(&format!("  -> {notice}\n"));
            }
            line.check(reply.as_deref(), does, &told).with_context(|| log.clone())?;
        }
        Ok(log)
    }
}

impl Line {
    fn check(
        &self,
        reply: Option<&str>,
        mut does: Vec<String>,
        told: &[String],
    ) -> anyhow::Result<()> {
        ensure!(told.len() == self.tells.len(), "expected {:?}, told {told:?}", self.tells);
        for (expected, told) in self.tells.iter().zip(told) {
            let (who, words) = expected.split_once(": ").unwrap_or((expected, ""));
            let is_told = told.starts_with(&format!("{who}: ")) && told.contains(words);
            ensure!(is_told, "expected `{expected}`, told `{told}`");
        }
        if let Some(expected) = &self.does {
            let mut expected = expected.clone();
            expected.sort();
            does.sort();
            ensure!(*expected == does, "expected effects {expected:?}, got {does:?}");
        }
        if self.desk.is_some() {
            return Ok(());
        }
        if self.silent {
            ensure!(reply.is_none(), "expected silence");
            return Ok(());
        }
        let reply = reply.context("expected a reply, got silence")?;
        for needle in &self.says {
            ensure!(reply.contains(needle), "the reply does not say `{needle}`");
        }
        for needle in &self.never_says {
            ensure!(!reply.contains(needle), "the reply says `{needle}`");
        }
        Ok(())
    }
}
