//! Sets of instants as sorted, disjoint, half-open ranges, and their algebra.
//!
//! Instants are whole nanoseconds, so a set that includes its last instant is the half-open range
//! that ends a nanosecond later: every operation here is exact.

use jiff::{SignedDuration, Timestamp};
use kernel::TimeRange;

/// The smallest distance between two instants.
pub(super) const TICK: SignedDuration = SignedDuration::from_nanos(1);

/// A set of instants. Equal sets compare equal: the ranges inside never touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans(Vec<TimeRange>);

impl Spans {
    /// The union of `ranges`, which may come in any order and overlap.
    #[must_use]
    pub fn new(mut ranges: Vec<TimeRange>) -> Self {
        // Stable, because that merges runs which are sorted already, as in a union.
        ranges.sort();
        ranges.dedup_by(|next, kept| {
            let joins = next.start() <= kept.end();
            if joins && let Ok(joined) = TimeRange::new(kept.start(), kept.end().max(next.end())) {
                *kept = joined;
            }
            joins
        });
        Self(ranges)
    }

    /// One instant.
    #[must_use]
    pub fn point(at: Timestamp) -> Self {
        Self(range(at, shifted(at, TICK)).into_iter().collect())
    }

    /// The ranges, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[TimeRange] {
        &self.0
    }

    /// Whether there is no instant inside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::union_all([self, other])
    }

    /// What is in any of `sets`.
    #[must_use]
    pub fn union_all<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Self {
        Self::new(sets.into_iter().flat_map(|set| set.0.iter().copied()).collect())
    }

    /// What is in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            both.extend(a.intersection(b));
            if a.end() <= b.end() {
                ours.next()
            } else {
                theirs.next()
            };
        }
        Self(both)
    }

    /// What is in this and not in `other`.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        let mut from = 0;
        for ours in &self.0 {
            from += other.0[from..].partition_point(|theirs| theirs.end() <= ours.start());
            let mut start = ours.start();
            for theirs in other.0[from..].iter().take_while(|it| it.start() < ours.end()) {
                left.extend(range(start, theirs.start()));
                start = theirs.end();
            }
            left.extend(range(start, ours.end()));
        }
        Self(left)
    }

    /// Every instant moved by the same time.
    #[must_use]
    pub fn shift(&self, by: SignedDuration) -> Self {
        self.reshape(by, by)
    }

    /// The starts `t` for which everything from `before` ahead of `t` to `duration` and `after`
    /// past it lies inside one range. The last of them is included, hence the nanosecond.
    #[must_use]
    pub fn erode(
        &self,
        before: SignedDuration,
        duration: SignedDuration,
        after: SignedDuration,
    ) -> Self {
        self.reshape(before, TICK.saturating_sub(duration).saturating_sub(after))
    }

    /// The instants from which waiting at most `wait` (not negative) leads inside.
    #[must_use]
    pub fn reach_back(&self, wait: SignedDuration) -> Self {
        if wait.is_zero() { self.clone() } else { self.reshape(-wait, SignedDuration::ZERO) }
    }

    fn reshape(&self, start: SignedDuration, end: SignedDuration) -> Self {
        let moved = self
            .0
            .iter()
            .filter_map(|it| range(shifted(it.start(), start), shifted(it.end(), end)));
        Self::new(moved.collect())
    }

    /// Whether `at` is inside.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.around(at).is_some()
    }

    /// The range that `at` is inside of.
    #[must_use]
    pub fn around(&self, at: Timestamp) -> Option<TimeRange> {
        self.ending_after(at).first().filter(|it| it.start() <= at).copied()
    }

    /// Whether all of `wanted` is inside.
    #[must_use]
    pub fn covers(&self, wanted: &TimeRange) -> bool {
        self.around(wanted.start()).is_some_and(|it| it.contains_range(wanted))
    }

    /// The first instant inside that is not before `from` and not after `until`.
    #[must_use]
    pub fn first_between(&self, from: Timestamp, until: Timestamp) -> Option<Timestamp> {
        let first = self.ending_after(from).first()?.start().max(from);
        (first <= until).then_some(first)
    }

    /// The ranges that end after `at`.
    pub(super) fn ending_after(&self, at: Timestamp) -> &[TimeRange] {
        &self.0[self.0.partition_point(|it| it.end() <= at)..]
    }
}

impl From<TimeRange> for Spans {
    fn from(range: TimeRange) -> Self {
        Self(vec![range])
    }
}

impl FromIterator<TimeRange> for Spans {
    fn from_iter<T: IntoIterator<Item = TimeRange>>(ranges: T) -> Self {
        Self::new(ranges.into_iter().collect())
    }
}

/// The range, unless it is empty.
pub(super) fn range(start: Timestamp, end: Timestamp) -> Option<TimeRange> {
    TimeRange::new(start, end).ok()
}

/// Moves an instant; stops at the ends of time.
pub(super) fn shifted(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(instant)
}
