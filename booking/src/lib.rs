//! What can be booked, when, and by whom it has been claimed.
//!
//! The catalogue (services and the resources that do them), schedules, openings, holds and
//! appointments. A double booking is prevented in one place, the exclusion constraint
//! `appointments_no_overlap`; see [`place_hold`] for how the code gets along with it.
//!
//! Not here: what a conversation says about any of this, and who may call what over HTTP. Nothing
//! in this crate reads the clock or makes randomness; both are handed in.

mod alternatives;
mod appointment;
pub mod availability;
mod catalogue;
mod confirm;
mod db;
pub mod engine;
mod error;
mod hold;
mod lifecycle;
mod opening;
mod read;
mod reference;
mod resource;
mod rules;
mod schedule;
mod service;
mod sweep;
mod validate;

pub use alternatives::{Wanted, nearest_alternatives};
pub use appointment::{Appointment, AppointmentState, Customer, InvalidTransition, Party};
pub use catalogue::{Catalogue, catalogue};
pub use confirm::{Confirm, confirm};
pub use error::{BookingError, NoOpening};
pub use hold::{PlaceHold, place_hold};
pub use lifecycle::{Attendance, Reschedule, cancel, release, reschedule, settle};
pub use opening::{Opening, OpeningQuery, TimeOfDay, days, find_openings};
pub use read::{AppointmentFilter, Cursor, Page, StateName, get, list, upcoming_for_contact};
pub use reference::Reference;
pub use resource::{Resource, ResourceDraft, ResourceKind, create_resource, update_resource};
pub use rules::Rules;
pub use schedule::{
    Hours, ScheduleException, WeeklyHours, delete_exception, exceptions, set_exception,
    set_weekly_hours, weekly_hours, weekly_hours_of,
};
pub use service::{Service, ServiceDraft, ServiceName, create_service, update_service};
pub use sweep::{expire_stale, tenants_with_stale_holds};
