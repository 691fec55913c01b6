//! What the service stands on: Postgres behind tenant transactions, the private cluster for
//! machines without one, the HTTP client, telemetry.
//!
//! Knows nothing of bookings, conversations or channels.

pub mod cluster;
pub mod db;
pub mod http;
pub mod idempotency;
pub mod telemetry;

pub use cluster::{Cluster, ClusterConfig, ClusterError};
pub use db::{Db, DbConfig, DbError, OnConstraint, RouterTx, TenantTx};
