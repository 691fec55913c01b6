//! Who may see what, for every operation that the OpenAPI document has: one that is added is
//! covered without anybody thinking of it.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{bookings, conversations, waitlist, world::World};

/// One entry of the document.
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) operation: Value,
}

/// All operations of a document.
pub(crate) fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().expect("paths");
    let all: Vec<_> = paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().expect("operations").iter().map(|(method, operation)| Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                operation: operation.clone(),
            })
        })
        .collect();
    assert!(all.len() >= 50, "the document has lost operations");
    all
}

/// The path with every `{name}` filled in.
fn filled(path: &str, ids: &Value) -> String {
    let mut filled = path.to_owned();
    while let Some((before, rest)) = filled.split_once('{') {
        let (name, after) = rest.split_once('}').expect("a brace");
        let id = ids[name].as_str().unwrap_or_else(|| panic!("no example of {name}; add one here"));
        filled = format!("{before}{id}{after}");
    }
    filled
}

/// Ids of things that exist in `world`.
async fn ids_of(world: &World) -> Value {
    let conversation = conversations::said(world, "hello").await;
    let hold = bookings::hold(world, "Haircut", "Ana", "2026-03-03T09:00:00Z").await.ok();
    let resource_id = world.staff("Ana").to_string();
    let entry = waitlist::join(world).await;
    let path = format!("/v1/staff/{resource_id}/exceptions/2026-03-05");
    world.call("PUT", &path, &json!({ "hours": [] })).await.ok();
    let haircut = world.service("Haircut").to_string();
    let add_on = add_on();
    let add_on = world.post(&format!("/v1/services/{haircut}/add-ons"), &add_on).await.ok();
    let series = json!({ "service_id": haircut, "starts_at_local": "2026-03-04T10:00:00",
        "every_weeks": 1, "times": 2 });
    let series = world.post("/v1/series", &series).await.ok();
    let contact = world.get(&format!("/v1/conversations/{conversation}")).await.ok();
    let contact = contact["contact"]["contact_id"].clone();
    let path = format!("/v1/customers/{}/block", contact.as_str().expect("an id"));
    world.call("PUT", &path, &json!({ "reason": "test" })).await.ok();
    world.call("PUT", "/v1/closures/2026-03-05", &json!({ "name": "test" })).await.ok();
    json!({
        "add_on_id": add_on["add_on_id"],
        "series_id": series["series_id"],
        "contact_id": contact,
        "service_id": haircut,
        "resource_id": resource_id,
        "appointment_id": hold["appointment_id"],
        "conversation_id": conversation,
        "entry_id": entry,
        "day": "2026-03-05",
    })
}

fn add_on() -> Value {
    let price = json!({ "amount_minor": 500, "currency": "EUR" });
    json!({ "names": { "en": "Olaplex" }, "duration_minutes": 15, "price": price })
}

