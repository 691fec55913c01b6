//! Openings against brute force: every minute of some days, tried one by one.

use booking::{
    Hours, ScheduleException, WeeklyHours,
    availability::{Shape, Timetable, Verdict, openings, verdict},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kernel::TimeRange;
use proptest::{collection::vec, prelude::*};

use crate::support::MINUTE;

const ZONES: [&str; 5] = [
    "Europe/Madrid",
    "America/Sao_Paulo",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
];

/// One day's hours, without overlap: sorted cuts taken in pairs, in quarters of an hour.
fn day_hours() -> impl Strategy<Value = Vec<Hours>> {
    vec(0_u16..=96, 0..6).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts.dedup();
        cuts.chunks_exact(2).filter_map(|c| Hours::new(c[0] * 15, c[1] * 15).ok()).collect()
    })
}

fn is_open(weekly: &[WeeklyHours], exceptions: &[ScheduleException], at: jiff::Zoned) -> bool {
    hours_of(weekly, exceptions, at.date()).iter().any(|hours| {
        let minute = wall_minute(&at);
        hours.start_minute() <= minute && minute < hours.end_minute()
    })
}

fn wall_minute(at: &jiff::Zoned) -> u16 {
    u16::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute())).expect("positive")
}

fn hours_of(weekly: &[WeeklyHours], exceptions: &[ScheduleException], day: Date) -> Vec<Hours> {
    match exceptions.iter().find(|exception| exception.day == day) {
        Some(exception) => exception.hours.clone(),
        None => weekly.iter().filter(|w| w.weekday == day.weekday()).map(|w| w.hours).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn they_are_exactly_the_minutes_that_work(
        zone in prop::sample::select(&ZONES[..]),
        (month, day) in prop::sample::select(&[(3, 8), (3, 29), (4, 5), (6, 10), (10, 4), (10, 25), (11, 1)][..]),
        week in vec(day_hours(), 7),
        exception in prop::option::of(day_hours()),
        busy in vec((0_i32..2000, 1_i32..200), 0..5),
        duration in 1_i32..16,
        (before, after) in (0_i32..40, 0_i32..40),
        step in prop::sample::select(&[5, 15, 20, 45, 60][..]),
    ) {
        let zone = TimeZone::get(zone).expect("a zone");
        let date = jiff::civil::date(2026, month, day);
        let first = date.to_zoned(zone.clone()).expect("a day").timestamp() - MINUTE * 120;
        let window = TimeRange::new(first, first + MINUTE * 60 * 28).expect("in order");
        let weekly: Vec<WeeklyHours> = jiff::civil::Weekday::Monday
            .cycle_forward()
            .zip(&week)
            .flat_map(|(weekday, day)| day.iter().map(move |&hours| WeeklyHours { weekday, hours }))
            .collect();
        let exceptions: Vec<_> = exception
            .into_iter()
            .map(|hours| ScheduleException { day: date, hours, reason: String::new() })
            .collect();
        let busy: Vec<_> = busy
            .into_iter()
            .map(|(from, long)| {
                let from = first + MINUTE * from;
                TimeRange::new(from, from + MINUTE * long).expect("in order")
            })
            .collect();
        let shape = Shape {
            duration: MINUTE * (duration * 10),
            buffer_before: MINUTE * before,
            buffer_after: MINUTE * after,
            step: MINUTE * step,
        };
        let timetable =
            Timetable { zone: &zone, weekly: &weekly, exceptions: &exceptions, busy: &busy };

        let works = |start: Timestamp| {
            let service = TimeRange::new(start, start + shape.duration).expect("in order");
            let open = (0..duration * 10)
                .all(|m| is_open(&weekly, &exceptions, (start + MINUTE * m).to_zoned(zone.clone())));
            let wall = start.to_zoned(zone.clone());
            let aligned = hours_of(&weekly, &exceptions, wall.date()).iter().any(|hours| {
                let minute = wall_minute(&wall);
                hours.start_minute() <= minute
                    && minute < hours.end_minute()
                    && i32::from(minute - hours.start_minute()) % step == 0
            });
            open && aligned && !busy.iter().any(|busy| busy.overlaps(&shape.block(&service)))
        };
        let expected: Vec<_> =
            (0..60 * 28).map(|m| first + MINUTE * m).filter(|start| works(*start)).collect();
        let found: Vec<_> =
            openings(&timetable, shape, window).map(|service| service.start()).collect();
        prop_assert_eq!(&found, &expected);
        // Listing and booking never disagree.
        for start in (0..60 * 28).step_by(5).map(|m| first + MINUTE * m) {
            let free = matches!(verdict(&timetable, shape, start), Verdict::Free(_));
            prop_assert_eq!(free, found.contains(&start));
        }
    }
}
