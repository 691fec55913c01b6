//! The directory: claimed by one process at a time, initialised once and completely.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    os::unix::fs::{
        DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
    },
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use tokio::{
    process::Command,
    time::{Instant, sleep},
};

use super::{
    Account, ClusterConfig, ClusterError, Programs, Progress, SUPERUSER, error::tail,
    programs::Wanted,
};

const INITIALISING: &str = "initialising\n";
const READY: &str = "ready\n";

/// A directory that is ours until the last clone is gone, and Postgres with it.
#[derive(Debug, Clone)]
pub(super) struct DataDir {
    path: PathBuf,
    lock: Arc<File>,
}

impl DataDir {
    /// Makes the directory if need be, somewhere `account` can use it, and locks it.
    pub(super) async fn claim(
        config: &ClusterConfig,
        account: &Account,
        progress: Progress<'_>,
    ) -> Result<Self, ClusterError> {
        let wanted = std::path::absolute(&config.data_dir)
            .map_err(|source| ClusterError::io("find the current directory", source))?;
        let mut path = wanted.clone();
        make(&path, account)?;
        if !account.can_use(&path).await {
            path = Path::new("/var/tmp").join(format!("booka-{}", short_hash(&wanted)));
            progress(&format!(
                "{} is closed to the account that runs PostgreSQL; using {}",
                wanted.display(),
                path.display()
            ));
            make(&path, account)?;
            if !account.can_use(&path).await {
                return Err(not_ours(&path, "cannot be written to"));
            }
        }
        let lock = lock(&path, config.claim_timeout, progress).await?;
        if path.join("pgdata").exists() && !path.join("state").exists() {
            return Err(not_ours(&path, "holds a cluster that booka did not make"));
        }
        Ok(Self { path, lock: Arc::new(lock) })
    }

    /// Which version of Postgres it needs.
    pub(super) fn version(&self, config: &ClusterConfig) -> Result<Wanted, ClusterError> {
        if !config.durable || !self.is_ready() {
            return Ok(Wanted::Any);
        }
        let text = fs::read_to_string(self.pgdata().join("PG_VERSION"))
            .map_err(|source| ClusterError::io("read PG_VERSION in the data directory", source))?;
        let major = text
            .trim()
            .parse()
            .map_err(|_| not_ours(&self.path, "holds a cluster of unknown version"))?;
        Ok(Wanted::Exactly { major, data_dir: self.path.clone() })
    }

