//! What a business lets its customers do by themselves. Somebody at the desk is not bound by it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::BookingError;

/// What customers may do without asking a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// How many appointments one customer may have on one day, by the business's clock.
    pub max_per_day: Option<u16>,
    /// How many in one week, Monday to Sunday.
    pub max_per_week: Option<u16>,
    /// How long before the start a customer can still call off or move.
    pub cancel_notice: SignedDuration,
    /// What missing appointments leads to.
    pub no_shows: Option<NoShowPolicy>,
}

/// What missing appointments leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoShowPolicy {
    /// From this many on.
    pub limit: u16,
    /// Within this many days before now.
    pub days: u16,
    /// What happens then.
    pub then: NoShowThen,
}

/// What happens to a customer who missed too many appointments and books again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoShowThen {
    /// The business looks at each booking first.
    Approve,
    /// They are asked to talk to a person.
    Refuse,
}

/// What was agreed about changing one's mind, as it was when the appointment was made. Stored with
/// it as JSON; a missing field takes its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// How long before the start the customer can still call off or move. Minutes.
    pub cancel_notice_minutes: u32,
}

impl Policy {
    /// What a customer who books now agrees to.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let minutes = u32::try_from(self.cancel_notice.as_mins()).unwrap_or_default();
        Terms { cancel_notice_minutes: minutes }
    }
}

impl Terms {
    /// Refuses a customer's change of mind that comes too late.
    pub(crate) fn allow_change(
        self,
        starts_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), BookingError> {
        let notice = SignedDuration::from_mins(self.cancel_notice_minutes.into());
        let deadline = starts_at.checked_sub(notice).unwrap_or(starts_at);
        if self.cancel_notice_minutes > 0 && now > deadline {
            return Err(BookingError::TooLate { deadline });
        }
        Ok(())
    }
}
