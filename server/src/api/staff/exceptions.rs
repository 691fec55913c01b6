//! Dated changes to when a resource works.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use booking::ScheduleException;
use jiff::ToSpan as _;
use kernel::{Clock, ResourceId};
use platform::Db;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::find;
use crate::{
    api::{
        page::{Cursor, Limit, Page, PageQuery},
        schema,
        values::{Day, DayHours, Text},
    },
    auth::Caller,
    body::{ApiJson, ApiPath, ApiQuery},
    problem::Problem,
};

/// What a resource does on one day, in place of its weekly pattern.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExceptionView {
    /// Which day, in the resource's zone.
    #[schema(value_type = schema::Day)]
    day: Day,
    /// Its hours; none when it does not work.
    #[schema(value_type = Vec<schema::Hours>)]
    hours: DayHours,
    /// For the people who read the calendar; may be empty.
    #[schema(example = "training")]
    reason: String,
}

impl From<ScheduleException> for ExceptionView {
    fn from(exception: ScheduleException) -> Self {
        Self { day: Day(exception.day), hours: DayHours(exception.hours), reason: exception.reason }
    }
}

/// What a resource is to do on one day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PutException {
    /// Its hours, not overlapping; none when it does not work.
    #[schema(value_type = Vec<schema::Hours>, example = json!(["10:00-14:00"]))]
    hours: DayHours,
    /// For the people who read the calendar; 1 to 200 characters.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200, example = "training")]
    reason: Option<Text<200>>,
}

/// Which exceptions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExceptionsQuery {
    /// The first day; today when left out.
    #[param(value_type = Option<schema::Day>)]
    from: Option<Day>,
    /// The last day; a year after `from` when left out.
    #[param(value_type = Option<schema::Day>)]
    to: Option<Day>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 50, required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List dated changes to when a resource works.
#[utoipa::path(get, path = "/v1/staff/{resource_id}/exceptions", operation_id = "list_exceptions",
    tag = "Catalogue",
    params(("resource_id" = schema::ResourceId, Path, description = "Whose"), ExceptionsQuery),
    responses((status = 200, description = "Exceptions, by day", body = Page<ExceptionView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<ResourceId>,
    ApiQuery(query): ApiQuery<ExceptionsQuery>,
) -> Result<Json<Page<ExceptionView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let resource = find(&mut tx, id).await?;
    let from = query.from.map_or_else(|| clock.now().to_zoned(resource.zone).date(), |day| day.0);
    let to = query.to.map_or_else(|| from.saturating_add(1.year()), |day| day.0);
    if to < from {
        return Err(Problem::invalid("to", "must not be before from"));
    }
    let found = booking::exceptions(&mut tx, id, from, to).await?;
    let page = PageQuery { limit: query.limit, cursor: query.cursor };
    Page::within(found, &page, |exception| Day(exception.day), ExceptionView::from).map(Json)
}

/// Say what a resource does on one day.
///
/// In place of its weekly pattern and of any earlier exception. Appointments stay where they are.
#[utoipa::path(put, path = "/v1/staff/{resource_id}/exceptions/{day}",
    operation_id = "put_exception", tag = "Catalogue",
    params(("resource_id" = schema::ResourceId, Path, description = "Whose"),
        ("day" = schema::Day, Path, description = "Which day, in the resource's zone")),
    request_body = PutException,
    responses((status = 200, description = "The exception as it is now", body = ExceptionView)))]
pub(super) async fn put(
    caller: Caller,
    State(db): State<Db>,
    ApiPath((id, day)): ApiPath<(ResourceId, Day)>,
    ApiJson(request): ApiJson<PutException>,
) -> Result<Json<ExceptionView>, Problem> {
    let exception = ScheduleException {
        day: day.0,
        hours: request.hours.0,
        reason: request.reason.map(String::from).unwrap_or_default(),
    };
    let mut tx = db.tenant(caller.tenant_id).await?;
    booking::set_exception(&mut tx, id, &exception).await?;
    tx.commit().await?;
    Ok(Json(exception.into()))
}

/// Go back to the weekly pattern on one day.
#[utoipa::path(delete, path = "/v1/staff/{resource_id}/exceptions/{day}",
    operation_id = "delete_exception", tag = "Catalogue",
    params(("resource_id" = schema::ResourceId, Path, description = "Whose"),
        ("day" = schema::Day, Path, description = "Which day, in the resource's zone")),
    responses((status = 204, description = "There is no exception any more")))]
pub(super) async fn delete(
    caller: Caller,
    State(db): State<Db>,
    ApiPath((id, day)): ApiPath<(ResourceId, Day)>,
) -> Result<StatusCode, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    if !booking::delete_exception(&mut tx, id, day.0).await? {
        return Err(Problem::not_found("exception"));
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
