//! Which crate may use which. The table is the rule; `Cargo.toml` files follow it.
//!
//! Every edge must be in the table, and every row must be a crate, so that the table stays the
//! picture of the whole. An edge may be allowed and not taken.

use std::{collections::BTreeMap, path::Path, process::Command};

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::report;

/// A crate, what it may use, and what its tests may use besides.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

/// From the words everyone shares up to the binary. A row uses rows above it only.
const ALLOWED: &[Row] = &[
    ("kernel", &[], &[]),
    ("platform", &["kernel"], &[]),
    ("tenancy", &["platform", "kernel"], &[]),
    ("channels", &["platform", "kernel"], &["fakes"]),
    ("models", &["kernel"], &[]),
    ("models-candle", &["models", "kernel"], &[]),
    ("models-remote", &["models", "kernel"], &["fakes", "platform"]),
    ("temporal", &[], &[]),
    ("intents", &["temporal", "models", "kernel"], &["models-candle"]),
    ("dialog", &["intents", "kernel"], &[]),
    ("booking", &["platform", "kernel"], &["tenancy"]),
    (
        "pipeline",
        &["channels", "tenancy", "dialog", "intents", "models", "booking", "platform", "kernel"],
        &["testkit", "fakes", "models-candle", "models-remote"],
    ),
    ("fakes", &[], &[]),
    (
        "testkit",
        &[
            "pipeline", "channels", "tenancy", "dialog", "intents", "models", "booking",
            "platform", "kernel",
        ],
        &[],
    ),
    (
        "eval",
        &[
            "testkit",
            "pipeline",
            "dialog",
            "booking",
            "intents",
            "temporal",
            "models",
            "models-candle",
            "platform",
            "kernel",
        ],
        &[],
    ),
    (
        "server",
        &[
            "kernel",
            "platform",
            "tenancy",
            "channels",
            "models",
            "models-candle",
            "models-remote",
            "intents",
            "dialog",
            "booking",
            "pipeline",
            "fakes",
            "eval",
        ],
        &["testkit"],
    ),
    ("fuzz", &[], &["intents", "kernel", "temporal"]),
    ("xtask", &[], &[]),
];

/// The part of `cargo metadata` that matters here.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    name: String,
    /// `null` for an ordinary one, else `dev` or `build`.
    kind: Option<String>,
    /// Only those of the workspace have one.
    path: Option<String>,
}

/// Checks the workspace. Returns whether all is well.
pub(crate) fn check(root: &Path) -> anyhow::Result<bool> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("run cargo metadata")?;
    ensure!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).context("read cargo metadata")?;
    let n_edges: usize = metadata.packages.iter().map(|it| edges(it).count()).sum();
    let well = format!("{} crates, {n_edges} edges, all allowed", metadata.packages.len());
    Ok(report::outcome("graph", &problems(&metadata, ALLOWED), &well))
}

fn edges(package: &Package) -> impl Iterator<Item = &Dependency> {
    package.dependencies.iter().filter(|dependency| dependency.path.is_some())
}

fn problems(metadata: &Metadata, allowed: &[Row]) -> Vec<String> {
    let rows: BTreeMap<_, _> =
        allowed.iter().map(|(name, uses, tests)| (*name, (uses, tests))).collect();
    let mut problems = Vec::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let Some((uses, tests)) = rows.get(name) else {
            problems.push(format!("crate `{name}` is not in the table"));
            continue;
        };
        for Dependency { name: used, kind, .. } in edges(package) {
            let for_tests = kind.as_deref() == Some("dev");
            let is_allowed =
                uses.contains(&used.as_str()) || (for_tests && tests.contains(&used.as_str()));
            if !is_allowed {
                let whose = if for_tests { "the tests of " } else { "" };
                problems.push(format!("{whose}`{name}` must not use `{used}`"));
            }
        }
    }
    for name in rows.keys() {
        if !metadata.packages.iter().any(|package| package.name == *name) {
            problems.push(format!("the table names `{name}`, which is no crate"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(json: &str) -> Metadata {
        serde_json::from_str(json).unwrap()
    }

    const TABLE: &[Row] = &[("low", &[], &[]), ("high", &["low"], &["fakes"]), ("fakes", &[], &[])];

    #[test]
    fn the_allowed_edges_pass() {
        let metadata = metadata(
            r#"{"packages": [
                {"name": "low", "dependencies": [{"name": "serde", "kind": null}]},
                {"name": "fakes", "dependencies": []},
                {"name": "high", "dependencies": [
                    {"name": "low", "kind": null, "path": "/low"},
                    {"name": "low", "kind": "dev", "path": "/low"},
                    {"name": "fakes", "kind": "dev", "path": "/fakes"}]}]}"#,
        );
        assert_eq!(problems(&metadata, TABLE), Vec::<String>::new());
    }

    #[test]
    fn planted_edges_are_found() {
        let metadata = metadata(
            r#"{"packages": [
                {"name": "low", "dependencies": [{"name": "high", "kind": null, "path": "/high"}]},
                {"name": "high", "dependencies": [{"name": "fakes", "kind": null, "path": "/fakes"}]},
                {"name": "new", "dependencies": []}]}"#,
        );
        assert_eq!(
            problems(&metadata, TABLE),
            [
                "`low` must not use `high`",
                "`high` must not use `fakes`",
                "crate `new` is not in the table",
                "the table names `fakes`, which is no crate",
            ]
        );
    }

    #[test]
    fn the_table_points_downwards() {
        for (n, (name, uses, _)) in ALLOWED.iter().enumerate() {
            for used in *uses {
                let above = ALLOWED[..n].iter().any(|(earlier, ..)| earlier == used);
                assert!(above, "`{name}` uses `{used}`, which comes later");
            }
        }
    }
}
