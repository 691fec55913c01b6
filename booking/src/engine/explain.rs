//! Why a start is, or is not, on offer. Nothing here names a customer.

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use kernel::{Local, TimeRange, local_to_instant};

use super::{
    assign::Tails,
    solve::{Roles, Solved, after},
    spans::{Spans, TICK, range, shifted},
    timetable::{DayRule, Timetable},
    visit::{Lead, Placement, Segment, Standing, Visit},
};
use crate::Hours;

/// One reason why a start is not on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Not a whole number of steps after opening time.
    OffStep {
        /// The nearest start on the grid before, within a day.
        before: Option<Timestamp>,
        /// The nearest start on the grid after, within a day.
        after: Option<Timestamp>,
    },
    /// A session starts here, and has not enough seats left.
    SessionFull {
        /// How many are left.
        free: u16,
    },
    /// The lead could, but a role cannot be filled.
    NoRoom {
        /// Index into [`Segment::roles`].
        role: usize,
    },
    /// Something else is in the way.
    Busy {
        /// When the resource is free again.
        until: Timestamp,
        /// Index into [`Timetable::claims`], so that staff may look up what it is.
        claim: usize,
    },
    /// As much has been booked as may be.
    CapReached {
        /// On this day, by the clock of the resource.
        day: Date,
    },
    /// Between two shifts of the same day.
    OnBreak {
        /// When the break begins.
        from: Timestamp,
        /// When it ends.
        until: Timestamp,
    },
    /// The service would not lie wholly inside the opening hours of its day.
    OutsideHours {
        /// Those hours, by the clock of the resource.
        hours: Vec<Hours>,
    },
    /// The resource does not work that day.
    DayOff,
    /// The business is closed that day.
    Closed {
        /// What the day is called.
        name: String,
    },
    /// There is not enough of it for so many.
    TooSmall {
        /// How many it could serve at most.
        seats: u16,
    },
    /// In the past, or closer than the minimum notice.
    TooSoon {
        /// The first instant that may be booked.
        earliest: Timestamp,
    },
    /// Beyond the horizon.
    TooFar {
        /// The first instant that may not be booked any more.
        latest: Timestamp,
    },
    /// The clock on the wall never shows this time: it is put forward over it.
    NoSuchTime {
        /// As much ahead of the gap as the wish is into it.
        before: Zoned,
        /// As much past it.
        after: Zoned,
    },
    /// It is not on offer any more.
    Inactive,
    /// It never was; or nobody is left who could be asked.
    NotOffered,
}

impl Reason {
    /// How far from working: what needs another quarter of an hour is nearer than what needs
    /// another day, and that is nearer than what no time can mend.
    #[must_use]
    pub const fn distance(&self) -> u8 {
        match self {
            Self::OffStep { .. } => 0,
            Self::SessionFull { .. } => 1,
            Self::NoRoom { .. } => 2,
            Self::Busy { .. } => 3,
            Self::OnBreak { .. } => 4,
            Self::OutsideHours { .. } => 5,
            Self::NoSuchTime { .. } => 6,
            Self::CapReached { .. } => 7,
            Self::DayOff => 8,
            Self::Closed { .. } => 9,
            Self::TooSoon { .. } => 10,
            Self::TooFar { .. } => 11,
            Self::TooSmall { .. } => 12,
            Self::Inactive => 13,
            Self::NotOffered => 14,
        }
    }
}

/// A reason, and whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Index into [`Visit::segments`].
    pub segment: usize,
    /// Index into [`Visit::timetables`] of the lead it is about; `None` when about all of them.
    pub resource: Option<usize>,
    /// Why not.
    pub reason: Reason,
}

/// Places `visit` at `start`: the first of [`placements`](super::placements) that starts then.
///
/// # Errors
///
/// When there is none, every objection of the first segment that cannot be done: candidates nearest
/// to working first, and of each what is hardest to mend first. Never empty.
pub fn judge(visit: &Visit<'_>, start: Timestamp) -> Result<Placement, Vec<Objection>> {
    let about_all = |reason| vec![Objection { segment: 0, resource: None, reason }];
    if start < visit.bookable.start() {
        return Err(about_all(Reason::TooSoon { earliest: visit.bookable.start() }));
    }
    if !visit.bookable.contains(start) {
        return Err(about_all(Reason::TooFar { latest: visit.bookable.end() }));
    }
    let solved = range(start, shifted(start, TICK)).and_then(|now| Solved::new(visit, now));
    let Some(solved) = solved else { return Err(about_all(Reason::NotOffered)) };
    let ways = solved.starts();
    let placed = solved.at(start, &ways, &mut Tails::default()).into_iter().next();
    placed.ok_or_else(|| Blocked::find(&solved, start, &ways).objections())
}

