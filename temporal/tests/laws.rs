//! What holds for any text at all.

use std::time::{Duration, Instant};

use jiff::{civil::date, tz::TimeZone};
use proptest::prelude::*;
use temporal::{Context, Conventions, Language, Value, parse};

/// Words the grammar reacts to, of all three languages, in any order.
const WORDS: &[&str] = &[
    "3",
    "14",
    "2026",
    "30",
    "/",
    "-",
    ":",
    ".",
    ",",
    "(",
    ")",
    "pm",
    "h",
    "half",
    "past",
    "to",
    "at",
    "a las",
    "às",
    "on",
    "the",
    "el",
    "dia",
    "next",
    "this",
    "last",
    "friday",
    "lunes",
    "sexta",
    "march",
    "de marzo",
    "de março",
    "week",
    "in",
    "tomorrow",
    "mañana",
    "amanhã",
    "por la",
    "tonight",
    "not",
    "menos",
    "between",
    "and",
    "y media",
    "e meia",
    "from",
    "for",
    "second",
    "third",
    "two",
    "hundred",
    "thousand",
    "twenty",
    "hours",
    "días",
    "meses",
    "ago",
    "hace",
    "há",
    "after",
    "before",
    "until",
    "since",
    "every",
    "christmas",
    "diwali",
    "ramadan",
    "natal",
    "th",
    "º",
    "q3",
    "eom",
    "early",
    "end of",
    "gmt",
    "\u{301}",
    "👍🏽",
    "99999999999",
    "0",
    "31",
    "12",
    "year",
    "century",
];

fn context(language: Language, conventions: Conventions, latent: bool) -> Context {
    let now = date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("no gap");
    let mut cx = Context::new(now, language);
    cx.conventions = conventions;
    cx.latent = latent;
    cx
}

fn sound(text: &str, cx: &Context) -> Result<(), TestCaseError> {
    let length = text.chars().count();
    let mut end = 0;
    for found in parse(text, cx) {
        prop_assert!(end <= found.span.start, "overlap or disorder in {text:?}");
        prop_assert!(found.span.start < found.span.end, "empty span in {text:?}");
        prop_assert!(found.span.end <= length, "span past the end in {text:?}");
        prop_assert!(
            found.span.start <= found.core.start && found.core.end <= found.span.end,
            "core outside its span in {text:?}"
        );
        prop_assert_eq!(found.candidates.first(), Some(&found.value));
        for value in &found.candidates {
            if let Value::Interval { start, end, .. } = value {
                prop_assert!(start <= end, "a range that runs backwards in {text:?}: {value:?}");
            }
        }
        end = found.span.end;
    }
    Ok(())
}

fn conventions() -> impl Strategy<Value = Conventions> {
    prop::sample::select(vec![
        Conventions::Booking,
        Conventions::Duckling,
        Conventions::Recognizers,
    ])
}

proptest! {
    #[test]
    fn any_text_is_read_soundly(
        text in any::<String>(),
        language in prop::sample::select(Language::ALL.to_vec()),
        conventions in conventions(),
        latent in any::<bool>(),
    ) {
        sound(&text, &context(language, conventions, latent))?;
    }

    #[test]
    fn any_mix_of_words_is_read_soundly(
        words in prop::collection::vec((prop::sample::select(WORDS), prop::bool::weighted(0.85)), 0..16),
        language in prop::sample::select(Language::ALL.to_vec()),
        conventions in conventions(),
        latent in any::<bool>(),
    ) {
        let text: String = words.iter().flat_map(|(word, space)| [*word, if *space { " " } else { "" }]).collect();
        sound(&text, &context(language, conventions, latent))?;
    }

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
