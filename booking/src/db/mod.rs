//! The SQL of this crate, by table. Row-level security already confines every statement to the
//! tenant of the transaction; naming `tenant_id` as well is what lets the indexes work.
//!
//! `tenants.currency` and `tenants.zone` are read here and written by `tenancy`; every other table is our own.

pub(crate) mod add_ons;
pub(crate) mod appointments;
pub(crate) mod claims;
pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod holds;
pub(crate) mod locks;
pub(crate) mod resources;
pub(crate) mod rezoning;
pub(crate) mod savepoint;
pub(crate) mod schedules;
pub(crate) mod seats;
pub(crate) mod series;
pub(crate) mod services;
pub(crate) mod timetables;
pub(crate) mod waitlist;
