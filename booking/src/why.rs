//! Why a start is not on offer, in the terms of the catalogue. Names no customer: who is in the way
//! is an id, which only staff can look up.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use kernel::{AppointmentId, ResourceId};

use crate::{
    Hours, NoOpening, ResourceKind,
    db::timetables::Loaded,
    engine::{Objection, Reason},
};

/// One rule that is against a start.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// Which service of the visit, counted from 0.
    pub segment: usize,
    /// Whom it is about; `None` when about everybody who was asked for.
    pub resource: Option<ResourceId>,
    /// Which rule, for programs.
    pub rule: NoOpening,
    /// What is needed to say it in words.
    pub detail: Detail,
}

/// What is needed to say a rule in words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Detail {
    /// When it would work as far as this rule goes: the end of a claim, of a break; the first start
    /// that is not too soon; the next step of the timetable.
    pub from: Option<Timestamp>,
    /// Until when it worked before: the start of a break, the step before, the end of the horizon.
    pub until: Option<Timestamp>,
    /// The hours of that day.
    pub hours: Vec<Hours>,
    /// The day that is full.
    pub day: Option<Date>,
    /// What the day is called on which everything is closed.
    pub holiday: Option<String>,
    /// How many seats are left, or there are.
    pub seats: Option<u16>,
    /// What sort of resource there is none of.
    pub kind: Option<ResourceKind>,
    /// The two times on the wall around one that it never shows.
    pub neighbours: Option<(DateTime, DateTime)>,
    /// Whose claim it is. For staff.
    pub claimant: Option<AppointmentId>,
}

impl Why {
    pub(crate) fn of_all(rule: NoOpening) -> Self {
        Self { segment: 0, resource: None, rule, detail: Detail::default() }
    }

    /// The same without what only staff may know.
    #[must_use]
    pub fn for_customers(mut self) -> Self {
        self.detail.claimant = None;
        self
    }
}

pub(crate) fn explained(loaded: &Loaded, objections: &[Objection]) -> Vec<Why> {
    objections.iter().map(|objection| why(loaded, objection)).collect()
}

fn why(loaded: &Loaded, objection: &Objection) -> Why {
    let resource = objection.resource.and_then(|index| loaded.resources.get(index));
    let mut detail = Detail::default();
    let rule = match &objection.reason {
        Reason::OffStep { before, after } => {
            (detail.until, detail.from) = (*before, *after);
            NoOpening::OffStep
        }
        Reason::SessionFull { free } => {
            detail.seats = Some(*free);
            NoOpening::SessionFull
        }
        Reason::NoRoom { role } => {
            detail.kind =
                loaded.segments.get(objection.segment).and_then(|segment| segment.role(*role));
            NoOpening::NoRoom
        }
        Reason::Busy { until, claim } => {
            detail.from = Some(*until);
            detail.claimant = resource.and_then(|resource| resource.claimants.get(*claim)).copied();
            NoOpening::Busy
        }
        Reason::OnBreak { from, until } => {
            (detail.until, detail.from) = (Some(*from), Some(*until));
            NoOpening::OnBreak
        }
        Reason::OutsideHours { hours } => {
            detail.hours.clone_from(hours);
            NoOpening::OutsideHours
        }
        Reason::NoSuchTime { before, after } => {
            detail.neighbours = Some((before.datetime(), after.datetime()));
            NoOpening::NoSuchTime
        }
        Reason::CapReached { day } => {
            detail.day = Some(*day);
            NoOpening::CapReached
        }
        Reason::DayOff => NoOpening::DayOff,
        Reason::Closed { name } => {
            detail.holiday = Some(name.clone());
            NoOpening::Closed
        }
        Reason::TooSmall { seats } => {
            detail.seats = Some(*seats);
            NoOpening::TooSmall
        }
        Reason::TooSoon { earliest } => {
            detail.from = Some(*earliest);
            NoOpening::TooSoon
        }
        Reason::TooFar { latest } => {
            detail.until = Some(*latest);
            NoOpening::TooFar
        }
        Reason::Inactive => NoOpening::ServiceInactive,
        Reason::NotOffered => NoOpening::NotOffered,
    };
    Why { segment: objection.segment, resource: resource.map(|resource| resource.id), rule, detail }
}
