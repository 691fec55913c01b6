//! Days and times put together into values.

use jiff::civil::{DateTime, Time};

use super::{
    Nowhere, Scene, clock, day,
    stretch::{Stretch, floor, plus, shift},
};
use crate::{
    Conventions, Direction, Grain, Kind, Length, Recurrence, Value,
    expr::{Clock, Day, Edge, Expr, Point, Set, Style},
    meaning::{Part, Section},
};

/// No expression keeps more readings.
const MOST: usize = 8;

/// What an expression means here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) kind: Kind,
    pub(crate) candidates: Vec<Value>,
    /// Where the best candidate ends, unless it is open or of no time.
    pub(crate) end: Option<DateTime>,
    pub(crate) latent: bool,
}

/// Resolves an expression. `None` where it makes no sense here.
pub(crate) fn read(expr: &Expr, scene: &Scene) -> Option<Reading> {
    match resolve(expr, scene) {
        Ok((kind, mut candidates, end, latent)) => {
            candidates.truncate(MOST);
            (!candidates.is_empty()).then_some(Reading { kind, candidates, end, latent })
        }
        Err(Nowhere::Impossible) => Some(Reading {
            kind: kind_of(expr),
            candidates: vec![Value::Impossible],
            end: None,
            latent: false,
        }),
        Err(Nowhere::Unreadable) => None,
    }
}

type Resolved = Result<(Kind, Vec<Value>, Option<DateTime>, bool), Nowhere>;

fn resolve(expr: &Expr, scene: &Scene) -> Resolved {
    match expr {
        Expr::Point(point) => {
            let (kind, stretches) = point_stretches(point, scene)?;
            let stretches = to_come(stretches, scene);
            let end = stretches.first().map(|stretch| stretch.end);
            let ranged = point.clock.is_some_and(|clock| clock.until.is_some());
            let after = scene.conventions == Conventions::Recognizers
                && point.clock.is_some_and(|clock| clock.time.is_none() && is_after(clock.part));
            let worth = |stretch: Stretch| {
                if ranged {
                    closed(stretch, scene)
                } else if after {
                    let at = stretch.start;
                    Value::Open { direction: Direction::After, at, grain: stretch.grain }
                } else {
                    value(stretch)
                }
            };
            Ok((kind, stretches.into_iter().map(worth).collect(), end, point.latent))
        }
        Expr::Range { from, to, style } => range(from, to, *style, scene),
        Expr::Open { direction, edge, point } => open(*direction, *edge, point, scene),
        Expr::Lasting { length, grain, from } => lasting(*length, *grain, from, scene),
        Expr::Within { length, grain } => within(*length, *grain, scene),
        Expr::Duration { length, grain } => {
            let value = Value::Duration { length: *length, grain: *grain };
            Ok((Kind::Duration, vec![value], None, false))
        }
        Expr::Set(set) => Ok((Kind::Set, vec![recurrence(set, scene)], None, false)),
    }
}

/// Something and the tokens it stands on, where they are known.
type Placed<T> = (Option<(usize, usize)>, T);

/// The parts of a point, each by itself, at tokens.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    pub(crate) day: Option<Placed<Vec<Value>>>,
    pub(crate) part: Option<Placed<Part>>,
    pub(crate) time: Option<Placed<Vec<Time>>>,
    pub(crate) window: Option<Placed<Vec<(Time, Time)>>>,
}

/// Takes an expression apart.
pub(crate) fn apart(expr: &Expr, scene: &Scene) -> Vec<Parts> {
    match expr {
        Expr::Point(point) | Expr::Open { point, .. } => vec![parts(point, scene)],
        Expr::Lasting { from, .. } => vec![parts(from, scene)],
        Expr::Range { from, to, .. } => vec![parts(from, scene), parts(to, scene)],
        Expr::Within { .. } | Expr::Duration { .. } | Expr::Set(_) => Vec::new(),
    }
}

