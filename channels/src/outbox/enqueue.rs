//! Putting a message into the outbox: a reply, or a notice that nobody asked for.

use jiff_sqlx::ToSqlx as _;
use kernel::{ChannelAccountId, Clock, ConversationId, Ids, MessageId, OutboundId};
use platform::{DbError, TenantTx};

use super::NOTIFY_OUTBOX;
use crate::text::{MAX_CHARS, without_nul};

/// A reply that is to be sent.
#[derive(Clone)]
pub struct NewReply {
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The number it leaves from.
    pub account: ChannelAccountId,
    /// Whom it goes to; see [`crate::inbox::Contact::recipient`].
    pub recipient: String,
    /// The message it answers.
    pub in_reply_to: MessageId,
    /// What it says: 1 to [`MAX_CHARS`] code points.
    pub body: String,
}

/// Something the customer is told without having asked.
#[derive(Clone)]
pub struct NewNotice {
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The number it leaves from.
    pub account: ChannelAccountId,
    /// Whom it goes to; see [`crate::inbox::Contact::recipient`].
    pub recipient: String,
    /// What it is said because of, 1 to 200 characters: one cause is said once, for good.
    pub cause: String,
    /// What it says: 1 to [`MAX_CHARS`] code points.
    pub body: String,
}

/// A message could not be put into the outbox.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The message has its reply; this one was not stored. The transaction can go on.
    #[error("message `{0}` has been replied to")]
    AlreadyReplied(MessageId),
    /// Empty, or longer than a channel would send.
    #[error("a reply has 1 to 4096 characters, not {0}")]
    Length(usize),
    /// The tenant has no such conversation.
    #[error("there is no conversation `{0}`")]
    NoConversation(ConversationId),
    /// The database failed.
    #[error("could not store the reply")]
    Database(#[from] DbError),
}

/// Stores a reply as the next line of its conversation and wakes the workers on commit.
///
/// # Errors
///
/// [`OutboxError::AlreadyReplied`] when the message has a reply, however that came about.
pub async fn enqueue(
    tx: &mut TenantTx,
    reply: &NewReply,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<OutboundId, OutboxError> {
    let line = Line {
        conversation: reply.conversation,
        account: reply.account,
        recipient: &reply.recipient,
        in_reply_to: Some(reply.in_reply_to),
        cause: None,
        body: &reply.body,
    };
    insert(tx, &line, ids, clock).await?.ok_or(OutboxError::AlreadyReplied(reply.in_reply_to))
}

/// Stores a notice as the next line of its conversation and wakes the workers on commit. `None`
/// when what caused it has been said already.
///
/// # Errors
///
/// As [`enqueue`].
pub async fn enqueue_notice(
    tx: &mut TenantTx,
    notice: &NewNotice,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Option<OutboundId>, OutboxError> {
    let line = Line {
        conversation: notice.conversation,
        account: notice.account,
        recipient: &notice.recipient,
        in_reply_to: None,
        cause: Some(&notice.cause),
        body: &notice.body,
    };
    insert(tx, &line, ids, clock).await
}

struct Line<'a> {
    conversation: ConversationId,
    account: ChannelAccountId,
    recipient: &'a str,
    in_reply_to: Option<MessageId>,
    cause: Option<&'a str>,
    body: &'a str,
}

/// Stores a line; `None` when its message has a reply or its cause has been said.
async fn insert(
    tx: &mut TenantTx,
    line: &Line<'_>,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Option<OutboundId>, OutboxError> {
    let body = without_nul(line.body);
    let length = body.chars().count();
    if !(1..=MAX_CHARS).contains(&length) {
        return Err(OutboxError::Length(length));
    }
    let now = clock.now();
    let seq = sqlx::query_scalar!(
        "SELECT next_seq FROM conversations
         WHERE tenant_id = $1 AND conversation_id = $2 FOR NO KEY UPDATE",
        tx.tenant_uuid(),
        line.conversation.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(DbError::new)?
    .ok_or(OutboxError::NoConversation(line.conversation))?;
    let id: OutboundId = ids.next(clock);
    let inserted = sqlx::query!(
        "INSERT INTO outbound_messages
             (tenant_id, outbound_id, conversation_id, channel_account_id, seq, in_reply_to, cause,
              recipient, body, next_attempt_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
         ON CONFLICT DO NOTHING",
        tx.tenant_uuid(),
        id.as_uuid(),
        line.conversation.as_uuid(),
        line.account.as_uuid(),
        seq,
        line.in_reply_to.map(|message| message.as_uuid()),
        line.cause,
        line.recipient,
        body,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::new)?;
    if inserted.rows_affected() == 0 {
        return Ok(None);
    }
    sqlx::query!(
        "UPDATE conversations SET next_seq = next_seq + 1, updated_at = greatest(updated_at, $3)
         WHERE tenant_id = $1 AND conversation_id = $2",
        tx.tenant_uuid(),
        line.conversation.as_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::new)?;
    tx.notify(NOTIFY_OUTBOX).await?;
    Ok(Some(id))
}
