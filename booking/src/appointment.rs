//! A claim on a resource's time, and the states it goes through.

use std::fmt;

use jiff::{Timestamp, Zoned, tz::TimeZone};
use kernel::{AppointmentId, ContactId, Money, PhoneNumber, ResourceId, ServiceId, TimeRange};

use crate::{BookingError, Reference};

/// Whose doing something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Party {
    /// The customer's, in the chat.
    Customer,
    /// The business's, at the desk.
    Business,
}

impl Party {
    /// As stored, and as in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Business => "business",
        }
    }
}

/// Who comes.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Customer {
    /// `None` when it was made for nobody on a channel.
    pub contact: Option<ContactId>,
    /// As they introduced themselves.
    pub name: Option<String>,
    /// Where to reach them.
    pub phone: Option<PhoneNumber>,
}

impl fmt::Debug for Customer {
    /// Without name and number, which must not slip into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer").field("contact", &self.contact).finish_non_exhaustive()
    }
}

/// A claim on a resource's time.
#[derive(Debug, Clone, PartialEq)]
pub struct Appointment {
    /// Its identifier; stays the same when it is moved.
    pub id: AppointmentId,
    /// What the customer reads out loud; stays the same when it is moved.
    pub reference: Reference,
    /// What for.
    pub service: ServiceId,
    /// On whom.
    pub resource: ResourceId,
    /// Who comes.
    pub customer: Customer,
    /// When the customer is there.
    pub during: TimeRange,
    /// When the resource is occupied: `during` with the buffers of the day it was held.
    pub blocks: TimeRange,
    /// In which the start was promised as wall-clock time.
    pub zone: TimeZone,
    /// As promised when it was held, whatever the catalogue says since.
    pub price: Money,
    /// Where it stands.
    pub state: AppointmentState,
    /// For a hold: the appointment that moves here once this is confirmed.
    pub replaces: Option<AppointmentId>,
    /// Goes up by one with every change.
    pub version: i32,
    /// When it was held.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Appointment {
    /// When the customer comes, by the clock that was promised.
    #[must_use]
    pub fn starts_at(&self) -> Zoned {
        self.during.start().to_zoned(self.zone.clone())
    }

    /// When the customer leaves, by the clock that was promised.
    #[must_use]
    pub fn ends_at(&self) -> Zoned {
        self.during.end().to_zoned(self.zone.clone())
    }
}

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppointmentState {
    /// Blocks the time while the customer decides.
    Held {
        /// The first instant at which it no longer does.
        expires_at: Timestamp,
    },
    /// Agreed.
    Confirmed,
    /// Called off; or, for a hold, let go.
    Cancelled {
        /// Whose doing it was.
        by: Party,
    },
    /// A hold that nobody confirmed in time.
    Expired {
        /// When it did.
        expired_at: Timestamp,
    },
    /// The customer came.
    Completed,
    /// The customer did not come.
    NoShow,
}

/// An appointment cannot go from where it stands to there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an appointment that is {from} cannot become {to}")]
pub struct InvalidTransition {
    /// Where it stands.
    pub from: &'static str,
    /// Where it was to go.
    pub to: &'static str,
}

impl AppointmentState {
    /// As stored, and as in the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::Confirmed => "confirmed",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired { .. } => "expired",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
        }
    }

    /// Confirms a hold that has not expired at `now`.
    ///
    /// # Errors
    ///
    /// [`BookingError::HoldExpired`] for a hold that has, swept or not;
    /// [`BookingError::InvalidTransition`] for what is not a hold.
    pub fn confirm(self, now: Timestamp) -> Result<Self, BookingError> {
        match self {
            Self::Held { expires_at } if now < expires_at => Ok(Self::Confirmed),
            Self::Held { expires_at: expired_at } | Self::Expired { expired_at } => {
                Err(BookingError::HoldExpired { expired_at })
            }
            other => Err(other.refuse("confirmed")),
        }
    }

    /// Calls off an appointment, or lets a hold go.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] from any other state.
    pub fn cancel(self, by: Party) -> Result<Self, BookingError> {
        match self {
            Self::Held { .. } | Self::Confirmed => Ok(Self::Cancelled { by }),
            other => Err(other.refuse("cancelled")),
        }
    }

    /// Gives an appointment another time.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless it is confirmed.
    pub fn move_elsewhere(self) -> Result<Self, BookingError> {
        match self {
            Self::Confirmed => Ok(Self::Confirmed),
            other => Err(other.refuse("moved")),
        }
    }

    /// Notes that the customer came.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless it is confirmed.
    pub fn complete(self) -> Result<Self, BookingError> {
        match self {
            Self::Confirmed => Ok(Self::Completed),
            other => Err(other.refuse("completed")),
        }
    }

    /// Notes that the customer did not come.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless it is confirmed.
    pub fn miss(self) -> Result<Self, BookingError> {
        match self {
            Self::Confirmed => Ok(Self::NoShow),
            other => Err(other.refuse("no_show")),
        }
    }

    /// Whether this is a hold that no longer blocks at `now`, swept or not.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        match self {
            Self::Held { expires_at } => *expires_at <= now,
            Self::Expired { .. } => true,
            _ => false,
        }
    }

    pub(crate) fn refuse(&self, to: &'static str) -> BookingError {
        InvalidTransition { from: self.name(), to }.into()
    }
}
