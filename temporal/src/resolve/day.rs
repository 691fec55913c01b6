//! The stretches a day can be, the likeliest first.

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time},
};

use super::{
    Nowhere, Scene, cycle, habits,
    stretch::{Stretch, finer, floor, plus, shift},
};
use crate::{
    Conventions, Grain, Length,
    expr::{Day, Which, Year},
    holiday::{self, Holiday},
    meaning::Section,
};

/// Years looked through for a day that not every year has.
const YEARS: i16 = 40;

type Found = Result<Vec<Stretch>, Nowhere>;

/// Every stretch a day can be.
pub(crate) fn stretches(day: &Day, scene: &Scene) -> Found {
    match day {
        Day::Now => one(Stretch::unit(scene.now, Grain::Second)),
        Day::Offset(days) => {
            one(plus(scene.now, Grain::Day, i64::from(*days))
                .and_then(|at| Stretch::day(at.date())))
        }
        Day::Date { year, month, day, weekday } => dates(*year, *month, *day, *weekday, scene),
        Day::Either(usual, other) => {
            let mut found = stretches(usual, scene)?;
            found.truncate(1);
            let other = stretches(other, scene).unwrap_or_default();
            found.extend(other.into_iter().take(1));
            Ok(found)
        }
        Day::Weekday { day, which } => weekdays(*day, *which, scene),
        Day::Month { month, which } => months(*month, *which, scene),
        Day::Cycle { grain, which } => one(cycle::unit(*grain, *which, scene)),
        Day::Run { count, grain, which, business } => {
            one(cycle::run(*count, *grain, *which, *business, scene))
        }
        Day::Fortnight(which) => one(cycle::fortnight(*which, scene)),
        Day::Weekend(which @ Which::Next(_)) if scene.conventions == Conventions::Booking => {
            let of = |which| cycle::weekend_of(week(which, scene), scene);
            some([of(*which), of(Which::This)].into_iter().flatten().collect())
        }
        Day::Weekend(which) => one(cycle::weekend_of(week(*which, scene), scene)),
        Day::Workweek(which) => one(week(*which, scene).and_then(|monday| {
            Some(Stretch::interval(monday, plus(monday, Grain::Day, 5)?, Grain::Day))
        })),
        Day::Season { season, which, year } => seasons(*season, *which, *year, scene),
        Day::AnySeason(which) => one(habits::any_season(*which, scene)),
        Day::Holiday { holiday, which, year } => holidays(*holiday, *which, *year, scene),
        Day::HolidayWeekend { holiday, which, year } => holidays(*holiday, *which, *year, scene)
            .map(|days| days.into_iter().filter_map(|day| around(day, scene)).collect()),
        Day::Nth { n, count, cycle, within } => {
            each(within, scene, |within| cycle::nth(*n, *count, *cycle, within, scene))
        }
        Day::NthFrom { n, cycle, base } => each(base, scene, |base| {
            let strict = i64::from(*n);
            cycle::nth_from(strict, *cycle, base.start, scene)
        }),
        Day::Closest { n, cycle, to } => {
            each(to, scene, |to| cycle::closest(*n, *cycle, to.start, scene))
        }
        Day::Shift { length, grain, back, base } => shifted(*length, *grain, *back, base, scene),
        Day::Section { section, of } => sections(*section, of, scene),
        Day::WeekdayOf { weekday, within } => each(within, scene, |within| {
            let monday = floor(within.start, Grain::Week)?;
            let found = plus(monday, Grain::Day, i64::from(weekday - 1))?;
            // A distance in months is to a day; the weekday is the one from there on.
            let from_there = within.grain >= Grain::Month || months_away(day);
            let late = found.date() < within.start.date() && from_there;
            Stretch::day(if late { plus(found, Grain::Week, 1)? } else { found }.date())
        }),
        Day::NumberOf { day, within } => each(within, scene, |within| {
            let first = within.start.date();
            let day = i8::try_from(*day).ok()?;
            Date::new(first.year(), first.month(), day).ok().and_then(Stretch::day)
        }),
        Day::In { day, within } => inside(day, within, scene),
        Day::WeekOf(day) => {
            each(day, scene, |day| Stretch::unit(floor(day.start, Grain::Week)?, Grain::Week))
        }
        Day::WeekNumber { week, year } => one(cycle::iso_week(*week, years(*year, scene), scene)),
        Day::Quarter { quarter, year } => {
            let month = i8::try_from(quarter * 3 - 2).unwrap_or(1);
            calendar(*year, scene, |year| {
                Stretch::unit(midnight(Date::new(year, month, 1).ok()?), Grain::Quarter)
            })
        }
        Day::HalfYear { half, year } => calendar(*year, scene, |year| {
            let start = midnight(Date::new(year, if *half == 1 { 1 } else { 7 }, 1).ok()?);
            Some(Stretch::interval(start, plus(start, Grain::Month, 6)?, Grain::Month))
        }),
        Day::Decade { start, short: true }
            if scene.conventions == Conventions::Recognizers
                && scene.language == crate::Language::Es =>
        {
            let of = |year| Stretch::unit(midnight(Date::new(year, 1, 1).ok()?), Grain::Decade);
            some([start + 1900, start + 2000].into_iter().filter_map(of).collect())
        }
        Day::Decade { start, short } => {
            let start = if *short { start + if *start < 30 { 2000 } else { 1900 } } else { *start };
            one(Date::new(start, 1, 1).ok().and_then(|d| Stretch::unit(midnight(d), Grain::Decade)))
        }
        Day::Century(n) => one(n
            .checked_sub(1)
            .and_then(|n| n.checked_mul(100))
            .and_then(|year| Date::new(year, 1, 1).ok())
            .and_then(|date| Stretch::unit(midnight(date), Grain::Century))),
        Day::Bc(year) => {
            one(Date::new(-*year, 1, 1).ok().and_then(|d| Stretch::unit(midnight(d), Grain::Year)))
        }
    }
}

