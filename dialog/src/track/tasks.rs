//! Beginning, switching and leaving tasks.

use intents::EntityValue;

use super::{Move, pick, slots, turn::Reader};
use crate::{Question, Task};

/// At most this many refused starts are remembered.
const MAX_REFUSED: usize = 24;

impl Reader<'_> {
    /// Details with the answer to "shall I cancel it?": `answer` when they describe that
    /// appointment, otherwise they name another one, or nothing clear, and we ask again.
    pub(super) fn recheck_cancel(&mut self, answer: Move) -> Move {
        let asked = self.state.appointment.and_then(|id| self.facts.appointment(id));
        if asked.is_some_and(|a| pick::agrees(a, &self.heard.details)) {
            return answer;
        }
        let fitting = pick::appointments(&self.facts.appointments, &self.heard.details);
        if let [other] = fitting.as_slice() {
            self.state.appointment = Some(other.id);
        }
        Move::Proceed
    }

    pub(super) fn alternatives(&mut self) -> Move {
        if !matches!(self.state.task, Some(Task::Book | Task::Reschedule)) {
            return self.book();
        }
        self.refuse_shown();
        let says_more = !self.heard.details.is_empty();
        match (self.merge(), self.state.service) {
            (_, Some(_)) if !says_more => Move::Alternatives,
            (turn, _) => turn,
        }
    }

    /// "I have a haircut but can't make it, could it be Friday": moves what they have, whatever it
    /// is taken for. Only where they say that they have it and give it another time.
    pub(super) fn is_about_own(&self) -> bool {
        let says_when = self
            .heard
            .details
            .iter()
            .any(|detail| is_clock(&detail.value) || is_day(&detail.value));
        let has = |id| self.facts.appointments.iter().any(|one| one.service == id);
        let new = self.state.task.is_none() || self.state.task == Some(Task::Book);
        new && self.heard.of_own && says_when && self.service_said().is_some_and(has)
    }

    /// "I'll have to call off the haircut on Friday", taken for anything but that.
    pub(super) fn calls_off_own(&self) -> bool {
        self.state.task.is_none()
            && self.heard.calls_off
            && !self.heard.negative
            && !self.heard.details.is_empty()
            && !self.facts.appointments.is_empty()
    }

    /// A cancellation that names a time at which the customer has nothing is a wish to come then.
    fn proposes_a_time(&self) -> bool {
        let when: Vec<_> = self
            .heard
            .details
            .iter()
            .copied()
            .filter(|detail| !detail.negated && (is_clock(&detail.value) || is_day(&detail.value)))
            .collect();
        let has_time = when.iter().any(|detail| is_clock(&detail.value));
        has_time && self.facts.appointments.iter().all(|one| !pick::agrees(one, &when))
    }

    pub(super) fn cancel(&mut self) -> Move {
        if self.state.pending.is_none()
            && !self.facts.appointments.is_empty()
            && self.proposes_a_time()
        {
            return self.reschedule();
        }
        if self.state.pending == Some(Question::CancelConfirmation) {
            return match (self.heard.negative, self.heard.details.is_empty()) {
                (true, _) => Move::No,
                (false, true) => Move::Yes,
                (false, false) => self.recheck_cancel(Move::Yes),
            };
        }
        let all = &self.facts.appointments;
        let fitting = pick::appointments(all, &self.heard.details);
        let names_one = !self.heard.details.is_empty() && fitting.len() < all.len();
        let busy = self.state.hold.is_some()
            || matches!(self.state.task, Some(Task::Book | Task::Reschedule));
        if busy && !names_one {
            return Move::Abandon;
        }
        let only = if let [only] = fitting.as_slice() { Some(only.id) } else { None };
        self.state.begin(Some(Task::Cancel));
        self.state.appointment = only;
        Move::Proceed
    }

    pub(super) fn reschedule(&mut self) -> Move {
        let shown = matches!(
            self.state.pending,
            Some(Question::Confirmation | Question::Choice | Question::Change)
        );
        let moving = self.state.task == Some(Task::Reschedule);
        if (shown && self.state.task == Some(Task::Book))
            || (moving && self.state.pending.is_some())
        {
            return match (self.heard.details.is_empty(), self.state.pending) {
                (false, _) => self.merge(),
                (true, Some(Question::Confirmation)) => Move::No,
                (true, Some(Question::Choice)) => self.alternatives(),
                (true, _) => Move::Proceed,
            };
        }
        self.state.begin(Some(Task::Reschedule));
        let (candidates, rest) = pick::to_move(&self.facts.appointments, &self.heard.details);
        if let [only] = candidates.as_slice() {
            slots::adopt(&mut self.state, only);
        }
        self.heard.details = rest;
        self.merge()
    }

    /// "No, move the one I have": what was to be booked is where it goes.
    pub(super) fn move_instead(&mut self) -> Move {
        let service = self.state.service;
        let mut fitting = self.facts.appointments.iter().filter(|one| Some(one.service) == service);
        let (Some(only), None) = (fitting.next(), fitting.next()) else {
            return Move::No;
        };
        let (when, staff) = (self.state.when.clone(), self.state.staff.clone());
        let summary = self.state.summary.clone();
        self.state.begin(Some(Task::Reschedule));
        slots::adopt(&mut self.state, only);
        self.state.when = when;
        if let Some(summary) = summary {
            let (day, time) = (summary.starts_at.date(), summary.starts_at.time());
            self.state.when.days = Some((day, day));
            self.state.when.time = Some(time);
            self.state.staff = staff;
        }
        Move::Proceed
    }

    pub(super) fn book(&mut self) -> Move {
        let other_service = |said| self.state.service != Some(said);
        match self.state.task {
            Some(Task::Reschedule)
                if self.heard.details.is_empty()
                    || self.service_said().is_some_and(other_service) =>
            {
                self.state.begin(Some(Task::Book));
            }
            Some(Task::Cancel) => self.state.begin(Some(Task::Book)),
            Some(Task::Wait) => self.state.task = Some(Task::Book),
            Some(_) => {}
            None => self.state.task = Some(Task::Book),
        }
        self.merge()
    }

    pub(super) fn take_appointment(&mut self, id: kernel::AppointmentId) {
        let Some(appointment) = self.facts.appointment(id) else {
            return;
        };
        if self.state.task == Some(Task::Reschedule) {
            slots::adopt(&mut self.state, appointment);
        } else {
            self.state.appointment = Some(id);
        }
    }

    pub(super) fn refuse_shown(&mut self) {
        let shown = self.state.offers.iter().map(|offer| &offer.starts_at);
        let shown = shown.chain(self.state.summary.iter().map(|summary| &summary.starts_at));
        for start in shown {
            if !self.state.refused.contains(start) {
                self.state.refused.push(start.clone());
            }
        }
        let surplus = self.state.refused.len().saturating_sub(MAX_REFUSED);
        self.state.refused.drain(..surplus);
    }
}

const fn is_day(value: &EntityValue) -> bool {
    matches!(value, EntityValue::Date(_) | EntityValue::DateRange { .. })
}

const fn is_clock(value: &EntityValue) -> bool {
    matches!(
        value,
        EntityValue::Time(_) | EntityValue::TimeWindow { .. } | EntityValue::PartOfDay(_)
    )
}
