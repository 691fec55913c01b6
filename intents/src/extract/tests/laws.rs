//! What holds for any text at all.

use kernel::Locale;
use proptest::prelude::*;

use super::*;

/// Pieces that the grammar reacts to, in any order.
const PIECES: &[&str] = &[
    "3",
    "14",
    "2026",
    "30",
    "/",
    "-",
    ":",
    ".",
    ",",
    "+34",
    "612345678",
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
    "week",
    "in",
    "tomorrow",
    "mañana",
    "por la",
    "tonight",
    "not",
    "no",
    "menos",
    "between",
    "and",
    "y media",
    "e meia",
    "from",
    "for",
    "people",
    "my name is",
    "soy",
    "Ana",
    "second",
    "one",
    "option",
    "haircut",
    "👍🏽",
    "é",
    "e\u{301}",
    "*",
    "\u{200b}",
    "anyone",
    "a week from",
    "before",
];

fn expecting() -> impl Strategy<Value = Option<Expecting>> {
    prop::option::of(prop::sample::select(vec![
        Expecting::Date,
        Expecting::Time,
        Expecting::Staff,
        Expecting::Name,
        Expecting::Phone,
        Expecting::PartySize,
        Expecting::Selection(3),
        Expecting::Confirmation,
    ]))
}

fn sound(text: &str, locale: Locale, expecting: Option<Expecting>) -> Result<(), TestCaseError> {
    let length = text.chars().count();
    let mut end = 0;
    for entity in read(text, locale, expecting) {
        prop_assert!(end <= entity.span.start, "overlap or disorder in {text:?}");
        prop_assert!(entity.span.start < entity.span.end, "empty span in {text:?}");
        prop_assert!(entity.span.end <= length, "span past the end in {text:?}");
        end = entity.span.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_sound_spans(text in any::<String>(), locale in prop::sample::select(Locale::ALL.to_vec()), expecting in expecting()) {
        sound(&text, locale, expecting)?;
    }

    #[test]
    fn any_mix_of_phrases_gives_sound_spans(
        pieces in prop::collection::vec((prop::sample::select(PIECES), prop::bool::weighted(0.8)), 0..14),
        locale in prop::sample::select(Locale::ALL.to_vec()),
        expecting in expecting(),
    ) {
        let text: String = pieces.iter().flat_map(|(piece, space)| [*piece, if *space { " " } else { "" }]).collect();
        sound(&text, locale, expecting)?;
    }
}

#[test]
fn a_mark_of_two_tokens_is_in_one_span() {
    // Found by fuzzing: the accent stands on the sign and begins the next word.
    for locale in Locale::ALL {
        sound("my name is and 3€\u{301}İ,wife", locale, None).expect("sound");
    }
}

#[test]
fn the_longest_message_is_read() {
    for piece in [
        "a week from ",
        "3",
        "(",
        "3 to ",
        "not ",
        "👍🏽",
        "half past ",
        "the ",
        "Ana ",
        "2 adults ",
        "1-",
        "\u{301}",
    ] {
        let text: String = piece.chars().cycle().take(65_536).collect();
        for locale in Locale::ALL {
            for expecting in [None, Some(Expecting::Name), Some(Expecting::Time)] {
                sound(&text, locale, expecting).expect("sound");
            }
        }
    }
}

#[test]
fn spans_quote_what_was_typed() {
    for (text, locale, quoted) in [
        (
            "Haircut *tomorrow* at 3pm with Ana",
            Locale::En,
            vec!["Haircut", "tomorrow", "3pm", "Ana"],
        ),
        ("tonight at 8", Locale::En, vec!["to", "night", "8"]),
        ("esta noche", Locale::Es, vec!["esta", "noche"]),
        ("el man\u{303}ana, por la tarde", Locale::Es, vec!["man\u{303}ana", "por la tarde"]),
        ("às 15h30 👍🏽 amanhã", Locale::Pt, vec!["15h30", "amanhã"]),
        ("on the 14th of March", Locale::En, vec!["14th of March"]),
    ] {
        let original: Vec<char> = text.chars().collect();
        let found: Vec<String> = read(text, locale, None)
            .iter()
            .map(|entity| original[entity.span.start..entity.span.end].iter().collect())
            .collect();
        assert_eq!(found, quoted, "{text}");
    }
}

#[test]
fn months_first_is_a_setting() {
    let catalogue = catalogue();
    let zone = TimeZone::get("America/New_York").expect("bundled");
    let now = date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(zone).expect("no gap");
    for (month_first, expected) in [(true, "04-05|05-04"), (false, "05-04|04-05")] {
        let cx = ExtractContext {
            now: now.clone(),
            catalogue: &catalogue,
            region: None,
            month_first,
            expecting: None,
        };
        let found = extract(&Utterance::new("is 4/5 free please", Locale::En), &cx);
        assert_eq!(found.iter().map(show_entity).collect::<String>(), expected);
    }
}
