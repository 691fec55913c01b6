//! The durable inbox: every message once, in order, with the person and the conversation it
//! belongs to.
//!
//! A worker takes a message in two transactions, so that one that kills the process is noticed:
//!
//! 1. [`claim_next`], [`begin_attempt`], commit;
//! 2. [`claim_next`] again, the turn itself, [`mark_processed`], commit. When the turn fails, roll
//!    back and call [`mark_retry`] or [`mark_dead`] in a transaction of its own.

mod claim;
mod conversation;
mod read;
mod store;

pub use claim::{
    InboundRow, begin_attempt, claim_next, mark_dead, mark_processed, mark_retry, waiting,
};
pub use conversation::{
    Assistant, Contact, Conversation, conversation, find_contact, lock_conversation_with, resume,
    save_conversation,
};
pub use read::{
    ConversationCursor, ConversationSummary, Direction, TranscriptLine, conversations, transcript,
};
pub use store::{Stored, store};

/// The notification that wakes inbox workers.
pub const NOTIFY_INBOX: &str = "booka_inbox";
