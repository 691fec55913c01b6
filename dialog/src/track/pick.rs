//! Which of the things on the screen the customer means.

use std::borrow::Cow;

use intents::{Entity, EntityValue, Parse};
use jiff::civil::Time;
use kernel::{ResourceId, ServiceId};

use crate::{AppointmentFact, Offer};

/// What an entity can be compared with.
struct Start<'a> {
    service: ServiceId,
    staff: ResourceId,
    at: &'a jiff::Zoned,
    /// How many come, once that is settled.
    party_size: Option<u16>,
}

/// "Segunda depois das quatro" is a Monday and not the second of the list, when the second is not
/// after four.
pub(super) fn reread<'p>(parse: &'p Parse, offers: &[Offer]) -> Cow<'p, Parse> {
    let as_day = |at: usize, entity: &Entity| {
        let EntityValue::Select(n) = entity.value else { return None };
        let day = entity.alternatives.iter().find(|v| matches!(v, EntityValue::Date(_)))?;
        let offer = offers.get(n.checked_sub(1)?)?;
        let mut others = parse.entities.iter().enumerate().filter(|(other, _)| *other != at);
        let goes_on = others
            .any(|(_, other)| !is_selection(&other.value) && !fits(&start_of_offer(offer), other));
        goes_on.then(|| day.clone())
    };
    let found = parse.entities.iter().enumerate().find_map(|(at, e)| Some((at, as_day(at, e)?)));
    let Some((at, day)) = found else {
        return Cow::Borrowed(parse);
    };
    let mut parse = parse.clone();
    parse.entities[at].value = day;
    Cow::Owned(parse)
}

/// The offer that was taken, when the details leave one (or several at one and the same time).
/// Somebody who wants one person takes another by number or by name, not by naming a time.
pub(super) fn offer<'o>(
    offers: &'o [Offer],
    details: &[&Entity],
    staff: Option<ResourceId>,
) -> Option<&'o Offer> {
    // A place in the list counts when the rest of the message is about that one: "any time on the
    // 12th" is none of those on the 3rd.
    let rest: Vec<&Entity> =
        details.iter().copied().filter(|detail| !is_selection(&detail.value)).collect();
    let goes = |offer: &&Offer| fits_all(&start_of_offer(offer), &rest);
    let any = details.iter().any(|d| d.value == EntityValue::SelectAny && !d.negated);
    if let Some(selected) = selected(offers, details).filter(|offer| any || goes(offer)) {
        return if any { offers.iter().find(goes) } else { Some(selected) };
    }
    if details.iter().any(|d| d.value == EntityValue::SelectLatest) {
        return offers.iter().filter(goes).max_by_key(|offer| offer.starts_at.timestamp());
    }
    if rest.is_empty() {
        return None;
    }
    let details = rest.as_slice();
    if details.iter().any(|d| d.value == EntityValue::Earliest) {
        return offers.iter().min_by_key(|offer| offer.starts_at.timestamp());
    }
    let names =
        details.iter().any(|d| matches!(d.value, EntityValue::Staff(_) | EntityValue::AnyStaff));
    let wanted = |offer: &&Offer| names || staff.is_none_or(|staff| staff == offer.staff);
    let mut fitting =
        offers.iter().filter(wanted).filter(|offer| fits_all(&start_of_offer(offer), details));
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
    Start {
        service: appointment.service,
        staff: appointment.staff,
        at: &appointment.starts_at,
        party_size: Some(appointment.party_size),
    }
}

fn start_of_offer(offer: &Offer) -> Start<'_> {
    Start { service: offer.service, staff: offer.staff, at: &offer.starts_at, party_size: None }
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
        EntityValue::PartySize(n) => start.party_size.is_none_or(|size| u32::from(size) == *n),
        EntityValue::AnyStaff
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
