//! Calling a series off.

use std::sync::Arc;

use axum::extract::State;
use kernel::{Clock, SeriesId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::{
        appointments::{AppointmentView, Party},
        once::{Once, OnceHeader},
        reply::Reply,
        schema,
        values::Instant,
    },
    auth::Caller,
    body::ApiPath,
    problem::Problem,
};

/// From when on, and whose wish it is. The whole body may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CancelSeries {
    /// What starts then or later; now when left out.
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-12-24T00:00:00Z")]
    from: Option<Instant>,
    /// Whose wish; the business's when left out.
    by: Party,
}

/// What was called off.
#[derive(Debug, Serialize, ToSchema)]
struct CancelledSeries {
    /// By start.
    data: Vec<AppointmentView>,
}

/// Cancel the rest of a series.
///
/// All that is pending or confirmed and starts at `from` or later. For a customer it is all or
/// nothing: when one can no longer be called off, none is.
#[utoipa::path(post, path = "/v1/series/{series_id}/cancel", operation_id = "cancel_series",
    tag = "Bookings",
    params(("series_id" = schema::SeriesId, Path, description = "Which"), OnceHeader),
    request_body = Option<CancelSeries>,
    responses(
        (status = 200, description = "What was called off; nothing the second time",
            body = CancelledSeries),
        (status = 409, description = "Too late for the customer (`too_late`)", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn cancel(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<SeriesId>,
    once: Once<Option<CancelSeries>>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        let request = request.unwrap_or_default();
        let now = clock.now();
        let from = request.from.map_or(now, |from| from.0);
        let cancelled = booking::cancel_series(tx, id, from, request.by.into(), now).await?;
        Ok(Reply::ok(&CancelledSeries { data: cancelled.iter().map(Into::into).collect() }))
    })
    .await
}
