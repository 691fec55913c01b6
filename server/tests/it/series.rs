//! Appointments that repeat.

use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{act, book},
    world::World,
};

fn wish(world: &World) -> Value {
    json!({
        "service_id": world.service("Haircut"),
        "resource_id": world.staff("Ana"),
        "starts_at_local": "2026-03-24T10:00:00",
        "every_weeks": 1,
        "times": 3,
        "customer": { "name": "Giovanna" },
    })
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn with_a_date_that_cannot_be_had(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    book(&world, json!({ "starts_at": "2026-03-31T08:00:00Z" })).await;
    let mut body = wish(&world);
    let problem = world.post("/v1/series", &body).await.problem(409, "series_conflict");
    let refused = problem["occurrences"].as_array().expect("dates");
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0]["starts_at_local"], "2026-03-31T10:00:00");
    assert_eq!(refused[0]["reason"], "busy");
    assert_eq!(refused[0]["alternatives"].as_array().expect("some").len(), 3);
    assert_eq!(world.get("/v1/appointments").await.data().len(), 1, "all or nothing");

    body["skip_conflicts"] = true.into();
    let answer = world.post("/v1/series", &body).await;
    let location = answer.header("location").expect("a place").to_owned();
    let series = answer.ok();
    let dates = series["occurrences"].as_array().expect("dates");
    let booked: Vec<bool> = dates.iter().map(|date| date["appointment"].is_object()).collect();
    assert_eq!(booked, [true, false, true]);
    // By the clock on the wall, though summer time begins in between.
    assert_eq!(dates[0]["appointment"]["starts_at"], "2026-03-24T09:00:00Z");
    assert_eq!(dates[2]["appointment"]["starts_at"], "2026-04-07T08:00:00Z");
    let listed = world.get(&location).await.data();
    assert_eq!(listed, [dates[0]["appointment"].clone(), dates[2]["appointment"].clone()]);
    assert!(listed.iter().all(|one| one["series_id"] == series["series_id"]));
    let first = world.get(&format!("{location}?limit=1")).await.ok();
    let next = first["next_cursor"].as_str().expect("more");
    let second = world.get(&format!("{location}?limit=1&cursor={next}")).await.data();
    assert_eq!(second, listed[1..]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_rest_is_called_off(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    world.post("/v1/series/ser_nonsense/cancel", &json!({})).await.problem(422, "invalid_field");
    let mut body = wish(&world);
    for (field, wrong) in [("times", 1), ("times", 105), ("every_weeks", 0), ("every_weeks", 53)] {
        body[field] = wrong.into();
        world.post("/v1/series", &body).await.wrong(&format!("/{field}"));
        body = wish(&world);
    }
    let series = world.post("/v1/series", &body).await.ok();
    let path = format!("/v1/series/{}", series["series_id"].as_str().expect("an id"));
    let first = &series["occurrences"][0]["appointment"];
    world.clock.advance(SignedDuration::from_hours(22 * 24 + 4));
    act(&world, first, "attendance", json!({ "attendance": "came" })).await.ok();
    let from = json!({ "from": "2026-04-01T00:00:00Z" });
    let cancelled = world.post(&format!("{path}/cancel"), &from).await.data();
    assert_eq!(cancelled.len(), 1);
    let cancelled = world.post(&format!("{path}/cancel"), &Value::Null).await.data();
    assert_eq!(cancelled.len(), 1, "the rest of it");
    assert!(world.post(&format!("{path}/cancel"), &json!({})).await.data().is_empty());
    let listed = world.get(&format!("{path}/appointments")).await.data();
    let states: Vec<&Value> = listed.iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["completed", "cancelled", "cancelled"]);
}
