//! Storing what arrives.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{Clock, ContactId, ConversationId, Ids, MessageId};
use platform::{DbError, TenantTx};

use super::NOTIFY_INBOX;
use crate::{ChannelAccount, InboundKind, InboundMessage};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is in the inbox.
    New {
        /// Our id of it.
        message_id: MessageId,
        /// The conversation it belongs to.
        conversation_id: ConversationId,
    },
    /// It had been stored before; nothing changed.
    Duplicate,
}

/// Stores a message once, with its contact and conversation, and wakes the workers on commit.
///
/// Conversations that a person has taken over, or that opted out, are stored like any other.
/// Locks the conversation until the end of the transaction.
///
/// # Errors
///
/// [`DbError`] when a statement fails.
pub async fn store(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    message: &InboundMessage,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Stored, DbError> {
    let stored = insert(tx, account, message, ids, clock).await?;
    let outcome = if stored == Stored::Duplicate { "duplicate" } else { "new" };
    metrics::counter!(
        "booka_inbound_messages_total",
        "channel" => account.channel.as_str(),
        "outcome" => outcome,
    )
    .increment(1);
    Ok(stored)
}

async fn insert(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    message: &InboundMessage,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Stored, DbError> {
    // The common duplicate, a redelivery, locks nothing.
    if is_stored(tx, account, &message.provider_message_id).await? {
        return Ok(Stored::Duplicate);
    }
    let now = clock.now();
    let contact_id = contact(tx, account, message, ids.next(clock), now).await?;
    let (conversation_id, seq) =
        lock_conversation(tx, account, contact_id, ids.next(clock), now).await?;
    let message_id: MessageId = ids.next(clock);
    let kind = match message.kind {
        InboundKind::Text => "text",
        InboundKind::Unsupported { .. } => "unsupported",
    };
    let inserted = sqlx::query!(
        "INSERT INTO inbound_messages
             (tenant_id, message_id, channel_account_id, provider_message_id, conversation_id, seq,
              kind, body, payload, provider_at, received_at, next_attempt_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
         ON CONFLICT ON CONSTRAINT inbound_messages_seen_once DO NOTHING",
        tx.tenant_uuid(),
        message_id.as_uuid(),
        account.id.as_uuid(),
        message.provider_message_id,
        conversation_id.as_uuid(),
        seq,
        kind,
        message.body,
        message.payload,
        message.provider_at.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    if inserted.rows_affected() == 0 {
        return Ok(Stored::Duplicate); // lost a race against another delivery of the same message
    }
    sqlx::query!(
        "UPDATE conversations
         SET next_seq = next_seq + 1, updated_at = greatest(updated_at, $3)
         WHERE tenant_id = $1 AND conversation_id = $2",
        tx.tenant_uuid(),
        conversation_id.as_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    remember(tx, contact_id, message).await?;
    tx.notify(NOTIFY_INBOX).await?;
    Ok(Stored::New { message_id, conversation_id })
}

async fn is_stored(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    provider_message_id: &str,
) -> Result<bool, DbError> {
    let stored = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM inbound_messages
               WHERE tenant_id = $1 AND channel_account_id = $2 AND provider_message_id = $3
           ) AS "exists!""#,
        tx.tenant_uuid(),
        account.id.as_uuid(),
        provider_message_id,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(stored)
}

/// Finds or makes the contact. One found under its other address is the same person, unless the
/// two are known to have different numbers: persons are never merged on doubtful evidence.
async fn contact(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    message: &InboundMessage,
    new_id: ContactId,
    now: Timestamp,
) -> Result<ContactId, DbError> {
    if let Some(id) = existing_contact(tx, account, message).await? {
        return Ok(id);
    }
    // Whoever comes second waits here for the first to commit, and then finds its row.
    sqlx::query!(
        "INSERT INTO contacts
             (tenant_id, contact_id, channel_account_id, address, phone, name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (tenant_id, channel_account_id, address) DO NOTHING",
        tx.tenant_uuid(),
        new_id.as_uuid(),
        account.id.as_uuid(),
        message.address,
        message.phone.as_ref().map(kernel::PhoneNumber::as_str),
        message.name,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(existing_contact(tx, account, message).await?.unwrap_or(new_id))
}

async fn existing_contact(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    message: &InboundMessage,
) -> Result<Option<ContactId>, DbError> {
    let id = sqlx::query_scalar!(
        "SELECT contact_id FROM contacts
         WHERE tenant_id = $1 AND channel_account_id = $2
           AND (address = $3 OR (address = $4 AND (phone IS NULL OR phone = $5)))
         ORDER BY (address = $3) DESC
         LIMIT 1",
        tx.tenant_uuid(),
        account.id.as_uuid(),
        message.address,
        message.alias,
        message.phone.as_ref().map(kernel::PhoneNumber::as_str),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(id.map(ContactId::from_uuid))
}

/// Finds or makes the conversation and locks it: until this transaction ends, sequence numbers are
/// ours to give.
async fn lock_conversation(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    contact_id: ContactId,
    new_id: ConversationId,
    now: Timestamp,
) -> Result<(ConversationId, i64), DbError> {
    let row = sqlx::query!(
        "INSERT INTO conversations
             (tenant_id, conversation_id, contact_id, channel_account_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $5)
         ON CONFLICT (tenant_id, contact_id) DO UPDATE SET next_seq = conversations.next_seq
         RETURNING conversation_id, next_seq",
        tx.tenant_uuid(),
        new_id.as_uuid(),
        contact_id.as_uuid(),
        account.id.as_uuid(),
        now.to_sqlx() as _,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((ConversationId::from_uuid(row.conversation_id), row.next_seq))
}

/// Keeps what the message says about its writer. After the conversation's lock, so that locks are
/// always taken in the same order as in a turn.
async fn remember(
    tx: &mut TenantTx,
    contact_id: ContactId,
    message: &InboundMessage,
) -> Result<(), DbError> {
    sqlx::query!(
        "UPDATE contacts SET name = coalesce($3, name), phone = coalesce(phone, $4)
         WHERE tenant_id = $1 AND contact_id = $2
           AND (name, phone) IS DISTINCT FROM (coalesce($3, name), coalesce(phone, $4))",
        tx.tenant_uuid(),
        contact_id.as_uuid(),
        message.name,
        message.phone.as_ref().map(kernel::PhoneNumber::as_str),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
