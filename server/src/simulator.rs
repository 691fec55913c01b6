//! The channel that needs no telephone: messages in and replies out over plain HTTP. Goes through
//! the same inbox, turns and outbox as WhatsApp.

use std::{sync::Arc, time::Duration};

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use channels::{
    ChannelAccount, ChannelKind, InboundKind, InboundMessage, account,
    inbox::{self, Direction, TranscriptLine},
};
use jiff::Timestamp;
use kernel::{Clock, Ids, MessageId};
use platform::Db;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    app::App,
    body::{ApiJson, ApiPath, ApiQuery},
    problem::Problem,
};

/// Longest wait for new messages in one request, in seconds. A service that is told to stop lets
/// requests finish, so this is also how long an open chat page can hold it up.
const LONGEST_WAIT: u64 = 3;

/// How many messages back one may still be unanswered.
const LOOK_BACK: i64 = 50;

/// Most messages in one answer.
const MOST: u32 = 200;

/// How often a waiting request looks again.
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub(crate) fn router() -> Router<App> {
    Router::new().route("/simulator/{instance}/messages", post(say).get(read))
}

/// What somebody says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    /// Who: any name or number, 1 to 100 characters.
    from: String,
    /// What: 1 to 65536 characters.
    text: String,
    /// What they are called.
    #[serde(default)]
    name: Option<String>,
    /// The sender's own id of the message; saying it twice says it once.
    #[serde(default)]
    id: Option<String>,
}

#[derive(Serialize)]
struct Accepted {
    message_id: Option<MessageId>,
    duplicate: bool,
}

async fn say(
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiPath(instance): ApiPath<String>,
    ApiJson(said): ApiJson<Said>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    if said.from.trim().is_empty() || said.from.chars().count() > 100 {
        return Err(Problem::invalid("/from", "must have 1 to 100 characters"));
    }
    if said.text.trim().is_empty() || said.text.chars().count() > 65_536 {
        return Err(Problem::invalid("/text", "must have 1 to 65536 characters"));
    }
    for (pointer, text) in [("/name", &said.name), ("/id", &said.id)] {
        if text.as_ref().is_some_and(|text| text.is_empty() || text.chars().count() > 200) {
            return Err(Problem::invalid(pointer, "must have 1 to 200 characters"));
        }
    }
    let texts = [
        ("/from", Some(&said.from)),
        ("/text", Some(&said.text)),
        ("/name", said.name.as_ref()),
        ("/id", said.id.as_ref()),
    ];
    for (pointer, text) in texts {
        if text.is_some_and(|text| text.contains('\0')) {
            return Err(Problem::invalid(pointer, "must not contain NUL"));
        }
    }
    let account = find(&db, &instance).await?;
    let now = clock.now();
    let provider_message_id = said.id.unwrap_or_else(|| ids.next::<MessageId>(&*clock).to_string());
    let message = InboundMessage {
        payload: json!({ "from": said.from, "text": said.text, "id": provider_message_id }),
        provider_message_id,
        phone: format!("+{}", said.from.trim_start_matches('+')).parse().ok(),
        address: said.from,
        alias: None,
        name: said.name,
        kind: InboundKind::Text,
        body: said.text,
        provider_at: now,
    };
    let mut tx = db.tenant(account.tenant_id).await?;
    let stored = inbox::store(&mut tx, &account, &message, &ids, &*clock).await?;
    tx.commit().await?;
    let (message_id, duplicate) = match stored {
        inbox::Stored::New { message_id, .. } => (Some(message_id), false),
        inbox::Stored::Duplicate => (None, true),
    };
    Ok((StatusCode::ACCEPTED, Json(Accepted { message_id, duplicate })))
}

#[derive(Deserialize)]
struct ReadFrom {
    /// Whose conversation.
    from: String,
    /// Only what came after this.
    #[serde(default)]
    after: i64,
    /// How long to wait for something new, in seconds.
    #[serde(default)]
    wait: u64,
}

#[derive(Serialize)]
struct Messages {
    messages: Vec<MessageView>,
    /// Something said has not been answered yet.
    waiting: bool,
}

#[derive(Serialize)]
struct MessageView {
    seq: i64,
    direction: &'static str,
    text: String,
    at: Timestamp,
    in_reply_to: Option<MessageId>,
}

async fn read(
    State(db): State<Db>,
    ApiPath(instance): ApiPath<String>,
    ApiQuery(query): ApiQuery<ReadFrom>,
) -> Result<Json<Messages>, Problem> {
    if query.from.contains('\0') {
        return Err(Problem::invalid("from", "must not contain NUL"));
    }
    let account = find(&db, &instance).await?;
    let deadline = tokio::time::Instant::now() + Duration::from_secs(query.wait.min(LONGEST_WAIT));
    loop {
        let found = look(&db, &account, &query).await?;
        if !found.messages.is_empty() || tokio::time::Instant::now() >= deadline {
            return Ok(Json(found));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// What is new in the conversation with `from`.
async fn look(db: &Db, account: &ChannelAccount, query: &ReadFrom) -> Result<Messages, Problem> {
    let mut tx = db.tenant(account.tenant_id).await?;
    let Some((_, conversation)) = inbox::find_contact(&mut tx, account.id, &query.from).await?
    else {
        return Ok(Messages { messages: Vec::new(), waiting: false });
    };
    // A little of what came before, because that may still be waiting for its reply.
    let lines =
        inbox::transcript(&mut tx, conversation, query.after.saturating_sub(LOOK_BACK), MOST)
            .await?;
    let waiting = lines.iter().any(|line| !is_settled(line));
    let messages = lines
        .into_iter()
        // A reply is on the phone once it is sent; what follows it waits, so that the caller's
        // `after` never skips it.
        .take_while(|line| is_settled(line) || matches!(line.direction, Direction::Inbound(_)))
        .filter(|line| line.seq > query.after)
        .map(MessageView::from)
        .collect();
    Ok(Messages { messages, waiting })
}

/// Whether a message has been answered, or a reply has been sent; or given up.
fn is_settled(line: &TranscriptLine) -> bool {
    matches!(line.status.as_str(), "processed" | "sent" | "dead")
}

impl From<TranscriptLine> for MessageView {
    fn from(line: TranscriptLine) -> Self {
        let (direction, in_reply_to) = match line.direction {
            Direction::Inbound(_) => ("in", None),
            Direction::Outbound { in_reply_to, .. } => ("out", in_reply_to),
        };
        Self { seq: line.seq, direction, text: line.body, at: line.at, in_reply_to }
    }
}

/// The account of that name on this channel.
async fn find(db: &Db, instance: &str) -> Result<ChannelAccount, Problem> {
    let mut router = db.router().await?;
    account::find(&mut router, ChannelKind::Simulator, instance)
        .await?
        .map(|found| found.account)
        .ok_or_else(|| Problem::not_found("simulator instance"))
}
