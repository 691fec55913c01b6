//! Placing visits against a reference that tries every combination. Pure, so no database here.

use std::collections::BTreeSet;

use booking::{
    Hours, WeeklyHours,
    engine::{
        Claim, Fill, Lead, Objection, Placed, Placement, Reason, Role, Segment, Session, Standing,
        Timetable, Visit, judge, placements,
    },
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use kernel::TimeRange;
use proptest::{collection::vec, prelude::*};

use crate::solo::{ever, lead};

/// Everything happens on a grid of ten minutes, counted from Monday, 2026-06-01, 00:00 UTC.
const CELL: i64 = 10;
/// Two days.
const N: i64 = 288;

fn at(cell: i64) -> Timestamp {
    "2026-06-01T00:00:00Z".parse::<Timestamp>().expect("an instant") + minutes(cell * CELL)
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

fn cells(range: std::ops::Range<i64>) -> TimeRange {
    TimeRange::new(at(range.start), at(range.end)).expect("in order")
}

fn cell(at_: Timestamp) -> i64 {
    let since = at_.duration_since(at(0)).as_mins();
    assert_eq!(since % CELL, 0, "off the grid: {at_}");
    since / CELL
}

#[derive(Debug, Clone)]
struct Resource {
    /// Of every day, in cells.
    shifts: Vec<(i64, i64)>,
    claims: Vec<(i64, i64, u16)>,
    capacity: u16,
}

#[derive(Debug, Clone)]
struct Member {
    resource: usize,
    rank: u16,
    long: i64,
    seats: Option<u16>,
    sessions: Vec<(i64, i64, u16)>,
    full: Vec<i64>,
}

/// A resource, its rank and its seats.
type Able = (usize, u16, Option<u16>);

#[derive(Debug, Clone)]
struct Part {
    leads: Vec<Member>,
    /// Candidates and units of each.
    roles: Vec<(Vec<Able>, u16)>,
    before: i64,
    after: i64,
    party: u16,
}

#[derive(Debug, Clone)]
struct Problem {
    resources: Vec<Resource>,
    parts: Vec<Part>,
    wait: i64,
    step: i64,
}

fn resource() -> impl Strategy<Value = Resource> {
    let shifts = prop_oneof![
        Just(vec![(54, 84), (90, 120)]),
        Just(vec![(60, 114)]),
        Just(vec![(120, 160)]),
        Just(vec![(0, 144)]),
    ];
    let claims = vec((40_i64..260, 1_i64..24, 1_u16..3), 0..5);
    (shifts, claims, 1_u16..3).prop_map(|(shifts, claims, capacity)| Resource {
        shifts,
        claims: claims.into_iter().map(|(from, long, units)| (from, from + long, units)).collect(),
        capacity,
    })
}

const N_RESOURCES: usize = 5;

fn member() -> impl Strategy<Value = Member> {
    (
        0..N_RESOURCES,
        0_u16..2,
        1_i64..9,
        prop::option::of(1_u16..5),
        vec((50_i64..230, 2_i64..7, 0_u16..4), 0..2),
        prop::option::weighted(0.2, 0_i64..2),
    )
        .prop_map(|(resource, rank, long, seats, sessions, full)| Member {
            resource,
            rank,
            long,
            seats,
            sessions: sessions.into_iter().map(|(a, long, free)| (a, a + long, free)).collect(),
            full: full.into_iter().collect(),
        })
}

fn part() -> impl Strategy<Value = Part> {
    let leads = vec(member(), 1..4);
    let fills = vec((0..N_RESOURCES, 0_u16..2, prop::option::of(1_u16..5)), 1..4);
    let roles = vec((fills, 1_u16..3), 0..3);
    (leads, roles, 0_i64..3, 0_i64..3, 1_u16..4).prop_map(
        |(mut leads, mut roles, before, after, party)| {
            // Each resource at most once.
            let mut seen = BTreeSet::new();
            leads.retain(|lead| seen.insert(lead.resource));
            for (fills, _) in &mut roles {
                let mut seen = BTreeSet::new();
                fills.retain(|(resource, ..)| seen.insert(*resource));
            }
            Part { leads, roles, before, after, party }
        },
    )
}

fn problem() -> impl Strategy<Value = Problem> {
    let parts = vec(part(), 1..4);
    (vec(resource(), N_RESOURCES), parts, 0_i64..4, 1_i64..5).prop_map(
        |(mut resources, parts, wait, step)| {
            // What a session occupies is claimed.
            for member in parts.iter().flat_map(|part| &part.leads) {
                let sessions = member.sessions.iter().map(|(from, until, _)| (*from, *until, 1));
                resources[member.resource].claims.extend(sessions);
            }
            Problem { resources, parts, wait, step }
        },
    )
}

impl Problem {
    /// A shift may be of this day or of the one before.
    fn open(&self, resource: usize, cell: i64) -> bool {
        let today = cell.rem_euclid(144);
        let inside = |cell: i64| move |shift: &(i64, i64)| shift.0 <= cell && cell < shift.1;
        let shifts = &self.resources[resource].shifts;
        shifts.iter().any(inside(today)) || shifts.iter().any(inside(today + 144))
    }

    fn load(&self, resource: usize, cell: i64) -> u16 {
        let claims = self.resources[resource].claims.iter();
        claims.filter(|(from, until, _)| *from <= cell && cell < *until).map(|it| it.2).sum()
    }

    /// Whether a resource can be had for a service and its buffers.
    fn has_time(&self, part: &Part, resource: usize, units: u16, from: i64, until: i64) -> bool {
        (from..until).all(|cell| self.open(resource, cell))
            && (from - part.before..until + part.after)
                .all(|cell| self.load(resource, cell) + units <= self.resources[resource].capacity)
    }

    fn on_grid(&self, resource: usize, cell: i64) -> bool {
        [cell.rem_euclid(144), cell.rem_euclid(144) + 144].iter().any(|cell| {
            let shifts = self.resources[resource].shifts.iter();
            let mut inside = shifts.filter(|(from, until)| from <= cell && cell < until);
            inside.any(|(from, _)| (cell - from) % self.step == 0)
        })
    }

    fn roles_fit(&self, part: &Part, role: usize, used: &[usize], from: i64, until: i64) -> bool {
        let Some((fills, units)) = part.roles.get(role) else { return true };
        fills.iter().any(|(resource, _, seats)| {
            seats.is_none_or(|seats| seats >= part.party)
                && !used.contains(resource)
                && self.has_time(part, *resource, *units, from, until)
                && self.roles_fit(part, role + 1, &[used, &[*resource]].concat(), from, until)
        })
    }

    /// How long a lead takes from `from` in each way in which it can do the part.
    fn ways(&self, part: &Part, member: &Member, from: i64) -> Vec<i64> {
        let mut ways: Vec<i64> = member
            .sessions
            .iter()
            .filter(|(start, _, free)| *start == from && *free >= part.party)
            .map(|(start, end, _)| end - start)
            .collect();
        let until = from + member.long;
        if member.seats.is_none_or(|seats| seats >= part.party)
            && !member.full.contains(&from.div_euclid(144))
            && self.has_time(part, member.resource, 1, from, until)
            && self.roles_fit(part, 0, &[member.resource], from, until)
        {
            ways.push(member.long);
        }
        ways
    }

    /// Whether the parts from `index` on can be done when the one before ended at `from`.
    fn follows(&self, index: usize, from: i64) -> bool {
        let Some(part) = self.parts.get(index) else { return true };
        (from..=from + self.wait).any(|start| {
            part.leads.iter().any(|member| {
                let mut ways = self.ways(part, member, start).into_iter();
                ways.any(|long| self.follows(index + 1, start + long))
            })
        })
    }

    /// Every start with every first lead that works.
    fn expected(&self, window: std::ops::Range<i64>) -> BTreeSet<(i64, usize)> {
        let part = &self.parts[0];
        let mut found = BTreeSet::new();
        for start in window {
            for (index, member) in part.leads.iter().enumerate() {
                let joins = |long: &i64| {
                    let mut sessions = member.sessions.iter();
                    sessions.any(|(from, until, free)| {
                        *from == start && until - from == *long && *free >= part.party
                    })
                };
                let ways = self.ways(part, member, start);
                if ways.iter().any(|long| {
                    (joins(long) || self.on_grid(member.resource, start))
                        && self.follows(1, start + long)
                }) {
                    found.insert((start, index));
                }
            }
        }
        found
    }

    /// Whether a placement keeps every rule.
    fn check(&self, placement: &Placement) {
        assert_eq!(placement.segments.len(), self.parts.len());
        let mut ended = None;
        for (part, placed) in self.parts.iter().zip(&placement.segments) {
            let (from, until) = (cell(placed.service.start()), cell(placed.service.end()));
            if let Some(ended) = ended {
                assert!((ended..=ended + self.wait).contains(&from), "{placement:?}");
            }
            ended = Some(until);
            let member = &part.leads[placed.lead];
            assert_eq!(placed.resource, member.resource);
            self.check_placed(part, member, placed, from, until);
        }
    }

    fn check_placed(&self, part: &Part, member: &Member, placed: &Placed, from: i64, until: i64) {
        let block = (cell(placed.block.start()), cell(placed.block.end()));
        assert_eq!(block, (from - part.before, until + part.after));
        if let Some(session) = placed.session {
            let (start, end, free) = member.sessions[session];
            assert_eq!((start, end), (from, until));
            assert!(free >= part.party && placed.others.is_empty());
            return;
        }
        assert_eq!(until - from, member.long);
        assert!(self.has_time(part, member.resource, 1, from, until), "{placed:?}");
        assert_eq!(placed.others.len(), part.roles.len());
        let mut used = BTreeSet::from([member.resource]);
        for ((fills, units), other) in part.roles.iter().zip(&placed.others) {
            let fill = fills.iter().find(|fill| fill.0 == *other).expect("a candidate");
            assert!(fill.2.is_none_or(|seats| seats >= part.party));
            assert!(used.insert(*other), "used twice: {placed:?}");
            assert!(self.has_time(part, *other, *units, from, until), "{placed:?}");
        }
    }

    /// Whether what an objection says is so.
    fn check_objection(&self, objection: &Objection, start: i64) {
        let part = &self.parts[objection.segment];
        let who = objection.resource.expect("every candidate can be asked");
        let member = part.leads.iter().find(|member| member.resource == who).expect("a lead");
        match &objection.reason {
            Reason::OffStep { before, after } => {
                let near: Vec<_> =
                    [before, after].into_iter().flatten().map(|it| cell(*it)).collect();
                assert!(near.iter().all(|it| self.on_grid(who, *it)), "{near:?}");
                assert!(objection.segment == 0 && !self.on_grid(who, start));
            }
            Reason::SessionFull { free } => assert!(*free < part.party),
            Reason::NoRoom { role } => assert!(*role < part.roles.len(), "no roles to fill"),
            Reason::Busy { until, claim } => {
                let (from, end, _) = self.resources[who].claims[*claim];
                let until = cell(*until);
                assert!(from < until, "claim {claim} is elsewhere");
                if objection.segment == 0 {
                    assert!(end > start - part.before, "claim {claim} is elsewhere");
                }
                assert!(self.load(who, until - 1) + 1 > self.resources[who].capacity);
                assert!(self.load(who, until) < self.resources[who].capacity, "still busy");
            }
            Reason::CapReached { .. } => assert!(!member.full.is_empty()),
            Reason::OnBreak { from, until } => {
                assert!(!self.open(who, cell(*from)) && self.open(who, cell(*until)));
            }
            Reason::OutsideHours { hours } => {
                assert_eq!(hours.len(), self.resources[who].shifts.len());
            }
            Reason::TooSmall { seats } => {
                assert!(member.seats == Some(*seats) && *seats < part.party)
            }
            other => panic!("no rule says {other:?}"),
        }
    }

    /// Asks the engine.
    fn with<T>(&self, ask: impl FnOnce(&Visit<'_>) -> T) -> T {
        let zone = TimeZone::UTC;
        let weekly: Vec<Vec<WeeklyHours>> = self
            .resources
            .iter()
            .map(|resource| {
                let minute = |cell: i64| u16::try_from(cell * CELL).expect("within two days");
                let hours = resource.shifts.iter().map(|(from, until)| {
                    Hours::new(minute(*from), minute(*until)).expect("a shift")
                });
                let hours: Vec<_> = hours.collect();
                let week = jiff::civil::Weekday::Monday.cycle_forward().take(7);
                week.flat_map(|weekday| {
                    hours.clone().into_iter().map(move |hours| WeeklyHours { weekday, hours })
                })
                .collect()
            })
            .collect();
        let claims: Vec<Vec<Claim>> = self
            .resources
            .iter()
            .map(|resource| {
                let claims = resource.claims.iter();
                claims.map(|it| Claim { blocks: cells(it.0..it.1), units: it.2 }).collect()
            })
            .collect();
        let timetables: Vec<Timetable<'_>> = (0..self.resources.len())
            .map(|index| Timetable {
                zone: &zone,
                weekly: &weekly[index],
                exceptions: &[],
                closures: &[],
                claims: &claims[index],
                capacity: self.resources[index].capacity,
            })
            .collect();
        let sessions: Vec<Vec<Vec<Session>>> = self
            .members()
            .map(|members| members.map(|member| member.sessions()).collect())
            .collect();
        let full: Vec<Vec<Vec<Date>>> = self
            .members()
            .map(|members| members.map(|member| member.full_days()).collect())
            .collect();
        let leads: Vec<Vec<Lead<'_>>> = self
            .members()
            .enumerate()
            .map(|(part, members)| {
                let one = |(index, member): (usize, &Member)| Lead {
                    rank: member.rank,
                    seats: member.seats,
                    sessions: &sessions[part][index],
                    full_days: &full[part][index],
                    ..lead(member.resource, minutes(member.long * CELL))
                };
                members.enumerate().map(one).collect()
            })
            .collect();
        let fills: Vec<Vec<Vec<Fill>>> = self
            .parts
            .iter()
            .map(|part| {
                let fill = |&(resource, rank, seats): &_| Fill { resource, rank, seats };
                part.roles.iter().map(|(fills, _)| fills.iter().map(fill).collect()).collect()
            })
            .collect();
        let roles: Vec<Vec<Role<'_>>> = self
            .parts
            .iter()
            .zip(&fills)
            .map(|(part, fills)| {
                let roles = part.roles.iter().zip(fills);
                roles.map(|(role, candidates)| Role { candidates, units: role.1 }).collect()
            })
            .collect();
        let segments: Vec<Segment<'_>> = self
            .parts
            .iter()
            .enumerate()
            .map(|(index, part)| Segment {
                standing: Standing::Offered,
                leads: &leads[index],
                roles: &roles[index],
                before: minutes(part.before * CELL),
                after: minutes(part.after * CELL),
                party: part.party,
            })
            .collect();
        ask(&Visit {
            timetables: &timetables,
            segments: &segments,
            wait: minutes(self.wait * CELL),
            step: minutes(self.step * CELL),
            bookable: ever(),
        })
    }

    fn members(&self) -> impl Iterator<Item = std::slice::Iter<'_, Member>> {
        self.parts.iter().map(|part| part.leads.iter())
    }
}

impl Member {
    fn sessions(&self) -> Vec<Session> {
        let session = |&(from, until, free_seats): &(i64, i64, u16)| Session {
            during: cells(from..until),
            free_seats,
        };
        self.sessions.iter().map(session).collect()
    }

    fn full_days(&self) -> Vec<Date> {
        let first: Date = "2026-06-01".parse().expect("a day");
        let day = |n: &i64| first.checked_add(jiff::Span::new().days(*n)).expect("a day");
        self.full.iter().map(day).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(768))]
    #[test]
    fn they_are_exactly_those_that_work(problem in problem()) {
        let found: Vec<Placement> = problem.with(|visit| placements(visit, cells(0..N)).collect());
        for placement in &found {
            problem.check(placement);
        }
        let starts: Vec<(i64, usize)> =
            found.iter().map(|it| (cell(it.starts_at()), it.segments[0].lead)).collect();
        prop_assert!(starts.is_sorted_by_key(|(start, _)| *start));
        let once: BTreeSet<_> = starts.iter().copied().collect();
        prop_assert_eq!(once.len(), starts.len(), "one of a kind");
        prop_assert_eq!(once, problem.expected(0..N));
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn judging_agrees_with_listing(problem in problem()) {
        problem.with(|visit| {
            let found: Vec<Placement> = placements(visit, cells(0..N)).collect();
            for start in 0..N {
                let first = found.iter().find(|placement| placement.starts_at() == at(start));
                match judge(visit, at(start)) {
                    Ok(placement) => prop_assert_eq!(Some(&placement), first, "at {}", start),
                    Err(objections) => {
                        prop_assert_eq!(first, None, "at {}: {:?}", start, objections);
                        prop_assert!(!objections.is_empty());
                        for objection in &objections {
                            problem.check_objection(objection, start);
                        }
                    }
                }
            }
            Ok(())
        })?;
    }
}
