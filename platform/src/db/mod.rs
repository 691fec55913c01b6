//! The way into Postgres. Two doors, both transactions: [`TenantTx`] for everything that belongs
//! to a tenant, [`RouterTx`] for finding out whose a credential or a piece of waiting work is.

mod error;
mod tx;

use std::{str::FromStr, time::Duration};

use kernel::TenantId;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{
    PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};

pub use error::{DbError, OnConstraint};
pub use tx::{RouterTx, TenantTx};

/// Every migration, embedded in the binary.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations");

/// The role the service works as. It owns nothing, so row-level security binds it.
const APP_ROLE: &str = "booka_app";

/// How to reach Postgres.
#[derive(Debug, Clone)]
pub struct DbConfig {
    /// `postgres://…`; the login must own the schema or be a superuser to migrate, and be a member
    /// of `booka_app` and `booka_router` to serve.
    pub url: SecretString,
    /// Most connections at once. Default 10.
    pub max_connections: u32,
    /// How long a caller waits for a connection before [`DbError::Unavailable`]. Default 2 s, so
    /// that a webhook can say 503 while its sender still listens.
    pub acquire_timeout: Duration,
}

impl DbConfig {
    /// The defaults around `url`.
    #[must_use]
    pub fn new(url: SecretString) -> Self {
        Self { url, max_connections: 10, acquire_timeout: Duration::from_secs(2) }
    }
}

/// A pool of connections that can only be used through [`TenantTx`] and [`RouterTx`].
#[derive(Debug, Clone)]
pub struct Db {
    pool: PgPool,
}

impl Db {
    /// Connects, as the application role from the first statement on.
    ///
    /// # Errors
    ///
    /// [`DbError`] when the address is not one or nobody answers there.
    pub async fn connect(config: &DbConfig) -> Result<Self, DbError> {
        let options =
            PgConnectOptions::from_str(config.url.expose_secret()).map_err(DbError::new)?;
        let pool = PgPoolOptions::new()
            .max_connections(config.max_connections)
            .acquire_timeout(config.acquire_timeout);
        Self::connect_with(pool, options).await
    }

    /// Connects with options that `sqlx::test` hands out, or that [`Db::connect`] has read.
    ///
    /// # Errors
    ///
    /// [`DbError`] when nobody answers.
    pub async fn connect_with(
        pool: PgPoolOptions,
        options: PgConnectOptions,
    ) -> Result<Self, DbError> {
        let options = options.application_name("booka").options([
            ("role", APP_ROLE),
            // A cancelled request may leave a transaction open on a pooled connection; the server
            // ends it rather than let it hold locks.
            ("idle_in_transaction_session_timeout", "60s"),
            ("statement_timeout", "30s"),
            ("lock_timeout", "10s"),
            ("timezone", "UTC"),
        ]);
        let pool = pool.connect_with(options).await.map_err(DbError::new)?;
        Ok(Self { pool })
    }

    /// Opens a transaction that can see and write the rows of `tenant`, and no others.
    ///
    /// # Errors
    ///
    /// [`DbError::Unavailable`] when no connection is free in time.
    pub async fn tenant(&self, tenant: TenantId) -> Result<TenantTx, DbError> {
        TenantTx::begin(&self.pool, tenant).await
    }

    /// Opens a read-only transaction that can see the routing columns of every tenant.
    ///
    /// # Errors
    ///
    /// [`DbError::Unavailable`] when no connection is free in time.
    pub async fn router(&self) -> Result<RouterTx, DbError> {
        RouterTx::begin(&self.pool).await
    }

    /// Starts listening for notifications on `channels`.
    ///
    /// # Errors
    ///
    /// [`DbError::Unavailable`] when no connection is free in time.
    pub async fn listen(&self, channels: &[&str]) -> Result<PgListener, DbError> {
        let mut listener = PgListener::connect_with(&self.pool).await.map_err(DbError::new)?;
        listener.listen_all(channels.iter().copied()).await.map_err(DbError::new)?;
        Ok(listener)
    }

    /// Whether Postgres answers.
    ///
    /// # Errors
    ///
    /// [`DbError`] when it does not answer.
    pub async fn ping(&self) -> Result<(), DbError> {
        sqlx::query("SELECT 1").execute(&self.pool).await.map_err(DbError::new)?;
        Ok(())
    }

    /// Closes every connection, waiting for those in use.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Brings the schema up to what this binary expects. Safe to call from several processes at once.
///
/// # Errors
///
/// [`DbError`] when a migration fails or the database is newer than the binary.
pub async fn migrate(url: &SecretString) -> Result<(), DbError> {
    let options = PgConnectOptions::from_str(url.expose_secret()).map_err(DbError::new)?;
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(DbError::new)?;
    let result = MIGRATOR.run(&pool).await.map_err(|error| DbError::new(error.into()));
    pool.close().await;
    result
}
