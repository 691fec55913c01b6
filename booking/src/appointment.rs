//! A claim on a resource's time, and the states it goes through.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, Zoned, civil::DateTime, tz::TimeZone};
use kernel::{
    AddOnId, AppointmentId, ContactId, Money, PhoneNumber, ResourceId, SeriesId, ServiceId,
    TimeRange,
};

use crate::{BookingError, Item, Reference, Terms, Visit};

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

/// A visit that somebody has claimed: one service or several in a row, on one resource or several.
#[derive(Debug, Clone, PartialEq)]
pub struct Appointment {
    /// Its identifier; stays the same when it is moved.
    pub id: AppointmentId,
    /// What the customer reads out loud; stays the same when it is moved.
    pub reference: Reference,
    /// Who comes.
    pub customer: Customer,
    /// How many come.
    pub party_size: u16,
    /// What happens, in order.
    pub segments: Segments,
    /// When the customer is there: from the first segment's start to the last one's end.
    pub during: TimeRange,
    /// What the clock on the wall shows when the customer comes. This is the promise; the instant
    /// follows from it, from the zone and from the zone's rules of the day.
    pub starts_local: DateTime,
    /// Where that clock hangs.
    pub zone: TimeZone,
    /// For everything, as promised when it was held, whatever the catalogue says since.
    pub price: Money,
    /// Where it stands.
    pub state: AppointmentState,
    /// What must still be there before it is confirmed. `None` when that is nothing.
    pub awaits: Option<Missing>,
    /// What was agreed about changing one's mind.
    pub terms: Terms,
    /// For a hold: the appointment that moves here once this is confirmed.
    pub replaces: Option<AppointmentId>,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// Goes up by one with every change.
    pub version: i32,
    /// When it was held.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// One service of an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What for.
    pub service: ServiceId,
    /// Who does it, or at which table.
    pub resource: ResourceId,
    /// What else is occupied: a room, a chair.
    pub also: Vec<ResourceId>,
    /// When.
    pub during: TimeRange,
    /// With its add-ons, in the smallest unit of the appointment's currency.
    pub price_minor: i64,
    /// What comes on top.
    pub add_ons: Vec<AddOnId>,
}

/// The segments of a visit, of which there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segments {
    first: Segment,
    rest: Vec<Segment>,
}

impl Segments {
    /// The first and those after it; `None` when there is none.
    pub fn new(segments: impl IntoIterator<Item = Segment>) -> Option<Self> {
        let mut segments = segments.into_iter();
        Some(Self { first: segments.next()?, rest: segments.collect() })
    }

    /// The first.
    #[must_use]
    pub const fn first(&self) -> &Segment {
        &self.first
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Segment> {
        std::iter::once(&self.first).chain(&self.rest)
    }
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

    /// What for; the first service of several.
    #[must_use]
    pub const fn service(&self) -> ServiceId {
        self.segments.first().service
    }

    /// On whom; who does the first service of several.
    #[must_use]
    pub const fn resource(&self) -> ResourceId {
        self.segments.first().resource
    }

    /// The same visit as a wish: each service on whoever does it now.
    #[must_use]
    pub fn visit(&self) -> Visit {
        let items = self.segments.iter().map(|segment| Item {
            add_ons: segment.add_ons.clone(),
            ..Item::new(segment.service).on(Some(segment.resource))
        });
        Visit { items: items.collect(), party_size: self.party_size }
    }
}

/// What a pending appointment waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Awaits {
    /// That the business says yes.
    Approval,
    /// That the customer has answered what must be known before: intake form, consent.
    Intake,
}

impl Awaits {
    /// As stored, and as in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Intake => "intake",
        }
    }
}

impl FromStr for Awaits {
    type Err = BookingError;

    fn from_str(text: &str) -> Result<Self, BookingError> {
        [Self::Approval, Self::Intake]
            .into_iter()
            .find(|awaits| awaits.as_str() == text)
            .ok_or_else(|| BookingError::invalid("awaits", "must be approval or intake"))
    }
}

/// What a pending appointment waits for; one thing, the other, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// One thing.
    One(Awaits),
    /// Approval and intake.
    Both,
}

impl Missing {
    /// What is missing, if anything is.
    pub fn of(awaits: impl IntoIterator<Item = Awaits>) -> Option<Self> {
        awaits.into_iter().fold(None, |missing, next| match missing {
            None => Some(Self::One(next)),
            Some(Self::One(one)) if one == next => Some(Self::One(one)),
            Some(_) => Some(Self::Both),
        })
    }

    /// One by one, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Awaits> {
        [Awaits::Approval, Awaits::Intake].into_iter().filter(move |awaits| match self {
            Self::One(one) => one == *awaits,
            Self::Both => true,
        })
    }

    /// Whether this is among what is missing.
    #[must_use]
    pub fn contains(self, awaits: Awaits) -> bool {
        self.iter().any(|one| one == awaits)
    }

    /// What is left once `given` is there.
    #[must_use]
    pub fn without(self, given: Awaits) -> Option<Self> {
        Self::of(self.iter().filter(|awaits| *awaits != given))
    }
}

