//! `booka chat`: a telephone in the terminal. Writes to the simulator over HTTP, as the chat page does.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::{Args, builder::FalseyValueParser};
use jiff::Timestamp;
use kernel::{Ids, PhoneNumber};
use reqwest::{Client, RequestBuilder, StatusCode, Url};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines, Stdin},
    time::{Instant, sleep},
};

use crate::terminal::{self, Style};

/// How long a reply may take before we say so.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long one request waits for something new. Short, because a turn that ends without a reply
/// is noticed only when it returns.
const WAIT_SECONDS: u64 = 2;

/// How long before a server that went away is tried again.
const RETRY_EVERY: Duration = Duration::from_millis(300);

/// Longer than any answer may take, the waiting included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);

const NOBODY: &str = "you";

const MANNERS: &str = "\
In a terminal: type, press Enter; /quit or Ctrl-D leaves. Otherwise every line of standard input is \
one message, sent once the one before was answered, and only the replies go to standard output, with \
an empty line between them. When a reply takes longer than 20 s, the exit status is 1.

  booka chat --as Maria
  printf '%s\\n' 'hi' 'a haircut with Ana tomorrow at 3pm' | booka chat --fresh";

/// Chats with a business as a customer would.
#[derive(Debug, Args)]
#[command(after_help = MANNERS)]
pub(crate) struct ChatArgs {
    /// Where Booka listens
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    url: Url,

    /// The business, by its name on the simulator
    #[arg(long, value_name = "NAME", default_value = "demo")]
    instance: String,

    /// Who writes; the same name continues the same conversation. By default a customer called
    /// "you", who has not said their name
    #[arg(long = "as", value_name = "NAME|PHONE")]
    writer: Option<String>,

    /// Writes as a customer who has not written before; with --as, one of that name
    #[arg(long)]
    fresh: bool,

    /// Prints each reply as one JSON object on a line of its own
    #[arg(long)]
    json: bool,

    /// Prints without colour
    #[arg(long, env = "NO_COLOR", value_parser = FalseyValueParser::new())]
    no_color: bool,
}

/// Runs `booka chat` until the customer leaves.
pub(crate) async fn run(args: ChatArgs) -> anyhow::Result<()> {
    let ids = Ids::from_entropy();
    let customer = Customer::new(args.writer.as_deref(), args.fresh, &ids)?;
    let mut phone = Phone::new(&args.url, &args.instance, customer, ids)?;
    phone.catch_up().await?;
    let stdin = BufReader::new(tokio::io::stdin()).lines();
    if terminal::is_interactive() && terminal::is_screen() && !args.json {
        converse(phone, stdin, Style::new(args.no_color)).await
    } else {
        relay(phone, stdin, args.json).await
    }
}

