//! Why a start is not on offer. Pure, so no database here.

use booking::{
    ScheduleException,
    engine::{
        Claim, Closure, Fill, Lead, Objection, Reason, Role, Segment, Session, Standing, Timetable,
        Visit, judge, occurrences, placements,
    },
};
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use kernel::TimeRange;

use crate::{
    solo::{ever, lead},
    support::{MINUTE, at, every_day, hours},
};

fn range(start: &str, minutes: i32) -> TimeRange {
    TimeRange::new(at(start), at(start) + MINUTE * minutes).expect("in order")
}

/// Ana and Bruno in Madrid, each from 09:00 to 13:00 and from 16:00 to 20:00, and a room. Summer
/// time: 09:00 there is 07:00 UTC.
struct Salon {
    zone: TimeZone,
    exceptions: Vec<ScheduleException>,
    closures: Vec<Closure>,
    claims: Vec<Claim>,
    room: Vec<Claim>,
    always: Vec<booking::WeeklyHours>,
    weekly: Vec<booking::WeeklyHours>,
}

impl Salon {
    fn new() -> Self {
        let day = date(2026, 6, 2);
        Self {
            zone: TimeZone::get("Europe/Madrid").expect("a zone"),
            exceptions: vec![ScheduleException { day, hours: vec![], reason: "ill".into() }],
            closures: vec![Closure { day: date(2026, 6, 4), name: "Corpus Christi".into() }],
            claims: vec![
                Claim { blocks: range("2026-06-01T10:00:00Z", 20), units: 1 },
                Claim { blocks: range("2026-06-01T08:00:00Z", 45), units: 1 },
                Claim { blocks: range("2026-06-01T08:45:00Z", 15), units: 1 },
            ],
            room: vec![Claim { blocks: range("2026-06-05T07:00:00Z", 60), units: 1 }],
            always: every_day("00:00-24:00"),
            weekly: [every_day("09:00-13:00"), every_day("16:00-20:00")].concat(),
        }
    }

