//! Understanding in context: what this message means given what was asked.
//!
//! Folds a parse into the state (slots, task, strikes) and names the customer's [`Move`]. Decides
//! nothing: what to do about it is the policy's.

mod cues;
mod hear;
mod pick;
mod slots;
mod tasks;
mod turn;
mod wait;

pub use wait::with_offer;

use intents::{Intent, Parse, emotion::Feelings};
use kernel::ServiceId;
use serde::{Deserialize, Serialize};

use crate::{DialogState, Facts, FailureReason, Offer, mood};

/// Below this probability an intent is not acted upon; the message counts as not understood unless
/// it carries a usable value.
pub const UNDERSTOOD: f32 = 0.45;

/// What it takes for steps that change something for the customer: a yes to a summary, cancelling,
/// starting over, leaving the conversation to a person, opting out. Also what a question must reach
/// to win over a value that would answer ours.
pub const ACTING: f32 = 0.6;

/// A yes this close to a no is neither.
pub const NEAR_TIE: f32 = 0.15;

/// What the customer did this turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// Gave or changed details, or asked for the task: go on with it.
    Proceed,
    /// Yes to what is pending, and to nothing else.
    Yes,
    /// No to what is pending.
    No,
    /// Took one of the offers.
    Choose(Offer),
    /// Wants other offers.
    Alternatives,
    /// Drops the task.
    Abandon,
    /// Does not want to wait any more.
    LeaveWaitlist,
    /// Anything else, taken at its word.
    Intent(Intent),
    /// Neither a sure intent nor a usable value.
    NotUnderstood,
}

/// A turn that has been understood. Carries the new state until [`crate::conclude`] completes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tracked {
    /// The state with this message's details merged. `pending`, `hold` and `summary` are still
    /// those from before the turn.
    pub state: DialogState,
    /// What the customer did.
    pub turn: Move,
    /// A detail that cannot be used, to be mentioned first.
    pub trouble: Option<FailureReason>,
    /// A second thing the message asked, answered on the side.
    pub aside: Option<Intent>,
    /// The service a question is about, when it names one.
    pub about: Option<ServiceId>,
    /// How the customer feels.
    pub feelings: Feelings,
}

/// Folds a parse into the state. What the waiting list has offered since the last turn is what the
/// message answers, if it answers anything.
#[must_use]
pub fn track(state: &DialogState, parse: &Parse, facts: &Facts) -> Tracked {
    wait::answer(state, parse, facts, |state| read(state, parse, facts))
}

fn read(state: &DialogState, parse: &Parse, facts: &Facts) -> Tracked {
    let mut next = state.clone();
    slots::drop_stale(&mut next, facts);
    slots::remember_person(&mut next, &parse.entities, facts);
    let parse = &pick::reread(parse, &next.offers);
    let heard = hear::hear(parse, &next, facts);
    let mut tracked = turn::Reader { state: next, heard, facts, trouble: None, aside: None }.read();
    tracked.state.strikes = match tracked.turn {
        Move::NotUnderstood => state.strikes.saturating_add(1),
        _ => 0,
    };
    tracked.feelings = parse.feelings;
    mood::notice(&mut tracked);
    tracked
}
