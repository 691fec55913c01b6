//! `/fake/*`: the fake's strings, for scripts and demonstrations. No key is asked for.
//!
//! `POST /fake/answers {next?: [..], always?: "..", hostile?: true}`, `POST /fake/faults {next?,
//! every?}`, `GET /fake/requests`.

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{FakeOpenRouter, Faults};

pub(super) fn router(fake: FakeOpenRouter) -> Router {
    Router::new()
        .route("/fake/answers", post(answers))
        .route("/fake/faults", post(faults))
        .route("/fake/requests", get(requests))
        .with_state(fake)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    #[serde(default)]
    next: Vec<String>,
    always: Option<String>,
    #[serde(default)]
    hostile: bool,
}

async fn answers(State(fake): State<FakeOpenRouter>, Json(asked): Json<Answers>) -> Json<Value> {
    fake.answer_next(asked.next);
    if let Some(always) = asked.always {
        fake.answer_always(&always);
    }
    if asked.hostile {
        fake.obey_the_customer();
    }
    Json(json!({ "ok": true }))
}

async fn faults(State(fake): State<FakeOpenRouter>, Json(faults): Json<Faults>) -> Json<Faults> {
    fake.set_faults(faults.clone());
    Json(faults)
}

async fn requests(State(fake): State<FakeOpenRouter>) -> Json<Value> {
    Json(json!({ "requests": fake.requests() }))
}
