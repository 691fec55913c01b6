//! Services, staff, hours and rules, and what they do to openings.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::world::World;

async fn starts_on(world: &World, staff: &str, day: &str) -> Vec<String> {
    let (haircut, staff) = (world.service("Haircut"), world.staff(staff));
    let path = format!(
        "/v1/openings?service_id={haircut}&resource_id={staff}&from={day}&to={day}&limit=100"
    );
    let openings = world.get(&path).await.data();
    openings
        .iter()
        .map(|opening| opening["starts_at_local"].as_str().expect("local")[11..16].to_owned())
        .collect()
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn services_come_and_change(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let body = json!({
        "names": { "en": { "name": " Massage ", "aliases": ["rub"] }, "es": { "name": "Masaje" } },
        "duration_minutes": 60,
        "buffer_after_minutes": 15,
        "price": { "amount_minor": 4500, "currency": "EUR" },
    });
    let answer = world.post("/v1/services", &body).await;
    assert_eq!(answer.status, 201);
    let location = answer.headers["location"].to_str().expect("text").to_owned();
    let service = answer.ok();
    assert_eq!(service["names"]["en"]["name"], "Massage", "trimmed");
    assert_eq!((&service["active"], &service["position"]), (&json!(true), &json!(0)));
    assert_eq!(world.get(&location).await.ok(), service);

    // RFC 7396: what is sent replaces, null goes back, the rest stays.
    let patch = json!({
        "names": { "es": null, "pt": { "name": "Massagem" } },
        "buffer_after_minutes": null,
        "price": { "amount_minor": 5000 },
    });
    let patched = world.call("PATCH", &location, &patch).await.ok();
    let names: Vec<&String> = patched["names"].as_object().expect("names").keys().collect();
    assert_eq!(names, ["en", "pt"]);
    assert_eq!(patched["names"]["en"], service["names"]["en"]);
    assert_eq!(patched["buffer_after_minutes"], 0);
    assert_eq!(patched["price"], json!({ "amount_minor": 5000, "currency": "EUR" }));
    assert_eq!(patched["duration_minutes"], 60);
    world.call("PATCH", &location, &json!({ "price": null })).await.wrong("");
    assert_eq!(world.get(&location).await.ok(), patched);
    assert_eq!(world.call("PATCH", &location, &json!({})).await.ok(), patched);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn staff_come_and_change(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let haircut = world.service("Haircut");
    let body = json!({ "name": "Dora", "service_ids": [haircut] });
    let answer = world.post("/v1/staff", &body).await;
    assert_eq!(answer.status, 201);
    let location = answer.headers["location"].to_str().expect("text").to_owned();
    let dora = answer.ok();
    assert_eq!((&dora["time_zone"], &dora["kind"]), (&json!("Europe/Madrid"), &json!("staff")));
    let hours = world.get(&format!("{location}/hours")).await.ok();
    assert_eq!(hours["week"]["monday"], json!([]), "no hours yet");
    let patch = json!({ "time_zone": "Atlantic/Canary", "active": false });
    let patched = world.call("PATCH", &location, &patch).await.ok();
    assert_eq!(patched["time_zone"], "Atlantic/Canary");
    assert_eq!((&patched["name"], &patched["active"]), (&json!("Dora"), &json!(false)));
    assert_eq!(world.get(&location).await.ok(), patched);
    assert_eq!(world.get("/v1/staff").await.data().len(), 4);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn hours_make_openings(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let path = format!("/v1/staff/{}/hours", world.staff("Ana"));
    assert_eq!(starts_on(&world, "Ana", "2026-03-03").await.len(), 14 + 18);
    let week = json!({ "week": { "tuesday": ["16:00-17:00", "10:00-11:00"] } });
    let answer = world.call("PUT", &path, &week).await.ok();
    assert_eq!(answer["week"]["tuesday"], json!(["10:00-11:00", "16:00-17:00"]));
    assert_eq!(world.get(&path).await.ok(), answer);
    assert_eq!(starts_on(&world, "Ana", "2026-03-03").await, ["10:00", "10:15", "16:00", "16:15"]);
    assert!(starts_on(&world, "Ana", "2026-03-04").await.is_empty());
    assert!(!starts_on(&world, "Bruno", "2026-03-04").await.is_empty());
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn exceptions_make_openings(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let staff = format!("/v1/staff/{}/exceptions", world.staff("Ana"));
    let usual = starts_on(&world, "Ana", "2026-03-03").await;
    let day = format!("{staff}/2026-03-03");
    let body = json!({ "hours": ["21:00-24:00"], "reason": "late night" });
    world.call("PUT", &day, &body).await.ok();
    assert_eq!(starts_on(&world, "Ana", "2026-03-03").await[0], "21:00");
    world.call("PUT", &day, &json!({ "hours": [], "reason": "ill" })).await.ok();
    assert!(starts_on(&world, "Ana", "2026-03-03").await.is_empty());
    world.call("PUT", &format!("{staff}/2026-12-25"), &json!({ "hours": [] })).await.ok();

    let listed = world.get(&staff).await.data();
    let days: Vec<&Value> = listed.iter().map(|exception| &exception["day"]).collect();
    assert_eq!(days, ["2026-03-03", "2026-12-25"]);
    assert_eq!(listed[0]["reason"], "ill");
    assert_eq!(world.get(&format!("{staff}?from=2026-03-04&to=2026-12-24")).await.data().len(), 0);
    let first = world.get(&format!("{staff}?limit=1")).await.ok();
    let cursor = first["next_cursor"].as_str().expect("more");
    let second = world.get(&format!("{staff}?limit=1&cursor={cursor}")).await.ok();
    assert_eq!((&second["data"][0], &second["next_cursor"]), (&listed[1], &Value::Null));

    assert_eq!(world.delete(&day).await.status, 204);
    world.delete(&day).await.problem(404, "not_found");
    assert_eq!(starts_on(&world, "Ana", "2026-03-03").await, usual);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_business_and_its_answers(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let tenant = world.get("/v1/tenant").await.ok();
    assert_eq!(tenant["tenant_id"], world.salon.tenant.to_string());
    assert_eq!(
        (&tenant["time_zone"], &tenant["currency"]),
        (&json!("Europe/Madrid"), &json!("EUR"))
    );
    assert_eq!(tenant["rules"]["hold_minutes"], 10);
    let patch = json!({ "hold_minutes": 20, "min_notice_minutes": 0 });
    let rules = world.call("PATCH", "/v1/tenant/rules", &patch).await.ok();
    assert_eq!((&rules["hold_minutes"], &rules["step_minutes"]), (&json!(20), &json!(15)));
    assert_eq!(world.get("/v1/tenant").await.ok()["rules"], rules);

    let fact = |topic: &str, locale: &str, body: &str| json!({ "topic": topic, "locale": locale, "body": body });
    let (cards, cash) = (fact("payment", "en", "By card."), fact("payment", "en", "Cash only."));
    let parking = fact("parking", "es", "Dos minutos.\nGratis.");
    world.call("PUT", "/v1/facts", &json!({ "data": [cards, parking] })).await.ok();
    let all = world.call("PUT", "/v1/facts", &json!({ "data": [cash] })).await.ok();
    assert_eq!(all["data"], json!([parking, cash]));
    assert_eq!(world.get("/v1/facts").await.ok(), all);
}
