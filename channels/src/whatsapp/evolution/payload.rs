//! Evolution's webhook bodies. Lenient by design: what is not understood is ignored with a reason,
//! because a 4xx would make Evolution drop the event for good.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::content::{self, Content};
use crate::{
    Delivery, Echo, EchoSource, InboundKind, InboundMessage, Received, Status,
    text::{MAX_CHARS, clipped, storable},
    whatsapp::{Jid, phone_jid},
};

/// One webhook request.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// Which of the server's numbers it is about. The caller must check that it belongs to the
    /// account whose secret came with the request.
    pub instance: String,
    /// What happened, in dots and lower case: `messages.upsert`.
    pub event: String,
    /// What that means, one entry per message or status.
    pub items: Vec<Received>,
}

/// The body is not one of Evolution's.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// Not JSON, or nested too deeply, or with text that is not Unicode.
    #[error("the webhook body is not JSON")]
    Malformed(#[source] serde_json::Error),
    /// JSON, but without the envelope.
    #[error("the webhook body has no `{0}`")]
    Missing(&'static str),
}

/// The longest id or address that is stored.
const MAX_ID: usize = 200;

/// A message from further ahead than this was stamped by a broken clock.
const MAX_AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Reads a webhook body. `received_at` stands in for a timestamp that is missing or absurd; the
/// envelope's `date_time` is local time with a false `Z` and is never used.
///
/// # Errors
///
/// [`WebhookError`] when it is no envelope at all. An event or a message that is not understood is
/// not an error but [`Received::Ignored`].
pub fn parse_webhook(raw: &[u8], received_at: Timestamp) -> Result<Webhook, WebhookError> {
    let mut envelope: Value = serde_json::from_slice(raw).map_err(WebhookError::Malformed)?;
    let event = envelope["event"].as_str().ok_or(WebhookError::Missing("event"))?;
    let event = clipped(event, MAX_ID).to_lowercase().replace(['-', '_'], ".");
    let instance = envelope["instance"].as_str().ok_or(WebhookError::Missing("instance"))?;
    let instance = clipped(instance, MAX_ID);
    let data = envelope.get_mut("data").map(Value::take).unwrap_or_default();
    let items = match event.as_str() {
        "messages.upsert" => entries(data)
            .into_iter()
            .map(|item| message(item, received_at, EchoSource::Phone))
            .collect(),
        "send.message" => entries(data)
            .into_iter()
            .map(|item| message(item, received_at, EchoSource::Api))
            .collect(),
        "messages.update" => entries(data).iter().map(delivery).collect(),
        _ => vec![ignored(format!("event not handled: {event}"))],
    };
    Ok(Webhook { instance, event, items })
}

/// One object, an array of them, or `{"messages": […]}`.
fn entries(mut data: Value) -> Vec<Value> {
    if let Some(Value::Array(items)) = data.get_mut("messages").map(Value::take) {
        return items;
    }
    match data {
        Value::Array(items) => items,
        other => vec![other],
    }
}

fn ignored(reason: impl Into<String>) -> Received {
    Received::Ignored { reason: reason.into() }
}

fn id(value: &Value) -> Option<String> {
    let id = value.as_str()?;
    (!id.is_empty() && id.chars().count() <= MAX_ID && !id.contains('\0')).then(|| id.to_owned())
}

fn message(item: Value, received_at: Timestamp, source: EchoSource) -> Received {
    let key = &item["key"];
    let Some(provider_message_id) = id(&key["id"]) else {
        return ignored("no message id");
    };
    let who = match Who::read(key) {
        Ok(who) => who,
        Err(reason) => return ignored(reason),
    };
    let at = timestamp(&item["messageTimestamp"])
        .filter(|at| at.duration_since(received_at) <= MAX_AHEAD)
        .unwrap_or(received_at);
    let content = content::read(&item["message"]);
    if key["fromMe"].as_bool() == Some(true) || source == EchoSource::Api {
        return match content {
            Content::Ignored(reason) => ignored(format!("own message: {reason}")),
            Content::Text(text) => {
                let text = clipped(&text, MAX_CHARS);
                Received::Echo(Echo { provider_message_id, address: who.address, text, at, source })
            }
            Content::Unsupported { .. } => Received::Echo(Echo {
                provider_message_id,
                address: who.address,
                text: String::new(),
                at,
                source,
            }),
        };
    }
    let (kind, body) = match content {
        Content::Text(text) => (InboundKind::Text, text),
        Content::Unsupported { what, caption } => {
            (InboundKind::Unsupported { what: what.to_owned() }, caption)
        }
        Content::Ignored(reason) => return ignored(reason),
    };
    let body = clipped(&body, MAX_CHARS);
    let name = item["pushName"].as_str().map(|name| clipped(name.trim(), MAX_ID));
    Received::Message(InboundMessage {
        provider_message_id,
        address: who.address,
        alias: who.alias,
        phone: who.phone,
        name: name.filter(|name| !name.is_empty()),
        kind,
        body,
        provider_at: at,
        payload: storable(item),
    })
}

/// The person at the other end.
struct Who {
    address: String,
    alias: Option<String>,
    phone: Option<kernel::PhoneNumber>,
}

impl Who {
    /// Prefers the phone's address to the opaque one, whichever of the two comes first.
    fn read(key: &Value) -> Result<Self, &'static str> {
        let main = Jid::parse(&id(&key["remoteJid"]).ok_or("no address")?);
        let alt = id(&key["remoteJidAlt"]).map(|jid| Jid::parse(&jid));
        let lid = match &alt {
            Some(Jid::Lid(lid)) => Some(lid.clone()),
            _ => None,
        };
        match (main, alt) {
            (Jid::Other { what }, _) => Err(what),
            (Jid::Phone(phone), _) => {
                Ok(Self { address: phone_jid(&phone), alias: lid, phone: Some(phone) })
            }
            (Jid::Lid(lid), Some(Jid::Phone(phone))) => {
                Ok(Self { address: phone_jid(&phone), alias: Some(lid), phone: Some(phone) })
            }
            (Jid::Lid(lid), _) => Ok(Self { address: lid, alias: None, phone: None }),
        }
    }
}

