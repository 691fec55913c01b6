//! What holds for families of texts; what holds for any text at all is in the crate `fuzz`.

use kernel::Locale;

use super::*;

fn sound(text: &str, locale: Locale, expecting: Option<Expecting>) {
    let length = text.chars().count();
    let mut end = 0;
    for entity in read(text, locale, expecting) {
        assert!(end <= entity.span.start, "overlap or disorder in {text:?}");
        assert!(entity.span.start < entity.span.end, "empty span in {text:?}");
        assert!(entity.span.end <= length, "span past the end in {text:?}");
        end = entity.span.end;
    }
}

#[test]
fn a_mark_of_two_tokens_is_in_one_span() {
    // Found by fuzzing: the accent stands on the sign and begins the next word.
    for locale in Locale::ALL {
        sound("my name is and 3€\u{301}İ,wife", locale, None);
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
                sound(&text, locale, expecting);
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
