//! What must not become a conversation, and what must not break one.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::process::{Booka, World, until};

/// Stands for no answer at all.
const HUNG_UP: u16 = 0;

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn bad_input_leaves_no_row_where_none_belongs(_: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(&options).await;
    let booka = world.start().await;
    let instance = world.instance().to_owned();
    let secret = world.secret().to_owned();
    let message = |text: &str, id: &str| {
        json!({
            "event": "messages.upsert",
            "instance": instance,
            "data": {
                "key": { "remoteJid": "34600999888@s.whatsapp.net", "fromMe": false, "id": id },
                "pushName": "Eve",
                "message": { "conversation": text },
                "messageType": "conversation",
                "messageTimestamp": 1_760_000_000,
            },
        })
    };

    // Refused before parsing, without a trace: wrong key, no key, unknown instance.
    let body = message("hi", "A").to_string();
    assert_eq!(post(&world, &booka, &instance, Some("wrong"), &body).await.0, 401);
    assert_eq!(post(&world, &booka, &instance, None, &body).await.0, 401);
    assert_eq!(post(&world, &booka, "nobody", Some(&secret), &body).await.0, 401);
    // The body speaks for another instance than the door it came through.
    let mut other = message("hi", "B");
    other["instance"] = "somebody-else".into();
    assert_eq!(post(&world, &booka, &instance, Some(&secret), &other.to_string()).await.0, 401);
    // Not JSON at all: nothing to store, and the sender is told.
    for broken in ["", "{", "not json", "\u{0}", "[1,2,3]"] {
        let (status, problem) = post(&world, &booka, &instance, Some(&secret), broken).await;
        assert_eq!((status, &problem["code"]), (400, &json!("malformed_json")), "{broken:?}");
    }
    // Too large to be a message.
    // The server answers and hangs up without reading it all, so a sender that is still writing may
    // see the hanging up before the answer.
    let huge = "x".repeat(4 * 1024 * 1024);
    let (status, _) = post(&world, &booka, &instance, Some(&secret), &huge).await;
    assert!(matches!(status, 413 | HUNG_UP), "{status}");
    assert_eq!(n_conversations(&world, &booka).await, 0);

    // Authentic, understood, and none of our business: 200, a reason, no row.
    let mut group = message("hi all", "C");
    group["data"]["key"]["remoteJid"] = "120363040000000000@g.us".into();
    let mut own = message("I typed this myself", "D");
    own["data"]["key"]["fromMe"] = true.into();
    let presence = json!({ "event": "presence.update", "instance": instance, "data": {} });
    for ignored in [&group, &own, &presence] {
        let (status, answer) =
            post(&world, &booka, &instance, Some(&secret), &ignored.to_string()).await;
        assert_eq!((status, &answer["stored"]), (200, &json!(0)), "{ignored}");
    }
    assert_eq!(n_conversations(&world, &booka).await, 0);

    // The same as the provider itself sends them.
    let delivered = world.acknowledgements().len();
    world.fake.group_says(&instance, "34600999888", "hi all");
    world.fake.owner_says(&instance, "34600999888", "I typed this myself");
    until(|| world.acknowledgements().len() == delivered + 2).await;
    assert_eq!(world.acknowledgements()[delivered..], [Some(200), Some(200)]);
    assert_eq!(n_conversations(&world, &booka).await, 0);

    // Strange but a message: answered once each, and the service lives.
    let long = "haircut ".repeat(8192);
    for (n, text) in
        [long.as_str(), "🦄🌈✨", "\u{200b}", "\u{0}\u{1}", "'; DROP TABLE tenants; --"]
            .into_iter()
            .enumerate()
    {
        let body = message(text, &format!("E{n}")).to_string();
        let (status, answer) = post(&world, &booka, &instance, Some(&secret), &body).await;
        assert_eq!((status, &answer["stored"]), (200, &json!(1)), "message {n}");
        until(|| world.shown("34600999888").len() == n + 1).await;
    }
    assert_eq!(n_conversations(&world, &booka).await, 1);
    let reply = world.say("34600999888", "hi").await;
    assert!(!reply.is_empty());
}

async fn post(
    world: &World,
    booka: &Booka,
    instance: &str,
    secret: Option<&str>,
    body: &str,
) -> (u16, Value) {
    let mut request = world
        .http
        .post(format!("{}/webhooks/evolution/{instance}", booka.url))
        .header("content-type", "application/json")
        // The server hangs up on a body it will not read; nothing must be sent after it.
        .header("connection", "close")
        .body(body.to_owned());
    if let Some(secret) = secret {
        request = request.header("x-booka-secret", secret);
    }
    let Ok(response) = request.send().await else { return (HUNG_UP, Value::Null) };
    (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
}

async fn n_conversations(world: &World, booka: &Booka) -> usize {
    world.get(booka, "/v1/conversations").await["data"].as_array().expect("data").len()
}
