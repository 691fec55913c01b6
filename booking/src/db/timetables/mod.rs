//! Everything that openings are computed from, in six queries; one more each for add-ons, classes
//! and people with a limit. However many resources there are.

mod limits;
mod offered;
mod times;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use kernel::{
    AddOnId, AppointmentId, Currency, Money, ResourceId, ServiceId, SessionId, TimeRange,
};
use platform::TenantTx;
use uuid::Uuid;

use crate::{
    Awaits, BookingError, ResourceKind, ScheduleException, Visit, WeeklyHours,
    engine::{self, Claim, Closure, Fill, Lead, Role, Session, Standing, Timetable},
};

/// What to load.
pub(crate) struct Scope<'a> {
    pub(crate) visit: &'a Visit,
    /// When the visit may start.
    pub(crate) window: TimeRange,
    /// Whose claim is not in the way.
    pub(crate) moving: Option<AppointmentId>,
    /// Holds that have expired by now are not in the way either.
    pub(crate) now: Timestamp,
}

/// A visit with everything that decides where it can be.
pub(crate) struct Loaded {
    pub(crate) segments: Vec<LoadedSegment>,
    /// In order of position.
    pub(crate) resources: Vec<LoadedResource>,
    closures: Vec<Closure>,
    pub(crate) currency: Currency,
    /// The business's.
    pub(crate) zone: TimeZone,
    /// The shortest service of the business: gaps below it are lost.
    pub(crate) shortest: SignedDuration,
}

pub(crate) struct LoadedSegment {
    pub(crate) service: ServiceId,
    pub(crate) add_ons: Vec<AddOnId>,
    pub(crate) awaits: Vec<Awaits>,
    /// How many customers share a time; 1 unless it is a class.
    pub(crate) seats: u16,
    pub(crate) buffer_before: SignedDuration,
    pub(crate) buffer_after: SignedDuration,
    standing: Standing,
    party_size: u16,
    leads: Vec<LoadedLead>,
    needs: Vec<(ResourceKind, Vec<Fill>)>,
}

struct LoadedLead {
    resource: usize,
    standing: Standing,
    duration: SignedDuration,
    price_minor: i64,
    sessions: Vec<Session>,
    session_ids: Vec<SessionId>,
}

pub(crate) struct LoadedResource {
    pub(crate) id: ResourceId,
    pub(crate) kind: ResourceKind,
    pub(crate) zone: TimeZone,
    pub(crate) capacity: u16,
    active: bool,
    min_party: u16,
    max_party: Option<u16>,
    max_per_day: Option<u16>,
    max_per_week: Option<u16>,
    weekly: Vec<WeeklyHours>,
    exceptions: Vec<ScheduleException>,
    claims: Vec<Claim>,
    /// Whose each claim is; for staff.
    pub(crate) claimants: Vec<AppointmentId>,
    full_days: Vec<Date>,
}

/// How a visit may be placed in time; what is not up to the catalogue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) step: SignedDuration,
    pub(crate) bookable: TimeRange,
}

