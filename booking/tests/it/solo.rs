//! One service on one resource: the smallest visit there is.

use booking::engine::{
    Lead, Objection, Placement, Segment, Standing, Timetable, Visit, judge, placements,
};
use jiff::{SignedDuration, Timestamp};
use kernel::{Money, TimeRange};

/// A service of one resource, at all times.
#[derive(Clone, Copy)]
pub(crate) struct Solo<'a> {
    pub(crate) timetable: Timetable<'a>,
    pub(crate) duration: SignedDuration,
    pub(crate) before: SignedDuration,
    pub(crate) after: SignedDuration,
    pub(crate) step: SignedDuration,
}

pub(crate) fn euros(amount_minor: i64) -> Money {
    Money { amount_minor, currency: "EUR".parse().expect("a currency") }
}

pub(crate) fn ever() -> TimeRange {
    TimeRange::new(Timestamp::MIN, Timestamp::MAX).expect("in order")
}

/// Somebody who takes `duration`, and has nothing else to them.
pub(crate) fn lead<'a>(resource: usize, duration: SignedDuration) -> Lead<'a> {
    Lead {
        resource,
        rank: 0,
        standing: Standing::Offered,
        duration,
        price: euros(0),
        seats: None,
        units: 1,
        sessions: &[],
        full_days: &[],
    }
}

impl Solo<'_> {
    fn with<T>(&self, ask: impl FnOnce(&Visit<'_>) -> T) -> T {
        let segment = Segment {
            standing: Standing::Offered,
            leads: &[lead(0, self.duration)],
            roles: &[],
            before: self.before,
            after: self.after,
            party: 1,
        };
        ask(&Visit {
            timetables: &[self.timetable],
            segments: &[segment],
            wait: SignedDuration::ZERO,
            step: self.step,
            bookable: ever(),
        })
    }

    /// Everything on offer in `window`.
    pub(crate) fn services(&self, window: TimeRange) -> Vec<TimeRange> {
        self.with(|visit| {
            placements(visit, window).map(|placement| placement.segments[0].service).collect()
        })
    }

    pub(crate) fn judge(&self, start: Timestamp) -> Result<Placement, Vec<Objection>> {
        self.with(|visit| judge(visit, start))
    }
}
