//! What somebody comes for: one service or several in a row.

use kernel::{AddOnId, ResourceId, ServiceId};

use crate::BookingError;

/// More than anybody has done in one go; keeps the search for an opening short.
const MOST_ITEMS: usize = 6;

/// One service of a visit, and on whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What for.
    pub service: ServiceId,
    /// On top of it; of this service.
    pub add_ons: Vec<AddOnId>,
    /// On one of these; on anybody when `None`.
    pub among: Option<Vec<ResourceId>>,
    /// Not on these.
    pub except: Vec<ResourceId>,
}

impl Item {
    /// A service without anything on top, on anybody.
    #[must_use]
    pub const fn new(service: ServiceId) -> Self {
        Self { service, add_ons: Vec::new(), among: None, except: Vec::new() }
    }

    /// The same on `resource`, or on anybody when `None`.
    #[must_use]
    pub fn on(self, resource: Option<ResourceId>) -> Self {
        Self { among: resource.map(|resource| vec![resource]), ..self }
    }

    /// Who was asked for, if it was one.
    #[must_use]
    pub fn wanted(&self) -> Option<ResourceId> {
        match self.among.as_deref() {
            Some([one]) => Some(*one),
            _ => None,
        }
    }

    pub(crate) fn accepts(&self, resource: ResourceId) -> bool {
        self.among.as_ref().is_none_or(|among| among.contains(&resource))
            && !self.except.contains(&resource)
    }
}

/// What somebody comes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// In this order, one right after the other.
    pub items: Vec<Item>,
    /// How many people come; 1 unless they are to sit at one table or in one session.
    pub party_size: u16,
}

impl Visit {
    /// One service for one person.
    #[must_use]
    pub fn of(item: Item) -> Self {
        Self { items: vec![item], party_size: 1 }
    }

    pub(crate) fn check(&self) -> Result<(), BookingError> {
        if self.items.is_empty() || self.items.len() > MOST_ITEMS {
            let limits = format!("must be 1 to {MOST_ITEMS} services");
            return Err(BookingError::invalid("items", limits));
        }
        if self.party_size == 0 || self.party_size > 500 {
            return Err(BookingError::invalid("party_size", "must be 1 to 500"));
        }
        Ok(())
    }

    /// The services, in order.
    pub fn services(&self) -> impl Iterator<Item = ServiceId> {
        self.items.iter().map(|item| item.service)
    }
}

impl From<Item> for Visit {
    fn from(item: Item) -> Self {
        Self::of(item)
    }
}
