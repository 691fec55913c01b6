//! Why there is no cluster, in words for the person at the terminal.

use std::{io, path::PathBuf};

/// The cluster did not start.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// Nothing suitable on this machine, and installing was not possible.
    #[error(
        "no usable PostgreSQL on this machine ({found}); {advice}, or set DATABASE_URL to a server \
         that has btree_gist"
    )]
    NotInstalled {
        /// What was looked at.
        found: String,
        /// What to do about it.
        advice: &'static str,
    },
    /// The package manager failed.
    #[error("could not install PostgreSQL: `{command}` failed:\n{output}")]
    Install {
        /// What was run.
        command: String,
        /// The end of what it said.
        output: String,
    },
    /// The data belongs to a version that is not here.
    #[error(
        "{} holds data of PostgreSQL {wanted}, but this machine has only {available}; install \
         PostgreSQL {wanted} or remove that directory",
        data_dir.display()
    )]
    WrongVersion {
        /// Whose data.
        data_dir: PathBuf,
        /// The version that wrote it.
        wanted: u32,
        /// The versions found.
        available: String,
    },
    /// Another process runs it.
    #[error("{} is in use by {owner}; stop that first or choose another --data-dir", data_dir.display())]
    InUse {
        /// What it runs on.
        data_dir: PathBuf,
        /// Which process, as far as we know.
        owner: String,
    },
    /// The directory holds something else.
    #[error("{} {problem}; choose another --data-dir", data_dir.display())]
    NotOurs {
        /// Which directory.
        data_dir: PathBuf,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// `initdb` failed.
    #[error("initdb failed:\n{output}")]
    Init {
        /// The end of what it said.
        output: String,
    },
    /// Postgres was started and does not answer.
    #[error("PostgreSQL did not start: {reason}; the end of {} says:\n{log}", log_path.display())]
    DidNotStart {
        /// What was seen from outside.
        reason: &'static str,
        /// Its log.
        log_path: PathBuf,
        /// The last lines of it.
        log: String,
    },
    /// The database could not be made.
    #[error("could not create the database `{name}`")]
    Database {
        /// Which one.
        name: String,
        /// What the driver said.
        #[source]
        source: sqlx::Error,
    },
    /// The file system or the process table did not do what was asked.
    #[error("could not {action}")]
    Io {
        /// What was tried.
        action: String,
        /// What came of it.
        #[source]
        source: io::Error,
    },
}

impl ClusterError {
    pub(super) fn io(action: impl Into<String>, source: io::Error) -> Self {
        Self::Io { action: action.into(), source }
    }
}

/// The last `n` lines of `text`.
pub(super) fn tail(text: &[u8], n: usize) -> String {
    let text = String::from_utf8_lossy(text);
    let lines: Vec<_> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(n)..].join("\n")
}
