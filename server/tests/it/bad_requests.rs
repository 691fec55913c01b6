//! What cannot be meant is refused with a problem that names it, and never with a 500.

use serde_json::json;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::world::World;

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn bodies_that_are_not_json(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let key = Some(world.key.as_str());
    for broken in ["", "{", "nonsense", "{\"names\": \"\u{0}\"}", "\u{feff}{}"] {
        let answer = world.send("POST", "/v1/services", key, broken.into()).await;
        answer.problem(400, "malformed_json");
    }
    let two = world.send("PATCH", "/v1/tenant/rules", key, "{} {}".into()).await;
    two.problem(400, "malformed_json");
    let not_utf8 = b"{\"names\": \"\xff\"}".to_vec();
    world.send("POST", "/v1/services", key, not_utf8).await.problem(400, "malformed_json");
    let deep = "[".repeat(100_000).into_bytes();
    world.send("PATCH", "/v1/tenant/rules", key, deep).await.problem(422, "invalid_field");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn wrong_fields_are_named(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let (haircut, ana) = (world.service("Haircut"), world.staff("Ana"));
    let price = json!({ "amount_minor": 100, "currency": "EUR" });
    let names = json!({ "en": { "name": "Cut" } });
    let service = |key: &str, value: serde_json::Value| {
        let mut body = json!({ "names": names, "duration_minutes": 30, "price": price });
        body[key] = value;
        body
    };
    let services = [
        (service("names", json!({})), "/names"),
        (service("names", json!({ "en": { "name": " " } })), "/names/en/name"),
        (service("names", json!({ "fr": { "name": "Coupe" } })), "/names/fr"),
        (service("names", json!({ "en": { "name": "x".repeat(121) } })), "/names/en/name"),
        (
            service("names", json!({ "en": { "name": "a", "aliases": ["b", ""] } })),
            "/names/en/aliases/1",
        ),
        (service("duration_minutes", json!(4)), "/duration_minutes"),
        (service("duration_minutes", json!(i64::MAX)), "/duration_minutes"),
        (service("duration_minutes", json!("half an hour")), "/duration_minutes"),
        (service("buffer_after_minutes", json!(481)), "/buffer_after_minutes"),
        (service("price", json!({ "amount_minor": -1, "currency": "EUR" })), "/price/amount_minor"),
        (service("price", json!({ "amount_minor": 1, "currency": "USD" })), "/price/currency"),
        (service("price", json!({ "amount_minor": 1, "currency": "euro" })), "/price/currency"),
        (service("position", json!(1_i64 << 40)), "/position"),
        (service("colour", json!("blue")), "/colour"),
        (json!({}), ""),
        (json!([]), ""),
    ];
    for (body, pointer) in services {
        world.post("/v1/services", &body).await.wrong(pointer);
    }
    let staff = [
        (json!({ "name": "Eve", "time_zone": "Mars/Base" }), "/time_zone"),
        (json!({ "name": "Eve", "service_ids": ["svc_nonsense"] }), "/service_ids/0"),
        (json!({ "name": "Eve", "kind": "robot" }), "/kind"),
    ];
    for (body, pointer) in staff {
        world.post("/v1/staff", &body).await.wrong(pointer);
    }
    let start = "2026-03-03T09:00:00Z";
    let holds = [
        (json!({ "service_id": haircut, "starts_at": "tomorrow" }), "/starts_at"),
        (json!({ "service_id": haircut, "starts_at": "-000001-01-01T00:00:00Z" }), "/starts_at"),
        (json!({ "service_id": "res_x", "starts_at": start }), "/service_id"),
        (
            json!({ "service_id": haircut, "starts_at": start, "customer": { "phone": "911" } }),
            "/customer/phone",
        ),
        (
            json!({ "service_id": haircut, "starts_at": start, "customer": { "age": 3 } }),
            "/customer/age",
        ),
        (json!({ "service_id": haircut, "starts_at": start, "state": "confirmed" }), "/state"),
    ];
    for (body, pointer) in holds {
        world.post("/v1/holds", &body).await.wrong(pointer);
    }
    let week = format!("/v1/staff/{ana}/hours");
    for (monday, pointer) in [
        (json!(["9 to 5"]), "/week/monday"),
        (json!(["10:00-10:00"]), "/week/monday"),
        (json!(["09:00-12:00", "11:00-13:00"]), "/week/monday"),
        (json!(["09:00-65000:00"]), "/week/monday"),
    ] {
        world.call("PUT", &week, &json!({ "week": { "monday": monday } })).await.wrong(pointer);
    }
    world.call("PUT", &week, &json!({ "week": { "mon": [] } })).await.wrong("/week/mon");
    let rules = [
        (json!({ "hold_minutes": 0 }), "/hold_minutes"),
        (json!({ "step_minutes": 241 }), "/step_minutes"),
        (json!({ "min_notice_minutes": 2880, "horizon_days": 1 }), "/horizon_days"),
        (json!({ "colour": 1 }), "/colour"),
    ];
    for (body, pointer) in rules {
        world.call("PATCH", "/v1/tenant/rules", &body).await.wrong(pointer);
    }
    let fact = json!({ "data": [{ "topic": "weather", "locale": "en", "body": "Sunny" }] });
    world.call("PUT", "/v1/facts", &fact).await.wrong("/data/0/topic");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn wrong_parameters(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let (haircut, ana) = (world.service("Haircut"), world.staff("Ana"));
    for path in [
        "/v1/services?limit=0".to_owned(),
        "/v1/services?limit=101".to_owned(),
        "/v1/services?limit=many".to_owned(),
        "/v1/services?page=2".to_owned(),
        "/v1/services?cursor=nonsense".to_owned(),
        "/v1/services?cursor=%00".to_owned(),
        "/v1/appointments?cursor=bnVsbA".to_owned(),
        "/v1/appointments?state=open".to_owned(),
        "/v1/appointments?state=%00".to_owned(),
        "/v1/appointments?from=yesterday".to_owned(),
        "/v1/appointments?from=-009999-01-01T00:00:00Z".to_owned(),
        "/v1/services/nonsense".to_owned(),
        "/v1/services/%00".to_owned(),
        "/v1/services/%ff".to_owned(),
        format!("/v1/services/{ana}"),
        "/v1/openings".to_owned(),
        format!("/v1/openings?service_id={haircut}&from=2026-03-05&to=2026-03-04"),
        format!("/v1/staff/{ana}/exceptions?from=2026-03-05&to=2026-03-04"),
        format!("/v1/staff/{ana}/exceptions?from=0001-01-01"),
    ] {
        world.get(&path).await.problem(422, "invalid_field");
    }
    let path = format!("/v1/staff/{ana}/exceptions/2026-02-30");
    world.call("PUT", &path, &json!({ "hours": [] })).await.problem(422, "invalid_field");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn text_with_nul_is_refused_wherever_it_stands(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let world = World::open(pool, options).await;
    let (haircut, ana) = (world.service("Haircut"), world.staff("Ana"));
    let nul = "a\u{0}b";
    let price = json!({ "amount_minor": 100, "currency": "EUR" });
    let named =
        json!({ "names": { "en": { "name": nul } }, "duration_minutes": 30, "price": price });
    world.post("/v1/services", &named).await.wrong("/names/en/name");
    let path = format!("/v1/services/{haircut}");
    let aliases = json!({ "names": { "en": { "aliases": [nul] } } });
    world.call("PATCH", &path, &aliases).await.wrong("/names/en/aliases/0");
    world.post("/v1/staff", &json!({ "name": nul })).await.wrong("/name");
    world.post("/v1/staff", &json!({ "name": "a", "aliases": [nul] })).await.wrong("/aliases/0");
    world.post("/v1/staff", &json!({ "name": "a", "time_zone": nul })).await.wrong("/time_zone");
    let path = format!("/v1/staff/{ana}/exceptions/2026-03-05");
    world.call("PUT", &path, &json!({ "hours": [], "reason": nul })).await.wrong("/reason");
    let fact = json!({ "data": [{ "topic": "parking", "locale": "en", "body": nul }] });
    world.call("PUT", "/v1/facts", &fact).await.wrong("/data/0/body");
    let hold = json!({ "service_id": haircut, "starts_at": "2026-03-03T09:00:00Z",
        "customer": { "name": nul } });
    world.post("/v1/holds", &hold).await.wrong("/customer/name");
    let path = format!("/simulator/{}/messages", world.salon.account.instance);
    for field in ["from", "text", "name", "id"] {
        let mut said = json!({ "from": "eve", "text": "hi", "name": "Eve", "id": "1" });
        said[field] = nul.into();
        world.post(&path, &said).await.wrong(&format!("/{field}"));
    }
    world.get(&format!("{path}?from=%00")).await.wrong("from");
    world.get("/simulator/%00/messages?from=eve").await.problem(404, "not_found");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_is_not_served(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    world.get("/v1/nothing").await.problem(404, "not_found");
    world.get("/").await;
    world.get("/v2/services").await.problem(404, "not_found");
    let answer = world.delete("/v1/services").await;
    assert!(answer.headers.contains_key("allow"));
    answer.problem(405, "method_not_allowed");
    let huge = vec![b' '; 4 * 1024 * 1024];
    let answer = world.send("POST", "/v1/services", Some(&world.key), huge).await;
    answer.problem(413, "too_large");
}
