//! Something bookable: its names, how long it takes, what it costs.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use kernel::{Clock, Ids, Locale, Money, ServiceId};
use platform::TenantTx;

use crate::{Awaits, BookingError, ResourceKind, db, validate};

/// What a service is called in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceName {
    /// As printed.
    pub name: String,
    /// What customers call it besides.
    pub aliases: Vec<String>,
}

/// Something bookable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its identifier.
    pub id: ServiceId,
    /// Its name in each language the business speaks; never empty.
    pub names: BTreeMap<Locale, ServiceName>,
    /// How long the customer is there.
    pub duration: SignedDuration,
    /// How long the resource is occupied before.
    pub buffer_before: SignedDuration,
    /// How long the resource is occupied after.
    pub buffer_after: SignedDuration,
    /// What it costs, in the tenant's currency.
    pub price: Money,
    /// Whether it is on offer.
    pub active: bool,
    /// Where it stands in lists; smaller first.
    pub position: i32,
    /// Of which service it is a variation, such as "long hair" of "haircut". That one is then only
    /// a heading; whoever does it does the variation too.
    pub variation_of: Option<ServiceId>,
    /// What it occupies besides whoever does it: one resource of each of these kinds, out of those
    /// that are for this service.
    pub needs: Vec<ResourceKind>,
    /// How many customers can share a time; 1 unless it is a class.
    pub seats: u16,
    /// What must be there before it is confirmed, in a fixed order.
    pub awaits: Vec<Awaits>,
}

impl Service {
    /// Its name in `locale`, or in the first language it has one in.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        self.names
            .get(&locale)
            .or_else(|| self.names.values().next())
            .map_or("", |name| name.name.as_str())
    }
}

/// A service as somebody wants it to be; all of it, on creation as on update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceDraft {
    /// At least one.
    pub names: BTreeMap<Locale, ServiceName>,
    /// 5 minutes to a day, in whole minutes.
    pub duration: SignedDuration,
    /// None to 8 hours, in whole minutes.
    pub buffer_before: SignedDuration,
    /// None to 8 hours, in whole minutes.
    pub buffer_after: SignedDuration,
    /// In the smallest unit of the tenant's currency; not negative.
    pub price_minor: i64,
    /// Whether it is on offer.
    pub active: bool,
    /// Where it stands in lists; smaller first.
    pub position: i32,
    /// Of which service of this tenant it is a variation; not of one that is itself a variation.
    pub variation_of: Option<ServiceId>,
    /// What it occupies besides whoever does it.
    pub needs: Vec<ResourceKind>,
    /// 1 to 500.
    pub seats: u16,
    /// What must be there before it is confirmed.
    pub awaits: Vec<Awaits>,
}

/// A draft that has been checked, in the units of the table.
pub(crate) struct CheckedService {
    pub(crate) names: BTreeMap<Locale, ServiceName>,
    pub(crate) duration_minutes: i32,
    pub(crate) buffer_before_minutes: i32,
    pub(crate) buffer_after_minutes: i32,
    pub(crate) price_minor: i64,
    pub(crate) active: bool,
    pub(crate) position: i32,
    pub(crate) variation_of: Option<ServiceId>,
    pub(crate) needs: Vec<String>,
    pub(crate) seats: i32,
    pub(crate) awaits: Vec<String>,
}

impl ServiceDraft {
    async fn check(
        &self,
        tx: &mut TenantTx,
        id: Option<ServiceId>,
    ) -> Result<CheckedService, BookingError> {
        if let Some(parent) = self.variation_of {
            let all = db::services::all(tx, None).await?;
            let heading = all.iter().find(|service| service.id == parent);
            let is_heading = heading.is_some_and(|heading| heading.variation_of.is_none());
            let has_own = all.iter().any(|service| id.is_some() && service.variation_of == id);
            if !is_heading || has_own || Some(parent) == id {
                return Err(BookingError::invalid(
                    "variation_of",
                    "must be another service of this business that is no variation itself, and \
                     only for a service without variations of its own",
                ));
            }
        }
        if !(1..=500).contains(&self.seats) {
            return Err(BookingError::invalid("seats", "must be 1 to 500"));
        }
        if self.names.is_empty() {
            return Err(BookingError::invalid("names", "must have at least one language"));
        }
        if self.price_minor < 0 {
            return Err(BookingError::invalid("price", "must not be negative"));
        }
        let names = self
            .names
            .iter()
            .map(|(locale, name)| {
                let aliases = validate::aliases("aliases", &name.aliases)?;
                Ok((*locale, ServiceName { name: validate::name("name", &name.name)?, aliases }))
            })
            .collect::<Result<_, BookingError>>()?;
        Ok(CheckedService {
            names,
            duration_minutes: validate::minutes("duration_minutes", self.duration, 5, 1440)?,
            buffer_before_minutes: validate::minutes(
                "buffer_before_minutes",
                self.buffer_before,
                0,
                480,
            )?,
            buffer_after_minutes: validate::minutes(
                "buffer_after_minutes",
                self.buffer_after,
                0,
                480,
            )?,
            price_minor: self.price_minor,
            active: self.active,
            position: self.position,
            variation_of: self.variation_of,
            needs: unique(self.needs.iter().map(|kind| kind.as_str())),
            seats: self.seats.into(),
            awaits: unique(self.awaits.iter().map(|awaits| awaits.as_str())),
        })
    }
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
}

/// Adds a service.
///
/// # Errors
///
/// [`BookingError::Invalid`] naming the field.
pub async fn create_service(
    tx: &mut TenantTx,
    draft: &ServiceDraft,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Service, BookingError> {
    let draft = draft.check(tx, None).await?;
    let id = ids.next(clock);
    db::services::insert(tx, id, &draft).await?;
    reload(tx, id).await
}

/// Replaces a service. Appointments and holds keep the times and the price they were made with.
///
/// # Errors
///
/// [`BookingError::Invalid`] naming the field, [`BookingError::UnknownService`].
pub async fn update_service(
    tx: &mut TenantTx,
    id: ServiceId,
    draft: &ServiceDraft,
) -> Result<Service, BookingError> {
    let draft = draft.check(tx, Some(id)).await?;
    db::services::update(tx, id, &draft).await?;
    reload(tx, id).await
}

async fn reload(tx: &mut TenantTx, id: ServiceId) -> Result<Service, BookingError> {
    let found = db::services::all(tx, Some(id)).await?.pop();
    found.ok_or(BookingError::UnknownService(id))
}
