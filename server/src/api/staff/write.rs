//! Adding and changing staff.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};
use kernel::{Clock, Ids, ResourceId};
use platform::Db;

use super::{ResourceFields, ResourceView, find};
use crate::{
    api::{merge::Merge, schema, tenant},
    auth::Caller,
    body::{ApiJson, ApiPath},
    problem::Problem,
};

/// A change to a resource.
type ResourcePatch = Merge<ResourceFields>;

/// Add a member of staff, a room, a chair, a table or equipment.
///
/// It has no hours yet, so nothing can be booked on it until they are put.
#[utoipa::path(post, path = "/v1/staff", operation_id = "create_staff", tag = "Catalogue",
    request_body = ResourceFields,
    responses((status = 201, description = "The resource", body = ResourceView,
        headers(("Location" = String, description = "Where it is from now on")))))]
pub(super) async fn create(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiJson(fields): ApiJson<ResourceFields>,
) -> Result<impl IntoResponse, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let tenant = tenant::load(&mut tx).await?;
    let refuse = fields.refuse();
    let draft = fields.draft(&tenant)?;
    let created = booking::create_resource(&mut tx, &draft, &ids, &*clock).await;
    let resource = created.map_err(refuse)?;
    tx.commit().await?;
    let location = format!("/v1/staff/{}", resource.id);
    Ok((
        StatusCode::CREATED,
        [(LOCATION, location)],
        Json(ResourceView::new(&resource, tenant.currency)),
    ))
}

/// Change a member of staff, a room, a chair, a table or equipment.
///
/// Appointments stay where they are.
#[utoipa::path(patch, path = "/v1/staff/{resource_id}", operation_id = "update_staff",
    tag = "Catalogue",
    params(("resource_id" = schema::ResourceId, Path, description = "Which")),
    request_body = ResourcePatch,
    responses((status = 200, description = "The resource as it is now", body = ResourceView)))]
pub(super) async fn update(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ResourceId>,
    ApiJson(patch): ApiJson<ResourcePatch>,
) -> Result<Json<ResourceView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let tenant = tenant::load(&mut tx).await?;
    let current = ResourceFields::new(&find(&mut tx, id).await?, tenant.currency);
    let fields = patch.apply(&current)?;
    let refuse = fields.refuse();
    let draft = fields.draft(&tenant)?;
    let resource = booking::update_resource(&mut tx, id, &draft).await.map_err(refuse)?;
    tx.commit().await?;
    Ok(Json(ResourceView::new(&resource, tenant.currency)))
}
