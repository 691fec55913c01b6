//! Why a turn could not be finished. A message that is not understood is not an error.

use booking::BookingError;
use channels::outbox::OutboxError;
use platform::DbError;
use tenancy::TenancyError;

/// The world failed; the message stays in the inbox and is tried again.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// The database failed.
    #[error("a turn could not reach the database")]
    Database(#[from] DbError),
    /// The reply could not be put into the outbox.
    #[error("a turn could not leave its reply")]
    Outbox(#[from] OutboxError),
    /// The tenant's data could not be read.
    #[error("a turn could not read its tenant")]
    Tenancy(#[from] TenancyError),
    /// The booking engine failed; a lost race is not a failure.
    #[error("a turn could not book")]
    Booking(#[from] BookingError),
    /// What was stored, or is about to be, does not fit its type.
    #[error("a turn's state could not be read or written")]
    Json(#[from] serde_json::Error),
    /// The message belongs to a tenant that no longer exists.
    #[error("the tenant of this message does not exist")]
    NoTenant,
}
