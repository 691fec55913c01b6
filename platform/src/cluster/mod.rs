//! A private Postgres for machines without one: found or installed, initialised once, started on a
//! free port of 127.0.0.1, and stopped with the process that started it, however that ends.
//!
//! ```text
//! <data_dir>/lock      held by whoever runs the cluster, Postgres included, until all are gone
//! <data_dir>/state     `initialising`, then `ready`
//! <data_dir>/password  of the superuser `booka`
//! <data_dir>/log       what Postgres said
//! <data_dir>/pgdata    the cluster itself
//! ```

mod account;
mod data_dir;
mod error;
mod install;
mod process;
mod programs;

use std::{net::TcpListener, path::PathBuf, time::Duration};

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::time::{Instant, sleep, timeout};

pub use error::ClusterError;

use account::Account;
use data_dir::DataDir;
use process::Process;
use programs::Programs;

/// The superuser of the cluster.
const SUPERUSER: &str = "booka";
/// How long Postgres may take to answer, crash recovery included.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// Somebody else may take the port between our finding it free and Postgres binding it.
const MAX_ATTEMPTS: u32 = 3;

/// What kind of cluster, and where.
#[derive(Debug, Clone)]
pub struct ClusterConfig {
    /// Where it lives. Made when missing; must be empty or ours otherwise.
    pub data_dir: PathBuf,
    /// Whether what is committed survives a power cut, and the cluster survives a restart. When
    /// false it starts empty every time and never waits for the disk: for tests.
    pub durable: bool,
    /// Most connections at once.
    pub max_connections: u32,
    /// How long a previous owner may take to let go, after `kill -9` say. Default 10 s.
    pub claim_timeout: Duration,
    /// Whether a missing Postgres may be installed. `BOOKA_NO_INSTALL=1` forbids it as well.
    pub may_install: bool,
}

impl ClusterConfig {
    /// A cluster to keep.
    #[must_use]
    pub fn durable(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            durable: true,
            max_connections: 100,
            claim_timeout: Duration::from_secs(10),
            may_install: true,
        }
    }

    /// A cluster to throw away.
    #[must_use]
    pub fn scratch(data_dir: impl Into<PathBuf>) -> Self {
        Self { durable: false, max_connections: 300, ..Self::durable(data_dir) }
    }
}

/// Tells a person what takes so long.
pub type Progress<'a> = &'a (dyn Fn(&str) + Sync);

/// A running cluster. Dropping it stops it.
#[derive(Debug)]
pub struct Cluster {
    process: Process,
    data_dir: DataDir,
    password: SecretString,
    port: u16,
}

impl Cluster {
    /// Finds Postgres, or installs it where that takes no questions (set `BOOKA_NO_INSTALL=1`
    /// to forbid that), initialises the data directory the first time, and waits until it answers.
    ///
    /// # Errors
    ///
    /// [`ClusterError`]; its text is meant for the person at the terminal.
    pub async fn start(
        config: &ClusterConfig,
        progress: Progress<'_>,
    ) -> Result<Self, ClusterError> {
        let account = Account::choose(&config.data_dir).await?;
        let data_dir = DataDir::claim(config, &account, progress).await?;
        let programs = match Programs::find(data_dir.version(config)?).await {
            Err(ClusterError::NotInstalled { .. }) if config.may_install => {
                install::install(progress).await?;
                Programs::find(data_dir.version(config)?).await?
            }
            found => found?,
        };
        let password = data_dir.prepare(config, &account, &programs, progress).await?;

        let mut attempt = 1;
        loop {
            let port = free_port()?;
            let process = Process::spawn(config, &account, &programs, &data_dir, port)?;
            let mut cluster =
                Self { process, data_dir: data_dir.clone(), password: password.clone(), port };
            match cluster.wait_until_ready().await {
                Ok(()) => return Ok(cluster),
                Err(ClusterError::DidNotStart { log, .. })
                    if attempt < MAX_ATTEMPTS && log.contains("could not bind") =>
                {
                    attempt += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Where to connect as superuser, to the database `postgres`.
    #[must_use]
    pub fn url(&self) -> SecretString {
        self.url_of("postgres")
    }

    /// Makes sure that a database exists, and says where to connect to it.
    ///
    /// # Errors
    ///
    /// [`ClusterError::Database`] when the name is not a plain identifier or Postgres refuses.
    pub async fn ensure_database(&self, name: &str) -> Result<SecretString, ClusterError> {
        let failed = |source| ClusterError::Database { name: name.to_owned(), source };
        let plain = name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
        if !plain || name.is_empty() {
            return Err(failed(sqlx::Error::InvalidArgument("not a plain identifier".to_owned())));
        }
        let mut connection =
            PgConnection::connect(self.url().expose_secret()).await.map_err(failed)?;
        let create = AssertSqlSafe(format!(r#"CREATE DATABASE "{name}""#));
        match sqlx::raw_sql(create).execute(&mut connection).await {
            // 42P04: it is there already. 23505: somebody is making it this very moment.
            Err(sqlx::Error::Database(error))
                if matches!(error.code().as_deref(), Some("42P04" | "23505")) => {}
            other => {
                other.map_err(failed)?;
            }
        }
        connection.close().await.map_err(failed)?;
        Ok(self.url_of(name))
    }

    /// Where it really lives: not where it was asked to, when the account that must run Postgres
    /// cannot get there.
    #[must_use]
    pub fn data_dir(&self) -> &std::path::Path {
        self.data_dir.path()
    }

    /// Stops it, ending every connection.
    pub fn stop(mut self) {
        self.process.stop();
    }

    fn url_of(&self, database: &str) -> SecretString {
        let Self { password, port, .. } = self;
        let password = password.expose_secret();
        format!("postgres://{SUPERUSER}:{password}@127.0.0.1:{port}/{database}?sslmode=disable")
            .into()
    }

    async fn wait_until_ready(&mut self) -> Result<(), ClusterError> {
        let url = self.url();
        let deadline = Instant::now() + START_TIMEOUT;
        let mut pause = Duration::from_millis(20);
        loop {
            let attempt = PgConnection::connect(url.expose_secret());
            if let Ok(Ok(connection)) = timeout(Duration::from_secs(5), attempt).await {
                // Whether it hears our goodbye does not matter: it has answered.
                drop(connection.close().await);
                return Ok(());
            }
            let reason = if self.process.has_ended() {
                "it ended at once"
            } else if Instant::now() > deadline {
                "it did not answer within a minute"
            } else {
                sleep(pause).await;
                pause = (pause * 3 / 2).min(Duration::from_millis(200));
                continue;
            };
            return Err(ClusterError::DidNotStart {
                reason,
                log_path: self.data_dir.log_path(),
                log: self.process.log_tail(),
            });
        }
    }
}

fn free_port() -> Result<u16, ClusterError> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|source| ClusterError::io("find a free port on 127.0.0.1", source))
}
