//! Moving an appointment: which, to when, then the same steps as booking.

use super::{book, request, say_and_release};
use crate::{Action, DialogAct, Facts, FailureReason, Question, Tracked};

/// Takes the next step of a move.
pub(super) fn proceed(tracked: &Tracked, facts: &Facts) -> Action {
    let state = &tracked.state;
    if facts.appointments.is_empty() {
        let none = DialogAct::Failed { reason: FailureReason::NoAppointments };
        return say_and_release(tracked, vec![none]);
    }
    if state.appointment.is_none() {
        return say_and_release(tracked, vec![request(Question::Appointment)]);
    }
    let when = &state.when;
    let says_when =
        when.days.is_some() || when.time.is_some() || when.times.is_some() || when.earliest;
    if !says_when && when.excluded_days.is_empty() {
        return say_and_release(tracked, vec![request(Question::NewTime)]);
    }
    book::proceed(tracked, facts)
}
