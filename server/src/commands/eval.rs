//! `booka eval`: loads the models as the service does, then measures.

use std::process::ExitCode;

use eval::{Models, Needs};
use platform::{Cluster, ClusterConfig, Db, DbConfig};

use crate::{config::Settings, startup, terminal};

/// Runs one measurement.
pub(crate) async fn run(command: eval::Command, settings: &Settings) -> anyhow::Result<ExitCode> {
    let mut models = Models::default();
    let needs = command.needs();
    if needs != Needs::Nothing {
        models.model_dir = startup::model_dir(settings).await?;
        models.encoder = startup::encoder(settings).await?;
    }
    let mut scratch = None;
    if needs == Needs::Turns {
        let config = ClusterConfig::scratch(settings.data_dir.join("postgres-eval"));
        let cluster = Cluster::start(&config, &|text| terminal::note(text)).await?;
        let url = cluster.ensure_database("booka").await?;
        platform::db::migrate(&url).await?;
        models.database = Some(Db::connect(&DbConfig::new(url)).await?);
        scratch = Some(cluster);
    }
    if matches!(needs, Needs::Understanding | Needs::Turns) {
        let encoder = models.encoder.clone();
        models.understanding = Some(startup::understanding_with(settings, encoder).await?);
    }
    let code = eval::run(command, models).await;
    if let Some(cluster) = scratch {
        cluster.stop();
    }
    code
}
