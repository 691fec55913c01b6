//! Events of appointments on their way to whoever has to do something about them.
//!
//! Every change of an appointment writes an event in its own transaction, and the insert rings
//! [`NOTIFY_EVENTS`]. An event counts as unpublished until somebody has reacted to it: whoever
//! reacts takes [`next_event`], does what is to be done, and calls [`mark_published`], all in one
//! transaction. Whatever is killed when, the reaction happened once or will.
//!
//! Not here: the reactions that reach customers, which are the pipeline's; offers to those who wait
//! are in [`crate::offer_freed`].

use jiff::{SignedDuration, Timestamp};
use kernel::{AppointmentId, ResourceId, TenantId, TimeRange};
use platform::{RouterTx, TenantTx};
use serde::Deserialize;

use crate::{
    Appointment, BookingError, Party,
    db::{events, locks},
};

/// The notification that wakes whoever reacts to events.
pub const NOTIFY_EVENTS: &str = "booka_events";

/// What happened that somebody may have to hear about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// It is agreed.
    Confirmed,
    /// The business has said yes; something else is still missing.
    Approved,
    /// The business has said no.
    Declined,
    /// It was called off.
    Cancelled,
    /// A hold was let go.
    Released,
    /// A hold, or what waited for the business, ran out.
    Expired,
    /// It has another time.
    Moved,
    /// It has changed places with another.
    Swapped,
}

impl Happened {
    /// All that are reacted to; every other event is history only.
    pub(crate) const ALL: [(Self, &'static str); 8] = [
        (Self::Confirmed, "confirmed"),
        (Self::Approved, "approved"),
        (Self::Declined, "declined"),
        (Self::Cancelled, "cancelled"),
        (Self::Released, "released"),
        (Self::Expired, "expired"),
        (Self::Moved, "moved"),
        (Self::Swapped, "swapped"),
    ];

    pub(crate) fn from_column(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(happened, _)| happened)
    }
}

/// An event that nobody has reacted to yet.
#[derive(Debug, Clone, PartialEq)]
pub struct AppointmentEvent {
    /// Of which appointment.
    pub appointment: AppointmentId,
    /// Which version of it this led to.
    pub version: i32,
    /// What happened.
    pub happened: Happened,
    /// Whose doing it was; `None` for nobody's, such as running out.
    pub by: Option<Party>,
    pub(crate) detail: serde_json::Value,
}

/// Where and when somebody else can now be served.
#[derive(Debug, Clone, PartialEq)]
pub struct Freed {
    /// Each thing that is free again, and when.
    pub stretches: Vec<(ResourceId, TimeRange)>,
}

/// From where an appointment was moved, as recorded.
#[derive(Deserialize)]
struct MovedDetail {
    from: Whereabouts,
}

#[derive(Deserialize)]
struct Whereabouts {
    starts_at: Timestamp,
    resource: ResourceId,
}

impl AppointmentEvent {
    /// Names the event, for good: what is done because of it is done once.
    #[must_use]
    pub fn cause(&self) -> String {
        format!("{}/{}", self.appointment, self.version)
    }

    /// What this event has freed, if anything.
    #[must_use]
    pub fn freed(&self, appointment: &Appointment) -> Option<Freed> {
        let stretches = match self.happened {
            Happened::Confirmed | Happened::Approved => return None,
            Happened::Declined | Happened::Cancelled | Happened::Released | Happened::Expired => {
                let everything = appointment.segments.iter().flat_map(|segment| {
                    std::iter::once(segment.resource)
                        .chain(segment.also.iter().copied())
                        .map(|resource| (resource, segment.during))
                });
                everything.collect()
            }
            Happened::Moved | Happened::Swapped => {
                let moved: MovedDetail = serde_json::from_value(self.detail.clone()).ok()?;
                let length: SignedDuration = appointment.during.duration();
                let start = moved.from.starts_at;
                let during = TimeRange::new(start, start.checked_add(length).ok()?).ok()?;
                vec![(moved.from.resource, during)]
            }
        };
        Some(Freed { stretches })
    }
}

/// The tenants that have unpublished events.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn tenants_with_events(router: &mut RouterTx) -> Result<Vec<TenantId>, BookingError> {
    events::tenants_with_unpublished(router).await
}

/// Takes the tenant's oldest event that somebody has to react to, and keeps it until the
/// transaction ends; publishes those that nobody has to. `None` when there is none, or when somebody
/// else is at this tenant's events: they are taken in order, so by one at a time. Commit either way.
///
/// # Errors
///
/// [`BookingError::Database`], [`BookingError::Corrupt`].
pub async fn next_event(
    tx: &mut TenantTx,
    now: Timestamp,
) -> Result<Option<AppointmentEvent>, BookingError> {
    if !locks::try_lock_events(tx).await? {
        return Ok(None);
    }
    let names = Happened::ALL.map(|(_, name)| name.to_owned());
    events::publish_but(tx, &names, now).await?;
    events::oldest_unpublished(tx).await
}

/// Writes down that everything has been done about an event.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn mark_published(
    tx: &mut TenantTx,
    event: &AppointmentEvent,
    now: Timestamp,
) -> Result<(), BookingError> {
    events::publish(tx, event.appointment, event.version, now).await
}

/// Whether the customer was told, before this event, that the business would look at it first.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn was_requested(
    tx: &mut TenantTx,
    event: &AppointmentEvent,
) -> Result<bool, BookingError> {
    events::has_earlier(tx, event.appointment, event.version, "requested").await
}
