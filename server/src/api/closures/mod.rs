//! Days on which the whole business is closed.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use booking::Closure;
use jiff::ToSpan as _;
use kernel::Clock;
use platform::Db;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    page::{Cursor, Limit, Page, PageQuery},
    schema, tenant,
    values::{Day, Name},
};
use crate::{
    app::App,
    auth::Caller,
    body::{ApiJson, ApiPath, ApiQuery},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(put, delete))
}

/// A day on which the whole business is closed.
#[derive(Debug, Serialize, ToSchema)]
struct ClosureView {
    /// Which day; by the clock of each resource, no shift begins on it.
    #[schema(value_type = schema::Day)]
    day: Day,
    /// What the day is called; customers are told.
    #[schema(value_type = schema::Name, example = "Christmas Day")]
    name: String,
}

impl From<Closure> for ClosureView {
    fn from(closure: Closure) -> Self {
        Self { day: Day(closure.day), name: closure.name }
    }
}

/// Why the business is closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutClosure {
    /// What the day is called; customers are told.
    #[schema(value_type = schema::Name, example = "Christmas Day")]
    name: Name,
}

/// Which days.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ClosuresQuery {
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

/// List the days on which the business is closed.
#[utoipa::path(get, path = "/v1/closures", operation_id = "list_closures", tag = "Catalogue",
    params(ClosuresQuery),
    responses((status = 200, description = "Closures, by day", body = Page<ClosureView>)))]
async fn list(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiQuery(query): ApiQuery<ClosuresQuery>,
) -> Result<Json<Page<ClosureView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let zone = tenant::load(&mut tx).await?.zone;
    let from = query.from.map_or_else(|| clock.now().to_zoned(zone).date(), |day| day.0);
    let to = query.to.map_or_else(|| from.saturating_add(1.year()), |day| day.0);
    if to < from {
        return Err(Problem::invalid("to", "must not be before from"));
    }
    let closures = booking::closures(&mut tx, from, to).await?;
    let page = PageQuery { limit: query.limit, cursor: query.cursor };
    Page::within(closures, &page, |closure| Day(closure.day), ClosureView::from).map(Json)
}

/// Close the business on a day.
///
/// No shift begins on it, whatever the schedules say. What is booked stays.
#[utoipa::path(put, path = "/v1/closures/{day}", operation_id = "put_closure", tag = "Catalogue",
    params(("day" = schema::Day, Path, description = "Which day")),
    request_body = PutClosure,
    responses((status = 200, description = "The closure as it is now", body = ClosureView)))]
async fn put(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(day): ApiPath<Day>,
    ApiJson(request): ApiJson<PutClosure>,
) -> Result<Json<ClosureView>, Problem> {
    let closure = Closure { day: day.0, name: request.name.into() };
    let mut tx = db.tenant(caller.tenant_id).await?;
    booking::set_closure(&mut tx, &closure).await?;
    tx.commit().await?;
    Ok(Json(closure.into()))
}

/// Open the business on a day again.
#[utoipa::path(delete, path = "/v1/closures/{day}", operation_id = "delete_closure",
    tag = "Catalogue",
    params(("day" = schema::Day, Path, description = "Which day")),
    responses((status = 204, description = "It is a day like others")))]
async fn delete(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(day): ApiPath<Day>,
) -> Result<StatusCode, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    if !booking::delete_closure(&mut tx, day.0).await? {
        return Err(Problem::not_found("closure"));
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