fn months_away(day: &Day) -> bool {
    let Day::WeekdayOf { within, .. } = day else { return false };
    matches!(**within, Day::Shift { length, .. } if length.months != 0)
}

pub(crate) fn midnight(date: Date) -> DateTime {
    date.to_datetime(Time::midnight())
}

fn one(found: Option<Stretch>) -> Found {
    found.map(|stretch| vec![stretch]).ok_or(Nowhere::Unreadable)
}

fn some(found: Vec<Stretch>) -> Found {
    if found.is_empty() { Err(Nowhere::Unreadable) } else { Ok(found) }
}

/// Each stretch of the base turned into another.
fn each(base: &Day, scene: &Scene, turn: impl Fn(Stretch) -> Option<Stretch>) -> Found {
    let mut found: Vec<Stretch> = Vec::new();
    for base in stretches(base, scene)? {
        found.extend(turn(base).filter(|stretch| !found.contains(stretch)));
    }
    some(found)
}

/// The Monday of a week.
fn week(which: Which, scene: &Scene) -> Option<DateTime> {
    cycle::unit(Grain::Week, which, scene).map(|week| week.start)
}

/// The year meant, if one was.
pub(crate) fn years(year: Option<Year>, scene: &Scene) -> Option<i16> {
    Some(match year? {
        Year::Full(year) => year,
        Year::Short(year) if year < 50 => 2000 + year,
        Year::Short(year) => 1900 + year,
        Year::Relative(years) => scene.today.year().checked_add(years)?,
    })
}

/// The day or stretch of a year, this one and the nearest others where none was named.
fn calendar(year: Option<Year>, scene: &Scene, of: impl Fn(i16) -> Option<Stretch>) -> Found {
    if let Some(year) = years(year, scene) {
        return of(year).map(|stretch| vec![stretch]).ok_or(Nowhere::Impossible);
    }
    let now = scene.today.year();
    let found = around_now(scene, (now - 2..=now + 2).filter_map(of));
    // The engines take a quarter of this year even where it has gone by.
    match scene.conventions {
        Conventions::Duckling => {
            let this = found.iter().copied().find(|stretch| stretch.start.year() == now);
            Ok(this.into_iter().chain(found).collect())
        }
        _ => some(found),
    }
}

/// The next stretch that is not over, then the last that began before.
fn around_now(scene: &Scene, all: impl Iterator<Item = Stretch>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = all.collect();
    all.sort_by_key(|stretch| stretch.start);
    let split = all.iter().position(|stretch| to_come(stretch, scene)).unwrap_or(all.len());
    let past = if split > 0 { all.get(split - 1) } else { None };
    all.get(split).into_iter().chain(past).copied().collect()
}

/// Whether a stretch is still to come, or is now.
fn to_come(stretch: &Stretch, scene: &Scene) -> bool {
    match scene.conventions {
        // A month that has begun is this year's still.
        Conventions::Recognizers => {
            stretch.start >= scene.now || (stretch.grain >= Grain::Month && stretch.end > scene.now)
        }
        _ => stretch.end > scene.now,
    }
}

