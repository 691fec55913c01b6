//! The messages of a conversation, both ways.

use axum::{Json, extract::State};
use channels::inbox::{self, Direction, TranscriptLine};
use jiff::Timestamp;
use kernel::{ConversationId, MessageId};
use platform::Db;
use serde::Serialize;
use utoipa::ToSchema;

use super::read::find;
use crate::{
    api::{
        page::{Page, PageQuery},
        schema,
    },
    auth::Caller,
    body::{ApiPath, ApiQuery},
    problem::Problem,
};

/// One message.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageView {
    /// Its place; goes up, not without gaps.
    seq: i64,
    /// Which.
    #[schema(value_type = schema::AnyMessageId)]
    message_id: String,
    /// Which way it went: `inbound` from the contact, `outbound` to them.
    #[schema(example = "inbound")]
    direction: &'static str,
    /// For an outbound message: what it answers.
    #[schema(required, value_type = Option<schema::MessageId>)]
    in_reply_to: Option<MessageId>,
    /// What it says.
    text: String,
    /// Inbound: `waiting`, `processed`, `dead`. Outbound: `pending`, `sending`, `sent`, `dead`.
    #[schema(example = "processed")]
    status: String,
    /// How far an outbound message got, once the channel has said: `sent`, `delivered`, `read`,
    /// `failed`.
    #[schema(required, example = "delivered")]
    delivery: Option<String>,
    /// When it came in or was written.
    created_at: Timestamp,
    /// When it was processed or sent.
    #[schema(required)]
    settled_at: Option<Timestamp>,
}

impl From<TranscriptLine> for MessageView {
    fn from(line: TranscriptLine) -> Self {
        let (direction, message_id, in_reply_to) = match line.direction {
            Direction::Inbound(id) => ("inbound", id.to_string(), None),
            Direction::Outbound { id, in_reply_to } => ("outbound", id.to_string(), in_reply_to),
        };
        Self {
            seq: line.seq,
            message_id,
            direction,
            in_reply_to,
            text: line.body,
            status: line.status,
            delivery: line.delivery,
            created_at: line.at,
            settled_at: line.settled_at,
        }
    }
}

/// List the messages of a conversation.
///
/// Both ways, the oldest first.
#[utoipa::path(get, path = "/v1/conversations/{conversation_id}/messages",
    operation_id = "list_messages", tag = "Conversations",
    params(("conversation_id" = schema::ConversationId, Path, description = "Of which"), PageQuery),
    responses((status = 200, description = "Messages", body = Page<MessageView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ConversationId>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<MessageView>>, Problem> {
    let after = query.cursor.map(|cursor| cursor.decode()).transpose()?.unwrap_or(i64::MIN);
    let mut tx = db.tenant(caller.tenant_id).await?;
    find(&mut tx, id).await?;
    let rows = inbox::transcript(&mut tx, id, after, query.limit.plus_one()).await?;
    Ok(Json(Page::of(rows, query.limit, |line| line.seq, MessageView::from)))
}
