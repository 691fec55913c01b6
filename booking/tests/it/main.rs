//! Booking through its public face, on a real Postgres, as the role the service works as.

mod alternatives;
mod at_the_edge;
mod availability_laws;
mod catalogue;
mod choices;
mod concurrency;
mod every_zone;
mod explanations;
mod hours;
mod interleavings;
mod lifecycle;
mod openings;
mod places;
mod rezone;
mod sharding;
mod solo;
mod spans_laws;
mod support;
mod tenancy;
mod time_zones;
mod visits;
mod waitlist;
mod wishes;
