//! Tables `resources` and `resource_services`.

use jiff::{SignedDuration, tz::TimeZone};
use kernel::{ResourceId, ServiceId};
use platform::TenantTx;
use sqlx::{query, query_as};
use uuid::Uuid;

use crate::{BookingError, Resource, ResourceDraft, ResourceLimits, ServiceTerms};

struct ResourceRow {
    resource_id: Uuid,
    kind: String,
    name: String,
    aliases: Vec<String>,
    zone: String,
    services: Vec<Uuid>,
    durations: Vec<Option<i32>>,
    prices: Vec<Option<i64>>,
    active: bool,
    position: i32,
    capacity: i32,
    min_party: i32,
    max_party: Option<i32>,
    max_per_day: Option<i32>,
    max_per_week: Option<i32>,
}

impl TryFrom<ResourceRow> for Resource {
    type Error = BookingError;

    fn try_from(row: ResourceRow) -> Result<Self, BookingError> {
        Ok(Self {
            id: ResourceId::from_uuid(row.resource_id),
            kind: row.kind.parse().map_err(|_| BookingError::corrupt("kind of a resource"))?,
            name: row.name,
            aliases: row.aliases,
            zone: stored_zone(&row.zone)?,
            services: row
                .services
                .into_iter()
                .zip(row.durations.into_iter().zip(row.prices))
                .map(|(service, (minutes, price_minor))| ServiceTerms {
                    service: ServiceId::from_uuid(service),
                    duration: minutes.map(|minutes| SignedDuration::from_mins(minutes.into())),
                    price_minor,
                })
                .collect(),
            active: row.active,
            position: row.position,
            limits: ResourceLimits {
                capacity: limit(Some(row.capacity))?.unwrap_or(1),
                min_party: limit(Some(row.min_party))?.unwrap_or(1),
                max_party: limit(row.max_party)?,
                max_per_day: limit(row.max_per_day)?,
                max_per_week: limit(row.max_per_week)?,
            },
        })
    }
}

fn limit(stored: Option<i32>) -> Result<Option<u16>, BookingError> {
    stored.map(u16::try_from).transpose().map_err(|_| BookingError::corrupt("limit of a resource"))
}

/// Reads a zone that was checked when it was written.
pub(crate) fn stored_zone(name: &str) -> Result<TimeZone, BookingError> {
    TimeZone::get(name).map_err(|_| BookingError::corrupt("time zone"))
}

/// Reads all resources, or one.
pub(crate) async fn all(
    tx: &mut TenantTx,
    only: Option<ResourceId>,
) -> Result<Vec<Resource>, BookingError> {
    let rows = query_as!(
        ResourceRow,
        r#"SELECT r.resource_id, r.kind, r.name, r.aliases, r.zone, r.active, r.position,
                  r.capacity, r.min_party, r.max_party, r.max_per_day, r.max_per_week,
                  array_remove(array_agg(rs.service_id ORDER BY rs.service_id), NULL)
                      AS "services!",
                  array_agg(rs.duration_minutes ORDER BY rs.service_id)
                      AS "durations!: Vec<Option<i32>>",
                  array_agg(rs.price_minor ORDER BY rs.service_id)
                      AS "prices!: Vec<Option<i64>>"
           FROM resources r
           LEFT JOIN resource_services rs
             ON rs.tenant_id = r.tenant_id AND rs.resource_id = r.resource_id
           WHERE r.tenant_id = $1 AND ($2::uuid IS NULL OR r.resource_id = $2)
           GROUP BY r.tenant_id, r.resource_id
           ORDER BY r.position, r.resource_id"#,
        tx.tenant_uuid(),
        only.map(|id| id.as_uuid()),
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(Resource::try_from).collect()
}

pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: ResourceId,
    draft: &ResourceDraft,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO resources
             (tenant_id, resource_id, kind, name, aliases, zone, position, active, capacity,
              min_party, max_party, max_per_day, max_per_week)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        tx.tenant_uuid(),
        id.as_uuid(),
        draft.kind.as_str(),
        draft.name,
        &draft.aliases,
        draft.zone,
        draft.position,
        draft.active,
        i32::from(draft.limits.capacity),
        i32::from(draft.limits.min_party),
        draft.limits.max_party.map(i32::from),
        draft.limits.max_per_day.map(i32::from),
        draft.limits.max_per_week.map(i32::from),
    )
    .execute(tx.conn())
    .await?;
    insert_services(tx, id, &draft.services).await
}

pub(crate) async fn update(
    tx: &mut TenantTx,
    id: ResourceId,
    draft: &ResourceDraft,
) -> Result<(), BookingError> {
    let result = query!(
        "UPDATE resources
         SET kind = $3, name = $4, aliases = $5, zone = $6, position = $7, active = $8,
             capacity = $9, min_party = $10, max_party = $11, max_per_day = $12, max_per_week = $13
         WHERE tenant_id = $1 AND resource_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
        draft.kind.as_str(),
        draft.name,
        &draft.aliases,
        draft.zone,
        draft.position,
        draft.active,
        i32::from(draft.limits.capacity),
        i32::from(draft.limits.min_party),
        draft.limits.max_party.map(i32::from),
        draft.limits.max_per_day.map(i32::from),
        draft.limits.max_per_week.map(i32::from),
    )
    .execute(tx.conn())
    .await?;
    if result.rows_affected() == 0 {
        return Err(BookingError::UnknownResource(id));
    }
    query!(
        "DELETE FROM resource_services WHERE tenant_id = $1 AND resource_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .execute(tx.conn())
    .await?;
    insert_services(tx, id, &draft.services).await
}

async fn insert_services(
    tx: &mut TenantTx,
    id: ResourceId,
    services: &[ServiceTerms],
) -> Result<(), BookingError> {
    let ids: Vec<_> = services.iter().map(|terms| terms.service.as_uuid()).collect();
    let minutes = |duration: SignedDuration| i32::try_from(duration.as_mins()).ok();
    let durations: Vec<_> = services.iter().map(|terms| terms.duration.and_then(minutes)).collect();
    let prices: Vec<_> = services.iter().map(|terms| terms.price_minor).collect();
    query!(
        "INSERT INTO resource_services
             (tenant_id, resource_id, service_id, duration_minutes, price_minor)
         SELECT $1, $2, service_id, duration_minutes, price_minor
         FROM unnest($3::uuid[], $4::integer[], $5::bigint[])
              AS terms (service_id, duration_minutes, price_minor)",
        tx.tenant_uuid(),
        id.as_uuid(),
        &ids,
        &durations as &[Option<i32>],
        &prices as &[Option<i64>],
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