fn dates(
    year: Option<Year>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
    scene: &Scene,
) -> Found {
    let on = |year: i16, month: i8, day: i8| Date::new(year, month, day).ok();
    let fits = |date: &Date| {
        weekday.is_none_or(|weekday| date.weekday().to_monday_one_offset() == weekday)
    };
    match (year, month, day) {
        (Some(_), None, None) => one(years(year, scene)
            .and_then(|year| on(year, 1, 1))
            .and_then(|date| Stretch::unit(midnight(date), Grain::Year))),
        (_, Some(month), None) => calendar_month(year, month, scene),
        (Some(_), Some(month), Some(day)) => {
            let date = years(year, scene).and_then(|year| on(year, month, day));
            let date = date.ok_or(Nowhere::Impossible)?;
            let mut found = vec![Stretch::day(date).ok_or(Nowhere::Unreadable)?];
            if let (Some(Year::Short(_)), Some(other)) = (year, other_century(year, scene)) {
                found.extend(on(other, month, day).and_then(Stretch::day));
            }
            Ok(found)
        }
        (None, Some(month), Some(day)) => {
            let now = scene.today.year();
            let all = (now - YEARS..=now + YEARS).filter_map(|year| on(year, month, day));
            let mut found: Vec<Stretch> = around_now(scene, all.clone().filter_map(Stretch::day));
            if weekday.is_some() && scene.conventions != Conventions::Recognizers {
                // The weekday tells the year; the nearest that agrees, else it was a slip.
                let near =
                    all.filter(fits).min_by_key(|date| (*date - scene.today).get_days().abs());
                let near = near.filter(|date| (date.year() - now).abs() <= 1);
                if let Some(stretch) = near.and_then(Stretch::day) {
                    found.retain(|other| *other != stretch);
                    found.insert(0, stretch);
                }
            }
            if found.is_empty() { Err(Nowhere::Impossible) } else { Ok(found) }
        }
        (None, None, Some(day))
            if weekday.is_some() && scene.conventions == Conventions::Booking =>
        {
            // "Monday the 12th" where the 12th is none: the number decides.
            let number = dates(None, None, Some(day), None, scene)?;
            let soon = number.first().copied().filter(|found| fits(&found.start.date()));
            if let Some(day) = soon {
                return Ok(vec![day]);
            }
            let named = weekdays(weekday.unwrap_or(1), Which::Bare, scene)?;
            some(number.into_iter().take(1).chain(named.into_iter().take(1)).collect())
        }
        (None, None, Some(day)) => {
            let first = scene.today.first_of_month();
            let all = (-YEARS..=YEARS).filter_map(|n| {
                let month = first.checked_add(i32::from(n).months()).ok()?;
                on(month.year(), month.month(), day).filter(fits)
            });
            some(around_now(scene, all.filter_map(Stretch::day)))
        }
        // "Friday the 13th": the next that is one.
        (Some(_), None, Some(day)) => {
            let this_month = on(scene.today.year(), scene.today.month(), day).filter(fits);
            if let Some(date) = this_month
                && scene.conventions == Conventions::Recognizers
            {
                return one(Stretch::day(date));
            }
            dates(None, None, Some(day), weekday, scene).map(|mut found| {
                if scene.conventions != Conventions::Booking {
                    found.truncate(1);
                }
                found
            })
        }
        (None, None, None) => Err(Nowhere::Unreadable),
    }
}

/// "12/12/30" may be of the last century too.
fn other_century(year: Option<Year>, scene: &Scene) -> Option<i16> {
    let year = years(year, scene)?;
    (scene.conventions == Conventions::Recognizers && (2030..2050).contains(&year))
        .then_some(year - 100)
}

fn calendar_month(year: Option<Year>, month: i8, scene: &Scene) -> Found {
    let of = |year| Stretch::unit(midnight(Date::new(year, month, 1).ok()?), Grain::Month);
    if let Some(year) = years(year, scene) {
        return one(of(year));
    }
    let now = scene.today.year();
    let mut found = around_now(scene, (now - 2..=now + 2).filter_map(of));
    if scene.today.month() == month
        && scene.conventions == Conventions::Recognizers
        && let Some(past) = of(now - 1)
    {
        found.truncate(1);
        found.push(past);
    }
    some(found)
}

fn months(month: i8, which: Which, scene: &Scene) -> Found {
    let of = |year: i16| Stretch::unit(midnight(Date::new(year, month, 1).ok()?), Grain::Month);
    let now = scene.today.year();
    match (which, scene.conventions) {
        (Which::Bare, _) => calendar_month(None, month, scene),
        (Which::This, Conventions::Recognizers) => one(of(now)),
        (Which::Next(_), Conventions::Recognizers) => one(of(now + 1)),
        (Which::Last(_), Conventions::Recognizers) => one(of(now - 1)),
        (Which::This | Which::Coming | Which::Next(_), _) => {
            one((now..=now + 1).filter_map(of).find(|month| {
                let begun = month.start <= scene.now;
                month.end > scene.now && (which == Which::This || !begun)
            }))
        }
        (Which::Last(_), _) => {
            one((now - 1..=now).rev().filter_map(of).find(|m| m.end <= scene.now))
        }
    }
}

