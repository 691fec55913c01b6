//! What holds for whole families of texts; what holds for any text at all is in the crate `fuzz`.

use std::time::{Duration, Instant};

use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;
use temporal::{Context, Conventions, Language, Value, parse};

fn context(language: Language, conventions: Conventions, latent: bool) -> Context {
    let now = date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("no gap");
    let mut cx = Context::new(now, language);
    cx.conventions = conventions;
    cx.latent = latent;
    cx
}

proptest! {
    /// Of a day that may be past or to come, "future only" keeps the one to come.
    #[test]
    fn future_only_is_never_past(
        day in 1i8..=28,
        month in prop::sample::select(vec!["january", "march", "june", "december"]),
        weekday in prop::sample::select(vec!["monday", "tuesday", "sunday"]),
    ) {
        let mut cx = context(Language::En, Conventions::Booking, false);
        cx.future_only = true;
        for text in [format!("{day} {month}"), format!("{month} {day} at 5pm"), weekday.to_owned(), format!("the {day}th")] {
            for found in parse(&text, &cx) {
                prop_assert!(!found.past, "{text}: {:?}", found.value);
            }
        }
    }
}

/// Found by the fuzz target: a third of an hour was cut to whole days, and ended before it began.
#[test]
fn a_part_of_an_hour_lies_inside_it() {
    let hour = date(2026, 3, 2).at(8, 0, 0, 0)..=date(2026, 3, 2).at(9, 0, 0, 0);
    for conventions in [Conventions::Booking, Conventions::Duckling, Conventions::Recognizers] {
        for text in ["early last hour", "mid last hour", "late last hour", "end of last hour"] {
            let found = parse(text, &context(Language::En, conventions, false));
            for value in found.iter().flat_map(|found| &found.candidates) {
                if let Value::Interval { start, end, .. } = value {
                    assert!(hour.contains(start) && hour.contains(end), "{text}: {value:?}");
                    assert!(start <= end, "{text}: {value:?}");
                }
            }
            assert!(!found.is_empty(), "{text} is understood");
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let time = |piece: &str, length: usize| {
        let text: String = piece.chars().cycle().take(length).collect();
        let started = Instant::now();
        for language in Language::ALL {
            let found = parse(&text, &context(language, Conventions::Booking, true));
            assert!(found.len() <= length);
        }
        started.elapsed()
    };
    for piece in [
        "one ",
        "twenty ",
        "the ",
        "from ",
        "1-",
        "3 to ",
        "every ",
        "in 2 hours and ",
        "next next ",
        "half past ",
        "monday and ",
        "diwali ",
        "closest ",
        "(((",
        "\u{301}",
        "a week from ",
        "12:",
    ] {
        // Eight times the text may take some more than eight times as long, never its square.
        let _warm = time(piece, 512);
        let short = time(piece, 1024);
        let long = time(piece, 8192);
        let limit = short * 8 * 4 + Duration::from_millis(200);
        assert!(long <= limit, "{piece:?}: {short:?} for 1024, {long:?} for 8192 code points");
    }
}
