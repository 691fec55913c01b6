//! Customers who may not book by themselves.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use booking::CustomerBlock;
use jiff::Timestamp;
use kernel::{Clock, ContactId};
use platform::Db;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    page::{Page, PageQuery},
    schema,
    values::Text,
};
use crate::{
    app::App,
    auth::Caller,
    body::{ApiJson, ApiPath, ApiQuery},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(block, unblock))
}

/// A customer who may not book by themselves.
#[derive(Debug, Serialize, ToSchema)]
struct BlockView {
    /// Who.
    #[schema(value_type = schema::ContactId)]
    contact_id: ContactId,
    /// For staff; never shown to the customer.
    #[schema(example = "did not pay")]
    reason: String,
    /// Since when.
    blocked_at: Timestamp,
}

impl From<CustomerBlock> for BlockView {
    fn from(block: CustomerBlock) -> Self {
        Self { contact_id: block.contact, reason: block.reason, blocked_at: block.blocked_at }
    }
}

/// Why a customer may not book.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutBlock {
    /// For staff; never shown to the customer. 1 to 500 characters.
    #[schema(value_type = String, min_length = 1, max_length = 500, example = "did not pay")]
    reason: Text<500>,
}

/// List customers who may not book by themselves.
#[utoipa::path(get, path = "/v1/customers/blocked", operation_id = "list_blocked_customers",
    tag = "Bookings", params(PageQuery),
    responses((status = 200, description = "The latest first, a thousand at most",
        body = Page<BlockView>)))]
async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<BlockView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let blocked = booking::blocked_customers(&mut tx).await?;
    Page::within(blocked, &query, |block| block.contact, BlockView::from).map(Json)
}

/// Keep a customer from booking by themselves.
///
/// Somebody at the desk still can for them. What they have booked stays.
#[utoipa::path(put, path = "/v1/customers/{contact_id}/block", operation_id = "block_customer",
    tag = "Bookings",
    params(("contact_id" = schema::ContactId, Path, description = "Whom")),
    request_body = PutBlock,
    responses((status = 200, description = "The block as it is now", body = BlockView)))]
async fn block(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(contact): ApiPath<ContactId>,
    ApiJson(request): ApiJson<PutBlock>,
) -> Result<Json<BlockView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let block = CustomerBlock { contact, reason: request.reason.into(), blocked_at: clock.now() };
    booking::block_customer(&mut tx, &block).await?;
    // One who was blocked before still is since then.
    let blocked = booking::blocked_customers(&mut tx).await?;
    let block = blocked.into_iter().find(|known| known.contact == contact).unwrap_or(block);
    tx.commit().await?;
    Ok(Json(block.into()))
}

/// Let a customer book again.
#[utoipa::path(delete, path = "/v1/customers/{contact_id}/block",
    operation_id = "unblock_customer", tag = "Bookings",
    params(("contact_id" = schema::ContactId, Path, description = "Whom")),
    responses((status = 204, description = "They can book by themselves")))]
async fn unblock(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(contact): ApiPath<ContactId>,
) -> Result<StatusCode, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    if !booking::unblock_customer(&mut tx, contact).await? {
        return Err(Problem::not_found("block"));
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
