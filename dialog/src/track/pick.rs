//! Which of the things on the screen the customer means.

use intents::{Entity, EntityValue};
use jiff::civil::Time;
use kernel::{ResourceId, ServiceId};

use crate::{AppointmentFact, Offer};

/// What an entity can be compared with.
struct Start<'a> {
    service: ServiceId,
    staff: ResourceId,
    at: &'a jiff::Zoned,
}

/// The offer that was taken, when the details leave one (or several at one and the same time).
pub(super) fn offer<'o>(offers: &'o [Offer], details: &[&Entity]) -> Option<&'o Offer> {
    if let Some(selected) = selected(offers, details) {
        return Some(selected);
    }
    if details.is_empty() {
        return None;
    }
    if details.iter().any(|d| d.value == EntityValue::Earliest) {
        return offers.iter().min_by_key(|offer| offer.starts_at.timestamp());
    }
    if details.iter().any(|d| d.value == EntityValue::SelectLatest) {
        return offers.iter().max_by_key(|offer| offer.starts_at.timestamp());
    }
    let mut fitting = offers.iter().filter(|offer| fits_all(&start_of_offer(offer), details));
    let first = fitting.next()?;
    fitting.all(|other| other.starts_at == first.starts_at).then_some(first)
}

/// The appointments that the details fit; all of them when the details fit none.
pub(super) fn appointments<'a>(
    all: &'a [AppointmentFact],
    details: &[&Entity],
) -> Vec<&'a AppointmentFact> {
    if let Some(selected) = selected(all, details) {
        return vec![selected];
    }
    let fitting: Vec<_> = all.iter().filter(|a| fits_all(&start_of(a), details)).collect();
    if fitting.is_empty() { all.iter().collect() } else { fitting }
}

/// Which appointment a request to move is about, and the details left to say where it goes. A day
/// names the appointment when it is the first of two, or when the appointment is on that day and no
/// new time is given.
pub(super) fn to_move<'a, 'e>(
    all: &'a [AppointmentFact],
    details: &[&'e Entity],
) -> (Vec<&'a AppointmentFact>, Vec<&'e Entity>) {
    let mut candidates: Vec<_> = all.iter().collect();
    let mut rest = Vec::new();
    let n_dates = details.iter().filter(|d| matches!(d.value, EntityValue::Date(_))).count();
    let has_time = details.iter().any(|d| matches!(d.value, EntityValue::Time(_)));
    let mut seen_dates = 0;
    for detail in details {
        let identifying = match detail.value {
            EntityValue::Service(_) => true,
            EntityValue::Date(_) => {
                seen_dates += 1;
                seen_dates == 1 && (n_dates > 1 || !has_time || candidates.len() > 1)
            }
            _ => false,
        };
        let narrowed: Vec<_> =
            candidates.iter().copied().filter(|a| fits(&start_of(a), detail)).collect();
        if identifying && !narrowed.is_empty() {
            candidates = narrowed;
        } else {
            rest.push(*detail);
        }
    }
    (candidates, rest)
}

/// Whether every detail agrees with the appointment as summarised. What was ruled out never counts
/// as agreement, even when it is something else.
pub(super) fn agrees(appointment: &AppointmentFact, details: &[&Entity]) -> bool {
    details.iter().all(|detail| {
        !detail.negated && !is_selection(&detail.value) && fits(&start_of(appointment), detail)
    })
}

/// The n-th of a list, when a position was named.
pub(super) fn selected<'t, T>(list: &'t [T], details: &[&Entity]) -> Option<&'t T> {
    details.iter().filter(|detail| !detail.negated).find_map(|detail| match detail.value {
        EntityValue::Select(n) => n.checked_sub(1).and_then(|i| list.get(i)),
        EntityValue::SelectLast => list.last(),
        EntityValue::SelectAny => list.first(),
        _ => None,
    })
}

/// Whether it points into a list rather than saying something itself.
pub(super) const fn is_selection(value: &EntityValue) -> bool {
    matches!(
        value,
        EntityValue::Select(_)
            | EntityValue::SelectLast
            | EntityValue::SelectLatest
            | EntityValue::SelectAny
    )
}

fn start_of(appointment: &AppointmentFact) -> Start<'_> {
    Start { service: appointment.service, staff: appointment.staff, at: &appointment.starts_at }
}

fn start_of_offer(offer: &Offer) -> Start<'_> {
    Start { service: offer.service, staff: offer.staff, at: &offer.starts_at }
}

fn fits_all(start: &Start<'_>, details: &[&Entity]) -> bool {
    details.iter().all(|detail| fits(start, detail))
}

fn fits(start: &Start<'_>, detail: &Entity) -> bool {
    let fits = std::iter::once(&detail.value)
        .chain(&detail.alternatives)
        .any(|value| fits_value(start, value));
    fits != detail.negated
}

fn fits_value(start: &Start<'_>, value: &EntityValue) -> bool {
    let (date, time) = (start.at.date(), start.at.time());
    let within = |from: Time, until: Time| from <= time && time <= until;
    match value {
        EntityValue::Date(d) => date == *d,
        EntityValue::DateRange { first, last } => *first <= date && date <= *last,
        EntityValue::Time(t) => time == *t,
        EntityValue::TimeWindow { from, until } => {
            within(from.unwrap_or(Time::MIN), until.unwrap_or(Time::MAX))
        }
        EntityValue::PartOfDay(part) => {
            let (from, until) = part.bounds();
            within(from, until)
        }
        EntityValue::Service(id) => start.service == *id,
        EntityValue::Staff(id) => start.staff == *id,
        EntityValue::AnyStaff
        | EntityValue::PartySize(_)
        | EntityValue::Name(_)
        | EntityValue::Phone(_)
        | EntityValue::Email(_)
        | EntityValue::BookingReference(_)
        | EntityValue::Money { .. }
        | EntityValue::Budget { .. } => true,
        EntityValue::Earliest
        | EntityValue::Past(_)
        | EntityValue::ImpossibleDate
        | EntityValue::Select(_)
        | EntityValue::SelectLast
        | EntityValue::SelectLatest
        | EntityValue::SelectAny => false,
    }
}