/// The instants at which the wall clock of `zone` shows `wall`: one, or two where it is put back.
///
/// # Errors
///
/// [`Reason::NoSuchTime`] where it is put forward; [`Reason::NotOffered`] at the end of time.
pub fn occurrences(wall: DateTime, zone: &TimeZone) -> Result<Vec<Zoned>, Reason> {
    match local_to_instant(wall, zone) {
        Ok(Local::Unique(at)) => Ok(vec![at]),
        Ok(Local::Fold { first, second }) => Ok(vec![first, second]),
        Ok(Local::Gap { before, after }) => Err(Reason::NoSuchTime { before, after }),
        Err(_) => Err(Reason::NotOffered),
    }
}

/// The first segment that cannot be done, and when it would have to be.
struct Blocked<'s, 'v> {
    solved: &'s Solved<'v>,
    index: usize,
    at: Vec<Timestamp>,
}

/// After segments of different lengths the next would start at as many times; more than these
/// explain no better.
const MAX_STARTS: usize = 3;

impl<'s, 'v> Blocked<'s, 'v> {
    fn find(solved: &'s Solved<'v>, start: Timestamp, ways: &[(Timestamp, usize)]) -> Self {
        // `ways` go all the way; those that do the first segment alone are found like the others.
        let mut starts = Spans::point(start);
        for (index, stage) in solved.stages.iter().enumerate() {
            let on_grid = |lead: usize| index > 0 || solved.is_on_grid(lead, start);
            let ends = stage
                .ways
                .iter()
                .filter(|way| way.session.is_some() || on_grid(way.lead))
                .map(|way| way.alone.intersect(&starts).shift(way.duration));
            let ends: Vec<Spans> = ends.collect();
            let next = after(&Spans::union_all(&ends), solved.visit.wait);
            if next.is_empty() {
                let at = starts.as_slice().iter().map(TimeRange::start).take(MAX_STARTS);
                return Self { solved, index, at: at.collect() };
            }
            starts = next;
        }
        debug_assert!(ways.is_empty(), "a start that works has no objections");
        Self { solved, index: 0, at: vec![start] }
    }

    fn objections(&self) -> Vec<Objection> {
        let Some(segment) = self.solved.visit.segments.get(self.index) else { return Vec::new() };
        let about = |resource, reason| Objection { segment: self.index, resource, reason };
        let standing = match segment.standing {
            Standing::Offered if segment.leads.is_empty() => Some(Reason::NotOffered),
            Standing::Offered => None,
            Standing::Inactive => Some(Reason::Inactive),
            Standing::NotOffered => Some(Reason::NotOffered),
        };
        if let Some(reason) = standing {
            return vec![about(None, reason)];
        }
        let mut by_lead: Vec<(usize, Vec<Reason>)> = Vec::new();
        for lead in segment.leads {
            for at in &self.at {
                let mut reasons = self.against(segment, lead, *at);
                reasons.sort_by_key(|reason| std::cmp::Reverse(reason.distance()));
                by_lead.push((lead.resource, reasons));
            }
        }
        by_lead.sort_by_key(|(_, reasons)| (reasons.first().map(Reason::distance), reasons.len()));
        let mut objections: Vec<Objection> = Vec::new();
        for (resource, reasons) in by_lead {
            for reason in reasons {
                let objection = about(Some(resource), reason);
                if !objections.contains(&objection) {
                    objections.push(objection);
                }
            }
        }
        objections
    }

    /// Every rule that keeps `lead` from starting `segment` at `at`, in no order.
    fn against(&self, segment: &Segment<'_>, lead: &Lead<'_>, at: Timestamp) -> Vec<Reason> {
        let visit = &self.solved.visit;
        let Some(timetable) = visit.timetables.get(lead.resource) else {
            return vec![Reason::NotOffered];
        };
        match lead.standing {
            Standing::Offered => {}
            Standing::Inactive => return vec![Reason::Inactive],
            Standing::NotOffered => return vec![Reason::NotOffered],
        }
        let mut reasons = Vec::new();
        let session = lead.sessions.iter().find(|session| session.during.start() == at);
        let joins = session.map(|session| session.free_seats);
        reasons.extend(joins.map(|free| Reason::SessionFull { free }));
        if let Some(seats) = lead.seats.filter(|seats| *seats < segment.party) {
            reasons.push(Reason::TooSmall { seats });
        } else if timetable.capacity < lead.units {
            reasons.push(Reason::TooSmall { seats: timetable.capacity });
        }
        let day = timetable.zone.to_datetime(at).date();
        if lead.full_days.contains(&day) {
            reasons.push(Reason::CapReached { day });
        }
        let Ok(service) = TimeRange::new(at, shifted(at, lead.duration)) else {
            return vec![Reason::NotOffered];
        };
        if let Some(reason) = self.hours(timetable, lead, service) {
            reasons.push(reason);
        } else if self.index == 0 && !self.solved.is_on_grid_of(lead, at) {
            let (before, after) = self.solved.neighbours(lead, at);
            reasons.push(Reason::OffStep { before, after });
        }
        // The block of a session that is full is taken by that session, which has been said.
        if joins.is_none() {
            reasons.extend(busy(timetable, lead.units, segment.block(service)));
        }
        if reasons.is_empty() {
            reasons.push(Reason::NoRoom { role: self.role(segment, lead, at) });
        }
        reasons
    }