    /// Initialises the cluster unless that has been done, and returns the superuser's password.
    pub(super) async fn prepare(
        &self,
        config: &ClusterConfig,
        account: &Account,
        programs: &Programs,
        progress: Progress<'_>,
    ) -> Result<SecretString, ClusterError> {
        let io = |source| {
            ClusterError::io(format!("prepare the data directory {}", self.path.display()), source)
        };
        if config.durable && self.is_ready() {
            let password = fs::read_to_string(self.path.join("password")).map_err(io)?;
            self.forget_dead_postmaster().map_err(io)?;
            return Ok(password.trim().into());
        }
        progress(&format!("initialising a PostgreSQL {} cluster", programs.major()));
        self.write("state", INITIALISING).map_err(io)?;
        remove(&self.pgdata()).map_err(io)?;
        let password = random_password();
        self.write("password", password.expose_secret()).map_err(io)?;
        account.give(&self.path.join("password")).map_err(io)?;
        self.write("log", "").map_err(io)?;
        account.give(&self.path.join("log")).map_err(io)?;
        self.run_initdb(config, account, programs).await?;
        self.write("state", READY).map_err(io)?;
        Ok(password)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn pgdata(&self) -> PathBuf {
        self.path.join("pgdata")
    }

    pub(super) fn log_path(&self) -> PathBuf {
        self.path.join("log")
    }

    /// Another handle to the lock: whoever inherits it shares the claim until they end.
    pub(super) fn share_lock(&self) -> io::Result<File> {
        self.lock.try_clone()
    }

    async fn run_initdb(
        &self,
        config: &ClusterConfig,
        account: &Account,
        programs: &Programs,
    ) -> Result<(), ClusterError> {
        let mut initdb = account.command(programs.initdb());
        // The order of text is that of its bytes everywhere, whatever the machine speaks.
        initdb.args(["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256"]);
        initdb.args(["--no-instructions", "--username", SUPERUSER]);
        if !config.durable {
            initdb.arg("--no-sync");
        }
        initdb.arg("--pwfile").arg(self.path.join("password"));
        initdb.arg("--pgdata").arg(self.pgdata());
        let run = |source| ClusterError::io("run initdb", source);
        // It reads nothing; holding the lock, it keeps the next booka out even if we are killed.
        initdb.stdin(self.share_lock().map_err(run)?);
        let output = Command::from(initdb).output().await.map_err(run)?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(ClusterError::Init { output: tail(&said, 15) })
    }

    fn is_ready(&self) -> bool {
        fs::read_to_string(self.path.join("state")).is_ok_and(|state| state == READY)
    }

    /// Removes the process id that a killed Postgres leaves behind: another process may have got
    /// the same number since, and Postgres would then refuse to start. The lock says that no
    /// Postgres of ours is alive; one that somebody started by hand still is, and keeps its file.
    fn forget_dead_postmaster(&self) -> io::Result<()> {
        let file = self.pgdata().join("postmaster.pid");
        let Ok(text) = fs::read_to_string(&file) else {
            return Ok(());
        };
        let pid = text.lines().next().unwrap_or_default().trim();
        let name = std::process::Command::new("ps").args(["-o", "comm=", "-p", pid]).output();
        let is_postgres = match name {
            Ok(output) => String::from_utf8_lossy(&output.stdout).contains("postgres"),
            // No `ps` in slim images; they are all Linux.
            Err(_) => fs::read_to_string(format!("/proc/{pid}/comm"))
                .is_ok_and(|name| name.contains("postgres")),
        };
        if is_postgres { Ok(()) } else { remove(&file) }
    }

    /// Writes a file that only its owner reads, all of it or nothing.
    fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let draft = self.path.join(format!("{name}.new"));
        remove(&draft)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(draft, self.path.join(name))
    }
}

#[expect(clippy::disallowed_methods, reason = "a password must not be reproducible")]
fn random_password() -> SecretString {
    hex::encode(rand::random::<[u8; 16]>()).into()
}

/// Makes a directory for `account` alone, or checks that it is that.
fn make(path: &Path, account: &Account) -> Result<(), ClusterError> {
    let failed = |source| ClusterError::io(format!("create {}", path.display()), source);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => return account.give(path).map_err(failed),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(error)),
    }
    let found = fs::symlink_metadata(path).map_err(failed)?;
    if !found.is_dir() {
        return Err(not_ours(path, "is not a directory"));
    }
    if found.uid() == account.uid() {
        return Ok(());
    }
    let is_empty = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if found.uid() == 0 && is_empty {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(failed)?;
        return account.give(path).map_err(failed);
    }
    Err(not_ours(path, "belongs to another user"))
}

async fn lock(
    path: &Path,
    patience: Duration,
    progress: Progress<'_>,
) -> Result<File, ClusterError> {
    let failed = |source| ClusterError::io(format!("lock {}", path.display()), source);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    let mut lock = options.open(path.join("lock")).map_err(failed)?;
    let deadline = Instant::now() + patience;
    let mut has_told = false;
    loop {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(source)) => return Err(failed(source)),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                if !has_told {
                    progress(&format!("waiting for {} to let go of its data", owner(path)));
                    has_told = true;
                }
                sleep(Duration::from_millis(100)).await;
            }
            Err(TryLockError::WouldBlock) => {
                return Err(ClusterError::InUse { data_dir: path.to_owned(), owner: owner(path) });
            }
        }
    }
    lock.set_len(0).map_err(failed)?;
    write!(lock, "{}", std::process::id()).map_err(failed)?;
    Ok(lock)
}

fn owner(path: &Path) -> String {
    match fs::read_to_string(path.join("lock")) {
        Ok(pid) if !pid.is_empty() => format!("another booka (process {pid})"),
        _ => "another booka".to_owned(),
    }
}

fn not_ours(path: &Path, problem: &'static str) -> ClusterError {
    ClusterError::NotOurs { data_dir: path.to_owned(), problem }
}

fn remove(path: &Path) -> io::Result<()> {
    let result = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn short_hash(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt as _;
    hex::encode(&Sha256::digest(path.as_os_str().as_bytes())[..6])
}
