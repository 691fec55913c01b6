//! What can go wrong with a tenant.

use platform::DbError;

/// A tenant could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TenancyError {
    /// A field of the request cannot be accepted.
    #[error("`{field}` {reason}")]
    Invalid {
        /// Which field, as the API names it.
        field: &'static str,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// The row exists but does not make sense; somebody wrote past the service.
    #[error("stored tenant data is corrupt: {0}")]
    Corrupt(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl TenancyError {
    pub(crate) fn invalid(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid { field, reason: reason.into() }
    }
}
