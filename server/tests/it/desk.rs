//! What somebody at the desk does all day, for the other tests.

use serde_json::{Value, json};

use crate::{
    conversations,
    world::{Answer, World},
};

/// Tuesday, ten o'clock in Madrid.
pub(crate) const TUESDAY_TEN: &str = "2026-03-03T09:00:00Z";

/// The id of a hold or an appointment.
pub(crate) fn id(appointment: &Value) -> &str {
    appointment["appointment_id"].as_str().expect("an id")
}

/// Holds a haircut with Ana, with whatever else is asked for.
pub(crate) async fn hold(world: &World, more: Value) -> Answer {
    let mut body = json!({
        "service_id": world.service("Haircut"),
        "resource_id": world.staff("Ana"),
        "starts_at": TUESDAY_TEN,
    });
    for (field, value) in more.as_object().expect("an object") {
        body[field] = value.clone();
    }
    world.post("/v1/holds", &body).await
}

/// Says yes to a hold.
pub(crate) async fn confirm(world: &World, hold: &Value) -> Answer {
    world.post(&format!("/v1/holds/{}/confirm", id(hold)), &json!({})).await
}

/// Holds and says yes.
pub(crate) async fn book(world: &World, more: Value) -> Value {
    let hold = hold(world, more).await.ok();
    confirm(world, &hold).await.ok()
}

/// Does something to an appointment.
pub(crate) async fn act(world: &World, appointment: &Value, action: &str, body: Value) -> Answer {
    world.post(&format!("/v1/appointments/{}/{action}", id(appointment)), &body).await
}

/// What has happened to an appointment, in words: `held by business`.
pub(crate) async fn story(world: &World, appointment: &Value) -> Vec<String> {
    let events = world.get(&format!("/v1/appointments/{}/events", id(appointment))).await.data();
    let versions: Vec<i64> =
        events.iter().map(|event| event["version"].as_i64().expect("a version")).collect();
    assert!(versions.iter().copied().eq(1..=i64::try_from(versions.len()).expect("few")));
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    events
        .iter()
        .map(|event| format!("{} by {}", text(&event["event"]), text(&event["actor"])))
        .collect()
}

/// Somebody who writes to the salon.
pub(crate) async fn contact(world: &World) -> Value {
    let conversation = conversations::said(world, "hello").await;
    let shown = world.get(&format!("/v1/conversations/{conversation}")).await.ok();
    shown["contact"]["contact_id"].clone()
}

/// Changes the rules.
pub(crate) async fn rules(world: &World, change: Value) {
    world.call("PATCH", "/v1/tenant/rules", &change).await.ok();
}

/// A new service of half an hour for ten euros, with whatever else is asked for.
pub(crate) async fn service(world: &World, name: &str, more: Value) -> Value {
    let mut body = json!({
        "names": { "en": { "name": name } },
        "duration_minutes": 30,
        "price": { "amount_minor": 1000, "currency": "EUR" },
    });
    for (field, value) in more.as_object().expect("an object") {
        body[field] = value.clone();
    }
    world.post("/v1/services", &body).await.ok()["service_id"].clone()
}

/// A new resource that is there every day of the week at these hours.
pub(crate) async fn resource(world: &World, fields: Value, hours: &str) -> Value {
    let resource = world.post("/v1/staff", &fields).await.ok()["resource_id"].clone();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let mut week = json!({});
    for day in days {
        week[day] = json!([hours]);
    }
    let path = format!("/v1/staff/{}/hours", resource.as_str().expect("an id"));
    world.call("PUT", &path, &json!({ "week": week })).await.ok();
    resource
}
