//! What can be booked: names, duration, buffers, price.

mod read;
mod write;

use std::collections::BTreeMap;

use booking::{Service, ServiceDraft, ServiceName};
use jiff::SignedDuration;
use kernel::Currency;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    schema,
    values::{Aliases, Amount, Language, Name, yes},
};
use crate::{app::App, problem::Problem};

pub(super) use read::find;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list, write::create))
        .routes(routes!(read::show, write::update))
}

/// Something bookable.
#[derive(Debug, Serialize, ToSchema)]
struct ServiceView {
    /// Which.
    #[schema(value_type = schema::ServiceId)]
    service_id: kernel::ServiceId,
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
            variation_of: None,
            needs: Vec::new(),
            seats: 1,
            awaits: Vec::new(),
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
