//! The pure conversation: state, acts, policy, wording.
//!
//! No I/O, no clock, no randomness. [`track`] folds a parse into the state, [`decide`] says what to
//! ask of the world, the pipeline's `act` stage asks it, [`conclude`] folds the outcome back, and
//! [`render`] puts the resulting acts into words.

mod act;
mod action;
mod conclude;
mod expect;
mod explain;
mod facts;
mod mood;
mod policy;
mod reply;
mod state;
mod tone;
mod track;

pub use act::{DialogAct, FailureReason, News, Question, Topic};
pub use action::{Action, HoldRequest, OpeningRequest, Outcome, WaitRequest};
pub use conclude::conclude;
pub use expect::{Expected, expecting};
pub use explain::{Explanation, Refusal, Rule};
pub use facts::{
    AppointmentFact, Business, Customer, DayHours, Facts, FreedFact, Offer, ServiceFact, StaffFact,
};
pub use mood::Mood;
pub use policy::decide;
pub use reply::{Locked, Violation, lock, render};
pub use state::{DialogState, StaffChoice, Task, When};
pub use tone::{Emoji, Formality, Length, Tone, ToneError, Warmth};
pub use track::{ACTING, Move, NEAR_TIE, Tracked, UNDERSTOOD, track, with_offer};
