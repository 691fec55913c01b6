//! What has happened to an appointment.

use jiff::Timestamp;
use kernel::AppointmentId;
use platform::TenantTx;

use crate::{BookingError, db::events};

/// One change of an appointment, for the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The version that it led to.
    pub version: i32,
    /// What happened, such as `held`, `confirmed` or `moved`.
    pub event: String,
    /// Whose doing it was: `customer`, `business` or `system`.
    pub actor: String,
    /// When.
    pub at: Timestamp,
    /// What belongs to it, such as from where to where it was moved.
    pub detail: serde_json::Value,
}

/// Reads all that has happened to an appointment, the first first; nothing for one that is unknown.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn history(tx: &mut TenantTx, id: AppointmentId) -> Result<Vec<Entry>, BookingError> {
    events::of(tx, id).await
}
