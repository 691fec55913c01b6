//! Installing PostgreSQL, where that can be done without asking anybody anything.

use std::{env, path::Path, process::Stdio};

use tokio::process::Command;

use super::{ClusterError, Progress, error::tail};

/// What to tell somebody for whom we cannot do it.
pub(super) const ADVICE: &str = if cfg!(target_os = "macos") {
    "run `brew install postgresql@17`"
} else {
    "install PostgreSQL 15 or newer with its contrib extensions (Debian and Ubuntu: `sudo apt-get \
     install postgresql`; Fedora: `sudo dnf install postgresql-server postgresql-contrib`)"
};

/// Keeps Debian from making and starting a server of its own, unless somebody has already decided.
const NO_DEFAULT_CLUSTER: &str = "\
    test -e /etc/postgresql-common/createcluster.conf || { \
    mkdir -p /etc/postgresql-common && \
    echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf; }";

/// Installs it with the machine's package manager.
///
/// # Errors
///
/// [`ClusterError::NotInstalled`] when there is no way that takes no questions, or it is forbidden;
/// [`ClusterError::Install`] when the package manager fails.
pub(super) async fn install(progress: Progress<'_>) -> Result<(), ClusterError> {
    let refuse =
        |found: &str| ClusterError::NotInstalled { found: found.to_owned(), advice: ADVICE };
    if is_forbidden() {
        return Err(refuse("BOOKA_NO_INSTALL is set"));
    }
    if cfg!(target_os = "macos") {
        if !succeeds("brew", &["--version"]).await {
            return Err(refuse("Homebrew is not here either"));
        }
        progress("installing PostgreSQL 17 with Homebrew, once");
        return run(&["brew", "install", "postgresql@17"]).await;
    }
    if !Path::new("/usr/bin/apt-get").exists() {
        return Err(refuse("none found, and no apt-get to install it with"));
    }
    let sudo: &[&str] = if succeeds("sh", &["-c", r#"test "$(id -u)" = 0"#]).await {
        &[]
    } else if succeeds("sudo", &["-n", "true"]).await {
        &["sudo", "-n"]
    } else {
        return Err(refuse("none found, and installing needs a password"));
    };
    progress("installing PostgreSQL with apt-get, once (BOOKA_NO_INSTALL=1 forbids this)");
    let quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"];
    run(&[sudo, &["sh", "-c", NO_DEFAULT_CLUSTER]].concat()).await?;
    // Stale lists are good enough when the mirror cannot be reached.
    if let Err(error) = run(&[sudo, &quietly, &["update"]].concat()).await {
        tracing::debug!(%error, "apt-get update");
    }
    let options = ["-o", "Dpkg::Options::=--force-confold", "install", "--no-install-recommends"];
    run(&[sudo, &quietly, &options, &["postgresql"]].concat()).await
}

#[expect(clippy::disallowed_methods, reason = "a switch for whoever owns the machine")]
fn is_forbidden() -> bool {
    env::var_os("BOOKA_NO_INSTALL").is_some_and(|value| !value.is_empty() && value != "0")
}

async fn succeeds(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

async fn run(command: &[&str]) -> Result<(), ClusterError> {
    let [program, args @ ..] = command else {
        return Ok(());
    };
    let spelled = command.join(" ");
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().await;
    let output = output.map_err(|source| ClusterError::io(format!("run `{spelled}`"), source))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(ClusterError::Install { command: spelled, output: tail(&said, 15) })
}
