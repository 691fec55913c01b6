//! What a turn is given, beside the message.

use std::sync::Arc;

use kernel::{Clock, Ids};
use platform::Db;

use crate::Understanding;

/// The parts of the service that a turn needs. Cheap to clone; holds nothing about any tenant,
/// customer or message.
#[derive(Clone)]
pub struct TurnContext {
    /// Where everything is kept.
    pub db: Db,
    /// The only source of now.
    pub clock: Arc<dyn Clock>,
    /// The only source of identifiers.
    pub ids: Arc<Ids>,
    /// The models.
    pub understanding: Understanding,
}
