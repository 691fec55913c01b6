//! Runs `booka` as a process of its own.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use fakes::evolution::{FakeConfig, FakeEvolution, Line, Listening};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::{ConnectOptions as _, postgres::PgConnectOptions};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A database, a stand-in for Evolution, and a seeded salon; Booka itself comes and goes.
pub(crate) struct World {
    database_url: String,
    pub(crate) fake: FakeEvolution,
    evolution: Listening,
    pub(crate) http: reqwest::Client,
    secrets: Value,
    /// Where the processes find the rules of time zones; where the machine has them when `None`.
    pub(crate) zone_rules: Option<PathBuf>,
}

/// A running Booka. Dropping it kills it.
pub(crate) struct Booka {
    child: Child,
    pub(crate) url: String,
}

impl World {
    /// Migrates, seeds the demo salon, and starts the stand-in.
    pub(crate) async fn new(options: &PgConnectOptions) -> Self {
        let database_url = options.to_url_lossy().to_string();
        let http = platform::http::client(Duration::from_secs(30));
        let mut config = FakeConfig::new(http.clone(), now);
        config.first_pause = Duration::from_millis(50);
        let fake = FakeEvolution::new(config);
        let evolution = fake.listen().await.expect("listen");
        let (secrets, zone_rules) = (Value::Null, None);
        let mut world = Self { database_url, fake, evolution, http, secrets, zone_rules };
        let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/salon.toml");
        let output = world.command(&["seed", seed, "--json"]).output().expect("seed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        world.secrets = serde_json::from_slice(&output.stdout).expect("JSON");
        world
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_booka"));
        if let Some(rules) = &self.zone_rules {
            command.env("TZDIR", rules);
        }
        let cache = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.booka/test-cache"));
        command
            .args(arguments)
            .env("DATABASE_URL", &self.database_url)
            .env("BOOKA_CACHE_DIR", cache)
            .env("BOOKA_ENCODER", "heuristic")
            .env("BOOKA_LOG", "json")
            .env("BOOKA_EVOLUTION__BASE_URL", self.evolution.url())
            .env("BOOKA_EVOLUTION__API_KEY", "fake-global-key")
            .env("BOOKA_EVOLUTION__TIMEOUT_SECONDS", "2")
            .env("BOOKA_WORKERS__SETTLE_SECONDS", "1")
            .env("BOOKA_WORKERS__POLL_MS", "200")
            .env("RUST_LOG", "info")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts Booka on a free port and points the stand-in's webhook at it.
    pub(crate) async fn start(&self) -> Booka {
        self.start_on("127.0.0.1:0").await
    }

    /// Starts Booka on this address and points the stand-in's webhook at it.
    pub(crate) async fn start_on(&self, bind: &str) -> Booka {
        let mut command = self.command(&["serve"]);
        let mut child = command.env("BOOKA_HTTP__BIND", bind).spawn().expect("spawn");
        let stderr = child.stderr.take().expect("stderr");
        let (found, address) = tokio::sync::oneshot::channel();
        // Reads the log to its end, so that the process never blocks on a full pipe.
        std::thread::spawn(move || {
            use std::io::BufRead as _;
            let mut found = Some(found);
            let mut log = Vec::new();
            for line in std::io::BufReader::new(stderr).lines().map_while(Result::ok) {
                let entry: Value = serde_json::from_str(&line).unwrap_or_default();
                if entry["message"] == "listening"
                    && let Some(found) = found.take()
                {
                    let _ = found.send(entry["address"].as_str().unwrap_or_default().to_owned());
                }
                log.push(line);
            }
            if found.is_some() {
                panic!("booka ended before it listened:\n{}", log.join("\n"));
            }
        });
        let address = tokio::time::timeout(PATIENCE, address)
            .await
            .expect("booka did not listen in time")
            .expect("booka ended before it listened");
        let url = format!("http://{address}");
        let webhook = format!("{url}/webhooks/evolution/{}", self.instance());
        self.fake.add_instance(
            self.instance(),
            Some(&webhook),
            &[("x-booka-secret", self.secret())],
        );
        Booka { child, url }
    }

    pub(crate) fn instance(&self) -> &str {
        self.secrets["evolution_instance"].as_str().expect("instance")
    }

    pub(crate) fn secret(&self) -> &str {
        self.secrets["evolution_webhook_secret"].as_str().expect("secret")
    }

    /// Any request of the API, as the salon; with a key, so that it may be sent again.
    pub(crate) async fn send(
        &self,
        booka: &str,
        method: reqwest::Method,
        path: &str,
        body: &Value,
        key: Option<&str>,
    ) -> Result<(u16, Value), reqwest::Error> {
        let request = self.http.request(method, format!("{booka}{path}"));
        let request = request.bearer_auth(self.api_key()).json(body);
        let request =
            key.iter().fold(request, |request, key| request.header("Idempotency-Key", *key));
        let response = request.send().await?;
        let status = response.status().as_u16();
        Ok((status, response.json().await.unwrap_or(Value::Null)))
    }

    pub(crate) fn database_url(&self) -> &str {
        &self.database_url
    }

    fn api_key(&self) -> &str {
        self.secrets["api_key"].as_str().expect("key")
    }

    /// `GET` of the API, as the salon.
    pub(crate) async fn get(&self, booka: &Booka, path: &str) -> Value {
        let response = self
            .http
            .get(format!("{}{path}", booka.url))
            .bearer_auth(self.api_key())
            .send()
            .await
            .expect("answer");
        let status = response.status();
        let body: Value = response.json().await.expect("JSON");
        assert!(status.is_success(), "GET {path}: {status} {body}");
        body
    }

    /// Everything that the phone with this number shows from us.
    pub(crate) fn shown(&self, phone: &str) -> Vec<Line> {
        let lines = self.fake.ledger(self.instance());
        lines.into_iter().filter(|line| line.to.starts_with(phone)).collect()
    }

    /// How often a customer's message was delivered to Booka, and answered how.
    pub(crate) fn acknowledgements(&self) -> Vec<Option<u16>> {
        let replies = self.fake.replies().into_iter();
        replies.filter(|reply| reply.event == "messages.upsert").map(|reply| reply.status).collect()
    }

    /// Says something and waits for the one reply to it.
    pub(crate) async fn say(&self, phone: &str, text: &str) -> String {
        let before = self.shown(phone).len();
        self.fake.customer_says(self.instance(), phone, text);
        until(|| self.shown(phone).len() > before).await;
        self.shown(phone).last().expect("a reply").text.clone()
    }
}

impl Booka {
    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        let _ = self.child.kill(); // it may have been killed already
        self.child.wait().expect("wait");
    }

    /// `kill -9`, while others still talk to it.
    pub(crate) fn kill_from_outside(&self) {
        let pid = self.child.id().to_string();
        let done = Command::new("kill").args(["-9", &pid]).status().expect("kill");
        assert!(done.success());
    }
}

impl Drop for Booka {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something is so, looking often.
pub(crate) async fn until(mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "it did not happen in {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "processes of their own share only the real clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
