//! Those who would like to come when something frees up.

mod join;
mod read;

use booking::{Item, TimeOfDay, WaitWish, WaitlistEntry};
use jiff::{
    Timestamp,
    civil::{Time, Weekday},
};
use kernel::{AddOnId, AppointmentId, ContactId, ResourceId, ServiceId, WaitlistEntryId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{schema, values::Day};
use crate::app::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(join::join))
        .routes(routes!(join::withdraw))
}

/// Somebody who waits.
#[derive(Debug, Serialize, ToSchema)]
struct WaitlistEntryView {
    /// Which.
    #[schema(value_type = String, example = "wtl_01kemv8n00e9p5v3x2y7r4c6ta")]
    entry_id: WaitlistEntryId,
    /// Who.
    #[schema(value_type = schema::ContactId)]
    contact_id: ContactId,
    /// What for, in order.
    items: Vec<WaitItem>,
    /// How many come.
    #[schema(minimum = 1, maximum = 500)]
    party_size: u16,
    /// When it would suit them.
    #[serde(flatten)]
    wish: WishFields,
    /// Where it stands.
    #[schema(value_type = WaitlistState)]
    state: &'static str,
    /// The hold that is, or last was, offered.
    #[schema(required, value_type = Option<schema::AppointmentId>)]
    offer_appointment_id: Option<AppointmentId>,
    /// Until when it is, or was, kept.
    #[schema(required)]
    offer_expires_at: Option<Timestamp>,
    /// When they began to wait; the order.
    created_at: Timestamp,
    /// When it last changed.
    updated_at: Timestamp,
}

/// Where an entry stands.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its name and variants are looked at, by the document")]
enum WaitlistState {
    /// For something to free up.
    Waiting,
    /// Has been offered a time, which is held.
    Offered,
    /// Took it.
    Accepted,
    /// Did not want it.
    Declined,
    /// Did not answer in time; waits again once they write.
    Lapsed,
    /// No longer wants to wait.
    Withdrawn,
}

/// One service that is waited for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WaitItem {
    /// What for.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// On top of it.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    add_on_ids: Vec<AddOnId>,
    /// On one of these; on anybody when `null`.
    #[serde(default)]
    #[schema(value_type = Option<Vec<schema::ResourceId>>)]
    resource_ids: Option<Vec<ResourceId>>,
    /// Not on these.
    #[serde(default)]
    #[schema(value_type = Vec<schema::ResourceId>)]
    except_resource_ids: Vec<ResourceId>,
}

impl From<WaitItem> for Item {
    fn from(item: WaitItem) -> Self {
        Self {
            service: item.service_id,
            add_ons: item.add_on_ids,
            among: item.resource_ids,
            except: item.except_resource_ids,
        }
    }
}

impl From<Item> for WaitItem {
    fn from(item: Item) -> Self {
        Self {
            service_id: item.service,
            add_on_ids: item.add_ons,
            resource_ids: item.among,
            except_resource_ids: item.except,
        }
    }
}

/// Constraints on when, by the business's clock; what is left out does not matter.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
struct WishFields {
    /// The first day that would do.
    #[schema(value_type = Option<schema::Day>)]
    from: Option<Day>,
    /// The last.
    #[schema(value_type = Option<schema::Day>)]
    until: Option<Day>,
    /// On one of these days of the week.
    weekdays: Vec<DayOfWeek>,
    /// Not on these days.
    #[schema(value_type = Vec<schema::Day>)]
    excluded_days: Vec<Day>,
    /// Starting within one of these.
    #[schema(value_type = Vec<schema::Hours>, example = json!(["17:00-20:00"]))]
    times_of_day: Vec<Stretch>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
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

impl DayOfWeek {
    const ALL: [(Self, Weekday); 7] = [
        (Self::Monday, Weekday::Monday),
        (Self::Tuesday, Weekday::Tuesday),
        (Self::Wednesday, Weekday::Wednesday),
        (Self::Thursday, Weekday::Thursday),
        (Self::Friday, Weekday::Friday),
        (Self::Saturday, Weekday::Saturday),
        (Self::Sunday, Weekday::Sunday),
    ];
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
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Stretch(TimeOfDay);

impl TryFrom<String> for Stretch {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let hours: booking::Hours =
            text.parse().map_err(|error: booking::BookingError| error.to_string())?;
        Ok(Self(TimeOfDay { from: wall(hours.start_minute()), until: wall(hours.end_minute()) }))
    }
}

impl From<Stretch> for String {
    fn from(Stretch(TimeOfDay { from, until }): Stretch) -> Self {
        let end = if until == Time::midnight() { "24:00".into() } else { clock(until) };
        format!("{}-{end}", clock(from))
    }
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// What the clock shows so many minutes after midnight.
fn wall(minute: u16) -> Time {
    let part = |value: u16| i8::try_from(value).unwrap_or_default();
    Time::constant(part(minute / 60 % 24), part(minute % 60), 0, 0)
}

impl From<WishFields> for WaitWish {
    fn from(wish: WishFields) -> Self {
        Self {
            from: wish.from.map(|day| day.0),
            until: wish.until.map(|day| day.0),
            weekdays: wish.weekdays.into_iter().map(Weekday::from).collect(),
            excluded_days: wish.excluded_days.into_iter().map(|day| day.0).collect(),
            times_of_day: wish.times_of_day.into_iter().map(|stretch| stretch.0).collect(),
        }
    }
}

impl From<WaitWish> for WishFields {
    fn from(wish: WaitWish) -> Self {
        let named = |weekday: Weekday| {
            DayOfWeek::ALL.into_iter().find(|(_, day)| *day == weekday).map(|(name, _)| name)
        };
        Self {
            from: wish.from.map(Day),
            until: wish.until.map(Day),
            weekdays: wish.weekdays.into_iter().filter_map(named).collect(),
            excluded_days: wish.excluded_days.into_iter().map(Day).collect(),
            times_of_day: wish.times_of_day.into_iter().map(Stretch).collect(),
        }
    }
}

impl From<WaitlistEntry> for WaitlistEntryView {
    fn from(entry: WaitlistEntry) -> Self {
        Self {
            entry_id: entry.id,
            contact_id: entry.contact,
            items: entry.visit.items.into_iter().map(WaitItem::from).collect(),
            party_size: entry.visit.party_size,
            wish: entry.wish.into(),
            state: entry.state.as_str(),
            offer_appointment_id: entry.offer.map(|(hold, _)| hold),
            offer_expires_at: entry.offer.map(|(_, until)| until),
            created_at: entry.created_at,
            updated_at: entry.updated_at,
        }
    }
}
