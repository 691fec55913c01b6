//! Transactions that know whose they are.

use kernel::TenantId;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::DbError;

/// A transaction inside one tenant. Row-level security hides every other tenant's rows from it, so
/// a forgotten `WHERE` finds nothing rather than somebody else's customers.
///
/// Dropping it rolls back.
#[derive(Debug)]
pub struct TenantTx {
    tx: Transaction<'static, Postgres>,
    tenant_id: TenantId,
}

impl TenantTx {
    #[expect(clippy::disallowed_methods, reason = "the one place that opens a tenant transaction")]
    pub(super) async fn begin(pool: &PgPool, tenant_id: TenantId) -> Result<Self, DbError> {
        let mut tx = pool.begin().await.map_err(DbError::new)?;
        // Local to the transaction: the setting is gone when the connection goes back to the pool.
        sqlx::query("SELECT set_config('app.tenant_id', $1, true)")
            .bind(tenant_id.as_uuid().to_string())
            .execute(&mut *tx)
            .await
            .map_err(DbError::new)?;
        Ok(Self { tx, tenant_id })
    }

    /// Whose transaction this is.
    #[must_use]
    pub const fn tenant_id(&self) -> TenantId {
        self.tenant_id
    }

    /// Whose transaction this is, as the database stores it.
    #[must_use]
    pub const fn tenant_uuid(&self) -> uuid::Uuid {
        self.tenant_id.as_uuid()
    }

    /// The connection to run statements on.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// Wakes those who [`super::Db::listen`] on `channel`, once this commits.
    ///
    /// # Errors
    ///
    /// [`DbError`] when the statement fails.
    pub async fn notify(&mut self, channel: &str) -> Result<(), DbError> {
        sqlx::query("SELECT pg_notify($1, '')")
            .bind(channel)
            .execute(&mut *self.tx)
            .await
            .map_err(DbError::new)?;
        Ok(())
    }

    /// Makes it durable.
    ///
    /// # Errors
    ///
    /// [`DbError`] when the commit fails; nothing was written then.
    pub async fn commit(self) -> Result<(), DbError> {
        self.tx.commit().await.map_err(DbError::new)
    }

    /// Undoes it all.
    ///
    /// # Errors
    ///
    /// [`DbError`] when even that fails; the server undoes it then.
    pub async fn rollback(self) -> Result<(), DbError> {
        self.tx.rollback().await.map_err(DbError::new)
    }
}

/// A read-only transaction across tenants that sees routing columns and nothing else.
#[derive(Debug)]
pub struct RouterTx {
    tx: Transaction<'static, Postgres>,
}

impl RouterTx {
    #[expect(clippy::disallowed_methods, reason = "the one place that opens a routing transaction")]
    pub(super) async fn begin(pool: &PgPool) -> Result<Self, DbError> {
        let mut tx = pool.begin().await.map_err(DbError::new)?;
        sqlx::raw_sql("SET TRANSACTION READ ONLY; SET LOCAL ROLE booka_router")
            .execute(&mut *tx)
            .await
            .map_err(DbError::new)?;
        Ok(Self { tx })
    }

    /// The connection to run statements on.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }
}
