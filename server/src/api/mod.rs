//! The API under `/v1`: one folder per resource, one file per action or two.
//!
//! Every handler asks for [`crate::auth::Caller`] first, so nothing is parsed, let alone looked up,
//! for somebody without a key; and everything is read and written in a transaction of the caller's
//! tenant, so another tenant's id is not found. What a business means is decided in the crates
//! below; here are its shapes in JSON.

mod appointments;
mod closures;
mod conversations;
mod customers;
mod document;
mod facts;
mod holds;
mod merge;
mod once;
mod openings;
mod page;
mod refusal;
mod reply;
mod schema;
mod series;
mod services;
mod staff;
mod tenant;
mod values;
mod version;
mod visit;
mod waitlist;
mod when;
mod why;

use utoipa_axum::router::OpenApiRouter;

pub(crate) use openings::OpeningView;
pub(crate) use series::OccurrenceView;
pub(crate) use when::ClockTime;
pub(crate) use why::ReasonView;

use crate::app::App;

/// Every route of the API, with its documentation.
pub(crate) fn router() -> OpenApiRouter<App> {
    let mut router = OpenApiRouter::with_openapi(document::head())
        .merge(tenant::router())
        .merge(facts::router())
        .merge(services::router())
        .merge(staff::router())
        .merge(closures::router())
        .merge(openings::router())
        .merge(holds::router())
        .merge(appointments::router())
        .merge(series::router())
        .merge(customers::router())
        .merge(waitlist::router())
        .merge(conversations::router());
    document::complete(router.get_openapi_mut());
    router
}

/// The OpenAPI document, as `docs/openapi.json` keeps it.
pub(crate) fn openapi_json() -> String {
    let document = router().into_openapi();
    // Nothing in it can fail to serialise: maps with text keys, numbers, text.
    document.to_pretty_json().unwrap_or_default() + "\n"
}
