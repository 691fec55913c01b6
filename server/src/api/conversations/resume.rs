//! Giving a conversation back to Booka after a person has answered.

use std::sync::Arc;

use axum::{Json, extract::State};
use channels::inbox::{self, Assistant};
use kernel::{Clock, ConversationId};
use platform::Db;

use super::{ConversationView, read::find};
use crate::{api::schema, auth::Caller, body::ApiPath, problem::Problem};

/// Let Booka answer again.
///
/// After a hand-over to a person. A contact who asked not to be written to stays unwritten to:
/// only they can change their mind.
#[utoipa::path(post, path = "/v1/conversations/{conversation_id}/resume",
    operation_id = "resume_conversation", tag = "Conversations",
    params(("conversation_id" = schema::ConversationId, Path, description = "Which")),
    responses(
        (status = 200, description = "The conversation as it is now", body = ConversationView),
        (status = 409, description = "The contact asked not to be written to: `opted_out`",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn resume(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    inbox::resume(&mut tx, id, clock.now()).await?;
    let now = find(&mut tx, id).await?;
    if now.0.assistant == Assistant::OptedOut {
        return Err(Problem::conflict("opted_out", "The contact asked not to be written to"));
    }
    tx.commit().await?;
    Ok(Json(now.into()))
}
