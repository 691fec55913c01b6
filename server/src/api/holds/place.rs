//! Claiming an opening.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::LOCATION},
    response::IntoResponse,
};
use booking::{Customer, Item, Party, PlaceHold};
use jiff::SignedDuration;
use kernel::{AppointmentId, Clock, Ids, PhoneNumber, ResourceId, ServiceId};
use platform::Db;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    api::{
        alternatives::refuse,
        appointments::AppointmentView,
        schema, tenant,
        values::{Instant, Name},
    },
    auth::Caller,
    body::ApiJson,
    problem::Problem,
};

/// An opening to be claimed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateHold {
    /// What for.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// On whom; the first who is free, by position, when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// When the customer comes: the start of an opening.
    #[schema(value_type = String, format = DateTime, example = "2026-12-24T09:30:00Z")]
    starts_at: Instant,
    /// Who comes.
    #[serde(default)]
    customer: CustomerFields,
    /// The confirmed appointment to be moved here. It stays where it is until this hold is
    /// confirmed, and is not in its own way.
    #[serde(default)]
    #[schema(value_type = Option<schema::AppointmentId>)]
    replaces: Option<AppointmentId>,
}

/// Who comes.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct CustomerFields {
    /// As they introduced themselves.
    #[schema(value_type = Option<schema::Name>)]
    name: Option<Name>,
    /// Where to reach them.
    #[schema(value_type = Option<schema::PhoneNumber>)]
    phone: Option<PhoneNumber>,
}

/// Place a hold.
///
/// Claims an opening for `rules.hold_minutes` of the business: nobody else can have it until then.
/// Confirm it to make it an appointment.
#[utoipa::path(post, path = "/v1/holds", operation_id = "create_hold", tag = "Bookings",
    request_body = CreateHold,
    responses(
        (status = 201, description = "The hold", body = AppointmentView,
            headers(("Location" = String, description = "Where it can be seen from now on"))),
        (status = 404, description = "No such service, resource or appointment: `not_found`",
            body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else was faster (`opening_taken`) or the start is \
            not on offer (`not_an_opening`, with `reason`), both with `alternatives`; or what is \
            to be moved is not confirmed (`invalid_transition`)",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn place(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiJson(request): ApiJson<CreateHold>,
) -> Result<impl IntoResponse, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let tenant = tenant::load(&mut tx).await?;
    let wish = PlaceHold {
        visit: Item::new(request.service_id).on(request.resource_id).into(),
        starts_at: request.starts_at.0,
        customer: Customer {
            contact: None,
            name: request.customer.name.map(String::from),
            phone: request.customer.phone,
        },
        ttl: SignedDuration::from_mins(tenant.rules.hold_minutes.into()),
        replaces: request.replaces,
        series: None,
        by: Party::Business,
        rules: pipeline::booking_rules(&tenant.rules)?,
    };
    match booking::place_hold(&mut tx, &wish, &ids, &*clock).await {
        Ok(hold) => {
            tx.commit().await?;
            let location = format!("/v1/appointments/{}", hold.id);
            Ok((StatusCode::CREATED, [(LOCATION, location)], Json(AppointmentView::from(&hold))))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(refuse(&db, caller.tenant_id, error, &wish.wanted(), clock.now()).await)
        }
    }
}
