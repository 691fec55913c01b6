//! Letting an opening go.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use booking::Party;
use kernel::{AppointmentId, Clock};
use platform::Db;

use crate::{
    api::{
        schema,
        version::{IfMatch, IfMatchHeader},
    },
    auth::Caller,
    body::ApiPath,
    problem::Problem,
};

/// Let a hold go.
///
/// One that has gone already, or has run out, is left as it is.
#[utoipa::path(delete, path = "/v1/holds/{appointment_id}", operation_id = "delete_hold",
    tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"),
        IfMatchHeader),
    responses(
        (status = 204, description = "It blocks nothing any more"),
        (status = 409, description = "It is an appointment by now: `invalid_transition`",
            body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn release(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    seen: IfMatch,
) -> Result<StatusCode, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    seen.check(&mut tx, id).await?;
    booking::release(&mut tx, id, Party::Business, clock.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
