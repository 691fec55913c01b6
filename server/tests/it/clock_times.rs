//! Times on the wall: one that never is, one that is twice, one of another place.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{act, book, hold, resource, rules},
    world::{Answer, World},
};

/// Eve works by night.
async fn night(world: &World) -> Value {
    rules(world, json!({ "horizon_days": 300 })).await;
    let eve = json!({ "name": "Eve", "service_ids": [world.service("Haircut")] });
    resource(world, eve, "00:00-24:00").await
}

async fn hold_at(world: &World, eve: &Value, mut when: Value) -> Answer {
    when["service_id"] = world.service("Haircut").to_string().into();
    when["resource_id"] = eve.clone();
    world.post("/v1/holds", &when).await
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_time_that_never_is(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let eve = night(&world).await;
    let gap = json!({ "starts_at_local": "2026-03-29T02:30:00" });
    let problem = hold_at(&world, &eve, gap.clone()).await.problem(422, "no_such_time");
    let neighbours = json!([
        { "starts_at": "2026-03-29T00:30:00Z", "starts_at_local": "2026-03-29T01:30:00",
          "utc_offset": "+01:00" },
        { "starts_at": "2026-03-29T01:30:00Z", "starts_at_local": "2026-03-29T03:30:00",
          "utc_offset": "+02:00" },
    ]);
    assert_eq!(problem["times"], neighbours);
    assert_eq!(problem["errors"][0]["pointer"], "/starts_at_local");
    for time in ["01:30:00+01:00", "03:30:00+02:00"] {
        assert!(problem["detail"].as_str().expect("text").contains(time), "{problem}");
    }
    // Both can be had.
    for near in ["2026-03-29T01:30:00", "2026-03-29T03:30"] {
        hold_at(&world, &eve, json!({ "starts_at_local": near })).await.ok();
    }
    let booked = book(&world, json!({})).await;
    act(&world, &booked, "reschedule", gap.clone()).await.problem(422, "no_such_time");
    let explain = json!({ "service_id": world.service("Haircut"),
        "starts_at_local": gap["starts_at_local"] });
    world.post("/v1/openings/explain", &explain).await.problem(422, "no_such_time");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_time_that_is_twice(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let eve = night(&world).await;
    let fold = |occurrence: Value| json!({ "starts_at_local": "2026-10-25T02:15:00", "occurrence": occurrence });
    let problem = hold_at(&world, &eve, fold(Value::Null)).await.problem(422, "ambiguous_time");
    let times: Vec<_> = problem["times"].as_array().expect("both").iter().collect();
    assert_eq!(
        (&times[0]["occurrence"], &times[0]["utc_offset"]),
        (&json!("first"), &json!("+02:00"))
    );
    assert_eq!(
        (&times[1]["occurrence"], &times[1]["utc_offset"]),
        (&json!("second"), &json!("+01:00"))
    );
    hold_at(&world, &eve, fold(json!("third"))).await.wrong("/occurrence");
    // They are an hour apart, and both can be had.
    let first = hold_at(&world, &eve, fold(json!("first"))).await.ok();
    assert_eq!(first["starts_at"], "2026-10-25T00:15:00Z");
    let second = hold_at(&world, &eve, fold(json!("second"))).await.ok();
    assert_eq!(second["starts_at"], "2026-10-25T01:15:00Z");
    assert_eq!(first["starts_at_local"], second["starts_at_local"]);
    // Where there is one only, it is that one.
    let plain = json!({ "starts_at_local": "2026-10-26T02:15:00", "occurrence": "second" });
    hold_at(&world, &eve, plain).await.ok();
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_clock_elsewhere(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let local = |more: Value| {
        let mut when = json!({ "starts_at": null, "starts_at_local": "2026-03-03T09:00:00" });
        for (field, value) in more.as_object().expect("an object") {
            when[field] = value.clone();
        }
        when
    };
    let canary = hold(&world, local(json!({ "time_zone": "Atlantic/Canary" }))).await.ok();
    assert_eq!(canary["starts_at_local"], "2026-03-03T10:00:00", "an hour later in Madrid");
    let both = local(json!({ "starts_at": "2026-03-03T09:00:00Z" }));
    hold(&world, both).await.wrong("/starts_at_local");
    hold(&world, json!({ "starts_at": null })).await.wrong("/starts_at");
    hold(&world, json!({ "time_zone": "Europe/Madrid" })).await.wrong("/time_zone");
    hold(&world, json!({ "occurrence": "first" })).await.wrong("/occurrence");
    hold(&world, local(json!({ "time_zone": "Mars/Base" }))).await.wrong("/time_zone");
    for wrong in
        ["2026-03-03T09:00:00Z", "2026-03-03T09:00:00+01:00", "2026-03-03", "1969-12-31T10:00"]
    {
        hold(&world, local(json!({ "starts_at_local": wrong }))).await.wrong("/starts_at_local");
    }
}
