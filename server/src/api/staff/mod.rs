//! Staff, rooms and chairs: what a booking occupies, and when they work.

mod exceptions;
mod hours;
mod read;
mod write;

use booking::{Resource, ResourceDraft, ResourceKind};
use kernel::ServiceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    schema,
    values::{Aliases, Name, yes, zone_name},
};
use crate::app::App;

pub(super) use read::find;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list, write::create))
        .routes(routes!(read::show, write::update))
        .routes(routes!(hours::show, hours::put))
        .routes(routes!(exceptions::list))
        .routes(routes!(exceptions::put, exceptions::delete))
}

/// A person, a room or a chair.
#[derive(Debug, Serialize, ToSchema)]
struct ResourceView {
    /// Which.
    #[schema(value_type = schema::ResourceId)]
    resource_id: kernel::ResourceId,
    /// Person, room or chair.
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
    /// What it does.
    #[schema(value_type = Vec<schema::ServiceId>)]
    service_ids: Vec<ServiceId>,
    /// Whether it takes bookings.
    active: bool,
    /// Where it stands in lists; smaller first, and first asked when anybody will do.
    position: i32,
}

impl From<&Resource> for ResourceView {
    fn from(resource: &Resource) -> Self {
        let ResourceFields { kind, name, aliases, time_zone, service_ids, active, position } =
            resource.into();
        Self {
            resource_id: resource.id,
            kind,
            name,
            aliases,
            time_zone: time_zone.unwrap_or_default(),
            service_ids,
            active,
            position,
        }
    }
}

/// A person, a room or a chair, as somebody wants it to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ResourceFields {
    /// Person, room or chair.
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
    /// What it does: services of this business.
    #[serde(default)]
    #[schema(value_type = Vec<schema::ServiceId>)]
    service_ids: Vec<ServiceId>,
    /// Whether it takes bookings.
    #[serde(default = "yes")]
    #[schema(default = true)]
    active: bool,
    /// Where it stands in lists; smaller first, and first asked when anybody will do.
    #[serde(default)]
    #[schema(example = 0)]
    position: i32,
}

impl From<&Resource> for ResourceFields {
    fn from(resource: &Resource) -> Self {
        Self {
            kind: resource.kind.into(),
            name: Name::stored(&resource.name),
            aliases: Aliases::stored(&resource.aliases),
            time_zone: Some(zone_name(&resource.zone)),
            service_ids: resource.services.iter().map(|terms| terms.service).collect(),
            active: resource.active,
            position: resource.position,
        }
    }
}

impl ResourceFields {
    fn draft(self, business: &tenancy::Tenant) -> ResourceDraft {
        ResourceDraft {
            kind: self.kind.into(),
            name: self.name.into(),
            aliases: self.aliases.into_strings(),
            zone: self.time_zone.unwrap_or_else(|| zone_name(&business.zone)),
            services: self.service_ids.into_iter().map(Into::into).collect(),
            active: self.active,
            position: self.position,
            limits: booking::ResourceLimits::default(),
        }
    }
}

/// What sort of thing takes bookings.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ResourceKind)]
enum Kind {
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
