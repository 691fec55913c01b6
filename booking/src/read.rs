//! Reading appointments.

use std::str::FromStr;

use jiff::Timestamp;
use kernel::{AppointmentId, ContactId, ResourceId, SeriesId};
use platform::TenantTx;

use crate::{
    Appointment, BookingError,
    db::appointments::{self, Selection},
};

/// The name of a state, to ask for appointments by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateName {
    /// See [`crate::AppointmentState::Held`].
    Held,
    /// See [`crate::AppointmentState::Pending`].
    Pending,
    /// See [`crate::AppointmentState::Confirmed`].
    Confirmed,
    /// See [`crate::AppointmentState::Arrived`].
    Arrived,
    /// See [`crate::AppointmentState::Cancelled`].
    Cancelled,
    /// See [`crate::AppointmentState::Expired`].
    Expired,
    /// See [`crate::AppointmentState::Completed`].
    Completed,
    /// See [`crate::AppointmentState::NoShow`].
    NoShow,
}

impl StateName {
    const ALL: [Self; 8] = [
        Self::Held,
        Self::Pending,
        Self::Confirmed,
        Self::Arrived,
        Self::Cancelled,
        Self::Expired,
        Self::Completed,
        Self::NoShow,
    ];

    /// As stored, and as in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Arrived => "arrived",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Completed => "completed",
            Self::NoShow => "no_show",
        }
    }
}

impl FromStr for StateName {
    type Err = BookingError;

    fn from_str(text: &str) -> Result<Self, BookingError> {
        Self::ALL.into_iter().find(|name| name.as_str() == text).ok_or_else(|| {
            let all = Self::ALL.map(Self::as_str).join(", ");
            BookingError::invalid("state", format!("must be one of {all}"))
        })
    }
}

/// Which appointments; everything that is left out does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AppointmentFilter {
    /// Of this contact.
    pub contact: Option<ContactId>,
    /// On this resource.
    pub resource: Option<ResourceId>,
    /// Starting at this instant or later.
    pub from: Option<Timestamp>,
    /// Starting before this instant.
    pub to: Option<Timestamp>,
    /// Of this series.
    pub series: Option<SeriesId>,
    /// In one of these states; in any when empty.
    pub states: Vec<StateName>,
}

/// A place in a list, just after one appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When that one starts.
    pub starts_at: Timestamp,
    /// Which it is.
    pub appointment: AppointmentId,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In order of start.
    pub appointments: Vec<Appointment>,
    /// Where to read on; `None` at the end.
    pub next: Option<Cursor>,
}

/// Reads one appointment.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn get(
    tx: &mut TenantTx,
    id: AppointmentId,
) -> Result<Option<Appointment>, BookingError> {
    appointments::fetch(tx, id).await
}

/// Reads appointments in order of start, `limit` at a time (1 to 200). Holds for moving an
/// appointment are shown while they are held, not after.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn list(
    tx: &mut TenantTx,
    filter: &AppointmentFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Page, BookingError> {
    let limit = limit.clamp(1, 200);
    let selection = Selection { filter, ends_after: None, after, limit: i64::from(limit) + 1 };
    let mut appointments = appointments::select(tx, &selection).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = appointments.len() > wanted;
    appointments.truncate(wanted);
    let next = appointments
        .last()
        .filter(|_| has_more)
        .map(|last| Cursor { starts_at: last.during.start(), appointment: last.id });
    Ok(Page { appointments, next })
}

/// Reads the pending and confirmed appointments of a contact that are not over at `now`, the next first.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn upcoming_for_contact(
    tx: &mut TenantTx,
    contact: ContactId,
    now: Timestamp,
) -> Result<Vec<Appointment>, BookingError> {
    let filter = AppointmentFilter {
        contact: Some(contact),
        states: vec![StateName::Pending, StateName::Confirmed],
        ..AppointmentFilter::default()
    };
    let selection = Selection { filter: &filter, ends_after: Some(now), after: None, limit: 50 };
    appointments::select(tx, &selection).await
}
