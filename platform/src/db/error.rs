//! What can go wrong with the database, as far as a caller can act on it.

/// The database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// No connection, or none in time: worth trying again later.
    #[error("the database is not available")]
    Unavailable(#[source] sqlx::Error),
    /// Anything else; a bug or a full disk.
    #[error("the database refused")]
    Query(#[source] sqlx::Error),
}

impl DbError {
    /// Sorts a driver error.
    #[must_use]
    pub fn new(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_) => Self::Unavailable(error),
            // 57P0x: shutting down, crashed, starting up. 53300: too many connections. 55P03: waited
            // too long for somebody else, such as a twin of the same request.
            sqlx::Error::Database(database)
                if database.code().is_some_and(|code| {
                    code.starts_with("57P0") || code == "53300" || code == "55P03"
                }) =>
            {
                Self::Unavailable(error)
            }
            _ => Self::Query(error),
        }
    }

    /// Whether doing the same later can succeed.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// The name of the constraint that was violated, if that is what happened.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        let (Self::Unavailable(error) | Self::Query(error)) = self;
        error.as_database_error().and_then(|database| database.constraint())
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        Self::new(error)
    }
}

/// Turns the violation of a named constraint into a domain error.
pub trait OnConstraint<T> {
    /// Replaces a violation of `constraint` with `error()`; other failures become [`DbError`].
    ///
    /// # Errors
    ///
    /// `error()` for that constraint, else the failure itself.
    fn on_constraint<E: From<DbError>>(
        self,
        constraint: &str,
        error: impl FnOnce() -> E,
    ) -> Result<T, E>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint<E: From<DbError>>(
        self,
        constraint: &str,
        error: impl FnOnce() -> E,
    ) -> Result<T, E> {
        self.map_err(|source| {
            let source = DbError::new(source);
            if source.constraint() == Some(constraint) { error() } else { source.into() }
        })
    }
}
