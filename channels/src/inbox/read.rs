//! Reading conversations, for those who look at them.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{ConversationId, Locale, MessageId, OutboundId};
use platform::{DbError, TenantTx};
use uuid::Uuid;

use super::conversation::Assistant;
use crate::account::ChannelKind;

/// Where a page of conversations ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConversationCursor {
    /// When the last one on the page was last changed.
    pub updated_at: Timestamp,
    /// Its id.
    pub id: ConversationId,
}

/// A line in the list of conversations.
#[derive(Clone, PartialEq, Eq)]
pub struct ConversationSummary {
    /// The conversation.
    pub id: ConversationId,
    /// On which channel.
    pub channel: ChannelKind,
    /// With whom: the channel's address.
    pub address: String,
    /// What they call themselves.
    pub name: Option<String>,
    /// Whether Booka may answer.
    pub assistant: Assistant,
    /// The language it is held in.
    pub locale: Option<Locale>,
    /// When it began.
    pub created_at: Timestamp,
    /// When anything last happened in it.
    pub updated_at: Timestamp,
}

impl ConversationSummary {
    /// Where a page that ends here ends.
    #[must_use]
    pub const fn cursor(&self) -> ConversationCursor {
        ConversationCursor { updated_at: self.updated_at, id: self.id }
    }
}

/// Lists conversations, the latest change first, from after `after`.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn conversations(
    tx: &mut TenantTx,
    after: Option<ConversationCursor>,
    limit: u32,
) -> Result<Vec<ConversationSummary>, DbError> {
    let rows = sqlx::query!(
        "SELECT conversation_id, channel, address, contacts.name, assistant, locale,
                conversations.created_at, updated_at
         FROM conversations
         JOIN contacts USING (tenant_id, contact_id)
         JOIN channel_accounts ON channel_accounts.tenant_id = conversations.tenant_id
              AND channel_accounts.channel_account_id = conversations.channel_account_id
         WHERE conversations.tenant_id = $1
           AND ($2::timestamptz IS NULL OR (updated_at, conversation_id) < ($2, $3::uuid))
         ORDER BY updated_at DESC, conversation_id DESC
         LIMIT $4",
        tx.tenant_uuid(),
        after.map(|cursor| cursor.updated_at.to_sqlx()) as _,
        after.map(|cursor| cursor.id.as_uuid()),
        i64::from(limit),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ConversationSummary {
            id: ConversationId::from_uuid(row.conversation_id),
            channel: ChannelKind::from_column(&row.channel),
            address: row.address,
            name: row.name,
            assistant: Assistant::from_column(&row.assistant),
            locale: row.locale.and_then(|locale| locale.parse().ok()),
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
        })
        .collect())
}

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the contact.
    Inbound(MessageId),
    /// To the contact.
    Outbound {
        /// The message.
        id: OutboundId,
        /// What it answers; `None` when nobody had asked.
        in_reply_to: Option<MessageId>,
    },
}

/// One message of a transcript.
#[derive(Clone, PartialEq, Eq)]
pub struct TranscriptLine {
    /// Its place.
    pub seq: i64,
    /// Which message, and which way it went.
    pub direction: Direction,
    /// What it says.
    pub body: String,
    /// When it was stored.
    pub at: Timestamp,
    /// Inbound: `waiting`, `processed`, `dead`. Outbound: `pending`, `sending`, `sent`, `dead`.
    pub status: String,
    /// How far an outbound message got, once the channel has said: `sent`, `delivered`, `read`,
    /// `failed`.
    pub delivery: Option<String>,
    /// When it was processed or sent.
    pub settled_at: Option<Timestamp>,
}

/// Reads a conversation's messages, both ways, in order, from after `after_seq`.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn transcript(
    tx: &mut TenantTx,
    conversation: ConversationId,
    after_seq: i64,
    limit: u32,
) -> Result<Vec<TranscriptLine>, DbError> {
    let rows = sqlx::query!(
        r#"SELECT seq AS "seq!", id AS "id!", is_ours AS "is_ours!", in_reply_to, body AS "body!", at AS "at!",
                  status AS "status!", delivery, settled_at
           FROM (
               SELECT seq, message_id AS id, false AS is_ours, NULL::uuid AS in_reply_to, body,
                      received_at AS at, status, NULL AS delivery, processed_at AS settled_at
               FROM inbound_messages
               WHERE tenant_id = $1 AND conversation_id = $2 AND seq > $3
               UNION ALL
               SELECT seq, outbound_id, true, in_reply_to, body, created_at, state, delivery,
                      sent_at
               FROM outbound_messages
               WHERE tenant_id = $1 AND conversation_id = $2 AND seq > $3
           ) AS lines
           ORDER BY seq
           LIMIT $4"#,
        tx.tenant_uuid(),
        conversation.as_uuid(),
        after_seq,
        i64::from(limit),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TranscriptLine {
            seq: row.seq,
            direction: direction(row.id, row.is_ours, row.in_reply_to),
            body: row.body,
            at: row.at.to_jiff(),
            status: row.status,
            delivery: row.delivery,
            settled_at: row.settled_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

fn direction(id: Uuid, is_ours: bool, in_reply_to: Option<Uuid>) -> Direction {
    if !is_ours {
        return Direction::Inbound(MessageId::from_uuid(id));
    }
    Direction::Outbound {
        id: OutboundId::from_uuid(id),
        in_reply_to: in_reply_to.map(MessageId::from_uuid),
    }
}
