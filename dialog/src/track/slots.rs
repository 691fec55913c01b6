//! Merging details into the slots: what is said replaces what it contradicts, the rest stays.

use intents::{Entity, EntityValue};
use jiff::civil::{Date, Time};
use kernel::ResourceId;

use crate::{
    AppointmentFact, DialogState, Facts, FailureReason, ServiceFact, StaffChoice, Task, When,
};

/// The last minute of a day; windows without an end run until it.
const END_OF_DAY: Time = Time::constant(23, 59, 0, 0);
/// More people than this are not meant, or not for us.
const MAX_PARTY: u16 = 500;
/// At most this many days are named as unwanted by one range.
const MAX_EXCLUDED: usize = 31;

/// Forgets what no longer exists: a service that was retired, a member of staff who left, an
/// appointment that was cancelled elsewhere.
pub(super) fn drop_stale(state: &mut DialogState, facts: &Facts) {
    let moving = state.task == Some(Task::Reschedule);
    if state.service.is_some_and(|id| facts.service(id).is_none()) && !moving {
        state.service = None;
    }
    if state.staff.only.is_some_and(|id| facts.staff_member(id).is_none()) {
        state.staff.only = None;
    }
    if state.appointment.is_some_and(|id| facts.appointment(id).is_none()) {
        state.appointment = None;
    }
}

/// Whether the number of people decides anything here.
pub(super) fn counts_people(facts: &Facts) -> bool {
    facts.services.iter().any(|service| service.by_party)
}

/// Keeps a name, and a first party size where that matters, whatever else the message says.
pub(super) fn remember_person(state: &mut DialogState, entities: &[Entity], facts: &Facts) {
    for entity in entities.iter().filter(|entity| !entity.negated) {
        match &entity.value {
            EntityValue::Name(name) if !name.trim().is_empty() => {
                state.name = Some(name.trim().to_owned());
            }
            EntityValue::PartySize(n) if counts_people(facts) && state.party_size.is_none() => {
                state.party_size = party_size(*n);
            }
            _ => {}
        }
    }
}

fn party_size(said: u32) -> Option<u16> {
    u16::try_from(said).ok().filter(|n| (1..=MAX_PARTY).contains(n))
}

/// Takes over what is known from the appointment that is to move.
pub(super) fn adopt(state: &mut DialogState, appointment: &AppointmentFact) {
    state.appointment = Some(appointment.id);
    state.service = Some(appointment.service);
    state.party_size = Some(appointment.party_size);
    state.staff = StaffChoice { only: Some(appointment.staff), ..StaffChoice::default() };
}

/// Merges details. Returns what cannot be used among them.
pub(super) fn merge(
    state: &mut DialogState,
    details: &[&Entity],
    facts: &Facts,
) -> Option<FailureReason> {
    let mut trouble = None;
    let says_time = details.iter().any(|d| !d.negated && matches!(d.value, EntityValue::Time(_)));
    for detail in details {
        if detail.negated {
            exclude(state, &detail.value);
        } else if let Some(reason) = include(state, detail, says_time, facts) {
            trouble = Some(reason);
        }
    }
    if says_time {
        settle_time(&mut state.when, details, facts);
    }
    trouble.or_else(|| unusable_start(&state.when, facts)).or_else(|| unusable_staff(state, facts))
}

/// The only service there is, or the only one the wanted member of staff does.
pub(super) fn only_service(state: &DialogState, facts: &Facts) -> Option<kernel::ServiceId> {
    let does = |service: &&ServiceFact| {
        state.staff.only.is_none_or(|staff| service.staff.contains(&staff))
    };
    let mut fitting = facts.services.iter().filter(does);
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only.id)
}

fn include(
    state: &mut DialogState,
    detail: &Entity,
    says_time: bool,
    facts: &Facts,
) -> Option<FailureReason> {
    let when = &mut state.when;
    match &detail.value {
        EntityValue::Service(id) => state.service = Some(*id),
        EntityValue::Staff(id) => want(&mut state.staff, *id),
        EntityValue::AnyStaff => {
            state.staff = StaffChoice { any: true, ..StaffChoice::default() };
        }
        EntityValue::Date(date) => return set_days(when, *date, *date, facts.now.date()),
        EntityValue::DateRange { first, last } => {
            return set_days(when, *first, *last, facts.now.date());
        }
        EntityValue::Time(time) => when.time = Some(*time),
        EntityValue::TimeWindow { from, until } if !says_time => {
            set_window(when, from.unwrap_or(Time::midnight()), until.unwrap_or(END_OF_DAY));
        }
        EntityValue::PartOfDay(part) if !says_time => {
            let (from, until) = part.bounds();
            set_window(when, from, until);
        }
        EntityValue::PartySize(n) => state.party_size = party_size(*n).or(state.party_size),
        EntityValue::Earliest => {
            *when = When {
                earliest: true,
                excluded_days: std::mem::take(&mut when.excluded_days),
                ..When::default()
            };
        }
        EntityValue::Past(_) => {
            when.days = None;
            return Some(FailureReason::TooSoon);
        }
        EntityValue::ImpossibleDate => {
            when.days = None;
            return Some(FailureReason::ImpossibleDate);
        }
        _ => {}
    }
    None
}

