//! From a hold to an appointment.

use std::sync::Arc;

use axum::extract::State;
use booking::Confirm;
use kernel::{AppointmentId, Clock};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    api::{
        appointments::{AppointmentView, Party, shown},
        once::{Once, OnceHeader},
        reply::Reply,
        schema,
        values::Amount,
        version::{IfMatch, IfMatchHeader},
    },
    auth::Caller,
    body::ApiPath,
    problem::Problem,
};

/// A yes. The whole body may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ConfirmHold {
    /// The price that was said yes to; what the hold promises when left out.
    expected_price: Option<Amount>,
    /// Who said yes; the business when left out.
    by: Party,
}

/// Confirm a hold.
///
/// It is `confirmed` then, or `pending` when something is still to come: see `awaits`. A hold for
/// moving an appointment gives that one its time and leaves: the answer is the appointment that was
/// moved, under its own id. Confirming twice is confirming once.
#[utoipa::path(post, path = "/v1/holds/{appointment_id}/confirm", operation_id = "confirm_hold",
    tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), OnceHeader,
        IfMatchHeader),
    request_body = Option<ConfirmHold>,
    responses(
        (status = 200, description = "The appointment", body = AppointmentView),
        (status = 409, description = "It ran out (`hold_expired`), promises another price \
            (`price_changed`), or was let go (`invalid_transition`)",
            body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn confirm(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(appointment): ApiPath<AppointmentId>,
    seen: IfMatch,
    once: Once<Option<ConfirmHold>>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        seen.check(tx, appointment).await?;
        let request = request.unwrap_or_default();
        let expected_price = request.expected_price.map(Into::into);
        let yes = Confirm { appointment, by: request.by.into(), expected_price };
        Ok(shown(&booking::confirm(tx, &yes, clock.now()).await?))
    })
    .await
}
