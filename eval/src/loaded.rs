//! What there is to measure.

use std::{path::PathBuf, sync::Arc};

use models::Encoder;
use pipeline::Understanding;
use platform::Db;

use crate::data::MissingData;

/// The models of this machine, loaded as the service loads them. Whoever mounts the commands loads
/// what [`crate::Command::needs`] names and leaves the rest out.
#[derive(Clone, Default)]
pub struct Models {
    /// The stages that answer customers.
    pub understanding: Option<Understanding>,
    /// The trained encoder among them, to train heads with; `None` on a machine without weights.
    pub encoder: Option<Arc<dyn Encoder>>,
    /// An empty database to hold conversations in.
    pub database: Option<Db>,
    /// Where its weights lie, for engines that are timed beside it.
    pub model_dir: Option<PathBuf>,
}

/// What a command needs of [`Models`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: rules are measured, or files compared.
    Nothing,
    /// The encoder, where there is one.
    Encoder,
    /// The encoder and the stages around it.
    Understanding,
    /// Those, and a database for whole turns.
    Turns,
}

impl Models {
    /// The stages that answer customers.
    pub(crate) fn understanding(&self) -> Result<&Understanding, MissingData> {
        let missing = || MissingData("The understanding stages were not loaded.".to_owned());
        self.understanding.as_ref().ok_or_else(missing)
    }
}
