//! The HTTP face, without a socket: every request goes through the whole router.

mod bad_requests;
mod bookings;
mod catalogue;
mod conversations;
mod document;
mod pages;
mod race;
mod waitlist;
mod walls;
mod world;
