//! Table `add_ons`.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use kernel::{AddOnId, Locale, Money, ServiceId};
use platform::TenantTx;
use sqlx::{query, types::Json};

use crate::{AddOn, AddOnDraft, BookingError};

/// Reads all add-ons, or one.
pub(crate) async fn all(
    tx: &mut TenantTx,
    only: Option<AddOnId>,
) -> Result<Vec<AddOn>, BookingError> {
    let rows = query!(
        r#"SELECT a.add_on_id, a.service_id, a.names AS "names: Json<BTreeMap<Locale, String>>",
                  a.duration_minutes, a.price_minor, t.currency, a.active, a.position
           FROM add_ons a JOIN tenants t ON t.tenant_id = a.tenant_id
           WHERE a.tenant_id = $1 AND ($2::uuid IS NULL OR a.add_on_id = $2)
           ORDER BY a.position, a.add_on_id"#,
        tx.tenant_uuid(),
        only.map(|id| id.as_uuid()),
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency =
                row.currency.parse().map_err(|_| BookingError::corrupt("currency of a tenant"))?;
            Ok(AddOn {
                id: AddOnId::from_uuid(row.add_on_id),
                service: ServiceId::from_uuid(row.service_id),
                names: row.names.0,
                duration: SignedDuration::from_mins(row.duration_minutes.into()),
                price: Money { amount_minor: row.price_minor, currency },
                active: row.active,
                position: row.position,
            })
        })
        .collect()
}

pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: AddOnId,
    draft: &AddOnDraft,
) -> Result<(), BookingError> {
    query!(
        "INSERT INTO add_ons
             (tenant_id, add_on_id, service_id, names, duration_minutes, price_minor, active,
              position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.tenant_uuid(),
        id.as_uuid(),
        draft.service.as_uuid(),
        Json(&draft.names) as _,
        minutes(draft.duration),
        draft.price_minor,
        draft.active,
        draft.position,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn update(
    tx: &mut TenantTx,
    id: AddOnId,
    draft: &AddOnDraft,
) -> Result<(), BookingError> {
    let result = query!(
        "UPDATE add_ons
         SET service_id = $3, names = $4, duration_minutes = $5, price_minor = $6, active = $7,
             position = $8
         WHERE tenant_id = $1 AND add_on_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
        draft.service.as_uuid(),
        Json(&draft.names) as _,
        minutes(draft.duration),
        draft.price_minor,
        draft.active,
        draft.position,
    )
    .execute(tx.conn())
    .await?;
    if result.rows_affected() == 0 {
        return Err(BookingError::UnknownAddOn(id));
    }
    Ok(())
}

/// The draft was checked, so they fit.
fn minutes(duration: SignedDuration) -> i32 {
    i32::try_from(duration.as_mins()).unwrap_or_default()
}
