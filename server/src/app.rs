//! The parts of the running service, and the router over them.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    http::{HeaderName, StatusCode, header},
    response::IntoResponse as _,
};
use kernel::{Clock, Ids};
use metrics_exporter_prometheus::PrometheusHandle;
use pipeline::Understanding;
use platform::Db;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    sensitive_headers::SetSensitiveRequestHeadersLayer,
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use crate::{api, health, pages, problem::Problem, simulator, webhooks};

/// Largest body accepted, in bytes. Webhooks stay far below it.
pub(crate) const BODY_LIMIT: usize = 3 * 1024 * 1024;

/// Everything a handler may ask for. Handlers take parts of it through `FromRef`.
#[derive(Clone, FromRef)]
pub struct App {
    /// Where everything is kept.
    pub db: Db,
    /// The only source of now.
    pub clock: Arc<dyn Clock>,
    /// The only source of identifiers.
    pub ids: Arc<Ids>,
    /// The models.
    pub understanding: Understanding,
    /// What `/metrics` shows.
    pub metrics: PrometheusHandle,
    /// What is open in this process.
    pub switches: Switches,
}

/// What is open in this process.
#[derive(Debug, Clone, Copy)]
pub struct Switches {
    /// The simulator channel and its chat page.
    pub simulator: bool,
    /// Longest time a request may take.
    pub timeout: Duration,
}

/// Every route of the service.
pub fn router(app: App) -> Router {
    let (api, document) = api::router().split_for_parts();
    let mut router = api
        .merge(health::router())
        .merge(webhooks::router())
        .merge(utoipa_swagger_ui::SwaggerUi::new("/docs").url("/openapi.json", document));
    if app.switches.simulator {
        router = router.merge(simulator::router()).merge(pages::router());
    }
    let request_id = HeaderName::from_static("x-request-id");
    router
        .fallback(async || Problem::not_found("route"))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(axum::middleware::from_fn(count_requests))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a handler panicked");
            metrics::counter!("booka_panics_total").increment(1);
            Problem::panicked().into_response()
        }))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            app.switches.timeout,
        ))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &axum::extract::Request| {
            let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
            tracing::info_span!(
                "http.request",
                method = %request.method(),
                path = request.uri().path(),
                request.id = id,
                tenant.id = tracing::field::Empty,
            )
        }))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .layer(SetSensitiveRequestHeadersLayer::new([
            header::AUTHORIZATION,
            HeaderName::from_static("x-booka-secret"),
        ]))
        .with_state(app)
}

/// Counts and times requests by route pattern, never by path: paths hold ids.
async fn count_requests(
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    let route = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().to_string();
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    metrics::histogram!(
        "http_server_request_duration_seconds",
        "http_request_method" => method,
        "http_route" => route,
        "http_response_status_code" => response.status().as_u16().to_string(),
    )
    .record(started.elapsed().as_secs_f64());
    response
}
