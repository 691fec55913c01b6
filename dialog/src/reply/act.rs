//! The wording of each act.

use fluent_templates::fluent_bundle::FluentValue;
use kernel::{Locale, ServiceId};

use super::{bank, format, marks, plain, words};
use crate::{AppointmentFact, DialogAct, Facts, FailureReason, Question, StaffFact, Topic};

/// The longest answer an owner's text may become.
const MAX_ANSWER: usize = 1500;

/// Says acts in one language, from one set of facts.
pub(super) struct Speaker<'a> {
    pub(super) facts: &'a Facts,
    pub(super) locale: Locale,
    /// Which of several wordings has its turn.
    pub(super) seed: u64,
}

impl Speaker<'_> {
    pub(super) fn say(&self, act: &DialogAct) -> String {
        match act {
            DialogAct::Greet => self.greet(),
            DialogAct::Apologise => self.words("apologise", &[]),
            DialogAct::Reassure => self.words("reassure", &[]),
            DialogAct::PersonAvailable => self.words("person-available", &[]),
            DialogAct::Welcome => self.words("welcome", &[]),
            DialogAct::Goodbye => self.words("goodbye", &[]),
            DialogAct::Request { question } => self.request(*question),
            DialogAct::Offer { offers, widened } => self.offer(offers, *widened),
            DialogAct::Confirm { appointment, moves: true } => {
                self.about("confirm-move", appointment)
            }
            DialogAct::Confirm { appointment, .. } if appointment.pending => {
                self.about("confirm-request", appointment)
            }
            DialogAct::Confirm { appointment, .. } => self.about("confirm", appointment),
            DialogAct::ConfirmCancel { appointment } => self.about("confirm-cancel", appointment),
            DialogAct::Booked { appointment } if appointment.pending => {
                self.about("requested", appointment)
            }
            DialogAct::Booked { appointment } => self.about("booked", appointment),
            DialogAct::Moved { appointment } if appointment.pending => {
                self.about("moved-request", appointment)
            }
            DialogAct::Moved { appointment } => self.about("moved", appointment),
            DialogAct::Cancelled { appointment } => self.about("cancelled", appointment),
            DialogAct::Failed { reason } => self.words(failure_key(*reason), &[]),
            DialogAct::Explain { explanation } => self.explain(explanation),
            DialogAct::Refused { refusal } => self.refusal(refusal),
            DialogAct::Waiting { wish } => self.waiting(wish),
            DialogAct::LeftWaitlist => self.words("waitlist-left", &[]),
            DialogAct::OfferDeclined => self.words("offer-declined", &[]),
            DialogAct::Freed { appointment, until } => self.freed(appointment, until),
            DialogAct::News { news, appointment } => self.news(*news, appointment),
            DialogAct::Appointments { appointments } => self.list_appointments(appointments),
            DialogAct::Services { service } => self.list_services(*service),
            DialogAct::Hours => self.opening_hours(),
            DialogAct::Address => self.address(),
            DialogAct::Staff { service } => self.who(*service),
            DialogAct::Answer { topic } => self
                .facts
                .answer(*topic, self.locale)
                .map_or_else(|| self.words("no-answer", &[]), owner_text),
            DialogAct::Kept => self.words("kept", &[]),
            DialogAct::HandedOver => self.words("handed-over", &[]),
            DialogAct::OptedOut => self.words("opted-out", &[]),
            DialogAct::AboutMe => self.words("about-me", &[("business", self.business())]),
            DialogAct::SmallTalk => self.words("small-talk", &[]),
            DialogAct::OutOfScope => self.words("out-of-scope", &[("business", self.business())]),
            DialogAct::NotUnderstood => self.words("not-understood", &[]),
            DialogAct::Menu => self.words("menu", &[]),
            DialogAct::TextOnly => self.words("text-only", &[]),
            DialogAct::Noted { topic } => self.noted(*topic),
            DialogAct::RequestMore => self.words("request-more", &[]),
        }
    }

    /// A message in the business's voice.
    pub(super) fn words(&self, key: &str, args: &words::Args<'_>) -> String {
        let tone = &self.facts.business.tone;
        let voice = tone.voice(self.locale);
        let wording = bank::pick(self.locale, voice, key, tone.banned(), self.seed);
        marks::courtesies(&words::words(self.locale, &wording, args), tone.length)
    }

    pub(super) fn appointment_args(
        &self,
        appointment: &AppointmentFact,
    ) -> [(&'static str, FluentValue<'static>); 5] {
        [
            ("service", self.booked_name(appointment).into()),
            ("staff", self.staff_name(appointment.staff).into()),
            ("when", format::moment(&appointment.starts_at, self.locale).into()),
            ("price", format::price(appointment.price, self.locale).into()),
            ("reference", plain(&appointment.reference, 40).into()),
        ]
    }

    pub(super) fn about(&self, key: &str, appointment: &AppointmentFact) -> String {
        self.words(key, &self.appointment_args(appointment))
    }

    fn greet(&self) -> String {
        if let Some(own) = self.facts.business.tone.greeting.get(&self.locale) {
            let who = self.words("greet-own", &[("business", self.business())]);
            return format!("{}\n{who}", marks::fact(&plain(own, MAX_ANSWER)));
        }
        let name = self.facts.customer.name.as_deref().map(|name| plain(name, 40));
        match name.filter(|name| !name.is_empty()) {
            Some(name) => {
                self.words("greet-named", &[("name", name.into()), ("business", self.business())])
            }
            None => self.words("greet", &[("business", self.business())]),
        }
    }

    fn request(&self, question: Question) -> String {
        let key = match question {
            Question::Service if self.facts.services.is_empty() => "request-service",
            Question::Service => {
                return format!("{}\n{}", self.words("request-service", &[]), self.services());
            }
            Question::Appointment if !self.facts.appointments.is_empty() => {
                let list = self.appointments(&self.facts.appointments);
                return format!("{}\n{list}", self.words("request-appointment", &[]));
            }
            Question::Appointment => "request-appointment",
            Question::PartySize => "request-party-size",
            Question::Date => "request-date",
            Question::Time => "request-time",
            Question::Choice => "request-choice",
            Question::Confirmation => "request-confirmation",
            Question::CancelConfirmation => "request-cancel-confirmation",
            Question::NewTime => "request-new-time",
            Question::Name => "request-name",
            Question::Change => "request-change",
            Question::Person => "request-person",
        };
        self.words(key, &[])
    }

    fn offer(&self, offers: &[crate::Offer], widened: bool) -> String {
        let Some(first) = offers.first() else {
            return self.words("failed-nothing-free", &[]);
        };
        let args = [("service", self.service_name(first.service).into())];
        let head = self.words(if widened { "offer-widened" } else { "offer" }, &args);
        let tail = self.words("offer-choose", &[("count", offers.len().into())]);
        format!("{head}\n{}\n{tail}", self.offers(offers))
    }

    fn list_appointments(&self, appointments: &[AppointmentFact]) -> String {
        if appointments.is_empty() {
            return self.words("appointments-none", &[]);
        }
        let head = self.words("appointments", &[("count", appointments.len().into())]);
        format!("{head}\n{}", self.appointments(appointments))
    }

    fn list_services(&self, service: Option<ServiceId>) -> String {
        match service.and_then(|id| self.facts.service(id)) {
            Some(service) => self.service(service, "service-one"),
            None if self.facts.services.is_empty() => self.words("no-answer", &[]),
            None => format!("{}\n{}", self.words("services", &[]), self.services()),
        }
    }

    fn opening_hours(&self) -> String {
        if self.facts.hours.is_empty() {
            return self.words("no-answer", &[]);
        }
        format!("{}\n{}", self.words("hours", &[]), self.hours())
    }

    fn address(&self) -> String {
        let address = plain(&self.facts.business.address, 200);
        if address.is_empty() {
            return self.words("no-answer", &[]);
        }
        self.words("address", &[("address", address.into())])
    }

    fn who(&self, service: Option<ServiceId>) -> String {
        let service = service.and_then(|id| self.facts.service(id));
        let does = |member: &&StaffFact| service.is_none_or(|s| s.staff.contains(&member.id));
        let staff: Vec<_> = self.facts.staff.iter().filter(does).collect();
        if staff.is_empty() {
            return self.words("no-answer", &[]);
        }
        let count = FluentValue::from(staff.len());
        let names = FluentValue::from(self.names(&staff));
        match service {
            Some(service) => {
                let name = FluentValue::from(plain(service.name(self.locale), 60));
                let args = [("names", names), ("count", count), ("service", name)];
                self.words("staff-service", &args)
            }
            None => self.words("staff", &[("names", names), ("count", count)]),
        }
    }

    /// The acknowledgement, and the business's own words on the matter when it has some.
    fn noted(&self, topic: Topic) -> String {
        let noted = self.words(noted_key(topic), &[]);
        match self.facts.answer(topic, self.locale) {
            Some(answer) => format!("{noted}\n{}", owner_text(answer)),
            None => noted,
        }
    }

    pub(super) fn service_name(&self, id: ServiceId) -> String {
        self.facts.service(id).map_or_else(
            || self.words("some-service", &[]),
            |service| plain(service.name(self.locale), 60),
        )
    }

    /// What was booked, and for how many where that decides.
    fn booked_name(&self, appointment: &AppointmentFact) -> String {
        let name = self.service_name(appointment.service);
        match self.facts.service(appointment.service) {
            Some(service) if service.by_party => {
                let args = [("service", name.into()), ("count", appointment.party_size.into())];
                self.words("service-for", &args)
            }
            _ => name,
        }
    }

    fn business(&self) -> FluentValue<'static> {
        plain(&self.facts.business.name, 80).into()
    }
}

