//! Everything that is not a step of a task: questions, courtesies, reasons for a person. A task in
//! progress stays as it is and its question is repeated after the answer.

use intents::Intent;

use super::{
    book, repair,
    repair::{hand_over, with_resume},
    request, say, say_and_release,
};
use crate::{Action, DialogAct, Facts, Question, Task, Topic, Tracked};

/// Answers an intent taken at its word.
pub(super) fn answer(intent: Intent, tracked: &Tracked, facts: &Facts) -> Action {
    let state = &tracked.state;
    let noted = |topic, reason| hand_over(state, reason, vec![DialogAct::Noted { topic }]);
    match intent {
        Intent::TalkToPerson => hand_over(state, "the customer asked for a person", vec![]),
        Intent::Complaint => noted(Topic::Complaint, "a complaint"),
        Intent::RunningLate => noted(Topic::RunningLate, "the customer is running late"),
        Intent::LostItem => noted(Topic::LostItem, "the customer left something behind"),
        Intent::BusinessInquiry => noted(Topic::Business, "a business inquiry"),
        Intent::OptOut => Action::OptOut { release: state.hold, acts: vec![DialogAct::OptedOut] },
        Intent::StartOver => start_over(tracked, facts),
        Intent::Repeat => repair::repeat(state),
        Intent::Goodbye if state.task.is_some() => {
            say_and_release(tracked, vec![DialogAct::Kept, DialogAct::Goodbye])
        }
        Intent::Thank | Intent::Goodbye if state.closed => Action::Silence,
        Intent::Goodbye => say(vec![DialogAct::Goodbye]),
        _ => {
            let acts =
                facts_about(intent, tracked, facts).unwrap_or(vec![DialogAct::NotUnderstood]);
            if state.pending.is_none_or(|question| question == Question::Person)
                && lacks_answer(&acts, facts)
            {
                let mut acts = acts;
                acts.push(request(Question::Person));
                return say(acts);
            }
            say(with_resume(acts, state))
        }
    }
}

/// What there is to say about an intent that changes nothing; `None` when it is not of that kind.
pub(crate) fn facts_about(
    intent: Intent,
    tracked: &Tracked,
    facts: &Facts,
) -> Option<Vec<DialogAct>> {
    let service = tracked.about.or(tracked.state.service);
    let act = match intent {
        Intent::AskPrice | Intent::AskDuration => DialogAct::Services { service },
        Intent::AskServices => DialogAct::Services { service: None },
        Intent::AskHours => DialogAct::Hours,
        Intent::AskAddress => DialogAct::Address,
        Intent::AskStaff => DialogAct::Staff { service: tracked.about },
        Intent::AskBot => DialogAct::AboutMe,
        Intent::AskPayment => DialogAct::Answer { topic: Topic::Payment },
        Intent::AskParking => DialogAct::Answer { topic: Topic::Parking },
        Intent::AskPolicy => DialogAct::Answer { topic: Topic::Policy },
        Intent::AskPromotions => DialogAct::Answer { topic: Topic::Promotions },
        Intent::AskGiftCard => DialogAct::Answer { topic: Topic::GiftCard },
        Intent::AskContact => DialogAct::Answer { topic: Topic::Contact },
        Intent::AskPreparation => DialogAct::Answer { topic: Topic::Preparation },
        Intent::AskReceipt => DialogAct::Answer { topic: Topic::Receipt },
        Intent::ListAppointments => {
            DialogAct::Appointments { appointments: facts.appointments.clone() }
        }
        Intent::ConfirmAttendance => return Some(attendance(facts)),
        Intent::Greet => DialogAct::Greet,
        Intent::Thank => DialogAct::Welcome,
        Intent::SmallTalk => DialogAct::SmallTalk,
        Intent::Praise => DialogAct::Noted { topic: Topic::Praise },
        Intent::OutOfScope => DialogAct::OutOfScope,
        _ => return None,
    };
    Some(vec![act])
}

fn attendance(facts: &Facts) -> Vec<DialogAct> {
    let next: Vec<_> = facts.appointments.iter().take(1).cloned().collect();
    let noted = (!next.is_empty()).then_some(DialogAct::Noted { topic: Topic::Attendance });
    noted.into_iter().chain([DialogAct::Appointments { appointments: next }]).collect()
}

/// The business has told us nothing about the topic, so a person is offered.
fn lacks_answer(acts: &[DialogAct], facts: &Facts) -> bool {
    acts.iter().any(|act| match act {
        DialogAct::Answer { topic } => facts.answer(*topic, facts.business.locale).is_none(),
        DialogAct::Address => facts.business.address.trim().is_empty(),
        DialogAct::Hours => facts.hours.is_empty(),
        _ => false,
    })
}

/// The slots are empty again; a booking begins with its first question.
fn start_over(tracked: &Tracked, facts: &Facts) -> Action {
    if tracked.state.task != Some(Task::Book) {
        return say_and_release(tracked, vec![DialogAct::Menu]);
    }
    match facts.services.as_slice() {
        [_] => book::proceed(tracked, facts),
        _ => say_and_release(tracked, vec![request(Question::Service)]),
    }
}
