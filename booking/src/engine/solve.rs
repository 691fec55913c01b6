//! Where the segments of a visit can be, by interval algebra; who does them is settled last.
//!
//! For each segment and each way to do it (somebody anew, or a session to join) the set of starts
//! that work is computed at once, for all of the window: free time eroded by duration and buffers,
//! met with what every role has left. Then the sets are cut, last segment first, to the starts from
//! which the rest of the visit can follow. Each start that is left has a completion, so assigning
//! resources never has to go back.

use jiff::{SignedDuration, Timestamp};
use kernel::TimeRange;

use super::{
    assign::Tails,
    spans::{Spans, shifted},
    timetable::Laid,
    visit::{Fill, Lead, Placement, Role, Segment, Standing, Visit},
};

/// Every way to place `visit` with a start inside `window`: by start, and at one start by the first
/// segment's lead, in the order in which leads are asked. There is one placement for each start and
/// lead of the first segment; later segments and other roles go to whom is asked first.
pub fn placements<'v>(
    visit: &Visit<'v>,
    window: TimeRange,
) -> impl Iterator<Item = Placement> + use<'v> {
    let solved = window.intersection(&visit.bookable).and_then(|window| Solved::new(visit, window));
    solved.into_iter().flat_map(|solved| {
        let starts = solved.starts();
        let mut tails = Tails::default();
        let mut next = 0;
        let one_start = std::iter::from_fn(move || {
            let rest = starts.get(next..)?;
            let start = rest.first()?.0;
            let ways = &rest[..rest.partition_point(|(at, _)| *at == start)];
            next += ways.len();
            Some(solved.at(start, ways, &mut tails))
        });
        one_start.flatten()
    })
}

/// A visit with all of its starts in a window.
pub(super) struct Solved<'v> {
    pub(super) visit: Visit<'v>,
    pub(super) calendars: Calendars,
    pub(super) stages: Vec<Stage>,
}

/// One segment with its starts.
pub(super) struct Stage {
    pub(super) ways: Vec<Way>,
    /// Starts from which this segment and all that follow can be done.
    pub(super) feasible: Spans,
}

/// One way to do a segment.
pub(super) struct Way {
    /// Index into the segment's leads.
    pub(super) lead: usize,
    /// Index into the lead's sessions when it joins one.
    pub(super) session: Option<usize>,
    pub(super) duration: SignedDuration,
    /// Starts at which this segment works, whatever follows.
    pub(super) alone: Spans,
    /// Starts from which the rest of the visit can follow besides.
    pub(super) starts: Spans,
}

impl<'v> Solved<'v> {
    /// `None` when there is nothing to place.
    pub(super) fn new(visit: &Visit<'v>, window: TimeRange) -> Option<Self> {
        let calendars = Calendars::new(visit, visit.reach(window));
        let mut window_of = Spans::from(window);
        let mut stages = Vec::with_capacity(visit.segments.len());
        for segment in visit.segments {
            let ways = Shared::new(visit, segment, &calendars, &window_of).ways();
            // Where the next segment may start.
            let ends = ways.iter().map(|way| way.alone.shift(way.duration));
            let ends: Vec<Spans> = ends.collect();
            window_of = after(&Spans::union_all(&ends), visit.wait);
            stages.push(Stage { ways, feasible: Spans::default() });
        }
        let mut next: Option<Spans> = None;
        for stage in stages.iter_mut().rev() {
            let reach = next.map(|next| next.reach_back(visit.wait));
            for way in &mut stage.ways {
                way.starts = match &reach {
                    Some(reach) => way.alone.intersect(&reach.shift(-way.duration)),
                    None => way.alone.clone(),
                };
            }
            stage.feasible = Spans::union_all(stage.ways.iter().map(|way| &way.starts));
            next = Some(stage.feasible.clone());
        }
        (!stages.is_empty()).then_some(Self { visit: *visit, calendars, stages })
    }

    /// The starts on offer, in order, each with an index into the first stage's ways: on the grid
    /// of somebody who can then do the first segment, or joining a session.
    pub(super) fn starts(&self) -> Vec<(Timestamp, usize)> {
        let ways = self.stages.first().map(|stage| stage.ways.as_slice()).unwrap_or_default();
        let ways = ways.iter().enumerate();
        let mut starts: Vec<_> = ways
            .flat_map(|(index, way)| self.starts_of(way).into_iter().map(move |at| (at, index)))
            .collect();
        starts.sort_unstable();
        starts
    }

