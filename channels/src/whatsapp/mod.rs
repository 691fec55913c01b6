//! WhatsApp, through the servers that speak it.

pub mod evolution;
mod jid;

pub use jid::{Jid, phone_jid};
