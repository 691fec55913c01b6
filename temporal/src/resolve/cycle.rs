//! Weeks, months and other things there is one of again and again.

use jiff::civil::{DateTime, ISOWeekDate, Weekday};

use super::{
    Scene, day,
    stretch::{Stretch, floor, plus},
};
use crate::{
    Conventions, Grain,
    expr::{Cycle, Which},
};

/// How many units from this one.
const fn steps(which: Which) -> i64 {
    match which {
        Which::Bare | Which::This => 0,
        Which::Coming => 1,
        Which::Next(n) => n as i64,
        Which::Last(n) => -(n as i64),
    }
}

/// One unit: this week, next month.
pub(crate) fn unit(grain: Grain, which: Which, scene: &Scene) -> Option<Stretch> {
    let this = floor(scene.now, grain)?;
    Stretch::unit(plus(this, grain, steps(which))?, grain)
}

/// Several units from now on or back.
pub(crate) fn run(
    count: i32,
    grain: Grain,
    which: Which,
    business: bool,
    scene: &Scene,
) -> Option<Stretch> {
    let n = i64::from(count);
    let back = matches!(which, Which::Last(_));
    if business {
        return business_days(n, back, scene);
    }
    let whole = matches!(grain, Grain::Quarter | Grain::Decade | Grain::Century);
    if scene.conventions == Conventions::Recognizers && !whole {
        let today = floor(scene.now, Grain::Day)?;
        let (base, grain_out) =
            if grain < Grain::Day { (scene.now, Grain::Second) } else { (today, Grain::Day) };
        let (start, end) = if back {
            (plus(base, grain, -n)?, base)
        } else {
            let first = if grain < Grain::Day { base } else { plus(base, Grain::Day, 1)? };
            (first, plus(first, grain, n)?)
        };
        return Some(Stretch::interval(start, end, grain_out));
    }
    let this = floor(scene.now, grain)?;
    if which == Which::Coming && scene.conventions == Conventions::Duckling {
        return Stretch::unit(plus(this, grain, n)?, grain);
    }
    let first = plus(this, grain, if back { -n } else { 1 })?;
    Some(Stretch::interval(first, plus(first, grain, n)?, grain))
}

/// Monday to Friday only.
fn business_days(count: i64, back: bool, scene: &Scene) -> Option<Stretch> {
    let step = if back { -1 } else { 1 };
    let mut at = floor(scene.now, Grain::Day)?;
    let (mut first, mut last, mut left) = (None, at, count.clamp(1, 1000));
    while left > 0 {
        at = plus(at, Grain::Day, step)?;
        if at.date().weekday().to_monday_one_offset() <= 5 {
            first = first.or(Some(at));
            last = at;
            left -= 1;
        }
    }
    let (start, end) = if back { (last, first?) } else { (first?, last) };
    Some(Stretch::interval(start, plus(end, Grain::Day, 1)?, Grain::Day))
}

pub(crate) fn fortnight(which: Which, scene: &Scene) -> Option<Stretch> {
    let monday = floor(scene.now, Grain::Week)?;
    let first = match which {
        Which::Last(_) => plus(monday, Grain::Week, -2)?,
        Which::Next(_) | Which::Coming => plus(monday, Grain::Week, 1)?,
        Which::Bare | Which::This => monday,
    };
    Some(Stretch::interval(first, plus(first, Grain::Week, 2)?, Grain::Day))
}

/// The weekend of the week that begins at `monday`.
pub(crate) fn weekend_of(monday: Option<DateTime>, scene: &Scene) -> Option<Stretch> {
    let monday = monday?;
    let end = plus(monday, Grain::Week, 1)?;
    Some(match scene.conventions {
        Conventions::Duckling => {
            Stretch::interval(plus(monday, Grain::Hour, 4 * 24 + 18)?, end, Grain::Hour)
        }
        _ => Stretch::interval(plus(monday, Grain::Day, 5)?, end, Grain::Day),
    })
}

/// Week `n` of a year as ISO 8601 counts them.
pub(crate) fn iso_week(n: i32, year: Option<i16>, scene: &Scene) -> Option<Stretch> {
    let year = year.unwrap_or_else(|| scene.today.year());
    let week = ISOWeekDate::new(year, i8::try_from(n).ok()?, Weekday::Monday).ok()?;
    Stretch::unit(day::midnight(week.date()), Grain::Week)
}

/// The nth of a cycle inside a stretch, from its end where `n` is negative; `count` of them.
pub(crate) fn nth(
    n: i32,
    count: i32,
    cycle: Cycle,
    within: Stretch,
    scene: &Scene,
) -> Option<Stretch> {
    let (n, count) = (i64::from(n), i64::from(count));
    let all = Inside { cycle, within };
    if n > 0 {
        let first = all.at_start(n - 1, scene)?;
        if count <= 1 {
            return Some(first);
        }
        let last = all.at_start(n - 2 + count, scene)?;
        Some(Stretch::interval(first.start, last.end, first.grain))
    } else {
        let last = all.at_end(-n - 1, scene)?;
        if count <= 1 {
            return Some(last);
        }
        let first = all.at_end(count - n - 2, scene)?;
        Some(Stretch::interval(first.start, last.end, last.grain))
    }
}

