//! How messages enter and leave, and the record of both.
//!
//! Inwards: a webhook body is parsed ([`whatsapp::evolution::parse_webhook`]) and stored once, in
//! order ([`inbox`]). Outwards: a reply is a row first ([`outbox`]) and a request to a
//! [`Channel`] second. Only this crate knows what a channel's payloads look like; it does not know
//! what a message means.

pub mod account;
mod channel;
pub mod inbox;
mod message;
pub mod outbox;
mod simulator;
mod text;
pub mod whatsapp;

pub use account::{ChannelAccount, ChannelKind};
pub use channel::{Channel, ChannelSet, FoundMessage, Outgoing, SendError, Sent};
pub use message::{Delivery, Echo, EchoSource, InboundKind, InboundMessage, Received, Status};
pub use simulator::Simulator;
pub use text::MAX_CHARS;
