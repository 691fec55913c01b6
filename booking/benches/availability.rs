//! How long the pure part of finding openings takes.

use std::hint::black_box;

use booking::{
    Hours, WeeklyHours,
    availability::{Shape, Timetable, openings},
};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};
use kernel::TimeRange;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Sixty days, two stretches a day, half of the time taken.
fn availability(c: &mut Criterion) {
    let zone = TimeZone::get("Europe/Madrid").expect("in the tz database");
    let hours = [(540, 840), (960, 1200)];
    let weekly: Vec<_> = Weekday::Monday
        .cycle_forward()
        .take(7)
        .flat_map(|weekday| {
            hours.map(|(start, end)| {
                let hours = Hours::new(start, end).expect("in order");
                WeeklyHours { weekday, hours }
            })
        })
        .collect();
    let first: Timestamp = "2026-03-02T00:00:00Z".parse().expect("an instant");
    let window = TimeRange::new(first, first + MINUTE * 60 * 24 * 60).expect("in order");
    let busy: Vec<_> = (0..60 * 24)
        .map(|hour| first + MINUTE * 60 * hour)
        .map(|from| TimeRange::new(from, from + MINUTE * 30).expect("in order"))
        .collect();
    let timetable = Timetable { zone: &zone, weekly: &weekly, exceptions: &[], busy: &busy };
    let shape = Shape {
        duration: MINUTE * 30,
        buffer_before: SignedDuration::ZERO,
        buffer_after: SignedDuration::ZERO,
        step: MINUTE * 15,
    };
    c.bench_function("openings/sixty_days", |b| {
        b.iter(|| openings(black_box(&timetable), shape, window).count());
    });
    c.bench_function("openings/next_five", |b| {
        b.iter(|| openings(black_box(&timetable), shape, window).take(5).count());
    });
}

criterion_group!(benches, availability);
criterion_main!(benches);
