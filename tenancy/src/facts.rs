//! The business's own answers to questions the catalogue does not hold.

use kernel::Locale;
use platform::{DbError, TenantTx};
use serde::{Deserialize, Serialize};

use crate::TenancyError;

/// One answer in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantFact {
    /// `payment`, `parking`, `policy` … the topics of the dialog crate.
    pub topic: String,
    /// In which language.
    pub locale: Locale,
    /// 1 to 1000 characters.
    pub body: String,
}

/// Writes an answer, replacing the one before.
///
/// # Errors
///
/// [`TenancyError::Invalid`] naming the field; [`TenancyError::Database`].
pub async fn set_fact(tx: &mut TenantTx, fact: &TenantFact) -> Result<(), TenancyError> {
    let body = fact.body.trim();
    if body.is_empty() || body.chars().count() > 1000 {
        return Err(TenancyError::invalid("body", "must have 1 to 1000 characters"));
    }
    sqlx::query!(
        "
        INSERT INTO tenant_facts (tenant_id, topic, locale, body) VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, topic, locale) DO UPDATE SET body = excluded.body
        ",
        tx.tenant_uuid(),
        fact.topic,
        fact.locale.tag(),
        body,
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::new)?;
    Ok(())
}

/// All answers of the tenant.
///
/// # Errors
///
/// [`TenancyError::Corrupt`] when a row makes no sense; [`TenancyError::Database`].
pub async fn facts(tx: &mut TenantTx) -> Result<Vec<TenantFact>, TenancyError> {
    sqlx::query!(
        "SELECT topic, locale, body FROM tenant_facts WHERE tenant_id = $1 ORDER BY topic, locale",
        tx.tenant_uuid(),
    )
    .fetch_all(tx.conn())
    .await
    .map_err(DbError::new)?
    .into_iter()
    .map(|row| {
        let locale = row.locale.parse().map_err(|e| TenancyError::Corrupt(format!("{e}")))?;
        Ok(TenantFact { topic: row.topic, locale, body: row.body })
    })
    .collect()
}
