//! Staff, rooms and chairs: what a booking occupies.

use std::str::FromStr;

use jiff::tz::TimeZone;
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
    /// A chair, a bay, a machine.
    Chair,
}

impl ResourceKind {
    /// As stored, and as in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Room => "room",
            Self::Chair => "chair",
        }
    }
}

impl FromStr for ResourceKind {
    type Err = BookingError;

    fn from_str(text: &str) -> Result<Self, BookingError> {
        [Self::Staff, Self::Room, Self::Chair]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| BookingError::invalid("kind", "must be staff, room or chair"))
    }
}

/// What a booking occupies.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its identifier.
    pub id: ResourceId,
    /// Person, room or chair.
    pub kind: ResourceKind,
    /// As printed.
    pub name: String,
    /// What customers call it besides.
    pub aliases: Vec<String>,
    /// In which its hours are meant.
    pub zone: TimeZone,
    /// What it does.
    pub services: Vec<ServiceId>,
    /// Whether it takes bookings.
    pub active: bool,
    /// Where it stands in lists; smaller first, and first asked when anybody will do.
    pub position: i32,
}

/// A resource as somebody wants it to be; all of it, on creation as on update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceDraft {
    /// Person, room or chair.
    pub kind: ResourceKind,
    /// Not blank, at most 120 characters.
    pub name: String,
    /// What customers call it besides.
    pub aliases: Vec<String>,
    /// IANA name, such as `Europe/Madrid`.
    pub zone: String,
    /// What it does; services of this tenant.
    pub services: Vec<ServiceId>,
    /// Whether it takes bookings.
    pub active: bool,
    /// Where it stands in lists; smaller first.
    pub position: i32,
}

impl ResourceDraft {
    async fn check(&self, tx: &mut TenantTx) -> Result<Self, BookingError> {
        let zone = validate::zone("zone", &self.zone)?;
        let mut services = self.services.clone();
        services.sort_unstable();
        services.dedup();
        if !db::services::exist(tx, &services).await? {
            return Err(BookingError::invalid("services", "must be services of this business"));
        }
        Ok(Self {
            kind: self.kind,
            name: validate::name("name", &self.name)?,
            aliases: validate::aliases("aliases", &self.aliases)?,
            zone: zone.iana_name().unwrap_or(&self.zone).to_owned(),
            services,
            active: self.active,
            position: self.position,
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
