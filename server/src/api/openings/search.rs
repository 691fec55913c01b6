//! Openings for a wish that is not one time but a set of constraints.

use std::sync::Arc;

use axum::{Json, extract::State};
use booking::{
    Hours, Search, TimeOfDay,
    engine::{self, Window},
};
use jiff::civil::{Time, Weekday};
use kernel::{AppointmentId, Clock, ResourceId, ServiceId, TimeRange};
use platform::Db;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpeningView;
use crate::{
    api::{
        schema, tenant,
        values::{Day, Instant, LocalTime, Moment},
        visit::{ItemFields, PartySize, Wish},
    },
    auth::Caller,
    body::ApiJson,
    problem::Problem,
};

/// More than anybody reads.
const MOST: u8 = 20;
/// More than anybody says; keeps the search short.
const MOST_CONSTRAINTS: usize = 50;

/// What for (`service_id` or `items`) and when. What is left out constrains nothing; days and times
/// are by the clock of the business.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchOpenings {
    /// What for; a variation, where a service has some.
    #[serde(default)]
    #[schema(value_type = Option<schema::ServiceId>)]
    service_id: Option<ServiceId>,
    /// On whom; anybody when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// Several services, or one of several people; instead of `service_id` and `resource_id`.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 6)]
    items: Option<Vec<ItemFields>>,
    /// How many people come.
    #[serde(default)]
    #[schema(value_type = u16, minimum = 1, maximum = 500, default = 1)]
    party_size: PartySize,
    /// Starts inside one of these.
    #[serde(default)]
    #[schema(max_items = 50)]
    windows: Vec<WindowFields>,
    /// Starts on one of these days of the week.
    #[serde(default)]
    weekdays: Vec<DayOfWeek>,
    /// Does not start on these days.
    #[serde(default)]
    #[schema(value_type = Vec<schema::Day>, max_items = 50)]
    excluded_days: Vec<Day>,
    /// Starts within one of these.
    #[serde(default)]
    #[schema(value_type = Vec<schema::Hours>, max_items = 50, example = json!(["17:00-24:00"]))]
    times_of_day: Vec<Times>,
    /// Starts at this instant, or on this day, or later.
    #[serde(default)]
    #[schema(value_type = Option<schema::DayOrInstant>)]
    not_before: Option<Moment>,
    /// Starts before this instant, or until the end of this day.
    #[serde(default)]
    #[schema(value_type = Option<schema::DayOrInstant>)]
    not_after: Option<Moment>,
    /// Close to this, if possible.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-12-24T09:30:00Z")]
    near: Option<Instant>,
    /// What matters besides.
    #[serde(default)]
    order: Order,
    /// The appointment that would be moved, which is then not in its own way.
    #[serde(default)]
    #[schema(value_type = Option<schema::AppointmentId>)]
    moving: Option<AppointmentId>,
    /// How many offers at most.
    #[serde(default)]
    #[schema(value_type = u8, minimum = 1, maximum = 20, default = 3)]
    limit: Limit,
}

/// A stretch in which a visit may start, by the clock on the wall; half-open.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Window)]
struct WindowFields {
    /// The first time inside.
    #[schema(value_type = schema::LocalDateTime)]
    from: LocalTime,
    /// The first time after.
    #[schema(value_type = schema::LocalDateTime)]
    until: LocalTime,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<DayOfWeek> for Weekday {
    fn from(day: DayOfWeek) -> Self {
        match day {
            DayOfWeek::Monday => Self::Monday,
            DayOfWeek::Tuesday => Self::Tuesday,
            DayOfWeek::Wednesday => Self::Wednesday,
            DayOfWeek::Thursday => Self::Thursday,
            DayOfWeek::Friday => Self::Friday,
            DayOfWeek::Saturday => Self::Saturday,
            DayOfWeek::Sunday => Self::Sunday,
        }
    }
}

/// A stretch of the wall clock.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Times(TimeOfDay);

impl TryFrom<String> for Times {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let hours = text.parse::<Hours>().map_err(|error| error.to_string())?;
        let time = |minute: u16| {
            let (hour, minute) = (minute / 60 % 24, minute % 60);
            let parts = i8::try_from(hour).ok().zip(i8::try_from(minute).ok());
            parts.map_or(Time::midnight(), |(hour, minute)| Time::constant(hour, minute, 0, 0))
        };
        Ok(Self(TimeOfDay { from: time(hours.start_minute()), until: time(hours.end_minute()) }))
    }
}

/// What matters among openings that obey every constraint.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Order {
    /// The first offer is the very earliest; the others are early, and apart from each other.
    Earliest,
    /// Early counts, but so do a day without holes and a choice of days.
    #[default]
    Best,
}

/// How many offers.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u8")]
struct Limit(u8);

impl Default for Limit {
    fn default() -> Self {
        Self(3)
    }
}

impl TryFrom<u8> for Limit {
    type Error = String;

    fn try_from(n: u8) -> Result<Self, String> {
        if (1..=MOST).contains(&n) { Ok(Self(n)) } else { Err(format!("must be 1 to {MOST}")) }
    }
}

