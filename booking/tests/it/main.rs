//! Booking through its public face, on a real Postgres, as the role the service works as.

mod alternatives;
mod availability_laws;
mod catalogue;
mod concurrency;
mod lifecycle;
mod openings;
mod support;
mod tenancy;
mod time_zones;
