//! How a business speaks is its owner's to change, at once, and nobody else's.

use std::sync::Arc;

use pipeline::{EventWorker, TurnContext, TurnWorker};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    conversations::said,
    desk::{act, book},
    world::{World, floor},
};

const TONE: &str = "/v1/tenant/tone";

fn context(world: &World) -> TurnContext {
    TurnContext {
        db: world.db.clone(),
        clock: Arc::new(world.clock.clone()),
        ids: Arc::clone(&world.ids),
        understanding: floor(),
    }
}

/// What is written to somebody, oldest first.
async fn written(world: &World, conversation: &str) -> Vec<String> {
    let path = format!("/v1/conversations/{conversation}/messages");
    let messages = world.get(&path).await.data();
    let ours = messages.iter().filter(|message| message["direction"] == "outbound");
    ours.map(|message| message["text"].as_str().expect("text").to_owned()).collect()
}

/// What somebody new is told who says this.
async fn answered(world: &World, text: &str) -> String {
    let id = said(world, text).await;
    while TurnWorker::new(context(world), 1).run_once().await.expect("a turn") > 0 {}
    written(world, &id).await.pop().expect("an answer")
}

async fn change(world: &World, patch: Value) -> Value {
    world.call("PATCH", TONE, &patch).await.ok()
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_tone_is_shown_and_changed(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let first = world.get(TONE).await;
    assert_eq!(first.header("etag"), Some("\"1\""));
    let first = first.ok();
    assert_eq!((&first["version"], &first["changed"]), (&json!(1), &json!([])));
    assert_eq!(first["tone"]["formality"], "informal");

    let patch = json!({ "warmth": "warm", "sign_off": { "en": "Ana", "es": "Ana" } });
    let second = world.call_with("PATCH", TONE, ("If-Match", "\"1\""), &patch).await;
    assert_eq!(second.header("etag"), Some("\"2\""));
    assert_eq!(second.ok()["changed"], json!(["sign_off", "warmth"]));
    // Somebody who has not seen that changes nothing.
    for stale in ["\"1\"", "W/\"2\"", "\"two\""] {
        let answer = world.call_with("PATCH", TONE, ("If-Match", stale), &patch).await;
        answer.problem(412, "version_conflict");
    }
    // The same again is no other version.
    assert_eq!(change(&world, patch).await["version"], 2);
    let third = change(&world, json!({ "warmth": null, "sign_off": { "es": null } })).await;
    assert_eq!((&third["version"], &third["tone"]["warmth"]), (&json!(3), &json!("neutral")));
    assert_eq!(third["tone"]["sign_off"], json!({ "en": "Ana" }));
    assert_eq!(world.get(TONE).await.ok(), third);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_cannot_be_said_is_named(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    for (patch, pointer) in [
        (json!({ "warmth": "hot" }), "/warmth"),
        (json!({ "formality_in": { "es": "tu" } }), "/formality_in/es"),
        (json!({ "greeting": { "en": 5 } }), "/greeting/en"),
        (json!({ "greeting": { "es": "Ven a www.sol.example" } }), "/greeting/es"),
        (json!({ "greeting": { "es": "*Hola*" } }), "/greeting/es"),
        (json!({ "sign_off": { "en": "20 % off" } }), "/sign_off/en"),
        (json!({ "sign_off": { "en": "See you on Monday" } }), "/sign_off/en"),
        (json!({ "banned_words": ["cheap", "with"] }), "/banned_words/1"),
        (
            json!({ "banned_words": ["dear"], "greeting": { "en": "Hello, my dear" } }),
            "/greeting/en",
        ),
    ] {
        for (method, path) in [("PATCH", TONE), ("POST", "/v1/tenant/tone/preview")] {
            let problem = world.call(method, path, &patch).await.wrong(pointer);
            assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 20));
        }
    }
    world.call("PATCH", TONE, &json!({ "loudness": 11 })).await.problem(422, "invalid_field");
    assert_eq!(world.get(TONE).await.ok()["version"], 1, "nothing was changed");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_preview_changes_nothing(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let before = world.get(TONE).await.ok();
    let draft = json!({ "formality": "formal", "greeting": { "pt": "Seja bem-vinda" } });
    let shown = world.post("/v1/tenant/tone/preview", &draft).await.ok();
    assert_eq!(shown["tone"]["formality"], "formal");
    let samples = shown["samples"].as_array().expect("samples");
    let words = |act: &str, locale: &str| {
        let sample = samples.iter().find(|sample| sample["act"] == act).expect("a sample");
        sample["words"][locale].as_str().expect("words").to_owned()
    };
    assert!(words("greet", "pt").starts_with("Seja bem-vinda\n"));
    let summary = words("summary", "es");
    assert!(summary.ends_with("¿Desea que se lo reserve?"), "{summary}");
    // With what the business really has.
    for part in ["Ana", "15:00", "25,00 €"] {
        assert!(summary.contains(part), "{part} is not in: {summary}");
    }
    assert_eq!(world.get(TONE).await.ok(), before);
    assert_eq!(world.get("/v1/appointments").await.data(), Vec::<Value>::new());
    assert!(!answered(&world, "olá, tudo bem?").await.contains("Seja bem-vinda"));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_next_message_is_in_the_new_tone(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let neighbour = world.neighbour().await;
    assert!(answered(&world, "hello").await.starts_with("Hello! This is the virtual assistant"));
    let greeting = json!({ "en": "Aloha from the salon!", "es": "¡Aloha!", "pt": "Aloha!" });
    change(&world, json!({ "greeting": greeting, "warmth": "warm" })).await;
    let mine = answered(&world, "hello").await;
    assert!(mine.starts_with("Aloha from the salon!\nI'm the virtual assistant of"), "{mine}");

    // Whoever lives next door has their own words, in whatever order things are asked.
    for text in ["hello", "hola, buenos días", "olá, tudo bem?"] {
        let theirs = answered(&neighbour, text).await;
        assert!(!theirs.contains("Aloha"), "{theirs}");
        assert!(answered(&world, text).await.contains("Aloha"), "{text}");
    }
    assert_eq!(neighbour.get(TONE).await.ok()["version"], 1);
    let greeting = json!({ "en": "Howdy!" });
    change(&neighbour, json!({ "greeting": greeting })).await;
    assert!(answered(&neighbour, "hello").await.starts_with("Howdy!\nThis is the virtual"));
    assert!(answered(&world, "hello").await.starts_with("Aloha"));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn notices_are_in_the_tone_too(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let conversation = said(&world, "hello").await;
    let shown = world.get(&format!("/v1/conversations/{conversation}")).await.ok();
    let contact = &shown["contact"]["contact_id"];
    let told = async || {
        let booked = book(&world, json!({ "contact_id": contact })).await;
        act(&world, &booked, "cancel", json!({})).await.ok();
        while EventWorker::new(context(&world)).run_once().await.expect("events") > 0 {}
        written(&world, &conversation).await.pop().expect("a notice")
    };
    let neutral = told().await;
    let sign_off = json!({ "en": "Your salon", "es": "Tu salón" });
    change(&world, json!({ "formality": "formal", "sign_off": sign_off })).await;
    let formal = told().await;
    assert_ne!(neutral, formal);
    assert!(formal.ends_with("\n\nTu salón") || formal.ends_with("\n\nYour salon"), "{formal}");
}

/// A release that knew more fields was here; customers do not have to know.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_tone_that_cannot_be_read_keeps_nobody_waiting(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let world = World::open(pool, options).await;
    let mut tx = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    let unknown = json!({ "loudness": 11 });
    assert_eq!(tenancy::set_tone(&mut tx, &unknown).await.expect("written"), Some(2));
    tx.commit().await.expect("a commit");
    assert!(answered(&world, "hello").await.starts_with("Hello! This is the virtual assistant"));
    world.get(TONE).await.problem(500, "internal");
    // And the owner can put it right.
    let right = change(&world, json!({ "loudness": null, "warmth": "warm" })).await;
    assert_eq!((&right["version"], &right["tone"]["warmth"]), (&json!(3), &json!("warm")));
}
