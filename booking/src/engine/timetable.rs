//! When one resource is open, and when it is free.
//!
//! Opening hours are wall-clock hours in the resource's zone. The wall clock is followed to the
//! letter: an hour that a spring change skips is not there, one that an autumn change repeats is
//! there twice, and a start is on the grid when the clock on the wall shows a whole number of steps
//! since opening time. Durations and buffers are elapsed time.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, Weekday},
    tz::{Offset, TimeZone},
};
use kernel::TimeRange;

use super::spans::{Spans, range, shifted};
use crate::{BookingError, Hours, ScheduleException, WeeklyHours};

/// A day on which the whole business is closed: no shift starts on it, whatever the patterns and
/// the exceptions of its people say. A shift of the day before still runs to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Which day, by the clock of the resource.
    pub day: Date,
    /// What the day is called: `Christmas`.
    pub name: String,
}

/// A part of a resource that is taken already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// With its buffers.
    pub blocks: TimeRange,
    /// How much of the capacity it takes; 1 for a person.
    pub units: u16,
}

/// Everything that says when a resource is free.
#[derive(Debug, Clone, Copy)]
pub struct Timetable<'a> {
    /// In which its hours are meant.
    pub zone: &'a TimeZone,
    /// The weekly pattern.
    pub weekly: &'a [WeeklyHours],
    /// Days on which the pattern does not hold; at most one entry a day.
    pub exceptions: &'a [ScheduleException],
    /// Days on which nothing holds.
    pub closures: &'a [Closure],
    /// What is taken, in any order, overlapping or not. Those far from the times asked about cost
    /// next to nothing.
    pub claims: &'a [Claim],
    /// How many units can be taken at once; 1 for a person.
    pub capacity: u16,
}

/// The weekly pattern of what is always there, such as a room.
///
/// # Errors
///
/// None in fact; [`BookingError::Invalid`] is what [`Hours::new`] would say.
pub fn round_the_clock() -> Result<Vec<WeeklyHours>, BookingError> {
    let hours = Hours::new(0, 1440)?;
    let week = Weekday::Monday.cycle_forward().take(7);
    Ok(week.map(|weekday| WeeklyHours { weekday, hours }).collect())
}

/// Why a resource has the hours it has on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DayRule<'a> {
    Closed(&'a Closure),
    Exception(&'a ScheduleException),
    Weekly,
}

/// A timetable's opening hours, laid out over some days.
#[derive(Debug, Clone)]
pub struct Laid {
    pieces: Vec<Piece>,
    open: Spans,
}

impl Timetable<'_> {
    /// Lays out the opening hours for at least `span`.
    #[must_use]
    pub fn lay(&self, span: TimeRange) -> Laid {
        let mut pieces = Vec::new();
        let segments = segments(self.zone, span);
        // A shift may have begun the day before; and where the clock goes back over midnight,
        // dates repeat, hence a day more on either side.
        for day in days_around(self.zone, span, 2, 1) {
            for hours in self.hours_of(day) {
                pieces.extend(segments.iter().filter_map(|segment| segment.piece(day, hours)));
            }
        }
        pieces.sort_unstable_by_key(|piece| piece.open);
        let open = pieces.iter().map(|piece| piece.open).collect();
        Laid { pieces, open }
    }

    /// The shifts that start on `day`.
    pub(super) fn hours_of(&self, day: Date) -> Vec<Hours> {
        match self.rule_of(day) {
            DayRule::Closed(_) => Vec::new(),
            DayRule::Exception(exception) => exception.hours.clone(),
            DayRule::Weekly => {
                let weekday = day.weekday();
                let that_day = self.weekly.iter().filter(|weekly| weekly.weekday == weekday);
                that_day.map(|weekly| weekly.hours).collect()
            }
        }
    }

    pub(super) fn rule_of(&self, day: Date) -> DayRule<'_> {
        let closed = self.closures.iter().find(|closure| closure.day == day);
        let exception = || self.exceptions.iter().find(|exception| exception.day == day);
        match (closed, exception()) {
            (Some(closure), _) => DayRule::Closed(closure),
            (None, Some(exception)) => DayRule::Exception(exception),
            (None, None) => DayRule::Weekly,
        }
    }

    /// The parts of `span` in which `units` more can be taken; open or not.
    #[must_use]
    pub fn free(&self, span: TimeRange, units: u16) -> Spans {
        Spans::from(span).subtract(&self.taken(span, units))
    }

    /// The parts of `span` in which claims leave less than `units`.
    pub(super) fn taken(&self, span: TimeRange, units: u16) -> Spans {
        let near =
            self.claims.iter().filter(|claim| claim.units > 0 && claim.blocks.overlaps(&span));
        // At one instant what ends counts before what begins: ranges are half-open.
        let mut edges: Vec<(Timestamp, i64)> = near
            .flat_map(|claim| {
                let units = i64::from(claim.units);
                [(claim.blocks.start(), units), (claim.blocks.end(), -units)]
            })
            .collect();
        edges.sort_unstable();
        let spare = i64::from(self.capacity) - i64::from(units);
        if spare < 0 {
            return span.into();
        }
        let (mut load, mut since) = (0, None);
        let mut taken = Vec::new();
        for (at, change) in edges {
            load += change;
            match since {
                None if load > spare => since = Some(at),
                Some(start) if load <= spare => {
                    taken.extend(range(start, at));
                    since = None;
                }
                _ => {}
            }
        }
        Spans::new(taken)
    }

    /// The instants of `span` at which the wall clock shows one of `days`.
    #[must_use]
    pub fn on_days(&self, days: &[Date], span: TimeRange) -> Spans {
        if days.is_empty() {
            return Spans::default();
        }
        let segments = segments(self.zone, span);
        let whole = |day: &Date| {
            let parts: Vec<_> = segments
                .iter()
                .filter_map(|segment| segment.between(*day, 0, 1440)?.intersection(&segment.range))
                .collect();
            parts
        };
        days.iter().flat_map(whole).collect()
    }
}

