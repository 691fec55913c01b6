//! What a conversation remembers between turns.

use jiff::{
    Zoned,
    civil::{Date, Time},
};
use kernel::{AppointmentId, ResourceId, ServiceId};
use serde::{Deserialize, Serialize};

use crate::{AppointmentFact, Mood, Offer, Question};

/// The memory of one conversation. Stored as JSON; unknown fields are ignored and missing ones
/// default, so that a deploy can add to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DialogState {
    /// What the customer is in the middle of.
    pub task: Option<Task>,
    /// For what.
    pub service: Option<ServiceId>,
    /// With whom.
    pub staff: StaffChoice,
    /// When.
    pub when: When,
    /// Under which name, when the customer gave one.
    pub name: Option<String>,
    /// How many people, when the customer said; 1 to 500.
    pub party_size: Option<u16>,
    /// The last thing we asked.
    pub pending: Option<Question>,
    /// The starts we last showed, in the order shown.
    pub offers: Vec<Offer>,
    /// Starts that were shown and not wanted.
    pub refused: Vec<Zoned>,
    /// The claim we hold for the customer.
    pub hold: Option<AppointmentId>,
    /// The summary shown for that claim: what a yes would confirm, price included.
    pub summary: Option<AppointmentFact>,
    /// The hold that the waiting list offered last; the customer has answered it, or is about to.
    pub offer: Option<AppointmentId>,
    /// The appointment being changed or cancelled.
    pub appointment: Option<AppointmentId>,
    /// How many times in a row the pending question was asked with the same content.
    pub asked: u8,
    /// The last thing we said closed the conversation; an echo of thanks needs no answer.
    pub closed: bool,
    /// Turns in a row that we did not understand.
    pub strikes: u8,
    /// Whether we have greeted in this conversation today.
    pub greeted: bool,
    /// What we remember of how the customer feels.
    pub mood: Mood,
}

/// What the customer is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Booking.
    Book,
    /// Moving an appointment.
    Reschedule,
    /// Cancelling an appointment.
    Cancel,
    /// Getting on the waiting list.
    Wait,
}

/// With whom.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StaffChoice {
    /// This one.
    pub only: Option<ResourceId>,
    /// Explicitly anybody.
    pub any: bool,
    /// Not these.
    pub excluded: Vec<ResourceId>,
}

/// When, as far as known. All wall-clock in the business's zone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct When {
    /// First and last day that would do, both included.
    pub days: Option<(Date, Date)>,
    /// Not on these days.
    pub excluded_days: Vec<Date>,
    /// Exactly then.
    pub time: Option<Time>,
    /// Somewhere in here.
    pub times: Option<(Time, Time)>,
    /// As soon as possible.
    pub earliest: bool,
}

impl DialogState {
    /// Forgets the task and everything collected for it. Keeps what outlives a task: the name,
    /// that we have greeted, and the mood. A hold must have been given back or confirmed by then.
    pub(crate) fn finish_task(&mut self) {
        *self = Self {
            name: self.name.take(),
            greeted: self.greeted,
            closed: self.closed,
            mood: self.mood,
            offer: self.offer,
            ..Self::default()
        };
    }

    /// Begins `task` with nothing collected. The hold stays known until it is given back.
    pub(crate) fn begin(&mut self, task: Option<Task>) {
        let (hold, pending, asked) = (self.hold.take(), self.pending.take(), self.asked);
        self.finish_task();
        self.task = task;
        self.hold = hold;
        self.pending = pending;
        self.asked = asked;
    }
}
