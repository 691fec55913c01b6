//! Where PostgreSQL's programs are.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use tokio::process::Command;

use super::ClusterError;

/// The oldest version the schema works on.
const OLDEST: u32 = 15;

/// Where packages put PostgreSQL, as `<parent>/<prefix>*/<suffix>`.
const USUAL_PLACES: &[(&str, &str, &str)] = &[
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// One installation that has all we need.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    bin: PathBuf,
    major: u32,
}

/// What a data directory asks for.
#[derive(Debug)]
pub(super) enum Wanted {
    /// Whatever is newest.
    Any,
    /// The version that wrote the data.
    Exactly { major: u32, data_dir: PathBuf },
}

impl Programs {
    /// Looks at `PATH` and at the usual places.
    ///
    /// # Errors
    ///
    /// [`ClusterError::NotInstalled`], or [`ClusterError::WrongVersion`] when there is one but the
    /// data needs another.
    pub(super) async fn find(wanted: Wanted) -> Result<Self, ClusterError> {
        let mut usable: Vec<Self> = Vec::new();
        let mut rejected = Vec::new();
        for bin in candidates().await {
            match Self::inspect(&bin).await {
                Ok(programs) => usable.push(programs),
                Err(reason) => rejected.push(format!("{} {reason}", bin.display())),
            }
        }
        usable.sort_by_key(|programs| programs.major);
        match wanted {
            Wanted::Exactly { major, data_dir } if !usable.is_empty() => {
                let available: Vec<_> = usable.iter().map(|it| it.major.to_string()).collect();
                usable.into_iter().find(|it| it.major == major).ok_or_else(|| {
                    let available = available.join(", ");
                    ClusterError::WrongVersion { data_dir, wanted: major, available }
                })
            }
            _ => usable.pop().ok_or_else(|| ClusterError::NotInstalled {
                found: if rejected.is_empty() {
                    "looked in PATH and the usual places".to_owned()
                } else {
                    rejected.join("; ")
                },
                advice: super::install::ADVICE,
            }),
        }
    }

    pub(super) const fn major(&self) -> u32 {
        self.major
    }

    pub(super) fn initdb(&self) -> PathBuf {
        self.bin.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.bin.join("postgres")
    }

    async fn inspect(bin: &Path) -> Result<Self, String> {
        if !bin.join("initdb").is_file() {
            return Err("has no initdb".to_owned());
        }
        let version = stdout_of(&bin.join("postgres"), "--version").await.unwrap_or_default();
        let major = parse_major(&version).ok_or("does not tell its version")?;
        if major < OLDEST {
            return Err(format!("is version {major}, older than {OLDEST}"));
        }
        if !has_btree_gist(bin, major).await {
            return Err("lacks the extension btree_gist (package postgresql-contrib)".to_owned());
        }
        Ok(Self { bin: bin.to_owned(), major })
    }
}

/// Directories with a `postgres` in them, each once.
#[expect(clippy::disallowed_methods, reason = "programs are found through PATH")]
async fn candidates() -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = stdout_of(Path::new("pg_config"), "--bindir")
        .await
        .into_iter()
        .map(PathBuf::from)
        .collect();
    let path = env::var_os("PATH").unwrap_or_default();
    for dir in env::split_paths(&path) {
        // PATH often holds a link to a program whose siblings are elsewhere.
        if let Ok(postgres) = fs::canonicalize(dir.join("postgres")) {
            dirs.extend(postgres.parent().map(Path::to_owned));
        }
    }
    for (parent, prefix, suffix) in USUAL_PLACES {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(prefix) {
                dirs.push(entry.path().join(suffix));
            }
        }
    }
    let mut unique = Vec::new();
    for dir in dirs {
        if dir.join("postgres").is_file()
            && let Ok(dir) = fs::canonicalize(dir)
            && !unique.contains(&dir)
        {
            unique.push(dir);
        }
    }
    unique
}

async fn has_btree_gist(bin: &Path, major: u32) -> bool {
    let told = stdout_of(&bin.join("pg_config"), "--sharedir").await.map(PathBuf::from);
    let guesses = [
        bin.join("../share"),
        bin.join("../share/postgresql"),
        bin.join(format!("../share/postgresql@{major}")),
        PathBuf::from(format!("/usr/share/postgresql/{major}")),
    ];
    told.into_iter().chain(guesses).any(|dir| dir.join("extension/btree_gist.control").is_file())
}

async fn stdout_of(program: &Path, arg: &str) -> Option<String> {
    let output = Command::new(program).arg(arg).output().await.ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0)`, and `18beta1`.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().find(|word| word.starts_with(char::is_numeric))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        assert_eq!(parse_major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 19beta2"), Some(19));
        assert_eq!(parse_major("no idea"), None);
    }
}
