//! The bounds within which a tenant takes bookings.

use jiff::{SignedDuration, Timestamp};
use kernel::TimeRange;

use crate::{BookingError, Policy, validate};

/// How finely openings are cut, and how soon and how far ahead they are offered. The caller knows
/// whose rules apply: a customer's, or the wider ones of somebody at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    step: SignedDuration,
    min_notice: SignedDuration,
    horizon: SignedDuration,
    policy: Policy,
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
        Ok(Self { step, min_notice, horizon, policy: Policy::default() })
    }

    /// The same with what customers may do by themselves.
    ///
    /// # Errors
    ///
    /// [`BookingError::Invalid`] unless `cancel_notice` is 0 to 30 days, and limits are more than
    /// nothing.
    pub fn with_policy(self, policy: Policy) -> Result<Self, BookingError> {
        validate::minutes("cancel_notice", policy.cancel_notice, 0, 30 * 1440)?;
        if policy.max_per_day == Some(0) || policy.max_per_week == Some(0) {
            return Err(BookingError::invalid("customer_limit", "must be at least 1"));
        }
        if policy.no_shows.is_some_and(|rule| rule.limit == 0 || rule.days == 0) {
            return Err(BookingError::invalid("no_shows", "must be at least 1 in at least 1 day"));
        }
        Ok(Self { policy, ..self })
    }

    /// What customers may do by themselves.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
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
            policy: Policy::default(),
        }
    }
}
