//! `/fake/*`: the fake's strings, for scripts and demonstrations. No key is asked for.
//!
//! `POST /fake/instance {instance, webhook?, headers?}`, `POST /fake/say {instance, from, text,
//! name?, id?}`, `GET /fake/ledger?instance=`, `POST /fake/faults {…}`, `POST /fake/redeliver {id,
//! times?}`, `POST /fake/deliver {instance, body}`.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{FakeEvolution, Faults};

pub(super) fn router(fake: FakeEvolution) -> Router {
    Router::new()
        .route("/fake/instance", post(instance))
        .route("/fake/say", post(say))
        .route("/fake/ledger", get(ledger))
        .route("/fake/faults", post(faults))
        .route("/fake/redeliver", post(redeliver))
        .route("/fake/deliver", post(deliver))
        .with_state(fake)
}

#[derive(Deserialize)]
struct NewInstance {
    instance: String,
    webhook: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

async fn instance(State(fake): State<FakeEvolution>, Json(new): Json<NewInstance>) -> Json<Value> {
    let headers: Vec<_> = new.headers.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    fake.add_instance(&new.instance, new.webhook.as_deref(), &headers);
    Json(json!({ "instance": new.instance }))
}

#[derive(Deserialize)]
struct Say {
    instance: String,
    from: String,
    text: String,
    #[serde(default = "customer")]
    name: String,
    id: Option<String>,
}

fn customer() -> String {
    "Customer".to_owned()
}

async fn say(
    State(fake): State<FakeEvolution>,
    Json(said): Json<Say>,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    if fake.server.target(&said.instance).is_none() {
        let error = json!({ "error": "no such instance, or it has no webhook" });
        return Err((StatusCode::NOT_FOUND, Json(error)));
    }
    let id = fake.says(&said.instance, &said.from, &said.name, &said.text, said.id.as_deref());
    Ok(Json(json!({ "id": id })))
}

#[derive(Deserialize)]
struct Of {
    instance: String,
}

async fn ledger(State(fake): State<FakeEvolution>, Query(of): Query<Of>) -> Json<Value> {
    Json(json!({ "messages": fake.ledger(&of.instance) }))
}

async fn faults(State(fake): State<FakeEvolution>, Json(faults): Json<Faults>) -> Json<Faults> {
    fake.set_faults(faults.clone());
    Json(faults)
}

#[derive(Deserialize)]
struct Redeliver {
    id: String,
    #[serde(default = "once")]
    times: u32,
}

const fn once() -> u32 {
    1
}

async fn redeliver(State(fake): State<FakeEvolution>, Json(asked): Json<Redeliver>) -> StatusCode {
    if fake.redeliver(&asked.id, asked.times) {
        StatusCode::ACCEPTED
    } else {
        StatusCode::NOT_FOUND
    }
}

#[derive(Deserialize)]
struct Deliver {
    instance: String,
    body: String,
}

async fn deliver(State(fake): State<FakeEvolution>, Json(raw): Json<Deliver>) -> Json<Value> {
    let status = fake.deliver_raw(&raw.instance, raw.body.into_bytes()).await;
    Json(json!({ "status": status }))
}
