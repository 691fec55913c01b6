//! What the business lets its customers do by themselves, and what that means at the desk: nothing.

use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    desk::{act, book, confirm, contact, hold, id, rules, story},
    world::World,
};

fn by(contact: &Value, starts_at: &str) -> Value {
    json!({ "contact_id": contact, "booked_by": "customer", "starts_at": starts_at })
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_change_of_mind_too_late(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    rules(&world, json!({ "cancel_notice_minutes": 1440 })).await;
    let booked = book(&world, json!({ "booked_by": "customer" })).await;
    assert_eq!(booked["terms"], json!({ "cancel_notice_minutes": 1440 }));
    // What was agreed stays, whatever the rules say since.
    rules(&world, json!({ "cancel_notice_minutes": null })).await;
    world.clock.advance(SignedDuration::from_hours(3));
    let customer = json!({ "by": "customer" });
    act(&world, &booked, "cancel", customer.clone()).await.problem(409, "too_late");
    let to = json!({ "starts_at": "2026-03-05T09:00:00Z", "by": "customer" });
    act(&world, &booked, "reschedule", to).await.problem(409, "too_late");
    assert_eq!(act(&world, &booked, "cancel", json!({})).await.ok()["cancelled_by"], "business");

    let other = book(&world, json!({ "booked_by": "customer" })).await;
    let cancelled = act(&world, &other, "cancel", customer).await.ok();
    assert_eq!(cancelled["cancelled_by"], "customer");
    assert_eq!(story(&world, &other).await[2..], ["cancelled by customer"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn who_misses_appointments_needs_a_person(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    rules(&world, json!({ "no_show_limit": 1, "no_show_then": "approve" })).await;
    let contact = contact(&world).await;
    let missed = book(&world, by(&contact, "2026-03-03T09:00:00Z")).await;
    world.clock.advance(SignedDuration::from_hours(26));
    let note = json!({ "attendance": "missed" });
    assert_eq!(act(&world, &missed, "attendance", note).await.ok()["state"], "no_show");

    let next = book(&world, by(&contact, "2026-03-05T09:00:00Z")).await;
    assert_eq!((&next["state"], &next["awaits"]), (&json!("pending"), &json!(["approval"])));
    assert_eq!(act(&world, &next, "approve", Value::Null).await.ok()["state"], "confirmed");
    rules(&world, json!({ "no_show_then": "refuse" })).await;
    let refused = hold(&world, by(&contact, "2026-03-06T09:00:00Z")).await;
    assert_eq!(refused.problem(409, "may_not_book")["reason"], "missed_too_often");
    let mut at_the_desk = by(&contact, "2026-03-06T09:00:00Z");
    at_the_desk["booked_by"] = "business".into();
    assert_eq!(book(&world, at_the_desk).await["state"], "confirmed");
    world.clock.advance(SignedDuration::from_hours(91 * 24));
    let forgiven = hold(&world, by(&contact, "2026-06-09T09:00:00Z")).await.ok();
    assert_eq!(forgiven["awaits"], json!([]), "it was long ago");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn enough_is_enough(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    rules(&world, json!({ "customer_max_per_day": 1, "customer_max_per_week": 2 })).await;
    let contact = contact(&world).await;
    let first = hold(&world, by(&contact, "2026-03-03T09:00:00Z")).await.ok();
    confirm(&world, &first).await.ok();
    let same_day = hold(&world, by(&contact, "2026-03-03T11:00:00Z")).await;
    assert_eq!(same_day.problem(409, "may_not_book")["reason"], "day_full");
    hold(&world, by(&contact, "2026-03-04T09:00:00Z")).await.ok();
    let same_week = hold(&world, by(&contact, "2026-03-05T09:00:00Z")).await;
    assert_eq!(same_week.problem(409, "may_not_book")["reason"], "week_full");
    hold(&world, by(&contact, "2026-03-09T09:00:00Z")).await.ok();
    // Moving one within its day is not one more.
    let to = json!({ "starts_at": "2026-03-03T11:00:00Z", "by": "customer" });
    act(&world, &first, "reschedule", to).await.ok();
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_blocked_customer(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    let contact = contact(&world).await;
    let path = format!("/v1/customers/{}/block", contact.as_str().expect("an id"));
    world.call("PUT", &path, &json!({ "reason": " " })).await.wrong("/reason");
    let block = world.call("PUT", &path, &json!({ "reason": "did not pay" })).await.ok();
    assert_eq!(block["blocked_at"], "2026-03-02T07:00:00Z");
    world.clock.advance(SignedDuration::from_mins(1));
    let again = world.call("PUT", &path, &json!({ "reason": "twice" })).await.ok();
    assert_eq!((&again["reason"], &again["blocked_at"]), (&json!("twice"), &block["blocked_at"]));
    assert_eq!(world.get("/v1/customers/blocked").await.data(), [again]);

    let wish = by(&contact, "2026-03-03T09:00:00Z");
    let refused = hold(&world, wish.clone()).await.problem(409, "may_not_book");
    assert_eq!(refused["reason"], "blocked");
    assert!(!refused.to_string().contains("twice"), "the reason is for staff");
    let desk = hold(&world, json!({ "contact_id": contact })).await.ok();
    world.delete(&format!("/v1/holds/{}", id(&desk))).await;
    assert_eq!(world.delete(&path).await.status, 204);
    world.delete(&path).await.problem(404, "not_found");
    hold(&world, wish).await.ok();
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn rules_have_bounds(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::open(pool, options).await;
    for (field, value) in [
        ("customer_max_per_day", 0),
        ("customer_max_per_day", 51),
        ("customer_max_per_week", 0),
        ("cancel_notice_minutes", 43_201),
        ("no_show_limit", 0),
        ("no_show_days", 0),
    ] {
        let change = json!({ field: value });
        let answer = world.call("PATCH", "/v1/tenant/rules", &change).await;
        answer.wrong(&format!("/{field}"));
    }
    let change = json!({ "no_show_then": "shout" });
    world.call("PATCH", "/v1/tenant/rules", &change).await.wrong("/no_show_then");
    let shown = world.get("/v1/tenant").await.ok()["rules"].clone();
    assert_eq!(shown["customer_max_per_day"], Value::Null, "off unless somebody says otherwise");
    assert_eq!((&shown["cancel_notice_minutes"], &shown["no_show_days"]), (&json!(0), &json!(90)));
}
