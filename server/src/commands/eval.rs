//! `booka eval`: loads the models as the service does, then measures.

use std::process::ExitCode;

use crate::{config::Settings, startup};

/// Runs one measurement.
pub(crate) async fn run(command: eval::Command, settings: &Settings) -> anyhow::Result<ExitCode> {
    let understanding = startup::understanding(settings).await?;
    eval::run(command, understanding).await
}
