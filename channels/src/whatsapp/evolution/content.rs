//! What one WhatsApp message holds: the `message` object of Evolution's payloads.

use serde_json::Value;

/// What a `message` object comes down to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Text, typed or tapped.
    Text(String),
    /// Not text; its caption, if any.
    Unsupported { what: &'static str, caption: String },
    /// Not a message to anybody.
    Ignored(&'static str),
}

/// Envelopes that hold another `message`.
const WRAPPERS: [&str; 6] = [
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "viewOnceMessageV2Extension",
    "documentWithCaptionMessage",
    "deviceSentMessage",
];

/// Deeper nesting than any client makes is not followed.
const MAX_DEPTH: usize = 8;

/// Where text is: the key of the content, then the path to the words.
const TEXTS: [(&str, &[&str]); 6] = [
    ("extendedTextMessage", &["text"]),
    ("buttonsResponseMessage", &["selectedDisplayText"]),
    ("templateButtonReplyMessage", &["selectedDisplayText"]),
    ("listResponseMessage", &["title"]),
    ("interactiveResponseMessage", &["body", "text"]),
    ("conversation", &[]),
];

/// Where the id of a tapped option is, for taps that bring no words.
const TAPS: [(&str, &[&str]); 3] = [
    ("buttonsResponseMessage", &["selectedButtonId"]),
    ("templateButtonReplyMessage", &["selectedId"]),
    ("listResponseMessage", &["singleSelectReply", "selectedRowId"]),
];

const UNSUPPORTED: [(&str, &str); 13] = [
    ("imageMessage", "image"),
    ("videoMessage", "video"),
    ("ptvMessage", "video"),
    ("audioMessage", "audio"),
    ("documentMessage", "document"),
    ("stickerMessage", "sticker"),
    ("locationMessage", "location"),
    ("liveLocationMessage", "location"),
    ("contactMessage", "contact"),
    ("contactsArrayMessage", "contact"),
    ("pollCreationMessage", "poll"),
    ("pollCreationMessageV3", "poll"),
    ("eventMessage", "event"),
];

const IGNORED: [(&str, &str); 7] = [
    ("reactionMessage", "reaction"),
    ("encReactionMessage", "reaction"),
    ("protocolMessage", "protocol message"),
    ("editedMessage", "edit"),
    ("pollUpdateMessage", "poll vote"),
    ("senderKeyDistributionMessage", "protocol message"),
    ("keepInChatMessage", "protocol message"),
];

/// Reads a `message` object.
pub(super) fn read(message: &Value) -> Content {
    let message = unwrap(message);
    if let Some(text) = tapped_or_typed(message) {
        return Content::Text(text);
    }
    if let Some((key, what)) = UNSUPPORTED.iter().find(|(key, _)| present(message, key)) {
        let voice = message[key]["ptt"].as_bool() == Some(true);
        return Content::Unsupported {
            what: if voice { "voice note" } else { what },
            caption: message[key]["caption"].as_str().unwrap_or_default().to_owned(),
        };
    }
    if let Some((_, why)) = IGNORED.iter().find(|(key, _)| present(message, key)) {
        return Content::Ignored(why);
    }
    match message.as_object() {
        Some(fields) if fields.keys().any(|key| key != "messageContextInfo") => {
            Content::Unsupported { what: "unknown", caption: String::new() }
        }
        _ => Content::Ignored("empty message"),
    }
}

fn unwrap(mut message: &Value) -> &Value {
    for _ in 0..MAX_DEPTH {
        let inner = WRAPPERS.iter().map(|key| &message[key]["message"]).find(|m| m.is_object());
        match inner {
            Some(inner) => message = inner,
            None => break,
        }
    }
    message
}

fn tapped_or_typed(message: &Value) -> Option<String> {
    TEXTS
        .iter()
        .chain(&TAPS)
        .find_map(|(key, path)| words(&message[key], path))
        .or_else(|| flow_reply(&message["interactiveResponseMessage"]))
}

fn words(content: &Value, path: &[&str]) -> Option<String> {
    let found = path.iter().fold(content, |value, step| &value[step]).as_str()?;
    (!found.trim().is_empty()).then(|| found.to_owned())
}

/// The option a native flow names; its parameters are JSON inside a string.
fn flow_reply(content: &Value) -> Option<String> {
    let params = content["nativeFlowResponseMessage"]["paramsJson"].as_str()?;
    let params: Value = serde_json::from_str(params).ok()?;
    words(&params, &["title"]).or_else(|| words(&params, &["id"]))
}

fn present(message: &Value, key: &str) -> bool {
    message.get(key).is_some_and(|content| !content.is_null())
}
