//! The conversation, through the Evolution webhook.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::process::{Booka, World, now, until};

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn three_messages_make_one_appointment(_: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(&options).await;
    let booka = world.start().await;
    let (haircut, ana) =
        (service(&world, &booka, "Haircut").await, staff(&world, &booka, "Ana").await);
    let opening = opening(&world, &booka, &haircut, &ana).await;
    let local: jiff::civil::DateTime =
        opening["starts_at_local"].as_str().expect("local").parse().expect("datetime");
    let phone = "34600111222";

    let texts = [
        "hi".to_owned(),
        format!(
            "I'd like a haircut with Ana on {} at {}",
            local.strftime("%-d %B"),
            local.strftime("%H:%M")
        ),
        "yes".to_owned(),
    ];
    let mut ids = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let id =
            world.fake.says(world.instance(), phone, "Giovanna", text, Some(&format!("MSG{n}")));
        until(|| world.shown(phone).len() == n + 1).await;
        ids.push(id);
    }
    let summary = &world.shown(phone)[1].text;
    for needle in ["Ana", "Haircut", &local.strftime("%A").to_string(), "€"] {
        assert!(summary.contains(needle), "`{needle}` is not in: {summary}");
    }

    let appointments = world.get(&booka, "/v1/appointments?state=confirmed").await;
    let appointments = appointments["data"].as_array().expect("data");
    assert_eq!(appointments.len(), 1, "{appointments:?}");
    assert_eq!(appointments[0]["starts_at"], opening["starts_at"]);
    let starts: Vec<Value> = openings(&world, &booka, &haircut, &ana, &opening).await;
    assert!(
        starts.iter().all(|free| free["starts_at"] != opening["starts_at"]),
        "the opening is still offered"
    );

    // The same three deliveries, three times each: nothing changes.
    let answered = world.acknowledgements().len();
    for id in ["MSG0", "MSG1", "MSG2"] {
        assert!(world.fake.redeliver(id, 3));
    }
    until(|| world.acknowledgements().len() >= answered + 9).await;
    assert!(world.acknowledgements()[answered..].iter().all(|status| *status == Some(200)));
    let again = world.get(&booka, "/v1/appointments?state=confirmed").await;
    assert_eq!(again["data"].as_array().expect("data").len(), 1);
    assert_eq!(world.shown(phone).len(), 3, "one delivered reply a turn");

    // Every stage of every turn can be read.
    let conversations = world.get(&booka, "/v1/conversations").await;
    let id = conversations["data"][0]["conversation_id"].as_str().expect("id");
    let turns = world.get(&booka, &format!("/v1/conversations/{id}/turns")).await;
    assert_eq!(turns["data"].as_array().expect("data").len(), 3);
    let stages: Vec<&str> = turns["data"][0]["trace"]["stages"]
        .as_array()
        .expect("stages")
        .iter()
        .filter_map(|stage| stage["stage"].as_str())
        .collect();
    assert_eq!(
        stages,
        [
            "retrieve",
            "normalize",
            "embed",
            "extract",
            "classify",
            "feel",
            "track",
            "decide",
            "act",
            "conclude",
            "respond"
        ]
    );
}

pub(crate) async fn service(world: &World, booka: &Booka, name: &str) -> String {
    let services = world.get(booka, "/v1/services").await;
    let found = services["data"]
        .as_array()
        .expect("data")
        .iter()
        .find(|service| service["names"]["en"]["name"] == name);
    found.expect("service")["service_id"].as_str().expect("id").to_owned()
}

pub(crate) async fn staff(world: &World, booka: &Booka, name: &str) -> String {
    let staff = world.get(booka, "/v1/staff").await;
    let found = staff["data"].as_array().expect("data").iter().find(|one| one["name"] == name);
    found.expect("staff")["resource_id"].as_str().expect("id").to_owned()
}

/// An afternoon opening at least a day away.
async fn opening(world: &World, booka: &Booka, service: &str, staff: &str) -> Value {
    let from = now() + jiff::SignedDuration::from_hours(24);
    let to = from + jiff::SignedDuration::from_hours(24 * 10);
    between(world, booka, service, staff, from, to)
        .await
        .into_iter()
        .find(|opening| {
            let local = opening["starts_at_local"].as_str().expect("local");
            ["T15:00", "T16:00", "T17:00"].iter().any(|time| local.contains(time))
        })
        .expect("an afternoon opening")
}

async fn openings(
    world: &World,
    booka: &Booka,
    service: &str,
    staff: &str,
    around: &Value,
) -> Vec<Value> {
    let at: Timestamp = around["starts_at"].as_str().expect("start").parse().expect("instant");
    let hour = jiff::SignedDuration::from_hours(6);
    between(world, booka, service, staff, at - hour, at + hour).await
}

pub(crate) async fn between(
    world: &World,
    booka: &Booka,
    service: &str,
    staff: &str,
    from: Timestamp,
    to: Timestamp,
) -> Vec<Value> {
    let path = format!(
        "/v1/openings?service_id={service}&resource_id={staff}&from={from}&to={to}&limit=100"
    );
    world.get(booka, &path).await["data"].as_array().expect("data").clone()
}