impl Loaded {
    /// Hands the visit to the engine, which borrows everything.
    pub(crate) fn with<T>(&self, frame: Frame, run: impl FnOnce(&engine::Visit<'_>) -> T) -> T {
        let timetables: Vec<Timetable<'_>> =
            self.resources.iter().map(|resource| resource.timetable(&self.closures)).collect();
        let leads: Vec<Vec<Lead<'_>>> =
            self.segments.iter().map(|segment| self.leads(segment)).collect();
        let roles: Vec<Vec<Role<'_>>> =
            self.segments.iter().map(|segment| segment.roles(&self.resources)).collect();
        let segments: Vec<engine::Segment<'_>> = self
            .segments
            .iter()
            .zip(leads.iter().zip(&roles))
            .map(|(segment, (leads, roles))| engine::Segment {
                standing: segment.standing,
                leads,
                roles,
                before: segment.buffer_before,
                after: segment.buffer_after,
                party: segment.party_size,
            })
            .collect();
        run(&engine::Visit {
            timetables: &timetables,
            segments: &segments,
            wait: SignedDuration::ZERO,
            step: frame.step,
            bookable: frame.bookable,
        })
    }

    fn leads<'a>(&'a self, segment: &'a LoadedSegment) -> Vec<Lead<'a>> {
        let lead = |(rank, lead): (u16, &'a LoadedLead)| {
            let resource = self.resources.get(lead.resource)?;
            let is_person = resource.kind == ResourceKind::Staff;
            Some(Lead {
                resource: lead.resource,
                rank: if is_person { rank } else { 0 },
                standing: lead.standing,
                duration: lead.duration,
                price: Money { amount_minor: lead.price_minor, currency: self.currency },
                seats: if segment.seats > 1 { Some(segment.seats) } else { resource.max_party },
                units: resource.units(segment.party_size),
                sessions: &lead.sessions,
                full_days: &resource.full_days,
            })
        };
        (0..).zip(&segment.leads).filter_map(lead).collect()
    }

    fn index(&self, id: ResourceId) -> Option<usize> {
        self.resources.iter().position(|resource| resource.id == id)
    }

    fn ids(&self) -> Vec<Uuid> {
        self.resources.iter().map(|resource| resource.id.as_uuid()).collect()
    }

    fn resource(&mut self, id: Uuid) -> Option<&mut LoadedResource> {
        self.resources.iter_mut().find(|resource| resource.id.as_uuid() == id)
    }
}

impl LoadedSegment {
    fn roles<'a>(&'a self, resources: &[LoadedResource]) -> Vec<Role<'a>> {
        let role = |(_, candidates): &'a (ResourceKind, Vec<Fill>)| {
            // Places are counted alike in all rooms of a kind: those of one place take a party.
            let shared = candidates.iter().filter_map(|fill| resources.get(fill.resource));
            let units = shared.map(|resource| resource.units(self.party_size)).max();
            Role { candidates, units: units.unwrap_or(1) }
        };
        self.needs.iter().map(role).collect()
    }

    /// How many people come.
    pub(crate) const fn party_size(&self) -> u16 {
        self.party_size
    }

    /// Which kind of resource fills a role.
    pub(crate) fn role(&self, index: usize) -> Option<ResourceKind> {
        self.needs.get(index).map(|(kind, _)| *kind)
    }

    /// How many seats of a session are left.
    pub(crate) fn free_seats(&self, lead: usize, session: usize) -> Option<u16> {
        self.leads.get(lead)?.sessions.get(session).map(|session| session.free_seats)
    }

    /// The session that a placement joins.
    pub(crate) fn session(&self, lead: usize, session: usize) -> Option<SessionId> {
        self.leads.get(lead)?.session_ids.get(session).copied()
    }
}

impl LoadedResource {
    fn timetable<'a>(&'a self, closures: &'a [Closure]) -> Timetable<'a> {
        Timetable {
            zone: &self.zone,
            weekly: &self.weekly,
            exceptions: &self.exceptions,
            closures: if self.kind == ResourceKind::Staff { closures } else { &[] },
            claims: &self.claims,
            capacity: self.capacity,
        }
    }

    /// How many of its places a party takes: all people of it where there are several, the whole
    /// where there is one.
    pub(crate) const fn units(&self, party_size: u16) -> u16 {
        if self.capacity > 1 { party_size } else { 1 }
    }
}

pub(crate) async fn load(tx: &mut TenantTx, scope: &Scope<'_>) -> Result<Loaded, BookingError> {
    let mut loaded = offered::services(tx, scope).await?;
    offered::add_resources(tx, scope, &mut loaded).await?;
    times::add_hours(tx, scope, &mut loaded).await?;
    times::add_claims(tx, scope, &mut loaded).await?;
    times::add_sessions(tx, scope, &mut loaded).await?;
    limits::add_full_days(tx, scope, &mut loaded).await?;
    Ok(loaded)
}
