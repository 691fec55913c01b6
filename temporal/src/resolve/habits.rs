//! What the vaguer words are worth, by convention and language: the tables on which the two
//! engines and a front desk differ.

use jiff::civil::{Date, DateTime};

use super::{
    Scene, day,
    stretch::{Stretch, floor, plus},
};
use crate::{
    Conventions, Grain, Language,
    expr::Which,
    meaning::{Part, Season, Section},
};

/// Minutes after midnight, from and to, of a part of the day.
pub(crate) const fn part(part: Part, scene: &Scene) -> (i32, i32) {
    const fn hours(from: i32, to: i32) -> (i32, i32) {
        (from * 60, to * 60)
    }
    match scene.conventions {
        Conventions::Duckling => match part {
            Part::Dawn => hours(0, 4),
            Part::EarlyMorning => hours(0, 9),
            Part::Morning => match scene.language {
                Language::En => hours(0, 12),
                Language::Es | Language::Pt => hours(4, 12),
            },
            Part::Breakfast => hours(6, 10),
            Part::Brunch => hours(10, 13),
            Part::Lunch => hours(12, 14),
            Part::Afternoon => hours(12, 19),
            Part::Evening | Part::Night | Part::Dinner => hours(18, 24),
            Part::AfterBreakfast => hours(9, 12),
            Part::AfterLunch => hours(13, 17),
            Part::AfterWork => hours(17, 21),
            Part::AfterSchool => hours(15, 21),
            Part::AfterDinner => hours(20, 24),
            Part::Daytime => hours(8, 18),
            Part::BusinessHours => hours(8, 18),
        },
        Conventions::Recognizers => match part {
            Part::Dawn => hours(4, 8),
            Part::EarlyMorning => hours(8, 10),
            Part::Morning => hours(8, 12),
            Part::Breakfast => hours(8, 12),
            Part::Brunch => hours(8, 12),
            Part::Lunch => hours(11, 13),
            // "tarde" runs into the evening there.
            Part::Afternoon => match scene.language {
                Language::Es | Language::Pt => hours(16, 20),
                Language::En => hours(12, 16),
            },
            Part::Evening => hours(16, 20),
            Part::Dinner => hours(16, 20),
            Part::Night => (20 * 60, 24 * 60),
            Part::AfterBreakfast => hours(12, 24),
            Part::AfterLunch => hours(13, 24),
            Part::AfterWork => hours(18, 24),
            Part::AfterSchool => hours(15, 24),
            Part::AfterDinner => hours(20, 24),
            Part::Daytime => hours(8, 18),
            Part::BusinessHours => hours(8, 18),
        },
        Conventions::Booking => match part {
            Part::Dawn => hours(0, 6),
            Part::EarlyMorning => hours(6, 9),
            Part::Morning => hours(6, 12),
            Part::Breakfast => hours(7, 10),
            Part::Brunch => hours(10, 13),
            Part::Lunch => hours(11, 14),
            Part::Afternoon => hours(12, 18),
            Part::Evening => hours(17, 22),
            Part::Dinner => hours(19, 22),
            Part::Night => hours(19, 24),
            Part::AfterBreakfast => hours(9, 12),
            Part::AfterLunch => hours(14, 18),
            Part::AfterWork => hours(18, 22),
            Part::AfterSchool => hours(16, 20),
            Part::AfterDinner => hours(21, 24),
            Part::Daytime => hours(8, 18),
            Part::BusinessHours => hours(9, 18),
        },
    }
}

/// "early morning", "late evening" of a stretch of the day in minutes.
pub(crate) fn part_section(section: Section, (from, to): (i32, i32), scene: &Scene) -> (i32, i32) {
    let middle = from + (to - from) / 2;
    match section {
        Section::Early => match scene.conventions {
            Conventions::Recognizers => (from, from + 120),
            _ => (from, middle),
        },
        Section::Late | Section::Rest => match scene.conventions {
            Conventions::Recognizers => (from + 120, to),
            _ => (middle, to),
        },
        Section::Mid => (from + (to - from) / 4, to - (to - from) / 4),
        Section::SoFar => (from, middle),
    }
}

