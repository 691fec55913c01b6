//! Whether a customer may book by themselves: blocks, caps, missed appointments.

use jiff::{SignedDuration, Timestamp, ToSpan as _, tz::TimeZone};
use kernel::{AppointmentId, ContactId, TimeRange};
use platform::TenantTx;

use crate::{
    Awaits, BookingError, NoShowThen, Policy,
    db::{customers, locks},
};

/// A customer who may not book by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerBlock {
    /// Who.
    pub contact: ContactId,
    /// For staff; never shown to the customer. 1 to 500 characters.
    pub reason: String,
    /// Since when.
    pub blocked_at: Timestamp,
}

/// Why a customer may not book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The business has blocked them.
    Blocked,
    /// They have missed too many appointments.
    MissedTooOften,
    /// They have as many appointments on that day as one customer may.
    DayFull {
        /// How many that is.
        limit: u16,
    },
    /// They have as many in that week as one customer may.
    WeekFull {
        /// How many that is.
        limit: u16,
    },
}

impl Standing {
    /// As in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::MissedTooOften => "missed_too_often",
            Self::DayFull { .. } => "day_full",
            Self::WeekFull { .. } => "week_full",
        }
    }
}

/// Keeps a customer from booking by themselves. Somebody at the desk still can for them.
///
/// # Errors
///
/// [`BookingError::Invalid`] for a blank or overlong reason; [`BookingError::UnknownContact`].
pub async fn block_customer(tx: &mut TenantTx, block: &CustomerBlock) -> Result<(), BookingError> {
    let reason = block.reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(BookingError::invalid("reason", "must have 1 to 500 characters"));
    }
    customers::set_block(tx, &CustomerBlock { reason: reason.to_owned(), ..block.clone() }).await
}

/// Lets a customer book again; says whether they could not.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn unblock_customer(tx: &mut TenantTx, contact: ContactId) -> Result<bool, BookingError> {
    customers::clear_block(tx, contact).await
}

/// Reads who may not book, the latest first; a thousand at most.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn blocked_customers(tx: &mut TenantTx) -> Result<Vec<CustomerBlock>, BookingError> {
    customers::blocks(tx).await
}

/// A wish to book, as far as the customer's standing is concerned.
pub(crate) struct Wish {
    pub(crate) contact: ContactId,
    pub(crate) starts_at: Timestamp,
    /// Of the clock by which days and weeks are counted.
    pub(crate) zone: TimeZone,
    pub(crate) moving: Option<AppointmentId>,
}

/// What the customer's standing adds to what must be there before it is confirmed. Nobody else
/// books for the same customer until the transaction ends, so that two at once are counted.
///
/// # Errors
///
/// [`BookingError::MayNotBook`].
pub(crate) async fn judge(
    tx: &mut TenantTx,
    wish: &Wish,
    policy: &Policy,
    now: Timestamp,
) -> Result<Option<Awaits>, BookingError> {
    let refuse = |standing| Err(BookingError::MayNotBook { standing });
    locks::lock_customer(tx, wish.contact).await?;
    if customers::block(tx, wish.contact).await?.is_some() {
        return refuse(Standing::Blocked);
    }
    let day = wish.starts_at.to_zoned(wish.zone.clone()).date();
    if let Some(limit) = policy.max_per_day {
        let span = span(day, 1, &wish.zone)?;
        let n = customers::n_booked(tx, wish.contact, span, wish.moving, now).await?;
        if n >= i64::from(limit) {
            return refuse(Standing::DayFull { limit });
        }
    }
    if let Some(limit) = policy.max_per_week {
        let monday = day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
        let span = span(monday, 7, &wish.zone)?;
        let n = customers::n_booked(tx, wish.contact, span, wish.moving, now).await?;
        if n >= i64::from(limit) {
            return refuse(Standing::WeekFull { limit });
        }
    }
    if let Some(rule) = policy.no_shows {
        let reach = SignedDuration::from_hours(24 * i64::from(rule.days));
        let since = now.checked_sub(reach).unwrap_or(now);
        if customers::n_missed(tx, wish.contact, since).await? >= i64::from(rule.limit) {
            return match rule.then {
                NoShowThen::Approve => Ok(Some(Awaits::Approval)),
                NoShowThen::Refuse => refuse(Standing::MissedTooOften),
            };
        }
    }
    Ok(None)
}

fn span(first: jiff::civil::Date, n_days: i64, zone: &TimeZone) -> Result<TimeRange, BookingError> {
    let last = first.saturating_add((n_days - 1).days());
    crate::days(first, last, zone)
}
