//! Two appointments change places.

use std::sync::Arc;

use axum::extract::State;
use booking::Swap;
use kernel::{AppointmentId, Clock};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::AppointmentView;
use crate::{
    api::{
        once::{Once, OnceHeader},
        reply::Reply,
        schema, tenant,
    },
    auth::Caller,
    problem::Problem,
};

/// Two appointments.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SwapAppointments {
    /// One.
    #[schema(value_type = schema::AppointmentId)]
    appointment_id: AppointmentId,
    /// The other.
    #[schema(value_type = schema::AppointmentId)]
    with: AppointmentId,
    /// The version of the first that you have seen; if somebody has changed it since, nothing
    /// happens (`version_conflict`). Two appointments have no one `If-Match`.
    #[serde(default)]
    version: Option<i32>,
    /// The same of the other.
    #[serde(default)]
    with_version: Option<i32>,
}

/// Two appointments that have changed places.
#[derive(Debug, Serialize, ToSchema)]
struct Swapped {
    /// Both, in the order in which they were named.
    data: Vec<AppointmentView>,
}

/// Swap two appointments.
///
/// Each gets the other's start and people, both or neither. Each keeps its services, length and
/// price, so what is longer must fit where it goes. Classes do not swap.
#[utoipa::path(post, path = "/v1/appointments/swap", operation_id = "swap_appointments",
    tag = "Bookings", params(OnceHeader), request_body = SwapAppointments,
    responses(
        (status = 200, description = "Both where they are now", body = Swapped),
        (status = 404, description = "No such appointment: `not_found`", body = Problem,
            content_type = "application/problem+json"),
        (status = 409, description = "One does not fit where the other is (`opening_taken`, \
            `not_an_opening`, with `reasons`), or is neither pending nor confirmed \
            (`invalid_transition`)", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "One has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn swap(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    once: Once<SwapAppointments>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        let rules = pipeline::booking_rules(&tenant::load(tx).await?.rules)?;
        let mut seen =
            [(request.appointment_id, request.version), (request.with, request.with_version)];
        seen.sort_unstable_by_key(|(id, _)| *id); // in order of id, like everybody who wants two
        for (id, version) in seen {
            if let Some(version) = version {
                booking::expect_version(tx, id, version).await?;
            }
        }
        let wish = Swap { first: request.appointment_id, second: request.with, rules };
        let (one, other) = booking::swap(tx, &wish, &*clock).await?;
        Ok(Reply::ok(&Swapped { data: vec![(&one).into(), (&other).into()] }))
    })
    .await
}
