//! Reading appointments.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use booking::{AppointmentFilter, Cursor as Place, StateName};
use kernel::{AppointmentId, ResourceId};
use platform::Db;
use serde::Deserialize;

use super::{AppointmentView, shown};
use crate::{
    api::{
        page::{Cursor, Limit, Page},
        schema, staff, tenant,
        values::{Instant, Moment},
        version::{self, IfNoneMatch, IfNoneMatchHeader},
    },
    auth::Caller,
    body::{ApiPath, ApiQuery},
    problem::Problem,
};

/// Which appointments.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AppointmentsQuery {
    /// Starting at this instant, or on this day, or later.
    #[param(value_type = Option<schema::DayOrInstant>)]
    from: Option<Moment>,
    /// Starting before this instant, or until the end of this day.
    #[param(value_type = Option<schema::DayOrInstant>)]
    to: Option<Moment>,
    /// Of these states, with commas between: `held`, `pending`, `confirmed`, `arrived`,
    /// `cancelled`, `expired`, `completed`, `no_show`; all when left out.
    #[param(example = "held,confirmed")]
    state: Option<String>,
    /// On this resource.
    #[param(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 50, required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List appointments and holds.
///
/// By start. Holds for moving an appointment are shown while they are held, not after.
#[utoipa::path(get, path = "/v1/appointments", operation_id = "list_appointments",
    tag = "Bookings", params(AppointmentsQuery),
    responses((status = 200, description = "Appointments", body = Page<AppointmentView>),
        (status = 404, description = "No such resource: `not_found`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiQuery(query): ApiQuery<AppointmentsQuery>,
) -> Result<Json<Page<AppointmentView>>, Problem> {
    let states = query.state.iter().flat_map(|states| states.split(','));
    let states = states.map(str::parse::<StateName>).collect::<Result<_, _>>();
    let states = states.map_err(|_| {
        Problem::invalid(
            "state",
            "must be held, confirmed, cancelled, expired, completed or no_show, or some of them \
             with commas between",
        )
    })?;
    let after =
        query.cursor.map(|cursor| cursor.decode::<(Instant, AppointmentId)>()).transpose()?;
    let mut tx = db.tenant(caller.tenant_id).await?;
    let zone = tenant::load(&mut tx).await?.zone;
    if let Some(resource) = query.resource_id {
        staff::find(&mut tx, resource).await?;
    }
    let filter = AppointmentFilter {
        contact: None,
        resource: query.resource_id,
        from: query.from.map(|from| from.start(&zone)).transpose()?,
        to: query.to.map(|to| to.end(&zone)).transpose()?,
        series: None,
        states,
    };
    let after = after.map(|(starts_at, appointment)| Place { starts_at: starts_at.0, appointment });
    let page = booking::list(&mut tx, &filter, after, query.limit.get()).await?;
    let rows = page.appointments.iter().map(AppointmentView::from).collect();
    Ok(Json(Page::new(rows, page.next.map(|place| (place.starts_at, place.appointment)))))
}

/// Show an appointment or a hold.
#[utoipa::path(get, path = "/v1/appointments/{appointment_id}", operation_id = "show_appointment",
    tag = "Bookings",
    params(("appointment_id" = schema::AppointmentId, Path, description = "Which"),
        IfNoneMatchHeader),
    responses((status = 200, description = "The appointment", body = AppointmentView,
        headers(("ETag" = String, description = "Its `version`, in quotes"))),
        (status = 304, description = "It is as you have it")))]
pub(super) async fn show(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<AppointmentId>,
    have: IfNoneMatch,
) -> Result<Response, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let found = booking::get(&mut tx, id).await?;
    let appointment = found.ok_or_else(|| Problem::not_found("appointment"))?;
    if have.has(appointment.version) {
        let tag = version::tag(appointment.version);
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    Ok(shown(&appointment).into_response())
}
