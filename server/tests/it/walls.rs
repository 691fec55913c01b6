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
    assert!(all.len() >= 30, "the document has lost operations");
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
    json!({
        "service_id": world.service("Haircut").to_string(),
        "resource_id": resource_id,
        "appointment_id": hold["appointment_id"],
        "conversation_id": conversation,
        "entry_id": entry,
        "day": "2026-03-05",
    })
}

/// A body with which the operation would work on a thing of one's own.
fn body(operation: &Value) -> Value {
    match operation["operationId"].as_str().expect("an id") {
        "put_hours" => json!({ "week": { "monday": ["09:00-10:00"] } }),
        "put_exception" => json!({ "hours": [] }),
        "note_attendance" => json!({ "attendance": "came" }),
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
        if !path.contains('{') {
            continue;
        }
        let path = filled(&path, &theirs);
        let answer = world.call(&method, &path, &body(&operation)).await;
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.body);
        answer.problem(404, "not_found");
        n += 1;
    }
    assert!(n >= 18, "only {n} operations name a thing");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_is_theirs_cannot_be_named_elsewhere(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let theirs = ids_of(&world.neighbour().await).await;
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
    ] {
        world.post("/v1/holds", &body).await.problem(404, "not_found");
    }
    let path = format!("/v1/staff/{ana}");
    world.call("PATCH", &path, &json!({ "service_ids": [service] })).await.wrong("/service_ids");
    let lists = ["/v1/appointments", "/v1/conversations"];
    for path in lists {
        assert_eq!(world.get(path).await.data(), Vec::<Value>::new(), "{path}");
    }
}