fn parts(point: &Point, scene: &Scene) -> Parts {
    let mut parts = Parts::default();
    if let Some(day) = &point.day {
        let stretches = to_come(day::stretches(day, scene).unwrap_or_default(), scene);
        if !stretches.is_empty() {
            let values = stretches.into_iter().map(value).collect();
            parts.day = Some((point.marks.day, values));
        }
    }
    let Some(clock) = &point.clock else { return parts };
    parts.part = clock.part.map(|part| (point.marks.part, part));
    if clock.time.is_none() {
        return parts;
    }
    let dials = clock::dials(clock, scene);
    let wall = |seconds: i32| {
        let seconds = seconds.rem_euclid(24 * 3600);
        let small = |n: i32| i8::try_from(n).ok();
        Time::new(small(seconds / 3600)?, small(seconds / 60 % 60)?, small(seconds % 60)?, 0).ok()
    };
    if clock.until.is_some() {
        let windows = dials.iter().filter_map(|dial| Some((wall(dial.from)?, wall(dial.to)?)));
        parts.window = Some((point.marks.time, windows.collect()));
    } else {
        let times = dials.iter().filter_map(|dial| wall(dial.from));
        parts.time = Some((point.marks.time, times.collect()));
    }
    parts
}

/// What an impossible expression would have been.
fn kind_of(expr: &Expr) -> Kind {
    match expr {
        Expr::Point(point) if point.clock.is_some() => Kind::DateTime,
        Expr::Point(_) => Kind::Date,
        Expr::Duration { .. } => Kind::Duration,
        Expr::Set(_) => Kind::Set,
        _ => Kind::DateRange,
    }
}

fn value(stretch: Stretch) -> Value {
    if stretch.unit {
        Value::Instant { at: stretch.start, grain: stretch.grain }
    } else {
        Value::Interval { start: stretch.start, end: stretch.end, grain: stretch.grain }
    }
}

/// Leaves out what is over, where that is asked for and anything else remains.
fn to_come(stretches: Vec<Stretch>, scene: &Scene) -> Vec<Stretch> {
    if !scene.future_only {
        return stretches;
    }
    let left: Vec<Stretch> =
        stretches.iter().copied().filter(|stretch| stretch.end > scene.now).collect();
    if left.is_empty() { stretches } else { left }
}

/// Parts of the day that have no end: "after lunch".
const fn is_after(part: Option<Part>) -> bool {
    matches!(
        part,
        Some(
            Part::AfterBreakfast
                | Part::AfterLunch
                | Part::AfterWork
                | Part::AfterSchool
                | Part::AfterDinner
        )
    )
}

type Points = Result<(Kind, Vec<Stretch>), Nowhere>;

/// Every stretch a point can be.
fn point_stretches(point: &Point, scene: &Scene) -> Points {
    let days = match &point.day {
        Some(day) => Some(day::stretches(day, scene)?),
        None => None,
    };
    let Some(clock) = &point.clock else {
        let days = days.ok_or(Nowhere::Unreadable)?;
        return Ok((day_kind(&days), days));
    };
    let dials = clock::dials(clock, scene);
    let ranged = dials.first().is_some_and(|dial| !dial.point);
    let mut found = match days {
        Some(days) => on_days(&days, &dials, point, scene),
        None => on_any_day(clock, &dials, scene),
    };
    if let Some(zone) = point.zone {
        let minutes = i64::from(scene.offset) - i64::from(zone);
        found = found.into_iter().filter_map(|stretch| moved(stretch, minutes)).collect();
        if scene.conventions == Conventions::Duckling {
            // A zone makes a time exact to the minute there.
            for stretch in &mut found {
                stretch.grain = stretch.grain.min(Grain::Minute);
            }
        }
    }
    if found.is_empty() {
        return Err(Nowhere::Unreadable);
    }
    let kind = match (point.day.is_some(), ranged) {
        (true, true) => Kind::DateTimeRange,
        (true, false) => Kind::DateTime,
        (false, true) => Kind::TimeRange,
        (false, false) => Kind::Time,
    };
    Ok((kind, found))
}

