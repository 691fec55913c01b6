//! Openings on the days when clocks change. Pure, so no database here.

use booking::{WeeklyHours, days, engine::Timetable};
use jiff::{SignedDuration, Zoned, civil::Date, tz::TimeZone};

use crate::{
    solo::Solo,
    support::{MINUTE, every_day},
};

fn starts(zone: &str, day: &str, weekly: &[WeeklyHours], step: i32) -> Vec<Zoned> {
    let zone = TimeZone::get(zone).expect("a zone");
    let day: Date = day.parse().expect("a day");
    let window = days(day, day, &zone).expect("a day");
    let timetable =
        Timetable { zone: &zone, weekly, exceptions: &[], closures: &[], claims: &[], capacity: 1 };
    let solo = Solo {
        timetable,
        duration: MINUTE * step,
        before: SignedDuration::ZERO,
        after: SignedDuration::ZERO,
        step: MINUTE * step,
    };
    let services = solo.services(window).into_iter();
    services.map(|at| at.start().to_zoned(zone.clone())).collect()
}

fn clocks(zone: &str, day: &str, hours: &str) -> Vec<String> {
    let starts = starts(zone, day, &every_day(hours), 30);
    starts.iter().map(|start| start.strftime("%H:%M%z").to_string()).collect()
}

#[test]
fn working_hours_keep_to_the_wall_clock() {
    for (zone, days) in [
        ("Europe/Madrid", ["2026-03-28", "2026-03-29", "2026-10-25"]),
        ("America/Sao_Paulo", ["2026-02-14", "2026-02-15", "2026-11-01"]),
        ("America/New_York", ["2026-03-07", "2026-03-08", "2026-11-01"]),
        ("Australia/Lord_Howe", ["2026-04-04", "2026-04-05", "2026-10-04"]),
    ] {
        for day in days {
            let starts = starts(zone, day, &every_day("09:00-17:00"), 30);
            assert_eq!(starts.len(), 16, "{zone} {day}");
            assert_eq!(starts[0].time().to_string(), "09:00:00", "{zone} {day}");
            assert_eq!(starts[15].time().to_string(), "16:30:00", "{zone} {day}");
        }
    }
}

#[test]
fn what_a_spring_change_skips_is_not_there() {
    assert_eq!(
        clocks("Europe/Madrid", "2026-03-29", "01:00-04:00"),
        ["01:00+0100", "01:30+0100", "03:00+0200", "03:30+0200"]
    );
    assert_eq!(
        clocks("America/New_York", "2026-03-08", "02:30-04:00"),
        ["03:00-0400", "03:30-0400"]
    );
    // Half an hour, from 02:00 to 02:30.
    assert_eq!(
        clocks("Australia/Lord_Howe", "2026-10-04", "01:30-03:30"),
        ["01:30+1030", "02:30+1100", "03:00+1100"]
    );
    assert_eq!(clocks("America/Sao_Paulo", "2026-11-01", "00:00-01:00").len(), 2);
}

#[test]
fn what_an_autumn_change_repeats_is_there_twice() {
    assert_eq!(
        clocks("Europe/Madrid", "2026-10-25", "01:30-03:30"),
        ["01:30+0200", "02:00+0200", "02:30+0200", "02:00+0100", "02:30+0100", "03:00+0100"]
    );
    // Open until half past one, whichever half past one it is.
    assert_eq!(
        clocks("America/New_York", "2026-11-01", "00:30-01:30"),
        ["00:30-0400", "01:00-0400", "01:00-0500"]
    );
    assert_eq!(
        clocks("Australia/Lord_Howe", "2026-04-05", "01:00-02:30"),
        ["01:00+1100", "01:30+1100", "01:30+1030", "02:00+1030"]
    );
}

#[test]
fn a_day_is_as_long_as_it_is() {
    for (zone, day, n_quarters) in [
        ("Europe/Madrid", "2026-03-29", 92),
        ("Europe/Madrid", "2026-10-25", 100),
        ("America/Sao_Paulo", "2026-11-01", 96),
        ("Australia/Lord_Howe", "2026-04-05", 98),
        ("Australia/Lord_Howe", "2026-10-04", 94),
    ] {
        let starts = starts(zone, day, &every_day("00:00-24:00"), 15);
        assert_eq!(starts.len(), n_quarters, "{zone} {day}");
    }
}
