//! Moving an appointment in one step.

use std::sync::Arc;

use axum::extract::State;
use booking::{Reschedule, Wanted};
use kernel::{AppointmentId, Clock, Ids, ResourceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AppointmentView, Party, shown};
use crate::{
    api::{
        once::{Once, OnceHeader},
        refusal::Refusal,
        reply::Reply,
        schema, tenant,
        values::{Instant, LocalTime, ZoneName},
        version::{IfMatch, IfMatchHeader},
        when::{Nth, When},
    },
    auth::Caller,
    body::ApiPath,
    problem::Problem,
};

/// Where to: `starts_at`, or `starts_at_local` with what it needs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RescheduleAppointment {
    /// When the customer comes instead: the start of an opening.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-12-24T09:30:00Z")]
    starts_at: Option<Instant>,
    /// The same by the clock on the wall.
    #[serde(default)]
    #[schema(value_type = Option<schema::LocalDateTime>)]
    starts_at_local: Option<LocalTime>,
    /// Where that clock hangs; at the business when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::TimeZone>)]
    time_zone: Option<ZoneName>,
    /// Which of the two, where the clock shows that time twice.
    #[serde(default)]
    occurrence: Option<Nth>,
    /// On whom; the same when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// Whose wish it is; the business's when left out. A customer is bound by the `terms` of the
    /// appointment and by the rules.
    #[serde(default)]
    by: Party,
}

/// Move an appointment.
///
/// A hold and its confirmation at once. Its id, reference, services and price stay. Moving it to
/// where it is does nothing.
#[utoipa::path(post, path = "/v1/appointments/{appointment_id}/reschedule",
    operation_id = "reschedule_appointment", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), OnceHeader,
        IfMatchHeader),
    request_body = RescheduleAppointment,
    responses(
        (status = 200, description = "The appointment where it is now", body = AppointmentView),
        (status = 409, description = "Somebody else was faster (`opening_taken`) or the start is \
            not on offer (`not_an_opening`), both with `reasons` and `alternatives`; or it is \
            neither pending nor confirmed (`invalid_transition`); or the customer may not \
            (`too_late`, `may_not_book`)",
            body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "A field is wrong (`invalid_field`), the local time is none \
            (`no_such_time`) or two (`ambiguous_time`), or the key stands for another request \
            (`idempotency_key_reused`)",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn reschedule(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiPath(id): ApiPath<AppointmentId>,
    seen: IfMatch,
    once: Once<RescheduleAppointment>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        let tenant = tenant::load(tx).await?;
        let before = booking::get(tx, id).await?;
        let before = before.ok_or_else(|| Problem::not_found("appointment"))?;
        seen.check(tx, id).await?;
        let when = When {
            starts_at: request.starts_at,
            starts_at_local: request.starts_at_local,
            time_zone: request.time_zone,
            occurrence: request.occurrence,
        };
        let wish = Reschedule {
            appointment: id,
            starts_at: when.resolve(&tenant.zone)?,
            resource: request.resource_id,
            by: request.by.into(),
            rules: pipeline::booking_rules(&tenant.rules)?,
        };
        let moved = booking::reschedule(tx, &wish, &ids, &*clock).await;
        let moved = moved.map_err(|error| {
            let wanted = Wanted {
                visit: wish.visit(&before),
                starts_at: wish.starts_at,
                moving: Some(id),
                rules: wish.rules,
            };
            Refusal::of(error, wanted)
        })?;
        Ok(shown(&moved))
    })
    .await
}