fn moved(stretch: Stretch, minutes: i64) -> Option<Stretch> {
    Some(Stretch {
        start: plus(stretch.start, Grain::Minute, minutes)?,
        end: plus(stretch.end, Grain::Minute, minutes)?,
        ..stretch
    })
}

fn day_kind(days: &[Stretch]) -> Kind {
    match days.first() {
        Some(Stretch { grain, unit: true, .. }) if *grain < Grain::Day => Kind::DateTime,
        Some(Stretch { grain, unit: false, .. }) if *grain < Grain::Day => Kind::DateTimeRange,
        Some(Stretch { grain: Grain::Day, unit: true, .. }) => Kind::Date,
        _ => Kind::DateRange,
    }
}

/// A dial on a day.
fn set_on(day: DateTime, dial: &clock::Dial) -> Option<Stretch> {
    let start = plus(day, Grain::Second, i64::from(dial.from))?;
    if dial.point {
        return Stretch::unit(start, dial.grain);
    }
    let end = plus(day, Grain::Second, i64::from(dial.to))?;
    Some(Stretch::interval(start, end, dial.grain))
}

fn on_days(days: &[Stretch], dials: &[clock::Dial], point: &Point, scene: &Scene) -> Vec<Stretch> {
    let mut found = Vec::new();
    for day in days {
        let midnight = floor(day.start, Grain::Day).unwrap_or(day.start);
        let mut here: Vec<Stretch> =
            dials.iter().filter_map(|dial| set_on(midnight, dial)).collect();
        // Today, what has gone by is not meant while something is left.
        let today = midnight.date() == scene.today && point.day != Some(Day::Now);
        if today && dials.iter().any(|dial| dial.ambiguous) {
            here.sort_by_key(|stretch| stretch.end <= scene.now);
        }
        found.extend(here);
    }
    found
}

/// A time of no particular day: the first that fits.
fn on_any_day(clock: &Clock, dials: &[clock::Dial], scene: &Scene) -> Vec<Stretch> {
    let Some(today) = floor(scene.now, Grain::Day) else { return Vec::new() };
    let mut found = Vec::new();
    for dial in dials {
        let Some(here) = set_on(today, dial) else { continue };
        // The hour that is running still counts; a part of the day is today's.
        let hour_over = plus(floor(here.start, Grain::Hour).unwrap_or(here.start), Grain::Hour, 1);
        let over = dial.point && hour_over.is_some_and(|over| over <= scene.now);
        let part = !dial.point && clock.time.is_none();
        let over =
            over || (!dial.point && !part && here.start < scene.now && here.end <= scene.now);
        found.extend(if over { moved(here, 24 * 60) } else { Some(here) });
    }
    if scene.conventions == Conventions::Duckling && dials.iter().any(|dial| dial.ambiguous) {
        found.sort_by_key(|stretch| stretch.start);
    }
    found
}

