//! `booka train`: makes the small trained files that ship with the product.

use clap::Subcommand;
use eval::slots::{self, TrainSlotsArgs};

/// What to train.
#[derive(Debug, Subcommand)]
pub(crate) enum Train {
    /// The tagger that finds names and head counts in English.
    Slots(TrainSlotsArgs),
}

impl Train {
    /// Runs one training.
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Slots(args) => slots::train(args),
        }
    }
}