struct Inside {
    cycle: Cycle,
    within: Stretch,
}

impl Inside {
    fn at_start(&self, skip: i64, scene: &Scene) -> Option<Stretch> {
        let first = first_at(self.cycle, self.within.start, scene)?;
        let found = next(self.cycle, first, skip, scene)?;
        (found.start < self.within.end).then_some(found)
    }

    fn at_end(&self, skip: i64, scene: &Scene) -> Option<Stretch> {
        let beyond = first_at(self.cycle, self.within.end, scene)?;
        let mut last = next(self.cycle, beyond, -1, scene)?;
        // A week belongs to its month by its Thursday for some, by all of it for others.
        let whole =
            matches!(self.cycle, Cycle::Grain(_)) && scene.conventions == Conventions::Duckling;
        if whole && last.end > self.within.end {
            last = next(self.cycle, last, -1, scene)?;
        }
        let found = next(self.cycle, last, -skip, scene)?;
        (found.start >= self.within.start || self.cycle == Cycle::Grain(Grain::Week))
            .then_some(found)
    }
}

/// The first of a cycle that belongs to what begins at `at`.
fn first_at(cycle: Cycle, at: DateTime, scene: &Scene) -> Option<Stretch> {
    match cycle {
        Cycle::Grain(Grain::Week) => {
            let week = floor(at, Grain::Week)?;
            let own = match scene.conventions {
                Conventions::Duckling => week == at,
                _ => plus(week, Grain::Day, 3)? >= at,
            };
            Stretch::unit(if own { week } else { plus(week, Grain::Week, 1)? }, Grain::Week)
        }
        Cycle::Grain(grain) => {
            let start = floor(at, grain)?;
            Stretch::unit(if start == at { start } else { plus(start, grain, 1)? }, grain)
        }
        Cycle::Weekday(weekday) => {
            let here = at.date().weekday().to_monday_one_offset();
            let ahead = i64::from((weekday - here).rem_euclid(7));
            Stretch::day(plus(at, Grain::Day, ahead)?.date())
        }
        Cycle::Weekend => {
            let week = floor(at, Grain::Week)?;
            let this = weekend_of(Some(week), scene)?;
            // A weekend belongs to the month its Saturday is in.
            let saturday = plus(week, Grain::Day, 5)?;
            if saturday >= at { Some(this) } else { weekend_of(plus(week, Grain::Week, 1), scene) }
        }
        Cycle::Month(month) => {
            let mut start = floor(at, Grain::Month)?;
            if start < at {
                start = plus(start, Grain::Month, 1)?;
            }
            let ahead = i64::from((month - start.month()).rem_euclid(12));
            Stretch::unit(plus(start, Grain::Month, ahead)?, Grain::Month)
        }
        Cycle::Holiday(holiday) => {
            day::holidays_around(holiday, at, scene).into_iter().find(|found| found.start >= at)
        }
    }
}

/// So many further on.
fn next(cycle: Cycle, from: Stretch, n: i64, scene: &Scene) -> Option<Stretch> {
    match cycle {
        Cycle::Grain(grain) => Stretch::unit(plus(from.start, grain, n)?, grain),
        Cycle::Weekday(_) => Stretch::day(plus(from.start, Grain::Week, n)?.date()),
        Cycle::Weekend => {
            let week = floor(from.start, Grain::Week)?;
            weekend_of(plus(week, Grain::Week, n), scene)
        }
        Cycle::Month(_) => Stretch::unit(plus(from.start, Grain::Year, n)?, Grain::Month),
        Cycle::Holiday(holiday) => {
            let all = day::holidays_around(holiday, from.start, scene);
            let here = all.iter().position(|found| found.start == from.start)?;
            let at = i64::try_from(here).ok()?.checked_add(n)?;
            all.get(usize::try_from(at).ok()?).copied()
        }
    }
}

/// The nth after a moment, or before it where `n` is negative.
pub(crate) fn nth_from(n: i64, cycle: Cycle, base: DateTime, scene: &Scene) -> Option<Stretch> {
    let at = floor(base, Grain::Day)?;
    let first = first_at(cycle, at, scene)?;
    if n > 0 {
        let here = i64::from(first.start == at);
        next(cycle, first, n - 1 + here, scene)
    } else {
        next(cycle, first, n, scene)
    }
}

/// The nth closest to a moment.
pub(crate) fn closest(n: i32, cycle: Cycle, to: DateTime, scene: &Scene) -> Option<Stretch> {
    let first = first_at(cycle, to, scene)?;
    let reach = i64::from(n) + 1;
    let mut all: Vec<Stretch> =
        (-reach..=reach).filter_map(|step| next(cycle, first, step, scene)).collect();
    all.sort_by_key(|found| {
        let gap = found.start.duration_since(to).as_secs().abs();
        (gap, found.start)
    });
    all.get(usize::try_from(n - 1).ok()?).copied()
}