fn range(from: &Point, to: &Point, style: Style, scene: &Scene) -> Resolved {
    let (from, to) = shared(from, to);
    // Ends on the clock of one day make a stretch of that day.
    if let (Some(a), Some(b)) = (&from.clock, &to.clock)
        && let (Some(start), Some(end)) = (a.time, b.time)
        && (to.day.is_none() || to.day == from.day)
    {
        // "3 in the morning to 5 in the afternoon": each end has its own half.
        let (start, end, part) = match (a.part, b.part) {
            (Some(first), Some(last)) if first != last => {
                (clock::fixed(start, first, scene), clock::fixed(end, last, scene), None)
            }
            // "3am to 5 in the afternoon".
            (None, Some(last)) if start.half.is_some() => {
                (start, clock::fixed(end, last, scene), None)
            }
            (first, last) => (start, end, first.or(last)),
        };
        let clock = Clock { time: Some(start), until: Some(end), part, section: None };
        let zone = from.zone.or(to.zone);
        let point = Point { day: from.day.clone(), clock: Some(clock), zone, ..Point::default() };
        let (kind, found) = point_stretches(&point, scene)?;
        let found = to_come(found, scene);
        let end = found.first().map(|stretch| stretch.end);
        let _ = style;
        let values = found.into_iter().map(|stretch| closed(stretch, scene)).collect();
        return Ok((kind, values, end, false));
    }
    let (from_kind, starts) = point_stretches(&from, scene)?;
    let (to_kind, ends) = point_stretches(&to, scene)?;
    let mut starts: Vec<Stretch> = starts.into_iter().map(|s| first_of(&from, s, scene)).collect();
    // A range that begins on today's weekday begins a week from now, as the bare weekday does.
    if scene.conventions == Conventions::Booking && matches!(from.day, Some(Day::Weekday { .. })) {
        starts.truncate(1);
    }
    let ends: Vec<Stretch> = ends.into_iter().map(|s| last_of(&to, s, scene)).collect();
    let mut values = Vec::new();
    let mut last = None;
    for (start, end) in pairs(&starts, &ends, &to) {
        let grain = start.grain.min(end.grain);
        let grain = if start.unit && end.unit { grain } else { grain.min(Grain::Day) };
        let stop = stop(end, grain, scene);
        let Some(stop) = stop.filter(|stop| *stop > start.start) else { continue };
        if scene.future_only && stop <= scene.now && !values.is_empty() {
            continue;
        }
        last = last.or(Some(stop));
        let value = Value::Interval { start: start.start, end: stop, grain };
        if !values.contains(&value) {
            values.push(value);
        }
    }
    if values.is_empty() {
        return Err(Nowhere::Unreadable);
    }
    let kind = match from_kind {
        Kind::DateTime | Kind::DateTimeRange => Kind::DateTimeRange,
        Kind::Time | Kind::TimeRange => Kind::TimeRange,
        _ => Kind::DateRange,
    };
    // "between now and May": the day of now.
    let now = from.day == Some(Day::Now) && matches!(to_kind, Kind::Date | Kind::DateRange);
    if now && scene.conventions != Conventions::Duckling {
        for value in &mut values {
            if let Value::Interval { start, grain, .. } = value {
                *start = floor(*start, Grain::Day).unwrap_or(*start);
                *grain = Grain::Day;
            }
        }
        return Ok((Kind::DateRange, values, last, false));
    }
    Ok((kind, values, last, false))
}

/// Start and end that belong together: the coming end with the last start before it, then each
/// other start with the first end after it.
fn pairs(starts: &[Stretch], ends: &[Stretch], to: &Point) -> Vec<(Stretch, Stretch)> {
    let mut found: Vec<(Stretch, Stretch)> = Vec::new();
    let fits = |start: &Stretch, end: &Stretch| end.end > start.start && end.start >= start.start;
    let soonest = to.day.is_none();
    let first = if soonest {
        let after = |end: &&Stretch| starts.iter().any(|start| fits(start, end));
        ends.iter().filter(after).min_by_key(|end| end.start)
    } else {
        ends.first()
    };
    if let Some(end) = first {
        let start = starts.iter().filter(|start| fits(start, end)).max_by_key(|s| s.start);
        found.extend(start.map(|start| (*start, *end)));
    }
    let rest = if found.is_empty() { starts } else { starts.get(1..).unwrap_or_default() };
    for start in rest {
        let end = ends.iter().filter(|end| fits(start, end)).min_by_key(|end| end.start).copied();
        let end = end.or_else(|| later(to, *start, ends.first().copied()?));
        if let Some(end) = end
            && !found.contains(&(*start, end))
        {
            found.push((*start, end));
        }
    }
    found
}

/// Where a range that begins with "the end of" something begins.
fn first_of(from: &Point, stretch: Stretch, scene: &Scene) -> Stretch {
    let Some(Day::Section { section, of }) = &from.day else { return stretch };
    if scene.conventions != Conventions::Recognizers {
        return stretch;
    }
    let start = match section {
        Section::Late => stretch.end,
        Section::Mid => day::stretches(of, scene)
            .ok()
            .and_then(|of| {
                let of = of.first()?;
                let half = of.end.duration_since(of.start).as_secs() / 2;
                floor(plus(of.start, Grain::Second, half)?, Grain::Day)
            })
            .unwrap_or(stretch.start),
        _ => stretch.start,
    };
    Stretch::interval(start, stretch.end, stretch.grain)
}

