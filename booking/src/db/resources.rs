//! Tables `resources` and `resource_services`.

use jiff::tz::TimeZone;
use kernel::{ResourceId, ServiceId};
use platform::TenantTx;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use crate::{BookingError, Resource, ResourceDraft};

struct ResourceRow {
    resource_id: Uuid,
    kind: String,
    name: String,
    aliases: Vec<String>,
    zone: String,
    services: Vec<Uuid>,
    active: bool,
    position: i32,
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
            services: row.services.into_iter().map(ServiceId::from_uuid).collect(),
            active: row.active,
            position: row.position,
        })
    }
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
                  ARRAY(SELECT rs.service_id FROM resource_services rs
                        WHERE rs.tenant_id = r.tenant_id AND rs.resource_id = r.resource_id
                        ORDER BY rs.service_id) AS "services!"
           FROM resources r
           WHERE r.tenant_id = $1 AND ($2::uuid IS NULL OR r.resource_id = $2)
           ORDER BY r.position, r.resource_id"#,
        tx.tenant_uuid(),
        only.map(|id| id.as_uuid()),
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter().map(Resource::try_from).collect()
}

/// The active resources that do `service`: all of them, or just the one asked for. Fails for one
/// that does not exist.
pub(crate) async fn offering(
    tx: &mut TenantTx,
    service: ServiceId,
    only: Option<ResourceId>,
) -> Result<Vec<ResourceId>, BookingError> {
    let found = query_scalar!(
        "SELECT r.resource_id
         FROM resources r
         JOIN resource_services rs
           ON rs.tenant_id = r.tenant_id AND rs.resource_id = r.resource_id
         WHERE r.tenant_id = $1 AND rs.service_id = $2 AND r.active
           AND ($3::uuid IS NULL OR r.resource_id = $3)",
        tx.tenant_uuid(),
        service.as_uuid(),
        only.map(|id| id.as_uuid()),
    )
    .fetch_all(tx.conn())
    .await?;
    if let Some(id) = only
        && found.is_empty()
        && all(tx, Some(id)).await?.is_empty()
    {
        return Err(BookingError::UnknownResource(id));
    }
    Ok(found.into_iter().map(ResourceId::from_uuid).collect())
}

pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: ResourceId,
    draft: &ResourceDraft,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO resources
             (tenant_id, resource_id, kind, name, aliases, zone, position, active)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.tenant_uuid(),
        id.as_uuid(),
        draft.kind.as_str(),
        draft.name,
        &draft.aliases,
        draft.zone,
        draft.position,
        draft.active,
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
         SET kind = $3, name = $4, aliases = $5, zone = $6, position = $7, active = $8
         WHERE tenant_id = $1 AND resource_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
        draft.kind.as_str(),
        draft.name,
        &draft.aliases,
        draft.zone,
        draft.position,
        draft.active,
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
    services: &[ServiceId],
) -> Result<(), BookingError> {
    let services: Vec<_> = services.iter().map(ServiceId::as_uuid).collect();
    query!(
        "INSERT INTO resource_services (tenant_id, resource_id, service_id)
         SELECT $1, $2, service_id FROM unnest($3::uuid[]) AS service_id",
        tx.tenant_uuid(),
        id.as_uuid(),
        &services,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