    fn starts_of(&self, way: &Way) -> Vec<Timestamp> {
        let spans = way.starts.as_slice();
        if way.session.is_some() {
            return spans.iter().map(TimeRange::start).collect();
        }
        let lead = self.visit.segments.first().and_then(|segment| segment.leads.get(way.lead));
        let laid = lead.and_then(|lead| self.calendars.laid(lead.resource));
        let hull = spans.first().zip(spans.last());
        let hull = hull.and_then(|(first, last)| TimeRange::new(first.start(), last.end()).ok());
        let (Some(laid), Some(hull)) = (laid, hull) else { return Vec::new() };
        let mut grid = laid.grid(self.visit.step, hull);
        let mut rest = spans;
        grid.retain(|start| {
            while let Some((first, later)) = rest.split_first()
                && first.end() <= *start
            {
                rest = later;
            }
            rest.first().is_some_and(|range| range.start() <= *start)
        });
        grid
    }
}

/// Pushes the end of every range back by `wait`: from an end, any pause up to it.
pub(super) fn after(ends: &Spans, wait: SignedDuration) -> Spans {
    let wait = |range: &TimeRange| TimeRange::new(range.start(), shifted(range.end(), wait));
    ends.as_slice().iter().filter_map(|range| wait(range).ok()).collect()
}

/// The resources of a visit, laid out once.
pub(super) struct Calendars {
    laid: Vec<Option<Laid>>,
    /// Free time by resource and units, in order.
    free: Vec<((usize, u16), Spans)>,
}

impl Calendars {
    fn new(visit: &Visit<'_>, span: TimeRange) -> Self {
        let mut needed: Vec<(usize, u16)> = Vec::new();
        for segment in visit.segments {
            needed.extend(segment.leads.iter().map(|lead| (lead.resource, lead.units)));
            for role in segment.roles {
                needed.extend(role.candidates.iter().map(|fill| (fill.resource, role.units)));
            }
        }
        needed.sort_unstable();
        needed.dedup();
        needed.retain(|(resource, _)| *resource < visit.timetables.len());
        let mut laid: Vec<Option<Laid>> = visit.timetables.iter().map(|_| None).collect();
        let free = needed
            .into_iter()
            .filter_map(|(resource, units)| {
                let timetable = visit.timetables.get(resource)?;
                laid[resource].get_or_insert_with(|| timetable.lay(span));
                Some(((resource, units), timetable.free(span, units)))
            })
            .collect();
        Self { laid, free }
    }

    pub(super) fn laid(&self, resource: usize) -> Option<&Laid> {
        self.laid.get(resource)?.as_ref()
    }

    pub(super) fn free(&self, resource: usize, units: u16) -> Option<&Spans> {
        let at = self.free.binary_search_by_key(&(resource, units), |(key, _)| *key).ok()?;
        self.free.get(at).map(|(_, free)| free)
    }

    /// Starts at which `resource` is open for the service and free for the block.
    pub(super) fn starts(
        &self,
        segment: &Segment<'_>,
        resource: usize,
        units: u16,
        duration: SignedDuration,
    ) -> Spans {
        let (Some(laid), Some(free)) = (self.laid(resource), self.free(resource, units)) else {
            return Spans::default();
        };
        let open = laid.open().erode(SignedDuration::ZERO, duration, SignedDuration::ZERO);
        open.intersect(&free.erode(segment.before, duration, segment.after))
    }
}

/// What the ways of one segment have in common.
struct Shared<'s, 'v> {
    visit: &'s Visit<'v>,
    segment: &'s Segment<'v>,
    calendars: &'s Calendars,
    window: &'s Spans,
    hull: Option<TimeRange>,
}

impl<'s, 'v> Shared<'s, 'v> {
    fn new(
        visit: &'s Visit<'v>,
        segment: &'s Segment<'v>,
        calendars: &'s Calendars,
        window: &'s Spans,
    ) -> Self {
        let hull = window.as_slice().first().zip(window.as_slice().last());
        let hull = hull.and_then(|(first, last)| TimeRange::new(first.start(), last.end()).ok());
        Self { visit, segment, calendars, window, hull }
    }

    fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        if self.segment.standing != Standing::Offered || self.window.is_empty() {
            return ways;
        }
        // What the roles leave, by duration: most leads take equally long.
        let mut by_duration: Vec<(SignedDuration, Roles, Spans)> = Vec::new();
        for (index, lead) in self.segment.leads.iter().enumerate() {
            if lead.standing != Standing::Offered {
                continue;
            }
            ways.extend(self.joins(index, lead));
            if lead.seats.is_some_and(|seats| seats < self.segment.party) {
                continue;
            }
            let at = by_duration.iter().position(|(duration, ..)| *duration == lead.duration);
            let at = at.unwrap_or_else(|| {
                let roles = Roles::new(self.segment, self.calendars, lead.duration);
                let left = roles.left(self.window, &mut Vec::new());
                by_duration.push((lead.duration, roles, left));
                by_duration.len() - 1
            });
            let (_, roles, left) = &by_duration[at];
            let own = self.fresh(lead);
            let alone = if roles.name(lead.resource) {
                roles.left(&own.intersect(self.window), &mut vec![lead.resource])
            } else {
                own.intersect(left)
            };
            ways.push(Way {
                lead: index,
                session: None,
                duration: lead.duration,
                alone,
                starts: Spans::default(),
            });
        }
        ways
    }

    fn joins(&self, index: usize, lead: &Lead<'_>) -> impl Iterator<Item = Way> {
        let sessions = lead.sessions.iter().enumerate();
        let open = sessions.filter(|(_, session)| {
            session.free_seats >= self.segment.party && self.window.contains(session.during.start())
        });
        open.map(move |(session, it)| Way {
            lead: index,
            session: Some(session),
            duration: it.during.duration(),
            alone: Spans::point(it.during.start()),
            starts: Spans::default(),
        })
    }

    /// Starts at which the lead itself has time.
    fn fresh(&self, lead: &Lead<'_>) -> Spans {
        let own = self.calendars.starts(self.segment, lead.resource, lead.units, lead.duration);
        match (self.visit.timetables.get(lead.resource), self.hull) {
            (Some(timetable), Some(hull)) if !lead.full_days.is_empty() => {
                own.subtract(&timetable.on_days(lead.full_days, hull))
            }
            _ => own,
        }
    }
}

/// The roles of a segment with the starts of each of their candidates, for one duration.
pub(super) struct Roles(Vec<Vec<(Fill, Spans)>>);

impl Roles {
    pub(super) fn new(
        segment: &Segment<'_>,
        calendars: &Calendars,
        duration: SignedDuration,
    ) -> Self {
        let starts = |role: &Role<'_>| {
            let fits = |fill: &&Fill| fill.seats.is_none_or(|seats| seats >= segment.party);
            let fills = role.candidates.iter().filter(fits);
            fills
                .map(|fill| (*fill, calendars.starts(segment, fill.resource, role.units, duration)))
                .collect()
        };
        Self(segment.roles.iter().map(starts).collect())
    }

    /// Whether `resource` is a candidate of any role.
    pub(super) fn name(&self, resource: usize) -> bool {
        self.0.iter().flatten().any(|(fill, _)| fill.resource == resource)
    }

    /// The candidates of each role.
    pub(super) fn candidates(&self) -> &[Vec<(Fill, Spans)>] {
        &self.0
    }

    /// The part of `within` at which all roles can be filled, each by another resource and none by
    /// one of `used`.
    fn left(&self, within: &Spans, used: &mut Vec<usize>) -> Spans {
        left(&self.0, within, used)
    }
}

fn left(roles: &[Vec<(Fill, Spans)>], within: &Spans, used: &mut Vec<usize>) -> Spans {
    let Some((role, rest)) = roles.split_first().filter(|_| !within.is_empty()) else {
        return within.clone();
    };
    let able = role.iter().filter(|(fill, _)| !used.contains(&fill.resource));
    let is_wanted_elsewhere =
        |resource: usize| rest.iter().flatten().any(|(fill, _)| fill.resource == resource);
    if !role.iter().any(|(fill, _)| is_wanted_elsewhere(fill.resource)) {
        let any = Spans::union_all(able.map(|(_, starts)| starts));
        return left(rest, &within.intersect(&any), used);
    }
    // Roles that compete: try each candidate in turn. Such roles are few, and so are their
    // candidates.
    let able: Vec<_> = able.collect();
    let mut found = Vec::new();
    for (fill, starts) in able {
        used.push(fill.resource);
        found.push(left(rest, &within.intersect(starts), used));
        used.pop();
    }
    Spans::union_all(&found)
}
