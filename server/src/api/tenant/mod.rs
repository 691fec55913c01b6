//! The business that the key belongs to, and the rules of its bookings.

mod rules;
mod tone;

use axum::{Json, extract::State};
use platform::{Db, TenantTx};
use serde::Serialize;
use tenancy::Tenant;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{schema, values::zone_name};
use crate::{app::App, auth::Caller, problem::Problem};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(rules::update))
        .routes(routes!(tone::show, tone::update))
        .routes(routes!(tone::preview))
}

/// A business.
#[derive(Debug, Serialize, ToSchema)]
struct TenantView {
    /// Which.
    #[schema(value_type = schema::TenantId)]
    tenant_id: kernel::TenantId,
    /// As customers know it.
    #[schema(example = "Aurora")]
    name: String,
    /// Line of business.
    #[schema(example = "salon")]
    vertical: String,
    /// Where its wall clock hangs.
    #[schema(value_type = schema::TimeZone)]
    time_zone: String,
    /// The language it speaks when the customer's is not known.
    #[schema(value_type = schema::Locale)]
    locale: kernel::Locale,
    /// In which its prices are.
    #[schema(value_type = schema::Currency)]
    currency: kernel::Currency,
    /// ISO 3166 code of the country whose national phone numbers are understood.
    #[schema(required, example = "ES")]
    country: Option<String>,
    /// One line; may be empty.
    #[schema(example = "Calle Mayor 1, Madrid")]
    address: String,
    /// How its bookings behave.
    rules: rules::BookingRules,
}

impl From<Tenant> for TenantView {
    fn from(tenant: Tenant) -> Self {
        Self {
            tenant_id: tenant.id,
            time_zone: zone_name(&tenant.zone),
            name: tenant.name,
            vertical: tenant.vertical,
            locale: tenant.locale,
            currency: tenant.currency,
            country: tenant.country,
            address: tenant.address,
            rules: tenant.rules.into(),
        }
    }
}

/// Show the business that the key belongs to.
#[utoipa::path(get, path = "/v1/tenant", operation_id = "show_tenant", tag = "Business",
    responses((status = 200, description = "The business", body = TenantView)))]
async fn show(caller: Caller, State(db): State<Db>) -> Result<Json<TenantView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    Ok(Json(load(&mut tx).await?.into()))
}

/// Reads the business of a transaction.
pub(super) async fn load(tx: &mut TenantTx) -> Result<Tenant, Problem> {
    tenancy::load_tenant(tx).await?.ok_or_else(|| Problem::not_found("tenant"))
}
