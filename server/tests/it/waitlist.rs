//! The waitlist through the API.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{conversations, world::World};

/// Somebody new who has written, by their contact's id.
async fn contact(world: &World) -> String {
    let conversation = conversations::said(world, "hello").await;
    let found: kernel::ConversationId = conversation.parse().expect("an id");
    let mut tx = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    let talk = channels::inbox::conversation(&mut tx, found).await.expect("a query");
    talk.expect("a conversation").1.id.to_string()
}

fn wish(world: &World, contact: &str) -> Value {
    json!({
        "contact_id": contact,
        "items": [{ "service_id": world.service("Haircut"), "resource_ids": [world.staff("Ana")] }],
        "weekdays": ["tuesday"],
        "times_of_day": ["17:00-24:00"],
    })
}

/// Puts somebody on the list; returns the entry's id.
pub(crate) async fn join(world: &World) -> String {
    let contact = contact(world).await;
    let entry = world.post("/v1/waitlist", &wish(world, &contact)).await.ok();
    entry["entry_id"].as_str().expect("an id").to_owned()
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn on_the_list_and_off_it(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let who = contact(&world).await;
    let answer = world.post("/v1/waitlist", &wish(&world, &who)).await;
    assert_eq!(answer.status, 201);
    let first = answer.ok();
    assert_eq!((&first["state"], &first["contact_id"]), (&json!("waiting"), &json!(who)));
    assert_eq!(first["weekdays"], json!(["tuesday"]));
    assert_eq!(first["times_of_day"], json!(["17:00-24:00"]));
    let again = world.post("/v1/waitlist", &wish(&world, &who)).await.ok();
    assert_eq!(again["entry_id"], first["entry_id"], "once is enough");
    world.clock.advance(jiff::SignedDuration::from_secs(1));
    let second = join(&world).await;

    let page = world.get("/v1/waitlist?limit=1&state=waiting").await.ok();
    assert_eq!(page["data"][0]["entry_id"], first["entry_id"]);
    let cursor = page["next_cursor"].as_str().expect("there is more");
    let rest = world.get(&format!("/v1/waitlist?limit=1&cursor={cursor}")).await.ok();
    assert_eq!(
        (&rest["data"][0]["entry_id"], &rest["next_cursor"]),
        (&json!(second), &json!(null))
    );

    let path = format!("/v1/waitlist/{second}");
    for _ in 0..2 {
        assert_eq!(world.call("DELETE", &path, &json!({})).await.status, 204);
    }
    let left = world.get("/v1/waitlist?state=withdrawn").await.data();
    assert_eq!((left.len(), &left[0]["entry_id"]), (1, &json!(second)));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_cannot_be_waited_for(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let who = contact(&world).await;
    let with = |field: &str, value: Value| {
        let mut body = wish(&world, &who);
        body[field] = value;
        body
    };
    world.post("/v1/waitlist", &with("items", json!([]))).await.wrong("/items");
    world.post("/v1/waitlist", &with("party_size", json!(0))).await.wrong("/party_size");
    world.post("/v1/waitlist", &with("weekdays", json!(["someday"]))).await.wrong("/weekdays/0");
    let backwards = json!({ "from": "2026-03-05", "until": "2026-03-04" });
    let mut body = wish(&world, &who);
    body.as_object_mut().expect("an object").extend(backwards.as_object().expect("one").clone());
    world.post("/v1/waitlist", &body).await.wrong("/until");
    let nobody = json!("con_01kemv8n00e9p5v3x2y7r4c6ta");
    world.post("/v1/waitlist", &with("contact_id", nobody)).await.problem(404, "not_found");
    world.get("/v1/waitlist?state=lost").await.wrong("state");
}
