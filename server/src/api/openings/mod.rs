//! What can be booked right now, and why not.

mod explain;
mod search;

use std::sync::Arc;

use axum::{Json, extract::State};
use booking::{Item, Opening, OpeningQuery};
use jiff::{SignedDuration, Timestamp, civil};
use kernel::{Clock, ResourceId, ServiceId, TimeRange};
use platform::Db;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    page::Limit,
    schema, staff, tenant,
    values::{Amount, Moment, zone_name},
    visit::SegmentView,
};
use crate::{app::App, auth::Caller, body::ApiQuery, problem::Problem};

/// How far ahead to look when nobody says.
const DEFAULT_WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(search::search))
        .routes(routes!(explain::explain))
}

/// A start that can be booked right now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpeningView {
    /// What for; the first service of several.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// On whom; who does the first service of several.
    #[schema(value_type = schema::ResourceId)]
    resource_id: ResourceId,
    /// What would happen, in order; one for each service.
    segments: Vec<SegmentView>,
    /// When the customer comes.
    starts_at: Timestamp,
    /// When the customer leaves.
    ends_at: Timestamp,
    /// What the resource's clock shows when the customer comes.
    #[schema(value_type = schema::LocalDateTime)]
    starts_at_local: civil::DateTime,
    /// What the resource's clock shows when the customer leaves.
    #[schema(value_type = schema::LocalDateTime)]
    ends_at_local: civil::DateTime,
    /// Where that clock hangs.
    #[schema(value_type = schema::TimeZone)]
    time_zone: String,
    /// What it costs today, all together.
    price: Amount,
    /// Of a class: how many seats are left. `null` for what is nobody else's.
    #[schema(required)]
    free_seats: Option<u16>,
}

impl From<&Opening> for OpeningView {
    fn from(opening: &Opening) -> Self {
        Self {
            service_id: opening.service(),
            resource_id: opening.resource(),
            segments: SegmentView::all(&opening.segments, opening.price.currency),
            starts_at: opening.starts_at.timestamp(),
            ends_at: opening.ends_at.timestamp(),
            starts_at_local: opening.starts_at.datetime(),
            ends_at_local: opening.ends_at.datetime(),
            time_zone: zone_name(opening.starts_at.time_zone()),
            price: opening.price.into(),
            free_seats: opening.free_seats,
        }
    }
}

/// Openings.
#[derive(Debug, Serialize, ToSchema)]
struct Openings {
    /// By start, then by the resource's position. To read on, ask again `from` the last start.
    data: Vec<OpeningView>,
}

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OpeningsQuery {
    /// What for.
    #[param(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// On whom; anybody when left out.
    #[param(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// The first start to consider; now when left out.
    #[param(value_type = Option<schema::DayOrInstant>)]
    from: Option<Moment>,
    /// Starts before this instant, or until the end of this day; a week when left out.
    #[param(value_type = Option<schema::DayOrInstant>)]
    to: Option<Moment>,
    /// How many at most.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 50, required = false)]
    limit: Limit,
}

/// List openings.
///
/// None that is closer than the minimum notice or beyond the horizon. Reading promises nothing:
/// place a hold.
#[utoipa::path(get, path = "/v1/openings", operation_id = "list_openings", tag = "Bookings",
    params(OpeningsQuery),
    responses((status = 200, description = "Openings", body = Openings),
        (status = 404, description = "No such service or resource: `not_found`", body = Problem,
            content_type = "application/problem+json")))]
async fn list(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiQuery(query): ApiQuery<OpeningsQuery>,
) -> Result<Json<Openings>, Problem> {
    let now = clock.now();
    let mut tx = db.tenant(caller.tenant_id).await?;
    let tenant = tenant::load(&mut tx).await?;
    if let Some(resource) = query.resource_id {
        staff::find(&mut tx, resource).await?;
    }
    let from = query.from.map_or(Ok(now), |from| from.start(&tenant.zone))?;
    let week_later = || from.checked_add(DEFAULT_WINDOW).unwrap_or(Timestamp::MAX);
    let to = query.to.map_or_else(|| Ok(week_later()), |to| to.end(&tenant.zone))?;
    let window =
        TimeRange::new(from, to).map_err(|_| Problem::invalid("to", "must be after from"))?;
    let wanted = OpeningQuery {
        limit: query.limit.rows(),
        rules: pipeline::booking_rules(&tenant.rules)?,
        ..OpeningQuery::new(Item::new(query.service_id).on(query.resource_id), window)
    };
    // Also when the window lies where nothing is offered, and the engine would not look.
    super::services::find(&mut tx, query.service_id).await?;
    let openings = booking::find_openings(&mut tx, &wanted, now).await?;
    Ok(Json(Openings { data: openings.iter().map(OpeningView::from).collect() }))
}