/// Somebody types.
async fn converse(
    mut phone: Phone,
    mut stdin: Lines<BufReader<Stdin>>,
    style: Style,
) -> anyhow::Result<()> {
    const TYPING: &str = "booka is typing…";
    terminal::line(style.faint(&format!(
        "Writing to {} as {}. /quit leaves.",
        terminal::harmless(&phone.instance),
        terminal::harmless(&phone.customer.from)
    )));
    loop {
        terminal::part(format_args!("{} ", style.faint("you ›")));
        let Some(line) = stdin.next_line().await? else {
            terminal::line("");
            return Ok(());
        };
        let text = line.trim();
        if text == "/quit" {
            return Ok(());
        }
        if text.is_empty() {
            continue;
        }
        terminal::part(style.faint(TYPING));
        let said = phone.say(text).await;
        terminal::part(format_args!("\r{:width$}\r", "", width = TYPING.chars().count()));
        match said {
            Ok(replies) if replies.is_empty() => terminal::line(style.faint("(no reply)")),
            Ok(replies) => {
                for reply in replies {
                    let text = style.message(&reply.text).replace('\n', "\n        ");
                    terminal::line(format_args!("{} {text}", style.name("booka ›")));
                }
            }
            Err(error @ (ChatError::NoReply | ChatError::Refused(_))) => {
                terminal::line(style.faint(&format!("({error})")));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Lines in, replies out.
async fn relay(
    mut phone: Phone,
    mut stdin: Lines<BufReader<Stdin>>,
    json: bool,
) -> anyhow::Result<()> {
    let mut is_first = true;
    while let Some(line) = stdin.next_line().await? {
        let text = line.trim();
        if text == "/quit" {
            break;
        }
        if text.is_empty() {
            continue;
        }
        let replies = phone.say(text).await?;
        if replies.is_empty() {
            terminal::note(format_args!("no reply to: {}", terminal::harmless(text)));
        }
        for reply in replies {
            if json {
                terminal::line(serde_json::to_string(&reply)?);
                continue;
            }
            if !std::mem::take(&mut is_first) {
                terminal::line("");
            }
            terminal::line(terminal::harmless(&reply.text));
        }
    }
    Ok(())
}

/// Who writes.
#[derive(Debug)]
struct Customer {
    /// Their address on the simulator.
    from: String,
    /// What they are called, if they say.
    name: Option<String>,
}

impl Customer {
    fn new(writer: Option<&str>, fresh: bool, ids: &Ids) -> anyhow::Result<Self> {
        let writer = writer.map(str::trim);
        if writer == Some("") {
            bail!("--as needs a name or a phone number");
        }
        let is_phone = writer.is_some_and(|writer| {
            format!("+{}", writer.trim_start_matches('+')).parse::<PhoneNumber>().is_ok()
        });
        if fresh && is_phone {
            bail!("--fresh makes up a new address; leave it out to write from that phone number");
        }
        let address = writer.unwrap_or(NOBODY);
        let from = if fresh {
            let mut suffix = [0; 3];
            ids.fill(&mut suffix);
            format!("{address}-{}", hex::encode(suffix))
        } else {
            address.to_owned()
        };
        Ok(Self { from, name: writer.filter(|_| !is_phone).map(str::to_owned) })
    }
}

/// Why a message was not answered.
#[derive(Debug, thiserror::Error)]
enum ChatError {
    #[error("Booka is not answering at {url}; start it with `make demo`")]
    Away { url: String },
    #[error("Booka refused: {0}")]
    Refused(String),
    #[error("no reply within {} s", PATIENCE.as_secs())]
    NoReply,
}

/// The customer's end of the line.
struct Phone {
    http: Client,
    base: Url,
    messages: Url,
    instance: String,
    customer: Customer,
    ids: Ids,
    /// Up to which message we have read.
    seen: i64,
}

#[derive(Serialize)]
struct Say<'a> {
    from: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    id: &'a str,
}

#[derive(Deserialize)]
struct Accepted {
    /// Absent when an earlier attempt had arrived.
    message_id: Option<String>,
}

#[derive(Deserialize)]
struct Messages {
    messages: Vec<Message>,
    /// Whether something we said is still being worked on.
    waiting: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Message {
    seq: i64,
    direction: Direction,
    text: String,
    at: Timestamp,
    in_reply_to: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    In,
    Out,
}

impl Message {
    fn answers(&self, said: &Accepted) -> bool {
        self.direction == Direction::Out
            && (said.message_id.is_none() || self.in_reply_to == said.message_id)
    }
}

/// The part of a problem document that is for people.
#[derive(Deserialize)]
struct Problem {
    detail: String,
}

impl Phone {
    fn new(base: &Url, instance: &str, customer: Customer, ids: Ids) -> anyhow::Result<Self> {
        let mut messages = base.clone();
        messages
            .path_segments_mut()
            .ok()
            .with_context(|| format!("--url must start with http:// or https://, not {base}"))?
            .pop_if_empty()
            .extend(["simulator", instance, "messages"]);
        Ok(Self {
            http: platform::http::client(REQUEST_TIMEOUT),
            base: base.clone(),
            messages,
            instance: instance.to_owned(),
            customer,
            ids,
            seen: 0,
        })
    }

    /// Skips what was said before we came.
    async fn catch_up(&mut self) -> Result<(), ChatError> {
        loop {
            let page: Messages = self.call(self.read(0)).await?;
            if self.note_seen(&page) == 0 {
                return Ok(());
            }
        }
    }

    /// Says `text` and waits for what comes back; nothing when the turn ended without a reply.
    async fn say(&mut self, text: &str) -> Result<Vec<Message>, ChatError> {
        let deadline = Instant::now() + PATIENCE;
        let mut bits = [0; 16];
        self.ids.fill(&mut bits);
        let id = uuid::Builder::from_random_bytes(bits).into_uuid().to_string();
        let said: Accepted = self.insist(deadline, || self.write(text, &id)).await?;
        let mut replies = Vec::new();
        let mut was_quiet = false;
        loop {
            let page: Messages = self.insist(deadline, || self.read(WAIT_SECONDS)).await?;
            let is_quiet = self.note_seen(&page) == 0 && !page.waiting;
            let is_answered = page.messages.iter().any(|message| message.answers(&said));
            replies.extend(page.messages.into_iter().filter(|m| m.direction == Direction::Out));
            // Quiet once may be the moment between the turn and its reply.
            if is_answered || (is_quiet && was_quiet) {
                return Ok(replies);
            }
            if Instant::now() >= deadline {
                return Err(ChatError::NoReply);
            }
            was_quiet = is_quiet;
        }
    }

    /// Moves on to the end of `page`; returns how many messages it has.
    fn note_seen(&mut self, page: &Messages) -> usize {
        let last = page.messages.iter().map(|message| message.seq).max();
        self.seen = self.seen.max(last.unwrap_or(self.seen));
        page.messages.len()
    }

    fn write(&self, text: &str, id: &str) -> RequestBuilder {
        let Customer { from, name } = &self.customer;
        self.http.post(self.messages.clone()).json(&Say { from, text, name: name.as_deref(), id })
    }

    fn read(&self, wait_seconds: u64) -> RequestBuilder {
        let (after, wait) = (self.seen.to_string(), wait_seconds.to_string());
        self.http.get(self.messages.clone()).query(&[
            ("from", self.customer.from.as_str()),
            ("after", &after),
            ("wait", &wait),
        ])
    }

    /// Calls until somebody answers. Safe for writing too: the message's id makes it one message.
    async fn insist<T: DeserializeOwned>(
        &self,
        deadline: Instant,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<T, ChatError> {
        loop {
            match self.call(request()).await {
                Err(ChatError::Away { .. }) if Instant::now() + RETRY_EVERY < deadline => {
                    sleep(RETRY_EVERY).await;
                }
                result => return result,
            }
        }
    }

    async fn call<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, ChatError> {
        let away = |error: reqwest::Error| {
            tracing::debug!(error = &error as &dyn std::error::Error, "no answer");
            ChatError::Away { url: self.base.to_string() }
        };
        let response = request.send().await.map_err(away)?;
        let status = response.status();
        let body = response.bytes().await.map_err(away)?;
        if status == StatusCode::SERVICE_UNAVAILABLE {
            return Err(ChatError::Away { url: self.base.to_string() });
        }
        if !status.is_success() {
            let problem = serde_json::from_slice::<Problem>(&body);
            return Err(ChatError::Refused(
                problem.map_or_else(|_| status.to_string(), |problem| problem.detail),
            ));
        }
        serde_json::from_slice(&body).map_err(|_| {
            ChatError::Refused(format!("what answers at {} is not Booka's simulator", self.base))
        })
    }
}

#[cfg(test)]
mod tests;