impl Laid {
    /// When it is open. True to the hours inside the span that was laid out, and for a day on
    /// either side of it.
    #[must_use]
    pub fn open(&self) -> &Spans {
        &self.open
    }

    /// The instants of `window` that are a whole number of steps after opening time by the wall
    /// clock, while open. `step` counts as at least a minute.
    #[must_use]
    pub fn grid(&self, step: SignedDuration, window: TimeRange) -> Vec<Timestamp> {
        let mut starts: Vec<_> =
            self.pieces.iter().flat_map(|piece| piece.starts(step, window)).collect();
        // Only where shifts overlap is there anything to do.
        if !starts.is_sorted_by(|a, b| a < b) {
            starts.sort_unstable();
            starts.dedup();
        }
        starts
    }
}

/// A stretch of opening hours during which the zone's offset does not change.
#[derive(Debug, Clone, Copy)]
struct Piece {
    open: TimeRange,
    /// Where steps are counted from: opening time at this offset, which may lie before `open`.
    anchor: Timestamp,
}

impl Piece {
    /// The starts on the grid inside both `self` and `window`.
    fn starts(
        &self,
        step: SignedDuration,
        window: TimeRange,
    ) -> impl Iterator<Item = Timestamp> + use<> {
        let inside = self.open.intersection(&window);
        let step = step.max(SignedDuration::from_mins(1));
        let anchor = self.anchor;
        inside.into_iter().flat_map(move |inside| {
            let late = inside.start().duration_since(anchor).as_nanos();
            let n_steps = (late + step.as_nanos() - 1).div_euclid(step.as_nanos());
            let first = i32::try_from(n_steps)
                .ok()
                .and_then(|n_steps| step.checked_mul(n_steps))
                .map(|late| shifted(anchor, late));
            std::iter::successors(first, move |start| start.checked_add(step).ok())
                .take_while(move |start| *start < inside.end())
        })
    }
}

/// A time during which a zone keeps one offset.
struct Segment {
    range: TimeRange,
    offset: Offset,
}

impl Segment {
    fn piece(&self, day: Date, hours: Hours) -> Option<Piece> {
        let open = self.between(day, hours.start_minute(), hours.end_minute())?;
        Some(Piece { open: open.intersection(&self.range)?, anchor: open.start() })
    }

    /// From one minute of `day` to another, if the offset were this one throughout.
    fn between(&self, day: Date, from: u16, until: u16) -> Option<TimeRange> {
        let at = |minute: u16| {
            let wall = day
                .to_datetime(Time::midnight())
                .checked_add(SignedDuration::from_mins(minute.into()))
                .ok()?;
            self.offset.to_timestamp(wall).ok()
        };
        range(at(from)?, at(until)?)
    }
}

/// Cuts `span`, with two days on either side, where the zone's offset changes.
fn segments(zone: &TimeZone, span: TimeRange) -> Vec<Segment> {
    let margin = SignedDuration::from_hours(48);
    let end = shifted(span.end(), margin);
    let mut start = shifted(span.start(), -margin);
    let mut offset = zone.to_offset(start);
    let mut segments = Vec::new();
    for transition in zone.following(start).take_while(|transition| transition.timestamp() < end) {
        segments
            .extend(range(start, transition.timestamp()).map(|range| Segment { range, offset }));
        (start, offset) = (transition.timestamp(), transition.offset());
    }
    segments.extend(range(start, end).map(|range| Segment { range, offset }));
    segments
}

/// The days that the wall clock shows during `span`, and some more on either side.
pub(super) fn days_around(
    zone: &TimeZone,
    span: TimeRange,
    before: usize,
    after: usize,
) -> impl Iterator<Item = Date> + use<> {
    let (first, last) =
        (zone.to_datetime(span.start()).date(), zone.to_datetime(span.end()).date());
    let first = (0..before).fold(first, |day, _| day.yesterday().unwrap_or(day));
    let last = (0..after).fold(last, |day, _| day.tomorrow().unwrap_or(day));
    std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take_while(move |day| *day <= last)
}
