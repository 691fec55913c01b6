//! One attempt at one message, as rows: taking it, and writing down what came of it.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::{ChannelAccountId, ConversationId, OutboundId};
use platform::{DbError, TenantTx};

use crate::{ChannelAccount, Outgoing, account::ChannelKind, text::clipped};

/// A message taken for sending, or for finding out whether it was sent.
pub(super) struct Attempt {
    pub(super) id: OutboundId,
    pub(super) account: ChannelAccount,
    pub(super) recipient: String,
    pub(super) body: String,
    pub(super) step: Step,
    /// How many sends have begun, this one included. Also the fence: whoever settles must still
    /// be on the same attempt.
    pub(super) number: i32,
    /// When the latest of them began.
    pub(super) started_at: Timestamp,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Send,
    /// An earlier send was cut off, or its outcome is unknown.
    Reconcile,
}

/// How long a row in `sending` is left alone, by step.
pub(super) struct Leases {
    pub(super) send: SignedDuration,
    pub(super) reconcile: SignedDuration,
}

/// The longest error text that is kept.
const MAX_ERROR: usize = 500;

impl Attempt {
    pub(super) fn outgoing(&self) -> Outgoing<'_> {
        Outgoing { id: self.id, recipient: &self.recipient, text: &self.body }
    }

    /// Takes the oldest unsent message of a conversation, if it is due and nobody else has it.
    /// Once this is committed the message counts as perhaps sent.
    pub(super) async fn begin(
        tx: &mut TenantTx,
        conversation: ConversationId,
        now: Timestamp,
        leases: &Leases,
    ) -> Result<Option<Self>, DbError> {
        // The head is chosen first and locked second: skipping a locked head must yield nothing,
        // not the message behind it.
        let row = sqlx::query!(
            "SELECT o.outbound_id, o.channel_account_id, a.channel, a.instance, o.recipient,
                    o.body, o.state, o.attempts, o.attempt_started_at
             FROM outbound_messages o
             JOIN channel_accounts a USING (tenant_id, channel_account_id)
             WHERE o.tenant_id = $1
               AND o.outbound_id = (
                   SELECT outbound_id FROM outbound_messages
                   WHERE tenant_id = $1 AND conversation_id = $2
                     AND state IN ('pending', 'sending')
                   ORDER BY seq LIMIT 1)
               AND o.state IN ('pending', 'sending')
               AND o.next_attempt_at <= $3
             FOR NO KEY UPDATE OF o SKIP LOCKED",
            tx.tenant_uuid(),
            conversation.as_uuid(),
            now.to_sqlx() as _,
        )
        .fetch_optional(tx.conn())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut attempt = Self {
            id: OutboundId::from_uuid(row.outbound_id),
            account: ChannelAccount {
                tenant_id: tx.tenant_id(),
                id: ChannelAccountId::from_uuid(row.channel_account_id),
                channel: ChannelKind::from_column(&row.channel),
                instance: row.instance,
            },
            recipient: row.recipient,
            body: row.body,
            step: if row.state == "pending" { Step::Send } else { Step::Reconcile },
            number: row.attempts,
            started_at: row.attempt_started_at.map_or(now, jiff_sqlx::Timestamp::to_jiff),
        };
        let lease = match attempt.step {
            Step::Send => {
                attempt.number += 1;
                attempt.started_at = now;
                leases.send
            }
            Step::Reconcile => leases.reconcile,
        };
        sqlx::query!(
            "UPDATE outbound_messages
             SET state = 'sending', attempts = $3, attempt_started_at = $4, next_attempt_at = $5
             WHERE tenant_id = $1 AND outbound_id = $2",
            tx.tenant_uuid(),
            attempt.id.as_uuid(),
            attempt.number,
            attempt.started_at.to_sqlx() as _,
            now.saturating_add(lease).unwrap_or(now).to_sqlx() as _,
        )
        .execute(tx.conn())
        .await?;
        Ok(Some(attempt))
    }

    /// Writes that the channel has the message. Nothing changes when an echo was quicker.
    pub(super) async fn sent(
        &self,
        tx: &mut TenantTx,
        provider_message_id: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "UPDATE outbound_messages
             SET state = 'sent', provider_message_id = $3, delivery = coalesce(delivery, 'sent'),
                 sent_at = $4, last_error = NULL
             WHERE tenant_id = $1 AND outbound_id = $2 AND state = 'sending' AND attempts = $5",
            tx.tenant_uuid(),
            self.id.as_uuid(),
            provider_message_id,
            now.to_sqlx() as _,
            self.number,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }

    /// Puts the message back: it certainly was not sent. Not before `at` again.
    pub(super) async fn retry(
        &self,
        tx: &mut TenantTx,
        error: &str,
        at: Timestamp,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "UPDATE outbound_messages
             SET state = 'pending', next_attempt_at = $3, last_error = $4
             WHERE tenant_id = $1 AND outbound_id = $2 AND state = 'sending' AND attempts = $5",
            tx.tenant_uuid(),
            self.id.as_uuid(),
            at.to_sqlx() as _,
            clipped(error, MAX_ERROR),
            self.number,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }

    /// Leaves the message in doubt. To be looked for at `at`.
    pub(super) async fn unknown(
        &self,
        tx: &mut TenantTx,
        error: &str,
        at: Timestamp,
    ) -> Result<(), DbError> {
        sqlx::query!(
            "UPDATE outbound_messages SET next_attempt_at = $3, last_error = $4
             WHERE tenant_id = $1 AND outbound_id = $2 AND state = 'sending' AND attempts = $5",
            tx.tenant_uuid(),
            self.id.as_uuid(),
            at.to_sqlx() as _,
            clipped(error, MAX_ERROR),
            self.number,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }

    /// Gives the message up, so that those behind it can go on.
    pub(super) async fn dead(&self, tx: &mut TenantTx, error: &str) -> Result<(), DbError> {
        sqlx::query!(
            "UPDATE outbound_messages SET state = 'dead', last_error = $3
             WHERE tenant_id = $1 AND outbound_id = $2 AND state = 'sending' AND attempts = $4",
            tx.tenant_uuid(),
            self.id.as_uuid(),
            clipped(error, MAX_ERROR),
            self.number,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }

    /// Which of the channel's ids belong to other messages of ours.
    pub(super) async fn taken(
        &self,
        tx: &mut TenantTx,
        ids: &[String],
    ) -> Result<Vec<String>, DbError> {
        let rows = sqlx::query_scalar!(
            r#"SELECT provider_message_id AS "id!" FROM outbound_messages
               WHERE tenant_id = $1 AND channel_account_id = $2
                 AND provider_message_id = ANY ($3) AND outbound_id <> $4"#,
            tx.tenant_uuid(),
            self.account.id.as_uuid(),
            ids,
            self.id.as_uuid(),
        )
        .fetch_all(tx.conn())
        .await?;
        Ok(rows)
    }
}
