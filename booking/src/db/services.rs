//! Tables `services` and `service_names`.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kernel::{Locale, Money, ServiceId};
use platform::TenantTx;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use crate::{BookingError, Service, ServiceName, service::CheckedService};

struct ServiceRow {
    service_id: Uuid,
    duration_minutes: i32,
    buffer_before_minutes: i32,
    buffer_after_minutes: i32,
    price_minor: i64,
    currency: String,
    active: bool,
    position: i32,
    variation_of: Option<Uuid>,
    needs: Vec<String>,
    seats: i32,
    awaits: Vec<String>,
}

impl TryFrom<ServiceRow> for Service {
    type Error = BookingError;

    fn try_from(row: ServiceRow) -> Result<Self, BookingError> {
        let minutes = |minutes: i32| SignedDuration::from_mins(minutes.into());
        let currency =
            row.currency.parse().map_err(|_| BookingError::corrupt("currency of a tenant"))?;
        Ok(Self {
            id: ServiceId::from_uuid(row.service_id),
            names: BTreeMap::new(),
            duration: minutes(row.duration_minutes),
            buffer_before: minutes(row.buffer_before_minutes),
            buffer_after: minutes(row.buffer_after_minutes),
            price: Money { amount_minor: row.price_minor, currency },
            active: row.active,
            position: row.position,
            variation_of: row.variation_of.map(ServiceId::from_uuid),
            needs: row.needs.iter().map(|kind| kind.parse()).collect::<Result<_, _>>()?,
            seats: u16::try_from(row.seats)
                .map_err(|_| BookingError::corrupt("seats of a service"))?,
            awaits: row.awaits.iter().map(|awaits| awaits.parse()).collect::<Result<_, _>>()?,
        })
    }
}

/// Reads all services, or one.
pub(crate) async fn all(
    tx: &mut TenantTx,
    only: Option<ServiceId>,
) -> Result<Vec<Service>, BookingError> {
    let only = only.map(|id| id.as_uuid());
    let rows = query_as!(
        ServiceRow,
        "SELECT s.service_id, s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes,
                s.price_minor, t.currency, s.active, s.position, s.variation_of, s.needs, s.seats,
                s.awaits
         FROM services s JOIN tenants t ON t.tenant_id = s.tenant_id
         WHERE s.tenant_id = $1 AND ($2::uuid IS NULL OR s.service_id = $2)
         ORDER BY s.position, s.service_id",
        tx.tenant_uuid(),
        only,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut names = names(tx, only).await?;
    rows.into_iter()
        .map(|row| {
            let mut service = Service::try_from(row)?;
            service.names = names.remove(&service.id).unwrap_or_default();
            Ok(service)
        })
        .collect()
}

async fn names(
    tx: &mut TenantTx,
    only: Option<Uuid>,
) -> Result<BTreeMap<ServiceId, BTreeMap<Locale, ServiceName>>, BookingError> {
    let rows = query!(
        "SELECT service_id, locale, name, aliases FROM service_names
         WHERE tenant_id = $1 AND ($2::uuid IS NULL OR service_id = $2)",
        tx.tenant_uuid(),
        only,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut names = BTreeMap::<_, BTreeMap<_, _>>::new();
    for row in rows {
        let locale =
            row.locale.parse().map_err(|_| BookingError::corrupt("locale of a service name"))?;
        let name = ServiceName { name: row.name, aliases: row.aliases };
        names.entry(ServiceId::from_uuid(row.service_id)).or_default().insert(locale, name);
    }
    Ok(names)
}

/// Whether all of these are services of the tenant. They come without repetitions.
pub(crate) async fn exist(tx: &mut TenantTx, services: &[ServiceId]) -> Result<bool, BookingError> {
    let ids: Vec<_> = services.iter().map(ServiceId::as_uuid).collect();
    let n_found = query_scalar!(
        r#"SELECT count(*) AS "count!" FROM services
           WHERE tenant_id = $1 AND service_id = ANY($2)"#,
        tx.tenant_uuid(),
        &ids,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(usize::try_from(n_found) == Ok(services.len()))
}

pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: ServiceId,
    service: &CheckedService,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO services
             (tenant_id, service_id, duration_minutes, buffer_before_minutes,
              buffer_after_minutes, price_minor, active, position, variation_of, needs, seats,
              awaits)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        tx.tenant_uuid(),
        id.as_uuid(),
        service.duration_minutes,
        service.buffer_before_minutes,
        service.buffer_after_minutes,
        service.price_minor,
        service.active,
        service.position,
        service.variation_of.map(|id| id.as_uuid()),
        &service.needs,
        service.seats,
        &service.awaits,
    )
    .execute(tx.conn())
    .await?;
    insert_names(tx, id, &service.names).await
}

pub(crate) async fn update(
    tx: &mut TenantTx,
    id: ServiceId,
    service: &CheckedService,
) -> Result<(), BookingError> {
    let result = query!(
        "UPDATE services
         SET duration_minutes = $3, buffer_before_minutes = $4, buffer_after_minutes = $5,
             price_minor = $6, active = $7, position = $8, variation_of = $9, needs = $10,
             seats = $11, awaits = $12
         WHERE tenant_id = $1 AND service_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
        service.duration_minutes,
        service.buffer_before_minutes,
        service.buffer_after_minutes,
        service.price_minor,
        service.active,
        service.position,
        service.variation_of.map(|id| id.as_uuid()),
        &service.needs,
        service.seats,
        &service.awaits,
    )
    .execute(tx.conn())
    .await?;
    if result.rows_affected() == 0 {
        return Err(BookingError::UnknownService(id));
    }
    query!(
        "DELETE FROM service_names WHERE tenant_id = $1 AND service_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .execute(tx.conn())
    .await?;
    insert_names(tx, id, &service.names).await
}

async fn insert_names(
    tx: &mut TenantTx,
    id: ServiceId,
    names: &BTreeMap<Locale, ServiceName>,
) -> Result<(), BookingError> {
    for (locale, name) in names {
        query!(
            "INSERT INTO service_names (tenant_id, service_id, locale, name, aliases)
             VALUES ($1, $2, $3, $4, $5)",
            tx.tenant_uuid(),
            id.as_uuid(),
            locale.tag(),
            name.name,
            &name.aliases,
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}
