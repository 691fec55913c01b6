//! Tables `appointments` and `appointment_events`.

use jiff::{Timestamp, tz::TimeZone};
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, ContactId, Money, ResourceId, ServiceId, TimeRange};
use platform::{OnConstraint as _, TenantTx};
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use super::resources::stored_zone;
use crate::{
    Appointment, AppointmentFilter, AppointmentState, BookingError, Cursor, Customer, Party,
    Reference, StateName,
};

struct AppointmentRow {
    appointment_id: Uuid,
    reference: String,
    resource_id: Uuid,
    service_id: Uuid,
    contact_id: Option<Uuid>,
    customer_name: Option<String>,
    customer_phone: Option<String>,
    starts_at: jiff_sqlx::Timestamp,
    ends_at: jiff_sqlx::Timestamp,
    blocks_from: jiff_sqlx::Timestamp,
    blocks_until: jiff_sqlx::Timestamp,
    zone: String,
    price_minor: i64,
    currency: String,
    state: String,
    expires_at: Option<jiff_sqlx::Timestamp>,
    replaces: Option<Uuid>,
    cancelled_by: Option<String>,
    version: i32,
    created_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
}

/// Reads whole rows; what follows `FROM appointments` and its arguments are given.
macro_rules! appointments {
    ($tail:tt, $($argument:expr),* $(,)?) => {
        query_as!(
            AppointmentRow,
            "SELECT appointment_id, reference, resource_id, service_id, contact_id, customer_name,
                    customer_phone, starts_at, ends_at, blocks_from, blocks_until, zone,
                    price_minor, currency, state, expires_at, replaces, cancelled_by, version,
                    created_at, updated_at
             FROM appointments " + $tail,
            $($argument),*
        )
    };
}

impl TryFrom<AppointmentRow> for Appointment {
    type Error = BookingError;

    fn try_from(row: AppointmentRow) -> Result<Self, BookingError> {
        let corrupt = BookingError::corrupt;
        let state = row.state()?;
        let range = |start: jiff_sqlx::Timestamp, end: jiff_sqlx::Timestamp| {
            TimeRange::new(start.to_jiff(), end.to_jiff())
                .map_err(|_| corrupt("range of an appointment"))
        };
        let phone = row.customer_phone.as_deref().map(str::parse).transpose();
        let currency = row.currency.parse().map_err(|_| corrupt("currency of an appointment"))?;
        Ok(Self {
            id: AppointmentId::from_uuid(row.appointment_id),
            reference: row.reference.parse()?,
            service: ServiceId::from_uuid(row.service_id),
            resource: ResourceId::from_uuid(row.resource_id),
            customer: Customer {
                contact: row.contact_id.map(ContactId::from_uuid),
                name: row.customer_name,
                phone: phone.map_err(|_| corrupt("telephone number of an appointment"))?,
            },
            during: range(row.starts_at, row.ends_at)?,
            blocks: range(row.blocks_from, row.blocks_until)?,
            zone: stored_zone(&row.zone)?,
            price: Money { amount_minor: row.price_minor, currency },
            state,
            replaces: row.replaces.map(AppointmentId::from_uuid),
            version: row.version,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
        })
    }
}

impl AppointmentRow {
    fn state(&self) -> Result<AppointmentState, BookingError> {
        let expiry = self.expires_at.map(|at| at.to_jiff());
        let by = match self.cancelled_by.as_deref() {
            Some("customer") => Some(Party::Customer),
            Some("business") => Some(Party::Business),
            _ => None,
        };
        match (self.state.parse(), expiry, by) {
            (Ok(StateName::Held), Some(expires_at), _) => Ok(AppointmentState::Held { expires_at }),
            (Ok(StateName::Confirmed), ..) => Ok(AppointmentState::Confirmed),
            (Ok(StateName::Cancelled), _, Some(by)) => Ok(AppointmentState::Cancelled { by }),
            (Ok(StateName::Expired), Some(expired_at), _) => {
                Ok(AppointmentState::Expired { expired_at })
            }
            (Ok(StateName::Completed), ..) => Ok(AppointmentState::Completed),
            (Ok(StateName::NoShow), ..) => Ok(AppointmentState::NoShow),
            _ => Err(BookingError::corrupt("state of an appointment")),
        }
    }
}

pub(crate) async fn fetch(
    tx: &mut TenantTx,
    id: AppointmentId,
) -> Result<Option<Appointment>, BookingError> {
    appointments!("WHERE tenant_id = $1 AND appointment_id = $2", tx.tenant_uuid(), id.as_uuid())
        .fetch_optional(tx.conn())
        .await?
        .map(Appointment::try_from)
        .transpose()
}

