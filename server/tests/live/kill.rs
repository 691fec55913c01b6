//! A message that was acknowledged is answered, once, and does what it asks, once, whatever is
//! killed when.

use std::time::Duration;

use sqlx::{
    ConnectOptions as _,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    conversation::{between, service, staff},
    process::{Booka, World, now, until},
};

/// How many customers book. Each says three things, and the process is killed after each of them.
const CUSTOMERS: usize = 7;

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn an_acknowledged_message_survives_kill_nine(_: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(&options).await;
    let mut booka = world.start().await;
    let starts = one_opening_a_day(&world, &booka).await;
    let mut kills: u64 = 0;
    for (n, start) in starts.iter().enumerate() {
        let when = format!("{} at {}", start.strftime("%-d %B"), start.strftime("%H:%M"));
        let texts = ["hi".to_owned(), format!("a haircut with Ana on {when}"), "yes".to_owned()];
        for (turn, text) in texts.iter().enumerate() {
            let delivered = world.acknowledgements().len();
            world.fake.customer_says(world.instance(), &phone(n), text);
            until(|| world.acknowledgements()[delivered..].contains(&Some(200))).await;
            // From the very moment of the acknowledgement on, a little later each time: before the
            // turn, within it, while the reply is sent, after.
            tokio::time::sleep(Duration::from_millis(2 * kills)).await;
            booka.kill();
            kills += 1;
            booka = world.start().await;
            until(|| world.shown(&phone(n)).len() > turn).await;
        }
    }
    assert!(kills >= 20);
    // Nothing trickles in late: every message has had its turn and every reply is settled.
    until_settled(&world, &booka).await;
    for n in 0..CUSTOMERS {
        assert_eq!(world.shown(&phone(n)).len(), 3, "replies to {}", phone(n));
    }
    let booked = world.get(&booka, "/v1/appointments?state=confirmed&limit=100").await;
    assert_eq!(booked["data"].as_array().expect("data").len(), CUSTOMERS, "{booked}");
    let all = world.get(&booka, "/v1/appointments?limit=100").await;
    assert_eq!(all["data"].as_array().expect("data").len(), CUSTOMERS, "no hold is left over");
}

/// The database is made to wait with the message in its hands. Whoever has acknowledged it by then
/// has promised what it may not be able to keep; killed there, the provider must still have it.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn nothing_is_acknowledged_before_it_is_stored(_: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(&options).await;
    let booka = world.start().await;
    let address = booka.url.trim_start_matches("http://").to_owned();
    let mut watch = options.connect().await.expect("connect");
    let mut gate = options.connect().await.expect("connect");
    sqlx::raw_sql("BEGIN; LOCK TABLE inbound_messages IN SHARE MODE")
        .execute(&mut gate)
        .await
        .expect("lock");
    world.fake.customer_says(world.instance(), &phone(0), "hi");
    let mut waits = false;
    for _ in 0..2000 {
        waits = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'
               AND query ILIKE '%INSERT INTO inbound_messages%')",
        )
        .fetch_one(&mut watch)
        .await
        .expect("activity");
        if waits {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(waits, "the message never reached the database");
    // Time enough for an answer that waits for nothing to get through.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(world.acknowledgements().is_empty(), "acknowledged before it was stored");
    booka.kill();
    drop(gate);
    let _booka = world.start_on(&address).await;
    until(|| !world.shown(&phone(0)).is_empty()).await;
    assert_eq!(world.shown(&phone(0)).len(), 1);
}

fn phone(n: usize) -> String {
    format!("346001{n:05}")
}

async fn one_opening_a_day(world: &World, booka: &Booka) -> Vec<jiff::civil::DateTime> {
    let haircut = service(world, booka, "Haircut").await;
    let ana = staff(world, booka, "Ana").await;
    let mut starts: Vec<jiff::civil::DateTime> = Vec::new();
    let day = jiff::SignedDuration::from_hours(24);
    for ahead in 1..20 {
        let from = now() + day * ahead;
        for opening in between(world, booka, &haircut, &ana, from, from + day).await {
            let start: jiff::civil::DateTime =
                opening["starts_at_local"].as_str().expect("local").parse().expect("datetime");
            let is_new_day = starts.last().is_none_or(|last| last.date() < start.date());
            if is_new_day && start.hour() >= 13 {
                starts.push(start);
            }
        }
    }
    assert!(starts.len() >= CUSTOMERS, "{starts:?}");
    starts.truncate(CUSTOMERS);
    starts
}

async fn until_settled(world: &World, booka: &Booka) {
    for _ in 0..600 {
        let conversations = world.get(booka, "/v1/conversations?limit=100").await;
        let mut open = 0;
        for conversation in conversations["data"].as_array().expect("data") {
            let id = conversation["conversation_id"].as_str().expect("id");
            let messages = world.get(booka, &format!("/v1/conversations/{id}/messages")).await;
            open += messages["data"]
                .as_array()
                .expect("data")
                .iter()
                .filter(|message| {
                    matches!(message["status"].as_str(), Some("waiting" | "pending" | "sending"))
                })
                .count();
        }
        if open == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("some message never settled");
}