/// Openings worth offering.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Offers {
    /// The best first.
    data: Vec<OfferView>,
}

/// An opening worth offering, and what spoke for it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Offer)]
struct OfferView {
    /// What is offered.
    opening: OpeningView,
    /// What spoke for it.
    why: Why,
}

/// What spoke for an offer.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OfferReason)]
enum Why {
    /// No other starts earlier.
    Earliest,
    /// Nothing is nearer to the time that was wanted.
    Nearest,
    /// It leaves no useless gap, where an earlier one would.
    NoGap,
    /// The best of a day that had no offer yet.
    OtherDay,
    /// The best of a part of the day that had no offer yet.
    OtherTime,
    /// The best with somebody who had no offer yet.
    OtherLead,
    /// The best of what was left.
    Next,
}

impl From<engine::Why> for Why {
    fn from(why: engine::Why) -> Self {
        match why {
            engine::Why::Earliest => Self::Earliest,
            engine::Why::Nearest => Self::Nearest,
            engine::Why::NoGap => Self::NoGap,
            engine::Why::OtherDay => Self::OtherDay,
            engine::Why::OtherTime => Self::OtherTime,
            engine::Why::OtherLead => Self::OtherLead,
            engine::Why::Next => Self::Next,
        }
    }
}

/// Search openings.
///
/// "After work", "before the 12th", "any morning but Monday", "with Ana or Bruno", "the earliest":
/// the best openings that obey every constraint, apart from each other, such that no time is left
/// over that nobody can book. Promises nothing: place a hold.
#[utoipa::path(post, path = "/v1/openings/search", operation_id = "search_openings",
    tag = "Bookings", request_body = SearchOpenings,
    responses((status = 200, description = "Offers", body = Offers),
        (status = 404, description = "No such service, add-on, resource or appointment: \
            `not_found`", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn search(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiJson(request): ApiJson<SearchOpenings>,
) -> Result<Json<Offers>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let search = request.search(&tenant::load(&mut tx).await?)?;
    if let Some(moving) = search.moving {
        let found = booking::get(&mut tx, moving).await?;
        found.ok_or_else(|| Problem::not_found("appointment"))?;
    }
    // Also when no window is left to look into, and the engine would not.
    for item in &search.visit.items {
        crate::api::services::find(&mut tx, item.service).await?;
        for resource in item.among.iter().flatten() {
            crate::api::staff::find(&mut tx, *resource).await?;
        }
    }
    let offers = booking::search(&mut tx, &search, clock.now()).await?;
    let view = |offer: &booking::Offer| OfferView {
        opening: (&offer.opening).into(),
        why: offer.why.into(),
    };
    Ok(Json(Offers { data: offers.iter().map(view).collect() }))
}

impl SearchOpenings {
    fn search(self, tenant: &tenancy::Tenant) -> Result<Search, Problem> {
        self.check()?;
        let zone = &tenant.zone;
        let not_before = self.not_before.map(|first| first.start(zone)).transpose()?;
        let not_after = self.not_after.map(|last| last.end(zone)).transpose()?;
        if let (Some(first), Some(end)) = (not_before, not_after)
            && TimeRange::new(first, end).is_err()
        {
            return Err(Problem::invalid("/not_after", "must be after not_before"));
        }
        let visit = Wish {
            items: self.items,
            service_id: self.service_id,
            resource_id: self.resource_id,
            party_size: self.party_size,
        };
        let window =
            |window: &WindowFields| Window::Local { from: window.from.0, until: window.until.0 };
        Ok(Search {
            windows: self.windows.iter().map(window).collect(),
            weekdays: self.weekdays.into_iter().map(Into::into).collect(),
            excluded_days: self.excluded_days.into_iter().map(|day| day.0).collect(),
            times_of_day: self.times_of_day.into_iter().map(|times| times.0).collect(),
            not_before,
            not_after,
            order: match self.order {
                Order::Earliest => engine::Order::Earliest,
                Order::Best => engine::Order::Best,
            },
            near: self.near.map(|near| near.0),
            moving: self.moving,
            limit: self.limit.0.into(),
            rules: pipeline::booking_rules(&tenant.rules)?,
            ..Search::new(visit.visit()?)
        })
    }

    fn check(&self) -> Result<(), Problem> {
        let sizes = [
            ("/windows", self.windows.len()),
            ("/weekdays", self.weekdays.len()),
            ("/excluded_days", self.excluded_days.len()),
            ("/times_of_day", self.times_of_day.len()),
        ];
        if let Some((field, _)) = sizes.iter().find(|(_, n)| *n > MOST_CONSTRAINTS) {
            return Err(Problem::invalid(*field, format!("must be at most {MOST_CONSTRAINTS}")));
        }
        match self.windows.iter().position(|window| window.until.0 <= window.from.0) {
            Some(nth) => {
                Err(Problem::invalid(format!("/windows/{nth}/until"), "must be after from"))
            }
            None => Ok(()),
        }
    }
}