/// An owner's text, lines kept; a fact as a whole.
fn owner_text(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| plain(line, MAX_ANSWER)).collect();
    marks::fact(&super::shorten(lines.join("\n").trim(), MAX_ANSWER))
}

const fn failure_key(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::Taken => "failed-taken",
        FailureReason::Closed => "failed-closed",
        FailureReason::TooSoon => "failed-too-soon",
        FailureReason::TooFar => "failed-too-far",
        FailureReason::ImpossibleDate => "failed-impossible-date",
        FailureReason::NonexistentTime => "failed-nonexistent-time",
        FailureReason::NotOffered => "failed-not-offered",
        FailureReason::HoldExpired => "failed-hold-expired",
        FailureReason::Gone => "failed-gone",
        FailureReason::OfferGone => "failed-offer-gone",
        FailureReason::NothingFree => "failed-nothing-free",
        FailureReason::NoAppointments => "failed-no-appointments",
        FailureReason::Internal => "failed-internal",
    }
}

const fn noted_key(topic: Topic) -> &'static str {
    match topic {
        Topic::Complaint => "noted-complaint",
        Topic::Praise => "noted-praise",
        Topic::RunningLate => "noted-running-late",
        Topic::LostItem => "noted-lost-item",
        Topic::Business => "noted-business",
        Topic::Waitlist => "noted-waitlist",
        Topic::Attendance => "noted-attendance",
        _ => "noted",
    }
}
