//! What arrives on a channel, once its payload has been understood.

use jiff::Timestamp;
use kernel::PhoneNumber;
use serde_json::Value;

/// One thing a channel told us.
#[derive(Debug, Clone, PartialEq)]
pub enum Received {
    /// Somebody wrote to the tenant.
    Message(InboundMessage),
    /// A message of ours got somewhere, or did not.
    Delivery(Delivery),
    /// A message left the tenant's own number: ours, or typed on the owner's phone.
    Echo(Echo),
    /// Nothing to do, and why.
    Ignored {
        /// For logs and counters; never contains what a person wrote.
        reason: String,
    },
}

/// A message from a person to the tenant.
#[derive(Clone, PartialEq)]
pub struct InboundMessage {
    /// The channel's id of the message; the same in every delivery of it.
    pub provider_message_id: String,
    /// Who wrote, in the channel's words: a JID, or a name in the simulator. A phone's JID where
    /// one is known.
    pub address: String,
    /// Another address of the same person, where the channel names two (WhatsApp's `…@lid`).
    pub alias: Option<String>,
    /// Their number, where the channel knows it.
    pub phone: Option<PhoneNumber>,
    /// What they call themselves.
    pub name: Option<String>,
    /// Whether there is text to understand.
    pub kind: InboundKind,
    /// The text, or the caption of what is not text; at most [`crate::MAX_CHARS`] code points.
    pub body: String,
    /// When the channel says it was written, to the second.
    pub provider_at: Timestamp,
    /// As the provider sent it, with its API key and NUL characters removed.
    pub payload: Value,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboundKind {
    /// Text, typed or tapped.
    Text,
    /// Something that is stored but not understood.
    Unsupported {
        /// What it is, such as `image` or `voice note`.
        what: String,
    },
}

/// How far a message of ours got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The channel's id of the message.
    pub provider_message_id: String,
    /// How far.
    pub status: Status,
}

/// How far a message of ours got. The order is the order in which statuses replace each other:
/// a failure is news unless the message is known to have arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The channel has it.
    Sent,
    /// The channel gave up on it.
    Failed,
    /// It is on the phone.
    Delivered,
    /// It has been seen.
    Read,
}

impl Status {
    /// As the database stores it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }
}

/// A message that left the tenant's own number.
#[derive(Clone, PartialEq, Eq)]
pub struct Echo {
    /// The channel's id of the message.
    pub provider_message_id: String,
    /// Whom it went to.
    pub address: String,
    /// What it said; empty for what is not text.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// Who sent it.
    pub source: EchoSource,
}

/// Who sent a message from the tenant's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EchoSource {
    /// The channel's API: us, or another program of the tenant.
    Api,
    /// A phone or a linked device, as far as the channel can tell.
    Phone,
}

// By hand, so that what people write, and who they are, cannot slip into a log.
impl std::fmt::Debug for InboundMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InboundMessage")
            .field("provider_message_id", &self.provider_message_id)
            .field("kind", &self.kind)
            .field("provider_at", &self.provider_at)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Echo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Echo")
            .field("provider_message_id", &self.provider_message_id)
            .field("source", &self.source)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
