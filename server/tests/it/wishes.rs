//! Openings for a set of constraints, and why a start is none.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{TUESDAY_TEN, book, hold},
    world::World,
};

async fn search(world: &World, wish: Value) -> Vec<Value> {
    let mut wish = wish;
    if wish["items"].is_null() {
        wish["service_id"] = world.service("Haircut").to_string().into();
    }
    world.post("/v1/openings/search", &wish).await.data()
}

fn local(offer: &Value) -> &str {
    offer["opening"]["starts_at_local"].as_str().expect("a time")
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn every_constraint_is_obeyed(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let (haircut, ana, bruno) = (
        world.service("Haircut"),
        world.staff("Ana").to_string(),
        world.staff("Bruno").to_string(),
    );
    let earliest = search(&world, json!({ "order": "earliest", "limit": 1 })).await;
    assert_eq!(
        (local(&earliest[0]), &earliest[0]["why"]),
        ("2026-03-02T10:00:00", &json!("earliest"))
    );

    let items = json!([{ "service_id": haircut, "resource_ids": [ana, bruno] }]);
    let offers = search(
        &world,
        json!({ "items": items, "times_of_day": ["17:00-24:00"], "weekdays": ["wednesday", "friday"],
            "excluded_days": ["2026-03-04"], "not_after": "2026-03-13", "limit": 20 }),
    )
    .await;
    assert!(offers.len() > 3);
    for offer in &offers {
        let (day, time) = local(offer).split_once('T').expect("a day and a time");
        assert!(["2026-03-06", "2026-03-11", "2026-03-13"].contains(&day), "{offer}");
        assert!(time >= "17:00:00", "{offer}");
        let with = &offer["opening"]["resource_id"];
        assert!([&json!(ana), &json!(bruno)].contains(&with), "{offer}");
    }
    let windows = json!([{ "from": "2026-03-05T16:00:00", "until": "2026-03-05T16:30:00" }]);
    let offers = search(&world, json!({ "windows": windows, "limit": 20 })).await;
    assert!(offers.iter().all(|offer| local(offer)[..15] == *"2026-03-05T16:0"
        || local(offer)[..15] == *"2026-03-05T16:1"));
    let near = json!({ "near": "2026-03-10T10:00:00Z", "limit": 1 });
    let near = search(&world, near).await;
    assert_eq!((local(&near[0]), &near[0]["why"]), ("2026-03-10T11:00:00", &json!("nearest")));
    assert!(search(&world, json!({ "weekdays": ["sunday"] })).await.is_empty());
    // An offer can be had.
    let offer = &offers[0]["opening"];
    let wish = json!({ "resource_id": offer["resource_id"], "starts_at": offer["starts_at"] });
    hold(&world, wish).await.ok();

    let windows = json!([{ "from": "2026-03-05T16:00:00", "until": "2026-03-05T16:00:00" }]);
    for (body, pointer) in [
        (json!({}), "/service_id"),
        (json!({ "service_id": haircut, "limit": 21 }), "/limit"),
        (json!({ "service_id": haircut, "times_of_day": ["5pm"] }), "/times_of_day/0"),
        (json!({ "service_id": haircut, "weekdays": ["caturday"] }), "/weekdays/0"),
        (json!({ "service_id": haircut, "windows": windows }), "/windows/0/until"),
        (
            json!({ "service_id": haircut, "not_before": "2026-03-05", "not_after": "2026-03-04" }),
            "/not_after",
        ),
        (
            json!({ "service_id": haircut, "excluded_days": vec!["2026-03-04"; 51] }),
            "/excluded_days",
        ),
    ] {
        world.post("/v1/openings/search", &body).await.wrong(pointer);
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn why_not(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let explain = async |starts_at: &str| {
        let body = json!({ "service_id": world.service("Haircut"),
            "resource_id": world.staff("Ana"), "starts_at": starts_at });
        world.post("/v1/openings/explain", &body).await.ok()
    };
    let offered = explain(TUESDAY_TEN).await;
    assert_eq!((&offered["offered"], &offered["reasons"]), (&json!(true), &json!([])));
    assert_eq!(offered["opening"]["segments"][0]["resource_id"], world.staff("Ana").to_string());

    let booked = book(&world, json!({})).await;
    let busy = explain("2026-03-03T09:15:00Z").await;
    let reason = &busy["reasons"][0];
    assert_eq!((&busy["offered"], &reason["rule"]), (&json!(false), &json!("busy")));
    assert_eq!(reason["appointment_id"], booked["appointment_id"]);
    assert_eq!((&reason["from"], &reason["segment"]), (&booked["ends_at"], &json!(0)));
    assert_eq!(busy["alternatives"].as_array().expect("some").len(), 3);
    // Whoever moves it is not in their own way.
    let moving = json!({ "service_id": world.service("Haircut"), "resource_id": world.staff("Ana"),
        "starts_at": "2026-03-03T09:15:00Z", "moving": booked["appointment_id"] });
    assert_eq!(world.post("/v1/openings/explain", &moving).await.ok()["offered"], true);

    world.call("PUT", "/v1/closures/2026-03-19", &json!({ "name": "San José" })).await.ok();
    let closures = world.get("/v1/closures").await.data();
    assert_eq!(closures, [json!({ "day": "2026-03-19", "name": "San José" })]);
    let cases = [
        ("2026-03-08T10:00:00Z", "day_off", Value::Null),
        ("2026-03-03T13:15:00Z", "on_break", json!("2026-03-03T14:00:00Z")),
        ("2026-03-03T09:50:00Z", "off_step", json!("2026-03-03T10:00:00Z")),
        ("2026-03-19T10:00:00Z", "closed", Value::Null),
        ("2026-03-02T07:30:00Z", "too_soon", json!("2026-03-02T08:00:00Z")),
    ];
    for (starts_at, rule, from) in cases {
        let why = explain(starts_at).await;
        let rules = why["reasons"].as_array().expect("reasons");
        let reason = rules.iter().find(|reason| reason["rule"] == rule);
        let reason = reason.unwrap_or_else(|| panic!("{starts_at}: {why}"));
        if !from.is_null() {
            assert_eq!(reason["from"], from, "{reason}");
        }
        if rule == "closed" {
            assert_eq!(reason["holiday"], "San José");
        }
        // A refusal says the same.
        let refused = hold(&world, json!({ "starts_at": starts_at })).await;
        assert_eq!(refused.problem(409, "not_an_opening")["reasons"], why["reasons"]);
    }
    assert_eq!(world.delete("/v1/closures/2026-03-19").await.status, 204);
    world.delete("/v1/closures/2026-03-19").await.problem(404, "not_found");
    assert_eq!(explain("2026-03-19T10:00:00Z").await["offered"], true);
}
