//! Tables `appointments` and `appointment_segments`, read as one.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use jiff_sqlx::ToSqlx as _;
use kernel::{
    AddOnId, AppointmentId, ContactId, Money, ResourceId, SeriesId, ServiceId, TimeRange,
};
use platform::{OnConstraint as _, TenantTx};
use serde::Deserialize;
use sqlx::{query, query_as, query_scalar, types::Json};
use uuid::Uuid;

use super::{events, events::Event, resources::stored_zone};
use crate::{
    Appointment, AppointmentFilter, AppointmentState, BookingError, Cursor, Customer, Missing,
    Party, Reference, Segment, Segments, StateName, Terms,
};

struct AppointmentRow {
    appointment_id: Uuid,
    reference: String,
    contact_id: Option<Uuid>,
    customer_name: Option<String>,
    customer_phone: Option<String>,
    party_size: i32,
    starts_at: jiff_sqlx::Timestamp,
    ends_at: jiff_sqlx::Timestamp,
    starts_local: jiff_sqlx::DateTime,
    zone: String,
    price_minor: i64,
    currency: String,
    state: String,
    awaits: Vec<String>,
    expires_at: Option<jiff_sqlx::Timestamp>,
    terms: Json<Terms>,
    replaces: Option<Uuid>,
    series_id: Option<Uuid>,
    cancelled_by: Option<String>,
    version: i32,
    created_at: jiff_sqlx::Timestamp,
    updated_at: jiff_sqlx::Timestamp,
    segments: Json<Vec<SegmentRow>>,
}

/// As `jsonb_build_object` below has it.
#[derive(Deserialize)]
struct SegmentRow {
    service_id: Uuid,
    resource_id: Uuid,
    also: Vec<Uuid>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    price_minor: i64,
    add_ons: Vec<Uuid>,
}

/// Reads whole rows; what follows `FROM appointments a` and its arguments are given.
macro_rules! appointments {
    ($tail:tt, $($argument:expr),* $(,)?) => {
        query_as!(
            AppointmentRow,
            r#"SELECT a.appointment_id, a.reference, a.contact_id, a.customer_name,
                      a.customer_phone, a.party_size, a.starts_at, a.ends_at,
                      a.starts_local AS "starts_local: jiff_sqlx::DateTime", a.zone, a.price_minor, a.currency, a.state, a.awaits, a.expires_at,
                      a.policy AS "terms: Json<Terms>", a.replaces, a.series_id, a.cancelled_by,
                      a.version, a.created_at, a.updated_at,
                      (SELECT jsonb_agg(jsonb_build_object(
                                  'service_id', s.service_id, 'resource_id', s.resource_id,
                                  'starts_at', s.starts_at, 'ends_at', s.ends_at,
                                  'price_minor', s.price_minor, 'add_ons', s.add_ons,
                                  'also', (SELECT coalesce(jsonb_agg(c.resource_id
                                                           ORDER BY c.resource_id), '[]')
                                           FROM claims c
                                           WHERE c.tenant_id = s.tenant_id
                                             AND c.appointment_id = s.appointment_id
                                             AND c.segment = s.position
                                             AND c.resource_id <> s.resource_id))
                              ORDER BY s.position)
                       FROM appointment_segments s
                       WHERE s.tenant_id = a.tenant_id AND s.appointment_id = a.appointment_id
                      ) AS "segments!: Json<Vec<SegmentRow>>"
               FROM appointments a "# + $tail,
            $($argument),*
        )
    };
}

impl TryFrom<AppointmentRow> for Appointment {
    type Error = BookingError;

