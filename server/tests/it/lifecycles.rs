//! Each path an appointment can take, with its record.

use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{TUESDAY_TEN, act, book, confirm, contact, hold, id, story},
    world::World,
};

async fn awaiting(world: &World, what: Value) {
    let path = format!("/v1/services/{}", world.service("Haircut"));
    world.call("PATCH", &path, &json!({ "awaits": what })).await.ok();
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn they_come_and_it_is_done(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let held = hold(&world, json!({ "party_size": 1 })).await.ok();
    assert_eq!((&held["state"], &held["awaits"]), (&json!("held"), &json!([])));
    assert_eq!(held["terms"], json!({ "cancel_notice_minutes": 0 }));
    let segment = &held["segments"][0];
    assert_eq!(segment["service_id"], held["service_id"]);
    assert_eq!((&segment["price"], &segment["also"]), (&held["price"], &json!([])));
    assert_eq!(confirm(&world, &held).await.ok()["state"], "confirmed");
    let note =
        async |what: &str| act(&world, &held, "attendance", json!({ "attendance": what })).await;

    note("arrived").await.wrong("/attendance");
    world.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(note("arrived").await.ok()["state"], "arrived");
    assert_eq!(note("not_here").await.ok()["state"], "confirmed");
    assert_eq!(note("arrived").await.ok()["state"], "arrived");
    world.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(note("came").await.ok()["state"], "completed");
    note("missed").await.problem(409, "invalid_transition");
    act(&world, &held, "cancel", json!({})).await.problem(409, "invalid_transition");
    let expected = [
        "held by business",
        "confirmed by business",
        "arrived by business",
        "arrival_undone by business",
        "arrived by business",
        "completed by business",
    ];
    assert_eq!(story(&world, &held).await, expected);
    let first = world.get(&format!("/v1/appointments/{}/events?limit=2", id(&held))).await.ok();
    let next = first["next_cursor"].as_str().expect("more");
    let path = format!("/v1/appointments/{}/events?limit=100&cursor={next}", id(&held));
    assert_eq!(world.get(&path).await.data().len(), 4);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_business_approves(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    awaiting(&world, json!(["approval"])).await;
    let at_the_desk = book(&world, json!({ "starts_at": "2026-03-03T11:00:00Z" })).await;
    assert_eq!(at_the_desk["state"], "confirmed", "who books at the desk has approved");

    let contact = contact(&world).await;
    let held = hold(&world, json!({ "contact_id": contact, "booked_by": "customer" })).await.ok();
    assert_eq!(held["customer"]["contact_id"], contact);
    assert_eq!(held["awaits"], json!(["approval"]));
    act(&world, &held, "approve", Value::Null).await.problem(409, "invalid_transition");
    let path = format!("/v1/holds/{}/confirm", id(&held));
    let pending = world.post(&path, &json!({ "by": "customer" })).await.ok();
    assert_eq!(
        (&pending["state"], &pending["expires_at"]),
        (&json!("pending"), &json!(TUESDAY_TEN))
    );
    hold(&world, json!({})).await.problem(409, "opening_taken");
    let listed = world.get("/v1/appointments?state=pending").await.data();
    assert_eq!(listed, [pending]);

    let approved = act(&world, &held, "approve", Value::Null).await.ok();
    assert_eq!((&approved["state"], &approved["awaits"]), (&json!("confirmed"), &json!([])));
    assert_eq!(act(&world, &held, "approve", Value::Null).await.ok(), approved, "twice is once");
    let expected = ["held by customer", "requested by customer", "confirmed by business"];
    assert_eq!(story(&world, &held).await, expected);
    act(&world, &held, "decline", Value::Null).await.problem(409, "invalid_transition");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_business_declines(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    awaiting(&world, json!(["approval"])).await;
    let pending = book(&world, json!({ "booked_by": "customer" })).await;
    let declined = act(&world, &pending, "decline", Value::Null).await.ok();
    assert_eq!(
        (&declined["state"], &declined["cancelled_by"]),
        (&json!("cancelled"), &json!("business"))
    );
    assert_eq!(act(&world, &pending, "decline", Value::Null).await.ok(), declined);
    act(&world, &pending, "approve", Value::Null).await.problem(409, "invalid_transition");
    let expected = ["held by customer", "requested by business", "declined by business"];
    assert_eq!(story(&world, &pending).await, expected);
    hold(&world, json!({})).await.ok();
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn approval_and_intake_in_either_order(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    awaiting(&world, json!(["intake", "approval"])).await;
    let pending = book(&world, json!({ "booked_by": "customer" })).await;
    assert_eq!(pending["awaits"], json!(["approval", "intake"]));
    let halfway = act(&world, &pending, "intake", json!({ "by": "customer" })).await.ok();
    assert_eq!((&halfway["state"], &halfway["awaits"]), (&json!("pending"), &json!(["approval"])));
    assert_eq!(act(&world, &pending, "approve", Value::Null).await.ok()["state"], "confirmed");
    let expected = [
        "held by customer",
        "requested by business",
        "intake_given by customer",
        "confirmed by business",
    ];
    assert_eq!(story(&world, &pending).await, expected);

    // At the desk only the intake is missing.
    let pending = book(&world, json!({ "starts_at": "2026-03-03T11:00:00Z" })).await;
    assert_eq!((&pending["state"], &pending["awaits"]), (&json!("pending"), &json!(["intake"])));
    let given = act(&world, &pending, "intake", Value::Null).await.ok();
    assert_eq!(given["state"], "confirmed");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_nobody_answers_runs_out(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    awaiting(&world, json!(["approval"])).await;
    let pending = book(&world, json!({ "booked_by": "customer" })).await;
    let held = hold(&world, json!({ "starts_at": "2026-03-03T11:00:00Z" })).await.ok();
    world.clock.advance(SignedDuration::from_mins(10));
    confirm(&world, &held).await.problem(409, "hold_expired");
    act(&world, &held, "cancel", json!({})).await.problem(409, "hold_expired");
    hold(&world, json!({ "starts_at": "2026-03-03T11:00:00Z" })).await.ok();
    assert_eq!(story(&world, &held).await, ["held by business", "expired by system"]);
    world.clock.advance(SignedDuration::from_hours(26));
    act(&world, &pending, "approve", Value::Null).await.problem(409, "hold_expired");
    act(&world, &pending, "decline", Value::Null).await.problem(409, "hold_expired");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn it_moves_by_the_clock_on_the_wall(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let booked = book(&world, json!({})).await;
    let to =
        json!({ "starts_at_local": "2026-03-03T12:15:00", "resource_id": world.staff("Bruno") });
    let moved = act(&world, &booked, "reschedule", to.clone()).await.ok();
    assert_eq!(moved["starts_at"], "2026-03-03T11:15:00Z");
    assert_eq!(moved["segments"][0]["resource_id"], world.staff("Bruno").to_string());
    assert_eq!(act(&world, &booked, "reschedule", to).await.ok(), moved, "it is there already");
    assert_eq!(
        story(&world, &booked).await,
        ["held by business", "confirmed by business", "moved by business"]
    );
    let path = format!("/v1/appointments/{}/events", id(&booked));
    let event = world.get(&path).await.data().pop().expect("a move");
    assert_eq!(event["detail"]["from"]["starts_at"], TUESDAY_TEN);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn two_change_places(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let bruno = world.staff("Bruno").to_string();
    let one = book(&world, json!({})).await;
    let at_noon = json!({ "resource_id": bruno, "starts_at": "2026-03-03T11:00:00Z" });
    let other = book(&world, at_noon).await;
    let swap = |one: &Value, other: &Value| json!({ "appointment_id": one, "with": other });
    let (first, second) = (&one["appointment_id"], &other["appointment_id"]);
    let stale = json!({ "appointment_id": first, "with": second, "with_version": 1 });
    world.post("/v1/appointments/swap", &stale).await.problem(412, "version_conflict");
    world.post("/v1/appointments/swap", &swap(first, first)).await.wrong("/with");

    let answer = world.post("/v1/appointments/swap", &swap(first, second)).await.data();
    assert_eq!((&answer[0]["appointment_id"], &answer[1]["appointment_id"]), (first, second));
    assert_eq!(
        (&answer[0]["starts_at"], &answer[0]["resource_id"]),
        (&other["starts_at"], &other["resource_id"])
    );
    assert_eq!(
        (&answer[1]["starts_at"], &answer[1]["resource_id"]),
        (&one["starts_at"], &one["resource_id"])
    );
    assert_eq!(story(&world, &one).await[2..], ["swapped by business"]);

    // Ana trims no beards, so this one cannot go where she is.
    let beard = json!({ "service_id": world.service("Beard trim"), "resource_id": bruno,
        "starts_at": "2026-03-04T11:00:00Z" });
    let beard = book(&world, beard).await;
    let with_ana = swap(second, &beard["appointment_id"]);
    let problem = world.post("/v1/appointments/swap", &with_ana).await;
    assert_eq!(problem.problem(409, "not_an_opening")["reason"], "not_offered");
    assert_eq!(story(&world, &other).await.len(), 3, "both or neither");
}
