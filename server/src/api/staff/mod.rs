//! Staff, rooms, chairs, tables, equipment: what a booking occupies, and when they work.

mod exceptions;
mod hours;
mod read;
mod write;

use booking::{BookingError, Resource, ResourceDraft, ResourceKind, ResourceLimits, ServiceTerms};
use jiff::SignedDuration;
use kernel::{Currency, Money, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    schema,
    values::{Aliases, Amount, Name, one, yes, zone_name},
};
use crate::{app::App, problem::Problem};

pub(super) use read::find;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list, write::create))
        .routes(routes!(read::show, write::update))
        .routes(routes!(hours::show, hours::put))
        .routes(routes!(exceptions::list))
        .routes(routes!(exceptions::put, exceptions::delete))
}

/// A person, a room, a chair, a table, a machine.
#[derive(Debug, Serialize, ToSchema)]
struct ResourceView {
    /// Which.
    #[schema(value_type = schema::ResourceId)]
    resource_id: kernel::ResourceId,
    /// Person, room, chair, table or equipment.
    kind: Kind,
    /// As printed.
    #[schema(value_type = schema::Name)]
    name: Name,
    /// What customers call it besides.
    #[schema(value_type = Vec<schema::Name>)]
    aliases: Aliases,
    /// In which its hours are meant.
    #[schema(value_type = schema::TimeZone)]
    time_zone: String,
    /// What it does, or is for.
    #[schema(value_type = Vec<schema::ServiceId>)]
    service_ids: Vec<ServiceId>,
    /// The same with how it does them.
    services: Vec<ServiceTermsFields>,
    /// Whether it takes bookings.
    active: bool,
    /// Where it stands in lists; smaller first, and first asked when anybody will do.
    position: i32,
    /// How many people it takes at once.
    capacity: u16,
    /// The smallest party it is given to.
    min_party: u16,
    /// The largest party that fits; `null` for any.
    #[schema(required)]
    max_party: Option<u16>,
    /// How many appointments on one day; `null` for as many as there is time for.
    #[schema(required)]
    max_per_day: Option<u16>,
    /// How many in one week, Monday to Sunday; `null` for as many as there is time for.
    #[schema(required)]
    max_per_week: Option<u16>,
}

impl ResourceView {
    fn new(resource: &Resource, currency: Currency) -> Self {
        let ResourceFields {
            kind,
            name,
            aliases,
            time_zone,
            service_ids: _,
            services,
            active,
            position,
            capacity,
            min_party,
            max_party,
            max_per_day,
            max_per_week,
        } = ResourceFields::new(resource, currency);
        Self {
            resource_id: resource.id,
            kind,
            name,
            aliases,
            time_zone: time_zone.unwrap_or_default(),
            service_ids: resource.services.iter().map(|terms| terms.service).collect(),
            services: services.unwrap_or_default(),
            active,
            position,
            capacity,
            min_party,
            max_party,
            max_per_day,
            max_per_week,
        }
    }
}

/// A person, a room, a chair, a table, a machine, as somebody wants it to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResourceFields {
    /// Person, room, chair, table or equipment.
    #[serde(default)]
    kind: Kind,
    /// As printed.
    #[schema(value_type = schema::Name)]
    name: Name,
    /// What customers call it besides; at most 50.
    #[serde(default)]
    #[schema(value_type = Vec<schema::Name>, max_items = 50)]
    aliases: Aliases,
    /// In which its hours are meant; that of the business when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::TimeZone>)]
    time_zone: Option<String>,
    /// What it does, or is for: services of this business. When left out, what `services` names;
    /// when both are sent, this says which and `services` on what terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<schema::ServiceId>>)]
    service_ids: Option<Vec<ServiceId>>,
    /// On what terms it does them, where these are its own.
    #[serde(default)]
    services: Option<Vec<ServiceTermsFields>>,
    /// Whether it takes bookings.
    #[serde(default = "yes")]
    #[schema(default = true)]
    active: bool,
    /// Where it stands in lists; smaller first, and first asked when anybody will do.
    #[serde(default)]
    #[schema(example = 0)]
    position: i32,
    /// How many people it takes at once: 1 for a person and for a table, more for a room with
    /// several places.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 500, default = 1)]
    capacity: u16,
    /// The smallest party it is given to.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 500, default = 1)]
    min_party: u16,
    /// The largest party that fits; not less than `min_party`.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500)]
    max_party: Option<u16>,
    /// How many appointments on one day, by its own clock, are enough.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500)]
    max_per_day: Option<u16>,
    /// How many in one week, Monday to Sunday.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 2000)]
    max_per_week: Option<u16>,
}