    fn try_from(row: AppointmentRow) -> Result<Self, BookingError> {
        let corrupt = BookingError::corrupt;
        let state = row.state()?;
        let phone = row.customer_phone.as_deref().map(str::parse).transpose();
        let currency = row.currency.parse().map_err(|_| corrupt("currency of an appointment"))?;
        let awaits = row.awaits.iter().map(|awaits| awaits.parse());
        let awaits = Missing::of(awaits.collect::<Result<Vec<_>, _>>()?);
        let segments: Vec<Segment> =
            row.segments.0.into_iter().map(Segment::try_from).collect::<Result<_, _>>()?;
        Ok(Self {
            id: AppointmentId::from_uuid(row.appointment_id),
            reference: row.reference.parse()?,
            customer: Customer {
                contact: row.contact_id.map(ContactId::from_uuid),
                name: row.customer_name,
                phone: phone.map_err(|_| corrupt("telephone number of an appointment"))?,
            },
            party_size: u16::try_from(row.party_size).map_err(|_| corrupt("party size"))?,
            segments: Segments::new(segments).ok_or_else(|| corrupt("segments"))?,
            during: range(row.starts_at.to_jiff(), row.ends_at.to_jiff())?,
            starts_local: row.starts_local.to_jiff(),
            zone: stored_zone(&row.zone)?,
            price: Money { amount_minor: row.price_minor, currency },
            state,
            awaits,
            terms: row.terms.0,
            replaces: row.replaces.map(AppointmentId::from_uuid),
            series: row.series_id.map(SeriesId::from_uuid),
            version: row.version,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
        })
    }
}

impl TryFrom<SegmentRow> for Segment {
    type Error = BookingError;

    fn try_from(row: SegmentRow) -> Result<Self, BookingError> {
        Ok(Self {
            service: ServiceId::from_uuid(row.service_id),
            resource: ResourceId::from_uuid(row.resource_id),
            also: row.also.into_iter().map(ResourceId::from_uuid).collect(),
            during: range(row.starts_at, row.ends_at)?,
            price_minor: row.price_minor,
            add_ons: row.add_ons.into_iter().map(AddOnId::from_uuid).collect(),
        })
    }
}