/// Where an appointment stands.
///
/// ```text
/// held ──► pending ──► confirmed ──► arrived ──► completed
///   │ └───────┼───────────▲ │ │        ▲            ▲
///   ▼         ▼             │ │        │            │
/// expired  expired          │ └────────┼────────────┤
///   (and cancelled from held, pending, │            │
///    confirmed, arrived)    └──────► no_show ───────┘
/// ```
///
/// Each arrow is one method here and one line of the trigger `appointments_moves`; there is no other
/// way to write a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppointmentState {
    /// Blocks the time while the customer decides.
    Held {
        /// The first instant at which it no longer does.
        expires_at: Timestamp,
    },
    /// Agreed by the customer; something is missing, see [`Appointment::awaits`]. Blocks the time.
    Pending {
        /// When it lapses: at its start.
        lapses_at: Timestamp,
    },
    /// Agreed.
    Confirmed,
    /// The customer is here.
    Arrived,
    /// Called off; or, for a hold, let go.
    Cancelled {
        /// Whose doing it was.
        by: Party,
    },
    /// A hold that nobody confirmed, or a pending one that nobody approved, in time.
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
            Self::Pending { .. } => "pending",
            Self::Confirmed => "confirmed",
            Self::Arrived => "arrived",
            Self::Cancelled { .. } => "cancelled",
            Self::Expired { .. } => "expired",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
        }
    }

    /// Confirms a hold that has not expired at `now`; with something missing, as far as it goes.
    /// `starts_at` is when what is missing can no longer come.
    ///
    /// # Errors
    ///
    /// [`BookingError::HoldExpired`] for a hold that has, swept or not;
    /// [`BookingError::InvalidTransition`] for what is not a hold.
    pub fn confirm(
        self,
        missing: Option<Missing>,
        starts_at: Timestamp,
        now: Timestamp,
    ) -> Result<Self, BookingError> {
        match self {
            Self::Held { expires_at } if now < expires_at => Ok(match missing {
                Some(_) => Self::Pending { lapses_at: starts_at },
                None => Self::Confirmed,
            }),
            Self::Held { expires_at: expired_at } | Self::Expired { expired_at } => {
                Err(BookingError::HoldExpired { expired_at })
            }
            other => Err(other.refuse("confirmed")),
        }
    }

    /// Goes on from pending once `missing` is what is left; confirms when that is nothing.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless it is pending; [`BookingError::HoldExpired`] when
    /// it has lapsed.
    pub fn provide(self, missing: Option<Missing>, now: Timestamp) -> Result<Self, BookingError> {
        match self {
            Self::Pending { lapses_at } if lapses_at <= now => {
                Err(BookingError::HoldExpired { expired_at: lapses_at })
            }
            Self::Pending { .. } if missing.is_some() => Ok(self),
            Self::Pending { .. } => Ok(Self::Confirmed),
            Self::Expired { expired_at } => Err(BookingError::HoldExpired { expired_at }),
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
            Self::Held { .. } | Self::Pending { .. } | Self::Confirmed | Self::Arrived => {
                Ok(Self::Cancelled { by })
            }
            other => Err(other.refuse("cancelled")),
        }
    }

    /// Gives an appointment another time.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless it is pending or confirmed;
    /// [`BookingError::HoldExpired`] for a pending one that has lapsed.
    pub fn move_to(self, starts_at: Timestamp, now: Timestamp) -> Result<Self, BookingError> {
        match self {
            Self::Confirmed => Ok(Self::Confirmed),
            Self::Pending { lapses_at } if lapses_at <= now => {
                Err(BookingError::HoldExpired { expired_at: lapses_at })
            }
            Self::Pending { .. } => Ok(Self::Pending { lapses_at: starts_at }),
            other => Err(other.refuse("moved")),
        }
    }

    /// Notes that the customer is here; also of one who was given up on.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless it is confirmed or a no-show.
    pub fn arrive(self) -> Result<Self, BookingError> {
        match self {
            Self::Confirmed | Self::NoShow => Ok(Self::Arrived),
            other => Err(other.refuse("arrived")),
        }
    }

    /// Takes back that the customer is here.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless they are.
    pub fn undo_arrival(self) -> Result<Self, BookingError> {
        match self {
            Self::Arrived => Ok(Self::Confirmed),
            other => Err(other.refuse("confirmed")),
        }
    }

    /// Notes that the customer came.
    ///
    /// # Errors
    ///
    /// [`BookingError::InvalidTransition`] unless it is confirmed, arrived or a no-show.
    pub fn complete(self) -> Result<Self, BookingError> {
        match self {
            Self::Confirmed | Self::Arrived | Self::NoShow => Ok(Self::Completed),
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

    /// Whether this no longer blocks at `now` because it ran out, swept or not.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        match self {
            Self::Held { expires_at: at } | Self::Pending { lapses_at: at } => *at <= now,
            Self::Expired { .. } => true,
            _ => false,
        }
    }

    /// When this stops blocking by itself.
    #[must_use]
    pub const fn expiry(&self) -> Option<Timestamp> {
        match self {
            Self::Held { expires_at: at }
            | Self::Pending { lapses_at: at }
            | Self::Expired { expired_at: at } => Some(*at),
            _ => None,
        }
    }

    pub(crate) fn refuse(&self, to: &'static str) -> BookingError {
        InvalidTransition { from: self.name(), to }.into()
    }
}
