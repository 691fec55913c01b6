//! What was said can be read, and a conversation given back.

use std::sync::Arc;

use channels::inbox::{self, Assistant};
use pipeline::{TurnContext, TurnWorker};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::world::{World, floor};

/// Somebody new says something through the simulator; returns the conversation's id.
pub(crate) async fn said(world: &World, text: &str) -> String {
    let from = format!("somebody {}", world.ids.next::<kernel::MessageId>(&world.clock));
    let instance = &world.salon.account.instance;
    let body = json!({ "from": from, "text": text });
    world.post(&format!("/simulator/{instance}/messages"), &body).await.ok();
    let mut tx = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    let found = inbox::find_contact(&mut tx, world.salon.account.id, &from).await;
    found.expect("a query").expect("a contact").1.to_string()
}

async fn set(world: &World, id: &str, assistant: Assistant) {
    let id = id.parse().expect("an id");
    let now = kernel::Clock::now(&world.clock);
    let mut tx = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    let state = serde_json::json!({});
    inbox::save_conversation(&mut tx, id, &state, None, assistant, now).await.expect("a change");
    tx.commit().await.expect("a commit");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_conversation_can_be_read(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let id = said(&world, "hi").await;
    let path = format!("/v1/conversations/{id}");
    let waiting = world.get(&format!("{path}/messages")).await.data();
    assert_eq!((waiting.len(), &waiting[0]["status"]), (1, &json!("waiting")));
    assert_eq!((&waiting[0]["direction"], &waiting[0]["text"]), (&json!("inbound"), &json!("hi")));

    let context = TurnContext {
        db: world.db.clone(),
        clock: Arc::new(world.clock.clone()),
        ids: Arc::clone(&world.ids),
        understanding: floor(),
    };
    assert_eq!(TurnWorker::new(context, 1).run_once().await.expect("a turn"), 1);
    let messages = world.get(&format!("{path}/messages")).await.data();
    assert_eq!(messages.len(), 2);
    assert_eq!(
        (&messages[0]["status"], &messages[1]["status"]),
        (&json!("processed"), &json!("pending"))
    );
    assert_eq!(messages[1]["in_reply_to"], messages[0]["message_id"]);
    let turns = world.get(&format!("{path}/turns")).await.data();
    assert_eq!((turns.len(), &turns[0]["message_id"]), (1, &messages[0]["message_id"]));
    let stages = turns[0]["trace"]["stages"].as_array().expect("stages");
    assert!(stages.iter().any(|stage| stage["stage"] == "classify" && stage["ms"].is_number()));

    let listed = world.get("/v1/conversations").await.data();
    assert_eq!((listed.len(), &listed[0]["conversation_id"]), (1, &json!(id)));
    assert_eq!(
        (&listed[0]["channel"], &listed[0]["assistant"]),
        (&json!("simulator"), &json!("active"))
    );
    let one = world.get(&path).await.ok();
    assert_eq!(one["contact"]["address"], listed[0]["address"]);
    assert!(one["dialog_state"].is_object());
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_conversation_is_given_back(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let id = said(&world, "hi").await;
    let path = format!("/v1/conversations/{id}/resume");
    let resume = async || world.send("POST", &path, Some(&world.key), Vec::new()).await;
    assert_eq!(resume().await.ok()["assistant"], "active", "nothing to give back");
    set(&world, &id, Assistant::HandedOver).await;
    assert_eq!(resume().await.ok()["assistant"], "active");
    set(&world, &id, Assistant::OptedOut).await;
    resume().await.problem(409, "opted_out");
    let one: Value = world.get(&format!("/v1/conversations/{id}")).await.ok();
    assert_eq!(one["assistant"], "opted_out");
}
