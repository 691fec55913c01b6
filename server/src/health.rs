//! `/livez`: the process runs. `/readyz`: it can do its work. `/metrics`: numbers.

use std::sync::Arc;

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use kernel::Clock;
use metrics_exporter_prometheus::PrometheusHandle;
use pipeline::Understanding;
use platform::Db;
use serde_json::{Value, json};

use crate::app::App;

/// Rules change several times a year, often with a few weeks' notice.
const OLD_RULES_DAYS: i64 = 400;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/livez", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(render))
}

async fn ready(
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(understanding): State<Understanding>,
) -> (StatusCode, Json<Value>) {
    let database = db.ping().await;
    let status = if database.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let encoder = if understanding.has_model() { "model" } else { "heuristic" };
    let zones = kernel::Zones::in_use();
    let age_days = zones.age(clock.now()).map(|age| age.as_hours() / 24);
    let body = json!({
        "ready": database.is_ok(),
        "checks": {
            "database": if database.is_ok() { "ok" } else { "not answering" },
            "encoder": encoder,
        },
        // Rules older than this belie the clock somewhere in the world.
        "zone_rules": {
            "version": zones.version(),
            "age_days": age_days,
            "outdated": age_days.is_some_and(|days| days > OLD_RULES_DAYS),
        },
    });
    (status, Json(body))
}

async fn render(State(metrics): State<PrometheusHandle>) -> String {
    metrics.render()
}
