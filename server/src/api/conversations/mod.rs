//! What was said, what Booka made of it, and who answers.

mod messages;
mod read;
mod resume;
mod turns;

use channels::inbox::{Contact, Conversation, ConversationSummary};
use jiff::Timestamp;
use kernel::{ContactId, ConversationId, Locale, PhoneNumber};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::schema;
use crate::app::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(read::show))
        .routes(routes!(messages::list))
        .routes(routes!(turns::list))
        .routes(routes!(resume::resume))
}

/// A line in the list of conversations.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConversationSummaryView)]
struct SummaryView {
    /// Which.
    #[schema(value_type = schema::ConversationId)]
    conversation_id: ConversationId,
    /// On which channel: `evolution` (WhatsApp) or `simulator`.
    #[schema(example = "evolution")]
    channel: &'static str,
    /// With whom: the channel's address of them.
    #[schema(example = "34600111222@s.whatsapp.net")]
    address: String,
    /// What they call themselves.
    #[schema(required)]
    name: Option<String>,
    /// Whether Booka may answer.
    #[schema(value_type = AssistantState)]
    assistant: &'static str,
    /// The language it is held in, once that is known.
    #[schema(required, value_type = Option<schema::Locale>)]
    locale: Option<Locale>,
    /// When it began.
    created_at: Timestamp,
    /// When anything last happened in it.
    updated_at: Timestamp,
}

impl From<ConversationSummary> for SummaryView {
    fn from(summary: ConversationSummary) -> Self {
        Self {
            conversation_id: summary.id,
            channel: summary.channel.as_str(),
            address: summary.address,
            name: summary.name,
            assistant: summary.assistant.as_str(),
            locale: summary.locale,
            created_at: summary.created_at,
            updated_at: summary.updated_at,
        }
    }
}

/// All messages with one contact.
#[derive(Debug, Serialize, ToSchema)]
struct ConversationView {
    /// Which.
    #[schema(value_type = schema::ConversationId)]
    conversation_id: ConversationId,
    /// With whom.
    contact: ContactView,
    /// Whether Booka may answer.
    #[schema(value_type = AssistantState)]
    assistant: &'static str,
    /// The language it is held in, once that is known.
    #[schema(required, value_type = Option<schema::Locale>)]
    locale: Option<Locale>,
    /// What Booka has understood so far; `null` before the first turn. Its shape may change.
    #[schema(required, value_type = Option<Object>)]
    dialog_state: Option<serde_json::Value>,
    /// When anything last happened in it.
    updated_at: Timestamp,
}

/// Somebody who writes to the business.
#[derive(Debug, Serialize, ToSchema)]
struct ContactView {
    /// Which.
    #[schema(value_type = schema::ContactId)]
    contact_id: ContactId,
    /// The channel's address of them.
    #[schema(example = "34600111222@s.whatsapp.net")]
    address: String,
    /// What they call themselves.
    #[schema(required)]
    name: Option<String>,
    /// Their number, where it is known.
    #[schema(required, value_type = Option<schema::PhoneNumber>)]
    phone: Option<PhoneNumber>,
}

impl From<(Conversation, Contact)> for ConversationView {
    fn from((conversation, contact): (Conversation, Contact)) -> Self {
        Self {
            conversation_id: conversation.id,
            contact: ContactView {
                contact_id: contact.id,
                address: contact.address,
                name: contact.name,
                phone: contact.phone,
            },
            assistant: conversation.assistant.as_str(),
            locale: conversation.locale,
            dialog_state: conversation.dialog_state,
            updated_at: conversation.updated_at,
        }
    }
}

/// Whether Booka may answer.
#[derive(ToSchema)]
#[schema(as = Assistant, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its name and variants are looked at, by the document")]
enum AssistantState {
    /// It may.
    Active,
    /// A person answers.
    HandedOver,
    /// The contact asked not to be written to.
    OptedOut,
}
