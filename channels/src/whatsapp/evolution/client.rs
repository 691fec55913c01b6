//! The client of an Evolution server: send a text, and look for one that may have been sent.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::{Response, StatusCode, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::{
    content::{self, Content},
    payload::timestamp,
};
use crate::{Channel, ChannelAccount, FoundMessage, Outgoing, SendError, Sent};

/// Where the server is and how to be let in.
#[derive(Debug, Clone)]
pub struct EvolutionConfig {
    /// Such as `http://evolution:8080/`. Kept up to its path.
    pub base_url: Url,
    /// The server's global key.
    pub api_key: SecretString,
    /// How long one call may take. Default 15 s.
    pub timeout: Duration,
}

impl EvolutionConfig {
    /// The defaults around an address and a key.
    #[must_use]
    pub const fn new(base_url: Url, api_key: SecretString) -> Self {
        Self { base_url, api_key, timeout: Duration::from_secs(15) }
    }
}

/// Sends WhatsApp messages through an Evolution server.
#[derive(Debug, Clone)]
pub struct EvolutionClient {
    http: reqwest::Client,
    config: EvolutionConfig,
}

/// The longest wait that a `Retry-After` can ask for.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(3600);

/// How much of the server's own words is kept.
const MAX_REASON: usize = 300;

/// Codes of Meta's errors that pass: throttled, temporarily out of order.
const META_TRANSIENT: [i64; 8] = [1, 2, 4, 80007, 130_429, 131_000, 131_016, 131_056];

impl EvolutionClient {
    /// A client that makes its requests with `http`.
    #[must_use]
    pub const fn new(http: reqwest::Client, config: EvolutionConfig) -> Self {
        Self { http, config }
    }

    async fn post(&self, path: [&str; 3], body: &Value) -> Result<Response, SendError> {
        let mut url = self.config.base_url.clone();
        url.path_segments_mut()
            .map_err(|()| SendError::Refused { reason: "the base address has no path".into() })?
            .pop_if_empty()
            .extend(path);
        self.http
            .post(url)
            .header("apikey", self.config.api_key.expose_secret())
            .timeout(self.config.timeout)
            .json(body)
            .send()
            .await
            .map_err(|error| transport(&error))
    }
}

#[async_trait]
impl Channel for EvolutionClient {
    async fn send(
        &self,
        account: &ChannelAccount,
        message: &Outgoing<'_>,
    ) -> Result<Sent, SendError> {
        let body = json!({ "number": message.recipient, "text": message.text });
        let response = self.post(["message", "sendText", &account.instance], &body).await?;
        let body = accepted(response).await?;
        match body["key"]["id"].as_str() {
            Some(id) if !id.is_empty() => Ok(Sent { provider_message_id: id.to_owned() }),
            _ => Err(not_a_message(&body)),
        }
    }

    async fn find_sent(
        &self,
        account: &ChannelAccount,
        message: &Outgoing<'_>,
        since: Timestamp,
    ) -> Result<Vec<FoundMessage>, SendError> {
        let jid = if message.recipient.contains('@') {
            message.recipient.to_owned()
        } else {
            format!("{}@s.whatsapp.net", message.recipient)
        };
        let body = json!({ "where": { "key": { "remoteJid": jid } }, "page": 1, "offset": 100 });
        let response = self.post(["chat", "findMessages", &account.instance], &body).await?;
        let body = accepted(response).await?;
        let records = body.as_array().or_else(|| body["messages"]["records"].as_array());
        let Some(records) = records else {
            return Err(SendError::Unknown { reason: "the answer lists no messages".into() });
        };
        Ok(records
            .iter()
            .filter(|record| is_ours(record, &jid) && says(record, message.text))
            .filter_map(found)
            .filter(|found| found.at >= since)
            .collect())
    }
}

/// Sent from the account to `jid`. The server is not trusted to have filtered.
fn is_ours(record: &Value, jid: &str) -> bool {
    let key = &record["key"];
    key["fromMe"].as_bool() == Some(true)
        && (key["remoteJid"].as_str() == Some(jid) || key["remoteJidAlt"].as_str() == Some(jid))
}

fn says(record: &Value, text: &str) -> bool {
    matches!(content::read(&record["message"]), Content::Text(sent) if sent.trim() == text.trim())
}

fn found(record: &Value) -> Option<FoundMessage> {
    Some(FoundMessage {
        provider_message_id: record["key"]["id"].as_str()?.to_owned(),
        at: timestamp(&record["messageTimestamp"])?,
    })
}

/// The body of a 2xx; anything else is sorted by whether the message may have left.
async fn accepted(response: Response) -> Result<Value, SendError> {
    let status = response.status();
    let retry_after = retry_after(&response);
    // Reading can fail after the server has done its work: whatever it said, we do not know.
    let text = response
        .text()
        .await
        .map_err(|_| SendError::Unknown { reason: "the answer broke off".into() })?;
    if status.is_success() {
        return serde_json::from_str(&text)
            .map_err(|_| SendError::Unknown { reason: "the answer is not JSON".into() });
    }
    let reason = format!("{status}: {}", words(&text));
    Err(match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => SendError::Unauthorized,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            SendError::Unavailable { reason, retry_after }
        }
        StatusCode::REQUEST_TIMEOUT => SendError::Unknown { reason },
        // Evolution answers 400 when its own connection to WhatsApp breaks under the request.
        _ if status.is_client_error() && lost_connection(&text) => SendError::Unknown { reason },
        _ if status.is_client_error() => SendError::Refused { reason },
        _ => SendError::Unknown { reason },
    })
}

fn lost_connection(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("connection closed") || text.contains("timed out")
}

/// A 2xx that holds no message: an error in disguise, or something else altogether.
fn not_a_message(body: &Value) -> SendError {
    let reason = words(&body.to_string());
    let error = if body["error"].is_object() { &body["error"] } else { body };
    match error["code"].as_i64() {
        Some(code) if META_TRANSIENT.contains(&code) => {
            SendError::Unavailable { reason, retry_after: None }
        }
        Some(_) => SendError::Refused { reason },
        None => SendError::Unknown { reason },
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(MAX_RETRY_AFTER))
}

/// A request that failed on the way. Only a connection that was never made is certain.
fn transport(error: &reqwest::Error) -> SendError {
    let reason = if error.is_timeout() { "timeout" } else { "connection lost" }.to_owned();
    if error.is_builder() {
        SendError::Refused { reason: "the request cannot be built".into() }
    } else if error.is_connect() {
        SendError::Unavailable { reason: "cannot connect".into(), retry_after: None }
    } else {
        SendError::Unknown { reason }
    }
}

/// The server's own words, short. They may name a number, so digits are blanked.
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(MAX_REASON)
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect()
}
