//! What can go wrong, on demand.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// What happens to one request to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendFault {
    /// The message goes out; no answer comes, ever.
    AcceptThenHang,
    /// The message goes out; the answer is 500.
    #[serde(rename = "accept_then_500")]
    AcceptThen500,
    /// The message goes out; the connection breaks in the middle of the answer.
    AcceptThenReset,
    /// The connection breaks in the middle of the answer; nothing went out.
    ResetBeforeAccept,
    /// Nothing goes out; 503.
    #[serde(rename = "refuse_503")]
    Refuse503,
    /// Nothing goes out; 429, to be tried again after so many seconds.
    RateLimited {
        /// How long to wait, in seconds.
        retry_after: u64,
    },
    /// Nothing goes out; 401.
    Unauthorized,
    /// Nothing goes out; 400, the number is not on WhatsApp.
    NotOnWhatsapp,
    /// Nothing goes out; 201 with Meta's error object instead of a message.
    ErrorIn201,
}

/// What is wrong with the server. The default is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// What happens to the next sends, one each.
    pub next_sends: VecDeque<SendFault>,
    /// What happens to every send after those.
    pub every_send: Option<SendFault>,
    /// How many times more than once each webhook is delivered.
    pub duplicate_deliveries: u32,
    /// Webhooks are held back until there are so many, then delivered last first. 0 and 1: off.
    pub reorder: usize,
    /// Customers are named by `…@lid`, with their number beside it.
    pub lid: bool,
    /// Customers are named by `…@lid` alone.
    pub lid_only: bool,
    /// The instance says it is open and accepts messages, yet nothing leaves and nothing arrives.
    pub dead_but_open: bool,
    /// The envelope shows the instance's key.
    pub expose_apikey: bool,
}

impl Faults {
    pub(super) fn next_send(&mut self) -> Option<SendFault> {
        self.next_sends.pop_front().or(self.every_send)
    }
}
