//! The waiting list: getting on it, getting off it, and answering what it offers.

use intents::{Intent, Parse};

use super::{Move, Tracked, turn::Reader};
use crate::{DialogState, Facts, Question, StaffChoice, Task, When};

/// The state as the customer sees it: what came free was offered to them since the last turn, so
/// that is what they answer. As it was when nothing was.
#[must_use]
pub fn with_offer(state: &DialogState, facts: &Facts) -> DialogState {
    let Some(offer) =
        facts.offer.as_ref().filter(|offer| state.offer != Some(offer.appointment.id))
    else {
        return state.clone();
    };
    let appointment = &offer.appointment;
    let mut next = state.clone();
    // A hold from before is not given back: it runs out within minutes, and is not what is said
    // yes to any more.
    next.begin(Some(Task::Book));
    let day = appointment.starts_at.date();
    next.offer = Some(appointment.id);
    next.service = Some(appointment.service);
    next.staff = StaffChoice { only: Some(appointment.staff), ..StaffChoice::default() };
    next.when = When {
        days: Some((day, day)),
        time: Some(appointment.starts_at.time()),
        ..When::default()
    };
    next.hold = Some(appointment.id);
    next.summary = Some(appointment.clone());
    next.pending = Some(Question::Confirmation);
    next.asked = 1;
    next
}

/// Reads a message after an offer that the customer has not answered yet.
pub(super) fn answer(
    before: &DialogState,
    parse: &Parse,
    facts: &Facts,
    read: impl Fn(&DialogState) -> Tracked,
) -> Tracked {
    let adopted = with_offer(before, facts);
    let Some(offer) = facts.offer.as_ref().filter(|_| adopted.offer != before.offer) else {
        return read(before);
    };
    let mut tracked = read(&adopted);
    let answers = matches!(tracked.turn, Move::Yes | Move::No);
    if offer.lapsed && !answers {
        // They are about something else, and so are we. A late yes is no longer one to this.
        let mut seen = before.clone();
        seen.offer = adopted.offer;
        return read(&seen);
    }
    // A yes that may have been to the summary on the screen before the offer is not one to this:
    // the offer is said again.
    let torn = before.pending == Some(Question::Confirmation) && before.hold.is_some();
    if torn && tracked.turn == Move::Yes && parse.entities.is_empty() {
        tracked.turn = Move::Proceed;
    }
    tracked
}

impl Reader<'_> {
    /// Onto the list, or off it.
    pub(super) fn waiting_list(&mut self) -> Option<Move> {
        if self.heard.leaves_list && !self.facts.waiting.is_empty() {
            return Some(Move::LeaveWaitlist);
        }
        if !self.heard.joins_list {
            return None;
        }
        match self.state.task {
            Some(Task::Reschedule | Task::Cancel) => self.state.begin(Some(Task::Wait)),
            _ => self.state.task = Some(Task::Wait),
        }
        let joins = self.merge();
        self.trouble = None; // nothing that cannot be waited for: it is looked at when it is free
        Some(joins)
    }
}

/// Phrases that name the list, without accents or with.
const LIST: [&str; 7] = [
    "waiting list",
    "waitlist",
    "wait list",
    "lista de espera",
    "fila de espera",
    "lista d espera",
    "waiting-list",
];

/// Words with which people leave it.
const LEAVES: [&str; 22] = [
    "no longer",
    "not ",
    "don't",
    "dont",
    "take me off",
    "remove",
    "leave",
    "off the",
    "cancel",
    "ya no",
    "no quiero",
    "quítame",
    "quitame",
    "sácame",
    "sacame",
    "borra",
    "não quero",
    "nao quero",
    "já não",
    "me tira",
    "tirar",
    "sair da",
];

/// What stands for itself, once somebody waits.
const NO_LONGER: [&str; 9] = [
    "no longer",
    "not anymore",
    "not any more",
    "ya no",
    "no hace falta ya",
    "já não",
    "ja nao",
    "não quero mais",
    "nao quero mais",
];

/// Whether the message takes the customer off the list.
pub(super) fn leaves(text: &str) -> bool {
    let text = text.to_lowercase();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    let is_all = NO_LONGER.iter().any(|phrase| {
        text.trim_matches(|c: char| !c.is_alphanumeric()).starts_with(phrase)
            && text.split_whitespace().count() <= 6
    });
    is_all || (says(&LIST) && says(&LEAVES))
}

/// Whether it puts them on it.
pub(super) fn joins(text: &str, intent: Option<Intent>) -> bool {
    let text = text.to_lowercase();
    let names_it = LIST.iter().any(|phrase| text.contains(phrase));
    match intent {
        Some(Intent::JoinWaitlist) => true,
        None
        | Some(
            Intent::Book
            | Intent::Inform
            | Intent::Affirm
            | Intent::CheckAvailability
            | Intent::RequestAlternatives,
        ) => names_it,
        Some(_) => false,
    }
}
