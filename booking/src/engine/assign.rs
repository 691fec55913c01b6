//! Who does what at a start that is known to work.

use std::{collections::HashMap, rc::Rc};

use jiff::{SignedDuration, Timestamp};
use kernel::TimeRange;

use super::{
    solve::{Roles, Solved, Way},
    spans::{Spans, shifted},
    visit::{Fill, Placed, Placement, ROOM, Room},
};

/// In which order candidates are asked: rank, seats, free time used up, place in the list.
type Order = (u16, u16, SignedDuration, usize);

/// What has been settled already. The rest of a visit from one instant on is the same whoever came
/// before, and starts are close together, so it is worth keeping.
#[derive(Default)]
pub(super) struct Tails {
    rests: HashMap<(usize, Timestamp), Rc<[Placed]>>,
    roles: HashMap<(usize, SignedDuration), Rc<Roles>>,
    others: HashMap<(usize, SignedDuration, Timestamp), Option<Vec<usize>>>,
}

impl Solved<'_> {
    /// The placements at `start`, of which [`Solved::starts`] has said in which `ways` it works.
    pub(super) fn at(
        &self,
        start: Timestamp,
        ways: &[(Timestamp, usize)],
        tails: &mut Tails,
    ) -> Vec<Placement> {
        let Some(stage) = self.stages.first() else { return Vec::new() };
        let mut ways: Vec<(Order, Room, &Way)> = ways
            .iter()
            .filter_map(|(_, way)| stage.ways.get(*way))
            .map(|way| self.asked(0, way, start))
            .collect();
        // A session of somebody who could begin another one: join it. That comes first among the
        // ways of a lead.
        ways.dedup_by_key(|(_, _, way)| way.lead);
        ways.sort_by_key(|(order, ..)| *order);
        ways.into_iter()
            .filter_map(|(_, room, way)| {
                let first = self.placed(0, way, start, room, tails)?;
                let rest = self.rest(1, first.service.end(), tails)?;
                let mut segments = Vec::with_capacity(1 + rest.len());
                segments.push(first);
                segments.extend(rest.iter().cloned());
                Some(Placement { segments })
            })
            .collect()
    }

    /// The segments from `index` on, when the one before ended at `ended`.
    fn rest(&self, index: usize, ended: Timestamp, tails: &mut Tails) -> Option<Rc<[Placed]>> {
        let Some(stage) = self.stages.get(index) else { return Some(Rc::default()) };
        if let Some(known) = tails.rests.get(&(index, ended)) {
            return Some(Rc::clone(known));
        }
        let start = stage.feasible.first_between(ended, shifted(ended, self.visit.wait))?;
        let ways = stage.ways.iter().filter(|way| way.starts.contains(start));
        let (_, room, way) =
            ways.map(|way| self.asked(index, way, start)).min_by_key(|(order, ..)| *order)?;
        let placed = self.placed(index, way, start, room, tails)?;
        let rest = self.rest(index + 1, placed.service.end(), tails)?;
        let all: Rc<[Placed]> = std::iter::once(placed).chain(rest.iter().cloned()).collect();
        tails.rests.insert((index, ended), Rc::clone(&all));
        Some(all)
    }

    /// When a way is asked, and how much room there is beside it.
    fn asked<'w>(&self, index: usize, way: &'w Way, start: Timestamp) -> (Order, Room, &'w Way) {
        let Some(lead) = self.visit.segments[index].leads.get(way.lead) else {
            return (Order::default(), Room::default(), way);
        };
        let fill = Fill { resource: lead.resource, rank: lead.rank, seats: lead.seats };
        let room = match way.session {
            // The session is there: no time is used up.
            Some(_) => Room::default(),
            None => self.room(index, fill.resource, lead.units, start, way.duration),
        };
        (order(&fill, room, way.lead), room, way)
    }

    fn placed(
        &self,
        index: usize,
        way: &Way,
        start: Timestamp,
        room: Room,
        tails: &mut Tails,
    ) -> Option<Placed> {
        let segment = self.visit.segments.get(index)?;
        let lead = segment.leads.get(way.lead)?;
        let service = TimeRange::new(start, shifted(start, way.duration)).ok()?;
        let others = match way.session {
            Some(_) => Vec::new(),
            None => self.others(index, way, start, tails)?,
        };
        Some(Placed {
            service,
            block: segment.block(service),
            lead: way.lead,
            resource: lead.resource,
            others,
            session: way.session,
            price: lead.price,
            room,
        })
    }

    /// Fills the roles of a segment, each with whom is asked first among those who leave enough to
    /// the other roles.
    fn others(
        &self,
        index: usize,
        way: &Way,
        start: Timestamp,
        tails: &mut Tails,
    ) -> Option<Vec<usize>> {
        let segment = self.visit.segments.get(index)?;
        if segment.roles.is_empty() {
            return Some(Vec::new());
        }
        let roles = Rc::clone(
            tails
                .roles
                .entry((index, way.duration))
                .or_insert_with(|| Rc::new(Roles::new(segment, &self.calendars, way.duration))),
        );
        let lead = segment.leads.get(way.lead)?.resource;
        if roles.name(lead) {
            return self.filled(index, &roles, lead, start, way.duration);
        }
        // Then they do not depend on who leads.
        let key = (index, way.duration, start);
        let known = tails.others.entry(key);
        known.or_insert_with(|| self.filled(index, &roles, lead, start, way.duration)).clone()
    }

    /// One resource for each role, none twice and none of them `lead`.
    fn filled(
        &self,
        index: usize,
        roles: &Roles,
        lead: usize,
        start: Timestamp,
        duration: SignedDuration,
    ) -> Option<Vec<usize>> {
        let segment = self.visit.segments.get(index)?;
        let lists: Vec<Vec<usize>> = roles
            .candidates()
            .iter()
            .zip(segment.roles)
            .map(|(candidates, role)| {
                let able = candidates.iter().enumerate();
                let mut able: Vec<(Order, usize)> = able
                    .filter(|(_, (_, starts))| starts.contains(start))
                    .map(|(place, (fill, _))| {
                        let room = self.room(index, fill.resource, role.units, start, duration);
                        (order(fill, room, place), fill.resource)
                    })
                    .collect();
                able.sort_unstable();
                able.into_iter().map(|(_, resource)| resource).collect()
            })
            .collect();
        let mut used = vec![lead];
        fill(&lists, &mut used).then(|| used.split_off(1))
    }

    /// How far the resource's free time goes beyond the block.
    fn room(
        &self,
        index: usize,
        resource: usize,
        units: u16,
        start: Timestamp,
        duration: SignedDuration,
    ) -> Room {
        let segment = &self.visit.segments[index];
        let around = |spans: Option<&Spans>| spans.and_then(|spans| spans.around(start));
        let open = around(self.calendars.laid(resource).map(|laid| laid.open()));
        let free = around(self.calendars.free(resource, units));
        let (Some(open), Some(free)) = (open, free) else { return Room::default() };
        let end = shifted(start, duration);
        let left = |from: Timestamp, until: Timestamp| {
            until.duration_since(from).max(SignedDuration::ZERO)
        };
        let before = left(open.start(), start);
        let after = left(end, open.end());
        Room {
            before: before.min(left(free.start(), shifted(start, -segment.before))).min(ROOM),
            after: after.min(left(shifted(end, segment.after), free.end())).min(ROOM),
        }
    }
}

fn order(fill: &Fill, room: Room, place: usize) -> Order {
    (fill.rank, fill.seats.unwrap_or_default(), room.total(), place)
}

/// Picks one of each list, none twice; `used` ends with the picks.
fn fill(lists: &[Vec<usize>], used: &mut Vec<usize>) -> bool {
    let Some((list, rest)) = lists.split_first() else { return true };
    for resource in list {
        if !used.contains(resource) {
            used.push(*resource);
            if fill(rest, used) {
                return true;
            }
            used.pop();
        }
    }
    false
}
