//! Calling an appointment off.

use std::sync::Arc;

use axum::extract::State;
use kernel::{AppointmentId, Clock};

use super::{AppointmentView, ByWhom, shown};
use crate::{
    api::{
        once::{Once, OnceHeader},
        reply::Reply,
        schema,
        version::{IfMatch, IfMatchHeader},
    },
    auth::Caller,
    body::ApiPath,
    problem::Problem,
};

/// Cancel an appointment.
///
/// Lets go of any hold for moving it too. One that was called off already is given as it is. A
/// customer is bound by the `terms` of the appointment.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/cancel",
    operation_id = "cancel_appointment", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), OnceHeader,
        IfMatchHeader),
    request_body = Option<ByWhom>,
    responses(
        (status = 200, description = "The appointment, called off", body = AppointmentView),
        (status = 409, description = "It is over (`invalid_transition`), a hold that ran out \
            (`hold_expired`), or too late for the customer (`too_late`)", body = Problem,
            content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn cancel(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    seen: IfMatch,
    once: Once<Option<ByWhom>>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        seen.check(tx, id).await?;
        let by = request.unwrap_or_default().by.into();
        Ok(shown(&booking::cancel(tx, id, by, clock.now()).await?))
    })
    .await
}
