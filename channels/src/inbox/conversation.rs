//! Contacts and conversations as they are stored.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{ChannelAccountId, ContactId, ConversationId, Locale, PhoneNumber};
use platform::{DbError, TenantTx};
use serde_json::Value;

/// Somebody who writes to the tenant.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// Our id of them.
    pub id: ContactId,
    /// Their address on the channel.
    pub address: String,
    /// Their number, where it is known.
    pub phone: Option<PhoneNumber>,
    /// What they call themselves.
    pub name: Option<String>,
}

impl Contact {
    /// How the channel wants to be told whom to write to: the number where one is known.
    #[must_use]
    pub fn recipient(&self) -> &str {
        match &self.phone {
            Some(phone) if self.address.contains('@') => phone.digits(),
            _ => &self.address,
        }
    }

    pub(super) async fn read(tx: &mut TenantTx, id: ContactId) -> Result<Self, DbError> {
        let row = sqlx::query!(
            "SELECT address, phone, name FROM contacts WHERE tenant_id = $1 AND contact_id = $2",
            tx.tenant_uuid(),
            id.as_uuid(),
        )
        .fetch_one(tx.conn())
        .await?;
        Ok(Self {
            id,
            address: row.address,
            phone: row.phone.and_then(|phone| phone.parse().ok()),
            name: row.name,
        })
    }
}

/// Whether Booka may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assistant {
    /// It may.
    Active,
    /// A person answers.
    HandedOver,
    /// The contact asked not to be written to.
    OptedOut,
}

impl Assistant {
    /// As the database and the API write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::HandedOver => "handed_over",
            Self::OptedOut => "opted_out",
        }
    }

    /// Reads what the database holds; its check constraint allows nothing else.
    pub(super) fn from_column(text: &str) -> Self {
        match text {
            "active" => Self::Active,
            "opted_out" => Self::OptedOut,
            _ => Self::HandedOver,
        }
    }
}

/// All turns with one contact.
#[derive(Clone, PartialEq)]
pub struct Conversation {
    /// Our id of it.
    pub id: ConversationId,
    /// With whom.
    pub contact_id: ContactId,
    /// On which of the tenant's numbers.
    pub account_id: ChannelAccountId,
    /// Whether Booka may answer.
    pub assistant: Assistant,
    /// The language it is held in, once that is known.
    pub locale: Option<Locale>,
    /// The dialog's own state; `None` before the first turn.
    pub dialog_state: Option<Value>,
    /// When anything last happened in it.
    pub updated_at: Timestamp,
}

struct ConversationRow {
    conversation_id: uuid::Uuid,
    contact_id: uuid::Uuid,
    channel_account_id: uuid::Uuid,
    assistant: String,
    locale: Option<String>,
    dialog_state: Option<Value>,
    updated_at: jiff_sqlx::Timestamp,
}

impl From<ConversationRow> for Conversation {
    fn from(row: ConversationRow) -> Self {
        Self {
            id: ConversationId::from_uuid(row.conversation_id),
            contact_id: ContactId::from_uuid(row.contact_id),
            account_id: ChannelAccountId::from_uuid(row.channel_account_id),
            assistant: Assistant::from_column(&row.assistant),
            locale: row.locale.and_then(|locale| locale.parse().ok()),
            dialog_state: row.dialog_state,
            updated_at: row.updated_at.to_jiff(),
        }
    }
}

impl Conversation {
    /// Locks and reads it; `None` when another transaction has it.
    pub(super) async fn lock(
        tx: &mut TenantTx,
        id: ConversationId,
    ) -> Result<Option<Self>, DbError> {
        // NO KEY: rows that refer to the conversation may still be written meanwhile.
        let row = sqlx::query_as!(
            ConversationRow,
            "SELECT conversation_id, contact_id, channel_account_id, assistant, locale,
                    dialog_state, updated_at
             FROM conversations WHERE tenant_id = $1 AND conversation_id = $2
             FOR NO KEY UPDATE SKIP LOCKED",
            tx.tenant_uuid(),
            id.as_uuid(),
        )
        .fetch_optional(tx.conn())
        .await?;
        Ok(row.map(Self::from))
    }
}

/// Reads a conversation and its contact.
///
/// # Errors
///
/// [`DbError`] when a statement fails.
pub async fn conversation(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<Option<(Conversation, Contact)>, DbError> {
    let row = sqlx::query_as!(
        ConversationRow,
        "SELECT conversation_id, contact_id, channel_account_id, assistant, locale, dialog_state,
                updated_at
         FROM conversations WHERE tenant_id = $1 AND conversation_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    match row.map(Conversation::from) {
        None => Ok(None),
        Some(conversation) => {
            let contact = Contact::read(tx, conversation.contact_id).await?;
            Ok(Some((conversation, contact)))
        }
    }
}

/// Finds the conversation with a contact and keeps everybody else from it until the transaction
/// ends, waiting for a turn that is at it. Whoever writes to a customer unasked does this before
/// anything else that they lock, as turns do. `None` when the contact has none.
///
/// # Errors
///
/// [`DbError`] when a statement fails.
pub async fn lock_conversation_with(
    tx: &mut TenantTx,
    contact: ContactId,
) -> Result<Option<(Conversation, Contact)>, DbError> {
    let row = sqlx::query_as!(
        ConversationRow,
        "SELECT conversation_id, contact_id, channel_account_id, assistant, locale, dialog_state,
                updated_at
         FROM conversations WHERE tenant_id = $1 AND contact_id = $2
         FOR NO KEY UPDATE",
        tx.tenant_uuid(),
        contact.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    match row.map(Conversation::from) {
        None => Ok(None),
        Some(conversation) => Ok(Some((conversation, Contact::read(tx, contact).await?))),
    }
}

/// Finds the contact with that address, and their conversation.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn find_contact(
    tx: &mut TenantTx,
    account: ChannelAccountId,
    address: &str,
) -> Result<Option<(ContactId, ConversationId)>, DbError> {
    let row = sqlx::query!(
        "SELECT contact_id, conversation_id
         FROM contacts JOIN conversations USING (tenant_id, contact_id)
         WHERE contacts.tenant_id = $1 AND contacts.channel_account_id = $2 AND address = $3",
        tx.tenant_uuid(),
        account.as_uuid(),
        address,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| {
        (ContactId::from_uuid(row.contact_id), ConversationId::from_uuid(row.conversation_id))
    }))
}

/// Keeps what a turn made of a conversation. Call it only in the transaction that claimed it.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn save_conversation(
    tx: &mut TenantTx,
    id: ConversationId,
    dialog_state: &Value,
    locale: Option<Locale>,
    assistant: Assistant,
    now: Timestamp,
) -> Result<(), DbError> {
    sqlx::query!(
        "UPDATE conversations
         SET dialog_state = $3, locale = coalesce($4, locale), assistant = $5,
             updated_at = greatest(updated_at, $6)
         WHERE tenant_id = $1 AND conversation_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
        dialog_state,
        locale.map(Locale::tag),
        assistant.as_str(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Lets Booka answer again where a person had taken over. Waits for a turn that is under way. False
/// when the conversation is in no such state: there is none, Booka answers already, or the contact
/// asked not to be written to.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn resume(
    tx: &mut TenantTx,
    id: ConversationId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "UPDATE conversations SET assistant = 'active', updated_at = greatest(updated_at, $3)
         WHERE tenant_id = $1 AND conversation_id = $2 AND assistant = 'handed_over'",
        tx.tenant_uuid(),
        id.as_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}
