//! Table `idempotency_keys`: doing once what is asked for twice.
//!
//! A caller that hears nothing, because of a crash or a lost connection, cannot know whether what it
//! asked for was done. It asks again with the same key, and [`claim`] says whether that has happened
//! before. The key is written first and in the transaction of the effect, which is all there is to
//! it: a twin that comes meanwhile waits for the first one's transaction to end, then finds its
//! answer or, when it came to nothing, does the work itself; and a crash leaves neither.
//!
//! Answers are kept as they were given, names and numbers of customers included; that is one reason
//! why they go after a day.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::{ApiKeyId, TenantId};
use sqlx::types::Json;

use crate::{DbError, RouterTx, TenantTx};

/// How long an answer is kept. Whoever asks again later asks anew.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Which request it is. Two with the same key are the same, or a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub caller: ApiKeyId,
    /// For what, such as `POST /v1/holds`; keys of different operations have nothing to do with
    /// each other.
    pub operation: String,
    /// What the caller calls it; 1 to 255 characters.
    pub key: String,
    /// SHA-256 of all that the request says.
    pub fingerprint: [u8; 32],
}

/// What a request was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, 200 to 299: what came to nothing is not kept.
    pub status: u16,
    /// The headers that belong to it, by name.
    pub headers: BTreeMap<String, String>,
    /// To the byte.
    pub body: Vec<u8>,
}

/// Whether a request is the first of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is: do it, and [`keep`] the answer before the commit.
    Mine,
    /// It has been done, with this answer.
    Done(Answer),
    /// The key stands for another request.
    Reused,
}

/// Claims a key, or says what became of it. Waits while somebody else is at work on it.
///
/// Call it before anything else in the transaction: a twin waits for whoever claimed, and must hold
/// nothing that the other one needs.
///
/// # Errors
///
/// [`DbError`].
pub async fn claim(tx: &mut TenantTx, request: &Request, now: Timestamp) -> Result<Claim, DbError> {
    // What is too old is as good as swept.
    let claimed = sqlx::query!(
        "INSERT INTO idempotency_keys
             (tenant_id, caller_id, operation, key, fingerprint, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (tenant_id, caller_id, operation, key) DO UPDATE
             SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
                 status = NULL, headers = '{}', body = ''
             WHERE idempotency_keys.created_at <= $7",
        tx.tenant_uuid(),
        request.caller.as_uuid(),
        request.operation,
        request.key,
        request.fingerprint.as_slice(),
        now.to_sqlx() as _,
        oldest(now).to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(Claim::Mine);
    }
    let row = sqlx::query!(
        r#"SELECT fingerprint, status, body,
                  headers AS "headers: Json<BTreeMap<String, String>>"
           FROM idempotency_keys
           WHERE tenant_id = $1 AND caller_id = $2 AND operation = $3 AND key = $4"#,
        tx.tenant_uuid(),
        request.caller.as_uuid(),
        request.operation,
        request.key,
    )
    .fetch_one(tx.conn())
    .await?;
    if row.fingerprint != request.fingerprint {
        return Ok(Claim::Reused);
    }
    let status = row.status.and_then(|status| u16::try_from(status).ok());
    // Nobody commits a claim without an answer; if somebody did, it is free.
    Ok(status.map_or(Claim::Mine, |status| {
        Claim::Done(Answer { status, headers: row.headers.0, body: row.body })
    }))
}

/// Keeps the answer to a request that was claimed in this transaction.
///
/// # Errors
///
/// [`DbError`].
pub async fn keep(tx: &mut TenantTx, request: &Request, answer: &Answer) -> Result<(), DbError> {
    sqlx::query!(
        "UPDATE idempotency_keys SET status = $5, headers = $6, body = $7
         WHERE tenant_id = $1 AND caller_id = $2 AND operation = $3 AND key = $4",
        tx.tenant_uuid(),
        request.caller.as_uuid(),
        request.operation,
        request.key,
        i16::try_from(answer.status).unwrap_or_default(),
        Json(&answer.headers) as _,
        answer.body,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The tenants for whom [`sweep`] has something to do.
///
/// # Errors
///
/// [`DbError`].
pub async fn tenants_with_old(
    router: &mut RouterTx,
    now: Timestamp,
) -> Result<Vec<TenantId>, DbError> {
    let tenants = sqlx::query_scalar!(
        "SELECT DISTINCT tenant_id FROM idempotency_keys WHERE created_at <= $1",
        oldest(now).to_sqlx() as _,
    )
    .fetch_all(router.conn())
    .await?;
    Ok(tenants.into_iter().map(TenantId::from_uuid).collect())
}

/// Forgets the answers of the tenant that are too old to be given again; says how many.
///
/// # Errors
///
/// [`DbError`].
pub async fn sweep(tx: &mut TenantTx, now: Timestamp) -> Result<u64, DbError> {
    let swept = sqlx::query!(
        "DELETE FROM idempotency_keys WHERE tenant_id = $1 AND created_at <= $2",
        tx.tenant_uuid(),
        oldest(now).to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(swept.rows_affected())
}

fn oldest(now: Timestamp) -> Timestamp {
    now.checked_sub(KEPT_FOR).unwrap_or(Timestamp::MIN)
}
