//! What to do about a turn: one action, one file a task.
//!
//! Invariants: [`Action::Confirm`] is built in one place, [`book::confirm`], and [`Action::Cancel`]
//! in one, [`cancel::confirmed`]; both need a yes to a summary of that very thing. A question that
//! was asked [`MAX_ASKED`] times in a row with the same content is not asked again: a person is.

pub(crate) mod ask;
mod book;
mod cancel;
pub(crate) mod repair;
mod reschedule;
mod wait;

use intents::Intent;

use crate::{Action, DialogAct, Facts, Move, Question, Task, Tracked};

/// How often one question may be asked in a row before a person takes over.
pub(crate) const MAX_ASKED: u8 = 3;

/// Decides what to ask of the world, if anything, and what to say otherwise.
#[must_use]
pub fn decide(tracked: &Tracked, facts: &Facts) -> Action {
    let action = match &tracked.turn {
        Move::Proceed => proceed(tracked, facts),
        Move::Choose(offer) => book::take(&tracked.state, offer),
        Move::Alternatives => book::find_openings(&tracked.state, facts),
        Move::Yes => yes(tracked, facts),
        Move::No => no(tracked, facts),
        Move::LeaveWaitlist => Action::LeaveWaitlist,
        Move::Abandon => say_and_release(tracked, vec![DialogAct::Kept]),
        Move::Intent(intent) => ask::answer(*intent, tracked, facts),
        Move::NotUnderstood => repair::not_understood(tracked),
    };
    without_loops(action, tracked)
}

/// The question this act asks, if it asks one.
pub(crate) fn question(act: &DialogAct) -> Option<Question> {
    match act {
        DialogAct::Request { question } => Some(*question),
        DialogAct::Offer { .. } => Some(Question::Choice),
        DialogAct::Confirm { .. } => Some(Question::Confirmation),
        DialogAct::ConfirmCancel { .. } => Some(Question::CancelConfirmation),
        _ => None,
    }
}

/// Whether `act` asks again what is pending, with the same content.
pub(crate) fn repeats(act: &DialogAct, state: &crate::DialogState) -> bool {
    if question(act).is_none() || question(act) != state.pending {
        return false;
    }
    match act {
        DialogAct::Offer { offers, .. } => *offers == state.offers,
        DialogAct::Confirm { appointment, .. } => state.summary.as_ref().is_some_and(|shown| {
            shown.service == appointment.service
                && shown.staff == appointment.staff
                && shown.starts_at == appointment.starts_at
                && shown.price == appointment.price
        }),
        _ => true,
    }
}

fn proceed(tracked: &Tracked, facts: &Facts) -> Action {
    match tracked.state.task {
        Some(Task::Book) => book::proceed(tracked, facts),
        Some(Task::Reschedule) => reschedule::proceed(tracked, facts),
        Some(Task::Cancel) => cancel::proceed(tracked, facts),
        Some(Task::Wait) => wait::proceed(tracked, facts),
        None => say_and_release(tracked, vec![DialogAct::Menu]),
    }
}

fn yes(tracked: &Tracked, facts: &Facts) -> Action {
    match tracked.state.pending {
        Some(Question::Confirmation) => book::confirm(tracked, facts),
        Some(Question::CancelConfirmation) => cancel::confirmed(tracked, facts),
        Some(Question::Person) => repair::hand_over(
            &tracked.state,
            "the customer asked something we have no answer to",
            vec![],
        ),
        Some(question) => say(vec![request(question)]),
        None => say(vec![DialogAct::RequestMore]),
    }
}

fn no(tracked: &Tracked, facts: &Facts) -> Action {
    let offered = tracked.state.offer.filter(|offer| tracked.state.hold == Some(*offer));
    match (tracked.state.pending, offered) {
        (Some(Question::Confirmation), Some(hold)) => Action::DeclineOffer { hold },
        (Some(Question::Confirmation), _) => {
            say_and_release(tracked, vec![request(Question::Change)])
        }
        (Some(Question::Choice), _) => book::find_openings(&tracked.state, facts),
        (Some(Question::Person), _) => say(vec![DialogAct::RequestMore]),
        (Some(_), _) => say_and_release(tracked, vec![DialogAct::Kept]),
        (None, _) => ask::answer(Intent::Goodbye, tracked, facts),
    }
}

fn request(question: Question) -> DialogAct {
    DialogAct::Request { question }
}

fn say(acts: Vec<DialogAct>) -> Action {
    Action::Say { acts }
}

/// Says something that leaves the hold behind.
fn say_and_release(tracked: &Tracked, acts: Vec<DialogAct>) -> Action {
    match tracked.state.hold {
        Some(hold) => Action::Release { hold, acts },
        None => Action::Say { acts },
    }
}

/// Drops a question that was asked often enough; when nothing else would be said, a person answers.
fn without_loops(action: Action, tracked: &Tracked) -> Action {
    let state = &tracked.state;
    let acts = match &action {
        Action::Say { acts } | Action::Release { acts, .. } => acts,
        _ => return action,
    };
    if state.asked < MAX_ASKED || !acts.iter().any(|act| repeats(act, state)) {
        return action;
    }
    let rest: Vec<_> = acts.iter().filter(|act| !repeats(act, state)).cloned().collect();
    if rest.is_empty() {
        return repair::hand_over(state, "the same question came up again and again", rest);
    }
    match action {
        Action::Release { hold, .. } => Action::Release { hold, acts: rest },
        _ => Action::Say { acts: rest },
    }
}
