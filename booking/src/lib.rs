//! What can be booked, when, and by whom it has been claimed.
//!
//! The catalogue (services, what comes on top of them, and the resources that do them), schedules,
//! openings, holds and appointments. A double booking is prevented in one place, the exclusion
//! constraint `claims_no_overlap`; see [`place_hold`] for how the code gets along with it. What can
//! be booked when, and why not, is computed by [`engine`], which knows no database.
//!
//! Not here: what a conversation says about any of this, and who may call what over HTTP. Nothing
//! in this crate reads the clock or makes randomness; both are handed in.

mod add_on;
mod alternatives;
mod appointment;
mod catalogue;
mod closure;
mod confirm;
mod customer;
mod db;
pub mod engine;
mod error;
mod history;
mod hold;
mod lifecycle;
mod opening;
mod policy;
mod publish;
mod read;
mod reference;
mod resource;
mod rezone;
mod rules;
mod schedule;
mod search;
mod series;
mod service;
mod swap;
mod sweep;
mod validate;
mod visit;
mod waitlist;
mod why;

pub use add_on::{AddOn, AddOnDraft, create_add_on, update_add_on};
pub use alternatives::nearest_alternatives;
pub use appointment::{
    Appointment, AppointmentState, Awaits, Customer, InvalidTransition, Missing, Party, Segment,
    Segments,
};
pub use catalogue::{Catalogue, catalogue};
pub use closure::{closures, delete_closure, set_closure};
pub use confirm::{Confirm, confirm};
pub use customer::{CustomerBlock, Standing, block_customer, blocked_customers, unblock_customer};
pub use engine::Closure;
pub use error::{BookingError, NoOpening};
pub use history::{Entry, history};
pub use hold::{PlaceHold, place_hold};
pub use lifecycle::{
    Attendance, Reschedule, cancel, decline, expect_version, provide, release, reschedule, settle,
};
pub use opening::{Opening, OpeningQuery, TimeOfDay, Wanted, days, explain, find_openings};
pub use policy::{NoShowPolicy, NoShowThen, Policy, Terms};
pub use publish::{
    AppointmentEvent, Freed, Happened, NOTIFY_EVENTS, mark_published, next_event,
    tenants_with_events, was_requested,
};
pub use read::{AppointmentFilter, Cursor, Page, StateName, get, list, upcoming_for_contact};
pub use reference::Reference;
pub use resource::{
    Resource, ResourceDraft, ResourceKind, ResourceLimits, ServiceTerms, create_resource,
    update_resource,
};
pub use rezone::{Collision, Rezoned, rezone, tenants_to_rezone};
pub use rules::Rules;
pub use schedule::{
    Hours, ScheduleException, WeeklyHours, delete_exception, exceptions, set_exception,
    set_weekly_hours, weekly_hours, weekly_hours_of,
};
pub use search::{Offer, Search, search};
pub use series::{BookSeries, Occurrence, Series, book_series, cancel_series};
pub use service::{Service, ServiceDraft, ServiceName, create_service, update_service};
pub use swap::{Swap, swap};
pub use sweep::{expire_stale, tenants_with_stale_holds};
pub use visit::{Item, Visit};
pub use waitlist::{
    Answer, EntryState, JoinWaitlist, OFFER_LEASE, Place, WaitWish, WaitlistEntry, answer_offer,
    join_waitlist, next_in_turn, offer_freed, on_waitlist, to_waiting, waitlist, withdraw,
};
pub use why::{Detail, Why};