/// Where a range that ends with "the beginning of" something ends.
fn last_of(to: &Point, stretch: Stretch, scene: &Scene) -> Stretch {
    match &to.day {
        Some(Day::Section { section: Section::Early, .. })
            if scene.conventions != Conventions::Duckling =>
        {
            Stretch::interval(stretch.start, stretch.start, stretch.grain)
        }
        _ => stretch,
    }
}

/// A stretch of the clock as each convention ends it.
fn closed(stretch: Stretch, scene: &Scene) -> Value {
    let end = match scene.conventions {
        Conventions::Duckling => plus(stretch.end, stretch.grain, 1).unwrap_or(stretch.end),
        _ => stretch.end,
    };
    Value::Interval { start: stretch.start, end, grain: stretch.grain }
}

/// Where a range ends: with the last unit named, or at its start.
fn stop(end: Stretch, grain: Grain, scene: &Scene) -> Option<DateTime> {
    match scene.conventions {
        Conventions::Duckling if end.unit => plus(end.start, grain, 1),
        Conventions::Recognizers if end.unit => Some(end.start),
        Conventions::Booking if end.unit && end.grain < Grain::Day => Some(end.start),
        _ => Some(end.end),
    }
}

/// Fills in what one end leaves to the other: the month, the year, the day.
fn shared(from: &Point, to: &Point) -> (Point, Point) {
    let (mut from, mut to) = (from.clone(), to.clone());
    if from.day.is_none() && to.day.is_some() && from.clock.is_some() {
        from.day.clone_from(&to.day);
    }
    if let (
        Some(Day::Date { year: from_year, month, day, .. }),
        Some(Day::Date { year: Some(year), month: to_month, day: to_day, .. }),
    ) = (&mut from.day, &to.day)
        && from_year.is_none()
        && (month.is_some() || day.is_some())
        && let crate::expr::Year::Full(last) = year
    {
        let later = (*month, *day) > (*to_month, *to_day) && month.is_some();
        *from_year = Some(crate::expr::Year::Full(if later { *last - 1 } else { *last }));
    }
    if let (
        Some(Day::Month { month, .. }),
        Some(Day::Date { year: Some(year), month: Some(to_month), .. }),
    ) = (&from.day, &to.day)
        && let crate::expr::Year::Full(last) = year
    {
        let first = if month > to_month { *last - 1 } else { *last };
        let year = Some(crate::expr::Year::Full(first));
        from.day = Some(Day::Date { year, month: Some(*month), day: None, weekday: None });
    }
    if to.zone.is_none() {
        to.zone = from.zone;
    }
    if from.zone.is_none() {
        from.zone = to.zone;
    }
    (from, to)
}

/// The end of a range that would lie before its start, one round later.
fn later(to: &Point, start: Stretch, end: Stretch) -> Option<Stretch> {
    let (grain, most) = match &to.day {
        Some(Day::Weekday { .. }) => (Grain::Week, 3),
        Some(Day::Date { year: None, month: Some(_), .. } | Day::Month { .. }) => (Grain::Year, 3),
        Some(Day::Date { year: None, month: None, .. }) => (Grain::Month, 3),
        None => (Grain::Day, 2),
        _ => return None,
    };
    (1..=most).find_map(|n| {
        let moved =
            Stretch { start: plus(end.start, grain, n)?, end: plus(end.end, grain, n)?, ..end };
        (moved.end > start.end).then_some(moved)
    })
}