fn range(start: Timestamp, end: Timestamp) -> Result<TimeRange, BookingError> {
    TimeRange::new(start, end).map_err(|_| BookingError::corrupt("range of an appointment"))
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
            (Ok(StateName::Pending), Some(lapses_at), _) => {
                Ok(AppointmentState::Pending { lapses_at })
            }
            (Ok(StateName::Confirmed), ..) => Ok(AppointmentState::Confirmed),
            (Ok(StateName::Arrived), ..) => Ok(AppointmentState::Arrived),
            (Ok(StateName::Cancelled), _, Some(by)) => Ok(AppointmentState::Cancelled { by }),
            (Ok(StateName::Expired), Some(expired_at), ..) => {
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
    appointments!(
        "WHERE a.tenant_id = $1 AND a.appointment_id = $2",
        tx.tenant_uuid(),
        id.as_uuid()
    )
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
        "WHERE a.tenant_id = $1 AND a.appointment_id = $2 FOR NO KEY UPDATE",
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
        "WHERE a.tenant_id = $1 AND a.claim_id = $2 AND a.replaces = $2 AND a.state = 'held'
           AND a.appointment_id IS DISTINCT FROM $3
         ORDER BY a.appointment_id",
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

/// The live appointments of a series that start at `from` or later, in order.
pub(crate) async fn of_series(
    tx: &mut TenantTx,
    series: SeriesId,
    from: Timestamp,
) -> Result<Vec<Appointment>, BookingError> {
    appointments!(
        "WHERE a.tenant_id = $1 AND a.series_id = $2 AND a.starts_at >= $3
           AND a.state IN ('held', 'pending', 'confirmed')
         ORDER BY a.starts_at, a.appointment_id",
        tx.tenant_uuid(),
        series.as_uuid(),
        from.to_sqlx() as _,
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
        "WHERE a.tenant_id = $1
           AND (a.replaces IS NULL OR a.state = 'held')
           AND ($2::uuid IS NULL OR a.contact_id = $2)
           AND ($3::uuid IS NULL OR EXISTS (
                   SELECT FROM appointment_segments s
                   WHERE s.tenant_id = a.tenant_id AND s.appointment_id = a.appointment_id
                     AND s.resource_id = $3))
           AND ($4::timestamptz IS NULL OR a.starts_at >= $4)
           AND ($5::timestamptz IS NULL OR a.starts_at < $5)
           AND ($6::timestamptz IS NULL OR a.ends_at > $6)
           AND (cardinality($7::text[]) = 0 OR a.state = ANY($7))
           AND ($8::timestamptz IS NULL OR (a.starts_at, a.appointment_id) > ($8, $9::uuid))
           AND ($10::uuid IS NULL OR a.series_id = $10)
         ORDER BY a.starts_at, a.appointment_id
         LIMIT $11",
        tx.tenant_uuid(),
        filter.contact.map(|id| id.as_uuid()) as Option<Uuid>,
        filter.resource.map(|id| id.as_uuid()) as Option<Uuid>,
        instant(filter.from) as Instant,
        instant(filter.to) as Instant,
        instant(selection.ends_after) as Instant,
        &states,
        instant(selection.after.map(|cursor| cursor.starts_at)) as Instant,
        selection.after.map(|cursor| cursor.appointment.as_uuid()) as Option<Uuid>,
        filter.series.map(|id| id.as_uuid()) as Option<Uuid>,
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
    pub(crate) customer: Customer,
    pub(crate) party_size: u16,
    pub(crate) segments: Segments,
    pub(crate) during: TimeRange,
    pub(crate) starts_local: DateTime,
    pub(crate) zone: TimeZone,
    pub(crate) price: Money,
    pub(crate) awaits: Option<Missing>,
    pub(crate) terms: Terms,
    pub(crate) expires_at: Timestamp,
    pub(crate) replaces: Option<AppointmentId>,
    pub(crate) series: Option<SeriesId>,
    pub(crate) at: Timestamp,
}

impl NewHold {
    pub(crate) fn into_appointment(self, id: AppointmentId, reference: Reference) -> Appointment {
        Appointment {
            id,
            reference,
            customer: self.customer,
            party_size: self.party_size,
            segments: self.segments,
            during: self.during,
            starts_local: self.starts_local,
            zone: self.zone,
            price: self.price,
            state: AppointmentState::Held { expires_at: self.expires_at },
            awaits: self.awaits,
            terms: self.terms,
            replaces: self.replaces,
            series: self.series,
            version: 1,
            created_at: self.at,
            updated_at: self.at,
        }
    }
}

fn awaits_of(missing: Option<Missing>) -> Vec<String> {
    let missing = missing.into_iter().flat_map(Missing::iter);
    missing.map(|awaits| awaits.as_str().to_owned()).collect()
}

/// Inserts a hold and its segments; says whether it is in. It is not when the reference is in use,
/// which leaves the transaction in order, as a plain insert would not.
pub(crate) async fn insert_hold(
    tx: &mut TenantTx,
    id: AppointmentId,
    reference: &Reference,
    hold: &NewHold,
) -> Result<bool, BookingError> {
    let result = query!(
        "INSERT INTO appointments
             (tenant_id, appointment_id, reference, contact_id, customer_name, customer_phone,
              party_size, starts_at, ends_at, starts_local, zone, price_minor, currency, state,
              policy, expires_at, replaces, series_id, created_at, updated_at, awaits)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'held', $14, $15, $16,
                 $17, $18, $18, $19)
         ON CONFLICT (tenant_id, reference) DO NOTHING",
        tx.tenant_uuid(),
        id.as_uuid(),
        reference.as_str(),
        hold.customer.contact.map(|id| id.as_uuid()),
        hold.customer.name.as_deref(),
        hold.customer.phone.as_ref().map(|phone| phone.as_str()),
        i32::from(hold.party_size),
        hold.during.start().to_sqlx() as _,
        hold.during.end().to_sqlx() as _,
        hold.starts_local.to_sqlx() as _,
        hold.zone.iana_name().unwrap_or("UTC"),
        hold.price.amount_minor,
        hold.price.currency.code(),
        Json(hold.terms) as _,
        hold.expires_at.to_sqlx() as _,
        hold.replaces.map(|id| id.as_uuid()),
        hold.series.map(|id| id.as_uuid()),
        hold.at.to_sqlx() as _,
        &awaits_of(hold.awaits),
    )
    .execute(tx.conn())
    .await
    .on_constraint("appointments_tenant_id_contact_id_fkey", || {
        BookingError::invalid("contact", "must be a contact of this business")
    })?;
    if result.rows_affected() == 0 {
        return Ok(false);
    }
    insert_segments(tx, id, &hold.segments).await?;
    Ok(true)
}

async fn insert_segments(
    tx: &mut TenantTx,
    id: AppointmentId,
    segments: &Segments,
) -> Result<(), BookingError> {
    for (position, segment) in (0_i16..).zip(segments.iter()) {
        let add_ons: Vec<Uuid> = segment.add_ons.iter().map(AddOnId::as_uuid).collect();
        query!(
            "INSERT INTO appointment_segments
                 (tenant_id, appointment_id, position, service_id, resource_id, starts_at, ends_at,
                  price_minor, add_ons)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            tx.tenant_uuid(),
            id.as_uuid(),
            position,
            segment.service.as_uuid(),
            segment.resource.as_uuid(),
            segment.during.start().to_sqlx() as _,
            segment.during.end().to_sqlx() as _,
            segment.price_minor,
            Json(add_ons) as _,
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// Gives an appointment other segments.
pub(crate) async fn replace_segments(
    tx: &mut TenantTx,
    id: AppointmentId,
    segments: &Segments,
) -> Result<(), BookingError> {
    query!(
        "DELETE FROM appointment_segments WHERE tenant_id = $1 AND appointment_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .execute(tx.conn())
    .await?;
    insert_segments(tx, id, segments).await
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

/// Writes an appointment's row as its next version, and records why. The caller has locked the row.
/// Its segments and claims are not touched, but claims follow the state.
pub(crate) async fn save(
    tx: &mut TenantTx,
    mut appointment: Appointment,
    event: &Event,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let cancelled_by = match appointment.state {
        AppointmentState::Cancelled { by } => Some(by.as_str()),
        _ => None,
    };
    query!(
        "UPDATE appointments
         SET contact_id = $3, customer_name = $4, customer_phone = $5, party_size = $6,
             starts_at = $7, ends_at = $8, starts_local = $9, zone = $10, price_minor = $11,
             currency = $12, state = $13, awaits = $14, expires_at = $15, cancelled_by = $16,
             series_id = $17, version = $18 + 1, updated_at = $19
         WHERE tenant_id = $1 AND appointment_id = $2",
        tx.tenant_uuid(),
        appointment.id.as_uuid(),
        appointment.customer.contact.map(|id| id.as_uuid()),
        appointment.customer.name.as_deref(),
        appointment.customer.phone.as_ref().map(|phone| phone.as_str()),
        i32::from(appointment.party_size),
        appointment.during.start().to_sqlx() as _,
        appointment.during.end().to_sqlx() as _,
        appointment.starts_local.to_sqlx() as _,
        appointment.zone.iana_name().unwrap_or("UTC"),
        appointment.price.amount_minor,
        appointment.price.currency.code(),
        appointment.state.name(),
        &awaits_of(appointment.awaits),
        appointment.state.expiry().map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        cancelled_by,
        appointment.series.map(|id| id.as_uuid()),
        appointment.version,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    appointment.version += 1;
    appointment.updated_at = now;
    events::record(tx, &appointment, event).await?;
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
