//! Many customers, two processes, one Postgres: who gets what (`reliability.md` A1 to A3).
//!
//! Rounds are few here, so that every push can afford them. `make contest` runs as many as the house
//! asks of a release: `CONTEST_ROUNDS=10000`.

use std::{collections::BTreeMap, time::Instant};

use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{
    Connection as _, PgConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    conversation::service,
    process::{Booka, World, now},
};

/// How many at once in a round.
const CLIENTS: usize = 16;
/// One process is killed and started again after so many rounds.
const KILL_EVERY: usize = 8;

/// What came of one attempt.
#[derive(Debug)]
enum Outcome {
    Won(Value),
    Lost(Value),
    /// The process went away; sent again with the same key, it says what became of it.
    Died,
}

struct Contest {
    world: World,
    nodes: Vec<Booka>,
    service: String,
    staff: Vec<String>,
    slowest: std::sync::Mutex<Vec<u128>>,
}

impl Contest {
    async fn post(&self, node: usize, path: &str, body: &Value, key: &str) -> Option<(u16, Value)> {
        let url = &self.nodes[node % self.nodes.len()].url;
        let started = Instant::now();
        let answer = self.world.send(url, Method::POST, path, body, Some(key)).await.ok();
        if let Ok(mut all) = self.slowest.lock() {
            all.push(started.elapsed().as_millis());
        }
        answer
    }

    /// Holds and confirms; goes on at the other process when one has died.
    async fn book(&self, client: usize, start: Timestamp, staff: &str, key: &str) -> Outcome {
        let body = json!({ "service_id": self.service, "resource_id": staff, "starts_at": start });
        let held = format!("{key}-hold");
        let mut held_at = self.post(client, "/v1/holds", &body, &held).await;
        if held_at.is_none() {
            held_at = self.post(client + 1, "/v1/holds", &body, &held).await;
        }
        let (status, hold) = match held_at {
            Some(answer) => answer,
            None => return Outcome::Died,
        };
        if status != 201 {
            assert_eq!(status, 409, "{hold}");
            return Outcome::Lost(hold);
        }
        let id = hold["appointment_id"].as_str().expect("an id");
        let path = format!("/v1/holds/{id}/confirm");
        let key = format!("{key}-confirm");
        let mut yes = self.post(client, &path, &json!({}), &key).await;
        if yes.is_none() {
            yes = self.post(client + 1, &path, &json!({}), &key).await;
        }
        match yes {
            Some((200, appointment)) => Outcome::Won(appointment),
            Some((_, problem)) => panic!("a fresh hold was not confirmed: {problem}"),
            None => Outcome::Died,
        }
    }

    /// Kills a process in the middle of some rounds, a little later each time.
    async fn kill_one(&self, round: usize) {
        if let Some(node) = doomed(round) {
            let pause = u64::try_from(5 + round % 40).unwrap_or(5);
            tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
            self.nodes[node].kill_from_outside();
        }
    }

    /// Starts the process again that this round killed.
    async fn revive(&mut self, round: usize) {
        if let Some(node) = doomed(round) {
            self.nodes.remove(node).kill();
            let fresh = self.world.start().await;
            self.nodes.insert(node, fresh);
        }
    }

    async fn openings(&self, staff: &str, from: Timestamp) -> Vec<Timestamp> {
        let path = format!(
            "/v1/openings?service_id={}&resource_id={staff}&from={from}&limit=100",
            self.service
        );
        // At whichever lives.
        let mut answer = Value::Null;
        for node in &self.nodes {
            let asked = self.world.send(&node.url, Method::GET, &path, &Value::Null, None).await;
            if let Ok((200, found)) = asked {
                answer = found;
                break;
            }
        }
        let starts = answer["data"].as_array().expect("openings").iter();
        starts.map(|one| one["starts_at"].as_str().expect("one").parse().expect("one")).collect()
    }
}

/// Which process dies in this round: each in its turn.
fn doomed(round: usize) -> Option<usize> {
    (round % KILL_EVERY == KILL_EVERY - 1).then_some((round / KILL_EVERY) % 2)
}

/// How many pairs of live claims overlap, buffers included, by asking every pair.
async fn n_overlaps(url: &str) -> i64 {
    let mut database = PgConnection::connect(url).await.expect("connect");
    sqlx::query_scalar(
        "SELECT count(*) FROM claims a JOIN claims b
           ON a.tenant_id = b.tenant_id AND a.resource_id = b.resource_id AND a.unit = b.unit
          AND a.appointment_id < b.appointment_id AND a.during && b.during
          AND a.claim_id <> b.claim_id
         WHERE a.live AND b.live",
    )
    .fetch_one(&mut database)
    .await
    .expect("a count")
}

