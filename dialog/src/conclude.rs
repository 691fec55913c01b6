//! After the world has answered: what to say, and what to remember.

use crate::{
    Action, DialogAct, DialogState, Explanation, Facts, FailureReason, Move, Offer, Outcome,
    Question, Refusal, Task, Tracked, mood,
    policy::{MAX_ASKED, ask, question, repeats},
};

/// Folds the outcome of the action back into the state and names what to say.
///
/// Every question, offer and summary in the acts becomes what the next message is read against. An
/// outcome that does not belong to the action is reported as a failure on our side and changes
/// nothing that was promised.
#[must_use]
pub fn conclude(
    tracked: Tracked,
    action: &Action,
    outcome: &Outcome,
    facts: &Facts,
) -> (DialogState, Vec<DialogAct>) {
    let mut state = tracked.state.clone();
    let mut acts = preface(&tracked, action, facts);
    acts.extend(came_of(&mut state, action, outcome));
    offer_a_person(&mut acts, &tracked.state);
    let acts = mood::suit(acts, &tracked, action, &mut state.mood, facts);
    remember(&mut state, &tracked, action, &acts);
    (state, acts)
}

/// What is said before the result: the answer to a second question, and a detail we cannot use.
fn preface(tracked: &Tracked, action: &Action, facts: &Facts) -> Vec<DialogAct> {
    let mut acts = tracked
        .aside
        .and_then(|intent| ask::facts_about(intent, tracked, facts))
        .unwrap_or_default();
    let Some(reason) = tracked.trouble else {
        return acts;
    };
    if matches!(action, Action::HandOver { .. } | Action::OptOut { .. }) {
        return acts;
    }
    acts.push(DialogAct::Failed { reason });
    if reason == FailureReason::NotOffered {
        acts.push(DialogAct::Staff { service: tracked.state.service });
    }
    acts
}

/// What the outcome adds to the acts and changes in the state.
fn came_of(state: &mut DialogState, action: &Action, outcome: &Outcome) -> Vec<DialogAct> {
    if let Action::FindOpenings(_) | Action::PlaceHold(_) | Action::Confirm { .. } = action {
        drop_hold(state); // given back in the same step, or used up
    }
    match (action, outcome) {
        (Action::Say { acts }, _) => acts.clone(),
        (Action::Silence, _) => vec![],
        (
            Action::Release { acts, .. }
            | Action::HandOver { acts, .. }
            | Action::OptOut { acts, .. },
            _,
        ) => {
            drop_hold(state);
            acts.clone()
        }
        (Action::FindOpenings(_), Outcome::Openings { offers, widened, why })
            if !offers.is_empty() =>
        {
            let offer = |widened| DialogAct::Offer { offers: offers.clone(), widened };
            match why {
                Some(why) => vec![DialogAct::Explain { explanation: why.clone() }, offer(false)],
                None => vec![offer(*widened)],
            }
        }
        (Action::FindOpenings(_), Outcome::Openings { why, .. }) => {
            failed(FailureReason::NothingFree, &[], why.as_ref())
        }
        (_, Outcome::Refused { refusal }) => refused(refusal),
        (Action::JoinWaitlist(wish), Outcome::Done) => {
            drop_hold(state);
            vec![DialogAct::Waiting { wish: wish.clone() }]
        }
        (Action::LeaveWaitlist, Outcome::Done) => {
            if state.offer == state.hold {
                drop_hold(state);
            }
            vec![DialogAct::LeftWaitlist]
        }
        (Action::DeclineOffer { .. }, _) => {
            drop_hold(state);
            vec![DialogAct::OfferDeclined]
        }
        (Action::PlaceHold(request), Outcome::Held { appointment, .. }) => {
            state.hold = Some(appointment.id);
            state.summary = Some(appointment.clone());
            let moves = request.replaces.is_some();
            vec![DialogAct::Confirm { appointment: appointment.clone(), moves }]
        }
        (Action::Confirm { .. }, Outcome::Confirmed { appointment }) => {
            vec![DialogAct::Booked { appointment: appointment.clone() }]
        }
        (Action::Confirm { .. }, Outcome::Rescheduled { appointment }) => {
            vec![DialogAct::Moved { appointment: appointment.clone() }]
        }
        (Action::Cancel { .. }, Outcome::Cancelled { appointment }) => {
            vec![DialogAct::Cancelled { appointment: appointment.clone() }]
        }
        (Action::Cancel { .. }, Outcome::Unavailable { reason, .. }) => {
            vec![DialogAct::Failed { reason: *reason }]
        }
        (_, Outcome::Unavailable { reason, alternatives, why }) => {
            failed(*reason, alternatives, why.as_ref())
        }
        _ => vec![DialogAct::Failed { reason: FailureReason::Internal }],
    }
}

