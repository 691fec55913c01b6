//! Staff, rooms and chairs: what a booking occupies.

use std::str::FromStr;

use jiff::{SignedDuration, tz::TimeZone};
use kernel::{Clock, Ids, ResourceId, ServiceId};
use platform::TenantTx;

use crate::{BookingError, db, validate};

/// What sort of thing a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// A person.
    Staff,
    /// A room.
    Room,
    /// A chair, a bay.
    Chair,
    /// A table, for parties of certain sizes.
    Table,
    /// A machine, a bicycle.
    Equipment,
}

impl ResourceKind {
    /// As stored, and as in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Room => "room",
            Self::Chair => "chair",
            Self::Table => "table",
            Self::Equipment => "equipment",
        }
    }
}

impl FromStr for ResourceKind {
    type Err = BookingError;

    fn from_str(text: &str) -> Result<Self, BookingError> {
        [Self::Staff, Self::Room, Self::Chair, Self::Table, Self::Equipment]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| {
                BookingError::invalid("kind", "must be staff, room, chair, table or equipment")
            })
    }
}

/// What a booking occupies.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its identifier.
    pub id: ResourceId,
    /// Person, room, chair, table or equipment.
    pub kind: ResourceKind,
    /// As printed.
    pub name: String,
    /// What customers call it besides.
    pub aliases: Vec<String>,
    /// In which its hours are meant.
    pub zone: TimeZone,
    /// What it does, or is for.
    pub services: Vec<ServiceTerms>,
    /// Whether it takes bookings.
    pub active: bool,
    /// Where it stands in lists; smaller first, and first asked when anybody will do.
    pub position: i32,
    /// How much it takes at once.
    pub limits: ResourceLimits,
}

/// A service that a resource does, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceTerms {
    /// Which.
    pub service: ServiceId,
    /// How long this one takes; as the service when `None`. 5 minutes to a day, in whole minutes.
    pub duration: Option<SignedDuration>,
    /// What this one costs, in the smallest unit; as the service when `None`. Not negative.
    pub price_minor: Option<i64>,
}

impl From<ServiceId> for ServiceTerms {
    fn from(service: ServiceId) -> Self {
        Self { service, duration: None, price_minor: None }
    }
}

/// How much a resource takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceLimits {
    /// People at once; 1 for a person and for a table, more for a room with several places. 1 to
    /// 500.
    pub capacity: u16,
    /// The smallest party it is given to; at least 1.
    pub min_party: u16,
    /// The largest party that fits.
    pub max_party: Option<u16>,
    /// Appointments on one day, by its own clock; 1 to 500.
    pub max_per_day: Option<u16>,
    /// Appointments in one week, Monday to Sunday; 1 to 2000.
    pub max_per_week: Option<u16>,
}

impl Default for ResourceLimits {
    /// One at a time, all day.
    fn default() -> Self {
        Self { capacity: 1, min_party: 1, max_party: None, max_per_day: None, max_per_week: None }
    }
}

impl ResourceLimits {
    fn check(self) -> Result<(), BookingError> {
        let within = |field, value: Option<u16>, most: u16| match value {
            Some(value) if value == 0 || value > most => {
                Err(BookingError::invalid(field, format!("must be 1 to {most}")))
            }
            _ => Ok(()),
        };
        within("capacity", Some(self.capacity), 500)?;
        within("min_party", Some(self.min_party), 500)?;
        within("max_party", self.max_party, 500)?;
        within("max_per_day", self.max_per_day, 500)?;
        within("max_per_week", self.max_per_week, 2000)?;
        if self.max_party.is_some_and(|most| most < self.min_party) {
            return Err(BookingError::invalid("max_party", "must not be less than min_party"));
        }
        Ok(())
    }

    /// Whether a party of this size may have it.
    #[must_use]
    pub fn fits(&self, party_size: u16) -> bool {
        self.min_party <= party_size && self.max_party.is_none_or(|most| party_size <= most)
    }
}

/// A resource as somebody wants it to be; all of it, on creation as on update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceDraft {
    /// Person, room, chair, table or equipment.
    pub kind: ResourceKind,
    /// Not blank, at most 120 characters.
    pub name: String,
    /// What customers call it besides.
    pub aliases: Vec<String>,
    /// IANA name, such as `Europe/Madrid`.
    pub zone: String,
    /// What it does, or is for; services of this tenant, each once.
    pub services: Vec<ServiceTerms>,
    /// Whether it takes bookings.
    pub active: bool,
    /// Where it stands in lists; smaller first.
    pub position: i32,
    /// How much it takes at once.
    pub limits: ResourceLimits,
}

impl ResourceDraft {
    async fn check(&self, tx: &mut TenantTx) -> Result<Self, BookingError> {
        let zone = validate::zone("zone", &self.zone)?;
        let mut services = self.services.clone();
        services.sort_unstable_by_key(|terms| terms.service);
        services.dedup_by_key(|terms| terms.service);
        let ids: Vec<ServiceId> = services.iter().map(|terms| terms.service).collect();
        if !db::services::exist(tx, &ids).await? {
            return Err(BookingError::invalid("services", "must be services of this business"));
        }
        for terms in &services {
            if let Some(duration) = terms.duration {
                validate::minutes("duration_minutes", duration, 5, 1440)?;
            }
            if terms.price_minor.is_some_and(|price| price < 0) {
                return Err(BookingError::invalid("price", "must not be negative"));
            }
        }
        self.limits.check()?;
        Ok(Self {
            kind: self.kind,
            name: validate::name("name", &self.name)?,
            aliases: validate::aliases("aliases", &self.aliases)?,
            zone: zone.iana_name().unwrap_or(&self.zone).to_owned(),
            services,
            active: self.active,
            position: self.position,
            limits: self.limits,
        })
    }
}

/// Adds a resource. It has no hours yet, so nothing can be booked on it; see
/// [`crate::set_weekly_hours`].
///
/// # Errors
///
/// [`BookingError::Invalid`] naming the field.
pub async fn create_resource(
    tx: &mut TenantTx,
    draft: &ResourceDraft,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Resource, BookingError> {
    let draft = draft.check(tx).await?;
    let id = ids.next(clock);
    db::resources::insert(tx, id, &draft).await?;
    reload(tx, id).await
}

/// Replaces a resource. Its appointments stay where they are.
///
/// # Errors
///
/// [`BookingError::Invalid`] naming the field, [`BookingError::UnknownResource`].
pub async fn update_resource(
    tx: &mut TenantTx,
    id: ResourceId,
    draft: &ResourceDraft,
) -> Result<Resource, BookingError> {
    let draft = draft.check(tx).await?;
    db::resources::update(tx, id, &draft).await?;
    reload(tx, id).await
}

async fn reload(tx: &mut TenantTx, id: ResourceId) -> Result<Resource, BookingError> {
    let found = db::resources::all(tx, Some(id)).await?.pop();
    found.ok_or(BookingError::UnknownResource(id))
}
