//! The rules of a zone change under what is booked: promises stay, instants follow.

use std::{fs, path::Path};

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{
    conversation::{service, staff},
    process::{Booka, World, now},
};

/// A compiled zoneinfo file (RFC 8536, version 2) of a zone that has always kept one POSIX rule.
fn compiled(rule: &str) -> Vec<u8> {
    let header = |n_types: u32, n_letters: u32| {
        let mut header = b"TZif2".to_vec();
        header.extend([0; 15]);
        // UT/local indicators, standard/wall indicators, leap seconds, transitions, types, letters.
        for n in [0, 0, 0, 0, n_types, n_letters] {
            header.extend(u32::to_be_bytes(n));
        }
        header
    };
    // One type: no offset, no daylight saving, the name at 0. The rule at the end says the rest.
    let types = [0, 0, 0, 0, 0, 0];
    let mut file = header(1, 4);
    file.extend(types);
    file.extend(b"UTC\0");
    file.extend(header(1, 4));
    file.extend(types);
    file.extend(b"UTC\0");
    file.extend(format!("\n{rule}\n").bytes());
    file
}

/// A directory of rules in which Madrid keeps `rule`.
fn rules(dir: &Path, release: &str, madrid: &str) {
    let zones = [("Europe/Madrid", madrid), ("UTC", "UTC0"), ("Europe/Lisbon", "WET0")];
    for (name, rule) in zones {
        let file = dir.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, compiled(rule)).expect("written");
    }
    fs::write(dir.join("+VERSION"), release).expect("written");
}

async fn ready(world: &World, booka: &Booka) -> Value {
    let answer = world.http.get(format!("{}/readyz", booka.url)).send().await.expect("answer");
    answer.json().await.expect("JSON")
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn promises_survive_new_rules(_: PgPoolOptions, options: PgConnectOptions) {
    let mut world = World::new(&options).await;
    let home = tempfile::tempdir().expect("a folder");
    let (old, new) = (home.path().join("old"), home.path().join("new"));
    rules(&old, "2090a", "CET-1CEST,M3.5.0,M10.5.0/3");
    rules(&new, "2090b", "WET0WEST,M3.5.0/1,M10.5.0"); // Spain goes over to Portugal's time

    world.zone_rules = Some(old);
    let booka = world.start().await;
    assert_eq!(ready(&world, &booka).await["zone_rules"]["version"], "2090a");
    let haircut = service(&world, &booka, "Haircut").await;
    let ana = staff(&world, &booka, "Ana").await;
    let first = now() + jiff::SignedDuration::from_hours(48);
    let list =
        format!("/v1/openings?service_id={haircut}&resource_id={ana}&from={first}&limit=100");
    // Several in a row, so that they would be in each other's way if they did not shift together.
    let mut booked = Vec::new();
    while booked.len() < 4 {
        let openings = world.get(&booka, &list).await;
        let start = openings["data"][0]["starts_at"].clone();
        let body = json!({ "service_id": haircut, "resource_id": ana, "starts_at": start });
        let (status, hold) =
            world.send(&booka.url, Method::POST, "/v1/holds", &body, None).await.expect("answer");
        assert_eq!(status, 201, "{hold}");
        let path = format!("/v1/holds/{}/confirm", hold["appointment_id"].as_str().expect("an id"));
        let confirmed = world.send(&booka.url, Method::POST, &path, &json!({}), None).await;
        let (status, appointment) = confirmed.expect("answer");
        assert_eq!(status, 200, "{appointment}");
        booked.push(appointment);
    }
    booka.kill();

    world.zone_rules = Some(new);
    let booka = world.start().await;
    assert_eq!(ready(&world, &booka).await["zone_rules"]["version"], "2090b");
    for before in &booked {
        let path =
            format!("/v1/appointments/{}", before["appointment_id"].as_str().expect("an id"));
        let after = world.get(&booka, &path).await;
        assert_eq!(after["starts_at_local"], before["starts_at_local"], "the promise");
        assert_eq!(after["time_zone"], "Europe/Madrid");
        let at = |value: &Value| value.as_str().expect("text").parse::<Timestamp>().expect("one");
        let later = at(&after["starts_at"]).duration_since(at(&before["starts_at"]));
        assert_eq!(later.as_mins(), 60, "Lisbon's clock shows it an hour later");
        assert_eq!(after["version"], before["version"].as_i64().expect("a number") + 1);
    }
    // What is occupied has shifted too: the same wall times are still not on offer.
    let openings = world.get(&booka, &list).await;
    let offered: Vec<&Value> = openings["data"]
        .as_array()
        .expect("openings")
        .iter()
        .map(|one| &one["starts_at_local"])
        .collect();
    for before in &booked {
        assert!(!offered.contains(&&before["starts_at_local"]), "{before}");
    }
    // Doing it again changes nothing.
    booka.kill();
    let booka = world.start().await;
    let path = format!("/v1/appointments/{}", booked[0]["appointment_id"].as_str().expect("an id"));
    let after = world.get(&booka, &path).await;
    assert_eq!(after["version"], booked[0]["version"].as_i64().expect("a number") + 1);
}
