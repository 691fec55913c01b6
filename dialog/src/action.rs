//! What the policy asks of the world, and what came of it.

use jiff::{
    Zoned,
    civil::{Date, Time},
};
use kernel::{AppointmentId, ResourceId, ServiceId};
use serde::{Deserialize, Serialize};

use crate::{AppointmentFact, DialogAct, Explanation, FailureReason, Offer, Refusal};

/// What the policy asks of the world. At most one a turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Nothing to do, only to say.
    Say {
        /// What.
        acts: Vec<DialogAct>,
    },
    /// Look for openings to offer. Answered by [`Outcome::Openings`].
    FindOpenings(OpeningRequest),
    /// Claim one start while the customer decides. Answered by [`Outcome::Held`] or
    /// [`Outcome::Unavailable`].
    PlaceHold(HoldRequest),
    /// Turn the hold into an appointment; for a hold that replaces an appointment, move that one.
    /// Answered by [`Outcome::Confirmed`], [`Outcome::Rescheduled`] or [`Outcome::Unavailable`].
    Confirm {
        /// The hold.
        hold: AppointmentId,
    },
    /// Cancel a confirmed appointment. Answered by [`Outcome::Cancelled`] or
    /// [`Outcome::Unavailable`] with [`FailureReason::Gone`].
    Cancel {
        /// Which.
        appointment: AppointmentId,
    },
    /// Put the customer on the waiting list. Answered by [`Outcome::Done`].
    JoinWaitlist(WaitRequest),
    /// Take them off it, whatever they waited for. Answered by [`Outcome::Done`].
    LeaveWaitlist,
    /// Give back what the waiting list offered; they do not wait any more. Answered by
    /// [`Outcome::Done`].
    DeclineOffer {
        /// The hold.
        hold: AppointmentId,
    },
    /// Give a hold back, then say something. Answered by [`Outcome::Done`].
    Release {
        /// The hold.
        hold: AppointmentId,
        /// What to say.
        acts: Vec<DialogAct>,
    },
    /// Stop answering and tell the staff. Answered by [`Outcome::Done`].
    HandOver {
        /// Why, for the staff.
        reason: String,
        /// A hold to give back first.
        release: Option<AppointmentId>,
        /// What to say.
        acts: Vec<DialogAct>,
    },
    /// Stop writing to this customer, for good until they ask. Answered by [`Outcome::Done`].
    OptOut {
        /// A hold to give back first.
        release: Option<AppointmentId>,
        /// What to say.
        acts: Vec<DialogAct>,
    },
    /// Say nothing at all: a bare sticker-like message after goodbye, a thank-you echo.
    Silence,
}

/// Which openings to look for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpeningRequest {
    /// For what.
    pub service: ServiceId,
    /// How many come.
    pub party_size: u16,
    /// With whom; anybody who does the service when `None`.
    pub staff: Option<ResourceId>,
    /// Not with these.
    pub excluded_staff: Vec<ResourceId>,
    /// First and last day, both included, in the business's zone. The first may be today.
    pub days: (Date, Date),
    /// Not on these days.
    pub excluded_days: Vec<Date>,
    /// Earliest and latest start, wall-clock, both included.
    pub times: Option<(Time, Time)>,
    /// Near this time first, when the customer named one.
    pub near: Option<Time>,
    /// The first ones in a row rather than some worth choosing between: the customer cannot wait.
    pub soonest: bool,
    /// Not these starts: they were offered and refused.
    pub excluded_starts: Vec<Zoned>,
    /// At most how many.
    pub limit: usize,
    /// The hold the customer had, to be given back: they have moved on.
    pub release: Option<AppointmentId>,
    /// The appointment that is being moved, whose own time counts as free.
    pub replaces: Option<AppointmentId>,
}

/// What to wait for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitRequest {
    /// For what.
    pub service: ServiceId,
    /// How many come.
    pub party_size: u16,
    /// With whom; anybody who does the service when `None`.
    pub staff: Option<ResourceId>,
    /// Not with these.
    pub excluded_staff: Vec<ResourceId>,
    /// First and last day that would do, both included; any when `None`.
    pub days: Option<(Date, Date)>,
    /// Not on these days.
    pub excluded_days: Vec<Date>,
    /// Earliest and latest start, wall-clock, both included.
    pub times: Option<(Time, Time)>,
    /// Around this time, when the customer named one.
    pub near: Option<Time>,
    /// The hold the customer had, to be given back: they wait for something else.
    pub release: Option<AppointmentId>,
    /// Whose name goes on it.
    pub customer_name: Option<String>,
}

/// What to claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HoldRequest {
    /// For what.
    pub service: ServiceId,
    /// How many come.
    pub party_size: u16,
    /// With whom; the first who is free when `None`.
    pub staff: Option<ResourceId>,
    /// Not with these.
    pub excluded_staff: Vec<ResourceId>,
    /// When, in the business's zone.
    pub starts_at: Zoned,
    /// The appointment this would move.
    pub replaces: Option<AppointmentId>,
    /// The hold the customer had before, to be given back in the same step.
    pub release: Option<AppointmentId>,
    /// Whose name goes on it.
    pub customer_name: Option<String>,
}

/// What came of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is done and there is nothing more to know.
    Done,
    /// Openings found, best first; none when nothing fits. `widened` says that nothing fitted what
    /// was asked and these are the nearest.
    Openings {
        /// The starts.
        offers: Vec<Offer>,
        /// They lie outside what was asked.
        widened: bool,
        /// Why nothing lies inside, where there is a reason to give.
        why: Option<Explanation>,
    },
    /// The start is claimed until `expires_at`.
    Held {
        /// As it will be when confirmed.
        appointment: AppointmentFact,
        /// When the claim ends.
        expires_at: Zoned,
    },
    /// It could not be done; here is what could.
    Unavailable {
        /// Why.
        reason: FailureReason,
        /// Real openings, best first.
        alternatives: Vec<Offer>,
        /// Which rule is against it, where that says more than the reason.
        why: Option<Explanation>,
    },
    /// The customer may not do it by themselves.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The hold is an appointment now.
    Confirmed {
        /// The appointment.
        appointment: AppointmentFact,
    },
    /// The appointment has moved.
    Rescheduled {
        /// As it is now.
        appointment: AppointmentFact,
    },
    /// The appointment is cancelled.
    Cancelled {
        /// As it was.
        appointment: AppointmentFact,
    },
}
