//! Queueing, in one order: customer, claims by id, resources by id, appointments. See
//! [`crate::hold`].

use kernel::{AppointmentId, ContactId, ResourceId};
use platform::TenantTx;
use sqlx::{query, query_scalar};

use crate::BookingError;

/// Waits until nobody else is changing this claim.
pub(crate) async fn lock_claim(tx: &mut TenantTx, id: AppointmentId) -> Result<(), BookingError> {
    query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", id.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Waits until nobody else books for this customer.
pub(crate) async fn lock_customer(tx: &mut TenantTx, id: ContactId) -> Result<(), BookingError> {
    query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", id.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Waits until nobody else is booking on, or changing, any of these. In order of id whatever the
/// order they come in, so that two who want the same two never wait for each other.
pub(crate) async fn lock_resources(
    tx: &mut TenantTx,
    resources: Vec<ResourceId>,
) -> Result<(), BookingError> {
    let ids: Vec<_> = resources.iter().map(ResourceId::as_uuid).collect();
    query!(
        "SELECT resource_id FROM resources
         WHERE tenant_id = $1 AND resource_id = ANY($2)
         ORDER BY resource_id
         FOR NO KEY UPDATE",
        tx.tenant_uuid(),
        &ids,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}

/// As [`lock_resources`], for one that must exist.
pub(crate) async fn lock_resource(tx: &mut TenantTx, id: ResourceId) -> Result<(), BookingError> {
    query!(
        "SELECT resource_id FROM resources
         WHERE tenant_id = $1 AND resource_id = $2
         FOR NO KEY UPDATE",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?
    .map(|_| ())
    .ok_or(BookingError::UnknownResource(id))
}

/// Takes the tenant's events for this transaction, unless somebody else has them.
pub(crate) async fn try_lock_events(tx: &mut TenantTx) -> Result<bool, BookingError> {
    let taken = query_scalar!(
        r#"SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "taken!""#,
        format!("events of {}", tx.tenant_id()),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(taken)
}

/// Waits until nobody else offers anything to those on the tenant's waitlist.
pub(crate) async fn lock_waitlist(tx: &mut TenantTx) -> Result<(), BookingError> {
    query!(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        format!("waitlist of {}", tx.tenant_id()),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
