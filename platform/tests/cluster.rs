//! The private cluster, run for real. Passes without doing anything on a machine that has no
//! Postgres: these tests install nothing.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test panics, or says that it could not run"
)]

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use platform::cluster::{Cluster, ClusterConfig, ClusterError};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{Connection as _, PgConnection};

/// Where the helper process keeps its cluster; see [`holder`].
const HOLD_DIR: &str = "BOOKA_TEST_HOLD_DIR";

fn quiet(_: &str) {}

/// Starts a cluster, or says that there is no Postgres here.
async fn start(config: &ClusterConfig) -> Option<Cluster> {
    match Cluster::start(config, &quiet).await {
        Ok(cluster) => Some(cluster),
        Err(error @ ClusterError::NotInstalled { .. }) => {
            eprintln!("not run: {error}");
            None
        }
        Err(error) => panic!("{error}: {error:?}"),
    }
}

async fn query(url: &SecretString, sql: &'static str) -> i32 {
    let mut connection = PgConnection::connect(url.expose_secret()).await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
}

async fn execute(url: &SecretString, sql: &'static str) {
    let mut connection = PgConnection::connect(url.expose_secret()).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
}

/// A directory that the account which runs Postgres can get into, also when we are root.
fn open_dir() -> tempfile::TempDir {
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o755)).tempdir().unwrap()
}

fn config(dir: &Path, durable: bool) -> ClusterConfig {
    let data_dir = dir.join("postgres");
    ClusterConfig {
        durable,
        max_connections: 20,
        may_install: false,
        ..ClusterConfig::durable(data_dir)
    }
}

#[tokio::test]
async fn keeps_its_data_when_durable() {
    let dir = open_dir();
    let config = config(dir.path(), true);

    let Some(cluster) = start(&config).await else {
        return;
    };
    let url = cluster.ensure_database("booka").await.unwrap();
    cluster.ensure_database("booka").await.unwrap();
    execute(&url, "CREATE EXTENSION btree_gist; CREATE TABLE kept AS SELECT 41 AS n").await;
    assert!(cluster.ensure_database("no\"such").await.is_err());
    cluster.stop();

    // A process id left behind by a crash, since given to somebody else: this test.
    let data = config.data_dir.join("pgdata");
    fs::write(data.join("postmaster.pid"), format!("{}\n", std::process::id())).unwrap();

    let cluster = start(&config).await.unwrap();
    let url = cluster.ensure_database("booka").await.unwrap();
    assert_eq!(query(&url, "SELECT n FROM kept").await, 41);
    assert_eq!(query(&url, "SELECT (current_setting('fsync') = 'on')::int").await, 1);
    drop(cluster);

    // A version that is not here.
    fs::write(data.join("PG_VERSION"), "9\n").unwrap();
    let error = Cluster::start(&config, &quiet).await.unwrap_err();
    assert!(matches!(error, ClusterError::WrongVersion { wanted: 9, .. }), "{error}");
}

#[tokio::test]
async fn half_an_initialisation_is_redone() {
    let dir = open_dir();
    let config = config(dir.path(), true);
    let data = config.data_dir.join("pgdata");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("PG_VERSION"), "15\n").unwrap();

    // Somebody else's data is left alone.
    let error = Cluster::start(&config, &quiet).await.unwrap_err();
    assert!(matches!(error, ClusterError::NotOurs { .. }), "{error}");
    fs::remove_dir_all(&config.data_dir).unwrap();

    // Ours, killed half-way.
    fs::create_dir_all(&config.data_dir).unwrap();
    let Some(cluster) = start(&self::config(dir.path(), false)).await else {
        return;
    };
    cluster.stop();
    fs::write(config.data_dir.join("state"), "initialising\n").unwrap();
    fs::remove_dir_all(data.join("base")).unwrap();
    let cluster = start(&config).await.unwrap();
    assert_eq!(query(&cluster.url(), "SELECT 1").await, 1);
}

#[tokio::test]
async fn ends_with_its_parent_and_has_one_owner() {
    let dir = open_dir();
    let config = config(dir.path(), false);
    let Some((mut holder, url)) = spawn_holder(dir.path()) else {
        return;
    };
    assert_eq!(query(&url, "SELECT 1").await, 1);

    let hasty = ClusterConfig { claim_timeout: Duration::from_secs(1), ..config.clone() };
    let error = Cluster::start(&hasty, &quiet).await.unwrap_err();
    assert!(matches!(error, ClusterError::InUse { .. }), "{error}");
    assert!(error.to_string().contains(&holder.id().to_string()), "{error}");

    holder.kill().unwrap(); // SIGKILL: it runs no code of its own any more
    holder.wait().unwrap();
    let killed_at = Instant::now();
    while PgConnection::connect(url.expose_secret()).await.is_ok() {
        assert!(killed_at.elapsed() < Duration::from_secs(5), "it outlived its parent");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // The next owner need not wait for anything but the orderly stop.
    start(&config).await.unwrap().stop();
}

/// Not a test: what [`spawn_holder`] runs in a process of its own.
#[tokio::test]
async fn holder() {
    let Some(dir) = env_path(HOLD_DIR) else {
        return;
    };
    if let Some(cluster) = start(&config(&dir, false)).await {
        eprintln!("url={}", cluster.url().expose_secret());
        std::future::pending::<()>().await;
    }
}

fn spawn_holder(dir: &Path) -> Option<(Child, SecretString)> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "holder", "--nocapture"])
        .env(HOLD_DIR, dir)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let url =
        lines.map_while(Result::ok).find_map(|line| line.strip_prefix("url=").map(Into::into));
    if url.is_none() {
        child.wait().unwrap();
    }
    Some((child, url?))
}

#[expect(clippy::disallowed_methods, reason = "how a test talks to a helper process")]
fn env_path(name: &str) -> Option<std::path::PathBuf> {
    env::var_os(name).map(Into::into)
}
