//! Sets of instants against a bitmap of 96 seconds. Pure, so no database here.

use booking::engine::Spans;
use jiff::{SignedDuration, Timestamp};
use kernel::TimeRange;
use proptest::{collection::vec, prelude::*};

const N: i64 = 96;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("small")
}

fn seconds(n: i64) -> SignedDuration {
    SignedDuration::from_secs(n)
}

fn ranges() -> impl Strategy<Value = Vec<TimeRange>> {
    vec((0_i64..N, 1_i64..20), 0..8).prop_map(|ranges| {
        let range =
            |(start, long): (i64, i64)| TimeRange::new(at(start), at((start + long).min(N))).ok();
        ranges.into_iter().filter_map(range).collect()
    })
}

fn bit(ranges: &[TimeRange], second: i64) -> bool {
    ranges.iter().any(|range| range.contains(at(second)))
}

proptest! {
    #[test]
    fn algebra_is_that_of_bits(a in ranges(), b in ranges(), by in -30_i64..30, wait in 0_i64..30) {
        let (x, y) = (Spans::new(a.clone()), Spans::new(b.clone()));
        for second in -40..N + 40 {
            let (in_a, in_b) = (bit(&a, second), bit(&b, second));
            let now = at(second);
            prop_assert_eq!(x.contains(now), in_a);
            prop_assert_eq!(x.union(&y).contains(now), in_a || in_b);
            prop_assert_eq!(x.intersect(&y).contains(now), in_a && in_b);
            prop_assert_eq!(x.subtract(&y).contains(now), in_a && !in_b);
            prop_assert_eq!(x.shift(seconds(by)).contains(now), bit(&a, second - by));
            let reached = (0..=wait).any(|later| bit(&a, second + later));
            prop_assert_eq!(x.reach_back(seconds(wait)).contains(now), reached);
            let first = (second..=second + wait).find(|it| bit(&a, *it)).map(at);
            prop_assert_eq!(x.first_between(now, at(second + wait)), first);
        }
    }

    #[test]
    fn erosion_leaves_the_starts_that_fit(
        a in ranges(), before in 0_i64..6, long in 1_i64..12, after in 0_i64..6,
    ) {
        let x = Spans::new(a.clone());
        let starts = x.erode(seconds(before), seconds(long), seconds(after));
        for second in -10..N + 10 {
            let fits = (second - before..second + long + after).all(|it| bit(&a, it));
            prop_assert_eq!(starts.contains(at(second)), fits, "{}", second);
            let block = TimeRange::new(at(second), at(second + long)).expect("in order");
            prop_assert_eq!(x.covers(&block), (second..second + long).all(|it| bit(&a, it)));
            // Not a nanosecond more.
            let late = at(second) + SignedDuration::from_nanos(1);
            let next_fits = (second - before + 1..second + long + after + 1).all(|it| bit(&a, it));
            prop_assert_eq!(starts.contains(late), fits && next_fits, "just after {}", second);
        }
    }

    #[test]
    fn ranges_are_sorted_and_never_touch(a in ranges(), b in ranges()) {
        let (x, y) = (Spans::new(a), Spans::new(b));
        for set in [x.union(&y), x.intersect(&y), x.subtract(&y), x.reach_back(seconds(5))] {
            prop_assert!(set.as_slice().windows(2).all(|pair| pair[0].end() < pair[1].start()));
        }
        // Equal sets are equal values.
        let rebuilt = x.subtract(&y).union(&x.intersect(&y));
        prop_assert_eq!(rebuilt, x);
    }
}
