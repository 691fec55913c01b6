//! The times a clock can mean: an hour up to twelve without "am" or "pm" may be two.

use super::{Scene, habits};
use crate::{
    Conventions, Grain,
    expr::{Clock, Half, Time},
    meaning::Part,
};

const DAY: i32 = 24 * 3600;
const HALF_DAY: i32 = DAY / 2;

/// A stretch of the clock: seconds after midnight, maybe beyond the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dial {
    pub(crate) from: i32,
    /// Where it ends; a time that is a point ends with its grain.
    pub(crate) to: i32,
    pub(crate) grain: Grain,
    /// A point, not a stretch.
    pub(crate) point: bool,
    /// The other half of the day is as good.
    pub(crate) ambiguous: bool,
}

/// What a clock can mean, the likelier first.
pub(crate) fn dials(clock: &Clock, scene: &Scene) -> Vec<Dial> {
    match (clock.time, clock.until) {
        (Some(from), Some(until)) => stretches(from, until, clock.part, scene),
        (Some(time), None) => points(time, clock.part, scene),
        (None, _) => part(clock, scene).into_iter().collect(),
    }
}

fn part(clock: &Clock, scene: &Scene) -> Option<Dial> {
    let mut bounds = habits::part(clock.part?, scene);
    if let Some(section) = clock.section {
        bounds = habits::part_section(section, bounds, scene);
    }
    let (from, to) = (bounds.0 * 60, bounds.1 * 60);
    Some(Dial { from, to, grain: Grain::Hour, point: false, ambiguous: false })
}

const fn grain(time: Time) -> Grain {
    match time {
        Time { second: Some(_), .. } => Grain::Second,
        Time { minute: Some(_), .. } => Grain::Minute,
        _ => Grain::Hour,
    }
}

const fn length(grain: Grain) -> i32 {
    match grain {
        Grain::Second => 1,
        Grain::Minute => 60,
        _ => 3600,
    }
}

/// "08:30": a leading zero is no promise to people at a front desk.
const fn padded(time: Time) -> bool {
    time.exact && time.minute.is_some() && time.hour > 0 && time.hour < 10
}

fn seconds(time: Time) -> i32 {
    i32::from(time.hour) * 3600
        + i32::from(time.minute.unwrap_or(0)) * 60
        + i32::from(time.second.unwrap_or(0))
}

/// Seconds after midnight that a time can be, the likelier first.
fn readings(time: Time, part: Option<Part>, scene: &Scene) -> Vec<i32> {
    let said = seconds(time);
    let twelve = time.hour == 12;
    let am = if twelve { said - HALF_DAY } else { said };
    let pm = if twelve { said } else { said + HALF_DAY };
    match (time.half, part) {
        (Some(Half::Am), _) => vec![am],
        (Some(Half::Pm), _) => vec![pm],
        (None, None) if padded(time) && scene.conventions == Conventions::Booking => {
            vec![said, said + HALF_DAY]
        }
        (None, _) if time.exact => vec![said],
        (None, Some(part)) => vec![by_part(time, part, am, pm, scene)],
        (None, None) if scene.conventions == Conventions::Booking => {
            // A shop's day: one to seven is after noon, eight to twelve before it.
            if (1..=7).contains(&time.hour) {
                vec![pm, am]
            } else {
                vec![said, if twelve { am } else { pm }]
            }
        }
        (None, None) if twelve => vec![pm, am],
        (None, None) => vec![am, pm],
    }
}

/// The half of the day that a part of it says.
fn by_part(time: Time, part: Part, am: i32, pm: i32, scene: &Scene) -> i32 {
    match part {
        Part::Dawn | Part::EarlyMorning | Part::Breakfast => am,
        Part::Morning | Part::Afternoon
            if time.hour == 12
                && time.minute.is_none()
                && scene.conventions == Conventions::Duckling =>
        {
            am + DAY
        }
        Part::Morning if time.hour == 12 => pm,
        Part::Morning => am,
        Part::Night => {
            // Said of the small hours as of the evening.
            let small = (1..=4).contains(&time.hour) && scene.conventions != Conventions::Duckling;
            if small {
                am
            } else if time.hour == 12 {
                am + DAY
            } else {
                pm
            }
        }
        Part::Brunch | Part::Lunch | Part::Daytime | Part::BusinessHours | Part::AfterBreakfast => {
            if (8..=11).contains(&time.hour) {
                am
            } else {
                pm
            }
        }
        _ => pm,
    }
}

fn points(time: Time, part: Option<Part>, scene: &Scene) -> Vec<Dial> {
    let grain = grain(time);
    let all = readings(time, part, scene);
    let ambiguous = all.len() > 1;
    all.into_iter()
        .map(|from| Dial { from, to: from + length(grain), grain, point: true, ambiguous })
        .collect()
}

/// Both ends, each taking its half from the other where it has none.
fn stretches(from: Time, until: Time, part: Option<Part>, scene: &Scene) -> Vec<Dial> {
    let finer = grain(from).min(grain(until));
    let open = |time: Time| time.half.is_none() && !time.exact;
    let ends = match (open(from), open(until)) {
        (false, _) | (true, true) => None,
        (true, false) => Some(seconds_exact(until)),
    };
    let starts = match ends {
        // "3-8pm", "11-1pm": the latest start before the end.
        Some(end) => {
            let am = readings(Time { half: Some(Half::Am), ..from }, None, scene);
            let pm = readings(Time { half: Some(Half::Pm), ..from }, None, scene);
            let mut all: Vec<i32> = pm.into_iter().chain(am).filter(|at| *at < end).collect();
            all.truncate(1);
            if all.is_empty() { readings(from, part, scene) } else { all }
        }
        None => readings(from, part, scene),
    };
    let ambiguous = starts.len() > 1;
    starts
        .into_iter()
        .map(|start| {
            let mut end = if open(until) {
                let both = [seconds(until) % HALF_DAY, seconds(until) % HALF_DAY + HALF_DAY];
                let after = both.into_iter().find(|at| *at > start);
                after.unwrap_or(both[0] + DAY)
            } else {
                seconds_exact(until)
            };
            if end == 0 && start < HALF_DAY && until.half == Some(Half::Am) {
                // "10am to 12am" ends at noon.
                end = HALF_DAY;
            }
            if end <= start {
                end += DAY;
            }
            Dial { from: start, to: end, grain: finer, point: false, ambiguous }
        })
        .collect()
}

fn seconds_exact(time: Time) -> i32 {
    let said = seconds(time);
    match (time.half, time.hour) {
        (Some(Half::Am), 12) => said - HALF_DAY,
        (Some(Half::Pm), 12) | (Some(Half::Am), _) => said,
        (Some(Half::Pm), hour) if hour < 12 => said + HALF_DAY,
        _ => said,
    }
}
