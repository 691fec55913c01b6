//! From a hold to an appointment.

use std::sync::Arc;

use axum::{Json, extract::State};
use booking::{Confirm, Party};
use kernel::{AppointmentId, Clock};
use platform::Db;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    api::{appointments::AppointmentView, schema, values::Amount},
    auth::Caller,
    body::{ApiJsonOrDefault, ApiPath},
    problem::Problem,
};

/// A yes. The whole body may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ConfirmHold {
    /// The price that was said yes to; what the hold promises when left out.
    expected_price: Option<Amount>,
}

/// Confirm a hold.
///
/// A hold for moving an appointment gives that one its time and leaves: the answer is the
/// appointment that was moved, under its own id. Confirming twice is confirming once.
#[utoipa::path(post, path = "/v1/holds/{appointment_id}/confirm", operation_id = "confirm_hold",
    tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which")),
    request_body = Option<ConfirmHold>,
    responses(
        (status = 200, description = "The appointment", body = AppointmentView),
        (status = 409, description = "It ran out (`hold_expired`), promises another price \
            (`price_changed`), or was let go (`invalid_transition`)",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn confirm(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(appointment): ApiPath<AppointmentId>,
    ApiJsonOrDefault(request): ApiJsonOrDefault<ConfirmHold>,
) -> Result<Json<AppointmentView>, Problem> {
    let yes = Confirm {
        appointment,
        by: Party::Business,
        expected_price: request.expected_price.map(Into::into),
    };
    let mut tx = db.tenant(caller.tenant_id).await?;
    let confirmed = booking::confirm(&mut tx, &yes, clock.now()).await?;
    tx.commit().await?;
    Ok(Json((&confirmed).into()))
}
