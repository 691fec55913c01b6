//! When words fail: rephrase, show the menu, bring a person.

use super::{request, say};
use crate::{Action, DialogAct, DialogState, Question, Tracked};

/// The ladder: first ask to rephrase, then say what can be done here, then hand over. What was
/// pending stays pending and is asked again.
pub(super) fn not_understood(tracked: &Tracked) -> Action {
    let state = &tracked.state;
    let first = match state.strikes {
        0 | 1 => DialogAct::NotUnderstood,
        2 => DialogAct::Menu,
        _ => return hand_over(state, "not understood three times in a row", vec![]),
    };
    say(with_resume(vec![first], state))
}

/// Stops answering and brings a person; `acts` are said first.
pub(super) fn hand_over(state: &DialogState, reason: &str, mut acts: Vec<DialogAct>) -> Action {
    acts.push(DialogAct::HandedOver);
    Action::HandOver { reason: reason.to_owned(), release: state.hold, acts }
}

/// Adds the pending question, so that an interruption returns to the same place once. Not after it
/// was asked often enough, and not an offer of a person: that was about an earlier question.
pub(super) fn with_resume(mut acts: Vec<DialogAct>, state: &DialogState) -> Vec<DialogAct> {
    if let Some(question) = state.pending.filter(|question| *question != Question::Person)
        && state.asked < super::MAX_ASKED
    {
        acts.push(request(question));
    }
    acts
}

/// Says the pending question again in full, for somebody who did not catch it.
pub(super) fn repeat(state: &DialogState) -> Action {
    let act = match (state.pending, &state.summary) {
        (Some(Question::Confirmation), Some(summary)) => DialogAct::Confirm {
            appointment: summary.clone(),
            moves: state.task == Some(crate::Task::Reschedule),
        },
        (Some(Question::Choice), _) if !state.offers.is_empty() => {
            DialogAct::Offer { offers: state.offers.clone(), widened: false }
        }
        (Some(question), _) => request(question),
        (None, _) => DialogAct::Menu,
    };
    say(vec![act])
}
