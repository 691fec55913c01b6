//! Repository chores: `cargo run -p xtask -- <chore>`. None of this is part of the service.

mod graph;
mod report;
mod sqlx;
mod tidy;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Parser;

/// Checks that no compiler does for us, and generated files.
#[derive(Debug, Parser)]
enum Chore {
    /// Crate edges equal the table in xtask/src/graph.rs.
    Graph,
    /// House rules of text: module docs, file length, names of migrations, banned words.
    Tidy,
    /// Query descriptions in .sqlx, from a migrated database in DATABASE_URL.
    Sqlx {
        /// Compare instead of writing; without DATABASE_URL there is nothing to compare with.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let chore = Chore::parse();
    match run(&chore) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report::line(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(chore: &Chore) -> anyhow::Result<bool> {
    let root = root()?;
    match chore {
        Chore::Graph => graph::check(&root),
        Chore::Tidy => tidy::check(&root),
        Chore::Sqlx { check } => sqlx::run(&root, *check),
    }
}

/// The root of the repository, wherever this was started from.
fn root() -> anyhow::Result<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).context("xtask lies inside the repository")
}
