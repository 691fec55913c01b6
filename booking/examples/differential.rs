//! Random cases with the starts that the engine finds, as lines of JSON, for
//! `booking/tests/differential.py` to find again by other means.
//!
//! `cargo run --release -p booking --example differential -- <cases> <seed> <zoneinfo directory>`

use std::{env, error::Error, io::Write as _, path::Path};

use booking::{
    Hours, ScheduleException, WeeklyHours,
    engine::{Claim, Closure, Lead, Segment, Standing, Timetable, Visit, placements},
};
use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use kernel::{Money, TimeRange, Zones};

/// Numbers from a seed; no two runs differ.
struct Dice(u64);

impl Dice {
    /// `0..n`, by splitmix64.
    fn roll(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n.max(1)
    }

    fn among(&mut self, from: i64, until: i64) -> i64 {
        from + i64::try_from(self.roll(until.abs_diff(from))).unwrap_or(0)
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.roll(n) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let index = usize::try_from(self.roll(of.len() as u64)).ok()?;
        of.get(index).copied()
    }

    /// Shifts that may overlap, touch, and run past midnight.
    fn hours(&mut self) -> Vec<Hours> {
        let n = self.roll(3);
        let grain = self.pick(&[5, 15, 30]).unwrap_or(15);
        (0..n)
            .filter_map(|_| {
                let start = self.among(0, 1440 / grain) * grain;
                let long = self.among(1, 720 / grain) * grain;
                Hours::new(u16::try_from(start).ok()?, u16::try_from(start + long).ok()?).ok()
            })
            .collect()
    }
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

fn range(start: Timestamp, long: i64) -> Option<TimeRange> {
    TimeRange::new(start, start + minutes(long)).ok()
}

/// An instant of 2026 to 2031, in every other case within a day of a change of the clock.
fn instant(dice: &mut Dice, zone: &TimeZone) -> Result<Timestamp, Box<dyn Error>> {
    let first: Timestamp = "2026-01-01T00:00:00Z".parse()?;
    let any = first + minutes(dice.among(0, 6 * 365 * 1440));
    let last: Timestamp = "2032-01-01T00:00:00Z".parse()?;
    // Some files end with a change that changes nothing, in 2038.
    let change = zone.following(any).next().map(|change| change.timestamp());
    let near = change.filter(|change| *change < last && dice.one_in(2));
    Ok(near.map_or(any, |change| change - minutes(dice.among(0, 1440))))
}

fn pairs(hours: &[Hours]) -> Vec<[u16; 2]> {
    hours.iter().map(|hours| [hours.start_minute(), hours.end_minute()]).collect()
}

fn case(
    dice: &mut Dice,
    zones: &Zones,
    names: &[String],
    prices: Money,
) -> Result<serde_json::Value, Box<dyn Error>> {
    let index = usize::try_from(dice.roll(names.len() as u64))?;
    let name = names.get(index).ok_or("no zones")?;
    let zone = zones.get(name)?;
    let from = instant(dice, &zone)?;
    let window = range(from, dice.among(60, 1800)).ok_or("an empty window")?;
    let today = zone.to_datetime(from).date();
    let near = |dice: &mut Dice| -> Result<Date, jiff::Error> {
        today.checked_add(Span::new().days(dice.among(-1, 3)))
    };
    let week: Vec<Vec<Hours>> = (0..7).map(|_| dice.hours()).collect();
    let weekly: Vec<WeeklyHours> = Weekday::Monday
        .cycle_forward()
        .zip(&week)
        .flat_map(|(weekday, day)| day.iter().map(move |&hours| WeeklyHours { weekday, hours }))
        .collect();
    let mut exceptions = Vec::new();
    if dice.one_in(3) {
        let (day, hours) = (near(dice)?, dice.hours());
        exceptions.push(ScheduleException { day, hours, reason: String::new() });
    }
    let mut closures = Vec::new();
    if dice.one_in(5) {
        closures.push(Closure { day: near(dice)?, name: String::new() });
    }
    let n_claims = dice.roll(5);
    let claims: Vec<Claim> = (0..n_claims)
        .filter_map(|_| {
            let start = from + minutes(dice.among(-300, 1900));
            Some(Claim { blocks: range(start, dice.among(1, 240))?, units: 1 })
        })
        .collect();
    let capacity = u16::try_from(dice.among(1, 3))?;
    let step = dice.pick(&[5, 10, 15, 20, 30, 45, 60, 90]).unwrap_or(15);
    let duration = dice.among(1, 49) * 5;
    let (before, after) = (dice.pick(&[0, 0, 5, 30]), dice.pick(&[0, 0, 10, 45]));
    let (before, after) = (before.unwrap_or(0), after.unwrap_or(0));

    let timetable = Timetable {
        zone: &zone,
        weekly: &weekly,
        exceptions: &exceptions,
        closures: &closures,
        claims: &claims,
        capacity,
    };
    let lead = Lead {
        resource: 0,
        rank: 0,
        standing: Standing::Offered,
        duration: minutes(duration),
        price: prices,
        seats: None,
        units: 1,
        sessions: &[],
        full_days: &[],
    };
    let segment = Segment {
        standing: Standing::Offered,
        leads: &[lead],
        roles: &[],
        before: minutes(before),
        after: minutes(after),
        party: 1,
    };
    let visit = Visit {
        timetables: &[timetable],
        segments: &[segment],
        wait: SignedDuration::ZERO,
        step: minutes(step),
        bookable: TimeRange::new(Timestamp::MIN, Timestamp::MAX)?,
    };
    let starts: Vec<i64> =
        placements(&visit, window).map(|placement| placement.starts_at().as_second()).collect();
    Ok(serde_json::json!({
        "zone": name,
        "window": [window.start().as_second(), window.end().as_second()],
        "week": week.iter().map(|day| pairs(day)).collect::<Vec<_>>(),
        "exceptions": exceptions
            .iter()
            .map(|it| (it.day.to_string(), pairs(&it.hours)))
            .collect::<std::collections::BTreeMap<_, _>>(),
        "closures": closures.iter().map(|it| it.day.to_string()).collect::<Vec<_>>(),
        "claims": claims
            .iter()
            .map(|it| [it.blocks.start().as_second(), it.blocks.end().as_second()])
            .collect::<Vec<_>>(),
        "capacity": capacity,
        "step": step,
        "duration": duration,
        "before": before,
        "after": after,
        "starts": starts,
    }))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let n: u64 = args.next().map_or(Ok(1000), |n| n.parse())?;
    let seed = args.next().map_or(Ok(1), |seed| seed.parse())?;
    let directory = args.next().unwrap_or_else(|| "/usr/share/zoneinfo".to_owned());
    let zones = Zones::from_dir(Path::new(&directory))?;
    let names: Vec<String> = zones.names().map(|name| name.to_string()).collect();
    let prices = Money { amount_minor: 0, currency: "EUR".parse()? };
    let mut dice = Dice(seed);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for _ in 0..n {
        writeln!(out, "{}", case(&mut dice, &zones, &names, prices)?)?;
    }
    out.flush()?;
    Ok(())
}