/// Reads an appointment and keeps others from changing it.
pub(crate) async fn fetch_locked(
    tx: &mut TenantTx,
    id: AppointmentId,
) -> Result<Appointment, BookingError> {
    appointments!(
        "WHERE tenant_id = $1 AND appointment_id = $2 FOR NO KEY UPDATE",
        tx.tenant_uuid(),
        id.as_uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(BookingError::UnknownAppointment(id))?
    .try_into()
}

/// The holds for moving `original`, but for one.
pub(crate) async fn moves_of(
    tx: &mut TenantTx,
    original: AppointmentId,
    but: Option<AppointmentId>,
) -> Result<Vec<Appointment>, BookingError> {
    appointments!(
        "WHERE tenant_id = $1 AND claim_id = $2 AND replaces = $2 AND state = 'held'
           AND appointment_id IS DISTINCT FROM $3
         ORDER BY appointment_id",
        tx.tenant_uuid(),
        original.as_uuid(),
        but.map(|id| id.as_uuid()) as Option<Uuid>,
    )
    .fetch_all(tx.conn())
    .await?
    .into_iter()
    .map(Appointment::try_from)
    .collect()
}

/// A part of the appointments, in order of start.
pub(crate) struct Selection<'a> {
    pub(crate) filter: &'a AppointmentFilter,
    pub(crate) ends_after: Option<Timestamp>,
    pub(crate) after: Option<Cursor>,
    pub(crate) limit: i64,
}

pub(crate) async fn select(
    tx: &mut TenantTx,
    selection: &Selection<'_>,
) -> Result<Vec<Appointment>, BookingError> {
    type Instant = Option<jiff_sqlx::Timestamp>;
    let filter = selection.filter;
    let states: Vec<String> = filter.states.iter().map(|name| name.as_str().to_owned()).collect();
    let instant = |at: Option<Timestamp>| at.map(|at| at.to_sqlx());
    appointments!(
        "WHERE tenant_id = $1
           AND (replaces IS NULL OR state = 'held')
           AND ($2::uuid IS NULL OR contact_id = $2)
           AND ($3::uuid IS NULL OR resource_id = $3)
           AND ($4::timestamptz IS NULL OR starts_at >= $4)
           AND ($5::timestamptz IS NULL OR starts_at < $5)
           AND ($6::timestamptz IS NULL OR ends_at > $6)
           AND (cardinality($7::text[]) = 0 OR state = ANY($7))
           AND ($8::timestamptz IS NULL OR (starts_at, appointment_id) > ($8, $9::uuid))
         ORDER BY starts_at, appointment_id
         LIMIT $10",
        tx.tenant_uuid(),
        filter.contact.map(|id| id.as_uuid()) as Option<Uuid>,
        filter.resource.map(|id| id.as_uuid()) as Option<Uuid>,
        instant(filter.from) as Instant,
        instant(filter.to) as Instant,
        instant(selection.ends_after) as Instant,
        &states,
        instant(selection.after.map(|cursor| cursor.starts_at)) as Instant,
        selection.after.map(|cursor| cursor.appointment.as_uuid()) as Option<Uuid>,
        selection.limit,
    )
    .fetch_all(tx.conn())
    .await?
    .into_iter()
    .map(Appointment::try_from)
    .collect()
}

/// A hold about to be placed; id and reference come with it.
pub(crate) struct NewHold {
    pub(crate) service: ServiceId,
    pub(crate) resource: ResourceId,
    pub(crate) customer: Customer,
    pub(crate) during: TimeRange,
    pub(crate) blocks: TimeRange,
    pub(crate) zone: TimeZone,
    pub(crate) price: Money,
    pub(crate) expires_at: Timestamp,
    pub(crate) replaces: Option<AppointmentId>,
    pub(crate) at: Timestamp,
}

impl NewHold {
    pub(crate) fn into_appointment(self, id: AppointmentId, reference: Reference) -> Appointment {
        Appointment {
            id,
            reference,
            service: self.service,
            resource: self.resource,
            customer: self.customer,
            during: self.during,
            blocks: self.blocks,
            zone: self.zone,
            price: self.price,
            state: AppointmentState::Held { expires_at: self.expires_at },
            replaces: self.replaces,
            version: 1,
            created_at: self.at,
            updated_at: self.at,
        }
    }
}

