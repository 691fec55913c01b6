//! Keys to a tenant's API: `bk_live_<key id>_<64 hex digits>`, shown once, stored as a hash.

use std::str::FromStr as _;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{ApiKeyId, Clock, Ids, TenantId};
use platform::{DbError, RouterTx, TenantTx};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::TenancyError;

const PREFIX: &str = "bk_live_";

/// A key that was just made; the only time its secret is known.
pub struct NewApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// What the caller presents as `Authorization: Bearer …`.
    pub secret: String,
}

/// Whose door a presented key opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiKey {
    /// The tenant.
    pub tenant_id: TenantId,
    /// The key, for logs and audit.
    pub id: ApiKeyId,
}

/// Makes a key to the tenant that `tx` was opened for.
///
/// # Errors
///
/// [`TenancyError::Database`].
pub async fn create_api_key(
    tx: &mut TenantTx,
    label: &str,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<NewApiKey, TenancyError> {
    let id: ApiKeyId = ids.next(clock);
    let mut secret = [0_u8; 32];
    ids.fill(&mut secret);
    let secret = hex::encode(secret);
    let secret_hash = hash(&secret);
    sqlx::query!(
        "
        INSERT INTO api_keys (tenant_id, api_key_id, label, secret_hash, created_at)
        VALUES ($1, $2, $3, $4, $5)
        ",
        tx.tenant_uuid(),
        id.as_uuid(),
        label,
        secret_hash.as_slice(),
        clock.now().to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::new)?;
    Ok(NewApiKey { id, secret: format!("{PREFIX}{id}_{secret}") })
}

/// Closes a key for good. Whether there was one to close.
///
/// # Errors
///
/// [`TenancyError::Database`].
pub async fn revoke_api_key(
    tx: &mut TenantTx,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<bool, TenancyError> {
    let done = sqlx::query!(
        "
        UPDATE api_keys SET revoked_at = $3
        WHERE tenant_id = $1 AND api_key_id = $2 AND revoked_at IS NULL
        ",
        tx.tenant_uuid(),
        id.as_uuid(),
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::new)?;
    Ok(done.rows_affected() == 1)
}

/// Whose door `presented` opens; `None` when it opens none: unknown, malformed or revoked alike.
///
/// # Errors
///
/// [`TenancyError::Database`].
pub async fn authenticate(
    router: &mut RouterTx,
    presented: &str,
) -> Result<Option<ApiKey>, TenancyError> {
    let Some((id, secret)) = split(presented) else {
        return Ok(None);
    };
    let row = sqlx::query!(
        "
        SELECT tenant_id, secret_hash FROM api_keys
        WHERE api_key_id = $1 AND revoked_at IS NULL
        ",
        id.as_uuid(),
    )
    .fetch_optional(router.conn())
    .await
    .map_err(DbError::new)?;
    // An unknown id costs the same comparison as a wrong secret.
    let (tenant, stored) =
        row.map_or((None, vec![0; 32]), |row| (Some(row.tenant_id), row.secret_hash));
    let matches = bool::from(hash(secret).ct_eq(&stored));
    Ok(tenant
        .filter(|_| matches)
        .map(|tenant| ApiKey { tenant_id: TenantId::from_uuid(tenant), id }))
}

fn split(presented: &str) -> Option<(ApiKeyId, &str)> {
    let (id, secret) = presented.strip_prefix(PREFIX)?.rsplit_once('_')?;
    Some((ApiKeyId::from_str(id).ok()?, secret))
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
