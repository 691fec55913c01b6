//! Taking messages out of the inbox: one worker per conversation, oldest message first.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::{ConversationId, MessageId, TenantId};
use platform::{DbError, RouterTx, TenantTx};

use super::conversation::{Contact, Conversation};
use crate::{account::ChannelKind, text::clipped};

/// A message whose turn it is, with everything a turn starts from.
#[derive(Clone)]
pub struct InboundRow {
    /// Our id of it.
    pub message_id: MessageId,
    /// The channel it came on.
    pub channel: ChannelKind,
    /// Its place in the transcript.
    pub seq: i64,
    /// Whether `body` is all there was; false for images, voice notes and the like.
    pub is_text: bool,
    /// The text or the caption.
    pub body: String,
    /// As the provider sent it; a tapped option's id is in here.
    pub payload: serde_json::Value,
    /// When the provider says it was written.
    pub provider_at: Timestamp,
    /// When we stored it.
    pub received_at: Timestamp,
    /// How many attempts have begun.
    pub attempts: u32,
    /// Who wrote it.
    pub contact: Contact,
    /// The conversation as it stands.
    pub conversation: Conversation,
}

/// The longest error text that is kept.
const MAX_ERROR: usize = 500;

/// Lists conversations with a message whose turn it is, longest waiting first. One whose oldest
/// message is backing off is not listed, whatever came after it.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn waiting(
    router: &mut RouterTx,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<(TenantId, ConversationId)>, DbError> {
    let rows = sqlx::query!(
        "SELECT tenant_id, conversation_id FROM inbound_messages
         WHERE status = 'waiting'
         GROUP BY tenant_id, conversation_id
         HAVING max(next_attempt_at) <= $1
         ORDER BY min(received_at)
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

/// Takes the oldest waiting message of a conversation, by the provider's time and then by arrival,
/// and locks the conversation for as long as the transaction lasts.
///
/// `None` when another worker has the conversation, when nothing waits, and when the oldest
/// message is backing off: later ones do not overtake it.
///
/// # Errors
///
/// [`DbError`] when a statement fails.
pub async fn claim_next(
    tx: &mut TenantTx,
    conversation_id: ConversationId,
    now: Timestamp,
) -> Result<Option<InboundRow>, DbError> {
    let Some(conversation) = Conversation::lock(tx, conversation_id).await? else {
        return Ok(None);
    };
    // A statement of its own, so that it sees what was committed before the lock was ours.
    let head = sqlx::query!(
        r#"SELECT m.message_id, m.seq, m.kind, m.body, m.payload, m.provider_at, m.received_at,
                  m.attempts, m.next_attempt_at, a.channel
           FROM inbound_messages m
           JOIN channel_accounts a USING (tenant_id, channel_account_id)
           WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.status = 'waiting'
           ORDER BY m.provider_at, m.seq
           LIMIT 1"#,
        tx.tenant_uuid(),
        conversation_id.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(head) = head.filter(|head| head.next_attempt_at.to_jiff() <= now) else {
        return Ok(None);
    };
    let contact = Contact::read(tx, conversation.contact_id).await?;
    Ok(Some(InboundRow {
        message_id: MessageId::from_uuid(head.message_id),
        channel: ChannelKind::from_column(&head.channel),
        seq: head.seq,
        is_text: head.kind == "text",
        body: head.body,
        payload: head.payload,
        provider_at: head.provider_at.to_jiff(),
        received_at: head.received_at.to_jiff(),
        attempts: u32::try_from(head.attempts).unwrap_or(u32::MAX),
        contact,
        conversation,
    }))
}

/// Counts an attempt before it is made, so that a message that kills the process is not tried for
/// ever. Returns how many have begun, this one included; `None` when it no longer waits.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn begin_attempt(tx: &mut TenantTx, message: MessageId) -> Result<Option<u32>, DbError> {
    let attempts = sqlx::query_scalar!(
        "UPDATE inbound_messages SET attempts = attempts + 1
         WHERE tenant_id = $1 AND message_id = $2 AND status = 'waiting'
         RETURNING attempts",
        tx.tenant_uuid(),
        message.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(attempts.map(|n| u32::try_from(n).unwrap_or(u32::MAX)))
}

/// Ends a message's wait: its effects are in this same transaction. False when it had ended.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn mark_processed(
    tx: &mut TenantTx,
    message: MessageId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "UPDATE inbound_messages SET status = 'processed', processed_at = $3, last_error = NULL
         WHERE tenant_id = $1 AND message_id = $2 AND status = 'waiting'",
        tx.tenant_uuid(),
        message.as_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts a message back, not to be tried before `backoff` is over.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn mark_retry(
    tx: &mut TenantTx,
    message: MessageId,
    error: &str,
    backoff: SignedDuration,
    now: Timestamp,
) -> Result<(), DbError> {
    sqlx::query!(
        "UPDATE inbound_messages SET next_attempt_at = $3, last_error = $4
         WHERE tenant_id = $1 AND message_id = $2 AND status = 'waiting'",
        tx.tenant_uuid(),
        message.as_uuid(),
        now.saturating_add(backoff).unwrap_or(now).to_sqlx() as _,
        clipped(error, MAX_ERROR),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives a message up, so that those behind it can go on.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn mark_dead(
    tx: &mut TenantTx,
    message: MessageId,
    error: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    sqlx::query!(
        "UPDATE inbound_messages SET status = 'dead', processed_at = $3, last_error = $4
         WHERE tenant_id = $1 AND message_id = $2 AND status = 'waiting'",
        tx.tenant_uuid(),
        message.as_uuid(),
        now.to_sqlx() as _,
        clipped(error, MAX_ERROR),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
