//! A tenant's booking rules as the booking engine takes them.

use booking::{BookingError, NoShowPolicy, Policy, Rules};
use jiff::SignedDuration;
use tenancy::{BookingRules, NoShowThen};

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
    )?
    .with_policy(policy(rules))
}

fn policy(rules: &BookingRules) -> Policy {
    Policy {
        max_per_day: rules.customer_max_per_day,
        max_per_week: rules.customer_max_per_week,
        cancel_notice: SignedDuration::from_mins(i64::from(rules.cancel_notice_minutes)),
        no_shows: rules.no_show_limit.map(|limit| NoShowPolicy {
            limit,
            days: rules.no_show_days,
            then: match rules.no_show_then {
                NoShowThen::Approve => booking::NoShowThen::Approve,
                NoShowThen::Refuse => booking::NoShowThen::Refuse,
            },
        }),
    }
}