/// A body with which the operation would work on a thing of one's own.
fn body(operation: &Value) -> Value {
    match operation["operationId"].as_str().expect("an id") {
        "put_hours" => json!({ "week": { "monday": ["09:00-10:00"] } }),
        "put_exception" => json!({ "hours": [] }),
        "note_attendance" => json!({ "attendance": "came" }),
        "create_add_on" => add_on(),
        "put_closure" => json!({ "name": "test" }),
        "block_customer" => json!({ "reason": "test" }),
        "reschedule_appointment" => json!({ "starts_at": "2026-03-03T10:00:00Z" }),
        _ => json!({}),
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn nothing_opens_without_a_key(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let ids = ids_of(&world).await;
    let document = world.get("/openapi.json").await.ok();
    let revoked = revoked_key(&world).await;
    let (id, _) = world.key.rsplit_once('_').expect("a key");
    let wrong_secret = format!("{id}_{}", "0".repeat(64));
    for Operation { method, path, operation } in operations(&document) {
        let path = filled(&path, &ids);
        for key in [None, Some(""), Some("nonsense"), Some(revoked.as_str()), Some(&wrong_secret)] {
            let body = body(&operation).to_string().into_bytes();
            let answer = world.send(&method, &path, key, body).await;
            assert_eq!(answer.headers["www-authenticate"], "Bearer", "{method} {path} {key:?}");
            answer.problem(401, "unauthorized");
        }
        // Who has no key does not learn what a right request would be, either.
        world.send(&method, &path, None, b"{".to_vec()).await.problem(401, "unauthorized");
    }
}

async fn revoked_key(world: &World) -> String {
    let mut tx = world.db.tenant(world.salon.tenant).await.expect("a transaction");
    let key = tenancy::create_api_key(&mut tx, "old", &world.ids, &world.clock).await.expect("key");
    let now = kernel::Clock::now(&world.clock);
    assert!(tenancy::revoke_api_key(&mut tx, key.id, now).await.expect("revoked"));
    tx.commit().await.expect("a commit");
    key.secret
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_is_theirs_is_not_found(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let theirs = ids_of(&world.neighbour().await).await;
    let document = world.get("/openapi.json").await.ok();
    let mut n = 0;
    for Operation { method, path, operation } in operations(&document) {
        // A day is everybody's.
        if !path.contains('{') || operation["operationId"] == "put_closure" {
            continue;
        }
        let path = filled(&path, &theirs);
        let answer = world.call(&method, &path, &body(&operation)).await;
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.body);
        answer.problem(404, "not_found");
        n += 1;
    }
    assert!(n >= 30, "only {n} operations name a thing");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_is_theirs_cannot_be_named_elsewhere(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let theirs = ids_of(&world.neighbour().await).await;
    let mine = bookings::hold(&world, "Colour", "Carla", "2026-03-03T14:00:00Z").await.ok();
    let (service, resource) = (&theirs["service_id"], &theirs["resource_id"]);
    let (service, resource) = (service.as_str().expect("id"), resource.as_str().expect("id"));
    let (haircut, ana) = (world.service("Haircut"), world.staff("Ana"));
    for path in [
        format!("/v1/openings?service_id={service}"),
        format!("/v1/openings?service_id={service}&from=2020-01-01&to=2020-01-02"),
        format!("/v1/openings?service_id={haircut}&resource_id={resource}"),
        format!("/v1/appointments?resource_id={resource}"),
    ] {
        world.get(&path).await.problem(404, "not_found");
    }
    let starts_at = "2026-03-03T09:00:00Z";
    for body in [
        json!({ "service_id": service, "starts_at": starts_at }),
        json!({ "service_id": haircut, "resource_id": resource, "starts_at": starts_at }),
        json!({ "service_id": haircut, "resource_id": ana, "starts_at": starts_at,
            "replaces": theirs["appointment_id"] }),
        json!({ "items": [{ "service_id": haircut, "resource_ids": [ana, resource] }],
            "starts_at": starts_at }),
        json!({ "items": [{ "service_id": haircut, "add_on_ids": [theirs["add_on_id"]] }],
            "starts_at": starts_at }),
    ] {
        world.post("/v1/holds", &body).await.problem(404, "not_found");
        let mut body = body;
        if let Some(replaces) = body.as_object_mut().and_then(|body| body.remove("replaces")) {
            body["moving"] = replaces;
        }
        world.post("/v1/openings/explain", &body).await.problem(404, "not_found");
        body.as_object_mut().expect("an object").remove("starts_at");
        if body["items"][0]["add_on_ids"].is_null() {
            world.post("/v1/openings/search", &body).await.problem(404, "not_found");
        }
        if body["moving"].is_null() {
            body["starts_at_local"] = "2026-03-03T10:00:00".into();
            body["every_weeks"] = 1.into();
            body["times"] = 2.into();
            world.post("/v1/series", &body).await.problem(404, "not_found");
        }
    }
    let body = json!({ "service_id": haircut, "starts_at": starts_at,
        "contact_id": theirs["contact_id"] });
    world.post("/v1/holds", &body).await.wrong("/contact_id");
    let body =
        json!({ "appointment_id": mine["appointment_id"], "with": theirs["appointment_id"] });
    world.post("/v1/appointments/swap", &body).await.problem(404, "not_found");
    let path = format!("/v1/staff/{ana}");
    world.call("PATCH", &path, &json!({ "service_ids": [service] })).await.wrong("/service_ids");
    let body = json!({ "services": [{ "service_id": service }] });
    world.call("PATCH", &path, &body).await.wrong("/services");
    for path in ["/v1/conversations", "/v1/customers/blocked", "/v1/closures"] {
        assert_eq!(world.get(path).await.data(), Vec::<Value>::new(), "{path}");
    }
    assert_eq!(world.get("/v1/appointments").await.data(), [mine]);
}
