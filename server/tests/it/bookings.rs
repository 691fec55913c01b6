//! From an opening to an appointment, and what may become of it.

use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::world::{Answer, World, instant};

/// Asks for a hold.
pub(crate) async fn hold(world: &World, service: &str, staff: &str, starts_at: &str) -> Answer {
    let body = json!({
        "service_id": world.service(service),
        "resource_id": world.staff(staff),
        "starts_at": starts_at,
        "customer": { "name": "Giovanna", "phone": "+34600111222" },
    });
    world.post("/v1/holds", &body).await
}

async fn openings(world: &World, query: &str) -> Vec<Value> {
    let haircut = world.service("Haircut");
    world.get(&format!("/v1/openings?service_id={haircut}&limit=100&{query}")).await.data()
}

async fn confirm(world: &World, hold: &Value) -> Answer {
    let id = hold["appointment_id"].as_str().expect("an id");
    world.send("POST", &format!("/v1/holds/{id}/confirm"), Some(&world.key), Vec::new()).await
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn from_an_opening_to_an_appointment(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let ana = world.staff("Ana").to_string();
    let day = format!("resource_id={ana}&from=2026-03-03&to=2026-03-03");
    let free = openings(&world, &day).await;
    assert_eq!(free[0]["starts_at"], "2026-03-03T09:00:00Z");
    assert_eq!(free[0]["starts_at_local"], "2026-03-03T10:00:00");
    assert_eq!(free[0]["ends_at_local"], "2026-03-03T10:45:00");
    assert_eq!(free[0]["time_zone"], "Europe/Madrid");
    assert_eq!(free[0]["price"], json!({ "amount_minor": 2500, "currency": "EUR" }));

    let answer = hold(&world, "Haircut", "Ana", "2026-03-03T09:00:00Z").await;
    assert_eq!(answer.status, 201);
    let location = answer.headers["location"].to_str().expect("text").to_owned();
    let held = answer.ok();
    assert_eq!(held["state"], "held");
    assert_eq!(held["expires_at"], "2026-03-02T07:10:00Z");
    assert_eq!(held["starts_at_local"], "2026-03-03T10:00:00");
    assert_eq!(held["customer"]["name"], "Giovanna");
    assert_eq!(world.get(&location).await.ok(), held);
    let fewer = openings(&world, &day).await;
    assert!(fewer.iter().all(|opening| opening["starts_at"] != held["starts_at"]));

    let confirmed = confirm(&world, &held).await.ok();
    assert_eq!(confirmed["state"], "confirmed");
    assert_eq!(confirm(&world, &held).await.ok(), confirmed, "a second yes changes nothing");
    let listed = world.get("/v1/appointments?state=confirmed").await.data();
    assert_eq!(listed, std::slice::from_ref(&confirmed));
    assert!(world.get("/v1/appointments?state=held,expired").await.data().is_empty());
    assert!(world.get("/v1/appointments?to=2026-03-02").await.data().is_empty());
    assert_eq!(world.get("/v1/appointments?from=2026-03-03&to=2026-03-03").await.data().len(), 1);
    let id = confirmed["appointment_id"].as_str().expect("an id");
    world.delete(&format!("/v1/holds/{id}")).await.problem(409, "invalid_transition");

    let path = format!("/v1/appointments/{id}/cancel");
    let cancelled = world.post(&path, &json!({ "by": "customer" })).await.ok();
    assert_eq!(
        (&cancelled["state"], &cancelled["cancelled_by"]),
        (&json!("cancelled"), &json!("customer"))
    );
    assert_eq!(openings(&world, &day).await, free, "its time is free again");
    confirm(&world, &held).await.problem(409, "invalid_transition");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_hold_runs_out_or_is_let_go(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let late = hold(&world, "Haircut", "Ana", "2026-03-03T09:00:00Z").await.ok();
    world.clock.advance(SignedDuration::from_mins(10));
    confirm(&world, &late).await.problem(409, "hold_expired");
    let next = hold(&world, "Haircut", "Ana", "2026-03-03T09:00:00Z").await.ok();
    let id = next["appointment_id"].as_str().expect("an id");
    for _ in 0..2 {
        assert_eq!(world.delete(&format!("/v1/holds/{id}")).await.status, 204);
    }
    hold(&world, "Haircut", "Ana", "2026-03-03T09:15:00Z").await.ok();
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_price_that_was_never_promised(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let held = hold(&world, "Haircut", "Ana", "2026-03-03T09:00:00Z").await.ok();
    let path = format!("/v1/holds/{}/confirm", held["appointment_id"].as_str().expect("an id"));
    let wrong = json!({ "expected_price": { "amount_minor": 2400, "currency": "EUR" } });
    world.post(&path, &wrong).await.problem(409, "price_changed");
    let right = json!({ "expected_price": held["price"] });
    assert_eq!(world.post(&path, &right).await.ok()["state"], "confirmed");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_is_not_on_offer_comes_with_what_is(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let reasons = [
        ("2026-03-03T09:07:00Z", "off_step"),
        ("2026-03-03T04:00:00Z", "outside_hours"),
        ("2026-03-02T07:30:00Z", "too_soon"),
        ("2027-03-03T09:00:00Z", "too_far"),
    ];
    for (starts_at, reason) in reasons {
        let problem =
            hold(&world, "Haircut", "Ana", starts_at).await.problem(409, "not_an_opening");
        assert_eq!(problem["reason"], reason);
        let alternatives = problem["alternatives"].as_array().expect("alternatives");
        let expected = if reason == "too_far" { 0 } else { 3 };
        assert_eq!(alternatives.len(), expected, "{starts_at}");
    }
    let problem = hold(&world, "Beard trim", "Ana", "2026-03-03T09:00:00Z").await;
    let problem = problem.problem(409, "not_an_opening");
    assert_eq!(problem["reason"], "not_offered", "Ana trims no beards");
    assert_ne!(problem["alternatives"][0]["resource_id"], world.staff("Ana").to_string());
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn an_appointment_moves(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let held = hold(&world, "Haircut", "Ana", "2026-03-03T09:00:00Z").await.ok();
    let id = held["appointment_id"].as_str().expect("an id").to_owned();
    let path = format!("/v1/appointments/{id}/reschedule");
    let later = json!({ "starts_at": "2026-03-03T09:15:00Z" });
    world.post(&path, &later).await.problem(409, "invalid_transition");
    confirm(&world, &held).await.ok();
    hold(&world, "Haircut", "Ana", "2026-03-03T11:00:00Z").await.ok();

    let moved = world.post(&path, &later).await.ok();
    assert_eq!(
        (&moved["appointment_id"], &moved["reference"]),
        (&held["appointment_id"], &held["reference"])
    );
    assert_eq!(moved["starts_at"], "2026-03-03T09:15:00Z");
    let problem = world.post(&path, &json!({ "starts_at": "2026-03-03T11:00:00Z" })).await;
    let problem = problem.problem(409, "opening_taken");
    let alternatives = problem["alternatives"].as_array().expect("alternatives");
    assert_eq!(alternatives.len(), 3);
    assert_eq!(alternatives[0]["starts_at"], "2026-03-03T11:00:00Z", "somebody else, same time");
    assert_ne!(alternatives[0]["resource_id"], world.staff("Ana").to_string());

    // In two steps: a hold that replaces it, and a yes.
    let body = json!({
        "service_id": world.service("Haircut"),
        "resource_id": world.staff("Bruno"),
        "starts_at": instant("2026-03-04T09:00:00Z"),
        "replaces": id,
    });
    let replacing = world.post("/v1/holds", &body).await.ok();
    assert_eq!(replacing["replaces"], held["appointment_id"]);
    let moved = confirm(&world, &replacing).await.ok();
    assert_eq!(moved["appointment_id"], held["appointment_id"]);
    assert_eq!(moved["resource_id"], world.staff("Bruno").to_string());
    assert_eq!(world.get("/v1/appointments?state=confirmed").await.data(), [moved]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn who_came_is_noted_once_it_has_begun(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let held = hold(&world, "Haircut", "Ana", "2026-03-03T09:00:00Z").await.ok();
    confirm(&world, &held).await.ok();
    let id = held["appointment_id"].as_str().expect("an id");
    let path = format!("/v1/appointments/{id}/attendance");
    let missed = json!({ "attendance": "missed" });

    world.post(&path, &missed).await.wrong("/attendance");
    world.clock.advance(SignedDuration::from_hours(48));
    assert_eq!(world.post(&path, &missed).await.ok()["state"], "no_show");
    // They came after all.
    let came = json!({ "attendance": "came" });
    assert_eq!(world.post(&path, &came).await.ok()["state"], "completed");
    world.post(&path, &missed).await.problem(409, "invalid_transition");
}