/// Why it did not work, and what to do instead.
fn failed(
    reason: FailureReason,
    alternatives: &[Offer],
    why: Option<&Explanation>,
) -> Vec<DialogAct> {
    let failed = why.map_or(DialogAct::Failed { reason }, |why| DialogAct::Explain {
        explanation: why.clone(),
    });
    let next = if !alternatives.is_empty() {
        DialogAct::Offer { offers: alternatives.to_vec(), widened: false }
    } else if matches!(
        reason,
        FailureReason::Gone | FailureReason::OfferGone | FailureReason::Internal
    ) {
        return vec![failed];
    } else {
        DialogAct::Request { question: Question::Date }
    };
    vec![failed, next]
}

/// What somebody at the desk could do, and what the customer can do instead.
fn refused(refusal: &Refusal) -> Vec<DialogAct> {
    let next = match refusal {
        Refusal::PersonNeeded | Refusal::TooLate(_) => DialogAct::HandedOver,
        Refusal::DayFull(_) | Refusal::WeekFull(_) => {
            DialogAct::Request { question: Question::Date }
        }
    };
    vec![DialogAct::Refused { refusal: refusal.clone() }, next]
}

fn drop_hold(state: &mut DialogState) {
    state.hold = None;
    state.summary = None;
}

/// A question does not come back a fourth time in a row: whether a person should help does. A
/// summary always may: it is the only way to a yes, and a new hold is behind it.
fn offer_a_person(acts: &mut [DialogAct], before: &DialogState) {
    for act in acts {
        let summary = matches!(act, DialogAct::Confirm { .. });
        if before.asked >= MAX_ASKED && !summary && repeats(act, before) {
            *act = DialogAct::Request { question: Question::Person };
        }
    }
}

/// Brings the memory in line with what was said.
fn remember(state: &mut DialogState, tracked: &Tracked, action: &Action, acts: &[DialogAct]) {
    let before = &tracked.state;
    let asked = acts.iter().rev().find(|act| question(act).is_some());
    match asked {
        Some(act) => {
            let again = repeats(act, before);
            state.asked = if again { before.asked.saturating_add(1) } else { 1 };
            state.pending = question(act);
            note_content(state, act);
        }
        None if stays_open(state, action) => {}
        None => {
            state.pending = None;
            state.asked = 0;
        }
    }
    if asked.is_none() && acts.iter().any(ends_task) {
        state.finish_task();
    }
    state.greeted |= acts.contains(&DialogAct::Greet);
    state.closed = matches!(acts, [.., DialogAct::Welcome | DialogAct::Goodbye])
        || (state.closed && *action == Action::Silence);
    if !matches!(tracked.turn, Move::NotUnderstood) || matches!(action, Action::HandOver { .. }) {
        state.strikes = 0;
    }
}

/// The task waits on the question it asked before; nothing new was asked.
fn stays_open(state: &DialogState, action: &Action) -> bool {
    matches!(action, Action::Say { .. } | Action::Silence)
        && (state.task.is_some() || state.pending == Some(Question::Person))
}

fn note_content(state: &mut DialogState, act: &DialogAct) {
    match act {
        DialogAct::Offer { offers, .. } => state.offers.clone_from(offers),
        DialogAct::Request { question: Question::Choice } => {}
        DialogAct::ConfirmCancel { appointment } => {
            state.offers.clear();
            state.appointment = Some(appointment.id);
            state.task = Some(Task::Cancel);
        }
        _ => state.offers.clear(),
    }
}

/// Nothing is left to do after saying this.
fn ends_task(act: &DialogAct) -> bool {
    matches!(
        act,
        DialogAct::Booked { .. }
            | DialogAct::Moved { .. }
            | DialogAct::Cancelled { .. }
            | DialogAct::Kept
            | DialogAct::HandedOver
            | DialogAct::OptedOut
            | DialogAct::Waiting { .. }
            | DialogAct::LeftWaitlist
            | DialogAct::OfferDeclined
            | DialogAct::Failed {
                reason: FailureReason::Gone
                    | FailureReason::OfferGone
                    | FailureReason::NoAppointments
            }
    )
}
