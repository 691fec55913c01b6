//! Noting whether the customer came.

use std::sync::Arc;

use axum::{Json, extract::State};
use kernel::{AppointmentId, Clock};
use platform::Db;
use serde::Deserialize;
use utoipa::ToSchema;

use super::AppointmentView;
use crate::{
    api::schema,
    auth::Caller,
    body::{ApiJson, ApiPath},
    problem::Problem,
};

/// What is to be noted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteAttendance {
    /// Whether they came.
    attendance: Attendance,
}

/// Whether the customer came.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Attendance {
    /// They did: the appointment is completed.
    Came,
    /// They did not: it is a no-show.
    Missed,
}

/// Note whether the customer came.
///
/// From the start of the appointment on; before, `/attendance` is refused. It cannot be taken back.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/attendance",
    operation_id = "note_attendance", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which")),
    request_body = NoteAttendance,
    responses(
        (status = 200, description = "The appointment, completed or missed", body = AppointmentView),
        (status = 409, description = "It is not confirmed (`invalid_transition`)",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn note(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    ApiJson(request): ApiJson<NoteAttendance>,
) -> Result<Json<AppointmentView>, Problem> {
    let attendance = match request.attendance {
        Attendance::Came => booking::Attendance::Came,
        Attendance::Missed => booking::Attendance::Missed,
    };
    let mut tx = db.tenant(caller.tenant_id).await?;
    let noted = booking::settle(&mut tx, id, attendance, clock.now()).await?;
    tx.commit().await?;
    Ok(Json((&noted).into()))
}
