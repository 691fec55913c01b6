//! Reading one message: from what was heard to the customer's move.
//!
//! Order matters and is the content of this file: leaving the conversation first, then answers to
//! our question, then requests of the customer's own.

use intents::{Entity, EntityValue, Intent, emotion::Feelings};

use super::{Move, Tracked, hear, hear::Heard, pick, slots};
use crate::{DialogState, Facts, FailureReason, Question, Task};

pub(super) struct Reader<'a> {
    pub(super) state: DialogState,
    pub(super) heard: Heard<'a>,
    pub(super) facts: &'a Facts,
    pub(super) trouble: Option<FailureReason>,
    pub(super) aside: Option<Intent>,
}

impl Reader<'_> {
    pub(super) fn read(mut self) -> Tracked {
        let turn = self.turn();
        let about = self.service_said();
        if turn == Move::Proceed
            && self.state.service.is_none()
            && matches!(self.state.task, Some(Task::Book | Task::Wait))
        {
            self.state.service = slots::only_service(&self.state, self.facts);
        }
        Tracked {
            state: self.state,
            turn,
            trouble: self.trouble,
            aside: self.aside,
            about,
            feelings: Feelings::NONE, // read last, see `track`
        }
    }

    fn turn(&mut self) -> Move {
        if self.heard.lets_go && (self.state.pending.is_some() || self.state.task.is_some()) {
            return Move::Abandon;
        }
        if let Some(turn) = self.steering() {
            return turn;
        }
        if let Some(turn) = self.waiting_list() {
            return turn;
        }
        let shown = matches!(self.state.pending, Some(Question::Confirmation | Question::Choice));
        if shown
            && self.state.task == Some(Task::Book)
            && self.heard.moves_own
            && self.heard.details.is_empty()
        {
            return self.move_instead();
        }
        if let Some(turn) = self.second_meant() {
            return turn;
        }
        if let Some(intent) = self.heard.intent
            && self.heard.firm
            && hear::is_request(intent)
        {
            return self.request(intent);
        }
        if let Some(turn) = self.answer_to_list() {
            return turn;
        }
        match self.heard.intent {
            Some(Intent::Affirm) => self.affirm(),
            Some(Intent::Deny) => self.deny(),
            Some(Intent::RequestAlternatives) => self.alternatives(),
            Some(Intent::Cancel) => self.cancel(),
            Some(Intent::Reschedule) => self.reschedule(),
            Some(Intent::Book | Intent::CheckAvailability | Intent::Inform) | None
                if self.calls_off_own() =>
            {
                self.cancel()
            }
            Some(Intent::Book | Intent::CheckAvailability | Intent::Inform) | None
                if self.is_about_own() =>
            {
                self.reschedule()
            }
            Some(Intent::Book | Intent::CheckAvailability) => self.book(),
            intent => self.other(intent),
        }
    }

    /// What ends or restarts the conversation wins over everything.
    fn steering(&mut self) -> Option<Move> {
        let intent = self.heard.intent?;
        match intent {
            Intent::OptOut | Intent::TalkToPerson | Intent::Complaint => Some(Move::Intent(intent)),
            Intent::StartOver => {
                let task = self.state.task.filter(|task| *task == Task::Book);
                self.state.begin(task);
                Some(Move::Intent(intent))
            }
            _ => None,
        }
    }

    /// Two intents in one message: the booking goes on, the question is answered on the side.
    fn second_meant(&mut self) -> Option<Move> {
        let (first, second) = (self.heard.intent?, self.heard.second?);
        let books = |intent| matches!(intent, Intent::Book | Intent::CheckAvailability);
        let asks = |intent| hear::is_question(intent) || intent == Intent::Greet;
        if books(first) && asks(second) {
            self.aside = Some(second);
            return Some(self.book());
        }
        if asks(first) && books(second) && self.heard.details.iter().any(|d| says_when(d)) {
            self.aside = Some(first);
            return Some(self.book());
        }
        None
    }

    /// A question of the customer's own. Before any task, the service it names is remembered, so
    /// that "how much is a haircut?" followed by "book it" does not ask again.
    fn request(&mut self, intent: Intent) -> Move {
        if self.state.task.is_none()
            && let Some(service) = self.service_said()
        {
            self.state.service = Some(service);
        }
        Move::Intent(intent)
    }

    /// The message picks from the list on the screen.
    fn answer_to_list(&mut self) -> Option<Move> {
        let leaves = matches!(
            self.heard.intent,
            Some(Intent::Cancel | Intent::Reschedule | Intent::RequestAlternatives)
        );
        let details = &self.heard.details;
        match self.state.pending? {
            Question::Choice if !leaves && !self.changes_party() => {
                if let Some(offer) = pick::offer(&self.state.offers, details, self.state.staff.only)
                {
                    return Some(Move::Choose(offer.clone()));
                }
                self.only_positions().then_some(Move::NotUnderstood)
            }
            Question::Service if self.only_positions() => {
                match pick::selected(&self.facts.services, details) {
                    Some(service) => {
                        self.state.service = Some(service.id);
                        Some(Move::Proceed)
                    }
                    None => Some(Move::NotUnderstood),
                }
            }
            Question::Appointment if !details.is_empty() => {
                let fitting = pick::appointments(&self.facts.appointments, details);
                if let [only] = fitting.as_slice() {
                    self.take_appointment(only.id);
                }
                Some(Move::Proceed)
            }
            _ => None,
        }
    }

    fn affirm(&mut self) -> Move {
        if self.heard.details.is_empty() {
            return match (self.state.pending, self.state.offers.as_slice()) {
                (Some(Question::Choice), [only]) => Move::Choose(only.clone()),
                _ => Move::Yes,
            };
        }
        match self.state.pending {
            Some(Question::Confirmation) => {
                let same = |summary| pick::agrees(summary, &self.heard.details);
                if self.state.summary.as_ref().is_some_and(same) { Move::Yes } else { self.merge() }
            }
            Some(Question::CancelConfirmation) => self.recheck_cancel(Move::Yes),
            _ => self.other(Some(Intent::Inform)),
        }
    }

    fn deny(&mut self) -> Move {
        if self.state.pending == Some(Question::Choice) {
            self.refuse_shown();
        }
        if self.heard.details.is_empty() {
            return Move::No;
        }
        match self.state.pending {
            Some(Question::CancelConfirmation) => self.recheck_cancel(Move::No),
            Some(Question::Choice) => self.merge(),
            _ => self.other(Some(Intent::Inform)),
        }
    }

    /// Values without an intent that owns them, or an intent without values.
    fn other(&mut self, intent: Option<Intent>) -> Move {
        if matches!(intent, Some(Intent::ConfirmAttendance))
            && self.state.pending == Some(Question::Confirmation)
            && self.heard.details.is_empty()
            && self.heard.firm
            && !self.heard.negative
        {
            return Move::Yes; // "I confirm" is an answer here, not about another appointment
        }
        if !self.heard.details.is_empty() {
            if self.state.pending == Some(Question::CancelConfirmation) {
                return self.recheck_cancel(Move::Proceed);
            }
            if self.state.pending.is_some() || self.state.task.is_some() {
                return self.answer(intent);
            }
            let opens = matches!(intent, None | Some(Intent::Inform | Intent::Greet));
            if opens && self.heard.details.iter().any(|d| !is_position(d)) {
                return self.book();
            }
        }
        match intent {
            Some(Intent::Inform) if self.state.task.is_none() && self.state.name.is_some() => {
                Move::Intent(Intent::Greet)
            }
            Some(Intent::Inform) | None => Move::NotUnderstood,
            Some(intent) if hear::is_request(intent) => self.request(intent),
            Some(intent) => Move::Intent(intent),
        }
    }

    fn answer(&mut self, intent: Option<Intent>) -> Move {
        if self.only_positions() {
            return match intent {
                Some(Intent::Inform) | None => Move::NotUnderstood,
                Some(intent) => Move::Intent(intent),
            };
        }
        if self.state.task.is_none() {
            self.state.task = Some(Task::Book);
        }
        self.merge()
    }

    /// Merges the details and goes on. An appointment to move that is known without a new day moves
    /// within its own.
    pub(super) fn merge(&mut self) -> Move {
        self.trouble = slots::merge(&mut self.state, &self.heard.details, self.facts);
        let moving = self.state.appointment.and_then(|id| self.facts.appointment(id));
        let when = &mut self.state.when;
        if let Some(appointment) = moving
            && when.days.is_none()
            && (when.time.is_some() || when.times.is_some())
            && self.trouble.is_none()
        {
            let day = appointment.starts_at.date();
            when.days = Some((day, day));
        }
        Move::Proceed
    }

    /// Other openings fit another number of people.
    fn changes_party(&self) -> bool {
        self.heard.details.iter().any(|detail| match detail.value {
            EntityValue::PartySize(n) => self.state.party_size.map(u32::from) != Some(n),
            _ => false,
        })
    }

    fn only_positions(&self) -> bool {
        !self.heard.details.is_empty() && self.heard.details.iter().all(|d| is_position(d))
    }

    pub(super) fn service_said(&self) -> Option<kernel::ServiceId> {
        self.heard.details.iter().filter(|d| !d.negated).find_map(|d| match d.value {
            EntityValue::Service(id) => Some(id),
            _ => None,
        })
    }
}

fn is_position(detail: &Entity) -> bool {
    pick::is_selection(&detail.value)
}

fn says_when(detail: &Entity) -> bool {
    matches!(
        detail.value,
        EntityValue::Date(_)
            | EntityValue::DateRange { .. }
            | EntityValue::Time(_)
            | EntityValue::TimeWindow { .. }
            | EntityValue::PartOfDay(_)
            | EntityValue::Earliest
    )
}
