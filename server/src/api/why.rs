//! Why a start is not on offer, in JSON. The API is the desk's, so it names whose appointment is in
//! the way; customers are told without.

use booking::Why;
use jiff::{
    Timestamp,
    civil::{self, Date},
};
use kernel::{AppointmentId, ResourceId};
use serde::Serialize;
use utoipa::ToSchema;

use super::schema;

/// One rule that is against a start.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonView {
    /// Which rule: `service_inactive`, `not_offered`, `too_soon`, `too_far`, `closed`, `day_off`,
    /// `on_break`, `outside_hours`, `off_step`, `busy`, `no_room`, `session_full`, `too_small`,
    /// `cap_reached` or `no_such_time`.
    #[schema(example = "busy")]
    rule: &'static str,
    /// Which service of the visit, counted from 0.
    segment: usize,
    /// Whom it is about; left out when about everybody who was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// From when on it would work as far as this rule goes: the end of a booking or of a break, the
    /// first start that is not too soon, the next step of the timetable.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Timestamp>,
    /// Until when it worked before: the start of a break, the step before, the end of the horizon.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    /// With `outside_hours`: the hours of that day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Option<Vec<schema::Hours>>)]
    hours: Vec<String>,
    /// With `cap_reached`: the day that is full.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::Day>)]
    day: Option<Date>,
    /// With `closed`: what the day is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Christmas Day")]
    holiday: Option<String>,
    /// With `session_full`: how many seats are left; with `too_small`: how many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    seats: Option<u16>,
    /// With `no_room`: of what kind there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "room")]
    kind: Option<&'static str>,
    /// With `no_such_time`: the two times on the wall around one that it never shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<schema::LocalDateTime>>)]
    neighbours: Option<(civil::DateTime, civil::DateTime)>,
    /// With `busy`: the appointment or hold that is in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<schema::AppointmentId>)]
    appointment_id: Option<AppointmentId>,
}

impl From<&Why> for ReasonView {
    fn from(why: &Why) -> Self {
        let detail = &why.detail;
        Self {
            rule: why.rule.as_str(),
            segment: why.segment,
            resource_id: why.resource,
            from: detail.from,
            until: detail.until,
            hours: detail.hours.iter().map(ToString::to_string).collect(),
            day: detail.day,
            holiday: detail.holiday.clone(),
            seats: detail.seats,
            kind: detail.kind.map(booking::ResourceKind::as_str),
            neighbours: detail.neighbours,
            appointment_id: detail.claimant,
        }
    }
}
