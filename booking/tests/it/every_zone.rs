//! Every zone of the rules that are built in, on the days around every change of its clock from
//! 2026 to 2031. Pure, so no database here.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use booking::{WeeklyHours, engine::Timetable};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use kernel::{Local, TimeRange, Zones, local_to_instant};

use crate::{
    solo::Solo,
    support::{MINUTE, every_day},
};

const QUARTER: SignedDuration = SignedDuration::from_mins(15);

/// Opening hours of every day, with how many minutes after midnight they begin and end.
const HOURS: [(&str, i32, i32); 4] = [
    ("00:00-24:00", 0, 1440),
    ("09:00-17:00", 540, 1020),
    ("00:30-04:30", 30, 270),
    ("22:00-02:15", 1320, 1575),
];

struct Place<'a> {
    name: &'a str,
    zone: TimeZone,
}

impl Place<'_> {
    /// The changes of its clock, by instant.
    fn changes(&self) -> Vec<Timestamp> {
        let from: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let until: Timestamp = "2032-01-01T00:00:00Z".parse().expect("an instant");
        let changes = self.zone.following(from).map(|change| change.timestamp());
        changes.take_while(|at| *at < until).collect()
    }

    fn midnight(&self, day: Date) -> Timestamp {
        day.to_zoned(self.zone.clone()).expect("a day").timestamp()
    }

    /// The instants at which the clock shows `wall`: none, one or two.
    fn instants(&self, wall: DateTime) -> Vec<Timestamp> {
        match local_to_instant(wall, &self.zone).expect("in range") {
            Local::Unique(at) => vec![at.timestamp()],
            Local::Gap { before, after } => {
                assert!(before.datetime() < wall && wall < after.datetime(), "{}", self.name);
                Vec::new()
            }
            Local::Fold { first, second } => {
                assert!(first.datetime() == wall && second.datetime() == wall, "{}", self.name);
                assert!(first.timestamp() < second.timestamp(), "{}", self.name);
                vec![first.timestamp(), second.timestamp()]
            }
        }
    }

    /// The quarters of an hour that the clock shows between two minutes of the days around `day`.
    fn quarters(&self, day: Date, from: i32, until: i32) -> BTreeSet<Timestamp> {
        let days = [day.yesterday().expect("a day"), day, day.tomorrow().expect("a day")];
        let walls = days.iter().flat_map(|day| {
            let midnight = day.to_datetime(Time::midnight());
            (from..until).step_by(15).map(move |minute| midnight + MINUTE * minute)
        });
        walls.flat_map(|wall| self.instants(wall)).collect()
    }

    fn solo<'a>(&'a self, weekly: &'a [WeeklyHours], quarters: i32) -> Solo<'a> {
        Solo {
            timetable: Timetable {
                zone: &self.zone,
                weekly,
                exceptions: &[],
                closures: &[],
                claims: &[],
                capacity: 1,
            },
            duration: QUARTER * quarters,
            before: SignedDuration::ZERO,
            after: SignedDuration::ZERO,
            step: QUARTER,
        }
    }

    /// Lists one day and holds it against what the clock shows. Says how many openings there are.
    fn check_day(&self, day: Date, patterns: &[Vec<WeeklyHours>]) -> usize {
        let window =
            TimeRange::new(self.midnight(day), self.midnight(day.tomorrow().expect("a day")))
                .expect("a day");
        let mut n = 0;
        for ((text, from, until), weekly) in HOURS.iter().zip(patterns) {
            let quarters = self.quarters(day, *from, *until);
            // Long services where the clock changes, or it takes too long.
            for long in [1, 6].into_iter().filter(|long| *long == 1 || until - from < 300) {
                let services = self.solo(weekly, long).services(window);
                n += services.len();
                let found: Vec<_> = services.iter().map(TimeRange::start).collect();
                // Open throughout, so never in a gap, and both sides of a fold once each.
                let fits = |start: &&Timestamp| {
                    (0..long).all(|n| quarters.contains(&(**start + QUARTER * n)))
                };
                let inside = quarters.range(window.start()..window.end());
                let expected: Vec<_> = inside.filter(fits).copied().collect();
                assert_eq!(found, expected, "{} {day} {text}", self.name);
                assert!(services.iter().all(|service| service.duration() == QUARTER * long));
                if *text == "00:00-24:00" && long == 1 {
                    // A day is as long as it is.
                    let total = QUARTER * i32::try_from(services.len()).expect("few");
                    assert_eq!(total, window.duration(), "{} {day}", self.name);
                }
                if *text == "09:00-17:00" && long == 1 && self.keeps_offset(window) {
                    assert_eq!(services.len(), 32, "{} {day}", self.name);
                }
            }
        }
        n
    }

    fn keeps_offset(&self, window: TimeRange) -> bool {
        self.zone.following(window.start()).next().is_none_or(|it| it.timestamp() >= window.end())
    }

    /// Judges every five minutes around `change`. Says how many.
    fn check_judging(&self, change: Timestamp, weekly: &[WeeklyHours]) -> usize {
        let hours = MINUTE * 120;
        let window = TimeRange::new(change - hours, change + hours).expect("in order");
        let solo = self.solo(weekly, 3);
        let listed: BTreeSet<_> = solo.services(window).iter().map(TimeRange::start).collect();
        // On the grid and off it.
        let starts = std::iter::successors(Some(window.start()), |at| Some(*at + MINUTE * 5));
        starts
            .take_while(|start| *start < window.end())
            .inspect(|start| {
                let judged = solo.judge(*start);
                assert_eq!(judged.is_ok(), listed.contains(start), "{} {start}", self.name);
            })
            .count()
    }
}

#[test]
fn clocks_may_change_anywhere() {
    let zones = Zones::bundled();
    let names: Vec<String> = zones.names().map(|name| name.to_string()).collect();
    let patterns: Vec<_> = HOURS.iter().map(|(text, ..)| every_day(text)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut n_changes, mut n_openings, mut n_judged) = (0, 0, 0);
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            let place = Place { name, zone: zones.get(name).expect("a zone") };
            for change in place.changes() {
                n_changes += 1;
                let day = place.zone.to_datetime(change).date();
                for day in [day.yesterday().expect("a day"), day, day.tomorrow().expect("a day")] {
                    n_openings += place.check_day(day, &patterns);
                }
                n_judged += place.check_judging(change, &patterns[2]);
            }
        }
        [n_changes, n_openings, n_judged]
    };
    let totals = thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        let counts = workers.into_iter().map(|worker| worker.join().expect("no disagreement"));
        counts.fold([0; 3], |all, one| [all[0] + one[0], all[1] + one[1], all[2] + one[2]])
    });
    println!(
        "{} zones of {}: {} changes, {} openings, {} judged",
        names.len(),
        zones.version(),
        totals[0],
        totals[1],
        totals[2]
    );
    // That there was something to check: half of the world changes its clocks.
    assert!(names.len() > 400 && totals[0] > 2000, "{totals:?}");
}
