//! Everything a tenant offers, read at once.

use kernel::{ResourceId, ServiceId};
use platform::TenantTx;

use crate::{BookingError, Resource, Service, db};

/// What can be booked, and on whom. Includes what is no longer active, so that old appointments
/// can still be named.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    /// By position, then oldest first.
    pub services: Vec<Service>,
    /// By position, then oldest first.
    pub resources: Vec<Resource>,
}

impl Catalogue {
    /// The service with this id.
    #[must_use]
    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The resource with this id.
    #[must_use]
    pub fn resource(&self, id: ResourceId) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.id == id)
    }

    /// The active resources that do `service`.
    pub fn resources_for(&self, service: ServiceId) -> impl Iterator<Item = &Resource> {
        self.resources
            .iter()
            .filter(move |resource| resource.active && resource.services.contains(&service))
    }
}

/// Reads the catalogue.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn catalogue(tx: &mut TenantTx) -> Result<Catalogue, BookingError> {
    Ok(Catalogue {
        services: db::services::all(tx, None).await?,
        resources: db::resources::all(tx, None).await?,
    })
}
