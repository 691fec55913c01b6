//! A small salon in Madrid on Monday 2 March 2026 at nine, and a world that carries out actions.

use std::str::FromStr;

use dialog::{
    Action, AppointmentFact, Business, Customer, DayHours, Facts, FreedFact, Offer, Outcome,
    ServiceFact, StaffFact,
};
use jiff::{
    Zoned,
    civil::{Time, Weekday},
};
use kernel::{Locale, Money, ResourceId, ServiceId};

pub(crate) const SERVICES: [&str; 3] = ["haircut", "colour", "massage"];
pub(crate) const STAFF: [&str; 2] = ["ana", "bruno"];
const ZONE: &str = "Europe/Madrid";

pub(crate) fn id<I: FromStr>(prefix: &str, n: usize) -> I {
    format!("{prefix}_{n:0>26}").parse().ok().expect("digits are base32")
}

pub(crate) fn service(name: &str) -> ServiceId {
    id("svc", position(&SERVICES, name))
}

pub(crate) fn staff(name: &str) -> ResourceId {
    id("res", position(&STAFF, name))
}

pub(crate) fn service_name(id: ServiceId) -> &'static str {
    SERVICES.into_iter().find(|name| service(name) == id).expect("a known service")
}

pub(crate) fn staff_name(id: ResourceId) -> &'static str {
    STAFF.into_iter().find(|name| staff(name) == id).expect("a known name")
}

fn position(names: &[&str], name: &str) -> usize {
    1 + names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("no `{name}`"))
}