fn weekdays(weekday: i8, which: Which, scene: &Scene) -> Found {
    let today = scene.today;
    let now = today.weekday().to_monday_one_offset();
    let ahead = i32::from((weekday - now).rem_euclid(7));
    let this_week = i32::from(weekday - now);
    let at = |days: i32| today.checked_add(days.days()).ok().and_then(Stretch::day);
    let next = if ahead == 0 { 7 } else { ahead };
    let last = if ahead == 0 { -7 } else { ahead - 7 };
    let days = match (which, scene.conventions) {
        (Which::Bare, Conventions::Recognizers) => {
            vec![ahead, if ahead == 0 { -7 } else { ahead - 7 }]
        }
        (Which::Bare, Conventions::Booking) if ahead == 0 => vec![7, 0],
        (Which::This, Conventions::Booking) if this_week >= 0 => vec![this_week],
        // "que viene", "que vem": the first, or the one after it where that is this week's.
        (Which::Coming | Which::Next(1), Conventions::Booking)
            if scene.language != crate::Language::En =>
        {
            if this_week > 0 {
                vec![next, next + 7]
            } else {
                vec![next]
            }
        }
        (Which::Bare, _) => vec![next],
        (Which::This, Conventions::Recognizers) => vec![this_week],
        (Which::This, _) => vec![next],
        (Which::Coming, Conventions::Recognizers) => vec![habits::coming_weekday(this_week, scene)],
        (Which::Coming, _) => vec![next],
        (Which::Next(n), Conventions::Recognizers) => vec![this_week + 7 * n],
        (Which::Next(n), Conventions::Duckling) => {
            vec![habits::next_weekday(next, this_week, scene.language) + 7 * (n - 1)]
        }
        // "Next Friday" said on a Wednesday is next week's to most; the one in two days to some.
        (Which::Next(n), Conventions::Booking) => {
            let week = this_week + 7 * n;
            let coming = scene.language == crate::Language::Pt;
            if week == next {
                vec![week]
            } else if coming {
                // "Proximo sabado" is the first to come.
                vec![next + 7 * (n - 1), week]
            } else {
                vec![week, next + 7 * (n - 1)]
            }
        }
        (Which::Last(n), Conventions::Recognizers) => vec![this_week - 7 * n],
        (Which::Last(n), _) => vec![last - 7 * (n - 1)],
    };
    some(days.into_iter().filter_map(at).collect())
}

fn seasons(
    season: crate::meaning::Season,
    which: Which,
    year: Option<Year>,
    scene: &Scene,
) -> Found {
    let of = |year: i16| habits::season(season, year, scene);
    if let Some(year) = years(year, scene) {
        return one(of(year));
    }
    let now = scene.today.year();
    match which {
        Which::Next(n) => one(of(now + i16::try_from(n).unwrap_or(1)))
            .map(|found| pick(found, scene, (now..=now + 1).filter_map(of), true)),
        Which::Last(_) => one((now - 2..=now).rev().filter_map(of).find(|s| s.end <= scene.now)),
        _ => some(around_now(scene, (now - 2..=now + 1).filter_map(of))),
    }
}

/// The next that has not begun, for those who count so.
fn pick(
    found: Vec<Stretch>,
    scene: &Scene,
    mut all: impl Iterator<Item = Stretch>,
    strict: bool,
) -> Vec<Stretch> {
    if scene.conventions == Conventions::Recognizers {
        return found;
    }
    all.find(|s| if strict { s.start > scene.now } else { s.end > scene.now })
        .map_or(found, |stretch| vec![stretch])
}

/// A holiday in a year.
pub(crate) fn holiday_in(holiday: Holiday, year: i16, scene: &Scene) -> Option<Stretch> {
    if let Some(hours) = holiday::hours(holiday.rule, year, scene.country) {
        let end = match scene.conventions {
            Conventions::Duckling => plus(hours.1, Grain::Minute, 1)?,
            _ => hours.1,
        };
        return Some(Stretch::interval(hours.0, end, Grain::Minute));
    }
    let (first, end) = holiday::days(holiday.rule, year, scene.country)?;
    let day = Stretch::day(first)?;
    Some(if end == day.end.date() {
        day
    } else {
        Stretch::interval(midnight(first), midnight(end), Grain::Day)
    })
}

