//! Reading services.

use axum::{Json, extract::State};
use booking::Service;
use kernel::ServiceId;
use platform::{Db, TenantTx};

use super::ServiceView;
use crate::{
    api::{
        page::{Page, PageQuery},
        schema,
    },
    auth::Caller,
    body::{ApiPath, ApiQuery},
    problem::Problem,
};

/// List services.
///
/// By position; also those that are no longer on offer, so that old appointments can be named.
#[utoipa::path(get, path = "/v1/services", operation_id = "list_services", tag = "Catalogue",
    params(PageQuery),
    responses((status = 200, description = "Services", body = Page<ServiceView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<ServiceView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let services = booking::catalogue(&mut tx).await?.services;
    let view = |service: Service| ServiceView::from(&service);
    Page::within(services, &query, |service| service.id, view).map(Json)
}

/// Show a service.
#[utoipa::path(get, path = "/v1/services/{service_id}", operation_id = "show_service",
    tag = "Catalogue",
    params(("service_id" = schema::ServiceId, Path, description = "Which")),
    responses((status = 200, description = "The service", body = ServiceView)))]
pub(super) async fn show(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ServiceId>,
) -> Result<Json<ServiceView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    Ok(Json((&find(&mut tx, id).await?).into()))
}

/// Reads a service of the tenant.
pub(in crate::api) async fn find(tx: &mut TenantTx, id: ServiceId) -> Result<Service, Problem> {
    let catalogue = booking::catalogue(tx).await?;
    let found = catalogue.services.into_iter().find(|service| service.id == id);
    found.ok_or_else(|| Problem::not_found("service"))
}
