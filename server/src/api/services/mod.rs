//! What can be booked: names, duration, buffers, price, what it takes, what comes on top.

mod add_ons;
mod read;
mod write;

use std::collections::BTreeMap;

use booking::{Service, ServiceDraft, ServiceName};
use jiff::SignedDuration;
use kernel::{Currency, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    schema,
    staff::Kind,
    values::{Aliases, Amount, Language, Name, one, yes},
};
use crate::{app::App, problem::Problem};

pub(super) use read::find;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list, write::create))
        .routes(routes!(read::show, write::update))
        .routes(routes!(add_ons::list, add_ons::create))
        .routes(routes!(add_ons::show, add_ons::update))
}

/// Something bookable.
#[derive(Debug, Serialize, ToSchema)]
struct ServiceView {
    /// Which.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// What it is called, by language.
    #[schema(value_type = BTreeMap<String, ServiceNames>)]
    names: BTreeMap<Language, ServiceNames>,
    /// How long the customer is there, in minutes.
    duration_minutes: i64,
    /// How long the resource is occupied before, in minutes.
    buffer_before_minutes: i64,
    /// How long the resource is occupied after, in minutes.
    buffer_after_minutes: i64,
    /// What it costs.
    price: Amount,
    /// Whether it is on offer.
    active: bool,
    /// Where it stands in lists; smaller first.
    position: i32,
    /// Of which service it is a variation; that one is only a heading then.
    #[schema(required, value_type = Option<schema::ServiceId>)]
    variation_of: Option<ServiceId>,
    /// What it occupies besides whoever does it: one resource of each of these kinds.
    needs: Vec<Kind>,
    /// How many customers can share a time.
    seats: u16,
    /// What must be there before an appointment is confirmed.
    awaits: Vec<Awaits>,
}

impl From<&Service> for ServiceView {
    fn from(service: &Service) -> Self {
        let ServiceFields {
            names,
            duration_minutes,
            buffer_before_minutes,
            buffer_after_minutes,
            price,
            active,
            position,
            variation_of,
            needs,
            seats,
            awaits,
        } = service.into();
        Self {
            service_id: service.id,
            names,
            duration_minutes,
            buffer_before_minutes,
            buffer_after_minutes,
            price,
            active,
            position,
            variation_of,
            needs,
            seats,
            awaits,
        }
    }
}

/// Something bookable, as somebody wants it to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ServiceFields {
    /// What it is called, by language (`en`, `es`, `pt`); at least one.
    #[schema(value_type = BTreeMap<String, ServiceNames>,
        example = json!({ "en": { "name": "Haircut", "aliases": ["trim"] } }))]
    names: BTreeMap<Language, ServiceNames>,
    /// How long the customer is there, in minutes.
    #[schema(minimum = 5, maximum = 1440, example = 45)]
    duration_minutes: i64,
    /// How long the resource is occupied before, in minutes.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 480, example = 0)]
    buffer_before_minutes: i64,
    /// How long the resource is occupied after, in minutes.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 480, example = 10)]
    buffer_after_minutes: i64,
    /// What it costs, in the currency of the business. Holds and appointments keep the price they
    /// were made with.
    price: Amount,
    /// Whether it is on offer.
    #[serde(default = "yes")]
    #[schema(default = true)]
    active: bool,
    /// Where it stands in lists; smaller first.
    #[serde(default)]
    #[schema(example = 0)]
    position: i32,
    /// Of which service it is a variation, such as "long hair" of "haircut"; of one that is no
    /// variation itself. That one is only a heading then, and whoever does it does this too.
    #[serde(default)]
    #[schema(value_type = Option<schema::ServiceId>)]
    variation_of: Option<ServiceId>,
    /// What it occupies besides whoever does it: one resource of each of these kinds, out of those
    /// that name it among their services.
    #[serde(default)]
    #[schema(example = json!(["room"]))]
    needs: Vec<Kind>,
    /// How many customers can share a time; more than 1 for a class.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 500, default = 1)]
    seats: u16,
    /// What must be there before an appointment is confirmed; until then it is `pending`.
    #[serde(default)]
    #[schema(example = json!(["approval"]))]
    awaits: Vec<Awaits>,
}

/// What a pending appointment waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Awaits {
    /// That the business says yes; who books at the desk has said so.
    Approval,
    /// That the customer has answered what must be known before: form, consent.
    Intake,
}

impl From<booking::Awaits> for Awaits {
    fn from(awaits: booking::Awaits) -> Self {
        match awaits {
            booking::Awaits::Approval => Self::Approval,
            booking::Awaits::Intake => Self::Intake,
        }
    }
}

impl From<Awaits> for booking::Awaits {
    fn from(awaits: Awaits) -> Self {
        match awaits {
            Awaits::Approval => Self::Approval,
            Awaits::Intake => Self::Intake,
        }
    }
}

/// What a service is called in one language.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ServiceNames {
    /// As printed.
    #[schema(value_type = schema::Name, example = "Haircut")]
    name: Name,
    /// What customers call it besides; at most 50.
    #[serde(default)]
    #[schema(value_type = Vec<schema::Name>, max_items = 50, example = json!(["trim"]))]
    aliases: Aliases,
}

impl From<&Service> for ServiceFields {
    fn from(service: &Service) -> Self {
        let names = service.names.iter().map(|(locale, name)| {
            let aliases = Aliases::stored(&name.aliases);
            (Language(*locale), ServiceNames { name: Name::stored(&name.name), aliases })
        });
        Self {
            names: names.collect(),
            duration_minutes: service.duration.as_mins(),
            buffer_before_minutes: service.buffer_before.as_mins(),
            buffer_after_minutes: service.buffer_after.as_mins(),
            price: service.price.into(),
            active: service.active,
            position: service.position,
            variation_of: service.variation_of,
            needs: service.needs.iter().copied().map(Into::into).collect(),
            seats: service.seats,
            awaits: service.awaits.iter().copied().map(Into::into).collect(),
        }
    }
}

impl ServiceFields {
    fn draft(self, currency: Currency) -> Result<ServiceDraft, Problem> {
        let names = self.names.into_iter().map(|(locale, names)| {
            let aliases = names.aliases.into_strings();
            (locale.0, ServiceName { name: names.name.into(), aliases })
        });
        Ok(ServiceDraft {
            names: names.collect(),
            duration: minutes("/duration_minutes", self.duration_minutes)?,
            buffer_before: minutes("/buffer_before_minutes", self.buffer_before_minutes)?,
            buffer_after: minutes("/buffer_after_minutes", self.buffer_after_minutes)?,
            price_minor: self.price.in_currency(currency, "/price")?,
            active: self.active,
            position: self.position,
            variation_of: self.variation_of,
            needs: self.needs.into_iter().map(Into::into).collect(),
            seats: self.seats,
            awaits: self.awaits.into_iter().map(Into::into).collect(),
        })
    }
}

/// Keeps what no duration can hold away from arithmetic; the engine knows the real bounds.
fn minutes(pointer: &str, minutes: i64) -> Result<SignedDuration, Problem> {
    if (0..=1440).contains(&minutes) {
        Ok(SignedDuration::from_mins(minutes))
    } else {
        Err(Problem::invalid(pointer, "must be at most 1440 whole minutes, and not negative"))
    }
}
