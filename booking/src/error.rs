//! What can go wrong with a booking, as far as a caller can act on it.

use std::fmt;

use jiff::Timestamp;
use kernel::{AppointmentId, Money, ResourceId, ServiceId, TimeRange};
use platform::DbError;

use crate::InvalidTransition;

/// A booking, or a change to what can be booked, did not happen.
#[derive(Debug, thiserror::Error)]
pub enum BookingError {
    /// Somebody else has claimed the time, or an overlapping one. See
    /// [`crate::nearest_alternatives`].
    #[error("the opening has been taken")]
    Taken {
        /// The time that was wanted, with its buffers.
        during: TimeRange,
    },
    /// The start is not on offer at all, whoever else books.
    #[error("not an opening: {reason}")]
    NotAnOpening {
        /// Why not.
        reason: NoOpening,
    },
    /// The hold ran out before it was confirmed; whether or not the sweeper has noticed.
    #[error("the hold expired at {expired_at}")]
    HoldExpired {
        /// When it did.
        expired_at: Timestamp,
    },
    /// What the customer was shown is not what the hold promises.
    #[error("the price shown is not the price held")]
    PriceChanged {
        /// On the customer's screen.
        shown: Money,
        /// In the hold.
        held: Money,
    },
    /// The appointment is in a state that the change does not start from.
    #[error(transparent)]
    InvalidTransition(#[from] InvalidTransition),
    /// No such appointment in this tenant.
    #[error("no appointment `{0}`")]
    UnknownAppointment(AppointmentId),
    /// No such service in this tenant.
    #[error("no service `{0}`")]
    UnknownService(ServiceId),
    /// No such resource in this tenant.
    #[error("no resource `{0}`")]
    UnknownResource(ResourceId),
    /// A value that cannot be accepted.
    #[error("{field} {reason}")]
    Invalid {
        /// Which field, by the name it has in the request.
        field: &'static str,
        /// What it must be; reads on from the field's name.
        reason: String,
    },
    /// A stored row that this version cannot read.
    #[error("the stored {what} cannot be read")]
    Corrupt {
        /// Which column of what.
        what: &'static str,
    },
    /// The database failed.
    #[error("the booking could not be stored or read")]
    Database(#[from] DbError),
}

impl BookingError {
    pub(crate) fn invalid(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid { field, reason: reason.into() }
    }

    pub(crate) const fn corrupt(what: &'static str) -> Self {
        Self::Corrupt { what }
    }
}

impl From<sqlx::Error> for BookingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Why a start is not on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoOpening {
    /// The business has stopped offering the service.
    ServiceInactive,
    /// The resource is not active, or does not do this service; or nobody does.
    NotOffered,
    /// In the past, or closer than the minimum notice.
    TooSoon,
    /// Beyond the horizon.
    TooFar,
    /// The service would not lie wholly inside opening hours.
    OutsideHours,
    /// Inside opening hours, but not a whole number of steps from opening time.
    OffStep,
}

impl fmt::Display for NoOpening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ServiceInactive => "the service is not offered any more",
            Self::NotOffered => "nobody suitable does this service",
            Self::TooSoon => "too soon",
            Self::TooFar => "too far ahead",
            Self::OutsideHours => "outside opening hours",
            Self::OffStep => "between two steps of the timetable",
        })
    }
}
