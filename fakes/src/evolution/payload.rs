//! The JSON a real server emits.

use jiff::Timestamp;
use serde_json::{Value, json};

/// An envelope. `date_time` is São Paulo's wall clock with a false `Z`, as a server there would
/// write it.
pub(super) fn envelope(
    instance: &str,
    event: &str,
    data: &Value,
    url: &str,
    now: Timestamp,
    key: Option<&str>,
) -> Value {
    let wall = now - jiff::SignedDuration::from_hours(3);
    json!({
        "event": event,
        "instance": instance,
        "data": data,
        "destination": url,
        "date_time": wall.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
        "sender": "5511900000000@s.whatsapp.net",
        "server_url": "http://localhost:8080",
        "apikey": key,
    })
}

/// A message object, as webhooks, sends and `findMessages` all show it.
pub(super) fn message(
    key: Value,
    name: &str,
    text: &str,
    status: &str,
    at: Timestamp,
    instance_id: &str,
) -> Value {
    json!({
        "key": key,
        "pushName": name,
        "status": status,
        "message": { "conversation": text },
        "contextInfo": {},
        "messageType": "conversation",
        "messageTimestamp": at.as_second(),
        "instanceId": instance_id,
        "source": if key_is_mine(status) { "unknown" } else { "android" },
    })
}

fn key_is_mine(status: &str) -> bool {
    status == "PENDING"
}

/// A status change of a message of ours.
pub(super) fn update(id: &str, jid: &str, status: &str, instance_id: &str) -> Value {
    json!({
        "messageId": format!("db-{id}"),
        "keyId": id,
        "remoteJid": jid,
        "fromMe": true,
        "participant": null,
        "status": status,
        "instanceId": instance_id,
    })
}

/// The body of every error.
pub(super) fn error(status: u16, error: &str, message: Value) -> Value {
    json!({ "status": status, "error": error, "response": { "message": message } })
}

/// The opaque address that stands for a number.
pub(super) fn lid(digits: &str) -> String {
    format!("9{}@lid", digits.chars().rev().collect::<String>())
}

/// The digits of a number however it is written, or a whole address as it is.
pub(super) fn jid(number: &str) -> String {
    if number.contains('@') {
        number.to_owned()
    } else {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        format!("{digits}@s.whatsapp.net")
    }
}
