//! What can be booked besides a haircut: add-ons, variations, classes, tables, several services.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{TUESDAY_TEN, book, confirm, hold, resource, service},
    world::World,
};

fn euros(n: i64) -> Value {
    json!({ "amount_minor": n * 100, "currency": "EUR" })
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn with_something_on_top(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let haircut = world.service("Haircut");
    let path = format!("/v1/services/{haircut}/add-ons");
    let body = json!({ "names": { "en": "Olaplex" }, "duration_minutes": 15, "price": euros(10) });
    let answer = world.post(&path, &body).await;
    let location = answer.header("location").expect("a place").to_owned();
    let add_on = answer.ok();
    assert_eq!(world.get(&location).await.ok(), add_on);
    assert_eq!(world.get(&path).await.data(), std::slice::from_ref(&add_on));
    let colour = format!("/v1/services/{}/add-ons", world.service("Colour"));
    assert!(world.get(&colour).await.data().is_empty());
    world
        .get(&location.replace(&haircut.to_string(), &world.service("Colour").to_string()))
        .await
        .problem(404, "not_found");

    let items = json!([{ "service_id": haircut, "resource_id": world.staff("Ana"),
        "add_on_ids": [add_on["add_on_id"]] }]);
    let wish = json!({ "items": items, "starts_at": TUESDAY_TEN });
    let held = world.post("/v1/holds", &wish).await.ok();
    assert_eq!((&held["price"], &held["ends_at"]), (&euros(35), &json!("2026-03-03T10:00:00Z")));
    assert_eq!(held["segments"][0]["add_on_ids"], json!([add_on["add_on_id"]]));
    // What is promised stays; what is asked for next costs more, and then is not there any more.
    world.call("PATCH", &location, &json!({ "price": euros(12) })).await.ok();
    assert_eq!(confirm(&world, &held).await.ok()["price"], euros(35));
    world.call("PATCH", &location, &json!({ "names": { "en": null } })).await.wrong("/names");
    let wrong = json!({ "price": { "amount_minor": 1, "currency": "USD" } });
    world.call("PATCH", &location, &wrong).await.wrong("/price/currency");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_variation_instead_of_its_heading(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let haircut = world.service("Haircut");
    let long = json!({ "variation_of": haircut, "duration_minutes": 60 });
    let long = service(&world, "Long hair", long).await;
    let refused = hold(&world, json!({})).await.wrong("/service_id");
    assert!(refused["detail"].as_str().expect("text").contains("variations"), "{refused}");
    let held = hold(&world, json!({ "service_id": long })).await.ok();
    assert_eq!(held["ends_at"], "2026-03-03T10:00:00Z");
    let path = format!("/v1/services/{}", long.as_str().expect("an id"));
    let shown = world.get(&path).await.ok();
    assert_eq!(shown["variation_of"], haircut.to_string());
    let itself = json!({ "variation_of": long });
    world.call("PATCH", &path, &itself).await.wrong("/variation_of");
    let alone = world.call("PATCH", &path, &json!({ "variation_of": null })).await.ok();
    assert_eq!(alone["variation_of"], Value::Null);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_class_until_its_last_seat(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let yoga = service(&world, "Yoga", json!({ "seats": 3, "duration_minutes": 60 })).await;
    let teacher = json!({ "name": "Tara", "service_ids": [yoga] });
    let teacher = resource(&world, teacher, "10:00-11:00").await;
    let wish = |n: u16| json!({ "service_id": yoga, "resource_id": teacher, "party_size": n });
    let path = format!("/v1/openings?service_id={}&to=2026-03-03", yoga.as_str().expect("an id"));
    let free = async || {
        let openings = world.get(&path).await.data();
        openings
            .iter()
            .find(|one| one["starts_at"] == TUESDAY_TEN)
            .map(|one| one["free_seats"].clone())
    };
    assert_eq!(free().await, Some(json!(3)));
    book(&world, wish(2)).await;
    assert_eq!(free().await, Some(json!(1)));
    let problem = hold(&world, wish(2)).await.problem(409, "opening_taken");
    let reason = &problem["reasons"][0];
    assert_eq!((&reason["rule"], &reason["seats"]), (&json!("session_full"), &json!(1)));
    assert_eq!(problem["alternatives"][0]["starts_at"], "2026-03-02T09:00:00Z", "today");
    let last = hold(&world, wish(1)).await.ok();
    assert_eq!(free().await, None, "the last seat is held");
    hold(&world, wish(1)).await.problem(409, "opening_taken");
    world.delete(&format!("/v1/holds/{}", last["appointment_id"].as_str().expect("id"))).await;
    hold(&world, wish(1)).await.ok();
    hold(&world, wish(0)).await.wrong("/party_size");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_table_for_the_party(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let dinner = service(&world, "Dinner", json!({ "duration_minutes": 120 })).await;
    let table = |name: &str, min: u16, max: u16| {
        json!({ "kind": "table", "name": name, "service_ids": [dinner], "min_party": min,
            "max_party": max })
    };
    let small = resource(&world, table("Small", 1, 2), "20:00-02:00").await;
    let large = resource(&world, table("Large", 3, 6), "20:00-02:00").await;
    let wish = |n: u16, at: &str| json!({ "service_id": dinner, "resource_id": null, "party_size": n, "starts_at": at });
    let nine = "2026-03-03T20:00:00Z";
    let four = book(&world, wish(4, nine)).await;
    assert_eq!((&four["resource_id"], &four["party_size"]), (&large, &json!(4)));
    let two = book(&world, wish(2, nine)).await;
    assert_eq!(two["resource_id"], small);
    let seven = hold(&world, wish(7, nine)).await.problem(409, "not_an_opening");
    assert_eq!(seven["reason"], "too_small");
    let another = hold(&world, wish(3, nine)).await.problem(409, "opening_taken");
    assert_eq!(another["reasons"][0]["appointment_id"], four["appointment_id"]);
    // Past midnight is still the same evening.
    let late = hold(&world, wish(3, "2026-03-03T23:00:00Z")).await.ok();
    assert_eq!(late["ends_at_local"], "2026-03-04T02:00:00");
    let path = format!("/v1/staff/{}", large.as_str().expect("an id"));
    let shown = world.get(&path).await.ok();
    assert_eq!((&shown["kind"], &shown["max_party"]), (&json!("table"), &json!(6)));
    let hours = world.get(&format!("{path}/hours")).await.ok();
    assert_eq!(hours["week"]["monday"], json!(["20:00-02:00"]));
    world.call("PATCH", &path, &json!({ "max_party": 2 })).await.wrong("/max_party");
    world.call("PATCH", &path, &json!({ "capacity": 0 })).await.wrong("/capacity");
    world.call("PATCH", &path, &json!({ "max_per_week": 2001 })).await.wrong("/max_per_week");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn several_services_and_a_room(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let massage = service(&world, "Massage", json!({ "needs": ["room"] })).await;
    let (ana, bruno) = (world.staff("Ana"), world.staff("Bruno"));
    let haircut = world.service("Haircut");
    for staff in [ana, bruno] {
        let does = json!({ "service_ids": [haircut, massage] });
        world.call("PATCH", &format!("/v1/staff/{staff}"), &does).await.ok();
    }
    let room = json!({ "kind": "room", "name": "Blue room", "service_ids": [massage] });
    let room = resource(&world, room, "08:00-22:00").await;
    let items = json!([
        { "service_id": haircut, "resource_id": ana },
        { "service_id": massage, "except_resource_ids": [ana] },
    ]);
    let visit = json!({ "items": items, "starts_at": TUESDAY_TEN });
    let held = world.post("/v1/holds", &visit).await.ok();
    let segments = held["segments"].as_array().expect("segments");
    assert_eq!(segments[0]["resource_id"], ana.to_string());
    assert_eq!(segments[1]["resource_id"], bruno.to_string());
    assert_eq!((&segments[0]["also"], &segments[1]["also"]), (&json!([]), &json!([room])));
    assert_eq!(segments[1]["starts_at"], segments[0]["ends_at"]);
    assert_eq!((&held["service_id"], &held["price"]), (&json!(haircut), &euros(35)));
    assert_eq!(held["ends_at"], segments[1]["ends_at"]);
    // Ana is free then, the room is not.
    let then = json!({ "items": [{ "service_id": massage, "resource_ids": [ana] }],
        "starts_at": segments[1]["starts_at"] });
    let problem = world.post("/v1/holds", &then).await.problem(409, "opening_taken");
    let reason = &problem["reasons"][0];
    assert_eq!((&reason["rule"], &reason["kind"]), (&json!("no_room"), &json!("room")));
    assert_eq!(problem["alternatives"].as_array().expect("some").len(), 3);

    let start = TUESDAY_TEN;
    let item = json!({ "service_id": haircut });
    for (body, pointer) in [
        (json!({ "starts_at": start }), "/service_id"),
        (json!({ "items": [], "starts_at": start }), "/items"),
        (json!({ "items": [item], "service_id": haircut, "starts_at": start }), "/service_id"),
        (json!({ "items": [item], "resource_id": ana, "starts_at": start }), "/resource_id"),
        (json!({ "items": vec![item; 7], "starts_at": start }), "/items"),
        (
            json!({ "items": [{ "service_id": haircut, "resource_ids": [] }], "starts_at": start }),
            "/items/0/resource_ids",
        ),
        (
            json!({ "items": [{ "service_id": haircut, "resource_id": ana,
                "resource_ids": [bruno] }], "starts_at": start }),
            "/items/0/resource_ids",
        ),
        (json!({ "items": [{ "service_id": "x" }], "starts_at": start }), "/items/0/service_id"),
    ] {
        world.post("/v1/holds", &body).await.wrong(pointer);
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn somebody_slower_and_dearer(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let (haircut, colour) = (world.service("Haircut"), world.service("Colour"));
    let path = format!("/v1/staff/{}", world.staff("Ana"));
    let terms = json!({ "service_id": haircut, "duration_minutes": 60, "price": euros(40) });
    let shown = world.call("PATCH", &path, &json!({ "services": [terms] })).await.ok();
    assert_eq!((&shown["services"], &shown["service_ids"]), (&json!([terms]), &json!([haircut])));
    let held = hold(&world, json!({})).await.ok();
    assert_eq!((&held["price"], &held["ends_at"]), (&euros(40), &json!("2026-03-03T10:00:00Z")));
    // Who sends only ids changes which, not how.
    let both = json!({ "service_ids": [haircut, colour] });
    let shown = world.call("PATCH", &path, &both).await.ok();
    let usual = json!({ "service_id": colour, "duration_minutes": null, "price": null });
    assert_eq!(shown["services"], json!([terms, usual]));
    assert_eq!(world.get(&path).await.ok(), shown);
    for (wrong, pointer) in [
        (json!({ "service_id": haircut, "duration_minutes": 4 }), "/services/0/duration_minutes"),
        (
            json!({ "service_id": haircut, "price": { "amount_minor": 1, "currency": "USD" } }),
            "/services/0/price/currency",
        ),
        (json!({ "service_id": "svc_x" }), "/services/0/service_id"),
    ] {
        world.call("PATCH", &path, &json!({ "services": [wrong] })).await.wrong(pointer);
    }
    let most = json!({ "max_per_day": 1 });
    world.call("PATCH", &path, &most).await.ok();
    let full = hold(&world, json!({ "starts_at": "2026-03-03T15:00:00Z" })).await;
    let full = full.problem(409, "not_an_opening");
    assert_eq!(
        (&full["reason"], &full["reasons"][0]["day"]),
        (&json!("cap_reached"), &json!("2026-03-03"))
    );
}
