//! Who gets a visit when several could have it. Pure, so no database here.

use booking::engine::{
    Claim, Fill, Lead, Placement, Role, Segment, Standing, Timetable, Visit, judge,
};
use jiff::{SignedDuration, tz::TimeZone};
use kernel::TimeRange;

use crate::{
    solo::{ever, lead},
    support::{MINUTE, at, every_day},
};

/// No claims.
const NOTHING: &[(i32, i32)] = &[];

/// Half an hour at noon, for three, among resources that are open from 09:00 to 17:00 UTC and have
/// these claims: from and until, in minutes after nine.
fn noon(claims: &[&[(i32, i32)]], leads: &[Lead<'_>], roles: &[Role<'_>]) -> Placement {
    let weekly = every_day("09:00-17:00");
    let zone = TimeZone::UTC;
    let nine = at("2026-06-01T09:00:00Z");
    let claims: Vec<Vec<Claim>> = claims
        .iter()
        .map(|claims| {
            let range = |(from, until)| TimeRange::new(nine + MINUTE * from, nine + MINUTE * until);
            let claim = |it: &(i32, i32)| Claim { blocks: range(*it).expect("in order"), units: 1 };
            claims.iter().map(claim).collect()
        })
        .collect();
    let timetables: Vec<_> = claims
        .iter()
        .map(|claims| Timetable {
            zone: &zone,
            weekly: &weekly,
            exceptions: &[],
            closures: &[],
            claims,
            capacity: 1,
        })
        .collect();
    let segment = Segment {
        standing: Standing::Offered,
        leads,
        roles,
        before: SignedDuration::ZERO,
        after: SignedDuration::ZERO,
        party: 3,
    };
    let visit = Visit {
        timetables: &timetables,
        segments: &[segment],
        wait: SignedDuration::ZERO,
        step: MINUTE * 15,
        bookable: ever(),
    };
    judge(&visit, at("2026-06-01T12:00:00Z")).expect("somebody")
}

fn person(resource: usize, rank: u16) -> Lead<'static> {
    Lead { rank, ..lead(resource, MINUTE * 30) }
}

fn table(resource: usize, seats: u16) -> Lead<'static> {
    Lead { seats: Some(seats), ..person(resource, 0) }
}

fn fill(resource: usize) -> Fill {
    Fill { resource, rank: 0, seats: None }
}

#[test]
fn the_callers_order_comes_first() {
    // Somebody with no time to lose, but who is asked later.
    let claims: [&[_]; 2] = [&[], &[(0, 180), (210, 480)]];
    let chosen = noon(&claims, &[person(1, 7), person(0, 3)], &[]);
    assert_eq!((chosen.segments[0].resource, chosen.segments[0].lead), (0, 1));
}

#[test]
fn the_smallest_table_that_fits_is_taken() {
    let tables = [table(0, 8), table(1, 2), table(2, 4), table(3, 6)];
    assert_eq!(noon(&[NOTHING; 4], &tables, &[]).segments[0].resource, 2);
    // It is taken already; the next is.
    assert_eq!(noon(&[&[], &[], &[(170, 190)], &[]], &tables, &[]).segments[0].resource, 3);
}

#[test]
fn of_equals_the_one_with_least_time_left_over_is_taken() {
    // Free from noon to half past one, from eleven to one, and from noon to one.
    let claims: [&[_]; 3] =
        [&[(60, 180), (270, 400)], &[(240, 400), (60, 120)], &[(0, 180), (240, 300)]];
    let people = [person(0, 0), person(1, 0), person(2, 0)];
    let chosen = noon(&claims, &people, &[]).segments.remove(0);
    assert_eq!(chosen.resource, 2);
    assert_eq!((chosen.room.before, chosen.room.after), (SignedDuration::ZERO, MINUTE * 30));
    // Quite equal: the first.
    assert_eq!(noon(&[NOTHING; 3], &people, &[]).segments[0].resource, 0);
}

#[test]
fn roles_leave_each_other_what_they_need() {
    // The first role would like the first room best, but the second has no other.
    let (either, first) = ([fill(1), fill(2)], [fill(1)]);
    let roles = [Role { candidates: &either, units: 1 }, Role { candidates: &first, units: 1 }];
    assert_eq!(noon(&[NOTHING; 3], &[person(0, 0)], &roles).segments[0].others, [2, 1]);
}
