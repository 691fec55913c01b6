//! Offers that obey a wish. Pure, so no database here.

use std::collections::BTreeSet;

use booking::{
    TimeOfDay,
    engine::{
        Claim, Lead, Offer, Order, Placement, Segment, Standing, Timetable, Visit, Why, Window,
        Wish, placements, rank,
    },
};
use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Weekday, date, time},
    tz::TimeZone,
};
use kernel::TimeRange;
use proptest::{collection::vec, prelude::*};

use crate::{
    solo::{ever, lead},
    support::{MINUTE, at, every_day},
};

fn madrid() -> TimeZone {
    TimeZone::get("Europe/Madrid").expect("a zone")
}

/// From Monday, 2026-06-01, for a week: half-hours with three people from 09:00 to 20:00.
fn week(claims: &[Vec<Claim>]) -> Vec<Placement> {
    let zone = madrid();
    let weekly = every_day("09:00-20:00");
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
    let leads: Vec<Lead<'_>> = (0..claims.len()).map(|who| lead(who, MINUTE * 30)).collect();
    let segment = Segment {
        standing: Standing::Offered,
        leads: &leads,
        roles: &[],
        before: SignedDuration::ZERO,
        after: SignedDuration::ZERO,
        party: 1,
    };
    let visit = Visit {
        timetables: &timetables,
        segments: &[segment],
        wait: SignedDuration::ZERO,
        step: MINUTE * 15,
        bookable: ever(),
    };
    let first = at("2026-06-01T00:00:00Z");
    let window = TimeRange::new(first, first + MINUTE * 1440 * 7).expect("in order");
    placements(&visit, window).collect()
}

fn claim(from: &str, minutes: i32) -> Claim {
    let blocks = TimeRange::new(at(from), at(from) + MINUTE * minutes).expect("in order");
    Claim { blocks, units: 1 }
}

fn clock(offer: &Offer) -> String {
    let start: Zoned = offer.placement.starts_at().to_zoned(madrid());
    format!("{} {}", start.strftime("%a %H:%M"), offer.placement.segments[0].resource)
}

fn clocks(offers: &[Offer]) -> Vec<String> {
    offers.iter().map(clock).collect()
}

#[test]
fn offers_are_apart_from_each_other() {
    let all = week(&vec![vec![]; 3]);
    let wish = Wish { order: Order::Earliest, ..Wish::anything(madrid()) };
    let offers = rank(all.clone(), &wish, 4);
    assert_eq!(clock(&offers[0]), "Mon 09:00 0");
    assert_eq!(offers[0].why, Why::Earliest);
    let starts: Vec<Timestamp> = offers.iter().map(|it| it.placement.starts_at()).collect();
    for (index, start) in starts.iter().enumerate() {
        for other in &starts[index + 1..] {
            assert!(start.duration_since(*other).abs() >= MINUTE * 60, "{:?}", clocks(&offers));
        }
    }
    // Without hurry, more than one day.
    let offers = rank(all, &Wish::anything(madrid()), 4);
    let days: BTreeSet<_> =
        offers.iter().map(|it| it.placement.starts_at().to_zoned(madrid()).date()).collect();
    assert!(days.len() >= 2, "{:?}", clocks(&offers));
    assert!(offers.iter().any(|it| matches!(it.why, Why::OtherDay | Why::OtherTime)));
}

#[test]
fn a_narrow_wish_is_granted_all_the_same() {
    let from = date(2026, 6, 2).at(18, 0, 0, 0);
    let until = date(2026, 6, 2).at(19, 0, 0, 0);
    let wish = Wish {
        windows: vec![Window::Local { from, until }],
        any_of: vec![1],
        ..Wish::anything(madrid())
    };
    let mut offers = clocks(&rank(week(&vec![vec![]; 3]), &wish, 9));
    offers.sort();
    assert_eq!(offers, ["Tue 18:00 1", "Tue 18:15 1", "Tue 18:30 1", "Tue 18:45 1"]);
}

#[test]
fn wishes_of_real_people() {
    let all = week(&vec![vec![]; 3]);
    let zone = madrid();
    let anything = Wish::anything(zone.clone());
    let mornings = vec![TimeOfDay { from: time(6, 0, 0, 0), until: time(12, 0, 0, 0) }];
    let after_work = vec![TimeOfDay { from: time(18, 0, 0, 0), until: time(2, 0, 0, 0) }];
    // "Any morning but Monday, not with Ana."
    let wish = Wish {
        times_of_day: mornings,
        weekdays: Weekday::Tuesday.cycle_forward().take(6).collect(),
        none_of: vec![0],
        ..anything.clone()
    };
    let offers = rank(all.clone(), &wish, 3);
    assert_eq!(offers.len(), 3);
    for offer in &offers {
        let start = offer.placement.starts_at().to_zoned(zone.clone());
        assert!(start.hour() < 12 && start.weekday() != Weekday::Monday);
        assert_ne!(offer.placement.segments[0].resource, 0);
    }
    // "After work, before the 3rd."
    let third = date(2026, 6, 3).to_zoned(zone.clone()).expect("a day").timestamp();
    let wish = Wish { times_of_day: after_work, not_after: Some(third), ..anything.clone() };
    let offers = rank(all.clone(), &wish, 4);
    assert_eq!(offers.len(), 4);
    assert!(offers.iter().all(|it| it.placement.starts_at() < third));
    assert!(offers.iter().all(|it| it.placement.starts_at().to_zoned(zone.clone()).hour() >= 18));
    // "Around three on Thursday."
    let near = Some(date(2026, 6, 4).at(15, 0, 0, 0).to_zoned(zone).expect("a time").timestamp());
    let offers = rank(all, &Wish { near, ..anything }, 2);
    assert_eq!(clock(&offers[0]), "Thu 15:00 0");
    assert_eq!(offers[0].why, Why::Nearest);
}

