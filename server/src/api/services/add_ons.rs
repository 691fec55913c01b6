//! What can be had on top of a service.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};
use booking::{AddOn, AddOnDraft};
use kernel::{AddOnId, Clock, Currency, Ids, ServiceId};
use platform::{Db, TenantTx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{find, minutes};
use crate::{
    api::{
        merge::Merge,
        page::{Page, PageQuery},
        schema, tenant,
        values::{Amount, Language, Name, yes},
    },
    auth::Caller,
    body::{ApiJson, ApiPath, ApiQuery},
    problem::Problem,
};

/// What can be had on top of a service.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AddOnView {
    /// Which.
    #[schema(value_type = schema::AddOnId)]
    add_on_id: AddOnId,
    /// Of which service.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// What it is called, by language.
    #[schema(value_type = BTreeMap<String, schema::Name>)]
    names: BTreeMap<Language, Name>,
    /// How much longer it takes, in minutes.
    duration_minutes: i64,
    /// What it costs.
    price: Amount,
    /// Whether it is on offer.
    active: bool,
    /// Where it stands in lists; smaller first.
    position: i32,
}

impl From<&AddOn> for AddOnView {
    fn from(add_on: &AddOn) -> Self {
        let AddOnFields { names, duration_minutes, price, active, position } = add_on.into();
        let (add_on_id, service_id) = (add_on.id, add_on.service);
        Self { add_on_id, service_id, names, duration_minutes, price, active, position }
    }
}

/// What can be had on top of a service, as somebody wants it to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddOnFields {
    /// What it is called, by language (`en`, `es`, `pt`); at least one.
    #[schema(value_type = BTreeMap<String, schema::Name>, example = json!({ "en": "Olaplex" }))]
    names: BTreeMap<Language, Name>,
    /// How much longer it takes, in minutes.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 480, example = 15)]
    duration_minutes: i64,
    /// What it costs, in the currency of the business. Holds and appointments keep the price they
    /// were made with.
    price: Amount,
    /// Whether it is on offer.
    #[serde(default = "yes")]
    #[schema(default = true)]
    active: bool,
    /// Where it stands in lists; smaller first.
    #[serde(default)]
    #[schema(example = 0)]
    position: i32,
}

impl From<&AddOn> for AddOnFields {
    fn from(add_on: &AddOn) -> Self {
        let names = add_on.names.iter();
        Self {
            names: names.map(|(locale, name)| (Language(*locale), Name::stored(name))).collect(),
            duration_minutes: add_on.duration.as_mins(),
            price: add_on.price.into(),
            active: add_on.active,
            position: add_on.position,
        }
    }
}

impl AddOnFields {
    fn draft(self, service: ServiceId, currency: Currency) -> Result<AddOnDraft, Problem> {
        let names = self.names.into_iter();
        Ok(AddOnDraft {
            service,
            names: names.map(|(locale, name)| (locale.0, name.into())).collect(),
            duration: minutes("/duration_minutes", self.duration_minutes)?,
            price_minor: self.price.in_currency(currency, "/price")?,
            active: self.active,
            position: self.position,
        })
    }
}

/// A change to an add-on.
type AddOnPatch = Merge<AddOnFields>;

/// List what can be had on top of a service.
///
/// By position; also what is no longer on offer, so that old appointments can be named.
#[utoipa::path(get, path = "/v1/services/{service_id}/add-ons", operation_id = "list_add_ons",
    tag = "Catalogue",
    params(("service_id" = schema::ServiceId, Path, description = "Of which"), PageQuery),
    responses((status = 200, description = "Add-ons", body = Page<AddOnView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(service): ApiPath<ServiceId>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<AddOnView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    find(&mut tx, service).await?;
    let mut add_ons = booking::catalogue(&mut tx).await?.add_ons;
    add_ons.retain(|add_on| add_on.service == service);
    Page::within(add_ons, &query, |add_on| add_on.id, |add_on| AddOnView::from(&add_on)).map(Json)
}

/// Show what can be had on top of a service.
#[utoipa::path(get, path = "/v1/services/{service_id}/add-ons/{add_on_id}",
    operation_id = "show_add_on", tag = "Catalogue",
    params(("service_id" = schema::ServiceId, Path, description = "Of which"),
        ("add_on_id" = schema::AddOnId, Path, description = "Which")),
    responses((status = 200, description = "The add-on", body = AddOnView)))]
pub(super) async fn show(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(which): ApiPath<(ServiceId, AddOnId)>,
) -> Result<Json<AddOnView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    Ok(Json((&find_add_on(&mut tx, which).await?).into()))
}

/// Add something to be had on top of a service.
#[utoipa::path(post, path = "/v1/services/{service_id}/add-ons", operation_id = "create_add_on",
    tag = "Catalogue",
    params(("service_id" = schema::ServiceId, Path, description = "Of which")),
    request_body = AddOnFields,
    responses((status = 201, description = "The add-on", body = AddOnView,
        headers(("Location" = String, description = "Where it is from now on")))))]
pub(super) async fn create(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiPath(service): ApiPath<ServiceId>,
    ApiJson(fields): ApiJson<AddOnFields>,
) -> Result<impl IntoResponse, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let draft = fields.draft(service, tenant::load(&mut tx).await?.currency)?;
    let add_on = booking::create_add_on(&mut tx, &draft, &ids, &*clock).await?;
    tx.commit().await?;
    let location = format!("/v1/services/{service}/add-ons/{}", add_on.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(AddOnView::from(&add_on))))
}

/// Change what can be had on top of a service.
///
/// Appointments and holds keep the time and the price they were made with.
#[utoipa::path(patch, path = "/v1/services/{service_id}/add-ons/{add_on_id}",
    operation_id = "update_add_on", tag = "Catalogue",
    params(("service_id" = schema::ServiceId, Path, description = "Of which"),
        ("add_on_id" = schema::AddOnId, Path, description = "Which")),
    request_body = AddOnPatch,
    responses((status = 200, description = "The add-on as it is now", body = AddOnView)))]
pub(super) async fn update(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(which): ApiPath<(ServiceId, AddOnId)>,
    ApiJson(patch): ApiJson<AddOnPatch>,
) -> Result<Json<AddOnView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let fields = patch.apply(&(&find_add_on(&mut tx, which).await?).into())?;
    let draft = fields.draft(which.0, tenant::load(&mut tx).await?.currency)?;
    let add_on = booking::update_add_on(&mut tx, which.1, &draft).await?;
    tx.commit().await?;
    Ok(Json((&add_on).into()))
}

async fn find_add_on(
    tx: &mut TenantTx,
    (service, id): (ServiceId, AddOnId),
) -> Result<AddOn, Problem> {
    let catalogue = booking::catalogue(tx).await?;
    let is_it = |add_on: &AddOn| add_on.id == id && add_on.service == service;
    catalogue.add_ons.into_iter().find(is_it).ok_or_else(|| Problem::not_found("add-on"))
}
