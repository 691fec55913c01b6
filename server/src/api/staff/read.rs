//! Reading staff.

use axum::{Json, extract::State};
use booking::Resource;
use kernel::ResourceId;
use platform::{Db, TenantTx};

use super::ResourceView;
use crate::{
    api::{
        page::{Page, PageQuery},
        schema, tenant,
    },
    auth::Caller,
    body::{ApiPath, ApiQuery},
    problem::Problem,
};

/// List staff, rooms, chairs, tables and equipment.
///
/// By position; also those that no longer take bookings, so that old appointments can be named.
#[utoipa::path(get, path = "/v1/staff", operation_id = "list_staff", tag = "Catalogue",
    params(PageQuery),
    responses((status = 200, description = "All of them", body = Page<ResourceView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<ResourceView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let resources = booking::catalogue(&mut tx).await?.resources;
    let currency = tenant::load(&mut tx).await?.currency;
    let view = |resource: Resource| ResourceView::new(&resource, currency);
    Page::within(resources, &query, |resource| resource.id, view).map(Json)
}

/// Show a member of staff, a room, a chair, a table or equipment.
#[utoipa::path(get, path = "/v1/staff/{resource_id}", operation_id = "show_staff",
    tag = "Catalogue",
    params(("resource_id" = schema::ResourceId, Path, description = "Which")),
    responses((status = 200, description = "The resource", body = ResourceView)))]
pub(super) async fn show(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ResourceId>,
) -> Result<Json<ResourceView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let currency = tenant::load(&mut tx).await?.currency;
    Ok(Json(ResourceView::new(&find(&mut tx, id).await?, currency)))
}

/// Reads a resource of the tenant.
pub(in crate::api) async fn find(tx: &mut TenantTx, id: ResourceId) -> Result<Resource, Problem> {
    let catalogue = booking::catalogue(tx).await?;
    let found = catalogue.resources.into_iter().find(|resource| resource.id == id);
    found.ok_or_else(|| Problem::not_found("resource"))
}