/// Inserts a hold; says whether it is in. It is not when `appointments_no_overlap` finds another
/// claim in the way, or when the reference is in use. Either leaves the transaction in order,
/// which a plain insert would not.
pub(crate) async fn insert_hold(
    tx: &mut TenantTx,
    id: AppointmentId,
    reference: &Reference,
    hold: &NewHold,
) -> Result<bool, BookingError> {
    let result = query!(
        "INSERT INTO appointments
             (tenant_id, appointment_id, reference, resource_id, service_id, contact_id,
              customer_name, customer_phone, starts_at, ends_at, blocks_from, blocks_until, zone,
              price_minor, currency, state, expires_at, replaces, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'held', $16,
                 $17, $18, $18)
         ON CONFLICT DO NOTHING",
        tx.tenant_uuid(),
        id.as_uuid(),
        reference.as_str(),
        hold.resource.as_uuid(),
        hold.service.as_uuid(),
        hold.customer.contact.map(|id| id.as_uuid()),
        hold.customer.name.as_deref(),
        hold.customer.phone.as_ref().map(|phone| phone.as_str()),
        hold.during.start().to_sqlx() as _,
        hold.during.end().to_sqlx() as _,
        hold.blocks.start().to_sqlx() as _,
        hold.blocks.end().to_sqlx() as _,
        hold.zone.iana_name().unwrap_or("UTC"),
        hold.price.amount_minor,
        hold.price.currency.code(),
        hold.expires_at.to_sqlx() as _,
        hold.replaces.map(|id| id.as_uuid()),
        hold.at.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .on_constraint("appointments_tenant_id_contact_id_fkey", || {
        BookingError::invalid("contact", "must be a contact of this business")
    })?;
    Ok(result.rows_affected() == 1)
}

pub(crate) async fn is_reference_used(
    tx: &mut TenantTx,
    reference: &Reference,
) -> Result<bool, BookingError> {
    let found = query_scalar!(
        "SELECT appointment_id FROM appointments WHERE tenant_id = $1 AND reference = $2",
        tx.tenant_uuid(),
        reference.as_str(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.is_some())
}

/// What happened, for the record.
pub(crate) struct Event {
    name: &'static str,
    actor: &'static str,
    detail: serde_json::Value,
}

impl Event {
    pub(crate) fn new(name: &'static str, actor: &'static str) -> Self {
        Self { name, actor, detail: serde_json::json!({}) }
    }

    pub(crate) fn with(self, detail: serde_json::Value) -> Self {
        Self { detail, ..self }
    }
}

/// Records how `appointment` came by its present version.
pub(crate) async fn record(
    tx: &mut TenantTx,
    appointment: &Appointment,
    event: &Event,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO appointment_events
             (tenant_id, appointment_id, version, event, actor, at, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.tenant_uuid(),
        appointment.id.as_uuid(),
        appointment.version,
        event.name,
        event.actor,
        appointment.updated_at.to_sqlx() as _,
        event.detail,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether a hold has done its work: the appointment it was for has been moved.
pub(crate) async fn was_consumed(
    tx: &mut TenantTx,
    hold: AppointmentId,
) -> Result<bool, BookingError> {
    let found = query_scalar!(
        "SELECT version FROM appointment_events
         WHERE tenant_id = $1 AND appointment_id = $2 AND event = 'consumed'",
        tx.tenant_uuid(),
        hold.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(found.is_some())
}

/// Writes an appointment as its next version, and records why. The caller has locked its row.
///
/// # Errors
///
/// [`BookingError::Taken`] when a claim that did not queue is in the way; the transaction is of no
/// more use then.
pub(crate) async fn save(
    tx: &mut TenantTx,
    mut appointment: Appointment,
    event: &Event,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let (expires_at, cancelled_by) = match appointment.state {
        AppointmentState::Held { expires_at: at }
        | AppointmentState::Expired { expired_at: at } => (Some(at), None),
        AppointmentState::Cancelled { by } => (None, Some(by.as_str())),
        _ => (None, None),
    };
    query!(
        "UPDATE appointments
         SET resource_id = $3, service_id = $4, contact_id = $5, customer_name = $6,
             customer_phone = $7, starts_at = $8, ends_at = $9, blocks_from = $10,
             blocks_until = $11, zone = $12, price_minor = $13, currency = $14, state = $15,
             expires_at = $16, cancelled_by = $17, version = version + 1, updated_at = $18
         WHERE tenant_id = $1 AND appointment_id = $2",
        tx.tenant_uuid(),
        appointment.id.as_uuid(),
        appointment.resource.as_uuid(),
        appointment.service.as_uuid(),
        appointment.customer.contact.map(|id| id.as_uuid()),
        appointment.customer.name.as_deref(),
        appointment.customer.phone.as_ref().map(|phone| phone.as_str()),
        appointment.during.start().to_sqlx() as _,
        appointment.during.end().to_sqlx() as _,
        appointment.blocks.start().to_sqlx() as _,
        appointment.blocks.end().to_sqlx() as _,
        appointment.zone.iana_name().unwrap_or("UTC"),
        appointment.price.amount_minor,
        appointment.price.currency.code(),
        appointment.state.name(),
        expires_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        cancelled_by,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .on_constraint("appointments_no_overlap", || BookingError::Taken {
        during: appointment.blocks,
    })?;
    appointment.version += 1;
    appointment.updated_at = now;
    record(tx, &appointment, event).await?;
    Ok(appointment)
}

/// Lets holds go.
pub(crate) async fn cancel_all(
    tx: &mut TenantTx,
    holds: Vec<Appointment>,
    by: Party,
    now: Timestamp,
) -> Result<(), BookingError> {
    for hold in holds {
        let state = hold.state.cancel(by)?;
        save(tx, Appointment { state, ..hold }, &Event::new("released", by.as_str()), now).await?;
    }
    Ok(())
}
