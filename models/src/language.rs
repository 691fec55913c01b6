//! What a language model behind somebody's HTTP can be asked: one question, one JSON answer.
//!
//! It proposes; it never acts. Whoever asks treats the answer as something a stranger wrote.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use serde_json::Value;

/// A model that answers in JSON, within a time that it knows itself.
#[async_trait]
pub trait LanguageModel: Send + Sync + 'static {
    /// Asks once, with whatever retries and fallbacks the implementation allows itself. Always
    /// returns, and never later than its own total timeout.
    async fn complete(&self, prompt: &Prompt) -> Completion;
}

/// A question. Printing it shows sizes, not words: they are a customer's.
#[derive(Clone, PartialEq)]
pub struct Prompt {
    /// The rules.
    pub system: String,
    /// The case.
    pub user: String,
    /// What the schema is called, for the provider.
    pub schema_name: &'static str,
    /// What the answer must look like: a JSON Schema for strict mode.
    pub schema: Value,
    /// Longest answer, in the model's tokens.
    pub max_tokens: u32,
}

impl fmt::Debug for Prompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prompt")
            .field("schema_name", &self.schema_name)
            .field("system_bytes", &self.system.len())
            .field("user_bytes", &self.user.len())
            .finish_non_exhaustive()
    }
}

/// What came of a question, and what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// A JSON object, valid as JSON and nothing more; or why there is none.
    pub answer: Result<Value, LanguageModelError>,
    /// One for each request that was made, failed ones too: they may have been billed.
    pub calls: Vec<Call>,
}

/// One request to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The model that was billed, as the provider names it; the one that was asked for where the
    /// provider does not say.
    pub model: String,
    /// `answered`, or [`LanguageModelError::name`].
    pub outcome: &'static str,
    /// Tokens read, where the provider says.
    pub prompt_tokens: Option<u64>,
    /// Tokens written, where the provider says.
    pub completion_tokens: Option<u64>,
    /// What the provider charged, in billionths of its unit (for OpenRouter, of a US dollar);
    /// `None` where it does not say.
    pub cost_nanos: Option<i64>,
    /// From the request to the last byte of the answer.
    pub latency: Duration,
}

/// Why there is no answer. None of them holds a word of the provider's, who may quote the customer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LanguageModelError {
    /// As many questions as are allowed at once are being asked; nothing was sent.
    #[error("too many questions at once")]
    Busy,
    /// It failed too often of late; nothing was sent.
    #[error("the endpoint is left alone after failures")]
    CircuitOpen,
    /// No connection.
    #[error("the endpoint cannot be reached")]
    Unreachable,
    /// No answer in time.
    #[error("no answer in time")]
    TimedOut,
    /// The connection ended in the middle of the answer.
    #[error("the answer broke off")]
    BrokenOff,
    /// More bytes than any honest answer has.
    #[error("the answer is too large")]
    TooLarge,
    /// The body is not JSON.
    #[error("the answer is not JSON")]
    NotJson,
    /// JSON, but not of the form of a chat completion.
    #[error("the answer is not a chat completion")]
    Malformed,
    /// A chat completion without a choice.
    #[error("the answer holds no choice")]
    NoChoice,
    /// The model reached its limit of tokens.
    #[error("the answer was cut short")]
    Cut,
    /// The model or its provider would not.
    #[error("the answer was withheld")]
    Withheld,
    /// The model's words are not a JSON object.
    #[error("the model's words are not a JSON object")]
    NotAnObject,
    /// 400, or another refusal of the request itself.
    #[error("the request was refused with {status}")]
    Refused {
        /// The status.
        status: u16,
    },
    /// 401.
    #[error("the key is not accepted")]
    Unauthorized,
    /// 402.
    #[error("the account has no credit left")]
    NoCredit {
        /// When to come back, where said.
        retry_after: Option<Duration>,
    },
    /// 403: moderation, or no permission.
    #[error("the request is forbidden")]
    Forbidden,
    /// 413.
    #[error("the request is too long")]
    TooLong,
    /// 429.
    #[error("too many requests")]
    RateLimited {
        /// When to come back, where said.
        retry_after: Option<Duration>,
    },
    /// 408, 5xx, or an error inside a 200.
    #[error("the provider failed with {status}")]
    Unavailable {
        /// The status, or the code inside a 200.
        status: u16,
        /// When to come back, where said.
        retry_after: Option<Duration>,
    },
}

impl LanguageModelError {
    /// The stable name, for rows and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::CircuitOpen => "circuit_open",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::BrokenOff => "broken_off",
            Self::TooLarge => "too_large",
            Self::NotJson => "not_json",
            Self::Malformed => "malformed",
            Self::NoChoice => "no_choice",
            Self::Cut => "cut",
            Self::Withheld => "withheld",
            Self::NotAnObject => "not_an_object",
            Self::Refused { .. } => "refused",
            Self::Unauthorized => "unauthorized",
            Self::NoCredit { .. } => "no_credit",
            Self::Forbidden => "forbidden",
            Self::TooLong => "too_long",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable { .. } => "unavailable",
        }
    }

    /// When the provider asked us to come back.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::NoCredit { retry_after }
            | Self::RateLimited { retry_after }
            | Self::Unavailable { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
