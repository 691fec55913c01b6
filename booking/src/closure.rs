//! Days on which the whole business is closed.

use jiff::civil::Date;
use platform::TenantTx;

use crate::{BookingError, db::schedules, engine::Closure, validate};

/// Closes the business on one day: no shift begins on it, whatever the schedules say. What is
/// booked stays; see [`crate::list`] for what that is.
///
/// # Errors
///
/// [`BookingError::Invalid`] for a blank or overlong name.
pub async fn set_closure(tx: &mut TenantTx, closure: &Closure) -> Result<(), BookingError> {
    let name = validate::name("name", &closure.name)?;
    schedules::set_closure(tx, &Closure { name, day: closure.day }).await
}

/// Opens the business on a day again; says whether it was closed.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn delete_closure(tx: &mut TenantTx, day: Date) -> Result<bool, BookingError> {
    schedules::delete_closure(tx, day).await
}

/// Reads the days from one to another, both included, on which the business is closed.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn closures(
    tx: &mut TenantTx,
    from: Date,
    to: Date,
) -> Result<Vec<Closure>, BookingError> {
    schedules::closures(tx, from, to).await
}
