//! `booka train`: trains what is trained on this machine, and what ships with the product.

mod adapter;
mod heads;

use clap::Subcommand;
use eval::slots::{self, TrainSlotsArgs};

use self::{adapter::AdapterArgs, heads::HeadsArgs};
use crate::{config::Settings, startup};

/// What to train.
#[derive(Debug, Subcommand)]
pub(crate) enum Train {
    /// The correction of the encoder's weights that tells apart what people want. Takes an hour.
    Adapter(AdapterArgs),
    /// The heads that turn vectors into intents: those of the service, from the examples it
    /// carries, or others from files. What was encoded is kept, so that a training that was broken
    /// off goes on where it was.
    Heads(HeadsArgs),
    /// The tagger that finds names and head counts in English.
    Slots(TrainSlotsArgs),
}

impl Train {
    /// Runs one training.
    ///
    /// # Errors
    ///
    /// When there is nothing to learn from, a file cannot be read or written, or the encoder fails.
    pub(crate) async fn run(self, settings: &Settings) -> anyhow::Result<()> {
        match self {
            Self::Adapter(args) => {
                let dir = startup::model_dir(settings).await?;
                tokio::task::spawn_blocking(move || args.run(dir)).await?
            }
            Self::Heads(args) => {
                let encoder = startup::encoder(settings).await?;
                let cache = settings.cache_dir.clone();
                tokio::task::spawn_blocking(move || args.run(encoder, &cache)).await?
            }
            Self::Slots(args) => tokio::task::spawn_blocking(move || slots::train(&args)).await?,
        }
    }
}
