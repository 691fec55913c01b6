//! `Idempotency-Key`: what is asked for twice is done once.

use futures::future::join_all;
use jiff::SignedDuration;
use kernel::Clock as _;
use platform::idempotency::{self, Claim};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{TUESDAY_TEN, id},
    world::{Answer, World},
};

const REPLAYED: &str = "idempotency-replayed";

fn wish(world: &World, starts_at: &str) -> Value {
    json!({
        "service_id": world.service("Haircut"),
        "resource_id": world.staff("Ana"),
        "starts_at": starts_at,
    })
}

async fn post(world: &World, path: &str, key: &str, body: &Value) -> Answer {
    world.call_with("POST", path, ("Idempotency-Key", key), body).await
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_same_again_is_the_same_answer(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let body = wish(&world, TUESDAY_TEN);
    let first = post(&world, "/v1/holds", "k1", &body).await;
    assert_eq!((first.status, first.header(REPLAYED)), (201, None));
    world.clock.advance(SignedDuration::from_mins(5));
    let again = post(&world, "/v1/holds", "k1", &body).await;
    assert_eq!((again.status, again.header(REPLAYED)), (201, Some("true")));
    assert_eq!(again.bytes, first.bytes, "to the byte");
    for header in ["location", "etag", "content-type"] {
        assert_eq!(again.header(header), first.header(header), "{header}");
    }
    let held = first.ok();

    // The same answer also when it has gone on since.
    let confirm = format!("/v1/holds/{}/confirm", id(&held));
    let confirmed = post(&world, &confirm, "k1", &Value::Null).await;
    assert_eq!(confirmed.header(REPLAYED), None, "another operation, another key");
    let cancel = format!("/v1/appointments/{}/cancel", id(&held));
    post(&world, &cancel, "k1", &Value::Null).await.ok();
    let again = post(&world, &confirm, "k1", &Value::Null).await;
    assert_eq!((again.status, &again.bytes), (200, &confirmed.bytes));
    assert_eq!(again.ok()["state"], "confirmed");
    let seen = world.call_with("POST", &confirm, ("If-Match", "\"1\""), &Value::Null).await;
    seen.problem(412, "version_conflict");
    assert_eq!(world.get("/v1/appointments").await.data().len(), 1);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_key_stands_for_one_request(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let held = post(&world, "/v1/holds", "k", &wish(&world, TUESDAY_TEN)).await.ok();
    let other = wish(&world, "2026-03-03T11:00:00Z");
    post(&world, "/v1/holds", "k", &other).await.problem(422, "idempotency_key_reused");
    let other = post(&world, "/v1/holds", "other", &other).await.ok();
    let confirm = |hold: &Value| format!("/v1/holds/{}/confirm", id(hold));
    post(&world, &confirm(&held), "k", &Value::Null).await.ok();
    // The same body, of another hold.
    let reused = post(&world, &confirm(&other), "k", &Value::Null).await;
    reused.problem(422, "idempotency_key_reused");
    assert_eq!(world.get("/v1/appointments?state=confirmed").await.data().len(), 1);

    let longest = "~".repeat(255);
    let too_long = "x".repeat(256);
    for wrong in ["", "two words", "caf\u{e9}", &too_long] {
        let answer = post(&world, "/v1/holds", wrong, &wish(&world, TUESDAY_TEN)).await;
        answer.problem(400, "malformed_header");
    }
    let last = wish(&world, "2026-03-04T09:00:00Z");
    assert_eq!(post(&world, "/v1/holds", &longest, &last).await.status, 201);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn twins_at_once_are_done_once(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    // Ten may sit there, so that nothing but the key keeps the twins from booking ten seats.
    let class = crate::desk::service(&world, "Yoga", json!({ "seats": 10 })).await;
    let path = format!("/v1/staff/{}", world.staff("Ana"));
    world.call("PATCH", &path, &json!({ "service_ids": [class] })).await.ok();
    let body = json!({ "service_id": class, "starts_at": TUESDAY_TEN });
    let twins = join_all((0..8).map(|_| post(&world, "/v1/holds", "twin", &body))).await;
    let executed = twins.iter().filter(|twin| twin.header(REPLAYED).is_none()).count();
    assert_eq!(executed, 1);
    for twin in &twins {
        assert_eq!((twin.status, &twin.bytes), (201, &twins[0].bytes));
    }
    assert_eq!(world.get("/v1/appointments").await.data().len(), 1);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn whose_key_it_is(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let colleague = world.with_another_key().await;
    let neighbour = world.neighbour().await;
    let body = wish(&world, TUESDAY_TEN);
    post(&world, "/v1/holds", "k", &body).await.ok();
    // Not replayed: done, and too late.
    post(&colleague, "/v1/holds", "k", &body).await.problem(409, "opening_taken");
    let theirs = post(&neighbour, "/v1/holds", "k", &wish(&neighbour, TUESDAY_TEN)).await;
    assert_eq!((theirs.status, theirs.header(REPLAYED)), (201, None));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_came_to_nothing_can_be_tried_again(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let body = wish(&world, TUESDAY_TEN);
    let rival = world.post("/v1/holds", &body).await.ok();
    post(&world, "/v1/holds", "k", &body).await.problem(409, "opening_taken");
    world.delete(&format!("/v1/holds/{}", id(&rival))).await;
    // The key is free again, for this request as for a corrected one.
    let corrected = wish(&world, "2026-03-03T09:15:00Z");
    let held = post(&world, "/v1/holds", "k", &corrected).await;
    assert_eq!((held.status, held.header(REPLAYED)), (201, None));
}

/// A process that dies while it is at work takes its key with it; whoever waited does the work.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn after_a_crash_the_retry_executes(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let (caller, _) = world.key.rsplit_once('_').expect("a key");
    let request = idempotency::Request {
        caller: caller.trim_start_matches("bk_live_").parse().expect("an id"),
        operation: "POST /v1/holds".to_owned(),
        key: "k".to_owned(),
        fingerprint: [7; 32],
    };
    let mut dying = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    let now = world.clock.now();
    let claim = idempotency::claim(&mut dying, &request, now).await.expect("a claim");
    assert_eq!(claim, Claim::Mine);
    let body = wish(&world, TUESDAY_TEN);
    let (answer, ()) = futures::join!(post(&world, "/v1/holds", "k", &body), async { drop(dying) });
    assert_eq!((answer.status, answer.header(REPLAYED)), (201, None));
}

/// Who waits for a twin for too long is told to come again, not that something is broken.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn waiting_too_long_is_transient(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let mut tx = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    let raise = "DO $$ BEGIN RAISE EXCEPTION 'late' USING ERRCODE = '55P03'; END $$";
    let error = sqlx::query(raise).execute(tx.conn()).await.expect_err("raised");
    assert!(platform::DbError::new(error).is_transient());
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn answers_are_kept_for_a_day(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let body = wish(&world, "2026-03-05T09:00:00Z");
    let first = post(&world, "/v1/holds", "k", &body).await.ok();
    world.clock.advance(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    assert_eq!(post(&world, "/v1/holds", "k", &body).await.ok(), first);
    let old = async |world: &World| {
        let mut router = world.db.router().await.expect("a transaction");
        idempotency::tenants_with_old(&mut router, world.clock.now()).await.expect("tenants")
    };
    assert_eq!(old(&world).await, []);
    world.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(old(&world).await, [world.salon.tenant]);
    let second = post(&world, "/v1/holds", "k", &body).await.ok();
    assert_ne!(second["appointment_id"], first["appointment_id"], "asked anew, swept or not");

    world.clock.advance(SignedDuration::from_hours(24));
    let mut tx = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    assert_eq!(idempotency::sweep(&mut tx, world.clock.now()).await.expect("a sweep"), 1);
    tx.commit().await.expect("a commit");
    assert_eq!(old(&world).await, []);
}