#[expect(clippy::disallowed_methods, reason = "the size of a test, not a setting of ours")]
fn rounds() -> usize {
    std::env::var("CONTEST_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(24)
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn nobody_is_booked_twice(_: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(&options).await;
    let nodes = vec![world.start().await, world.start().await];
    let rules = json!({ "min_notice_minutes": 0, "horizon_days": 730, "step_minutes": 5 });
    let patched = world.send(&nodes[0].url, Method::PATCH, "/v1/tenant/rules", &rules, None).await;
    assert_eq!(patched.expect("answer").0, 200);
    let haircut = service(&world, &nodes[0], "Haircut").await;
    let everybody = world.get(&nodes[0], "/v1/staff").await;
    let staff: Vec<String> = everybody["data"]
        .as_array()
        .expect("staff")
        .iter()
        .filter(|one| one["kind"] == "staff")
        .filter(|one| {
            one["service_ids"].as_array().is_some_and(|does| does.contains(&json!(haircut)))
        })
        .map(|one| one["resource_id"].as_str().expect("an id").to_owned())
        .collect();
    // Long days: ten thousand rounds must fit into the horizon.
    for person in &staff {
        all_day(&world, &nodes[0].url, person).await;
    }
    let slowest = std::sync::Mutex::default();
    let mut contest = Contest { world, nodes, service: haircut, staff, slowest };
    let mut from = now() + SignedDuration::from_hours(24);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for round in 0..rounds() {
        let staff = contest.staff[round % contest.staff.len()].clone();
        let starts = contest.openings(&staff, from).await;
        // With room behind it for starts a few steps later.
        let later = |start: &Timestamp| *start + SignedDuration::from_mins(25);
        let first = starts.windows(6).find(|six| later(&six[0]) == six[5]).map(|six| six[0]);
        let Some(first) = first else { panic!("nothing is free from {from}") };
        // Of ten rounds four want the same start, three starts that overlap, one starts that touch,
        // two move what is booked to where others want to be.
        let kind = [
            "same", "same", "same", "same", "partial", "partial", "partial", "touching", "moves",
            "moves",
        ][round % 10];
        *kinds.entry(kind).or_default() += 1;
        let fight = async {
            match kind {
                "same" | "partial" => scramble(&contest, round, kind, first, &staff).await,
                "touching" => touch(&contest, round, first, &staff).await,
                _ => moves(&contest, round, first, &staff).await,
            }
        };
        futures::join!(fight, contest.kill_one(round));
        // Everybody's turn, then later.
        if round % contest.staff.len() == contest.staff.len() - 1 {
            from = from.max(first) + SignedDuration::from_mins(90);
        }
        contest.revive(round).await;
        if round % 50 == 49 {
            assert_eq!(n_overlaps(contest.world.database_url()).await, 0, "after round {round}");
        }
    }
    assert_eq!(n_overlaps(contest.world.database_url()).await, 0);
    let mut all = contest.slowest.lock().expect("times").clone();
    all.sort_unstable();
    let p99 = all.get(all.len() * 99 / 100).copied().unwrap_or_default();
    println!("{} rounds {kinds:?}, {} requests, p99 {p99} ms", rounds(), all.len());
}

/// Everybody wants the same start, or starts that all contain one instant: one gets it.
async fn scramble(contest: &Contest, round: usize, kind: &str, first: Timestamp, staff: &str) {
    let attempts = (0..CLIENTS).map(|client| {
        let apart = if kind == "partial" { 5 * i64::try_from(client % 6).unwrap_or(0) } else { 0 };
        let start = first + SignedDuration::from_mins(apart);
        let key = format!("r{round}-c{client}");
        async move { contest.book(client, start, staff, &key).await }
    });
    let outcomes = join_all(attempts).await;
    let n_won = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Won(_))).count();
    assert!(outcomes.iter().all(|one| !matches!(one, Outcome::Died)), "{outcomes:?}");
    assert_eq!(n_won, 1, "round {round}, {kind}: {outcomes:?}");
    for outcome in outcomes {
        if let Outcome::Lost(problem) = outcome {
            // Between two steps of the timetable is no race.
            assert_eq!(problem["code"], "opening_taken", "{problem}");
            let n = problem["alternatives"].as_array().map_or(0, Vec::len);
            assert_eq!(n, 3, "{problem}");
        }
    }
}

/// Two at once, the end of one being the start of the other: neither is refused.
async fn touch(contest: &Contest, round: usize, first: Timestamp, staff: &str) {
    let one = contest.book(0, first, staff, &format!("r{round}-a")).await;
    let Outcome::Won(one) = one else { panic!("{one:?}") };
    let end: Timestamp = one["ends_at"].as_str().expect("an end").parse().expect("one");
    // The first free start after it, which is its end but for buffers and breaks.
    let starts = contest.openings(staff, end).await;
    let next = starts[0];
    // As far from that as that is from the first: their blocks, buffers and all, touch.
    let length = next.duration_since(first);
    let again = starts.iter().copied().find(|start| start.duration_since(next) >= length);
    let Some(again) = again else { return };
    let both = [(0, next), (1, again)].map(|(client, start)| {
        let key = format!("r{round}-b{client}");
        async move { contest.book(client, start, staff, &key).await }
    });
    for outcome in join_all(both).await {
        assert!(matches!(outcome, Outcome::Won(_)), "touching is not overlapping: {outcome:?}");
    }
}

