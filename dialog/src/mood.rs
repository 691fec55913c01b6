//! What a feeling changes: the tone, the order of openings, an offer of a person. Never what is
//! booked, and no question is put in the way of one that is open.

use intents::emotion::Emotion;
use serde::{Deserialize, Serialize};

use crate::{Action, DialogAct, Facts, FailureReason, Question, Task, Topic, Tracked, policy};

/// At which frustrated turn a person is offered.
const PERSON_AT: u8 = 2;

/// What the conversation remembers of feelings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mood {
    /// Turns in which the customer was frustrated, since a person was last brought in.
    pub frustrated: u8,
    /// We have said sorry for that.
    pub apologised: bool,
    /// We have put an anxious customer's mind at rest.
    pub reassured: bool,
}

/// Folds what a message felt like into the state.
pub(crate) fn notice(tracked: &mut Tracked) {
    let feelings = tracked.feelings;
    let state = &mut tracked.state;
    if feelings.shows(Emotion::Frustrated) {
        state.mood.frustrated = state.mood.frustrated.saturating_add(1);
    }
    let when = &mut state.when;
    let is_open = when.days.is_none() && when.time.is_none() && when.times.is_none();
    let takes_time = matches!(state.task, Some(Task::Book | Task::Reschedule));
    if feelings.shows(Emotion::Urgent) && is_open && takes_time {
        when.earliest = true;
    }
}

/// Suits what is said to how the customer feels.
pub(crate) fn suit(
    mut acts: Vec<DialogAct>,
    tracked: &Tracked,
    action: &Action,
    mood: &mut Mood,
    facts: &Facts,
) -> Vec<DialogAct> {
    if matches!(action, Action::HandOver { .. }) {
        *mood = Mood::default(); // theirs from here
    }
    if acts.is_empty() || matches!(action, Action::OptOut { .. } | Action::HandOver { .. }) {
        return acts;
    }
    let shows = |emotion| tracked.feelings.shows(emotion);
    let (frustrated, anxious) = (shows(Emotion::Frustrated), shows(Emotion::Anxious));
    let offers_person = frustrated && mood.frustrated == PERSON_AT
        || shows(Emotion::Urgent) && !helps_today(&acts, facts);
    // A conversation that is being closed stays closed.
    let closes = matches!(acts.as_slice(), [.., DialogAct::Goodbye | DialogAct::Welcome]);
    if offers_person && !closes && !acts.iter().any(is_person) {
        let asks = acts.iter().any(|act| policy::question(act).is_some());
        let is_open = asks || tracked.state.pending.is_some() || tracked.state.task.is_some();
        acts.push(if is_open {
            DialogAct::PersonAvailable
        } else {
            DialogAct::Request { question: Question::Person }
        });
    }
    if (frustrated || anxious) && !acts.iter().all(is_courtesy) {
        acts.retain(|act| !is_courtesy(act));
    }
    if frustrated && !mood.apologised {
        mood.apologised = true;
        if !acts.iter().any(says_sorry) {
            acts.insert(0, DialogAct::Apologise);
        }
    } else if anxious && !mood.reassured {
        mood.reassured = true;
        acts.insert(0, DialogAct::Reassure);
    }
    acts
}

/// Whether what is said helps somebody who cannot wait: a time today, a summary to say yes to, or
/// something that is not about openings at all.
fn helps_today(acts: &[DialogAct], facts: &Facts) -> bool {
    acts.iter().all(|act| match act {
        DialogAct::Offer { offers, .. } => {
            offers.first().is_some_and(|offer| offer.starts_at.date() == facts.now.date())
        }
        DialogAct::Failed { reason } => *reason != FailureReason::NothingFree,
        _ => true,
    })
}

/// Nice to say, and in the way of somebody who is upset.
const fn is_courtesy(act: &DialogAct) -> bool {
    matches!(
        act,
        DialogAct::Greet
            | DialogAct::Menu
            | DialogAct::RequestMore
            | DialogAct::SmallTalk
            | DialogAct::Welcome
    )
}

const fn is_person(act: &DialogAct) -> bool {
    matches!(act, DialogAct::HandedOver | DialogAct::Request { question: Question::Person })
}

/// The wording is an apology already.
const fn says_sorry(act: &DialogAct) -> bool {
    matches!(
        act,
        DialogAct::NotUnderstood
            | DialogAct::TextOnly
            | DialogAct::Noted { topic: Topic::Complaint | Topic::LostItem }
            | DialogAct::Failed {
                reason: FailureReason::Taken
                    | FailureReason::HoldExpired
                    | FailureReason::NothingFree
                    | FailureReason::Internal
            }
    )
}
