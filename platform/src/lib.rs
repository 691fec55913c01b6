//! What the service stands on: Postgres behind tenant transactions, the private cluster for
//! machines without one, the HTTP client, telemetry.
//!
//! Knows nothing of bookings, conversations or channels.

pub mod db;

pub use db::{Db, DbConfig, DbError, OnConstraint, RouterTx, TenantTx};
