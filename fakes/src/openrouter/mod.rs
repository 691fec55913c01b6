//! A fake OpenRouter: chat completions with prices and usage, scripted answers, a model that does
//! whatever an attacker wrote, and the faults that real ones have. It does not stream.
//!
//! Tests drive it through [`FakeOpenRouter`]; scripts through `/fake/*`.

mod control;
mod faults;
mod routes;
mod state;

use std::{collections::BTreeMap, io, net::SocketAddr, sync::Arc};

use axum::Router;
pub use faults::{Fault, Faults};
use jiff::Timestamp;
use serde_json::Value;
use state::{Mind, Server};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::task::TaskTracker;

/// Tells the fake the time.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What a model costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// A token read, in billionths of a credit.
    pub prompt_nanos: u64,
    /// A token written, in billionths of a credit.
    pub answer_nanos: u64,
}

/// How the fake behaves when nothing goes wrong.
#[derive(Clone)]
pub struct FakeConfig {
    /// The key that opens it. Default `fake-openrouter-key`.
    pub key: String,
    /// The models there are. Default `fake/small` and `fake/backup`.
    pub prices: BTreeMap<String, Price>,
    /// What it stamps answers with.
    pub now: Now,
}

impl FakeConfig {
    /// The defaults, telling the time with `now`.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let prices = [
            ("fake/small".to_owned(), Price { prompt_nanos: 50, answer_nanos: 200 }),
            ("fake/backup".to_owned(), Price { prompt_nanos: 100, answer_nanos: 400 }),
        ];
        Self { key: "fake-openrouter-key".to_owned(), prices: prices.into(), now: Arc::new(now) }
    }
}

/// A fake OpenRouter. Clones are the same server.
#[derive(Clone)]
pub struct FakeOpenRouter {
    server: Arc<Server>,
}

/// A listening fake; stops listening when dropped.
pub struct Listening {
    /// Where.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Listening {
    /// The address that clients are configured with: `http://…/api/v1`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/api/v1", self.address)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl FakeOpenRouter {
    /// A server that knows nothing: it answers `{"intent":"unknown","entities":[]}`.
    #[must_use]
    pub fn new(config: FakeConfig) -> Self {
        Self { server: Arc::new(Server::new(config)) }
    }

    /// Its routes, to be served by somebody else: OpenRouter's own and `/fake/*`.
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

    /// Scripts what the model writes next, one answer each.
    pub fn answer_next(&self, answers: impl IntoIterator<Item = String>) {
        self.server.state().script.extend(answers);
    }

    /// What the model writes from now on, whatever it is asked.
    pub fn answer_always(&self, words: &str) {
        self.server.state().mind = Mind::Always(words.to_owned());
    }

    /// Makes the model do what the customer's text says.
    pub fn obey_the_customer(&self) {
        self.server.state().mind = Mind::Hostile;
    }

    /// Replaces the faults.
    pub fn set_faults(&self, faults: Faults) {
        self.server.state().faults = faults;
    }

    /// Makes the next requests fail, one each, in order.
    pub fn fail_next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.server.state().faults.next.extend(faults.into_iter().map(Some));
    }

    /// Makes every request fail.
    pub fn fail_every(&self, fault: Fault) {
        self.server.state().faults.every = Some(fault);
    }

    /// The bodies of all requests that were let in, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Value> {
        self.server.requests()
    }

    /// What it has charged so far, in billionths of a credit.
    #[must_use]
    pub fn spent_nanos(&self) -> u64 {
        self.server.spent_nanos()
    }
}