fn holidays(holiday: Holiday, which: Which, year: Option<Year>, scene: &Scene) -> Found {
    let of = |year: i16| holiday_in(holiday, year, scene);
    if let Some(year) = years(year, scene) {
        return one(of(year));
    }
    let now = scene.today.year();
    let reach = if holiday.rule.is_rare() { 12 } else { 2 };
    let all = || (now - reach..=now + reach).filter_map(of);
    match which {
        Which::Last(n) => {
            let over: Vec<Stretch> = all().filter(|day| day.end <= scene.now).collect();
            let back = usize::try_from(n).unwrap_or(1).max(1);
            one(over.len().checked_sub(back).and_then(|at| over.get(at).copied()))
        }
        Which::Next(n) => {
            let skip = usize::try_from(n).unwrap_or(1).max(1) - 1;
            one(all().filter(|day| day.start > scene.now).nth(skip))
        }
        Which::This if scene.conventions == Conventions::Recognizers => one(of(now)),
        Which::Bare | Which::This | Which::Coming => some(around_now(scene, all())),
    }
}

/// From the Friday evening or Saturday before to the end of the holiday, or the weekend after it.
fn around(day: Stretch, scene: &Scene) -> Option<Stretch> {
    let weekday = i64::from(day.start.date().weekday().to_monday_one_offset());
    let saturday = match weekday {
        1 | 2 => plus(day.start, Grain::Day, -(weekday + 1))?,
        _ => plus(day.start, Grain::Day, 6 - weekday)?,
    };
    let monday = plus(saturday, Grain::Day, 2)?;
    let end = if weekday <= 2 { day.end } else { monday };
    Some(match scene.conventions {
        Conventions::Duckling => {
            Stretch::interval(plus(saturday, Grain::Hour, -6)?, end, Grain::Hour)
        }
        _ => Stretch::interval(saturday, end, Grain::Day),
    })
}

fn shifted(length: Length, grain: Grain, back: bool, base: &Day, scene: &Scene) -> Found {
    let from_now = matches!(base, Day::Now);
    let yearly = matches!(base, Day::Holiday { year: None, .. })
        || matches!(base, Day::Date { year: None, .. });
    let all = each(base, scene, |base| {
        let at = shift(base.start, length, back)?;
        let exact = from_now || base.grain < Grain::Day;
        match scene.conventions {
            Conventions::Duckling if exact => {
                let grain = finer(grain);
                Stretch::unit(floor(at, grain)?, grain)
            }
            _ if grain < Grain::Day => Stretch::unit(at, Grain::Second),
            _ => Stretch::day(at.date()),
        }
    })?;
    // Of the years a holiday may be of, the one that puts this ahead of now.
    let next = all.iter().filter(|stretch| stretch.end > scene.now).min_by_key(|s| s.start);
    Ok(match next {
        Some(next) if yearly => vec![*next],
        _ => all,
    })
}

fn sections(section: Section, of: &Day, scene: &Scene) -> Found {
    each(of, scene, |of| habits::section(section, of, scene))
}

/// A day in a year that something else says.
fn inside(day: &Day, within: &Day, scene: &Scene) -> Found {
    let years = stretches(within, scene)?;
    let mut found = Vec::new();
    for year in years {
        let year = Some(Year::Full(year.start.year()));
        let day = match day.clone() {
            Day::Date { month, day, weekday, .. } => Day::Date { year, month, day, weekday },
            Day::Month { month, .. } => {
                Day::Date { year, month: Some(month), day: None, weekday: None }
            }
            Day::Holiday { holiday, .. } => Day::Holiday { holiday, which: Which::Bare, year },
            Day::HolidayWeekend { holiday, .. } => {
                Day::HolidayWeekend { holiday, which: Which::Bare, year }
            }
            Day::Season { season, which, .. } => Day::Season { season, which, year },
            Day::Quarter { quarter, .. } => Day::Quarter { quarter, year },
            Day::HalfYear { half, .. } => Day::HalfYear { half, year },
            Day::WeekNumber { week, .. } => Day::WeekNumber { week, year },
            _ => return Err(Nowhere::Unreadable),
        };
        found.extend(stretches(&day, scene)?);
    }
    some(found)
}

/// Used by `cycle`: the holiday cycle as days around a moment.
pub(crate) fn holidays_around(holiday: Holiday, at: DateTime, scene: &Scene) -> Vec<Stretch> {
    let year = at.year();
    let reach = if holiday.rule.is_rare() { 30 } else { 4 };
    (year.saturating_sub(reach)..=year.saturating_add(reach))
        .filter_map(|year| holiday_in(holiday, year, scene))
        .collect()
}
