//! The bounds within which a tenant takes bookings.

use jiff::{SignedDuration, Timestamp};
use kernel::TimeRange;

use crate::{BookingError, validate};

/// How finely openings are cut, and how soon and how far ahead they are offered. The caller knows
/// whose rules apply: a customer's, or the wider ones of somebody at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    step: SignedDuration,
    min_notice: SignedDuration,
    horizon: SignedDuration,
}

impl Rules {
    /// Accepts rules that make sense.
    ///
    /// # Errors
    ///
    /// [`BookingError::Invalid`] unless `step` is 1 to 1440 whole minutes, `min_notice` is not
    /// negative, and `horizon` is longer than that and at most 750 days.
    pub fn new(
        step: SignedDuration,
        min_notice: SignedDuration,
        horizon: SignedDuration,
    ) -> Result<Self, BookingError> {
        validate::minutes("step_minutes", step, 1, 1440)?;
        if min_notice.is_negative() {
            return Err(BookingError::invalid("min_notice", "must not be negative"));
        }
        if horizon <= min_notice || horizon > SignedDuration::from_hours(750 * 24) {
            return Err(BookingError::invalid(
                "horizon",
                "must be longer than min_notice and at most 750 days",
            ));
        }
        Ok(Self { step, min_notice, horizon })
    }

    /// Openings start a whole number of these after opening time.
    #[must_use]
    pub const fn step(&self) -> SignedDuration {
        self.step
    }

    /// The first and last start on offer at `now`, as a half-open range.
    pub(crate) fn bookable(&self, now: Timestamp) -> Option<TimeRange> {
        let first = now.checked_add(self.min_notice).ok()?;
        let last = now.checked_add(self.horizon).ok()?;
        TimeRange::new(first, last).ok()
    }
}

impl Default for Rules {
    /// Every quarter of an hour, from now until in sixty days.
    fn default() -> Self {
        Self {
            step: SignedDuration::from_mins(15),
            min_notice: SignedDuration::ZERO,
            horizon: SignedDuration::from_hours(60 * 24),
        }
    }
}
