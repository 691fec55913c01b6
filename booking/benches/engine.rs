//! How long the pure part of booking takes.

use std::hint::black_box;

use booking::{
    Hours, WeeklyHours,
    engine::{
        Claim, Fill, Lead, Role, Segment, Standing, Timetable, Visit, Wish, judge, placements,
        rank, round_the_clock,
    },
};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};
use kernel::{Money, TimeRange};

const N_STAFF: usize = 20;
const N_ROOMS: usize = 6;
const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

fn monday() -> Timestamp {
    "2026-03-16T00:00:00Z".parse().expect("an instant")
}

fn days(n: i32) -> TimeRange {
    TimeRange::new(monday(), monday() + HOUR * 24 * n).expect("in order")
}

/// Two stretches a day from Monday to Saturday.
fn week() -> Vec<WeeklyHours> {
    let hours = [(540, 840), (960, 1200)];
    let days = Weekday::Monday.cycle_forward().take(6);
    days.flat_map(|weekday| {
        hours.map(|(start, end)| {
            let hours = Hours::new(start, end).expect("in order");
            WeeklyHours { weekday, hours }
        })
    })
    .collect()
}

/// About half of the time, in pieces of `long` minutes that differ from one resource to another;
/// from the window on for `n_days`.
fn claims(resource: usize, long: i64, n_days: i64) -> Vec<Claim> {
    let shift = i64::try_from(resource).expect("few") * 17 % 60;
    let claim = |n: i64| {
        let from = monday() + minutes(n * 2 * long + shift);
        let blocks = TimeRange::new(from, from + minutes(long)).expect("in order");
        Claim { blocks, units: 1 }
    };
    (0..n_days * 1440 / (2 * long)).map(claim).collect()
}

struct Salon {
    zone: TimeZone,
    week: Vec<WeeklyHours>,
    always: Vec<WeeklyHours>,
    claims: Vec<Vec<Claim>>,
}

impl Salon {
    /// Claims for `n_days`, of which a search sees the first thirty at most.
    fn open(n_days: i64) -> Self {
        let rooms = N_STAFF..N_STAFF + N_ROOMS;
        let staff = (0..N_STAFF).map(|resource| claims(resource, 45, n_days));
        Self {
            zone: TimeZone::get("Europe/Madrid").expect("a zone"),
            week: week(),
            always: round_the_clock().expect("a day"),
            claims: staff.chain(rooms.map(|resource| claims(resource, 60, n_days))).collect(),
        }
    }

    fn timetables(&self) -> Vec<Timetable<'_>> {
        self.claims
            .iter()
            .enumerate()
            .map(|(resource, claims)| Timetable {
                zone: &self.zone,
                weekly: if resource < N_STAFF { &self.week } else { &self.always },
                exceptions: &[],
                closures: &[],
                claims,
                capacity: if resource < N_STAFF { 1 } else { 2 },
            })
            .collect()
    }
}

/// Everybody, some quicker than others.
fn leads(n: usize, long: i64) -> Vec<Lead<'static>> {
    (0..n)
        .map(|resource| Lead {
            resource,
            rank: u16::try_from(resource / 5).expect("few"),
            standing: Standing::Offered,
            duration: minutes(long + 15 * i64::try_from(resource % 3).expect("few")),
            price: Money { amount_minor: 2500, currency: "EUR".parse().expect("a currency") },
            seats: None,
            units: 1,
            sessions: &[],
            full_days: &[],
        })
        .collect()
}

fn segment<'a>(leads: &'a [Lead<'a>], roles: &'a [Role<'a>]) -> Segment<'a> {
    let standing = Standing::Offered;
    Segment { standing, leads, roles, before: minutes(0), after: minutes(5), party: 1 }
}

fn engine(c: &mut Criterion) {
    let salon = Salon::open(30);
    let crowded = Salon::open(330);
    let (cut, wash, dry) = (leads(N_STAFF, 30), leads(N_STAFF, 15), leads(N_STAFF, 15));
    let fills: Vec<Fill> = (N_STAFF..N_STAFF + N_ROOMS)
        .map(|resource| Fill { resource, rank: 0, seats: None })
        .collect();
    let roles = [Role { candidates: &fills, units: 1 }];
    let three = [segment(&wash, &roles), segment(&cut, &roles), segment(&dry, &roles)];
    let one = [segment(&cut[..1], &[])];
    let visit = |timetables, segments, wait| Visit {
        timetables,
        segments,
        wait: minutes(wait),
        step: minutes(15),
        bookable: days(60),
    };
    let timetables = salon.timetables();
    let day = visit(&timetables, &one, 0);
    assert!(placements(&day, days(1)).count() > 0, "something to find");
    c.bench_function("engine/day_of_one", |b| {
        b.iter(|| placements(black_box(&day), days(1)).count());
    });
    let months = [
        ("engine/month_of_twenty_three_segments", 0, 1962),
        ("engine/the_same_with_pauses", 15, 2316),
    ];
    for (name, wait, n_found) in months {
        let month = visit(&timetables, &three, wait);
        assert_eq!(placements(&month, days(30)).count(), n_found);
        c.bench_function(name, |b| {
            b.iter(|| placements(black_box(&month), days(30)).count());
        });
    }
    let month = visit(&timetables, &three, 0);
    let timetables = crowded.timetables();
    let with_history = visit(&timetables, &three, 0);
    c.bench_function("engine/the_same_with_ten_times_the_claims_elsewhere", |b| {
        b.iter(|| placements(black_box(&with_history), days(30)).count());
    });
    // Nothing is taken, so that everybody can begin almost whenever they work: the longest answer.
    let empty = Salon::open(0);
    let timetables = empty.timetables();
    let quiet = visit(&timetables, &three, 0);
    let n_found = placements(&quiet, days(30)).count();
    assert!(n_found > 10_000, "{n_found}");
    c.bench_function("engine/the_same_with_nothing_taken", |b| {
        b.iter(|| placements(black_box(&quiet), days(30)).count());
    });
    c.bench_function("engine/first_five_of_that_month", |b| {
        b.iter(|| placements(black_box(&month), days(30)).take(5).count());
    });
    let wish = Wish::anything(salon.zone.clone());
    c.bench_function("engine/rank_four_of_that_month", |b| {
        b.iter(|| rank(placements(black_box(&month), days(30)), &wish, 4));
    });
    let start = monday() + HOUR * 10;
    c.bench_function("engine/judge", |b| {
        b.iter(|| judge(black_box(&month), start).is_ok());
    });
}

criterion_group!(benches, engine);
criterion_main!(benches);
