//! What Booka made of each message, stage by stage.

use axum::{Json, extract::State};
use jiff::Timestamp;
use kernel::{ConversationId, MessageId, TurnId};
use pipeline::turns::{self, RecordedTurn};
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

/// One message and what Booka made of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TurnView {
    /// Which.
    #[schema(value_type = schema::TurnId)]
    turn_id: TurnId,
    /// About which message.
    #[schema(value_type = schema::MessageId)]
    message_id: MessageId,
    /// When it began.
    started_at: Timestamp,
    /// What happened.
    #[schema(value_type = Trace)]
    trace: serde_json::Value,
}

/// All stages of a turn.
#[derive(ToSchema)]
#[expect(dead_code, reason = "written by the pipeline; the document shows its shape")]
struct Trace {
    /// In the order they ran.
    stages: Vec<Stage>,
    /// From the claim on the message to the last stage, in milliseconds.
    #[schema(minimum = 0, example = 41.7)]
    total_ms: f64,
}

/// One stage of a turn.
#[derive(ToSchema)]
#[expect(dead_code, reason = "written by the pipeline; the document shows its shape")]
struct Stage {
    /// Which.
    #[schema(example = "classify")]
    stage: String,
    /// How long it took, in milliseconds.
    #[schema(minimum = 0, example = 0.8)]
    ms: f64,
    /// What it produced. Each stage has its own shape, and may change it.
    #[schema(value_type = Object)]
    output: serde_json::Value,
}

impl From<RecordedTurn> for TurnView {
    fn from(turn: RecordedTurn) -> Self {
        Self {
            turn_id: turn.turn_id,
            message_id: turn.message_id,
            started_at: turn.started_at,
            trace: turn.trace,
        }
    }
}

/// List the turns of a conversation.
///
/// The newest first, each with its trace: every stage's output and milliseconds.
#[utoipa::path(get, path = "/v1/conversations/{conversation_id}/turns",
    operation_id = "list_turns", tag = "Conversations",
    params(("conversation_id" = schema::ConversationId, Path, description = "Of which"), PageQuery),
    responses((status = 200, description = "Turns", body = Page<TurnView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ConversationId>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<TurnView>>, Problem> {
    let before = query.cursor.map(|cursor| cursor.decode()).transpose()?;
    let mut tx = db.tenant(caller.tenant_id).await?;
    find(&mut tx, id).await?;
    let rows = turns::list(&mut tx, id, before, query.limit.plus_one()).await?;
    Ok(Json(Page::of(rows, query.limit, |turn| turn.turn_id, TurnView::from)))
}
