//! Noting whether the customer came.

use std::sync::Arc;

use axum::extract::State;
use kernel::{AppointmentId, Clock};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AppointmentView, shown};
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
    /// They are here: the appointment is `arrived`; also one that was given up on.
    Arrived,
    /// They are not, after all: an arrival is taken back.
    NotHere,
    /// They came, and it is over: the appointment is `completed`.
    Came,
    /// They did not: it is a `no_show`.
    Missed,
}

/// Note whether the customer came.
///
/// From the start of the appointment on, an arrival from four hours before; earlier, `/attendance`
/// is refused. That somebody missed it can be taken back by `arrived` or `came`, nothing else can.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/attendance",
    operation_id = "note_attendance", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), OnceHeader,
        IfMatchHeader),
    request_body = NoteAttendance,
    responses(
        (status = 200, description = "The appointment as it is now", body = AppointmentView),
        (status = 409, description = "It cannot go there from where it stands \
            (`invalid_transition`)", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn note(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    seen: IfMatch,
    once: Once<NoteAttendance>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        seen.check(tx, id).await?;
        let attendance = match request.attendance {
            Attendance::Arrived => booking::Attendance::Arrived,
            Attendance::NotHere => booking::Attendance::NotHere,
            Attendance::Came => booking::Attendance::Came,
            Attendance::Missed => booking::Attendance::Missed,
        };
        Ok(shown(&booking::settle(tx, id, attendance, clock.now()).await?))
    })
    .await
}
