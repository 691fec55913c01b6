//! What has happened to an appointment.

use axum::{Json, extract::State};
use booking::Entry;
use jiff::Timestamp;
use kernel::AppointmentId;
use platform::Db;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::{
        page::{Page, PageQuery},
        schema,
    },
    auth::Caller,
    body::{ApiPath, ApiQuery},
    problem::Problem,
};

/// One change of an appointment.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventView {
    /// The version that it led to.
    version: i32,
    /// What happened: `held`, `requested`, `approved`, `confirmed`, `moved`, `cancelled` and others.
    #[schema(example = "confirmed")]
    event: String,
    /// Whose doing it was: `customer`, `business` or `system`.
    #[schema(example = "business")]
    actor: String,
    /// When.
    at: Timestamp,
    /// What belongs to it, such as from where to where it was moved.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
}

impl From<Entry> for EventView {
    fn from(entry: Entry) -> Self {
        let Entry { version, event, actor, at, detail } = entry;
        Self { version, event, actor, at, detail }
    }
}

/// List what has happened to an appointment.
#[utoipa::path(get, path = "/v1/appointments/{appointment_id}/events",
    operation_id = "list_appointment_events", tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"), PageQuery),
    responses((status = 200, description = "Events, the first first", body = Page<EventView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<AppointmentId>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<EventView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let events = booking::history(&mut tx, id).await?;
    if events.is_empty() {
        return Err(Problem::not_found("appointment"));
    }
    Page::within(events, &query, |entry| entry.version, EventView::from).map(Json)
}