pub(crate) fn moment(text: &str) -> Zoned {
    format!("{text}[{ZONE}]").parse().unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

pub(crate) fn euros(amount_minor: i64) -> Money {
    Money { amount_minor, currency: "EUR".parse().expect("a currency") }
}

pub(crate) fn offer(service_name: &str, staff_name: &str, at: &str) -> Offer {
    Offer { service: service(service_name), staff: staff(staff_name), starts_at: moment(at) }
}

/// The facts of the salon.
pub(crate) fn facts() -> Facts {
    let names = |en: &str, es: &str, pt: &str| {
        vec![(Locale::En, en.to_owned()), (Locale::Es, es.to_owned()), (Locale::Pt, pt.to_owned())]
    };
    let all = vec![staff("ana"), staff("bruno")];
    let made = |name, names, duration_minutes, price, staff| ServiceFact {
        id: service(name),
        names,
        duration_minutes,
        price: euros(price),
        staff,
        by_party: false,
    };
    let open = |weekday| DayHours {
        weekday,
        ranges: vec![
            (Time::constant(9, 0, 0, 0), Time::constant(14, 0, 0, 0)),
            (Time::constant(15, 0, 0, 0), Time::constant(20, 0, 0, 0)),
        ],
    };
    Facts {
        now: moment("2026-03-02T09:00"),
        business: Business {
            name: "Salón Sol".into(),
            address: "Calle Mayor 5, Madrid".into(),
            locale: Locale::Es,
            tone: dialog::Tone::default(),
        },
        services: vec![
            made("haircut", names("Haircut", "Corte", "Corte"), 30, 2500, all),
            made("colour", names("Colour", "Tinte", "Coloração"), 90, 6000, vec![staff("ana")]),
            made("massage", names("Massage", "Masaje", "Massagem"), 60, 4000, vec![staff("bruno")]),
        ],
        staff: vec![
            StaffFact { id: staff("ana"), name: "Ana".into() },
            StaffFact { id: staff("bruno"), name: "Bruno".into() },
        ],
        hours: [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday]
            .map(open)
            .into_iter()
            .chain([DayHours {
                weekday: Weekday::Saturday,
                ranges: vec![(Time::constant(10, 0, 0, 0), Time::constant(14, 0, 0, 0))],
            }])
            .collect(),
        answers: vec![("payment".into(), Locale::Es, "Efectivo, tarjeta y Bizum.".into())],
        appointments: vec![],
        waiting: vec![],
        offer: None,
        customer: Customer { name: None, phone: None },
    }
}

/// Carries out actions the way booking would, when nothing goes wrong.
pub(crate) struct World {
    pub(crate) facts: Facts,
    held: Option<(AppointmentFact, Option<kernel::AppointmentId>)>,
    n_ids: usize,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { facts: facts(), held: None, n_ids: 100 }
    }

    /// Adds a confirmed appointment.
    pub(crate) fn has(&mut self, n: usize, service_name: &str, staff_name: &str, at: &str) {
        self.facts.appointments.push(AppointmentFact {
            id: id("apt", n),
            reference: format!("R-{n}"),
            service: service(service_name),
            staff: staff(staff_name),
            starts_at: moment(at),
            price: self.price(service(service_name)),
            party_size: 1,
            pending: false,
        });
    }

    /// What happens to `action` when nothing stands in the way; `None` for a search, whose results
    /// only a calendar knows.
    pub(crate) fn act(&mut self, action: &Action) -> Option<Outcome> {
        Some(match action {
            Action::FindOpenings(_) => {
                self.held = None;
                return None;
            }
            Action::PlaceHold(request) => {
                self.n_ids += 1;
                let appointment = AppointmentFact {
                    id: id("apt", self.n_ids),
                    reference: format!("R-{}", self.n_ids),
                    service: request.service,
                    staff: request.staff.unwrap_or(self.first_staff(request.service)),
                    starts_at: request.starts_at.clone(),
                    price: self.price(request.service),
                    party_size: request.party_size,
                    pending: false,
                };
                self.held = Some((appointment.clone(), request.replaces));
                Outcome::Held { appointment, expires_at: self.facts.now.clone() }
            }
            Action::Confirm { hold } => {
                let (appointment, replaces) = self.held.take().expect("a hold to confirm");
                self.facts.offer = None;
                assert_eq!(appointment.id, *hold, "confirms the hold that is held");
                self.facts.appointments.retain(|other| Some(other.id) != replaces);
                self.facts.appointments.push(appointment.clone());
                self.facts.appointments.sort_by_key(|a| a.starts_at.timestamp());
                match replaces {
                    Some(_) => Outcome::Rescheduled { appointment },
                    None => Outcome::Confirmed { appointment },
                }
            }
            Action::Cancel { appointment } => {
                let at = self.facts.appointments.iter().position(|a| a.id == *appointment);
                let appointment = self.facts.appointments.remove(at.expect("one to cancel"));
                Outcome::Cancelled { appointment }
            }
            Action::JoinWaitlist(_) => {
                self.facts.waiting.push(id("wtl", 1));
                Outcome::Done
            }
            Action::LeaveWaitlist | Action::DeclineOffer { .. } => {
                self.facts.waiting.clear();
                self.facts.offer = None;
                self.held = None;
                Outcome::Done
            }
            _ => Outcome::Done,
        })
    }

    /// Somebody's time comes free and is offered: `service staff time`, or `lapsed service …`.
    pub(crate) fn frees(&mut self, line: &str) {
        let (lapsed, line) =
            line.strip_prefix("lapsed ").map_or((false, line), |rest| (true, rest));
        let words: Vec<_> = line.split(' ').collect();
        self.has(77, words[0], words[1], words[2]);
        let appointment = self.facts.appointments.pop().expect("just added");
        self.held = Some((appointment.clone(), None));
        self.facts.waiting = vec![id("wtl", 1)];
        self.facts.offer = Some(FreedFact { appointment, lapsed });
    }

    /// The hold ends or is lost.
    pub(crate) fn lose_hold(&mut self) {
        self.held = None;
    }

    fn price(&self, service: ServiceId) -> Money {
        self.facts.service(service).map_or(euros(0), |service| service.price)
    }

    fn first_staff(&self, service: ServiceId) -> ResourceId {
        self.facts.service(service).map_or(staff("ana"), |service| service.staff[0])
    }
}
