//! Runs turns as messages arrive: one at a time within a conversation, several conversations at
//! once, on any number of nodes.

use std::{
    collections::BTreeSet,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};

use channels::inbox;
use futures::{FutureExt as _, StreamExt as _, stream};
use jiff::SignedDuration;
use kernel::{ConversationId, MessageId, TenantId};

use crate::{TurnContext, TurnError, TurnReport, run_turn};

/// How many conversations one look at the inbox takes on.
const BATCH: u32 = 64;

/// After how many attempts a message is set aside for people to look at.
const MAX_ATTEMPTS: u32 = 5;

/// Takes messages out of the inbox and runs their turns. Clones know of each other: no two of them
/// take on one conversation.
#[derive(Clone)]
pub struct TurnWorker {
    cx: TurnContext,
    concurrency: usize,
    in_hand: Arc<Mutex<BTreeSet<ConversationId>>>,
}

/// A conversation that this process is at. While a language model is asked, nothing in the database
/// says so, and a second look at the inbox would count one more attempt and ask again.
struct InHand<'w> {
    worker: &'w TurnWorker,
    conversation: ConversationId,
}

impl<'w> InHand<'w> {
    fn take(worker: &'w TurnWorker, conversation: ConversationId) -> Option<Self> {
        let mut in_hand = worker.in_hand.lock().unwrap_or_else(PoisonError::into_inner);
        // Not `then_some`: the value that is not needed would be dropped, and so let go of it.
        in_hand.insert(conversation).then(|| Self { worker, conversation })
    }
}

impl Drop for InHand<'_> {
    fn drop(&mut self) {
        let mut in_hand = self.worker.in_hand.lock().unwrap_or_else(PoisonError::into_inner);
        in_hand.remove(&self.conversation);
    }
}

/// How an attempt at a conversation's next message ended.
enum Attempt {
    /// Nothing to do here, or somebody else is at it.
    Idle,
    /// A message has had its turn, or has been put off or set aside.
    Moved,
}

impl TurnWorker {
    /// A worker that runs up to `concurrency` turns at once.
    #[must_use]
    pub fn new(cx: TurnContext, concurrency: usize) -> Self {
        Self { cx, concurrency, in_hand: Arc::default() }
    }

    /// Looks at the inbox once and runs the next turn of every conversation that is waiting.
    /// Returns how many messages moved on; 0 means that it is time to sleep.
    ///
    /// # Errors
    ///
    /// [`TurnError::Database`] when the inbox itself cannot be read.
    pub async fn run_once(&self) -> Result<usize, TurnError> {
        let waiting =
            inbox::waiting(&mut self.cx.db.router().await?, self.cx.clock.now(), BATCH).await?;
        let moved = stream::iter(waiting)
            .map(|(tenant, conversation)| async move {
                match self.attempt(tenant, conversation).await {
                    Ok(Attempt::Moved) => 1,
                    Ok(Attempt::Idle) => 0,
                    Err(error) => {
                        tracing::error!(
                            tenant.id = %tenant, conversation.id = %conversation,
                            error = &error as &dyn std::error::Error,
                            "could not take a message out of the inbox"
                        );
                        0
                    }
                }
            })
            .buffer_unordered(self.concurrency.max(1))
            .fold(0, |sum, n| async move { sum + n })
            .await;
        Ok(moved)
    }

    async fn attempt(
        &self,
        tenant: TenantId,
        conversation: ConversationId,
    ) -> Result<Attempt, TurnError> {
        let Some(_in_hand) = InHand::take(self, conversation) else {
            return Ok(Attempt::Idle);
        };
        // Counted and committed before it is tried, so that a message which kills the process is
        // not tried for ever.
        let Some((message, attempts)) = self.begin(tenant, conversation).await? else {
            return Ok(Attempt::Idle);
        };
        if attempts > MAX_ATTEMPTS {
            self.set_aside(tenant, message, "attempts used up").await?;
            return Ok(Attempt::Moved);
        }
        let turn = AssertUnwindSafe(run_turn(&self.cx, tenant, conversation)).catch_unwind().await;
        match turn {
            Ok(Ok(None)) => Ok(Attempt::Idle),
            Ok(Ok(Some(report))) => {
                finished(&report);
                Ok(Attempt::Moved)
            }
            Ok(Err(error)) => {
                tracing::error!(
                    tenant.id = %tenant, message.id = %message, attempts,
                    error = &error as &dyn std::error::Error, "turn failed"
                );
                self.put_off(tenant, message, attempts, &error.to_string()).await
            }
            Err(_panic) => {
                tracing::error!(tenant.id = %tenant, message.id = %message, attempts, "turn panicked");
                metrics::counter!("booka_panics_total").increment(1);
                self.put_off(tenant, message, attempts, "the turn panicked").await
            }
        }
    }

    async fn begin(
        &self,
        tenant: TenantId,
        conversation: ConversationId,
    ) -> Result<Option<(MessageId, u32)>, TurnError> {
        let mut tx = self.cx.db.tenant(tenant).await?;
        let now = self.cx.clock.now();
        let Some(row) = inbox::claim_next(&mut tx, conversation, now).await? else {
            return Ok(None);
        };
        let Some(attempts) = inbox::begin_attempt(&mut tx, row.message_id).await? else {
            return Ok(None);
        };
        tx.commit().await?;
        Ok(Some((row.message_id, attempts)))
    }

    async fn put_off(
        &self,
        tenant: TenantId,
        message: MessageId,
        attempts: u32,
        error: &str,
    ) -> Result<Attempt, TurnError> {
        if attempts >= MAX_ATTEMPTS {
            self.set_aside(tenant, message, error).await?;
            return Ok(Attempt::Moved);
        }
        let backoff = SignedDuration::from_secs(1 << attempts.min(6));
        let mut tx = self.cx.db.tenant(tenant).await?;
        inbox::mark_retry(&mut tx, message, error, backoff, self.cx.clock.now()).await?;
        tx.commit().await?;
        metrics::counter!("booka_turns_total", "outcome" => "retry").increment(1);
        Ok(Attempt::Moved)
    }

    async fn set_aside(
        &self,
        tenant: TenantId,
        message: MessageId,
        error: &str,
    ) -> Result<(), TurnError> {
        let mut tx = self.cx.db.tenant(tenant).await?;
        inbox::mark_dead(&mut tx, message, error, self.cx.clock.now()).await?;
        tx.commit().await?;
        tracing::error!(tenant.id = %tenant, message.id = %message, error, "message set aside");
        metrics::counter!("booka_turns_total", "outcome" => "dead").increment(1);
        Ok(())
    }
}

fn finished(report: &TurnReport) {
    metrics::counter!("booka_turns_total", "outcome" => "done").increment(1);
    metrics::histogram!("booka_turn_seconds").record(report.trace.total_ms / 1000.0);
    tracing::info!(
        tenant.id = %report.tenant_id,
        conversation.id = %report.conversation_id,
        message.id = %report.message_id,
        turn.id = %report.turn_id,
        turn.ms = report.trace.total_ms,
        turn.replied = report.reply.is_some(),
        "turn done"
    );
}
