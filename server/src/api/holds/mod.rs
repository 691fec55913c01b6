//! Claims on an opening while somebody decides. A hold is an appointment that is not one yet: the
//! same id, shown the same way, at `/v1/appointments/{appointment_id}` too.

mod confirm;
mod place;
mod release;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(place::place))
        .routes(routes!(release::release))
        .routes(routes!(confirm::confirm))
}
