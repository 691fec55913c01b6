//! Any bytes at all are read by the date and time grammar, in all languages, without a panic and
//! with spans inside the text.
//!
//! `cargo nextest run -p fuzz` runs a few thousand random inputs. For longer:
//! `BOLERO_RANDOM_TEST_TIME_MS=60000 cargo test -p fuzz`, or `cargo bolero test -p fuzz temporal`
//! with a fuzzer.

use jiff::{civil::date, tz::TimeZone};
use temporal::{Context, Conventions, Language, parse};

/// Words that lead deep into the grammar, put between whatever bytes come.
const WORDS: &[&str] = &[
    " ",
    "3",
    "12",
    "2026",
    "/",
    "-",
    ":",
    ".",
    ",",
    "pm",
    "h",
    "the ",
    "on ",
    "at ",
    "next ",
    "last ",
    "friday ",
    "lunes ",
    "sexta ",
    "march ",
    "de ",
    "week ",
    "in ",
    "tomorrow ",
    "a las ",
    "às ",
    "y ",
    "e ",
    "media ",
    "meia ",
    "from ",
    "to ",
    "between ",
    "and ",
    "every ",
    "after ",
    "two ",
    "hundred ",
    "days ",
    "ago ",
    "hace ",
    "end of ",
    "third ",
    "christmas ",
    "ramadan ",
    "closest ",
    "until ",
];

#[test]
fn temporal() {
    let now = date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("no gap");
    bolero::check!().for_each(|bytes: &[u8]| {
        // Half of the inputs as they are, half as words of the grammar.
        let text: String = match bytes.split_first() {
            Some((first, rest)) if first % 2 == 0 => String::from_utf8_lossy(rest).into_owned(),
            Some((_, rest)) => {
                rest.iter().map(|byte| WORDS[usize::from(*byte) % WORDS.len()]).collect()
            }
            None => String::new(),
        };
        let length = text.chars().count();
        for language in Language::ALL {
            for conventions in
                [Conventions::Booking, Conventions::Duckling, Conventions::Recognizers]
            {
                let mut cx = Context::new(now.clone(), language);
                cx.conventions = conventions;
                cx.latent = bytes.len().is_multiple_of(2);
                for found in parse(&text, &cx) {
                    assert!(found.span.start < found.span.end && found.span.end <= length);
                }
            }
        }
    });
}
