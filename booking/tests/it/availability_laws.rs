//! Openings of one resource against brute force: every minute of some days, tried one by one.

use booking::{
    Hours, ScheduleException, WeeklyHours,
    engine::{Claim, Closure, Timetable},
};
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use kernel::TimeRange;
use proptest::{collection::vec, prelude::*};

use crate::{solo::Solo, support::MINUTE};

const ZONES: [&str; 5] = [
    "Europe/Madrid",
    "America/Sao_Paulo",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
];

/// One day's hours, without overlap: sorted cuts taken in pairs, in quarters of an hour. The last
/// may run into the next day.
fn day_hours() -> impl Strategy<Value = Vec<Hours>> {
    vec(0_u16..=130, 0..6).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts.dedup();
        cuts.chunks_exact(2).filter_map(|c| Hours::new(c[0] * 15, c[1] * 15).ok()).collect()
    })
}

struct Rules {
    weekly: Vec<WeeklyHours>,
    exceptions: Vec<ScheduleException>,
    closures: Vec<Closure>,
}

impl Rules {
    fn of(&self, day: Date) -> Vec<Hours> {
        if self.closures.iter().any(|closure| closure.day == day) {
            return Vec::new();
        }
        match self.exceptions.iter().find(|exception| exception.day == day) {
            Some(exception) => exception.hours.clone(),
            None => {
                let today = self.weekly.iter().filter(|weekly| weekly.weekday == day.weekday());
                today.map(|weekly| weekly.hours).collect()
            }
        }
    }

    /// The shifts that the clock on the wall is inside of, as minutes since each began.
    fn on(&self, at: &Zoned) -> Vec<i32> {
        let minute = i32::from(at.hour()) * 60 + i32::from(at.minute());
        let days = [(at.date(), minute), (at.date().yesterday().expect("a day"), minute + 1440)];
        days.iter()
            .flat_map(|(day, minute)| self.of(*day).into_iter().map(move |hours| (hours, *minute)))
            .filter(|(hours, minute)| {
                i32::from(hours.start_minute()) <= *minute
                    && *minute < i32::from(hours.end_minute())
            })
            .map(|(hours, minute)| minute - i32::from(hours.start_minute()))
            .collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn they_are_exactly_the_minutes_that_work(
        zone in prop::sample::select(&ZONES[..]),
        (month, day) in prop::sample::select(&[(3, 8), (3, 29), (4, 5), (6, 10), (10, 4), (10, 25), (11, 1)][..]),
        week in vec(day_hours(), 7),
        exception in prop::option::of(day_hours()),
        closed in prop::option::of(0_i64..3),
        claims in vec((0_i32..2000, 1_i32..200, 0_u16..4), 0..6),
        capacity in 1_u16..4,
        duration in 1_i32..16,
        (before, after) in (0_i32..40, 0_i32..40),
        step in prop::sample::select(&[5, 15, 20, 45, 60][..]),
    ) {
        let zone = TimeZone::get(zone).expect("a zone");
        let date = jiff::civil::date(2026, month, day);
        let first = date.to_zoned(zone.clone()).expect("a day").timestamp() - MINUTE * 120;
        let window = TimeRange::new(first, first + MINUTE * 60 * 28).expect("in order");
        let rules = Rules {
            weekly: jiff::civil::Weekday::Monday
                .cycle_forward()
                .zip(&week)
                .flat_map(|(weekday, day)| day.iter().map(move |&hours| WeeklyHours { weekday, hours }))
                .collect(),
            exceptions: exception
                .into_iter()
                .map(|hours| ScheduleException { day: date, hours, reason: String::new() })
                .collect(),
            closures: closed
                .into_iter()
                .map(|n| {
                    let day = date.checked_add(jiff::Span::new().days(n - 1)).expect("a day");
                    Closure { day, name: "holiday".to_owned() }
                })
                .collect(),
        };
        let claims: Vec<_> = claims
            .into_iter()
            .map(|(from, long, units)| {
                let from = first + MINUTE * from;
                let blocks = TimeRange::new(from, from + MINUTE * long).expect("in order");
                Claim { blocks, units }
            })
            .collect();
        let solo = Solo {
            timetable: Timetable {
                zone: &zone,
                weekly: &rules.weekly,
                exceptions: &rules.exceptions,
                closures: &rules.closures,
                claims: &claims,
                capacity,
            },
            duration: MINUTE * (duration * 10),
            before: MINUTE * before,
            after: MINUTE * after,
            step: MINUTE * step,
        };
        let load = |at: Timestamp| -> u16 {
            claims.iter().filter(|claim| claim.blocks.contains(at)).map(|claim| claim.units).sum()
        };
        let works = |start: Timestamp| {
            let wall = start.to_zoned(zone.clone());
            rules.on(&wall).iter().any(|minutes| minutes % step == 0)
                && (0..duration * 10)
                    .all(|m| !rules.on(&(start + MINUTE * m).to_zoned(zone.clone())).is_empty())
                && (-before..duration * 10 + after).all(|m| load(start + MINUTE * m) < capacity)
        };
        let expected: Vec<_> =
            (0..60 * 28).map(|m| first + MINUTE * m).filter(|start| works(*start)).collect();
        let found: Vec<_> =
            solo.services(window).into_iter().map(|service| service.start()).collect();
        prop_assert_eq!(&found, &expected);
        // Listing and booking never disagree.
        for start in (0..60 * 28).step_by(5).map(|m| first + MINUTE * m) {
            prop_assert_eq!(solo.judge(start).is_ok(), found.contains(&start));
        }
    }
}
