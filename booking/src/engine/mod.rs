//! What can be booked, and why not: the pure part of booking. No database, no clock, no async.
//!
//! - [`Spans`]: sets of instants and their algebra.
//! - [`Timetable`]: when one resource is open and free, by the clock on its wall.
//! - [`Visit`]: services one after another, with everything they occupy; [`placements`] lists every
//!   way to make it happen, [`judge`] tries one start and says why not.
//! - [`Wish`]: what somebody would like; [`rank`] picks a few placements that obey it.
//!
//! What is found here is only true of what was read: the database refuses a double booking, not
//! this module. How it works, and what it does not do: `docs/booking-engine.md`.

mod assign;
mod explain;
mod solve;
mod spans;
mod timetable;
mod visit;
mod wish;

pub use explain::{Objection, Reason, judge, occurrences};
pub use solve::placements;
pub use spans::Spans;
pub use timetable::{Claim, Closure, Laid, Timetable, round_the_clock};
pub use visit::{Fill, Lead, Placed, Placement, Role, Room, Segment, Session, Standing, Visit};
pub use wish::{Offer, Order, Why, Window, Wish, rank};
