//! Going back without giving up the transaction.

use platform::TenantTx;

use crate::BookingError;

/// A place in a transaction to go back to. There is one at a time.
#[must_use]
pub(crate) struct Savepoint(());

/// Marks this place.
pub(crate) async fn set(tx: &mut TenantTx) -> Result<Savepoint, BookingError> {
    sqlx::query("SAVEPOINT booking").execute(tx.conn()).await?;
    Ok(Savepoint(()))
}

impl Savepoint {
    /// Undoes everything since.
    pub(crate) async fn roll_back(self, tx: &mut TenantTx) -> Result<(), BookingError> {
        sqlx::query("ROLLBACK TO SAVEPOINT booking").execute(tx.conn()).await?;
        Ok(())
    }
}
