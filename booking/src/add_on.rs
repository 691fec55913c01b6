//! What can be had on top of a service: a treatment, a second bed, a bottle on ice.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kernel::{AddOnId, Clock, Ids, Locale, Money, ServiceId};
use platform::TenantTx;

use crate::{BookingError, db, validate};

/// What can be had on top of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddOn {
    /// Its identifier.
    pub id: AddOnId,
    /// Of which service.
    pub service: ServiceId,
    /// Its name in each language the business speaks; never empty.
    pub names: BTreeMap<Locale, String>,
    /// How much longer it takes.
    pub duration: SignedDuration,
    /// What it costs, in the tenant's currency.
    pub price: Money,
    /// Whether it is on offer.
    pub active: bool,
    /// Where it stands in lists; smaller first.
    pub position: i32,
}

/// An add-on as somebody wants it to be; all of it, on creation as on update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddOnDraft {
    /// Of which service of this tenant.
    pub service: ServiceId,
    /// At least one.
    pub names: BTreeMap<Locale, String>,
    /// None to 8 hours, in whole minutes.
    pub duration: SignedDuration,
    /// In the smallest unit of the tenant's currency; not negative.
    pub price_minor: i64,
    /// Whether it is on offer.
    pub active: bool,
    /// Where it stands in lists; smaller first.
    pub position: i32,
}

impl AddOnDraft {
    async fn check(&self, tx: &mut TenantTx) -> Result<Self, BookingError> {
        if self.names.is_empty() {
            return Err(BookingError::invalid("names", "must have at least one language"));
        }
        if self.price_minor < 0 {
            return Err(BookingError::invalid("price", "must not be negative"));
        }
        validate::minutes("duration_minutes", self.duration, 0, 480)?;
        if !db::services::exist(tx, &[self.service]).await? {
            return Err(BookingError::UnknownService(self.service));
        }
        let names = self.names.iter();
        let names = names.map(|(locale, name)| Ok((*locale, validate::name("names", name)?)));
        Ok(Self { names: names.collect::<Result<_, BookingError>>()?, ..self.clone() })
    }
}

/// Adds an add-on.
///
/// # Errors
///
/// [`BookingError::Invalid`] naming the field, [`BookingError::UnknownService`].
pub async fn create_add_on(
    tx: &mut TenantTx,
    draft: &AddOnDraft,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<AddOn, BookingError> {
    let draft = draft.check(tx).await?;
    let id = ids.next(clock);
    db::add_ons::insert(tx, id, &draft).await?;
    reload(tx, id).await
}

/// Replaces an add-on. Appointments and holds keep the time and the price they were made with.
///
/// # Errors
///
/// [`BookingError::Invalid`] naming the field, [`BookingError::UnknownAddOn`].
pub async fn update_add_on(
    tx: &mut TenantTx,
    id: AddOnId,
    draft: &AddOnDraft,
) -> Result<AddOn, BookingError> {
    let draft = draft.check(tx).await?;
    db::add_ons::update(tx, id, &draft).await?;
    reload(tx, id).await
}

async fn reload(tx: &mut TenantTx, id: AddOnId) -> Result<AddOn, BookingError> {
    let found = db::add_ons::all(tx, Some(id)).await?.pop();
    found.ok_or(BookingError::UnknownAddOn(id))
}
