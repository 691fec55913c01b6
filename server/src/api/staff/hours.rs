//! When a resource works, week after week.

use axum::{Json, extract::State};
use booking::{Resource, WeeklyHours};
use jiff::civil::Weekday;
use kernel::ResourceId;
use platform::Db;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::find;
use crate::{
    api::{
        schema,
        values::{DayHours, zone_name},
    },
    auth::Caller,
    body::{ApiJson, ApiPath},
    problem::Problem,
};

/// When a resource works, week after week.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HoursView {
    /// Which.
    #[schema(value_type = schema::ResourceId)]
    resource_id: ResourceId,
    /// In which the hours are meant.
    #[schema(value_type = schema::TimeZone)]
    time_zone: String,
    /// The pattern.
    week: Week,
}

/// The pattern to work by.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PutHours {
    /// The pattern; a day that is left out is a day off.
    week: Week,
}

/// Hours by day of the week. A shift past midnight belongs to the day on which it begins:
/// `22:00-02:00`.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Week {
    /// Not overlapping; none is a day off.
    #[schema(value_type = Vec<schema::Hours>, example = json!(["10:00-14:00", "15:00-20:00"]))]
    monday: DayHours,
    /// As Monday.
    #[schema(value_type = Vec<schema::Hours>)]
    tuesday: DayHours,
    /// As Monday.
    #[schema(value_type = Vec<schema::Hours>)]
    wednesday: DayHours,
    /// As Monday.
    #[schema(value_type = Vec<schema::Hours>)]
    thursday: DayHours,
    /// As Monday.
    #[schema(value_type = Vec<schema::Hours>)]
    friday: DayHours,
    /// As Monday.
    #[schema(value_type = Vec<schema::Hours>)]
    saturday: DayHours,
    /// As Monday.
    #[schema(value_type = Vec<schema::Hours>)]
    sunday: DayHours,
}

impl Week {
    fn of(pattern: &[WeeklyHours]) -> Self {
        let day = |weekday| {
            let hours = pattern.iter().filter(|hours| hours.weekday == weekday);
            DayHours(hours.map(|hours| hours.hours).collect())
        };
        Self {
            monday: day(Weekday::Monday),
            tuesday: day(Weekday::Tuesday),
            wednesday: day(Weekday::Wednesday),
            thursday: day(Weekday::Thursday),
            friday: day(Weekday::Friday),
            saturday: day(Weekday::Saturday),
            sunday: day(Weekday::Sunday),
        }
    }

    fn pattern(self) -> Vec<WeeklyHours> {
        let days = [
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        ];
        Weekday::Monday
            .cycle_forward()
            .zip(days)
            .flat_map(|(weekday, day)| {
                day.0.into_iter().map(move |hours| WeeklyHours { weekday, hours })
            })
            .collect()
    }
}

/// Show when a resource works.
#[utoipa::path(get, path = "/v1/staff/{resource_id}/hours", operation_id = "show_hours",
    tag = "Catalogue",
    params(("resource_id" = schema::ResourceId, Path, description = "Whose")),
    responses((status = 200, description = "The weekly pattern", body = HoursView)))]
pub(super) async fn show(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ResourceId>,
) -> Result<Json<HoursView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let resource = find(&mut tx, id).await?;
    let pattern = booking::weekly_hours(&mut tx, id).await?;
    Ok(Json(view(&resource, &pattern)))
}

/// Say when a resource works.
///
/// In place of the whole pattern before. Appointments stay where they are.
#[utoipa::path(put, path = "/v1/staff/{resource_id}/hours", operation_id = "put_hours",
    tag = "Catalogue",
    params(("resource_id" = schema::ResourceId, Path, description = "Whose")),
    request_body = PutHours,
    responses((status = 200, description = "The weekly pattern as it is now", body = HoursView)))]
pub(super) async fn put(
    caller: Caller,
    State(db): State<Db>,
    ApiPath(id): ApiPath<ResourceId>,
    ApiJson(request): ApiJson<PutHours>,
) -> Result<Json<HoursView>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let resource = find(&mut tx, id).await?;
    let pattern = request.week.pattern();
    booking::set_weekly_hours(&mut tx, id, &pattern).await?;
    tx.commit().await?;
    Ok(Json(view(&resource, &pattern)))
}

fn view(resource: &Resource, pattern: &[WeeklyHours]) -> HoursView {
    HoursView {
        resource_id: resource.id,
        time_zone: zone_name(&resource.zone),
        week: Week::of(pattern),
    }
}
