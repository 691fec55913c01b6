//! Booking: from the slots to a hold, from the hold to a summary, from a yes to an appointment.
//! Moving an appointment uses the same steps with `replaces`.

use jiff::{
    Span, Zoned,
    civil::{Date, Time},
};
use kernel::{AppointmentId, ResourceId, ServiceId};

use super::{repair, request, say};
use crate::{
    Action, DialogAct, DialogState, Facts, FailureReason, HoldRequest, Offer, OpeningRequest,
    Question, Task, Tracked,
};

/// How many starts are offered at once: what fits a small screen and a short memory.
const OFFERS: usize = 3;
/// How many days are looked at when the customer names none, today included.
const DAYS_AHEAD: i64 = 7;

/// Takes the next step of a booking.
pub(super) fn proceed(tracked: &Tracked, facts: &Facts) -> Action {
    let state = &tracked.state;
    if facts.services.is_empty() {
        return repair::hand_over(state, "no services are set up", vec![]);
    }
    let Some(service) = state.service else {
        return super::say_and_release(tracked, vec![request(Question::Service)]);
    };
    if let Some(question) = company(state, facts) {
        return super::say_and_release(tracked, vec![request(question)]);
    }
    if tracked.trouble == Some(FailureReason::ImpossibleDate) {
        return super::say_and_release(tracked, vec![request(Question::Date)]);
    }
    match exact_start(state, facts).filter(|_| tracked.trouble.is_none()) {
        Some(start) => claim(state, service, start),
        None => find_openings(state, facts),
    }
}

/// Turns a yes into an appointment: only for the hold that was summarised, and only while the
/// summary still says the price of today. Otherwise the customer sees a new summary first.
pub(super) fn confirm(tracked: &Tracked, facts: &Facts) -> Action {
    let state = &tracked.state;
    let shown = state.summary.as_ref().filter(|summary| Some(summary.id) == state.hold);
    match (state.pending, shown) {
        (Some(Question::Confirmation), Some(summary)) => {
            let priced = facts.service(summary.service).map(|service| service.price);
            // a move keeps the price that was promised
            if state.task == Some(Task::Reschedule) || priced == Some(summary.price) {
                Action::Confirm { hold: summary.id }
            } else if priced.is_some() {
                hold(state, summary.service, Some(summary.staff), summary.starts_at.clone())
            } else {
                super::say_and_release(
                    tracked,
                    vec![
                        DialogAct::Failed { reason: FailureReason::NotOffered },
                        request(Question::Service),
                    ],
                )
            }
        }
        _ => proceed(tracked, facts),
    }
}

/// Claims the offer that was taken.
pub(super) fn take(state: &DialogState, offer: &Offer) -> Action {
    hold(state, offer.service, Some(offer.staff), offer.starts_at.clone())
}

/// Looks for starts that fit what is known so far.
pub(super) fn find_openings(state: &DialogState, facts: &Facts) -> Action {
    let Some(service) = state.service else {
        return say(vec![request(Question::Service)]);
    };
    let today = facts.now.date();
    let last_ahead = today.checked_add(Span::new().days(DAYS_AHEAD - 1)).unwrap_or(today);
    let (first, last) = state.when.days.unwrap_or((today, last_ahead));
    let first = first.max(today);
    Action::FindOpenings(OpeningRequest {
        service,
        party_size: party_size(state),
        staff: state.staff.only,
        excluded_staff: state.staff.excluded.clone(),
        days: (first, last.max(first)),
        excluded_days: state.when.excluded_days.clone(),
        times: state.when.times,
        near: state.when.time,
        soonest: state.when.earliest,
        excluded_starts: state.refused.clone(),
        limit: OFFERS,
        release: state.hold,
        replaces: replaces(state),
    })
}

/// Claims `start`, unless it is claimed already: then the summary is repeated.
fn claim(state: &DialogState, service: ServiceId, start: Zoned) -> Action {
    let held = state.summary.as_ref().filter(|summary| {
        Some(summary.id) == state.hold
            && summary.service == service
            && summary.starts_at == start
            && summary.party_size == party_size(state)
            && state.staff.only.is_none_or(|staff| staff == summary.staff)
            && !state.staff.excluded.contains(&summary.staff)
    });
    match held {
        Some(summary) => say(vec![DialogAct::Confirm {
            appointment: summary.clone(),
            moves: replaces(state).is_some(),
        }]),
        None => hold(state, service, state.staff.only, start),
    }
}

fn hold(
    state: &DialogState,
    service: ServiceId,
    staff: Option<ResourceId>,
    starts_at: Zoned,
) -> Action {
    Action::PlaceHold(HoldRequest {
        service,
        party_size: party_size(state),
        staff,
        excluded_staff: state.staff.excluded.clone(),
        starts_at,
        replaces: replaces(state),
        release: state.hold,
        customer_name: state.name.clone(),
    })
}

/// Asks how many come, where that decides and nobody has said.
pub(super) fn company(state: &DialogState, facts: &Facts) -> Option<Question> {
    let decides = state.service.and_then(|id| facts.service(id)).is_some_and(|one| one.by_party);
    (decides && state.party_size.is_none()).then_some(Question::PartySize)
}

pub(super) fn party_size(state: &DialogState) -> u16 {
    state.party_size.unwrap_or(1)
}

fn replaces(state: &DialogState) -> Option<AppointmentId> {
    state.appointment.filter(|_| state.task == Some(Task::Reschedule))
}

/// The start asked for, when one day and one time are known and the clock has that time.
fn exact_start(state: &DialogState, facts: &Facts) -> Option<Zoned> {
    let (first, last) = state.when.days?;
    let time = state.when.time.filter(|_| first == last)?;
    at(first, time, facts).filter(|start| *start > facts.now)
}

fn at(day: Date, time: Time, facts: &Facts) -> Option<Zoned> {
    let civil = facts.now.time_zone().to_ambiguous_zoned(day.to_datetime(time));
    if matches!(civil.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
        return None;
    }
    civil.compatible().ok()
}