fn open(direction: Direction, edge: Edge, point: &Point, scene: &Scene) -> Resolved {
    let (kind, stretches) = point_stretches(point, scene)?;
    let stretches = to_come(stretches, scene);
    let kind = match kind {
        Kind::Date | Kind::DateRange => Kind::DateRange,
        Kind::Time | Kind::TimeRange => Kind::TimeRange,
        _ => Kind::DateTimeRange,
    };
    let end = stretches.first().map(|stretch| stretch.end);
    let section = match &point.day {
        Some(Day::Section { section, .. }) => Some(*section),
        _ => None,
    };
    let values = stretches.into_iter().map(|stretch| {
        if scene.conventions == Conventions::Recognizers {
            let at = match (edge, section) {
                (Edge::By | Edge::Until, Some(Section::Late)) => Some(stretch.end),
                (Edge::After, Some(Section::Early)) => Some(stretch.start),
                _ => None,
            };
            if let Some(at) = at {
                return Value::Open { direction, at, grain: stretch.grain };
            }
        }
        if edge == Edge::By && scene.conventions == Conventions::Duckling {
            let end = if stretch.grain < Grain::Day && stretch.unit {
                stretch.start
            } else {
                stretch.end
            };
            return Value::Interval { start: scene.now, end, grain: Grain::Second };
        }
        let at = edge_of(edge, stretch, scene);
        Value::Open { direction, at, grain: stretch.grain }
    });
    Ok((kind, values.collect(), end.filter(|_| direction == Direction::Before), false))
}

/// Where an open range begins or stops.
fn edge_of(edge: Edge, stretch: Stretch, scene: &Scene) -> DateTime {
    let long = !(stretch.unit && stretch.grain <= Grain::Day);
    let from_clock = stretch.grain < Grain::Day;
    match (edge, scene.conventions) {
        (Edge::After, Conventions::Recognizers) if long && !from_clock => stretch.end,
        (Edge::After, Conventions::Booking) if !from_clock => stretch.end,
        (Edge::After, Conventions::Duckling) if !stretch.unit && from_clock => stretch.end,
        (Edge::Until | Edge::By, Conventions::Booking) if !from_clock => stretch.end,
        _ => stretch.start,
    }
}

fn lasting(length: Length, grain: Grain, from: &Point, scene: &Scene) -> Resolved {
    let (kind, stretches) = point_stretches(from, scene)?;
    let stretches = to_come(stretches, scene);
    let kind = match kind {
        Kind::Time | Kind::TimeRange => Kind::TimeRange,
        Kind::DateTime | Kind::DateTimeRange => Kind::DateTimeRange,
        Kind::Date if length.seconds != 0 => Kind::DateTimeRange,
        _ => Kind::DateRange,
    };
    let mut values = Vec::new();
    let mut last = None;
    let this_year = |stretch: &&Stretch| stretch.start.year() == scene.today.year();
    let own = stretches.iter().find(this_year).copied();
    let stretches = match own {
        Some(own) if scene.conventions == Conventions::Recognizers => vec![own],
        _ => stretches,
    };
    for stretch in stretches {
        let finer = stretch.grain.min(grain);
        let Some(end) = shift(stretch.start, length, false) else { continue };
        let end = match scene.conventions {
            Conventions::Duckling => plus(end, finer, 1).unwrap_or(end),
            _ => end,
        };
        last = last.or(Some(end));
        values.push(Value::Interval { start: stretch.start, end, grain: finer });
    }
    Ok((kind, values, last, false))
}

fn within(length: Length, grain: Grain, scene: &Scene) -> Resolved {
    let end = shift(scene.now, length, false).ok_or(Nowhere::Unreadable)?;
    let days = grain >= Grain::Day && scene.conventions != Conventions::Duckling;
    let (start, end, grain, kind) = if days {
        let day = |at| floor(at, Grain::Day).ok_or(Nowhere::Unreadable);
        (day(scene.now)?, day(end)?, Grain::Day, Kind::DateRange)
    } else {
        (scene.now, end, Grain::Second, Kind::DateTimeRange)
    };
    Ok((kind, vec![Value::Interval { start, end, grain }], Some(end), false))
}

fn recurrence(set: &Set, scene: &Scene) -> Value {
    let at = set.clock.as_ref().filter(|clock| clock.time.is_some()).and_then(|clock| {
        let dial = clock::dials(clock, scene).into_iter().next()?;
        u32::try_from(dial.from).ok()
    });
    Value::Recurrence(Recurrence {
        every: set.every,
        grain: set.grain,
        weekdays: set.weekdays.clone(),
        at,
    })
}
