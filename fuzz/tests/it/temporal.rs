//! The date and time grammar, in all languages and by all conventions.

use jiff::{civil::date, tz::TimeZone};
use temporal::{Context, Conventions, Language, Value, parse};

use crate::text::text;

/// Words that lead deep into the grammar.
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
    "14",
    "30",
    "(",
    ")",
    "half ",
    "past ",
    "el ",
    "dia ",
    "this ",
    "de marzo ",
    "de março ",
    "mañana ",
    "amanhã",
    "por la ",
    "tonight ",
    "not ",
    "menos ",
    "y media ",
    "e meia ",
    "for ",
    "second ",
    "thousand ",
    "twenty ",
    "hours ",
    "días ",
    "meses ",
    "há",
    "before ",
    "since ",
    "diwali ",
    "natal ",
    "th ",
    "º",
    "q3",
    "eom ",
    "early ",
    "gmt ",
    "\u{301}",
    "👍🏽",
    "99999999999",
    "0",
    "31",
    "year ",
    "century ",
];

#[test]
fn temporal() {
    let now = date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("no gap");
    bolero::check!().for_each(|bytes: &[u8]| {
        let text = text(bytes, WORDS);
        for language in Language::ALL {
            for conventions in
                [Conventions::Booking, Conventions::Duckling, Conventions::Recognizers]
            {
                let mut cx = Context::new(now.clone(), language);
                cx.conventions = conventions;
                cx.latent = bytes.len().is_multiple_of(2);
                sound(&text, &cx);
            }
        }
    });
}

fn sound(text: &str, cx: &Context) {
    let length = text.chars().count();
    let mut end = 0;
    for found in parse(text, cx) {
        let (span, core) = (found.span, found.core);
        assert!(end <= span.start, "overlap or disorder in {text:?}");
        assert!(span.start < span.end, "empty span in {text:?}");
        assert!(span.end <= length, "span past the end in {text:?}");
        assert!(span.start <= core.start && core.end <= span.end, "core outside in {text:?}");
        assert_eq!(found.candidates.first(), Some(&found.value));
        for value in &found.candidates {
            if let Value::Interval { start, end, .. } = value {
                assert!(start <= end, "a range that runs backwards in {text:?}: {value:?}");
            }
        }
        end = span.end;
    }
}