/// "this coming Friday", by the days from today to this week's.
pub(crate) const fn coming_weekday(this_week: i32, _scene: &Scene) -> i32 {
    if this_week > 0 { this_week } else { this_week + 7 }
}

/// "next Friday", where Duckling's languages differ: the days to the coming one, or next week's.
pub(crate) const fn next_weekday(coming: i32, this_week: i32, language: Language) -> i32 {
    match language {
        Language::En | Language::Pt => coming,
        Language::Es => this_week + 7,
    }
}

/// A season by the northern hemisphere's solstices, in a year; winter begins in the year before.
pub(crate) fn season(season: Season, year: i16, scene: &Scene) -> Option<Stretch> {
    let (start, end) = match season {
        Season::Spring => (Date::new(year, 3, 20), Date::new(year, 6, 22)),
        Season::Summer => (Date::new(year, 6, 21), Date::new(year, 9, 24)),
        Season::Autumn => (Date::new(year, 9, 23), Date::new(year, 12, 22)),
        Season::Winter => (Date::new(year.checked_sub(1)?, 12, 21), Date::new(year, 3, 21)),
    };
    let _ = scene;
    Some(Stretch::interval(day::midnight(start.ok()?), day::midnight(end.ok()?), Grain::Day))
}

/// The season that now is in, or one next to it.
pub(crate) fn any_season(which: Which, scene: &Scene) -> Option<Stretch> {
    let year = scene.today.year();
    let mut starts: Vec<DateTime> = Vec::new();
    for year in year.checked_sub(2)?..=year.checked_add(2)? {
        for (month, day_of) in [(3, 20), (6, 21), (9, 23), (12, 21)] {
            starts.push(day::midnight(Date::new(year, month, day_of).ok()?));
        }
    }
    let here = i64::try_from(starts.iter().rposition(|start| *start <= scene.now)?).ok()?;
    let step = match which {
        Which::Bare | Which::This => 0,
        Which::Coming => 1,
        Which::Next(n) => i64::from(n),
        Which::Last(n) => -i64::from(n),
    };
    let at = usize::try_from(here.checked_add(step)?).ok()?;
    let (start, next) = (*starts.get(at)?, *starts.get(at + 1)?);
    Some(Stretch::interval(start, plus(next, Grain::Day, -1)?, Grain::Day))
}

