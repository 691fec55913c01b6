//! Adding and changing services.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};
use kernel::{Clock, Ids, ServiceId};
use platform::Db;

use super::{ServiceFields, ServiceView, find};
use crate::{
    api::{merge::Merge, schema, tenant},
    auth::Caller,
    body::{ApiJson, ApiPath},
    problem::Problem,
};

/// A change to a service.
type ServicePatch = Merge<ServiceFields>;

/// Add a service.
///
/// Nobody does it yet: name it in `service_ids` of the staff who do.
#[utoipa::path(post, path = "/v1/services", operation_id = "create_service", tag = "Catalogue",
    request_body = ServiceFields,
    responses((status = 201, description = "The service", body = ServiceView,
        headers(("Location" = String, description = "Where it is from now on")))))]
pub(super) async fn create(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiJson(fields): ApiJson<ServiceFields>,
) -> Result<impl IntoResponse, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let draft = fields.draft(tenant::load(&mut tx).await?.currency)?;
    let service = booking::create_service(&mut tx, &draft, &ids, &*clock).await?;
    tx.commit().await?;
    let location = format!("/v1/services/{}", service.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(ServiceView::from(&service))))
}

/// Change a service.
///
/// Appointments and holds keep the times and the price they were made with.
#[utoipa::path(patch, path = "/v1/services/{service_id}", operation_id = "update_service",
    tag = "Catalogue",
    params(("service_id" = schema::ServiceId, Path, description = "Which")),
    request_body = ServicePatch,
    responses((status = 200, description = "The service as it is now", body = ServiceView)))]
pub(super) async fn update(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ServiceId>,
    ApiJson(patch): ApiJson<ServicePatch>,
) -> Result<Json<ServiceView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let fields = patch.apply(&(&find(&mut tx, id).await?).into())?;
    let draft = fields.draft(tenant::load(&mut tx).await?.currency)?;
    let service = booking::update_service(&mut tx, id, &draft).await?;
    tx.commit().await?;
    Ok(Json((&service).into()))
}