fn exclude(state: &mut DialogState, value: &EntityValue) {
    match value {
        EntityValue::Service(id) if state.service == Some(*id) => state.service = None,
        EntityValue::Staff(id) => {
            if state.staff.only == Some(*id) {
                state.staff.only = None;
            }
            if !state.staff.excluded.contains(id) {
                state.staff.excluded.push(*id);
            }
        }
        EntityValue::Date(date) => exclude_days(&mut state.when, *date, *date),
        EntityValue::DateRange { first, last } => exclude_days(&mut state.when, *first, *last),
        EntityValue::Time(time) if state.when.time == Some(*time) => state.when.time = None,
        EntityValue::TimeWindow { from, until } => exclude_window(
            &mut state.when,
            from.unwrap_or(Time::midnight()),
            until.unwrap_or(END_OF_DAY),
        ),
        EntityValue::PartOfDay(part) => {
            let (from, until) = part.bounds();
            exclude_window(&mut state.when, from, until);
        }
        _ => {}
    }
}

fn want(staff: &mut StaffChoice, id: ResourceId) {
    staff.only = Some(id);
    staff.any = false;
    staff.excluded.retain(|other| *other != id);
}

/// The days that would do. Days gone by are cut off; nothing but days gone by is too soon.
fn set_days(when: &mut When, first: Date, last: Date, today: Date) -> Option<FailureReason> {
    let (first, last) = (first.min(last), first.max(last));
    if last < today {
        when.days = None;
        return Some(FailureReason::TooSoon);
    }
    when.days = Some((first.max(today), last));
    when.excluded_days.retain(|day| *day < first || last < *day);
    when.earliest = false;
    None
}

fn set_window(when: &mut When, from: Time, until: Time) {
    when.times = Some((from.min(until), from.max(until)));
    when.time = None;
}

fn exclude_days(when: &mut When, first: Date, last: Date) {
    let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
    for day in days.take(MAX_EXCLUDED) {
        if !when.excluded_days.contains(&day) && when.excluded_days.len() < 2 * MAX_EXCLUDED {
            when.excluded_days.push(day);
        }
        if when.days == Some((day, day)) {
            when.days = None;
        }
    }
}

/// Keeps the longer side of the day.
fn exclude_window(when: &mut When, from: Time, until: Time) {
    let morning_free = Time::midnight().duration_until(from) > until.duration_until(END_OF_DAY);
    let (from, until) = if morning_free { (Time::midnight(), from) } else { (until, END_OF_DAY) };
    set_window(when, from, until);
}

/// Settles on one reading of the time said: the one inside a window said with it ("at 9 in the
/// evening"), else the one at which the business is open, else the first.
fn settle_time(when: &mut When, details: &[&Entity], facts: &Facts) {
    let readings: Vec<Time> = details
        .iter()
        .rev()
        .find(|d| !d.negated && matches!(d.value, EntityValue::Time(_)))
        .map(|d| std::iter::once(&d.value).chain(&d.alternatives).filter_map(as_time).collect())
        .unwrap_or_default();
    let window = details.iter().find_map(|d| match d.value {
        EntityValue::PartOfDay(part) => Some(part.bounds()),
        EntityValue::TimeWindow { from, until } => {
            Some((from.unwrap_or(Time::midnight()), until.unwrap_or(END_OF_DAY)))
        }
        _ => None,
    });
    let in_window = |t: &&Time| window.is_some_and(|(from, until)| from <= **t && **t <= until);
    let day = when.days.filter(|(first, last)| first == last).map(|(day, _)| day.weekday());
    let open = |t: &&Time| {
        facts
            .hours
            .iter()
            .filter(|hours| day.is_none_or(|day| hours.weekday == day))
            .any(|hours| hours.ranges.iter().any(|(from, until)| from <= *t && *t < until))
    };
    let settled =
        readings.iter().find(in_window).or_else(|| readings.iter().find(open)).or(readings.first());
    when.time = settled.copied();
    when.times = None;
    when.earliest = false;
}

fn as_time(value: &EntityValue) -> Option<Time> {
    if let EntityValue::Time(time) = value { Some(*time) } else { None }
}

/// Whether the exact start that was asked for can exist at all.
fn unusable_start(when: &When, facts: &Facts) -> Option<FailureReason> {
    let (first, last) = when.days?;
    let time = when.time.filter(|_| first == last)?;
    let civil = facts.now.time_zone().to_ambiguous_zoned(first.to_datetime(time));
    if matches!(civil.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
        return Some(FailureReason::NonexistentTime);
    }
    let start = civil.compatible().ok()?;
    (start <= facts.now).then_some(FailureReason::TooSoon)
}

/// A member of staff who does not do the service is dropped, and that is said.
fn unusable_staff(state: &mut DialogState, facts: &Facts) -> Option<FailureReason> {
    let service = facts.service(state.service?)?;
    let staff = state.staff.only?;
    if service.staff.contains(&staff) {
        return None;
    }
    state.staff.only = None;
    Some(FailureReason::NotOffered)
}
