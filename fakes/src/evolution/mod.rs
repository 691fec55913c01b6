//! A fake Evolution API v2 server: instances, sent messages, webhooks with retries, and the faults
//! that real ones have.
//!
//! Its ledger is what a customer's phone shows, which is what a test about "sent exactly once" must
//! look at. Tests drive it through [`FakeEvolution`]; scripts through `/fake/*`.

mod control;
mod faults;
mod payload;
mod routes;
mod state;
mod webhook;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use jiff::Timestamp;
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::task::TaskTracker;

pub use faults::{Faults, SendFault};
use state::Server;
pub use state::{Line, Reply};

/// Tells the fake the time.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How the fake behaves when nothing goes wrong.
#[derive(Clone)]
pub struct FakeConfig {
    /// The key that opens everything. Default `fake-global-key`.
    pub global_key: String,
    /// What it delivers webhooks with.
    pub http: reqwest::Client,
    /// What it stamps messages with.
    pub now: Now,
    /// How often a webhook is tried. Default 10, as in the real one.
    pub attempts: u32,
    /// The pause after the first try; doubles, up to 60 times itself. Default 5 s.
    pub first_pause: Duration,
    /// How long a webhook may take. Default 30 s.
    pub webhook_timeout: Duration,
    /// Whether a send is followed by `send.message` and `messages.update`. Default true.
    pub echo: bool,
}

impl FakeConfig {
    /// The defaults, telling the time with `now`.
    pub fn new(http: reqwest::Client, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self {
            global_key: "fake-global-key".to_owned(),
            http,
            now: Arc::new(now),
            attempts: 10,
            first_pause: Duration::from_secs(5),
            webhook_timeout: Duration::from_secs(30),
            echo: true,
        }
    }
}

/// A fake Evolution server. Clones are the same server.
#[derive(Clone)]
pub struct FakeEvolution {
    server: Arc<Server>,
}

/// A listening fake; stops listening when dropped.
pub struct Listening {
    /// Where.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Listening {
    /// The base address, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl FakeEvolution {
    /// A server without instances.
    #[must_use]
    pub fn new(config: FakeConfig) -> Self {
        Self { server: Arc::new(Server::new(config)) }
    }

    /// Its routes, to be served by somebody else: Evolution's own and `/fake/*`.
    pub fn router(&self) -> Router {
        routes::router(Arc::clone(&self.server)).merge(control::router(self.clone()))
    }

    /// Listens on a free port of the loopback interface.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn listen(&self) -> io::Result<Listening> {
        self.listen_on(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Listens on `address`.
    ///
    /// # Errors
    ///
    /// When the address is in use.
    pub async fn listen_on(&self, address: SocketAddr) -> io::Result<Listening> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let router = self.router();
        let task = TaskTracker::new().spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::warn!(%error, "the fake stopped listening");
            }
        });
        Ok(Listening { address, task })
    }

    /// Makes an open instance whose events go to `webhook`, with `headers`.
    pub fn add_instance(&self, name: &str, webhook: Option<&str>, headers: &[(&str, &str)]) {
        self.server.add_instance(name);
        if let Some(url) = webhook {
            let headers = headers.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
            self.server.set_webhook(name, webhook::Target::new(url, headers));
        }
    }

    /// A customer writes. Returns the message's id; the webhook is delivered in the background.
    pub fn customer_says(&self, instance: &str, phone: &str, text: &str) -> String {
        self.says(instance, phone, "Customer", text, None)
    }

    /// A customer who has a name writes, perhaps with an id of the caller's choice.
    pub fn says(
        &self,
        instance: &str,
        phone: &str,
        name: &str,
        text: &str,
        id: Option<&str>,
    ) -> String {
        let data = self.server.customer_message(instance, phone, name, text, id);
        self.server.emit(instance, "messages.upsert", data)
    }

    /// Somebody writes in a group that the instance is in.
    pub fn group_says(&self, instance: &str, phone: &str, text: &str) -> String {
        let mut data = self.server.customer_message(instance, phone, "Customer", text, None);
        data["key"]["participant"] = data["key"]["remoteJid"].take();
        data["key"]["remoteJid"] = "120363040000000000@g.us".into();
        self.server.emit(instance, "messages.upsert", data)
    }

    /// The owner answers from the phone itself.
    pub fn owner_says(&self, instance: &str, phone: &str, text: &str) -> String {
        let mut data = self.server.customer_message(instance, phone, "Owner", text, None);
        data["key"]["fromMe"] = true.into();
        self.server.emit(instance, "messages.upsert", data)
    }

    /// Sends `data` as an event of `instance`, whatever it is.
    pub fn emit(&self, instance: &str, event: &str, data: Value) -> String {
        self.server.emit(instance, event, data)
    }

    /// Sends `body`, exactly, to the webhook of `instance`, once. Returns the status, if there was
    /// an answer.
    pub async fn deliver_raw(&self, instance: &str, body: Vec<u8>) -> Option<u16> {
        let target = self.server.target(instance)?;
        self.server.post(&target, "raw", body).await
    }

    /// Delivers the webhook of a customer's message again. False when there was no such message.
    pub fn redeliver(&self, message_id: &str, times: u32) -> bool {
        self.server.redeliver(message_id, times)
    }

    /// What the phones show: every message that left `instance`, in order.
    #[must_use]
    pub fn ledger(&self, instance: &str) -> Vec<Line> {
        self.server.ledger(instance)
    }

    /// What the webhooks were answered, in order, a try each.
    #[must_use]
    pub fn replies(&self) -> Vec<Reply> {
        self.server.replies()
    }

    /// Replaces the faults.
    pub fn set_faults(&self, faults: Faults) {
        self.server.set_faults(faults);
    }

    /// Makes the next sends fail, one each, in order.
    pub fn fail_next(&self, faults: impl IntoIterator<Item = SendFault>) {
        self.server.fail_next(faults);
    }

    /// How many requests to send a text came in, whatever became of them.
    #[must_use]
    pub fn sends_asked(&self) -> usize {
        self.server.sends_asked()
    }

    /// Waits until every webhook so far has been delivered or given up.
    pub async fn settled(&self) {
        self.server.settled().await;
    }
}
