//! Reading a series.

use axum::{Json, extract::State};
use booking::{AppointmentFilter, Cursor as Place};
use kernel::{AppointmentId, SeriesId};
use platform::Db;

use crate::{
    api::{
        appointments::AppointmentView,
        page::{Page, PageQuery},
        schema,
        values::Instant,
    },
    auth::Caller,
    body::{ApiPath, ApiQuery},
    problem::Problem,
};

/// List the appointments of a series.
///
/// By start, whatever became of them.
#[utoipa::path(get, path = "/v1/series/{series_id}/appointments",
    operation_id = "list_series_appointments", tag = "Bookings",
    params(("series_id" = schema::SeriesId, Path, description = "Which"), PageQuery),
    responses((status = 200, description = "Appointments", body = Page<AppointmentView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<SeriesId>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<AppointmentView>>, Problem> {
    let after: Option<(Instant, AppointmentId)> =
        query.cursor.as_ref().map(|cursor| cursor.decode()).transpose()?;
    let after = after.map(|(starts_at, appointment)| Place { starts_at: starts_at.0, appointment });
    let filter = AppointmentFilter { series: Some(id), ..AppointmentFilter::default() };
    let mut tx = db.tenant(caller.tenant_id).await?;
    let page = booking::list(&mut tx, &filter, after, query.limit.get()).await?;
    // A series is never without an appointment, be it one that was called off.
    if page.appointments.is_empty() && after.is_none() {
        return Err(Problem::not_found("series"));
    }
    let rows = page.appointments.iter().map(AppointmentView::from).collect();
    Ok(Json(Page::new(rows, page.next.map(|place| (place.starts_at, place.appointment)))))
}
