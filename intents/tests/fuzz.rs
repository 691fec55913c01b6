//! Any text at all is normalised and read without a panic, with offsets and spans inside it.
//!
//! Runs a few thousand random inputs with the other tests. For longer:
//! `BOLERO_RANDOM_TEST_TIME_MS=1800000 cargo test -p intents --test fuzz`, or
//! `cargo bolero test -p intents normalizer` with a fuzzer.

use intents::{
    Catalogue, Expecting, ExtractContext, Region, Utterance, extract, extract::answer::answer,
    normalize,
};
use jiff::{civil::date, tz::TimeZone};
use kernel::Locale;

/// What the normaliser and the finders react to, put between whatever bytes come.
const PIECES: &[&str] = &[
    " ",
    "3",
    "12",
    "1.200",
    ",",
    ".",
    "-",
    "'",
    "@",
    "*",
    "_",
    "~",
    "aaaa",
    "eee",
    "\u{301}",
    "\u{200b}",
    "\u{202e}",
    "👍🏽",
    "👎",
    "\u{fe0f}",
    "É",
    "ﬁ",
    "İ",
    "٣",
    "３",
    "€",
    "R$",
    "k",
    "me ",
    "and ",
    "my ",
    "wife ",
    "eu ",
    "e ",
    "minha ",
    "filhos ",
    "yo ",
    "y ",
    "mis ",
    "dos ",
    "mil ",
    "cento ",
    "hundred ",
    "a dozen ",
    "under ",
    "menos de ",
    "euros ",
    "conto ",
    "ana",
    " at ",
    " arroba ",
    " dot ",
    " punto ",
    "mail",
    "com",
    "ref ",
    "7GK2PA",
    "código ",
    "my name is ",
    "é a ",
    "de ",
    "la ",
    "O'",
    "Jean-",
    "Ana ",
    "Soto ",
    "later one ",
    "either ",
    "yes ",
    "no ",
    "não ",
    "problem ",
    "mas ",
    "612345678",
    "+34 ",
];

fn text(bytes: &[u8]) -> String {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 0 => String::from_utf8_lossy(rest).into_owned(),
        Some((_, rest)) => {
            rest.iter().map(|byte| PIECES[usize::from(*byte) % PIECES.len()]).collect()
        }
        None => String::new(),
    }
}

#[test]
fn normalizer() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let typed = text(bytes);
        let (clean, offsets) = normalize(&typed);
        let length = typed.chars().count();
        assert_eq!(offsets.len(), clean.chars().count() + 1);
        assert!(offsets.is_sorted() && offsets.iter().all(|offset| *offset <= length));
        assert!(!clean.starts_with(' ') && !clean.ends_with(' ') && !clean.contains("  "));
        // Normalising again never lengthens.
        assert!(normalize(&clean).0.chars().count() <= clean.chars().count().max(1) * 4);
        let _answer = answer(&typed);
    });
}

#[test]
fn entities() {
    let catalogue = Catalogue::default();
    let now = date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("no gap");
    bolero::check!().for_each(|bytes: &[u8]| {
        let typed = text(bytes);
        let length = typed.chars().count();
        let asked = [
            None,
            Some(Expecting::Name),
            Some(Expecting::PartySize),
            Some(Expecting::Selection(3)),
        ];
        for locale in Locale::ALL {
            let expecting = asked[bytes.len() % asked.len()];
            let cx = ExtractContext {
                now: now.clone(),
                catalogue: &catalogue,
                region: Some(Region::ES),
                month_first: false,
                expecting,
            };
            let mut end = 0;
            for entity in extract(&Utterance::in_locale(&typed, locale), &cx) {
                assert!(end <= entity.span.start && entity.span.start < entity.span.end);
                assert!(entity.span.end <= length);
                end = entity.span.end;
            }
        }
    });
}
