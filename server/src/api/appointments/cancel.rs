//! Calling an appointment off.

use std::sync::Arc;

use axum::{Json, extract::State};
use kernel::{AppointmentId, Clock};
use platform::Db;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AppointmentView, Party};
use crate::{
    api::schema,
    auth::Caller,
    body::{ApiJsonOrDefault, ApiPath},
    problem::Problem,
};

/// Whose wish it is. The whole body may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CancelAppointment {
    /// Whose; the business's when left out.
    by: Party,
}

/// Cancel an appointment.
///
/// Lets go of any hold for moving it too. One that was called off already is given as it is.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/cancel",
    operation_id = "cancel_appointment", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which")),
    request_body = Option<CancelAppointment>,
    responses(
        (status = 200, description = "The appointment, called off", body = AppointmentView),
        (status = 409, description = "It is over (`invalid_transition`), or a hold that ran out \
            (`hold_expired`)", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn cancel(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    ApiJsonOrDefault(request): ApiJsonOrDefault<CancelAppointment>,
) -> Result<Json<AppointmentView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let cancelled = booking::cancel(&mut tx, id, request.by.into(), clock.now()).await?;
    tx.commit().await?;
    Ok(Json((&cancelled).into()))
}
