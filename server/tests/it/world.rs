//! A salon behind the real router, on a clock that stands still.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
};
use jiff::Timestamp;
use kernel::{Ids, MockClock, ResourceId, ServiceId};
use metrics_exporter_prometheus::PrometheusBuilder;
use pipeline::Understanding;
use platform::Db;
use serde_json::Value;
use server::{App, Switches};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use testkit::builders::{self, Business};
use tower::ServiceExt as _;

/// Monday, 2026-03-02, 08:00 in Madrid. The salon is open 10:00–14:00 and 15:00–20:00, Monday to
/// Saturday, and wants an hour's notice.
pub(crate) const NOW: &str = "2026-03-02T07:00:00Z";

pub(crate) struct World {
    pub(crate) router: Router,
    pub(crate) db: Db,
    pub(crate) clock: MockClock,
    pub(crate) ids: Arc<Ids>,
    pub(crate) salon: Business,
    pub(crate) key: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    /// To the byte.
    pub(crate) bytes: Vec<u8>,
}

/// Loaded once a process; a test of the API says nothing to it.
pub(crate) fn floor() -> Understanding {
    static FLOOR: OnceLock<Understanding> = OnceLock::new();
    FLOOR.get_or_init(|| builders::floor().expect("the floor")).clone()
}

impl World {
    pub(crate) async fn open(pool: PgPoolOptions, options: PgConnectOptions) -> Self {
        let db = Db::connect_with(pool, options).await.expect("a database");
        let clock = MockClock::at(NOW.parse().expect("an instant"));
        let ids = Arc::new(Ids::seeded(1));
        let app = App {
            db: db.clone(),
            clock: Arc::new(clock.clone()),
            ids: Arc::clone(&ids),
            understanding: floor(),
            metrics: PrometheusBuilder::new().build_recorder().handle(),
            switches: Switches { simulator: true, timeout: Duration::from_secs(60) },
        };
        let (salon, key) = another(&db, &ids, &clock).await;
        Self { router: server::router(app), db, clock, ids, salon, key }
    }

    /// One more salon behind the same router.
    pub(crate) async fn neighbour(&self) -> Self {
        let (salon, key) = another(&self.db, &self.ids, &self.clock).await;
        Self {
            router: self.router.clone(),
            db: self.db.clone(),
            clock: self.clock.clone(),
            ids: Arc::clone(&self.ids),
            salon,
            key,
        }
    }

    pub(crate) fn service(&self, name: &str) -> ServiceId {
        let found = self.salon.services.iter().find(|(known, _)| known == name);
        found.expect("a service").1
    }

    pub(crate) fn staff(&self, name: &str) -> ResourceId {
        let found = self.salon.staff.iter().find(|(known, _)| known == name);
        found.expect("somebody").1
    }

    /// The same salon through another of its keys.
    pub(crate) async fn with_another_key(&self) -> Self {
        let mut tx = self.db.tenant(self.salon.tenant).await.expect("a transaction");
        let key = tenancy::create_api_key(&mut tx, "other", &self.ids, &self.clock).await;
        tx.commit().await.expect("a commit");
        Self {
            router: self.router.clone(),
            db: self.db.clone(),
            clock: self.clock.clone(),
            ids: Arc::clone(&self.ids),
            salon: self.salon.clone(),
            key: key.expect("a key").secret,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Some(&self.key), Vec::new()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, Some(&self.key), Vec::new()).await
    }

    pub(crate) async fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(method, path, Some(&self.key), body.to_string().into_bytes()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, body).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        key: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let bearer = key.map(|key| format!("Bearer {key}"));
        let headers: Vec<(&str, &str)> =
            bearer.iter().map(|bearer| (header::AUTHORIZATION.as_str(), bearer.as_str())).collect();
        self.send_with(method, path, &headers, body).await
    }

    /// A call with one more header.
    pub(crate) async fn call_with(
        &self,
        method: &str,
        path: &str,
        (name, value): (&str, &str),
        body: &Value,
    ) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        let headers = [(header::AUTHORIZATION.as_str(), bearer.as_str()), (name, value)];
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.send_with(method, path, &headers, body).await
    }

    pub(crate) async fn send_with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: serde_json::from_slice(&body).unwrap_or(Value::Null),
            bytes: body.to_vec(),
        }
    }
}

async fn another(db: &Db, ids: &Ids, clock: &MockClock) -> (Business, String) {
    let salon = builders::salon(db, ids, clock).await.expect("a salon");
    let mut tx = db.tenant(salon.tenant).await.expect("a transaction");
    let key = tenancy::create_api_key(&mut tx, "test", ids, clock).await.expect("a key");
    tx.commit().await.expect("a commit");
    (salon, key.secret)
}

impl Answer {
    /// The body of an answer that must have gone well.
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.body
    }

    /// A header, if it was sent.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }

    /// The rows of a list.
    pub(crate) fn data(self) -> Vec<Value> {
        self.ok()["data"].as_array().expect("data").clone()
    }

    /// The body of an answer that must be this problem.
    pub(crate) fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.body
        );
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(self.body["status"], status, "the body repeats the status");
        for field in ["type", "title", "detail"] {
            let text = self.body[field].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "`{field}` is missing: {}", self.body);
        }
        self.body
    }

    /// Asserts that one field was wrong: this one.
    pub(crate) fn wrong(self, pointer: &str) -> Value {
        let problem = self.problem(422, "invalid_field");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        problem
    }
}

pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}
