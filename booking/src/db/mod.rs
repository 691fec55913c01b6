//! The SQL of this crate, by table. Row-level security already confines every statement to the
//! tenant of the transaction; naming `tenant_id` as well is what lets the indexes work.
//!
//! `tenants.currency` is read here and written by `tenancy`; every other table is our own.

pub(crate) mod appointments;
pub(crate) mod holds;
pub(crate) mod locks;
pub(crate) mod resources;
pub(crate) mod schedules;
pub(crate) mod services;
pub(crate) mod timetables;
