//! Once, in order, one worker at a time.

use channels::{
    InboundKind,
    inbox::{self, Assistant, Direction, Stored},
    outbox,
};
use futures::future::join_all;
use jiff::SignedDuration;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::World;

const ANA: &str = "5511988887777";

async fn count(world: &World, table: &'static str) -> i64 {
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let sql = match table {
        "contacts" => "SELECT count(*) FROM contacts",
        "conversations" => "SELECT count(*) FROM conversations",
        _ => "SELECT count(*) FROM inbound_messages",
    };
    sqlx::query_scalar(sql).fetch_one(tx.conn()).await.expect("counts")
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn redelivery_changes_nothing(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let message = world.message(ANA, "A1", "hola");
    let (_, conversation) = world.store_new(&message).await;
    for after in [0, 360, 7 * 24 * 3600] {
        world.advance(after);
        assert_eq!(world.store(&message).await, Stored::Duplicate);
    }
    assert_eq!(count(&world, "inbound_messages").await, 1);
    world.store_new(&world.message(ANA, "A2", "?")).await;
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let lines = inbox::transcript(&mut tx, conversation, 0, 10).await.expect("reads");
    assert_eq!(lines.iter().map(|line| line.seq).collect::<Vec<_>>(), [1, 2]); // no gap
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn concurrent_deliveries_store_one(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let message = world.message(ANA, "A1", "hola");
    let stored = join_all((0..8).map(|_| world.store(&message))).await;
    assert_eq!(stored.iter().filter(|s| **s != Stored::Duplicate).count(), 1);
    assert_eq!(count(&world, "inbound_messages").await, 1);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn ten_first_messages_make_one_conversation(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let messages: Vec<_> = (0..10).map(|n| world.message(ANA, &format!("A{n}"), "hola")).collect();
    let stored = join_all(messages.iter().map(|message| world.store(message))).await;
    assert!(stored.iter().all(|s| *s != Stored::Duplicate));
    assert_eq!(count(&world, "contacts").await, 1);
    assert_eq!(count(&world, "conversations").await, 1);
    assert_eq!(count(&world, "inbound_messages").await, 10);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_providers_time_gives_the_order(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let mut conversation = None;
    for (id, body, age) in [("A3", "tomorrow 3pm", 0), ("A1", "hi", 2), ("A2", "haircut", 1)] {
        let mut message = world.message(ANA, id, body);
        message.provider_at -= SignedDuration::from_secs(age);
        conversation = Some(world.store_new(&message).await.1);
    }
    let conversation = conversation.expect("stored");
    let mut seen = Vec::new();
    loop {
        let mut tx = world.db.tenant(world.tenant).await.expect("tx");
        let row = inbox::claim_next(&mut tx, conversation, world.now()).await.expect("claims");
        let Some(row) = row else { break };
        inbox::mark_processed(&mut tx, row.message_id, world.now()).await.expect("marks");
        tx.commit().await.expect("commits");
        seen.push(row.body);
    }
    assert_eq!(seen, ["hi", "haircut", "tomorrow 3pm"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn one_worker_per_conversation(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let (_, ana) = world.store_new(&world.message(ANA, "A1", "hola")).await;
    let (_, bea) = world.store_new(&world.message("34600111222", "B1", "hola")).await;
    let mut waiting =
        inbox::waiting(&mut world.db.router().await.expect("router"), world.now(), 10)
            .await
            .expect("lists");
    waiting.sort();
    let mut both = vec![(world.tenant, ana), (world.tenant, bea)];
    both.sort();
    assert_eq!(waiting, both);

    let mut first = world.db.tenant(world.tenant).await.expect("tx");
    let mut second = world.db.tenant(world.tenant).await.expect("tx");
    let now = world.now();
    let row = inbox::claim_next(&mut first, ana, now).await.expect("claims").expect("waits");
    assert!(inbox::claim_next(&mut second, ana, now).await.expect("claims").is_none());
    assert!(inbox::claim_next(&mut second, bea, now).await.expect("claims").is_some());
    inbox::mark_processed(&mut first, row.message_id, now).await.expect("marks");
    first.commit().await.expect("commits");
    assert!(inbox::claim_next(&mut second, ana, now).await.expect("claims").is_none());
    assert!(!inbox::mark_processed(&mut second, row.message_id, now).await.expect("marks"));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_retry_is_not_overtaken(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let (first, conversation) = world.store_new(&world.message(ANA, "A1", "one")).await;
    world.advance(1);
    let (second, _) = world.store_new(&world.message(ANA, "A2", "two")).await;

    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    assert_eq!(inbox::begin_attempt(&mut tx, first).await.expect("begins"), Some(1));
    let backoff = SignedDuration::from_secs(30);
    inbox::mark_retry(&mut tx, first, "model away\0", backoff, world.now()).await.expect("marks");
    assert!(inbox::claim_next(&mut tx, conversation, world.now()).await.expect("asks").is_none());
    tx.commit().await.expect("commits");
    let mut router = world.db.router().await.expect("router");
    assert!(inbox::waiting(&mut router, world.now(), 10).await.expect("lists").is_empty());
    drop(router);

    world.advance(30);
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let row = inbox::claim_next(&mut tx, conversation, world.now()).await.expect("asks");
    let row = row.expect("due");
    assert_eq!((row.message_id, row.attempts), (first, 1));
    inbox::mark_dead(&mut tx, first, "poison", world.now()).await.expect("marks");
    let row = inbox::claim_next(&mut tx, conversation, world.now()).await.expect("asks");
    assert_eq!(row.expect("due").message_id, second);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_turn_reads_and_writes_its_conversation(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let (_, conversation) = world.store_new(&world.message(ANA, "A1", "hola")).await;
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let row = inbox::claim_next(&mut tx, conversation, world.now()).await.expect("asks");
    let row = row.expect("due");
    assert!(row.conversation.dialog_state.is_none() && row.conversation.locale.is_none());
    assert_eq!(row.contact.recipient(), ANA);
    assert_eq!(row.contact.name.as_deref(), Some("Giovanna"));
    let state = serde_json::json!({ "v": 1 });
    let locale = Some(kernel::Locale::Es);
    inbox::save_conversation(
        &mut tx,
        conversation,
        &state,
        locale,
        Assistant::HandedOver,
        world.now(),
    )
    .await
    .expect("saves");
    let reply = outbox::NewReply {
        conversation,
        account: world.account.id,
        recipient: ANA.to_owned(),
        in_reply_to: row.message_id,
        body: "¡hola!".to_owned(),
    };
    outbox::enqueue(&mut tx, &reply, &world.ids, &world.clock).await.expect("enqueues");
    let again = outbox::enqueue(&mut tx, &reply, &world.ids, &world.clock).await;
    assert!(matches!(again, Err(outbox::OutboxError::AlreadyReplied(_))));
    inbox::mark_processed(&mut tx, row.message_id, world.now()).await.expect("marks");
    tx.commit().await.expect("commits");

    // Handed over: still stored, and the state is there for the next turn.
    world.advance(1);
    world.store_new(&world.message(ANA, "A2", "¿y?")).await;
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let row = inbox::claim_next(&mut tx, conversation, world.now()).await.expect("asks");
    let row = row.expect("due");
    assert_eq!(row.conversation.dialog_state, Some(state));
    assert_eq!(row.conversation.locale, locale);
    assert_eq!(row.conversation.assistant, Assistant::HandedOver);
    let lines = inbox::transcript(&mut tx, conversation, 0, 10).await.expect("reads");
    let bodies: Vec<_> = lines.iter().map(|line| (line.seq, line.body.as_str())).collect();
    assert_eq!(bodies, [(1, "hola"), (2, "¡hola!"), (3, "¿y?")]);
    assert!(matches!(lines[1].direction, Direction::Outbound { .. }));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn pages_of_conversations_meet(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    for n in 0..5 {
        world.advance(i64::from(n % 2)); // some at the same instant
        let who = format!("3460011122{n}");
        world.store_new(&world.message(&who, &format!("A{n}"), "hola")).await;
    }
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let all = inbox::conversations(&mut tx, None, 10).await.expect("lists");
    let mut paged = Vec::new();
    let mut cursor = None;
    loop {
        let page = inbox::conversations(&mut tx, cursor, 2).await.expect("lists");
        let Some(last) = page.last() else { break };
        cursor = Some(last.cursor());
        paged.extend(page.into_iter().map(|summary| summary.id));
    }
    assert_eq!(paged, all.iter().map(|summary| summary.id).collect::<Vec<_>>());
    assert_eq!(paged.len(), 5);
    assert!(all.is_sorted_by_key(|summary| std::cmp::Reverse(summary.updated_at)));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_person_with_two_addresses_is_one_contact(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let world = World::new(pool, options).await;
    let mut opaque = world.message("77", "A1", "hi");
    opaque.address = "123@lid".to_owned();
    opaque.phone = None;
    let (_, conversation) = world.store_new(&opaque).await;
    let mut linked = world.message(ANA, "A2", "it is me");
    linked.alias = Some("123@lid".to_owned());
    assert_eq!(world.store_new(&linked).await.1, conversation);
    // Another number with the same opaque address is not believed to be the same person.
    let mut conflict = world.message("34600111222", "A3", "and me?");
    conflict.alias = Some("123@lid".to_owned());
    assert_ne!(world.store_new(&conflict).await.1, conversation);
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let (_, contact) =
        inbox::conversation(&mut tx, conversation).await.expect("reads").expect("exists");
    assert_eq!(contact.recipient(), ANA);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn awkward_text_is_stored(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let long = format!("a\0{}", "é".repeat(65_000));
    let raw = serde_json::json!({
        "event": "messages.upsert", "instance": crate::INSTANCE, "apikey": "secret",
        "data": { "key": { "remoteJid": format!("{ANA}@s.whatsapp.net"), "id": "A1" },
                  "pushName": "A\0na", "apikey": "secret", "message": { "conversation": long } },
    });
    let webhook =
        channels::whatsapp::evolution::parse_webhook(raw.to_string().as_bytes(), world.now())
            .expect("parses");
    let channels::Received::Message(message) = &webhook.items[0] else { panic!("a message") };
    assert_eq!(message.kind, InboundKind::Text);
    assert_eq!(message.body.chars().count(), channels::MAX_CHARS);
    let (_, conversation) = world.store_new(message).await;
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let row = inbox::claim_next(&mut tx, conversation, world.now()).await.expect("asks");
    let row = row.expect("due");
    let kept = row.payload["message"]["conversation"].as_str().expect("text");
    assert_eq!(kept.chars().count(), 65_001);
    assert!(!row.payload.to_string().contains("secret"));
}
