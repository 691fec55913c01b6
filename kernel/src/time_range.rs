//! Half-open ranges of instants.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// From `start` up to, not including, `end`. Never empty, never reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct TimeRange {
    start: Timestamp,
    end: Timestamp,
}

/// The end is not after the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a time range must end after it starts")]
pub struct TimeRangeError;

#[derive(Serialize, Deserialize)]
struct Bounds {
    start: Timestamp,
    end: Timestamp,
}

impl TimeRange {
    /// Accepts two instants in order.
    ///
    /// # Errors
    ///
    /// [`TimeRangeError`] unless `start < end`.
    pub fn new(start: Timestamp, end: Timestamp) -> Result<Self, TimeRangeError> {
        if start < end { Ok(Self { start, end }) } else { Err(TimeRangeError) }
    }

    /// The first instant inside.
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        self.start
    }

    /// The first instant after.
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        self.end
    }

    /// Elapsed time between the two.
    #[must_use]
    pub fn duration(&self) -> SignedDuration {
        self.end.duration_since(self.start)
    }

    /// Whether `instant` lies inside.
    #[must_use]
    pub fn contains(&self, instant: Timestamp) -> bool {
        self.start <= instant && instant < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains_range(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share an instant. Ranges that only touch do not.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The instants in both, if any.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }

    /// The parts of `self` outside `other`: none, one or two, in order.
    pub fn minus(&self, other: &Self) -> impl Iterator<Item = Self> + use<> {
        let before = Self::new(self.start, self.end.min(other.start)).ok();
        let after = Self::new(self.start.max(other.end), self.end).ok();
        before.into_iter().chain(after)
    }
}

impl TryFrom<Bounds> for TimeRange {
    type Error = TimeRangeError;

    fn try_from(bounds: Bounds) -> Result<Self, TimeRangeError> {
        Self::new(bounds.start, bounds.end)
    }
}

impl From<TimeRange> for Bounds {
    fn from(range: TimeRange) -> Self {
        Self { start: range.start, end: range.end }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range() -> impl Strategy<Value = TimeRange> {
        (0_i64..50, 1_i64..50).prop_filter_map("valid", |(start, length)| {
            TimeRange::new(
                Timestamp::from_second(start).ok()?,
                Timestamp::from_second(start + length).ok()?,
            )
            .ok()
        })
    }

    proptest! {
        #[test]
        fn subtraction_partitions(a in range(), b in range(), at in 0_i64..120) {
            let at = Timestamp::from_second(at).expect("small");
            let left = a.minus(&b).filter(|part| part.contains(at)).count();
            prop_assert_eq!(left, usize::from(a.contains(at) && !b.contains(at)));
        }

        #[test]
        fn overlap_is_a_shared_instant(a in range(), b in range()) {
            prop_assert_eq!(a.overlaps(&b), a.intersection(&b).is_some());
            prop_assert_eq!(a.overlaps(&b), b.overlaps(&a));
        }
    }
}
