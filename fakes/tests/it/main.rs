//! The fake Evolution server, seen as a real one would be: over HTTP, in both directions.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, Once},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use fakes::evolution::{FakeConfig, FakeEvolution, Faults};
use jiff::Timestamp;
use serde_json::{Value, json};

/// A webhook receiver that keeps what it gets, and answers as told, then 200.
#[derive(Clone, Default)]
struct Receiver {
    got: Arc<Mutex<Vec<(HeaderMap, Value)>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Receiver {
    #[expect(clippy::disallowed_methods, reason = "ends with the test's runtime")]
    async fn listen(&self) -> String {
        async fn take(
            State(receiver): State<Receiver>,
            headers: HeaderMap,
            Json(body): Json<Value>,
        ) -> StatusCode {
            receiver.got.lock().expect("lock").push((headers, body));
            let answer = receiver.answers.lock().expect("lock").pop_front().unwrap_or(200);
            StatusCode::from_u16(answer).expect("a status")
        }
        let router = Router::new().route("/hook", post(take)).with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/hook")
    }

    fn answer(&self, answers: impl IntoIterator<Item = u16>) {
        self.answers.lock().expect("lock").extend(answers);
    }

    fn take(&self) -> Vec<Value> {
        self.got.lock().expect("lock").drain(..).map(|(_, body)| body).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "a client that never leaves the loopback")]
fn http() -> reqwest::Client {
    static RING: Once = Once::new();
    RING.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("the only provider");
    });
    reqwest::Client::builder().no_proxy().build().expect("builds")
}

fn fake() -> FakeEvolution {
    let now: Timestamp = "2026-03-02T09:00:00Z".parse().expect("instant");
    let mut config = FakeConfig::new(http(), move || now);
    config.first_pause = Duration::from_millis(1);
    FakeEvolution::new(config)
}

fn texts(bodies: &[Value]) -> Vec<&str> {
    bodies.iter().filter_map(|body| body["data"]["message"]["conversation"].as_str()).collect()
}

#[tokio::test]
async fn what_a_customer_says_arrives_with_the_headers() {
    let (fake, receiver) = (fake(), Receiver::default());
    fake.add_instance("one", Some(&receiver.listen().await), &[("x-booka-secret", "s3")]);
    let id = fake.customer_says("one", "+55 11 98888-7777", "oi");
    fake.settled().await;
    let (headers, body) = receiver.got.lock().expect("lock").pop().expect("arrived");
    assert_eq!(headers["x-booka-secret"], "s3");
    assert_eq!(body["event"], "messages.upsert");
    assert_eq!(body["data"]["key"]["id"], id.as_str());
    assert_eq!(body["data"]["key"]["remoteJid"], "5511988887777@s.whatsapp.net");
    assert_eq!(body["data"]["messageTimestamp"], 1_772_442_000);
    assert_eq!(body["date_time"], "2026-03-02T06:00:00.000Z"); // local time with a false Z
    assert_eq!(body["apikey"], Value::Null);
}

#[tokio::test]
async fn webhooks_are_retried_unless_the_answer_is_final() {
    let (fake, receiver) = (fake(), Receiver::default());
    fake.add_instance("one", Some(&receiver.listen().await), &[]);
    receiver.answer([500, 503, 429]);
    fake.customer_says("one", "5511988887777", "again");
    fake.settled().await;
    assert_eq!(receiver.take().len(), 4);
    for status in [400, 401, 403, 404, 422] {
        receiver.answer([status]);
        fake.customer_says("one", "5511988887777", "once");
        fake.settled().await;
        assert_eq!(receiver.take().len(), 1, "{status}");
    }
    receiver.answer([500; 20]);
    fake.customer_says("one", "5511988887777", "never");
    fake.settled().await;
    assert_eq!(receiver.take().len(), 10);
}

#[tokio::test]
async fn faults_of_delivery() {
    let (fake, receiver) = (fake(), Receiver::default());
    fake.add_instance("one", Some(&receiver.listen().await), &[]);
    fake.set_faults(Faults { duplicate_deliveries: 2, ..Faults::default() });
    let id = fake.customer_says("one", "5511988887777", "three times");
    fake.settled().await;
    assert_eq!(receiver.take().len(), 3);
    fake.set_faults(Faults { reorder: 3, ..Faults::default() });
    for text in ["a", "b", "c"] {
        fake.customer_says("one", "5511988887777", text);
    }
    fake.settled().await;
    assert_eq!(texts(&receiver.take()), ["c", "b", "a"]);
    fake.set_faults(Faults { lid: true, expose_apikey: true, ..Faults::default() });
    fake.customer_says("one", "5511988887777", "who am I");
    fake.settled().await;
    let body = receiver.take().remove(0);
    assert!(body["data"]["key"]["remoteJid"].as_str().is_some_and(|jid| jid.ends_with("@lid")));
    assert_eq!(body["data"]["key"]["remoteJidAlt"], "5511988887777@s.whatsapp.net");
    assert!(body["apikey"].is_string());
    fake.set_faults(Faults { dead_but_open: true, ..Faults::default() });
    fake.customer_says("one", "5511988887777", "anybody?");
    fake.settled().await;
    assert!(receiver.take().is_empty());
    assert!(fake.redeliver(&id, 2));
    assert!(!fake.redeliver("nothing", 2));
    fake.settled().await;
    assert_eq!(texts(&receiver.take()), ["three times", "three times"]);
}

