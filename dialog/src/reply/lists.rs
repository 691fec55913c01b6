//! Things shown one a line.

use jiff::civil::{Time, Weekday};
use kernel::ResourceId;

use super::{act::Speaker, format, marks, plain};
use crate::{AppointmentFact, DayHours, Offer, ServiceFact, StaffFact};

/// The longest list shown; what does not fit a screen is not read.
const MAX_LINES: usize = 20;

/// Days in a row with the same hours: first, last, hours.
type Run<'a> = (Weekday, Weekday, &'a [(Time, Time)]);

impl Speaker<'_> {
    /// Starts to choose from.
    pub(super) fn offers(&self, offers: &[Offer]) -> String {
        numbered(offers.iter().map(|offer| {
            let args = [
                ("when", format::moment(&offer.starts_at, self.locale).into()),
                ("staff", self.staff_name(offer.staff).into()),
            ];
            self.words("offer-line", &args)
        }))
    }

    pub(super) fn appointments(&self, appointments: &[AppointmentFact]) -> String {
        numbered(appointments.iter().map(|appointment| {
            let key = match appointment.pending {
                true => "appointment-line-pending",
                false => "appointment-line",
            };
            self.words(key, &self.appointment_args(appointment))
        }))
    }

    pub(super) fn services(&self) -> String {
        numbered(self.facts.services.iter().map(|service| self.service(service, "service-line")))
    }

    pub(super) fn service(&self, service: &ServiceFact, key: &str) -> String {
        let args = [
            ("service", plain(service.name(self.locale), 60).into()),
            ("price", format::price(service.price, self.locale).into()),
            ("minutes", service.duration_minutes.into()),
        ];
        self.words(key, &args)
    }

    /// "Ana, Bruno and Carla".
    pub(super) fn names(&self, staff: &[&StaffFact]) -> String {
        let names: Vec<String> =
            staff.iter().take(MAX_LINES).map(|member| plain(&member.name, 40)).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                let args = [("first", first.join(", ").into()), ("last", last.clone().into())];
                self.words("names", &args)
            }
        }
    }

    /// Opening hours, days with the same hours together.
    pub(super) fn hours(&self) -> String {
        let mut groups: Vec<Run<'_>> = Vec::new();
        for DayHours { weekday, ranges } in &self.facts.hours {
            match groups.last_mut() {
                Some((_, last, same)) if *same == ranges.as_slice() && last.next() == *weekday => {
                    *last = *weekday;
                }
                _ => groups.push((*weekday, *weekday, ranges)),
            }
        }
        let line = |(first, last, ranges): &Run<'_>| {
            let ranges: Vec<String> = ranges
                .iter()
                .map(|(from, until)| {
                    let clock = |time| format::clock(time, self.locale);
                    format!("{}–{}", clock(*from), clock(*until))
                })
                .collect();
            let name = |weekday| format::weekday(weekday, self.locale);
            let key = if first == last { "hours-day" } else { "hours-days" };
            let args = [
                ("first", name(*first).into()),
                ("last", name(*last).into()),
                ("hours", ranges.join(", ").into()),
            ];
            capitalised(&self.words(key, &args))
        };
        marks::fact(&groups.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    pub(super) fn staff_name(&self, id: ResourceId) -> String {
        self.facts
            .staff_member(id)
            .map_or_else(|| self.words("someone", &[]), |member| plain(&member.name, 40))
    }
}

/// A list is one fact: what its numbers stand for must not be torn apart.
fn numbered(lines: impl Iterator<Item = String>) -> String {
    let lines = lines.take(MAX_LINES).enumerate().map(|(i, line)| format!("{}. {line}", i + 1));
    marks::fact(&lines.collect::<Vec<_>>().join("\n"))
}

fn capitalised(text: &str) -> String {
    let start = text.find(|c| c != marks::OPEN).unwrap_or(text.len());
    let (before, rest) = text.split_at(start);
    let mut chars = rest.chars();
    before
        .chars()
        .chain(chars.next().into_iter().flat_map(char::to_uppercase))
        .chain(chars)
        .collect()
}