    /// Asks for half an hour with some of them, and for the room if `roles` says so.
    fn judge(
        &self,
        leads: &[Lead<'_>],
        roles: &[Role<'_>],
        start: &str,
    ) -> Result<usize, Vec<Objection>> {
        let person = Timetable {
            zone: &self.zone,
            weekly: &self.weekly,
            exceptions: &self.exceptions,
            closures: &self.closures,
            claims: &self.claims,
            capacity: 1,
        };
        let bruno = Timetable { exceptions: &[], claims: &[], ..person };
        let room = Timetable { weekly: &self.always, claims: &self.room, ..bruno };
        let standing = Standing::Offered;
        let segment = Segment {
            standing,
            leads,
            roles,
            before: SignedDuration::ZERO,
            after: MINUTE * 5,
            party: 2,
        };
        let visit = Visit {
            timetables: &[person, bruno, room],
            segments: &[segment],
            wait: SignedDuration::ZERO,
            step: MINUTE * 15,
            bookable: range("2026-05-01T00:00:00Z", 100 * 1440),
        };
        judge(&visit, at(start)).map(|placement| placement.segments[0].resource)
    }

    fn with_ana(&self, start: &str) -> Vec<Reason> {
        let leads = [lead(0, MINUTE * 30)];
        reasons(self.judge(&leads, &[], start).expect_err("not on offer"))
    }
}

fn reasons(objections: Vec<Objection>) -> Vec<Reason> {
    objections.into_iter().map(|objection| objection.reason).collect()
}

#[test]
fn each_rule_says_what_it_knows() {
    let salon = Salon::new();
    let instant = |text: &str| -> Timestamp { at(text) };
    // 10:30 in the middle of two claims that follow each other.
    assert_eq!(
        salon.with_ana("2026-06-01T08:30:00Z"),
        [Reason::Busy { until: instant("2026-06-01T09:00:00Z"), claim: 1 }]
    );
    // Half past eleven fits but for the five minutes after.
    assert_eq!(
        salon.with_ana("2026-06-01T09:30:00Z"),
        [Reason::Busy { until: instant("2026-06-01T10:20:00Z"), claim: 0 }]
    );
    assert_eq!(
        salon.with_ana("2026-06-01T07:07:00Z"),
        [Reason::OffStep {
            before: Some(instant("2026-06-01T07:00:00Z")),
            after: Some(instant("2026-06-01T07:15:00Z")),
        }]
    );
    for start in ["2026-06-01T10:45:00Z", "2026-06-01T12:00:00Z"] {
        let (from, until) = (instant("2026-06-01T11:00:00Z"), instant("2026-06-01T14:00:00Z"));
        assert_eq!(salon.with_ana(start), [Reason::OnBreak { from, until }], "{start}");
    }
    for start in ["2026-06-01T06:00:00Z", "2026-06-01T17:45:00Z", "2026-06-01T19:00:00Z"] {
        let hours = vec![hours("09:00-13:00"), hours("16:00-20:00")];
        assert_eq!(salon.with_ana(start), [Reason::OutsideHours { hours }], "{start}");
    }
    assert_eq!(salon.with_ana("2026-06-02T08:00:00Z"), [Reason::DayOff]);
    assert_eq!(
        salon.with_ana("2026-06-04T08:00:00Z"),
        [Reason::Closed { name: "Corpus Christi".into() }]
    );
    assert_eq!(
        salon.with_ana("2026-04-01T08:00:00Z"),
        [Reason::TooSoon { earliest: instant("2026-05-01T00:00:00Z") }]
    );
    assert_eq!(
        salon.with_ana("2026-12-01T08:00:00Z"),
        [Reason::TooFar { latest: instant("2026-08-09T00:00:00Z") }]
    );
}

#[test]
fn leads_and_roles_have_their_own_rules() {
    let salon = Salon::new();
    let (ana, bruno) = (lead(0, MINUTE * 30), lead(1, MINUTE * 30));
    let refused = |leads: &[Lead<'_>], roles: &[Role<'_>], start: &str| {
        reasons(salon.judge(leads, roles, start).expect_err("not on offer"))
    };
    let morning = "2026-06-05T07:30:00Z";
    assert_eq!(salon.judge(&[ana], &[], morning), Ok(0));
    assert_eq!(refused(&[], &[], morning), [Reason::NotOffered]);
    for (standing, reason) in
        [(Standing::Inactive, Reason::Inactive), (Standing::NotOffered, Reason::NotOffered)]
    {
        assert_eq!(refused(&[Lead { standing, ..ana }], &[], morning), [reason]);
    }
    let table = Lead { seats: Some(1), ..ana };
    assert_eq!(refused(&[table], &[], morning), [Reason::TooSmall { seats: 1 }]);
    let day = date(2026, 6, 5);
    let full = Lead { full_days: &[day], ..ana };
    assert_eq!(refused(&[full], &[], morning), [Reason::CapReached { day }]);
    let room = [Fill { resource: 2, rank: 0, seats: None }];
    let roles = [Role { candidates: &room, units: 1 }];
    assert_eq!(refused(&[ana], &roles, morning), [Reason::NoRoom { role: 0 }]);
    assert_eq!(salon.judge(&[ana], &roles, "2026-06-05T08:00:00Z"), Ok(0));
    // A person cannot assist themselves.
    let assistants = [Fill { resource: 0, rank: 0, seats: None }];
    let roles = [Role { candidates: &assistants, units: 1 }];
    assert_eq!(refused(&[ana], &roles, morning), [Reason::NoRoom { role: 0 }]);
    assert_eq!(salon.judge(&[ana, bruno], &roles, morning), Ok(1));
    // A class for which two seats are wanted; Ana is busy with it herself.
    let during = range("2026-06-01T08:00:00Z", 45);
    for (free_seats, judged) in [(2, Ok(0)), (1, Err(vec![Reason::SessionFull { free: 1 }]))] {
        let class = Lead { seats: Some(8), sessions: &[Session { during, free_seats }], ..ana };
        let found = salon.judge(&[class], &[], "2026-06-01T08:00:00Z").map_err(reasons);
        assert_eq!(found, judged);
    }
}

#[test]
fn who_could_almost_comes_first() {
    let salon = Salon::new();
    let people = [lead(0, MINUTE * 30), lead(1, MINUTE * 30)];
    // Ana is ill that day; Bruno only begins on the quarter.
    let found = salon.judge(&people, &[], "2026-06-02T08:05:00Z").expect_err("not on offer");
    let about: Vec<_> = found.iter().map(|it| (it.segment, it.resource)).collect();
    assert_eq!(about, [(0, Some(1)), (0, Some(0))]);
    assert!(matches!(found[0].reason, Reason::OffStep { .. }));
    assert_eq!(found[1].reason, Reason::DayOff);
}

#[test]
fn the_segment_that_fails_is_named() {
    let salon = Salon::new();
    let person = Timetable {
        zone: &salon.zone,
        weekly: &salon.weekly,
        exceptions: &[],
        closures: &[],
        claims: &salon.claims,
        capacity: 1,
    };
    let free = Timetable { claims: &[], ..person };
    let segment = |leads| Segment {
        standing: Standing::Offered,
        leads,
        roles: &[],
        before: SignedDuration::ZERO,
        after: SignedDuration::ZERO,
        party: 1,
    };
    let (wash, cut) = ([lead(1, MINUTE * 15)], [lead(0, MINUTE * 30)]);
    let mut visit = Visit {
        timetables: &[person, free],
        segments: &[segment(&wash), segment(&cut)],
        wait: SignedDuration::ZERO,
        step: MINUTE * 15,
        bookable: ever(),
    };
    // Washed at 10:30, cut at 10:45; but Ana is busy from 10:00 to 11:00.
    let found = judge(&visit, at("2026-06-01T08:30:00Z")).expect_err("Ana is busy");
    let until = at("2026-06-01T09:00:00Z");
    let reason = Reason::Busy { until, claim: 2 };
    assert_eq!(found, [Objection { segment: 1, resource: Some(0), reason }]);
    // A customer who waits is served as soon as she is free.
    visit.wait = MINUTE * 15;
    let found = judge(&visit, at("2026-06-01T08:30:00Z")).expect("after a pause");
    assert_eq!(found.segments[1].service.start(), until);
    let window = range("2026-06-01T08:00:00Z", 60);
    let starts: Vec<_> = placements(&visit, window).map(|it| it.starts_at()).collect();
    assert_eq!(starts, [at("2026-06-01T08:30:00Z"), at("2026-06-01T08:45:00Z")]);
}

#[test]
fn a_gap_names_both_neighbours_and_a_fold_both_occurrences() {
    let zone = TimeZone::get("Europe/Madrid").expect("a zone");
    let clock = |at: &jiff::Zoned| at.strftime("%H:%M%z").to_string();
    match occurrences(date(2026, 3, 29).at(2, 30, 0, 0), &zone) {
        Err(Reason::NoSuchTime { before, after }) => {
            assert_eq!((clock(&before), clock(&after)), ("01:30+0100".into(), "03:30+0200".into()));
        }
        other => panic!("{other:?}"),
    }
    let twice = occurrences(date(2026, 10, 25).at(2, 30, 0, 0), &zone).expect("two");
    assert_eq!(twice.iter().map(clock).collect::<Vec<_>>(), ["02:30+0200", "02:30+0100"]);
    assert_eq!(occurrences(date(2026, 10, 26).at(2, 30, 0, 0), &zone).expect("one").len(), 1);
}

#[test]
fn a_cap_counts_the_day_on_the_wall() {
    // A bar that is full for Saturday, by its own clock, takes guests again from midnight on.
    let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
    let weekly = every_day("22:00-02:00");
    let timetable = Timetable {
        zone: &zone,
        weekly: &weekly,
        exceptions: &[],
        closures: &[],
        claims: &[],
        capacity: 1,
    };
    let full_days = [date(2026, 6, 6)];
    let leads = [Lead { full_days: &full_days, ..lead(0, MINUTE * 30) }];
    let segment = Segment {
        standing: Standing::Offered,
        leads: &leads,
        roles: &[],
        before: SignedDuration::ZERO,
        after: SignedDuration::ZERO,
        party: 1,
    };
    let visit = Visit {
        timetables: &[timetable],
        segments: &[segment],
        wait: SignedDuration::ZERO,
        step: MINUTE * 30,
        bookable: ever(),
    };
    // From Friday's noon to Sunday's.
    let window = range("2026-06-05T15:00:00Z", 48 * 60);
    let starts: Vec<_> = placements(&visit, window)
        .map(|it| it.starts_at().to_zoned(zone.clone()).strftime("%a %H:%M").to_string())
        .collect();
    let expected = [
        "Fri 22:00",
        "Fri 22:30",
        "Fri 23:00",
        "Fri 23:30",
        "Sun 00:00",
        "Sun 00:30",
        "Sun 01:00",
        "Sun 01:30",
    ];
    assert_eq!(starts, expected);
    let refused = judge(&visit, at("2026-06-06T04:00:00Z")).expect_err("Saturday, 01:00");
    assert_eq!(reasons(refused), [Reason::CapReached { day: full_days[0] }]);
}
