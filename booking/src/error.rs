//! What can go wrong with a booking, as far as a caller can act on it.

use std::fmt;

use jiff::Timestamp;
use kernel::{
    AddOnId, AppointmentId, ContactId, Money, ResourceId, SeriesId, ServiceId, WaitlistEntryId,
};
use platform::DbError;

use crate::{InvalidTransition, Standing, Why};

/// A booking, or a change to what can be booked, did not happen.
#[derive(Debug, thiserror::Error)]
pub enum BookingError {
    /// Somebody else has claimed the time, or an overlapping one, or the room, or the last seat.
    /// See [`crate::nearest_alternatives`].
    #[error("the opening has been taken")]
    Taken {
        /// Every rule that is against it; empty when a rival was faster by a hair.
        why: Vec<Why>,
    },
    /// The start is not on offer at all, whoever else books.
    #[error("not an opening: {reason}")]
    NotAnOpening {
        /// Why not.
        reason: NoOpening,
        /// Every rule that is against it; begins with `reason`.
        why: Vec<Why>,
    },
    /// The customer may not book by themselves; somebody at the desk could for them.
    #[error("the customer may not book by themselves")]
    MayNotBook {
        /// Why not.
        standing: Standing,
    },
    /// The customer changes their mind too late to do it by themselves.
    #[error("the customer could change this until {deadline}")]
    TooLate {
        /// Until when they could.
        deadline: Timestamp,
    },
    /// Somebody has changed it since it was looked at.
    #[error("version {expected} was expected and {found} found")]
    VersionConflict {
        /// What the caller has seen.
        expected: i32,
        /// What there is.
        found: i32,
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
    /// No such add-on in this tenant.
    #[error("no add-on `{0}`")]
    UnknownAddOn(AddOnId),
    /// No such contact in this tenant.
    #[error("no contact `{0}`")]
    UnknownContact(ContactId),
    /// No such series in this tenant.
    #[error("no series `{0}`")]
    UnknownSeries(SeriesId),
    /// No such entry on this tenant's waitlist.
    #[error("no waitlist entry `{0}`")]
    UnknownWaitlistEntry(WaitlistEntryId),
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

/// Why a start is not on offer: the rule, for programs. See [`crate::Why`] for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoOpening {
    /// The business has stopped offering the service, or whoever was asked for is away for good.
    ServiceInactive,
    /// Whoever was asked for does not do this service; or nobody does.
    NotOffered,
    /// In the past, or closer than the minimum notice.
    TooSoon,
    /// Beyond the horizon.
    TooFar,
    /// The business is closed that day.
    Closed,
    /// They do not work that day.
    DayOff,
    /// Between two shifts of one day.
    OnBreak,
    /// The service would not lie wholly inside opening hours.
    OutsideHours,
    /// Inside opening hours, but not a whole number of steps from opening time.
    OffStep,
    /// Somebody else has that time.
    Busy,
    /// A room, a chair or a table that it takes is not to be had then.
    NoRoom,
    /// No seats are left.
    SessionFull,
    /// Too many people for it.
    TooSmall,
    /// As many as may be booked on that day or in that week are.
    CapReached,
    /// The clock never shows that time: it is put forward over it.
    NoSuchTime,
}

impl NoOpening {
    /// As in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ServiceInactive => "service_inactive",
            Self::NotOffered => "not_offered",
            Self::TooSoon => "too_soon",
            Self::TooFar => "too_far",
            Self::Closed => "closed",
            Self::DayOff => "day_off",
            Self::OnBreak => "on_break",
            Self::OutsideHours => "outside_hours",
            Self::OffStep => "off_step",
            Self::Busy => "busy",
            Self::NoRoom => "no_room",
            Self::SessionFull => "session_full",
            Self::TooSmall => "too_small",
            Self::CapReached => "cap_reached",
            Self::NoSuchTime => "no_such_time",
        }
    }

    /// Whether somebody else's booking is the reason, so that it may be free again later.
    #[must_use]
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Busy | Self::NoRoom | Self::SessionFull)
    }
}

impl fmt::Display for NoOpening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ServiceInactive => "it is not offered any more",
            Self::NotOffered => "nobody suitable does this service",
            Self::TooSoon => "too soon",
            Self::TooFar => "too far ahead",
            Self::Closed => "the business is closed that day",
            Self::DayOff => "a day off",
            Self::OnBreak => "during a break",
            Self::OutsideHours => "outside opening hours",
            Self::OffStep => "between two steps of the timetable",
            Self::Busy => "somebody else has that time",
            Self::NoRoom => "no room, chair or table is free then",
            Self::SessionFull => "not enough seats are left",
            Self::TooSmall => "too many people for it",
            Self::CapReached => "enough has been booked for that day or week",
            Self::NoSuchTime => "the clock is put forward over that time",
        })
    }
}
