//! The descriptions of our SQL in `.sqlx`, from which the code compiles without a database.

use std::{
    collections::BTreeMap,
    env,
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::{Context as _, ensure};

use crate::{report, tidy};

/// Writes `.sqlx` anew, or compares it with what would be written. Returns whether all is well.
pub(crate) fn run(root: &Path, check: bool) -> anyhow::Result<bool> {
    if variable("DATABASE_URL").is_none() {
        ensure!(check, "set DATABASE_URL to a migrated database, or use `make sqlx-prepare`");
        report::line("sqlx: not compared, as there is no DATABASE_URL");
        return Ok(true);
    }
    let committed = root.join(".sqlx");
    let fresh = scratch(root);
    describe(root, &fresh)?;
    let (old, new) = (contents(&committed)?, contents(&fresh)?);
    if check {
        let problems = differences(&old, &new);
        return Ok(report::outcome(
            "sqlx",
            &problems,
            &format!("{} queries, all fresh", new.len()),
        ));
    }
    fs::create_dir_all(&committed)?;
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        fs::remove_file(committed.join(name))?;
    }
    for (name, text) in &new {
        fs::write(committed.join(name), text)?;
    }
    report::line(&format!("sqlx: {} queries described", new.len()));
    Ok(true)
}

/// Compiles everything, so that every query is described into `into`. Sources with SQL are made to
/// look new meanwhile: what is already compiled would describe nothing.
fn describe(root: &Path, into: &Path) -> anyhow::Result<()> {
    if into.exists() {
        fs::remove_dir_all(into)?;
    }
    fs::create_dir_all(into)?;
    let touched = Touched::new(root)?;
    let status = Command::new("cargo")
        .args(["check", "--workspace", "--all-targets", "--quiet"])
        .current_dir(root)
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", into)
        .status()
        .context("run cargo check")?;
    drop(touched);
    ensure!(status.success(), "the queries do not compile against the database");
    Ok(())
}

/// Sources that look new until this is dropped; then they get their age back, so that nobody else
/// compiles them again.
struct Touched(Vec<(File, SystemTime)>);

impl Touched {
    #[expect(clippy::disallowed_methods, reason = "file times, not the time of day")]
    fn new(root: &Path) -> anyhow::Result<Self> {
        let mut touched = Self(Vec::new());
        for path in tidy::files(root, "rs")? {
            let text = fs::read_to_string(&path)?;
            if ["query!(", "query_as!(", "query_scalar!("].iter().any(|it| text.contains(it)) {
                let file = File::options().append(true).open(&path)?;
                let age = file.metadata()?.modified()?;
                file.set_modified(SystemTime::now())?;
                touched.0.push((file, age));
            }
        }
        Ok(touched)
    }
}

impl Drop for Touched {
    fn drop(&mut self) {
        for (file, age) in &self.0 {
            // At worst they are compiled once more.
            drop(file.set_modified(*age));
        }
    }
}

/// Somewhere builds leave things, and git does not look.
fn scratch(root: &Path) -> PathBuf {
    variable("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("tmp/sqlx")
}

#[expect(clippy::disallowed_methods, reason = "chores are configured by what make exports")]
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

fn differences(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let missing = new.keys().filter(|name| !old.contains_key(*name)).map(|it| (it, "is missing"));
    let stale = old.keys().filter(|name| !new.contains_key(*name)).map(|it| (it, "is left over"));
    let changed = new
        .iter()
        .filter(|(name, text)| old.get(*name).is_some_and(|it| it != *text))
        .map(|(name, _)| (name, "has changed"));
    missing
        .chain(stale)
        .chain(changed)
        .map(|(name, what)| format!(".sqlx/{name} {what}; run `make sqlx-prepare`"))
        .collect()
}

fn contents(dir: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    if !dir.exists() {
        return Ok(files);
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "json") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named() {
        let files = |names: &[(&str, &str)]| {
            names.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        let old = files(&[("same", "1"), ("changed", "1"), ("stale", "1")]);
        let new = files(&[("same", "1"), ("changed", "2"), ("missing", "1")]);
        let found = differences(&old, &new);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with(".sqlx/missing is missing"), "{found:?}");
        assert_eq!(differences(&old, &old), [""; 0]);
    }
}
