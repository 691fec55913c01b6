//! A tenant's booking rules as the booking engine takes them.

use booking::{BookingError, Rules};
use jiff::SignedDuration;
use tenancy::BookingRules;

/// The engine's view of a tenant's rules.
///
/// # Errors
///
/// [`BookingError::Invalid`] when they contradict each other: a notice beyond the horizon.
pub fn booking_rules(rules: &BookingRules) -> Result<Rules, BookingError> {
    Rules::new(
        SignedDuration::from_mins(i64::from(rules.step_minutes)),
        SignedDuration::from_mins(i64::from(rules.min_notice_minutes)),
        SignedDuration::from_hours(24 * i64::from(rules.horizon_days)),
    )
}