#[tokio::test]
async fn an_instance_from_birth_to_first_message() {
    let (fake, receiver) = (fake(), Receiver::default());
    let hook = receiver.listen().await;
    let listening = fake.listen().await.expect("listens");
    let http = http();
    let call = async |method: &str, path: &str, key: &str, body: Value| {
        let method = method.parse().expect("a method");
        let request = http.request(method, format!("{}{path}", listening.url()));
        let answer = request.header("apikey", key).json(&body).send().await.expect("answers");
        (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"))
    };
    let global = "fake-global-key";
    let new = json!({ "instanceName": "a b", "integration": "WHATSAPP-BAILEYS" });
    assert_eq!(call("POST", "/instance/create", "wrong", new.clone()).await.0, 401);
    let (status, body) = call("POST", "/instance/create", global, json!({})).await;
    assert_eq!(status, 400);
    assert_eq!(body["error"], "Bad Request");
    assert!(body["response"]["message"].is_array());
    let (status, made) = call("POST", "/instance/create", global, new.clone()).await;
    assert_eq!(status, 201);
    let key = made["hash"].as_str().expect("a key").to_owned();
    assert_eq!(call("POST", "/instance/create", global, new).await.0, 403);

    let webhook = json!({ "webhook": { "enabled": true, "url": hook,
                                       "events": ["SEND_MESSAGE", "MESSAGES_UPDATE"] } });
    assert_eq!(call("POST", "/webhook/set/a%20b", &key, webhook).await.0, 201);
    let (_, found) = call("GET", "/webhook/find/a%20b", &key, Value::Null).await;
    assert_eq!(found["url"], hook.as_str());
    call("GET", "/instance/connect/a%20b", &key, Value::Null).await;
    let (_, state) = call("GET", "/instance/connectionState/a%20b", &key, Value::Null).await;
    assert_eq!(state["instance"]["state"], "open");

    let text = json!({ "number": "5511988887777", "text": "oi" });
    assert_eq!(call("POST", "/message/sendText/a%20b", "wrong", text.clone()).await.0, 401);
    assert_eq!(call("POST", "/message/sendText/nobody", global, text.clone()).await.0, 404);
    let (status, sent) = call("POST", "/message/sendText/a%20b", &key, text).await;
    assert_eq!((status, sent["status"].as_str()), (201, Some("PENDING")));
    let line = fake.ledger("a b").remove(0);
    assert_eq!(sent["key"]["id"], line.id.as_str());
    fake.settled().await;
    let mut events: Vec<_> = receiver
        .take()
        .iter()
        .map(|body| body["data"]["status"].as_str().expect("a status").to_owned())
        .collect();
    events.sort();
    assert_eq!(events, ["DELIVERY_ACK", "PENDING", "SERVER_ACK"]);
    assert_eq!(call("DELETE", "/instance/delete/a%20b", global, Value::Null).await.0, 200);
    assert_eq!(call("GET", "/nothing/here", global, Value::Null).await.0, 404);
}

#[tokio::test]
async fn scripts_pull_the_strings() {
    let (fake, receiver) = (fake(), Receiver::default());
    let listening = fake.listen().await.expect("listens");
    let http = http();
    let post = async |path: &str, body: Value| {
        let request = http.post(format!("{}{path}", listening.url())).json(&body);
        request.send().await.expect("answers")
    };
    let hook = receiver.listen().await;
    post("/fake/instance", json!({ "instance": "demo", "webhook": hook })).await;
    let say = json!({ "instance": "demo", "from": "34600111222", "text": "hola", "id": "A1" });
    let said: Value = post("/fake/say", say).await.json().await.expect("JSON");
    assert_eq!(said["id"], "A1");
    assert_eq!(post("/fake/redeliver", json!({ "id": "A1" })).await.status(), 202);
    let nobody = json!({ "instance": "nobody", "from": "34600111222", "text": "hola" });
    assert_eq!(post("/fake/say", nobody).await.status(), 404);
    fake.settled().await;
    assert_eq!(texts(&receiver.take()), ["hola", "hola"]);
    let faults = json!({ "next_sends": ["refuse_503", { "rate_limited": { "retry_after": 2 } }] });
    assert_eq!(post("/fake/faults", faults).await.status(), 200);
    let url = format!("{}/fake/ledger?instance=demo", listening.url());
    let ledger: Value = http.get(url).send().await.expect("answers").json().await.expect("JSON");
    assert_eq!(ledger, json!({ "messages": [] }));
}
