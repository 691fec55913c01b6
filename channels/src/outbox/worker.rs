//! The worker that empties the outbox.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures::{StreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::{Clock, ConversationId, TenantId};
use platform::{Db, DbError, RouterTx};
use rand::{RngExt as _, rngs::StdRng};

use super::{
    attempt::{Attempt, Leases, Step},
    echo::CLOCK_SLACK,
};
use crate::{ChannelSet, FoundMessage, SendError, Sent};

/// How the outbox is worked off.
#[derive(Debug, Clone)]
pub struct OutboxConfig {
    /// The longest that a channel may take over one request; a row that has been `sending` for
    /// longer, and `settle_grace` on top, is looked for. Default 15 s.
    pub send_timeout: Duration,
    /// How long a channel gets to make up its mind before it is asked. Default 10 s.
    pub settle_grace: Duration,
    /// How long a channel is asked about a message in doubt before it is given up. Default 24 h.
    pub settle_for: Duration,
    /// After how many failed attempts a message is given up. Default 8.
    pub max_attempts: u32,
    /// The first pause between attempts; doubles each time. Default 2 s.
    pub backoff: Duration,
    /// The longest pause between attempts. Default 5 min.
    pub max_backoff: Duration,
    /// How many conversations are served at once. Default 8.
    pub parallel: usize,
    /// How many are looked up at a time. Default 100.
    pub batch: u32,
}

impl Default for OutboxConfig {
    fn default() -> Self {
        Self {
            send_timeout: Duration::from_secs(15),
            settle_grace: Duration::from_secs(10),
            settle_for: Duration::from_secs(24 * 3600),
            max_attempts: 8,
            backoff: Duration::from_secs(2),
            max_backoff: Duration::from_secs(300),
            parallel: 8,
            batch: 100,
        }
    }
}

/// Sends what is due. Any number of workers, in any number of processes, may run at once.
#[derive(Debug)]
pub struct OutboxWorker {
    config: OutboxConfig,
    rng: Mutex<StdRng>,
}

/// Lists conversations whose oldest unsent message is due: for sending, or for being looked for.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn due(
    router: &mut RouterTx,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<(TenantId, ConversationId)>, DbError> {
    let rows = sqlx::query!(
        "SELECT tenant_id, conversation_id FROM outbound_messages o
         WHERE state IN ('pending', 'sending') AND next_attempt_at <= $1
           AND NOT EXISTS (
               SELECT 1 FROM outbound_messages earlier
               WHERE earlier.tenant_id = o.tenant_id
                 AND earlier.conversation_id = o.conversation_id
                 AND earlier.seq < o.seq AND earlier.state IN ('pending', 'sending'))
         ORDER BY next_attempt_at
         LIMIT $2",
        now.to_sqlx() as _,
        i64::from(limit),
    )
    .fetch_all(router.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (TenantId::from_uuid(row.tenant_id), ConversationId::from_uuid(row.conversation_id))
        })
        .collect())
}

impl OutboxWorker {
    /// A worker whose pauses are spread with `rng`.
    #[must_use]
    pub const fn new(config: OutboxConfig, rng: StdRng) -> Self {
        Self { config, rng: Mutex::new(rng) }
    }

    /// Makes one attempt at every conversation that is due. Returns how many attempts were made;
    /// zero means that there is nothing to do for now.
    ///
    /// # Errors
    ///
    /// [`DbError`] when the list of what is due cannot be read. The failure of a single attempt is
    /// logged, and the attempt is settled later.
    pub async fn run_once(
        &self,
        db: &Db,
        channels: &ChannelSet,
        clock: &dyn Clock,
    ) -> Result<usize, DbError> {
        let heads = due(&mut db.router().await?, clock.now(), self.config.batch).await?;
        let made = stream::iter(heads)
            .map(|(tenant, conversation)| async move {
                match self.attempt(db, channels, clock, tenant, conversation).await {
                    Ok(made) => usize::from(made),
                    Err(error) => {
                        tracing::warn!(
                            tenant.id = %tenant,
                            conversation.id = %conversation,
                            error = &error as &dyn std::error::Error,
                            "outbox attempt was cut off"
                        );
                        0
                    }
                }
            })
            .buffer_unordered(self.config.parallel.max(1))
            .fold(0, |sum, made| async move { sum + made })
            .await;
        Ok(made)
    }