#[test]
fn gaps_of_no_use_are_avoided() {
    // Free from 09:00 to 10:15, and 75 minutes are two half-hours and a useless quarter; then free
    // from 12:00 to 12:30, which fits exactly.
    let claims = vec![vec![claim("2026-06-01T08:15:00Z", 105), claim("2026-06-01T10:30:00Z", 450)]];
    let monday = Wish {
        not_after: Some(at("2026-06-01T22:00:00Z")),
        shortest: MINUTE * 30,
        ..Wish::anything(madrid())
    };
    let offers = rank(week(&claims), &monday, 9);
    let order = clocks(&offers);
    let place = |of: &str| order.iter().position(|it| it == of).expect(of);
    // 09:15 leaves a quarter before it; 09:45 leaves 45 minutes, which are of use.
    assert!(place("Mon 09:45 0") < place("Mon 09:15 0"), "{order:?}");
    assert!(place("Mon 12:00 0") < place("Mon 09:30 0"), "{order:?}");
    assert_eq!(order.len(), 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn offers_are_placements_that_obey(
        claims in vec(vec((0_i32..9000, 30_i32..600), 0..6), 3),
        weekdays in prop::collection::btree_set(0_usize..7, 0..5),
        hours in vec((0_i8..24, 0_i8..24), 0..3),
        any_of in prop::collection::btree_set(0_usize..3, 0..3),
        none_of in prop::collection::btree_set(0_usize..3, 0..2),
        excluded in prop::option::of(1_i8..8),
        bounds in prop::option::of((0_i32..5000, 100_i32..8000)),
        order in prop::sample::select(&[Order::Earliest, Order::Best][..]),
        near in prop::option::of(0_i32..10_000),
        n in 0_usize..9,
    ) {
        let first = at("2026-06-01T00:00:00Z");
        let claims: Vec<Vec<Claim>> = claims
            .into_iter()
            .map(|claims| {
                claims
                    .into_iter()
                    .map(|(from, long)| {
                        let from = first + MINUTE * (from / 5 * 5);
                        let blocks = TimeRange::new(from, from + MINUTE * long).expect("in order");
                        Claim { blocks, units: 1 }
                    })
                    .collect()
            })
            .collect();
        let days: Vec<Weekday> = Weekday::Monday.cycle_forward().take(7).collect();
        let wish = Wish {
            weekdays: weekdays.into_iter().map(|day| days[day]).collect(),
            times_of_day: hours
                .into_iter()
                .map(|(from, until)| TimeOfDay { from: time(from, 0, 0, 0), until: time(until, 0, 0, 0) })
                .collect(),
            any_of: any_of.into_iter().collect(),
            none_of: none_of.into_iter().collect(),
            excluded_days: excluded.into_iter().map(|day| date(2026, 6, day)).collect(),
            not_before: bounds.map(|(from, _)| first + MINUTE * from),
            not_after: bounds.map(|(from, long)| first + MINUTE * (from + long)),
            order,
            near: near.map(|near| first + MINUTE * near),
            shortest: MINUTE * 30,
            ..Wish::anything(madrid())
        };
        let all = week(&claims);
        let offers = rank(all.clone(), &wish, n);
        let able: Vec<_> = all.iter().filter(|placement| obeys(&wish, placement)).collect();
        prop_assert_eq!(offers.len(), n.min(able.len()));
        for (index, offer) in offers.iter().enumerate() {
            prop_assert!(able.contains(&&offer.placement), "{}", clock(offer));
            prop_assert!(!offers[..index].iter().any(|other| other.placement == offer.placement));
        }
        if let (Some(offer), Order::Earliest, None) = (offers.first(), order, wish.near) {
            prop_assert_eq!(offer.placement.starts_at(), able[0].starts_at());
        }
        if let (Some(offer), Some(near)) = (offers.first(), wish.near) {
            let far = |it: &Placement| it.starts_at().duration_since(near).abs();
            let nearest = able.iter().map(|it| far(it)).min().expect("one at least");
            prop_assert!(far(&offer.placement) <= nearest + MINUTE * 30);
        }
        prop_assert_eq!(offers, rank(all, &wish, n));
    }
}

/// The constraints again, in other words.
fn obeys(wish: &Wish, placement: &Placement) -> bool {
    let start = placement.starts_at();
    let wall = start.to_zoned(wish.zone.clone());
    let who = placement.segments[0].resource;
    let hour = wall.hour();
    let in_hours = |times: &TimeOfDay| {
        let (from, until) = (times.from.hour(), times.until.hour());
        let long = (i16::from(until) - i16::from(from)).rem_euclid(24);
        let into = (i16::from(hour) - i16::from(from)).rem_euclid(24);
        into < if long == 0 { 24 } else { long }
    };
    (wish.weekdays.is_empty() || wish.weekdays.contains(&wall.weekday()))
        && (wish.times_of_day.is_empty() || wish.times_of_day.iter().any(in_hours))
        && (wish.any_of.is_empty() || wish.any_of.contains(&who))
        && !wish.none_of.contains(&who)
        && !wish.excluded_days.contains(&wall.date())
        && wish.not_before.is_none_or(|bound| start >= bound)
        && wish.not_after.is_none_or(|bound| start < bound)
}
