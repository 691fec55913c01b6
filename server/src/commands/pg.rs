//! `booka pg exec -- CMD…`: runs a command with a Postgres in `DATABASE_URL`, and takes the
//! Postgres away afterwards.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use platform::{Cluster, ClusterConfig};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{
    process::Command,
    signal::unix::{SignalKind, signal},
};

use crate::{config::Settings, terminal};

/// The private Postgres of machines that have none.
#[derive(Debug, Subcommand)]
pub(crate) enum Pg {
    /// Run a command with DATABASE_URL pointing at a private Postgres, or at yours when it is set
    /// already.
    Exec(Exec),
}

/// What to run, and on what.
#[derive(Debug, Args)]
pub(crate) struct Exec {
    /// Where the cluster lives [default: `postgres` in the data directory, with --test
    /// `postgres-test`].
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Start empty and never wait for the disk: for tests only.
    #[arg(long)]
    test: bool,
    /// The command and its arguments.
    #[arg(last = true, required = true, num_args = 1.., value_name = "CMD")]
    command: Vec<OsString>,
}

impl Pg {
    /// Runs the command. Returns what it exits with.
    ///
    /// # Errors
    ///
    /// When there is no Postgres or no such command.
    pub(crate) async fn run(self, settings: &Settings) -> anyhow::Result<ExitCode> {
        let Self::Exec(Exec { data_dir, test, command }) = self;
        if let Some(url) = &settings.database_url {
            return execute(&command, url).await;
        }
        let config = if test {
            let dir = data_dir.unwrap_or_else(|| settings.data_dir.join("postgres-test"));
            ClusterConfig::scratch(dir)
        } else {
            let dir = data_dir.unwrap_or_else(|| settings.data_dir.join("postgres"));
            ClusterConfig::durable(dir)
        };
        let cluster = Cluster::start(&config, &|text| terminal::note(text)).await?;
        let url = cluster.ensure_database("booka").await?;
        let code = execute(&command, &url).await;
        cluster.stop();
        code
    }
}

/// Runs `command` to its end. A Ctrl-C reaches it from the terminal; we stay to clean up after it.
async fn execute(command: &[OsString], url: &SecretString) -> anyhow::Result<ExitCode> {
    let (program, args) = command.split_first().context("no command given")?;
    let mut child = Command::new(program)
        .args(args)
        .env("DATABASE_URL", url.expose_secret())
        .spawn()
        .with_context(|| format!("could not run `{}`", program.display()))?;
    let mut terminate = signal(SignalKind::terminate())?;
    loop {
        tokio::select! {
            status = child.wait() => return Ok(exit_code(status?)),
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => child.start_kill()?,
        }
    }
}

/// As shells tell it: the exit code, or 128 and the signal.
fn exit_code(status: std::process::ExitStatus) -> ExitCode {
    use std::os::unix::process::ExitStatusExt as _;
    let code = status.code().or_else(|| Some(128 + status.signal()?));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
