//! Reading conversations.

use axum::{Json, extract::State};
use channels::inbox::{self, Contact, Conversation, ConversationCursor};
use kernel::ConversationId;
use platform::{Db, TenantTx};

use super::{ConversationView, SummaryView};
use crate::{
    api::{
        page::{Page, PageQuery},
        schema,
        values::Instant,
    },
    auth::Caller,
    body::{ApiPath, ApiQuery},
    problem::Problem,
};

/// List conversations.
///
/// The one in which something happened last first.
#[utoipa::path(get, path = "/v1/conversations", operation_id = "list_conversations",
    tag = "Conversations", params(PageQuery),
    responses((status = 200, description = "Conversations", body = Page<SummaryView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<SummaryView>>, Problem> {
    let after =
        query.cursor.map(|cursor| cursor.decode::<(Instant, ConversationId)>()).transpose()?;
    let after = after.map(|(updated_at, id)| ConversationCursor { updated_at: updated_at.0, id });
    let mut tx = db.tenant(caller.tenant_id).await?;
    let rows = inbox::conversations(&mut tx, after, query.limit.plus_one()).await?;
    let key = |row: &inbox::ConversationSummary| (row.updated_at, row.id);
    Ok(Json(Page::of(rows, query.limit, key, SummaryView::from)))
}

/// Show a conversation.
#[utoipa::path(get, path = "/v1/conversations/{conversation_id}",
    operation_id = "show_conversation", tag = "Conversations",
    params(("conversation_id" = schema::ConversationId, Path, description = "Which")),
    responses((status = 200, description = "The conversation", body = ConversationView)))]
pub(super) async fn show(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ConversationId>,
) -> Result<Json<ConversationView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    Ok(Json(find(&mut tx, id).await?.into()))
}

/// Reads a conversation of the tenant.
pub(super) async fn find(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<(Conversation, Contact), Problem> {
    inbox::conversation(tx, id).await?.ok_or_else(|| Problem::not_found("conversation"))
}
