//! `booka eval`: loads the models as the service does, then measures.

use std::process::ExitCode;

use eval::{Models, Needs};

use crate::{config::Settings, startup};

/// Runs one measurement.
pub(crate) async fn run(command: eval::Command, settings: &Settings) -> anyhow::Result<ExitCode> {
    let mut models = Models::default();
    let needs = command.needs();
    if needs != Needs::Nothing {
        models.model_dir = startup::model_dir(settings).await?;
        models.encoder = startup::encoder(settings).await?;
    }
    if needs == Needs::Understanding {
        let encoder = models.encoder.clone();
        models.understanding = Some(startup::understanding_with(settings, encoder).await?);
    }
    eval::run(command, models).await
}
