//! Evolution API v2: what its webhooks say, and how it is asked to send.

mod client;
mod content;
mod payload;

pub use client::{EvolutionClient, EvolutionConfig};
pub use payload::{Webhook, WebhookError, parse_webhook};
