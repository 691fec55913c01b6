//! The normaliser, the finders and the answers: offsets and spans lie inside the message.

use intents::{
    Catalogue, Expecting, ExtractContext, Region, Utterance, extract, extract::answer::answer,
    normalize,
};
use jiff::{civil::date, tz::TimeZone};
use kernel::Locale;

use crate::text::text;

/// What the normaliser and the finders react to.
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
    "14",
    "2026",
    "30",
    "/",
    ":",
    "pm ",
    "h ",
    "half ",
    "past ",
    "to ",
    "a las ",
    "às ",
    "on ",
    "the ",
    "el ",
    "dia ",
    "next ",
    "this ",
    "last ",
    "friday ",
    "lunes ",
    "sexta ",
    "march ",
    "de marzo ",
    "week ",
    "in ",
    "tomorrow ",
    "mañana ",
    "por la ",
    "tonight ",
    "not ",
    "menos ",
    "between ",
    "y media ",
    "e meia ",
    "from ",
    "for ",
    "people ",
    "soy ",
    "second ",
    "one ",
    "option ",
    "haircut ",
    "é ",
    "e\u{301}",
    "anyone ",
    "a week from ",
    "before ",
];

#[test]
fn normalizer() {
    bolero::check!().for_each(|bytes: &[u8]| {
        let typed = text(bytes, PIECES);
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
        let typed = text(bytes, PIECES);
        let length = typed.chars().count();
        let asked = [
            None,
            Some(Expecting::Date),
            Some(Expecting::Time),
            Some(Expecting::Staff),
            Some(Expecting::Name),
            Some(Expecting::Phone),
            Some(Expecting::PartySize),
            Some(Expecting::Selection(3)),
            Some(Expecting::Confirmation),
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
