//! Dialogues as they lie in the file.

use serde::Deserialize;

/// One conversation.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Dialogue {
    /// Name in the source.
    pub(crate) id: String,
    /// What it is about, such as `Services_4`.
    pub(crate) services: Vec<String>,
    /// In order.
    pub(crate) turns: Vec<Turn>,
}

/// One message.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Turn {
    /// Who wrote it.
    #[serde(rename = "s")]
    pub(crate) speaker: Speaker,
    /// What was written.
    #[serde(rename = "t")]
    pub(crate) text: String,
    /// What it means, a frame a service.
    #[serde(rename = "f", default)]
    pub(crate) frames: Vec<Frame>,
}

/// Who wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Speaker {
    /// The customer.
    #[serde(rename = "U")]
    User,
    /// The assistant.
    #[serde(rename = "S")]
    System,
}

/// What a message means for one service.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Frame {
    /// Which.
    pub(crate) service: String,
    /// What the customer is after at this point; `NONE` for nothing.
    pub(crate) intent: Option<String>,
    /// What is done by writing it.
    #[serde(default)]
    pub(crate) acts: Vec<Act>,
    /// Where slots are mentioned: slot, first code point, one past the last.
    #[serde(default)]
    pub(crate) spans: Vec<(String, usize, usize)>,
}

/// One thing done: act, slot or "", canonical values.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Act(pub(crate) String, pub(crate) String, pub(crate) Vec<String>);
