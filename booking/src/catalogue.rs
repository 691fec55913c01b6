//! Everything a tenant offers, read at once.

use kernel::{ResourceId, ServiceId};
use platform::TenantTx;

use crate::{AddOn, BookingError, Resource, Service, db};

/// What can be booked, and on whom. Includes what is no longer active, so that old appointments
/// can still be named.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    /// By position, then oldest first.
    pub services: Vec<Service>,
    /// By position, then oldest first.
    pub resources: Vec<Resource>,
    /// By position, then oldest first.
    pub add_ons: Vec<AddOn>,
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

    /// Whoever does `service`: active, linked to it or to what it is a variation of, and not of a
    /// kind that the service only occupies besides.
    pub fn resources_for(&self, service: ServiceId) -> impl Iterator<Item = &Resource> {
        let found = self.service(service);
        let heading = found.and_then(|found| found.variation_of);
        let needs = found.map(|found| found.needs.as_slice()).unwrap_or_default();
        self.resources.iter().filter(move |resource| {
            resource.active
                && !needs.contains(&resource.kind)
                && resource
                    .services
                    .iter()
                    .any(|terms| terms.service == service || Some(terms.service) == heading)
        })
    }

    /// The active services that are booked themselves, rather than one of their variations.
    pub fn bookable(&self) -> impl Iterator<Item = &Service> {
        self.services
            .iter()
            .filter(|service| service.active && self.variations(service.id).next().is_none())
    }

    /// The active resources that do a service: people and tables, not the chairs they take.
    pub fn leads(&self) -> impl Iterator<Item = &Resource> {
        self.resources.iter().filter(|resource| {
            self.bookable()
                .any(|service| self.resources_for(service.id).any(|lead| lead.id == resource.id))
        })
    }

    /// The variations of a service that are on offer; a service that has some is only their
    /// heading.
    pub fn variations(&self, heading: ServiceId) -> impl Iterator<Item = &Service> {
        self.services
            .iter()
            .filter(move |service| service.active && service.variation_of == Some(heading))
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
        add_ons: db::add_ons::all(tx, None).await?,
    })
}
