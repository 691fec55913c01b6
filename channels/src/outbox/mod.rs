//! The outbox: a reply is a row before it is a request, so that a reply that was decided is sent,
//! and sent once, whatever is killed when.
//!
//! `pending` → `sending` (committed before the request leaves) → `sent`. A request whose outcome is
//! unknown stays `sending` and is settled by asking the channel, or by the channel's own echo;
//! never by sending again blindly. Within a conversation messages leave in order.

mod attempt;
mod echo;
mod enqueue;
mod worker;

pub use echo::{Echoed, record_delivery, settle_echo};
pub use enqueue::{NewNotice, NewReply, OutboxError, enqueue, enqueue_notice};
pub use worker::{OutboxConfig, OutboxWorker, due};

/// The notification that wakes outbox workers.
pub const NOTIFY_OUTBOX: &str = "booka_outbox";
