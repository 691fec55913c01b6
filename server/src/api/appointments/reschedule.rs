//! Moving an appointment in one step.

use std::sync::Arc;

use axum::{Json, extract::State};
use booking::{Party, Reschedule, Wanted};
use kernel::{AppointmentId, Clock, Ids, ResourceId};
use platform::Db;
use serde::Deserialize;
use utoipa::ToSchema;

use super::AppointmentView;
use crate::{
    api::{alternatives::refuse, schema, tenant, values::Instant},
    auth::Caller,
    body::{ApiJson, ApiPath},
    problem::Problem,
};

/// Where to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RescheduleAppointment {
    /// When the customer comes instead: the start of an opening.
    #[schema(value_type = String, format = DateTime, example = "2026-12-24T09:30:00Z")]
    starts_at: Instant,
    /// On whom; the same when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
}

/// Move an appointment.
///
/// A hold and its confirmation at once. Its id, reference, service and price stay. Moving it to
/// where it is does nothing.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/reschedule",
    operation_id = "reschedule_appointment", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which")),
    request_body = RescheduleAppointment,
    responses(
        (status = 200, description = "The appointment where it is now", body = AppointmentView),
        (status = 409, description = "Somebody else was faster (`opening_taken`) or the start is \
            not on offer (`not_an_opening`, with `reason`), both with `alternatives`; or it is \
            not confirmed (`invalid_transition`)",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn reschedule(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiPath(id): ApiPath<AppointmentId>,
    ApiJson(request): ApiJson<RescheduleAppointment>,
) -> Result<Json<AppointmentView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let rules = pipeline::booking_rules(&tenant::load(&mut tx).await?.rules)?;
    let before = booking::get(&mut tx, id).await?;
    let before = before.ok_or_else(|| Problem::not_found("appointment"))?;
    let wish = Reschedule {
        appointment: id,
        starts_at: request.starts_at.0,
        resource: request.resource_id,
        by: Party::Business,
        rules,
    };
    match booking::reschedule(&mut tx, &wish, &ids, &*clock).await {
        Ok(moved) => {
            tx.commit().await?;
            Ok(Json((&moved).into()))
        }
        Err(error) => {
            tx.rollback().await?;
            let wanted = Wanted {
                visit: wish.visit(&before),
                starts_at: wish.starts_at,
                moving: Some(id),
                rules,
            };
            Err(refuse(&db, caller.tenant_id, error, &wanted, clock.now()).await)
        }
    }
}