    /// Why the service would not lie inside opening hours, if so.
    fn hours(
        &self,
        timetable: &Timetable<'_>,
        lead: &Lead<'_>,
        service: TimeRange,
    ) -> Option<Reason> {
        let open = self.solved.calendars.laid(lead.resource)?.open();
        if open.covers(&service) {
            return None;
        }
        let day = timetable.zone.to_datetime(service.start()).date();
        let outside = Spans::from(service).subtract(open);
        let missing = outside.as_slice().first()?.start();
        let from = open.as_slice().iter().map(TimeRange::end).rfind(|end| *end <= missing);
        let until = open.ending_after(missing).first().map(TimeRange::start);
        let is_today = |at: &Timestamp| timetable.zone.to_datetime(*at).date() == day;
        if let (Some(from), Some(until)) = (from.filter(is_today), until.filter(is_today)) {
            return Some(Reason::OnBreak { from, until });
        }
        if open.contains(service.start()) {
            return Some(Reason::OutsideHours { hours: timetable.hours_of(day) });
        }
        Some(match timetable.rule_of(day) {
            DayRule::Closed(closure) => Reason::Closed { name: closure.name.clone() },
            _ => match timetable.hours_of(day) {
                hours if hours.is_empty() => Reason::DayOff,
                hours => Reason::OutsideHours { hours },
            },
        })
    }

    /// Which role nobody can fill; the last, when it is only together that they cannot.
    fn role(&self, segment: &Segment<'_>, lead: &Lead<'_>, at: Timestamp) -> usize {
        let roles = Roles::new(segment, &self.solved.calendars, lead.duration);
        let nobody = roles.candidates().iter().position(|candidates| {
            let able = |fill: usize, starts: &Spans| fill != lead.resource && starts.contains(at);
            !candidates.iter().any(|(fill, starts)| able(fill.resource, starts))
        });
        nobody.unwrap_or(segment.roles.len().saturating_sub(1))
    }
}

/// What is in the way of `block`, if anything.
fn busy(timetable: &Timetable<'_>, units: u16, block: TimeRange) -> Option<Reason> {
    // Beyond the block as well: what follows at once keeps the resource busy.
    let until = timetable.claims.iter().map(|claim| claim.blocks.end()).max()?;
    let taken = timetable.taken(range(block.start(), until)?, units);
    let taken = *taken.as_slice().first().filter(|taken| taken.overlaps(&block))?;
    let inside = taken.intersection(&block)?;
    let claims = timetable.claims.iter().enumerate();
    let in_the_way = claims.filter(|(_, claim)| claim.units > 0 && claim.blocks.overlaps(&inside));
    let (claim, _) = in_the_way.min_by_key(|(index, claim)| (claim.blocks.start(), *index))?;
    Some(Reason::Busy { until: taken.end(), claim })
}

impl Solved<'_> {
    fn is_on_grid(&self, lead: usize, at: Timestamp) -> bool {
        let lead = self.visit.segments.first().and_then(|segment| segment.leads.get(lead));
        lead.is_some_and(|lead| self.is_on_grid_of(lead, at))
    }

    fn is_on_grid_of(&self, lead: &Lead<'_>, at: Timestamp) -> bool {
        let now = range(at, shifted(at, TICK));
        let laid = self.calendars.laid(lead.resource).zip(now);
        laid.is_some_and(|(laid, now)| !laid.grid(self.visit.step, now).is_empty())
    }

    /// The starts on the grid of `lead` around `at`, within a day.
    fn neighbours(&self, lead: &Lead<'_>, at: Timestamp) -> (Option<Timestamp>, Option<Timestamp>) {
        let day = SignedDuration::from_hours(24);
        let near = range(shifted(at, -day), shifted(at, day));
        let laid = self.calendars.laid(lead.resource).zip(near);
        let grid = laid.map(|(laid, near)| laid.grid(self.visit.step, near)).unwrap_or_default();
        let next = grid.partition_point(|start| *start <= at);
        let before = next.checked_sub(1).and_then(|index| grid.get(index)).copied();
        (before, grid.get(next).copied())
    }
}
