//! The HTTP face, without a socket: every request goes through the whole router.

mod bad_requests;
mod bookings;
mod catalogue;
mod clock_times;
mod conversations;
mod desk;
mod document;
mod lifecycles;
mod once;
mod pages;
mod policies;
mod race;
mod series;
mod tone;
mod versions;
mod visits;
mod waitlist;
mod walls;
mod wishes;
mod world;
