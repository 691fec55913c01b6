//! Many customers, one opening.

use futures::future::join_all;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::world::{World, instant};

const CUSTOMERS: i64 = 50;

/// Every start overlaps every other and none is the same: 250 minutes each, five minutes apart.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn of_fifty_overlapping_wishes_one_comes_true(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let world = World::open(pool, options).await;
    let (service, ana) = marathon(&world).await;
    let first = instant("2026-03-03T07:00:00Z");
    let wishes = (0..CUSTOMERS).map(|n| {
        let starts_at = first + SignedDuration::from_mins(5 * n);
        let body = json!({ "service_id": service, "resource_id": ana, "starts_at": starts_at });
        let world = &world;
        async move {
            let held = world.post("/v1/holds", &body).await;
            if held.status != 201 {
                return held;
            }
            let id = held.body["appointment_id"].as_str().expect("an id").to_owned();
            world.post(&format!("/v1/holds/{id}/confirm"), &json!({})).await
        }
    });
    let (won, lost): (Vec<_>, Vec<_>) =
        join_all(wishes).await.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 49));
    let mut offered: Vec<Value> = Vec::new();
    for answer in lost {
        let problem = answer.problem(409, "opening_taken");
        let alternatives = problem["alternatives"].as_array().expect("alternatives");
        assert_eq!(alternatives.len(), 3, "{problem}");
        offered.extend(alternatives.iter().cloned());
    }
    let confirmed = world.get("/v1/appointments?state=confirmed,held").await.data();
    assert_eq!(confirmed.len(), 1);

    // The alternatives are real: whichever loser asks for one gets it.
    let alternative = &offered[0];
    let body = json!({
        "service_id": alternative["service_id"],
        "resource_id": alternative["resource_id"],
        "starts_at": alternative["starts_at"],
    });
    let held = world.post("/v1/holds", &body).await.ok();
    assert_eq!(held["starts_at"], alternative["starts_at"]);
}

/// A service of 250 minutes that Ana does, from eight to eight, every five minutes.
async fn marathon(world: &World) -> (Value, String) {
    let rules = json!({ "step_minutes": 5, "min_notice_minutes": 0 });
    world.call("PATCH", "/v1/tenant/rules", &rules).await.ok();
    let service = json!({
        "names": { "en": { "name": "Marathon" } },
        "duration_minutes": 250,
        "price": { "amount_minor": 20000, "currency": "EUR" },
    });
    let service = world.post("/v1/services", &service).await.ok()["service_id"].clone();
    let ana = world.staff("Ana").to_string();
    let does = json!({ "service_ids": [service] });
    world.call("PATCH", &format!("/v1/staff/{ana}"), &does).await.ok();
    let day = json!(["08:00-20:00"]);
    let week = json!({ "week": { "monday": day, "tuesday": day, "wednesday": day } });
    world.call("PUT", &format!("/v1/staff/{ana}/hours"), &week).await.ok();
    (service, ana)
}
