//! Lists, a page at a time: every row once, in one order, whatever the page.

use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{bookings, conversations, world::World};

/// Reads a list to its end.
async fn all(world: &World, path: &str, limit: usize) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut next = String::new();
    loop {
        let join = if path.contains('?') { '&' } else { '?' };
        let page = world.get(&format!("{path}{join}limit={limit}{next}")).await.ok();
        let data = page["data"].as_array().expect("data");
        assert!(data.len() <= limit);
        rows.extend(data.iter().cloned());
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return rows,
        }
        assert_eq!(data.len(), limit, "only the last page is short");
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn every_row_comes_once(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let facts = ["en", "es", "pt"]
        .map(|locale| json!({ "topic": "parking", "locale": locale, "body": "…" }));
    world.call("PUT", "/v1/facts", &json!({ "data": facts })).await.ok();
    // Two at the same start: the order within one instant counts too.
    for (staff, starts_at) in [
        ("Ana", "2026-03-03T09:00:00Z"),
        ("Bruno", "2026-03-03T09:00:00Z"),
        ("Carla", "2026-03-03T09:00:00Z"),
        ("Ana", "2026-03-03T11:00:00Z"),
        ("Bruno", "2026-03-04T09:00:00Z"),
    ] {
        bookings::hold(&world, "Haircut", staff, starts_at).await.ok();
    }
    for _ in 0..3 {
        conversations::said(&world, "hello").await;
    }
    let talk = conversations::said(&world, "hello again").await;
    let ana = world.staff("Ana");
    let lists = [
        ("/v1/services".to_owned(), 3),
        ("/v1/staff".to_owned(), 3),
        ("/v1/facts".to_owned(), 3),
        ("/v1/appointments".to_owned(), 5),
        (format!("/v1/appointments?resource_id={ana}&state=held"), 2),
        ("/v1/conversations".to_owned(), 4),
        (format!("/v1/conversations/{talk}/messages"), 1),
    ];
    for (path, n) in lists {
        let whole = all(&world, &path, 100).await;
        assert_eq!(whole.len(), n, "{path}");
        for limit in 1..=3 {
            assert_eq!(all(&world, &path, limit).await, whole, "{path} by {limit}");
        }
    }
}
