//! `cargo run -p platform --example with_postgres -- CMD…`: runs a command with `DATABASE_URL`
//! pointing at a migrated throw-away Postgres. Like `booka pg exec`, but it needs none of the crates
//! whose SQL is being described: `make sqlx-prepare` could not start otherwise.
#![expect(clippy::print_stderr, reason = "a program that talks to whoever started it")]

use std::process::ExitCode;

use anyhow::Context as _;
use platform::{Cluster, ClusterConfig};
use secrecy::ExposeSecret as _;
use tokio::process::Command;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let mut command = std::env::args_os().skip(1);
    let program = command.next().context("usage: with_postgres CMD…")?;
    let config = ClusterConfig::scratch(".booka/postgres-sqlx");
    let cluster = Cluster::start(&config, &|text| eprintln!("{text}")).await?;
    let url = cluster.ensure_database("booka").await?;
    platform::db::migrate(&url).await?;
    let mut child = Command::new(program);
    let status = child.args(command).env("DATABASE_URL", url.expose_secret()).status().await;
    cluster.stop();
    Ok(if status?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
