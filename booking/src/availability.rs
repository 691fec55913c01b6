//! The openings of one resource, from its timetable alone. Pure: no database, no clock.
//!
//! Opening hours are wall-clock hours in the resource's zone. The wall clock is followed to the
//! letter: an hour that a spring change skips is not there, one that an autumn change repeats is
//! there twice, and an opening starts when the clock on the wall shows a whole number of steps
//! since opening time. Durations and buffers are elapsed time.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::{Offset, TimeZone},
};
use kernel::TimeRange;

use crate::{Hours, ScheduleException, WeeklyHours};

/// Everything that says when a resource is free.
#[derive(Debug, Clone, Copy)]
pub struct Timetable<'a> {
    /// In which its hours are meant.
    pub zone: &'a TimeZone,
    /// The weekly pattern.
    pub weekly: &'a [WeeklyHours],
    /// Days on which the pattern does not hold; at most one entry a day.
    pub exceptions: &'a [ScheduleException],
    /// What is claimed already, buffers included; in any order, overlapping or not.
    pub busy: &'a [TimeRange],
}

/// What has to fit.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// How long the service takes; it must lie inside opening hours.
    pub duration: SignedDuration,
    /// Occupies the resource before; may lie outside opening hours.
    pub buffer_before: SignedDuration,
    /// Occupies the resource after; may lie outside opening hours.
    pub buffer_after: SignedDuration,
    /// Distance between two starts; at least a minute.
    pub step: SignedDuration,
}

/// Whether one start is an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is; the service would take this long.
    Free(TimeRange),
    /// It would be, but for a claim that overlaps this block.
    Busy(TimeRange),
    /// The service would not lie inside opening hours.
    OutsideHours,
    /// Not a whole number of steps after opening time.
    OffStep,
}

/// Every opening that starts inside `window`, earliest first, as the time the service takes.
pub fn openings(
    timetable: &Timetable<'_>,
    shape: Shape,
    window: TimeRange,
) -> impl Iterator<Item = TimeRange> + use<> {
    let pieces = pieces(timetable, until_done(window, &shape));
    let open = merged(pieces.iter().map(|piece| piece.open).collect());
    let busy = merged(timetable.busy.to_vec());
    pieces
        .into_iter()
        .flat_map(move |piece| piece.starts(shape.step, window))
        .filter_map(move |start| shape.service(start))
        .filter(move |service| within(&open, service))
        .filter(move |service| !overlaps(&busy, &shape.block(service)))
}

/// Judges one start; agrees with [`openings`].
#[must_use]
pub fn verdict(timetable: &Timetable<'_>, shape: Shape, start: Timestamp) -> Verdict {
    let Some(service) = shape.service(start) else {
        return Verdict::OutsideHours;
    };
    let pieces = pieces(timetable, service);
    if !within(&merged(pieces.iter().map(|piece| piece.open).collect()), &service) {
        return Verdict::OutsideHours;
    }
    if !pieces.iter().any(|piece| piece.starts(shape.step, service).next() == Some(start)) {
        return Verdict::OffStep;
    }
    let block = shape.block(&service);
    if timetable.busy.iter().any(|busy| busy.overlaps(&block)) {
        return Verdict::Busy(block);
    }
    Verdict::Free(service)
}

impl Shape {
    /// The time the service takes from `start`; `None` at the end of time.
    fn service(&self, start: Timestamp) -> Option<TimeRange> {
        TimeRange::new(start, shifted(start, self.duration)).ok()
    }

    /// The service with its buffers.
    #[must_use]
    pub fn block(&self, service: &TimeRange) -> TimeRange {
        let from = shifted(service.start(), -self.buffer_before);
        let until = shifted(service.end(), self.buffer_after);
        TimeRange::new(from, until).unwrap_or(*service)
    }
}

/// A stretch of opening hours during which the zone's offset does not change.
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

/// Lays the timetable's hours out over the days that touch `span`, in order.
fn pieces(timetable: &Timetable<'_>, span: TimeRange) -> Vec<Piece> {
    // A day more on either side: where the clock goes back over midnight, dates repeat.
    let Ok(first) = timetable.zone.to_datetime(span.start()).date().yesterday() else {
        return Vec::new();
    };
    let last = timetable.zone.to_datetime(span.end()).date();
    let last = last.tomorrow().unwrap_or(last);
    let segments = segments(timetable.zone, span);
    let mut pieces = Vec::new();
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
    for day in days.take_while(|day| *day <= last) {
        for_hours_of(timetable, day, |hours| {
            pieces.extend(segments.iter().filter_map(|segment| segment.piece(day, hours)));
        });
    }
    pieces.sort_unstable_by_key(|piece| piece.open);
    pieces
}

fn for_hours_of(timetable: &Timetable<'_>, day: Date, mut each: impl FnMut(Hours)) {
    match timetable.exceptions.iter().find(|exception| exception.day == day) {
        Some(exception) => exception.hours.iter().copied().for_each(each),
        None => {
            let weekday = day.weekday();
            for weekly in timetable.weekly.iter().filter(|weekly| weekly.weekday == weekday) {
                each(weekly.hours);
            }
        }
    }
}

/// A time during which a zone keeps one offset.
struct Segment {
    range: TimeRange,
    offset: Offset,
}

impl Segment {
    fn piece(&self, day: Date, hours: Hours) -> Option<Piece> {
        let at = |minute: u16| {
            let wall = day
                .to_datetime(Time::midnight())
                .checked_add(SignedDuration::from_mins(minute.into()))
                .ok()?;
            self.offset.to_timestamp(wall).ok()
        };
        let anchor = at(hours.start_minute())?;
        let open = TimeRange::new(anchor, at(hours.end_minute())?).ok()?;
        Some(Piece { open: open.intersection(&self.range)?, anchor })
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
        if let Ok(range) = TimeRange::new(start, transition.timestamp()) {
            segments.push(Segment { range, offset });
        }
        (start, offset) = (transition.timestamp(), transition.offset());
    }
    segments.extend(TimeRange::new(start, end).ok().map(|range| Segment { range, offset }));
    segments
}

/// From the first start in `window` to the end of a service that starts last.
fn until_done(window: TimeRange, shape: &Shape) -> TimeRange {
    TimeRange::new(window.start(), shifted(window.end(), shape.duration)).unwrap_or(window)
}

/// Sorts, and joins ranges that overlap or touch.
fn merged(mut ranges: Vec<TimeRange>) -> Vec<TimeRange> {
    ranges.sort_unstable();
    ranges.dedup_by(|next, kept| {
        let joins = next.start() <= kept.end();
        if joins && let Ok(joined) = TimeRange::new(kept.start(), kept.end().max(next.end())) {
            *kept = joined;
        }
        joins
    });
    ranges
}

/// Whether `range` lies wholly inside one of `ranges`, which are merged.
fn within(ranges: &[TimeRange], range: &TimeRange) -> bool {
    let next = ranges.partition_point(|candidate| candidate.end() <= range.start());
    ranges.get(next).is_some_and(|candidate| candidate.contains_range(range))
}

/// Whether `range` overlaps one of `ranges`, which are merged.
fn overlaps(ranges: &[TimeRange], range: &TimeRange) -> bool {
    let next = ranges.partition_point(|candidate| candidate.end() <= range.start());
    ranges.get(next).is_some_and(|candidate| candidate.overlaps(range))
}

fn shifted(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(instant)
}