fn delivery(item: &Value) -> Received {
    let Some(provider_message_id) = id(&item["keyId"]).or_else(|| id(&item["key"]["id"])) else {
        return ignored("no message id");
    };
    let from_me = item["fromMe"].as_bool().or_else(|| item["key"]["fromMe"].as_bool());
    if from_me == Some(false) {
        return ignored("status of another's message");
    }
    let text = item["status"].as_str().or_else(|| item["update"]["status"].as_str());
    let status = match text.map(str::to_ascii_uppercase).as_deref() {
        Some("SERVER_ACK" | "SENT") => Status::Sent,
        Some("DELIVERY_ACK" | "DELIVERED") => Status::Delivered,
        Some("READ" | "PLAYED") => Status::Read,
        Some("ERROR" | "FAILED") => Status::Failed,
        _ => return ignored("status not handled"),
    };
    Received::Delivery(Delivery { provider_message_id, status })
}

/// Seconds since the epoch, as a number, a numeric string or a protobuf `{low, high}`.
/// Milliseconds, which no message of this century could mean as seconds, are recognised.
pub(super) fn timestamp(value: &Value) -> Option<Timestamp> {
    const MILLIS_FROM: i64 = 100_000_000_000;
    let number = match value {
        Value::Number(number) => number.as_i64()?,
        Value::String(text) => text.trim().parse().ok()?,
        Value::Object(long) => {
            let low = long.get("low")?.as_i64()? & 0xffff_ffff;
            let high = long.get("high").and_then(Value::as_i64).unwrap_or(0);
            high.checked_mul(1 << 32)?.checked_add(low)?
        }
        _ => return None,
    };
    if number <= 0 {
        None
    } else if number >= MILLIS_FROM {
        Timestamp::from_millisecond(number).ok()
    } else {
        Timestamp::from_second(number).ok()
    }
}
