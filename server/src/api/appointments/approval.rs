//! What a pending appointment waits for: the business's yes or no, the customer's answers.

use std::sync::Arc;

use axum::extract::State;
use booking::{Awaits, Party};
use kernel::{AppointmentId, Clock};
use serde::de::IgnoredAny;

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

/// Approve an appointment.
///
/// Of a service that awaits `approval`, or of a customer whose missed appointments ask for it.
/// Confirms it, unless it waits for something else too. Approving twice is approving once.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/approve",
    operation_id = "approve_appointment", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), OnceHeader,
        IfMatchHeader),
    responses(
        (status = 200, description = "The appointment", body = AppointmentView),
        (status = 409, description = "It is not pending (`invalid_transition`) or has lapsed \
            (`hold_expired`)", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn approve(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    seen: IfMatch,
    once: Once<IgnoredAny>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, _| {
        seen.check(tx, id).await?;
        let given = Awaits::Approval;
        Ok(shown(&booking::provide(tx, id, given, Party::Business, clock.now()).await?))
    })
    .await
}

/// Decline an appointment.
///
/// Only while it is pending; what was agreed is cancelled. Declining twice is declining once.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/decline",
    operation_id = "decline_appointment", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), OnceHeader,
        IfMatchHeader),
    responses(
        (status = 200, description = "The appointment, called off by the business",
            body = AppointmentView),
        (status = 409, description = "It is not pending (`invalid_transition`) or has lapsed \
            (`hold_expired`)", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn decline(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    seen: IfMatch,
    once: Once<IgnoredAny>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, _| {
        seen.check(tx, id).await?;
        Ok(shown(&booking::decline(tx, id, clock.now()).await?))
    })
    .await
}

/// Note that the intake is there.
///
/// The customer has answered what must be known before: form, consent. Confirms the appointment,
/// unless it waits for something else too. Noting it twice is noting it once.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/intake",
    operation_id = "note_intake", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), OnceHeader,
        IfMatchHeader),
    request_body = Option<ByWhom>,
    responses(
        (status = 200, description = "The appointment", body = AppointmentView),
        (status = 409, description = "It is not pending (`invalid_transition`) or has lapsed \
            (`hold_expired`)", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn intake(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<AppointmentId>,
    seen: IfMatch,
    once: Once<Option<ByWhom>>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        seen.check(tx, id).await?;
        let by = request.unwrap_or_default().by.into();
        Ok(shown(&booking::provide(tx, id, Awaits::Intake, by, clock.now()).await?))
    })
    .await
}
