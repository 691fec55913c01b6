//! Table `waitlist_entries`.

use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
};
use jiff_sqlx::ToSqlx as _;
use kernel::{AddOnId, AppointmentId, ContactId, ResourceId, ServiceId, WaitlistEntryId};
use platform::{OnConstraint as _, TenantTx};
use serde::{Deserialize, Serialize};
use sqlx::{query, query_as, types::Json};
use uuid::Uuid;

use crate::{
    BookingError, Customer, EntryState, Item, Place, TimeOfDay, Visit, WaitWish, WaitlistEntry,
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredItem {
    service_id: Uuid,
    #[serde(default)]
    add_ons: Vec<Uuid>,
    among: Option<Vec<Uuid>>,
    #[serde(default)]
    except: Vec<Uuid>,
}

impl From<&Item> for StoredItem {
    fn from(item: &Item) -> Self {
        let uuids = |ids: &[ResourceId]| ids.iter().map(ResourceId::as_uuid).collect::<Vec<_>>();
        Self {
            service_id: item.service.as_uuid(),
            add_ons: item.add_ons.iter().map(AddOnId::as_uuid).collect(),
            among: item.among.as_deref().map(uuids),
            except: uuids(&item.except),
        }
    }
}

impl From<StoredItem> for Item {
    fn from(stored: StoredItem) -> Self {
        let ids = |uuids: Vec<Uuid>| uuids.into_iter().map(ResourceId::from_uuid).collect();
        Self {
            service: ServiceId::from_uuid(stored.service_id),
            add_ons: stored.add_ons.into_iter().map(AddOnId::from_uuid).collect(),
            among: stored.among.map(ids),
            except: ids(stored.except),
        }
    }
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct StoredWish {
    from: Option<Date>,
    until: Option<Date>,
    /// Monday is 1.
    weekdays: Vec<i8>,
    excluded_days: Vec<Date>,
    times_of_day: Vec<(Time, Time)>,
}

impl From<&WaitWish> for StoredWish {
    fn from(wish: &WaitWish) -> Self {
        Self {
            from: wish.from,
            until: wish.until,
            weekdays: wish.weekdays.iter().map(|day| day.to_monday_one_offset()).collect(),
            excluded_days: wish.excluded_days.clone(),
            times_of_day: wish.times_of_day.iter().map(|time| (time.from, time.until)).collect(),
        }
    }
}

impl TryFrom<StoredWish> for WaitWish {
    type Error = BookingError;

    fn try_from(stored: StoredWish) -> Result<Self, BookingError> {
        let weekdays = stored.weekdays.into_iter().map(Weekday::from_monday_one_offset);
        Ok(Self {
            from: stored.from,
            until: stored.until,
            weekdays: weekdays
                .collect::<Result<_, _>>()
                .map_err(|_| BookingError::corrupt("weekday of a waitlist entry"))?,
            excluded_days: stored.excluded_days,
            times_of_day: stored
                .times_of_day
                .into_iter()
                .map(|(from, until)| TimeOfDay { from, until })
                .collect(),
        })
    }
}

struct EntryRow {
    entry_id: Uuid,
    contact_id: Uuid,
    customer_name: Option<String>,
    customer_phone: Option<String>,
    items: Json<Vec<StoredItem>>,
    party_size: i32,
    wish: Json<StoredWish>,
    state: String,
    offer_id: Option<Uuid>,
    offer_expires_at: Option<jiff_sqlx::Timestamp>,
    created_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
}

/// Reads entries; `$tail` follows FROM.
macro_rules! entries {
    ($tail:tt, $($argument:expr),* $(,)?) => {
        query_as!(
            EntryRow,
            r#"SELECT entry_id, contact_id, customer_name, customer_phone,
                      items AS "items: Json<Vec<StoredItem>>", party_size,
                      wish AS "wish: Json<StoredWish>", state, offer_id,
                      offer_expires_at AS "offer_expires_at: jiff_sqlx::Timestamp",
                      created_at AS "created_at: jiff_sqlx::Timestamp",
                      updated_at AS "updated_at: jiff_sqlx::Timestamp"
               FROM waitlist_entries "# + $tail,
            $($argument),*
        )
    };
}

impl TryFrom<EntryRow> for WaitlistEntry {
    type Error = BookingError;

    fn try_from(row: EntryRow) -> Result<Self, BookingError> {
        let corrupt = BookingError::corrupt;
        let contact = ContactId::from_uuid(row.contact_id);
        let phone = row.customer_phone.as_deref().map(str::parse).transpose();
        let state = EntryState::ALL.into_iter().find(|state| state.as_str() == row.state);
        Ok(Self {
            id: WaitlistEntryId::from_uuid(row.entry_id),
            contact,
            customer: Customer {
                contact: Some(contact),
                name: row.customer_name,
                phone: phone.map_err(|_| corrupt("telephone number of a waitlist entry"))?,
            },
            visit: Visit {
                items: row.items.0.into_iter().map(Item::from).collect(),
                party_size: u16::try_from(row.party_size).map_err(|_| corrupt("party size"))?,
            },
            wish: row.wish.0.try_into()?,
            state: state.ok_or_else(|| corrupt("state of a waitlist entry"))?,
            offer: row
                .offer_id
                .zip(row.offer_expires_at)
                .map(|(hold, until)| (AppointmentId::from_uuid(hold), until.to_jiff())),
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
        })
    }
}

fn names(states: &[EntryState]) -> Vec<String> {
    states.iter().map(|state| state.as_str().to_owned()).collect()
}

pub(crate) async fn insert(tx: &mut TenantTx, entry: &WaitlistEntry) -> Result<(), BookingError> {
    let items: Vec<StoredItem> = entry.visit.items.iter().map(StoredItem::from).collect();
    query!(
        "INSERT INTO waitlist_entries
             (tenant_id, entry_id, contact_id, customer_name, customer_phone, items, party_size,
              wish, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        tx.tenant_uuid(),
        entry.id.as_uuid(),
        entry.contact.as_uuid(),
        entry.customer.name,
        entry.customer.phone.as_ref().map(ToString::to_string),
        Json(items) as _,
        i32::from(entry.visit.party_size),
        Json(StoredWish::from(&entry.wish)) as _,
        entry.created_at.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .on_constraint("waitlist_entries_tenant_id_contact_id_fkey", || {
        BookingError::UnknownContact(entry.contact)
    })?;
    Ok(())
}

pub(crate) async fn fetch(
    tx: &mut TenantTx,
    id: WaitlistEntryId,
) -> Result<Option<WaitlistEntry>, BookingError> {
    let row = entries!("WHERE tenant_id = $1 AND entry_id = $2", tx.tenant_uuid(), id.as_uuid())
        .fetch_optional(tx.conn())
        .await?;
    row.map(WaitlistEntry::try_from).transpose()
}

pub(crate) async fn list(
    tx: &mut TenantTx,
    states: &[EntryState],
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<WaitlistEntry>, BookingError> {
    let rows = entries!(
        "WHERE tenant_id = $1 AND state = ANY ($2)
           AND ($3::timestamptz IS NULL OR (created_at, entry_id) > ($3, $4))
         ORDER BY created_at, entry_id LIMIT $5",
        tx.tenant_uuid(),
        &names(states),
        after.map(|place| place.created_at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        after.map(|place| place.entry.as_uuid()),
        i64::from(limit),
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(WaitlistEntry::try_from).collect()
}

pub(crate) async fn open_of(
    tx: &mut TenantTx,
    contact: ContactId,
) -> Result<Vec<WaitlistEntry>, BookingError> {
    let rows = entries!(
        "WHERE tenant_id = $1 AND contact_id = $2 AND state IN ('waiting', 'offered', 'lapsed')
         ORDER BY created_at, entry_id LIMIT 50",
        tx.tenant_uuid(),
        contact.as_uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(WaitlistEntry::try_from).collect()
}

/// A place to go back to, around the one that placing a hold has.
pub(crate) async fn mark(tx: &mut TenantTx) -> Result<(), BookingError> {
    query("SAVEPOINT waitlist").execute(tx.conn()).await?;
    Ok(())
}

/// Undoes everything since the mark; the locks since then, too, are let go.
pub(crate) async fn back_to_mark(tx: &mut TenantTx) -> Result<(), BookingError> {
    query("ROLLBACK TO SAVEPOINT waitlist").execute(tx.conn()).await?;
    Ok(())
}

/// Notes an offer, if the entry waits; says whether it did.
pub(crate) async fn offer(
    tx: &mut TenantTx,
    id: WaitlistEntryId,
    hold: AppointmentId,
    until: Timestamp,
    now: Timestamp,
) -> Result<bool, BookingError> {
    let done = query!(
        "UPDATE waitlist_entries
         SET state = 'offered', offer_id = $3, offer_expires_at = $4, updated_at = $5
         WHERE tenant_id = $1 AND entry_id = $2 AND state = 'waiting'",
        tx.tenant_uuid(),
        id.as_uuid(),
        hold.as_uuid(),
        until.to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn settle(
    tx: &mut TenantTx,
    hold: AppointmentId,
    from: &[EntryState],
    to: EntryState,
    now: Timestamp,
) -> Result<bool, BookingError> {
    let done = query!(
        "UPDATE waitlist_entries SET state = $4, updated_at = $5
         WHERE tenant_id = $1 AND offer_id = $2 AND state = ANY ($3)",
        tx.tenant_uuid(),
        hold.as_uuid(),
        &names(from),
        to.as_str(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn to_waiting(
    tx: &mut TenantTx,
    contact: ContactId,
    now: Timestamp,
) -> Result<(), BookingError> {
    query!(
        "UPDATE waitlist_entries SET state = 'waiting', updated_at = $3
         WHERE tenant_id = $1 AND contact_id = $2 AND state = 'lapsed'",
        tx.tenant_uuid(),
        contact.as_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn withdraw(
    tx: &mut TenantTx,
    id: WaitlistEntryId,
    now: Timestamp,
) -> Result<(), BookingError> {
    query!(
        "UPDATE waitlist_entries SET state = 'withdrawn', updated_at = $3
         WHERE tenant_id = $1 AND entry_id = $2 AND state IN ('waiting', 'offered', 'lapsed')",
        tx.tenant_uuid(),
        id.as_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
