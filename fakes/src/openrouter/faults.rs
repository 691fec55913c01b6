//! What can go wrong with an answer, on demand.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// What happens to one request for a completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// No answer comes, ever.
    Hang,
    /// The headers come, the body never does.
    HeadersThenHang,
    /// The body comes at one byte a second.
    ByteASecond,
    /// The answer begins late.
    SlowFirstByte {
        /// By so many milliseconds.
        ms: u64,
    },
    /// The connection breaks before the first byte of the body.
    ResetBeforeBody,
    /// The connection breaks in the middle of the body.
    ResetMidBody,
    /// 200 without a body.
    Empty,
    /// 200 with a web page.
    Html,
    /// 200 with JSON that ends too early, the connection intact.
    CutJson,
    /// 200 with bytes that are no text.
    InvalidUtf8,
    /// 200 with ten megabytes.
    Huge,
    /// 200 with arrays within arrays, a hundred thousand deep.
    Deep,
    /// 200, and the error is inside.
    ErrorIn200 {
        /// Which.
        code: u16,
    },
    /// 200, and the error is inside, with a code that is a word.
    ErrorWordIn200,
    /// 200, and the error is inside the choice.
    ErrorInChoice {
        /// Which.
        code: u16,
    },
    /// 200, an empty list of choices.
    NoChoices,
    /// 200 without the field `choices`.
    MissingChoices,
    /// 200, `choices` is an object and the content a number.
    WrongTypes,
    /// 200, the content is null.
    NullContent,
    /// 200, the model calls a tool nobody gave it.
    ToolCall,
    /// 200, the model reached its limit of tokens.
    FinishLength,
    /// 200, the content was filtered.
    FinishContentFilter,
    /// 200, the model broke down while it wrote.
    FinishError,
    /// 200, the model refuses.
    Refusal,
    /// 200, the model chats instead of answering in JSON.
    Prose,
    /// 200, the model chats in another language.
    OtherLanguage,
    /// 200, valid JSON of another form.
    OtherSchema,
    /// 200, the content is a list.
    ListContent,
    /// A good answer without `usage`.
    NoUsage,
    /// A good answer without `usage.cost`.
    NoCost,
    /// A good answer whose `usage` is nonsense.
    OddUsage,
    /// As a provider that ignores `response_format` unless `require_parameters` is set.
    IgnoresSchema,
    /// 302 to somewhere else.
    Redirect,
    /// An error in the ordinary way.
    Status {
        /// Which.
        code: u16,
        /// `Retry-After`, in seconds.
        retry_after: Option<u64>,
    },
}

impl Fault {
    /// One of each kind, and of `Status` all that are documented.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Hang,
            Self::HeadersThenHang,
            Self::ByteASecond,
            Self::SlowFirstByte { ms: 20 },
            Self::ResetBeforeBody,
            Self::ResetMidBody,
            Self::Empty,
            Self::Html,
            Self::CutJson,
            Self::InvalidUtf8,
            Self::Huge,
            Self::Deep,
            Self::ErrorIn200 { code: 502 },
            Self::ErrorIn200 { code: 429 },
            Self::ErrorWordIn200,
            Self::ErrorInChoice { code: 502 },
            Self::NoChoices,
            Self::MissingChoices,
            Self::WrongTypes,
            Self::NullContent,
            Self::ToolCall,
            Self::FinishLength,
            Self::FinishContentFilter,
            Self::FinishError,
            Self::Refusal,
            Self::Prose,
            Self::OtherLanguage,
            Self::OtherSchema,
            Self::ListContent,
            Self::NoUsage,
            Self::NoCost,
            Self::OddUsage,
            Self::IgnoresSchema,
            Self::Redirect,
        ];
        all.extend(
            [400, 401, 402, 403, 404, 408, 413, 429, 500, 502, 503, 524, 529]
                .map(|code| Self::Status { code, retry_after: None }),
        );
        all.extend([402, 429, 503].map(|code| Self::Status { code, retry_after: Some(3600) }));
        all
    }
}

/// What is wrong with the server. The default is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// What happens to the next requests, one each; `null` for one that goes well.
    pub next: VecDeque<Option<Fault>>,
    /// What happens to every request after those.
    pub every: Option<Fault>,
}

impl Faults {
    pub(super) fn take(&mut self) -> Option<Fault> {
        self.next.pop_front().unwrap_or(self.every)
    }
}