/// The early, middle or late part of a stretch of the calendar.
pub(crate) fn section(section: Section, of: Stretch, scene: &Scene) -> Option<Stretch> {
    let today = floor(scene.now, Grain::Day)?;
    match section {
        Section::Rest => {
            let now = match scene.conventions {
                Conventions::Booking => plus(today, Grain::Day, 1)?,
                _ => today,
            };
            let start = if of.start <= now { now } else { of.start };
            if of.grain == Grain::Day {
                let noon = plus(of.start, Grain::Hour, 12)?;
                return Some(Stretch::interval(noon.max(scene.now.min(noon)), of.end, Grain::Hour));
            }
            return (start < of.end).then(|| Stretch::interval(start, of.end, Grain::Day));
        }
        Section::SoFar if of.grain > Grain::Month && of.start < today && today < of.end => {
            return Some(Stretch::interval(of.start, today, Grain::Day));
        }
        _ => {}
    }
    let (from, to, step, grain) = match (scene.conventions, of.grain) {
        (_, Grain::Week) => (3, 3, Grain::Day, Grain::Day),
        (Conventions::Recognizers, Grain::Month) => (15, 0, Grain::Day, Grain::Day),
        (Conventions::Booking, Grain::Month) => (7, 0, Grain::Day, Grain::Day),
        (_, Grain::Month) => (10, 0, Grain::Day, Grain::Day),
        (Conventions::Recognizers, Grain::Year) if matches!(scene.language, Language::Es) => {
            (6, 6, Grain::Month, Grain::Day)
        }
        (Conventions::Recognizers, Grain::Year) => (4, 4, Grain::Month, Grain::Day),
        (_, Grain::Year) => (3, 4, Grain::Month, Grain::Month),
        (_, Grain::Quarter) => (1, 1, Grain::Month, Grain::Month),
        (_, Grain::Day) => return day_section(section, of, scene),
        _ => return thirds(section, of),
    };
    let early = plus(of.start, step, from)?;
    let late = match of.grain {
        Grain::Month if scene.conventions == Conventions::Booking => plus(of.end, Grain::Day, -7)?,
        Grain::Week => plus(
            of.end,
            step,
            if scene.conventions == Conventions::Recognizers { -4 } else { -to },
        )?,
        Grain::Month => plus(of.start, Grain::Day, if from == 15 { 15 } else { 20 })?,
        // The end of this year is half of it, to the same engine.
        Grain::Year
            if scene.conventions == Conventions::Recognizers
                && of.start.year() == scene.today.year() =>
        {
            plus(of.start, Grain::Month, 6)?
        }
        _ => plus(of.end, step, -to)?,
    };
    let (start, end) = match section {
        Section::Early | Section::SoFar => (of.start, early),
        Section::Late | Section::Rest => (late, of.end),
        Section::Mid => match (of.grain, scene.conventions) {
            (Grain::Month, Conventions::Recognizers) => {
                (plus(of.start, Grain::Day, 9)?, plus(of.start, Grain::Day, 20)?)
            }
            (Grain::Month, _) => (plus(of.start, Grain::Day, 10)?, plus(of.start, Grain::Day, 20)?),
            (Grain::Year, _) => {
                (plus(of.start, Grain::Month, 4)?, plus(of.start, Grain::Month, 8)?)
            }
            (Grain::Week, _) => (plus(of.start, Grain::Day, 2)?, plus(of.start, Grain::Day, 4)?),
            _ => return thirds(section, of),
        },
    };
    Some(Stretch::interval(start, end, grain))
}

/// The beginning and end of a day.
fn day_section(section: Section, of: Stretch, scene: &Scene) -> Option<Stretch> {
    let at = |hour: i64| plus(of.start, Grain::Hour, hour);
    Some(match (section, scene.conventions) {
        (Section::Late, Conventions::Recognizers) => {
            Stretch::unit(plus(of.end, Grain::Second, -1)?, Grain::Second)?
        }
        (Section::Mid, _) => Stretch::interval(at(10)?, at(14)?, Grain::Hour),
        (Section::Late, Conventions::Duckling) => Stretch::interval(at(17)?, at(21)?, Grain::Hour),
        (Section::Late | Section::Rest, _) => Stretch::interval(at(16)?, at(20)?, Grain::Hour),
        (Section::Early | Section::SoFar, _) => Stretch::interval(at(8)?, at(12)?, Grain::Hour),
    })
}

/// A third of a stretch, cut where its parts are named: the last hour has minutes, a decade has
/// days.
fn thirds(section: Section, of: Stretch) -> Option<Stretch> {
    let grain = match of.grain {
        Grain::Second | Grain::Minute => Grain::Second,
        Grain::Hour => Grain::Minute,
        _ => Grain::Day,
    };
    let seconds = of.end.duration_since(of.start).as_secs() / 3;
    let first = floor(plus(of.start, Grain::Second, seconds)?, grain)?;
    let second = floor(plus(of.start, Grain::Second, 2 * seconds)?, grain)?;
    Some(match section {
        Section::Early | Section::SoFar => Stretch::interval(of.start, first, grain),
        Section::Mid => Stretch::interval(first, second, grain),
        Section::Late | Section::Rest => Stretch::interval(second, of.end, grain),
    })
}
