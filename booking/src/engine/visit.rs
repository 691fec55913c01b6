//! What somebody comes for: one service after another, each with everything it occupies.

use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{Money, TimeRange};

use super::{spans::shifted, timetable::Timetable};

/// A visit to be placed. Resources are indices into `timetables`, so that one that appears in
/// several segments is laid out once; an index that is not there is on offer to nobody.
///
/// All claims of a visit are one claim: the buffers of its segments do not get in each other's
/// way, not even on the same resource. Services do not overlap, for each follows the other.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// Every resource that a candidate may name.
    pub timetables: &'a [Timetable<'a>],
    /// What is done, in this order; at least one.
    pub segments: &'a [Segment<'a>],
    /// The longest pause between the end of one service and the start of the next; not negative.
    pub wait: SignedDuration,
    /// Distance between two starts on the grid of the first segment's lead; at least a minute.
    pub step: SignedDuration,
    /// From the first to, not including, the last start that may be booked at all: minimum notice
    /// and horizon.
    pub bookable: TimeRange,
}

/// One service of a visit.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'a> {
    /// Whether the service is on offer.
    pub standing: Standing,
    /// Who, or which table, may do it. Each resource at most once.
    pub leads: &'a [Lead<'a>],
    /// What else it takes: a room, a chair, an assistant. A resource fills one role at a time.
    pub roles: &'a [Role<'a>],
    /// Occupies every resource of the segment ahead of the service; may lie outside opening hours.
    pub before: SignedDuration,
    /// Occupies every resource of the segment past the service; may lie outside opening hours.
    pub after: SignedDuration,
    /// How many people come; at least 1.
    pub party: u16,
}

/// Whether something can be had at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It can.
    #[default]
    Offered,
    /// Not any more, or not at the moment.
    Inactive,
    /// Never was: this person does not do this service.
    NotOffered,
}

/// Somebody, or a table, that can do a segment.
#[derive(Debug, Clone, Copy)]
pub struct Lead<'a> {
    /// Index into [`Visit::timetables`].
    pub resource: usize,
    /// Smaller is asked first. Of equal ranks the one with the fewest seats that suffice is taken,
    /// then the one whose free time is used up most: give tables one rank, people their own.
    pub rank: u16,
    /// Whether this lead does this service.
    pub standing: Standing,
    /// How long the service takes; positive.
    pub duration: SignedDuration,
    /// What it costs.
    pub price: Money,
    /// How many people it can serve at once: seats of a table or of a class. `None` when any
    /// number will do.
    pub seats: Option<u16>,
    /// What it claims of the resource's capacity; 1 for a person.
    pub units: u16,
    /// Sessions of this service that others may join.
    pub sessions: &'a [Session],
    /// Days, by the clock of the resource, on which it has reached its cap of the day or the week.
    /// Nothing new starts on them; joining a session is no more work.
    pub full_days: &'a [Date],
}

/// A session of a group service that exists already. Its lead and its room are occupied by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// When the service takes place, without buffers.
    pub during: TimeRange,
    /// How many more may come.
    pub free_seats: u16,
}

/// Something that a segment needs beside its lead.
#[derive(Debug, Clone, Copy)]
pub struct Role<'a> {
    /// What can fill it. Each resource at most once.
    pub candidates: &'a [Fill],
    /// What it claims of the resource's capacity.
    pub units: u16,
}

/// Something that can fill a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// Index into [`Visit::timetables`].
    pub resource: usize,
    /// As in [`Lead::rank`].
    pub rank: u16,
    /// As in [`Lead::seats`].
    pub seats: Option<u16>,
}

/// A way to make a visit happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// One for each segment, in order; never empty.
    pub segments: Vec<Placed>,
}

/// One segment of a placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// When the customer is there.
    pub service: TimeRange,
    /// The service with its buffers: what every resource of the segment is occupied for. When
    /// joining a session it is occupied already.
    pub block: TimeRange,
    /// Index into [`Segment::leads`].
    pub lead: usize,
    /// The lead's index into [`Visit::timetables`].
    pub resource: usize,
    /// For each role, the index into [`Visit::timetables`]; empty when joining a session, which has
    /// its own.
    pub others: Vec<usize>,
    /// Index into [`Lead::sessions`] when joining one.
    pub session: Option<usize>,
    /// What it costs.
    pub price: Money,
    /// How far the lead's free time goes beyond the block.
    pub room: Room,
}

/// How far beside a block is looked: a gap this long is as good as any longer one. A bound keeps
/// what is decided at one start independent of how wide a window was asked about.
pub(super) const ROOM: SignedDuration = SignedDuration::from_hours(4);

/// Free time left beside a block, up to the next claim or the edge of opening hours; four hours is
/// as much as is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Room {
    /// How much earlier the segment could be; not negative.
    pub before: SignedDuration,
    /// How much later it could be; not negative.
    pub after: SignedDuration,
}

impl Room {
    /// Both together.
    #[must_use]
    pub fn total(&self) -> SignedDuration {
        self.before.saturating_add(self.after)
    }
}

impl Placement {
    /// When the first service starts.
    #[must_use]
    pub fn starts_at(&self) -> Timestamp {
        self.segments.first().map_or(Timestamp::MAX, |placed| placed.service.start())
    }

    /// When the last service ends.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.segments.last().map_or(Timestamp::MAX, |placed| placed.service.end())
    }
}

impl Segment<'_> {
    /// The longest it may take, whoever does it.
    pub(super) fn longest(&self) -> SignedDuration {
        let sessions = |lead: &Lead<'_>| {
            lead.sessions.iter().map(|session| session.during.duration()).max().unwrap_or_default()
        };
        self.leads.iter().map(|lead| lead.duration.max(sessions(lead))).max().unwrap_or_default()
    }

    /// What a service at `service` occupies.
    pub(super) fn block(&self, service: TimeRange) -> TimeRange {
        let from = shifted(service.start(), -self.before);
        TimeRange::new(from, shifted(service.end(), self.after)).unwrap_or(service)
    }
}

impl Visit<'_> {
    /// Everything that has to be known about resources to place a start in `window`.
    pub(super) fn reach(&self, window: TimeRange) -> TimeRange {
        let mut from = ROOM;
        let mut until = ROOM;
        for segment in self.segments {
            from = from.max(segment.before.saturating_add(ROOM));
            let whole = segment.longest().saturating_add(segment.after).saturating_add(self.wait);
            until = until.saturating_add(whole);
        }
        let start = shifted(window.start(), -from);
        TimeRange::new(start, shifted(window.end(), until)).unwrap_or(window)
    }
}
