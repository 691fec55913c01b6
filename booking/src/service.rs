//! Something bookable: its names, how long it takes, what it costs.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kernel::{Clock, Ids, Locale, Money, ServiceId};
use platform::TenantTx;

use crate::{BookingError, db, validate};

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
}

impl ServiceDraft {
    fn check(&self) -> Result<CheckedService, BookingError> {
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
        })
    }
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
    let id = ids.next(clock);
    db::services::insert(tx, id, &draft.check()?).await?;
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
    db::services::update(tx, id, &draft.check()?).await?;
    reload(tx, id).await
}

async fn reload(tx: &mut TenantTx, id: ServiceId) -> Result<Service, BookingError> {
    let found = db::services::all(tx, Some(id)).await?.pop();
    found.ok_or(BookingError::UnknownService(id))
}