/// Somebody moves to where others want to be: one gets it, whoever; and the mover is in one place.
async fn moves(contest: &Contest, round: usize, first: Timestamp, staff: &str) {
    let mover = contest.book(0, first, staff, &format!("r{round}-m")).await;
    let Outcome::Won(mover) = mover else { panic!("{mover:?}") };
    let end: Timestamp = mover["ends_at"].as_str().expect("an end").parse().expect("one");
    let target = contest.openings(staff, end).await[0];
    let id = mover["appointment_id"].as_str().expect("an id").to_owned();
    let path = format!("/v1/appointments/{id}/reschedule");
    let key = format!("r{round}-move");
    let body = json!({ "starts_at": target });
    let moving = contest.post(1, &path, &body, &key);
    let rivals = (0..CLIENTS / 2).map(|client| {
        let key = format!("r{round}-r{client}");
        async move { contest.book(client, target, staff, &key).await }
    });
    let (moved, rivals) = futures::join!(moving, join_all(rivals));
    let moved = match moved {
        Some(answer) => answer,
        None => contest.post(0, &path, &body, &key).await.expect("the other process lives"),
    };
    let (status, answer) = moved;
    assert!(status == 200 || answer["code"] == "opening_taken", "{answer}");
    let n_won = rivals.iter().filter(|outcome| matches!(outcome, Outcome::Won(_))).count();
    assert_eq!(n_won + usize::from(status == 200), 1, "round {round}: {answer} {rivals:?}");
}

/// A class of five, fifty who want a seat, two processes: five get one, in one session.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn five_seats_at_two_processes(_: PgPoolOptions, options: PgConnectOptions) {
    let mut contest = yoga(World::new(&options).await).await;
    let teacher = contest.staff[0].clone();
    let mut from = now() + SignedDuration::from_hours(24);
    // A class asks three times as many as a round of the others.
    let n_rounds = (rounds() / 10).max(2);
    for round in 0..n_rounds {
        let start = contest.openings(&teacher, from).await[0];
        let everybody = join_all((0..50).map(|client| {
            let (contest, teacher) = (&contest, &teacher);
            async move {
                let key = format!("s{round}-c{client}");
                contest.book(client, start, teacher, &key).await
            }
        }));
        let (all, ()) = futures::join!(everybody, contest.kill_one(round));
        let n_seats = all.iter().filter(|one| matches!(one, Outcome::Won(_))).count();
        assert_eq!(n_seats, 5, "round {round}: {all:?}");
        assert!(!all.iter().any(|one| matches!(one, Outcome::Died)), "round {round}: {all:?}");
        contest.revive(round).await;
        from = start + SignedDuration::from_mins(1);
    }
    let url = contest.world.database_url();
    assert_eq!(n_overlaps(url).await, 0);
    let mut database = PgConnection::connect(url).await.expect("connect");
    let n_sessions: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions")
        .fetch_one(&mut database)
        .await
        .expect("a count");
    assert_eq!(usize::try_from(n_sessions), Ok(n_rounds));
    println!("{n_rounds} classes, five seats each, {n_sessions} sessions");
}

/// Two processes, and a teacher who gives a class of five all day.
async fn yoga(world: World) -> Contest {
    let nodes = vec![world.start().await, world.start().await];
    let url = &nodes[0].url;
    let rules = json!({ "min_notice_minutes": 0, "horizon_days": 730, "step_minutes": 60 });
    let patched = world.send(url, Method::PATCH, "/v1/tenant/rules", &rules, None).await;
    assert_eq!(patched.expect("answer").0, 200);
    let class = json!({
        "names": { "en": { "name": "Yoga" } }, "duration_minutes": 60, "seats": 5,
        "price": { "amount_minor": 1500, "currency": "EUR" },
    });
    let made = world.send(url, Method::POST, "/v1/services", &class, None).await;
    let (status, made) = made.expect("answer");
    assert_eq!(status, 201, "{made}");
    let service = made["service_id"].as_str().expect("an id").to_owned();
    let teacher = json!({ "name": "Yogi", "service_ids": [service] });
    let teacher = world.send(url, Method::POST, "/v1/staff", &teacher, None).await;
    let (status, teacher) = teacher.expect("answer");
    assert_eq!(status, 201, "{teacher}");
    let teacher = teacher["resource_id"].as_str().expect("an id").to_owned();
    all_day(&world, url, &teacher).await;
    Contest { world, nodes, service, staff: vec![teacher], slowest: std::sync::Mutex::default() }
}

/// Somebody works every day from six to ten.
async fn all_day(world: &World, url: &str, person: &str) {
    let day = json!(["06:00-22:00"]);
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let week: BTreeMap<&str, Value> = week.into_iter().map(|name| (name, day.clone())).collect();
    let path = format!("/v1/staff/{person}/hours");
    let set = world.send(url, Method::PUT, &path, &json!({ "week": week }), None).await;
    assert_eq!(set.expect("answer").0, 200);
}
