//! `/livez`: the process runs. `/readyz`: it can do its work. `/metrics`: numbers.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use metrics_exporter_prometheus::PrometheusHandle;
use pipeline::Understanding;
use platform::Db;
use serde_json::{Value, json};

use crate::app::App;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/livez", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/metrics", get(render))
}

async fn ready(
    State(db): State<Db>,
    State(understanding): State<Understanding>,
) -> (StatusCode, Json<Value>) {
    let database = db.ping().await;
    let status = if database.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let encoder = if understanding.has_model() { "model" } else { "heuristic" };
    let body = json!({
        "ready": database.is_ok(),
        "checks": {
            "database": if database.is_ok() { "ok" } else { "not answering" },
            "encoder": encoder,
        },
    });
    (status, Json(body))
}

async fn render(State(metrics): State<PrometheusHandle>) -> String {
    metrics.render()
}
