//! `ETag`, `If-Match`, `If-None-Match`: nobody overwrites what they have not seen.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{hold, id},
    world::World,
};

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_version_is_an_etag(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let answer = hold(&world, json!({})).await;
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let held = answer.ok();
    let path = format!("/v1/appointments/{}", id(&held));
    let shown = world.get(&path).await;
    assert_eq!((shown.header("etag"), &shown.body), (Some("\"1\""), &held));
    let have = async |tag: &str| {
        let answer = world.call_with("GET", &path, ("If-None-Match", tag), &Value::Null).await;
        (answer.status, answer.bytes.is_empty(), answer.header("etag") == Some("\"1\""))
    };
    for known in ["\"1\"", "W/\"1\"", "\"0\", \"1\"", "*"] {
        assert_eq!(have(known).await, (304, true, true), "{known}");
    }
    for other in ["\"2\"", "\"01\"", "\"1x\""] {
        assert_eq!(have(other).await, (200, false, true), "{other}");
    }
    let confirm = format!("/v1/holds/{}/confirm", id(&held));
    let confirmed = world.post(&confirm, &json!({})).await;
    assert_eq!((confirmed.header("etag"), &confirmed.body["version"]), (Some("\"2\""), &json!(2)));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_has_changed_is_not_changed_blindly(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let held = hold(&world, json!({})).await.ok();
    let confirm = format!("/v1/holds/{}/confirm", id(&held));
    let act = async |method: &str, path: &str, tag: &str, body: &Value| {
        world.call_with(method, path, ("If-Match", tag), body).await
    };
    act("POST", &confirm, "\"2\"", &Value::Null).await.problem(412, "version_conflict");
    act("POST", &confirm, "\"1\"", &Value::Null).await.ok();

    let path = |action: &str| format!("/v1/appointments/{}/{action}", id(&held));
    let came = json!({ "attendance": "came" });
    let later = json!({ "starts_at": "2026-03-03T11:00:00Z" });
    let changes = [
        ("POST", path("approve"), Value::Null),
        ("POST", path("decline"), Value::Null),
        ("POST", path("intake"), Value::Null),
        ("POST", path("attendance"), came),
        ("POST", path("reschedule"), later.clone()),
        ("POST", path("cancel"), Value::Null),
        ("POST", confirm, Value::Null),
        ("DELETE", format!("/v1/holds/{}", id(&held)), Value::Null),
    ];
    for (method, path, body) in &changes {
        for stale in ["\"1\"", "\"3\", \"4\"", "W/\"2\"", "\"two\"", "\"99999999999\""] {
            let answer = act(method, path, stale, body).await;
            let problem = answer.problem(412, "version_conflict");
            assert!(problem["detail"].as_str().expect("text").contains("version 2"), "{problem}");
        }
        for malformed in ["2", "\"2", "W/2", "\"1\" \"2\"", "*, \"2\"", ","] {
            act(method, path, malformed, body).await.problem(400, "malformed_header");
        }
    }
    assert_eq!(world.get(&path("events")).await.data().len(), 2, "nothing has happened");
    let moved = act("POST", &path("reschedule"), "\"7\", \"2\"", &later).await;
    assert_eq!(moved.header("etag"), Some("\"3\""));
    moved.ok();
    act("POST", &path("cancel"), "*", &Value::Null).await.ok();
    let nobody = path("cancel").replace(id(&held), "apt_01kemv8n00e9p5v3x2y7r4c6td");
    act("POST", &nobody, "\"1\"", &Value::Null).await.problem(404, "not_found");
}
