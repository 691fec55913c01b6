//! The seam between the outbox and a channel: how a message is sent, and how one whose fate is
//! unknown is looked for.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::OutboundId;

use crate::{ChannelAccount, ChannelKind};

/// A way of reaching people.
#[async_trait]
pub trait Channel: Send + Sync + 'static {
    /// Asks the channel to send `message` from `account`, once. Never retries.
    ///
    /// # Errors
    ///
    /// [`SendError`], whose variants say whether the message may have left all the same.
    async fn send(
        &self,
        account: &ChannelAccount,
        message: &Outgoing<'_>,
    ) -> Result<Sent, SendError>;

    /// Finds what `account` has sent with exactly this recipient and text, not before `since`.
    ///
    /// # Errors
    ///
    /// [`SendError`] when the channel does not say.
    async fn find_sent(
        &self,
        account: &ChannelAccount,
        message: &Outgoing<'_>,
        since: Timestamp,
    ) -> Result<Vec<FoundMessage>, SendError>;
}

/// What is to be sent.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    /// Our id of the message.
    pub id: OutboundId,
    /// Whom it goes to, as the channel wants it.
    pub recipient: &'a str,
    /// What it says.
    pub text: &'a str,
}

/// The channel accepted a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The channel's id of it.
    pub provider_message_id: String,
}

/// The channel remembers having sent a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundMessage {
    /// The channel's id of it.
    pub provider_message_id: String,
    /// When it was sent.
    pub at: Timestamp,
}

/// A message was not sent, or may not have been.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Not sent, and never will be: the request itself is wrong.
    #[error("the channel refused the message: {reason}")]
    Refused {
        /// What the channel said.
        reason: String,
    },
    /// Not sent: the channel does not accept our credentials.
    #[error("the channel did not accept our credentials")]
    Unauthorized,
    /// Certainly not sent; worth trying again later.
    #[error("the channel is not available: {reason}")]
    Unavailable {
        /// What happened.
        reason: String,
        /// How long the channel asked us to wait.
        retry_after: Option<Duration>,
    },
    /// Perhaps sent: the request left, and no usable answer came.
    #[error("it is not known whether the channel sent the message: {reason}")]
    Unknown {
        /// What happened.
        reason: String,
    },
}

/// The channels this process can send on.
#[derive(Clone, Default)]
pub struct ChannelSet {
    channels: HashMap<ChannelKind, Arc<dyn Channel>>,
}

impl ChannelSet {
    /// Adds or replaces a channel.
    #[must_use]
    pub fn with(mut self, kind: ChannelKind, channel: Arc<dyn Channel>) -> Self {
        self.channels.insert(kind, channel);
        self
    }

    /// The channel of that kind, if it is configured.
    #[must_use]
    pub fn get(&self, kind: ChannelKind) -> Option<&Arc<dyn Channel>> {
        self.channels.get(&kind)
    }
}

impl std::fmt::Debug for ChannelSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.channels.keys()).finish()
    }
}
