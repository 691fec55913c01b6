//! Doors for the providers' webhooks. Order at each: authenticate over the raw bytes, store, answer.
//! Nothing that was authenticated is answered with a 4xx for its content, because a provider would
//! never send it again.

mod evolution;

use axum::Router;

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    evolution::router()
}