    /// One attempt at a conversation's oldest unsent message. False when there was none to make.
    async fn attempt(
        &self,
        db: &Db,
        channels: &ChannelSet,
        clock: &dyn Clock,
        tenant: TenantId,
        conversation: ConversationId,
    ) -> Result<bool, DbError> {
        let leases = Leases {
            send: signed(self.config.send_timeout + self.config.settle_grace),
            reconcile: signed(self.config.send_timeout + self.config.settle_grace),
        };
        let mut tx = db.tenant(tenant).await?;
        let Some(attempt) = Attempt::begin(&mut tx, conversation, clock.now(), &leases).await?
        else {
            return Ok(false);
        };
        // Before the request: if we die now, the message counts as perhaps sent.
        tx.commit().await?;
        let Some(channel) = channels.get(attempt.account.channel) else {
            let error = SendError::Unavailable {
                reason: format!("channel `{}` is not configured", attempt.account.channel),
                retry_after: None,
            };
            match attempt.step {
                Step::Send => self.settle_send(db, &attempt, Err(error), clock.now()).await?,
                Step::Reconcile => {
                    self.settle_search(db, &attempt, Err(error), clock.now()).await?;
                }
            }
            return Ok(true);
        };
        match attempt.step {
            Step::Send => {
                let result = channel.send(&attempt.account, &attempt.outgoing()).await;
                self.settle_send(db, &attempt, result, clock.now()).await?;
            }
            Step::Reconcile => {
                let since = attempt.started_at.saturating_sub(CLOCK_SLACK);
                let since = since.unwrap_or(attempt.started_at);
                let result = channel.find_sent(&attempt.account, &attempt.outgoing(), since).await;
                self.settle_search(db, &attempt, result, clock.now()).await?;
            }
        }
        Ok(true)
    }

    async fn settle_send(
        &self,
        db: &Db,
        attempt: &Attempt,
        result: Result<Sent, SendError>,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let mut tx = db.tenant(attempt.account.tenant_id).await?;
        let outcome = match result {
            Ok(sent) => {
                attempt.sent(&mut tx, &sent.provider_message_id, now).await?;
                "sent"
            }
            Err(error @ SendError::Refused { .. }) => {
                attempt.dead(&mut tx, &error.to_string()).await?;
                "dead"
            }
            Err(error @ SendError::Unknown { .. }) => {
                let at = after(now, signed(self.config.settle_grace));
                attempt.unknown(&mut tx, &error.to_string(), at).await?;
                "unknown"
            }
            Err(error @ (SendError::Unauthorized | SendError::Unavailable { .. })) => {
                if self.is_last(attempt) {
                    attempt.dead(&mut tx, &error.to_string()).await?;
                    "dead"
                } else {
                    let at = after(now, self.pause(attempt.number, &error));
                    attempt.retry(&mut tx, &error.to_string(), at).await?;
                    "retry"
                }
            }
        };
        tx.commit().await?;
        count(attempt, outcome);
        Ok(())
    }

    async fn settle_search(
        &self,
        db: &Db,
        attempt: &Attempt,
        result: Result<Vec<FoundMessage>, SendError>,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let mut tx = db.tenant(attempt.account.tenant_id).await?;
        let doubt = now.duration_since(attempt.started_at);
        let outcome = match result {
            Ok(found) => {
                let ids: Vec<_> = found.iter().map(|m| m.provider_message_id.clone()).collect();
                let taken = attempt.taken(&mut tx, &ids).await?;
                let mut ours: Vec<_> =
                    found.iter().filter(|m| !taken.contains(&m.provider_message_id)).collect();
                ours.sort_by_key(|m| m.at);
                if let Some(message) = ours.first() {
                    attempt.sent(&mut tx, &message.provider_message_id, now).await?;
                    "found"
                } else if self.is_last(attempt) {
                    attempt.dead(&mut tx, "the channel never sent it").await?;
                    "dead"
                } else {
                    attempt.retry(&mut tx, "the channel did not send it", now).await?;
                    "not_found"
                }
            }
            Err(error) if doubt >= signed(self.config.settle_for) => {
                attempt.dead(&mut tx, &format!("its fate stays unknown: {error}")).await?;
                "dead"
            }
            Err(error) => {
                // The longer it has been in doubt, the less often the channel is asked.
                let most = signed(self.config.max_backoff);
                let pause = (doubt / 2).clamp(signed(self.config.settle_grace).min(most), most);
                attempt.unknown(&mut tx, &error.to_string(), after(now, pause)).await?;
                "unknown"
            }
        };
        tx.commit().await?;
        count(attempt, outcome);
        Ok(())
    }

    fn is_last(&self, attempt: &Attempt) -> bool {
        u32::try_from(attempt.number).unwrap_or(0) >= self.config.max_attempts
    }

    /// Doubles from attempt to attempt, spread by a fifth either way, and never shorter than what
    /// the channel asked for.
    fn pause(&self, attempt: i32, error: &SendError) -> SignedDuration {
        let doublings = u32::try_from(attempt - 1).unwrap_or(0).min(20);
        let pause = self.config.backoff.saturating_mul(1 << doublings).min(self.config.max_backoff);
        let spread = self.rng.lock().unwrap_or_else(PoisonError::into_inner).random_range(0.8..1.2);
        let pause = pause.mul_f64(spread);
        let asked = match error {
            SendError::Unavailable { retry_after: Some(asked), .. } => *asked,
            _ => Duration::ZERO,
        };
        signed(pause.max(asked))
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

fn after(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.saturating_add(pause).unwrap_or(now)
}

fn count(attempt: &Attempt, outcome: &'static str) {
    metrics::counter!(
        "booka_outbox_attempts_total",
        "channel" => attempt.account.channel.as_str(),
        "outcome" => outcome,
    )
    .increment(1);
}