/// A service that a resource does, and how.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ServiceTerms)]
struct ServiceTermsFields {
    /// Which.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// How long this one takes, in minutes; as the service when `null`.
    #[serde(default)]
    #[schema(minimum = 5, maximum = 1440)]
    duration_minutes: Option<i64>,
    /// What this one costs; as the service when `null`.
    #[serde(default)]
    price: Option<Amount>,
}

impl ServiceTermsFields {
    fn terms(self, currency: Currency, nth: usize) -> Result<ServiceTerms, Problem> {
        let at = |field: &str| format!("/services/{nth}/{field}");
        let minutes = |minutes: i64| {
            let is_possible = (5..=1440).contains(&minutes);
            let pointer = at("duration_minutes");
            is_possible
                .then(|| SignedDuration::from_mins(minutes))
                .ok_or_else(|| Problem::invalid(pointer, "must be 5 to 1440 whole minutes"))
        };
        let price = |price: Amount| price.in_currency(currency, &at("price"));
        Ok(ServiceTerms {
            service: self.service_id,
            duration: self.duration_minutes.map(minutes).transpose()?,
            price_minor: self.price.map(price).transpose()?,
        })
    }
}

impl ResourceFields {
    fn new(resource: &Resource, currency: Currency) -> Self {
        let services = resource.services.iter().map(|terms| ServiceTermsFields {
            service_id: terms.service,
            duration_minutes: terms.duration.map(|duration| duration.as_mins()),
            price: terms.price_minor.map(|price| Money { amount_minor: price, currency }.into()),
        });
        Self {
            kind: resource.kind.into(),
            name: Name::stored(&resource.name),
            aliases: Aliases::stored(&resource.aliases),
            time_zone: Some(zone_name(&resource.zone)),
            service_ids: None,
            services: Some(services.collect()),
            active: resource.active,
            position: resource.position,
            capacity: resource.limits.capacity,
            min_party: resource.limits.min_party,
            max_party: resource.limits.max_party,
            max_per_day: resource.limits.max_per_day,
            max_per_week: resource.limits.max_per_week,
        }
    }

    fn draft(self, business: &tenancy::Tenant) -> Result<ResourceDraft, Problem> {
        let services = self.terms(business.currency)?;
        Ok(ResourceDraft {
            kind: self.kind.into(),
            name: self.name.into(),
            aliases: self.aliases.into_strings(),
            zone: self.time_zone.unwrap_or_else(|| zone_name(&business.zone)),
            services,
            active: self.active,
            position: self.position,
            limits: ResourceLimits {
                capacity: self.capacity,
                min_party: self.min_party,
                max_party: self.max_party,
                max_per_day: self.max_per_day,
                max_per_week: self.max_per_week,
            },
        })
    }

    /// Which services, and on what terms. Who sends only ids changes which, not how.
    fn terms(&self, currency: Currency) -> Result<Vec<ServiceTerms>, Problem> {
        let named = self.services.as_deref().unwrap_or_default();
        let terms = named.iter().enumerate().map(|(nth, fields)| fields.terms(currency, nth));
        let terms: Vec<ServiceTerms> = terms.collect::<Result<_, _>>()?;
        let Some(ids) = &self.service_ids else { return Ok(terms) };
        let known = |id: ServiceId| terms.iter().copied().find(|terms| terms.service == id);
        Ok(ids.iter().map(|id| known(*id).unwrap_or_else(|| (*id).into())).collect())
    }

    /// Refuses with the field that the caller has sent.
    fn refuse(&self) -> impl Fn(BookingError) -> Problem + use<> {
        let pointer = if self.service_ids.is_some() { "/service_ids" } else { "/services" };
        move |error| match error {
            BookingError::Invalid { field: "services", reason } => {
                Problem::invalid(pointer, reason)
            }
            other => other.into(),
        }
    }
}

/// What sort of thing takes bookings.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ResourceKind)]
pub(super) enum Kind {
    /// A person.
    #[default]
    Staff,
    /// A room.
    Room,
    /// A chair, a bay.
    Chair,
    /// A table.
    Table,
    /// A machine, a bicycle.
    Equipment,
}

impl From<ResourceKind> for Kind {
    fn from(kind: ResourceKind) -> Self {
        match kind {
            ResourceKind::Staff => Self::Staff,
            ResourceKind::Room => Self::Room,
            ResourceKind::Chair => Self::Chair,
            ResourceKind::Table => Self::Table,
            ResourceKind::Equipment => Self::Equipment,
        }
    }
}

impl From<Kind> for ResourceKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Staff => Self::Staff,
            Kind::Room => Self::Room,
            Kind::Chair => Self::Chair,
            Kind::Table => Self::Table,
            Kind::Equipment => Self::Equipment,
        }
    }
}
