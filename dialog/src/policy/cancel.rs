//! Cancelling: which, then a yes, then it is gone.

use super::{request, say_and_release};
use crate::{Action, DialogAct, Facts, FailureReason, Question, Tracked};

/// Takes the next step of a cancellation.
pub(super) fn proceed(tracked: &Tracked, facts: &Facts) -> Action {
    let picked = tracked.state.appointment.and_then(|id| facts.appointment(id));
    let acts = match (picked, facts.appointments.as_slice()) {
        (_, []) => vec![DialogAct::Failed { reason: FailureReason::NoAppointments }],
        (Some(appointment), _) | (None, [appointment]) => {
            vec![DialogAct::ConfirmCancel { appointment: appointment.clone() }]
        }
        (None, _) => vec![request(Question::Appointment)],
    };
    say_and_release(tracked, acts)
}

/// Turns a yes into a cancellation: only of the appointment that was named in the question, and
/// only while the customer still has it.
pub(super) fn confirmed(tracked: &Tracked, facts: &Facts) -> Action {
    let state = &tracked.state;
    let asked = state.appointment.and_then(|id| facts.appointment(id));
    match (state.pending, asked) {
        (Some(Question::CancelConfirmation), Some(appointment)) => {
            Action::Cancel { appointment: appointment.id }
        }
        _ => proceed(tracked, facts),
    }
}
