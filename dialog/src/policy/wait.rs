//! The waiting list: for what, then on it.

use super::{book, repair, request, say_and_release};
use crate::{Action, DialogState, Facts, Question, Tracked, WaitRequest};

/// Takes the next step onto the list.
pub(super) fn proceed(tracked: &Tracked, facts: &Facts) -> Action {
    let state = &tracked.state;
    if facts.services.is_empty() {
        return repair::hand_over(state, "no services are set up", vec![]);
    }
    if let Some(question) = book::company(state, facts) {
        return say_and_release(tracked, vec![request(question)]);
    }
    match state.service {
        Some(service) => Action::JoinWaitlist(wish(state, service)),
        None => say_and_release(tracked, vec![request(Question::Service)]),
    }
}

fn wish(state: &DialogState, service: kernel::ServiceId) -> WaitRequest {
    WaitRequest {
        service,
        party_size: book::party_size(state),
        staff: state.staff.only,
        excluded_staff: state.staff.excluded.clone(),
        days: state.when.days,
        excluded_days: state.when.excluded_days.clone(),
        times: state.when.times,
        near: state.when.time,
        release: state.hold,
        customer_name: state.name.clone(),
    }
}
