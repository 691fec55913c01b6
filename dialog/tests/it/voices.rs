//! The same conversation in every voice: other words, the same facts.

use std::collections::{BTreeMap, BTreeSet};

use dialog::{DialogAct, Emoji, Facts, Formality, Length, Tone, Violation, Warmth, lock, render};
use kernel::Locale;

use crate::{
    wording::{FILES, every_act, messages},
    world::{self, World},
};

/// The banks besides `main.ftl`, by language and voice.
const VOICES: [(&str, [&str; 3]); 4] = [
    (
        "formal",
        [
            include_str!("../../locales/en/formal.ftl"),
            include_str!("../../locales/es/formal.ftl"),
            include_str!("../../locales/pt/formal.ftl"),
        ],
    ),
    (
        "warm",
        [
            include_str!("../../locales/en/warm.ftl"),
            include_str!("../../locales/es/warm.ftl"),
            include_str!("../../locales/pt/warm.ftl"),
        ],
    ),
    (
        "cordial",
        [
            include_str!("../../locales/en/cordial.ftl"),
            include_str!("../../locales/es/cordial.ftl"),
            include_str!("../../locales/pt/cordial.ftl"),
        ],
    ),
    (
        "plain",
        [
            include_str!("../../locales/en/plain.ftl"),
            include_str!("../../locales/es/plain.ftl"),
            include_str!("../../locales/pt/plain.ftl"),
        ],
    ),
];

/// What a customer reads in nearly every conversation; each voice must have its own words for these.
const OFTEN: [&str; 20] = [
    "greet",
    "greet-named",
    "welcome",
    "goodbye",
    "request-service",
    "request-date",
    "request-time",
    "request-choice",
    "offer",
    "offer-widened",
    "offer-choose",
    "confirm",
    "confirm-move",
    "confirm-cancel",
    "booked",
    "moved",
    "cancelled",
    "not-understood",
    "handed-over",
    "waiting",
];

pub(crate) fn formal() -> Tone {
    Tone { formality: Formality::Formal, ..Tone::default() }
}

pub(crate) fn warm() -> Tone {
    Tone { warmth: Warmth::Warm, emoji: Emoji::Few, ..Tone::default() }
}

fn cordial() -> Tone {
    Tone { formality: Formality::Formal, ..warm() }
}

fn tones() -> [(&'static str, Tone); 3] {
    [("formal", formal()), ("neutral", Tone::default()), ("warm", warm())]
}

fn in_tone(facts: &Facts, tone: &Tone) -> Facts {
    let mut facts = facts.clone();
    facts.business.tone = tone.clone();
    facts
}

/// A visit from hello to goodbye.
fn conversation() -> (Facts, Vec<(&'static str, Vec<DialogAct>)>) {
    let mut world = World::new();
    world.has(1, "haircut", "ana", "2026-03-03T15:00");
    let appointment = world.facts.appointments[0].clone();
    let of = || appointment.clone();
    let offers = vec![
        world::offer("haircut", "ana", "2026-03-03T15:00"),
        world::offer("haircut", "bruno", "2026-03-04T10:30"),
    ];
    let acts = vec![
        ("greet", vec![DialogAct::Greet]),
        ("offers", vec![DialogAct::Offer { offers, widened: true }]),
        ("summary", vec![DialogAct::Confirm { appointment: of(), moves: false }]),
        ("booked", vec![DialogAct::Booked { appointment: of() }]),
        ("cancelled", vec![DialogAct::Cancelled { appointment: of() }]),
    ];
    (world.facts, acts)
}

#[test]
fn three_tones_in_three_languages() {
    let (facts, conversation) = conversation();
    let mut shown = String::new();
    for (name, acts) in &conversation {
        for locale in Locale::ALL {
            for (tone, told) in &tones() {
                let words = render(acts, &in_tone(&facts, told), locale);
                shown.push_str(&format!(
                    "{name} [{locale}] {tone}\n  {}\n",
                    words.replace('\n', "\n  ")
                ));
            }
        }
        shown.push('\n');
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn no_tone_changes_a_fact() {
    let (facts, conversation) = conversation();
    let all = conversation.into_iter().map(|(_, acts)| acts);
    let all = all.chain(every_act().into_iter().map(|act| vec![act]));
    for acts in all {
        for locale in Locale::ALL {
            let said = |tone: &Tone, second: i64| {
                let mut facts = in_tone(&facts, tone);
                facts.now += jiff::SignedDuration::from_secs(second);
                let locked = lock(&acts, &facts, locale);
                let mut said = named(locked.facts());
                said.sort();
                said
            };
            let neutral = said(&Tone::default(), 0);
            for tone in [formal(), warm(), cordial()] {
                let short = Tone { length: Length::Short, ..tone.clone() };
                assert_eq!(said(&short, 0), neutral, "{acts:?} in {locale}");
                // Long enough for every wording to have its turn.
                for second in 0..8 {
                    assert_eq!(said(&tone, second), neutral, "{acts:?} in {locale}");
                }
            }
        }
    }
}

/// Facts but for the one line of a list that is worded: a request that waits.
fn named(facts: &[String]) -> Vec<String> {
    facts.iter().map(|fact| fact.split("): ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn voices_are_really_different() {
    for locale in Locale::ALL {
        let files = |voice: &str| {
            let at = Locale::ALL.iter().position(|l| *l == locale).expect("a language");
            let (_, files) = VOICES.iter().find(|(name, _)| *name == voice).expect("a voice");
            messages(files[at])
        };
        let (formal, warm) = (files("formal"), files("warm"));
        for key in OFTEN {
            assert!(formal.contains_key(&format!("formal-{key}")), "{key} in {locale}, formal");
            assert!(warm.contains_key(&format!("warm-{key}")), "{key} in {locale}, warm");
        }
    }
}

/// Every wording in another voice is of a message that `main.ftl` has, with the same arguments, and
/// every language has words of its own in the same voices for the same messages, or shares
/// `main.ftl`'s where that fits: which these are is written down here.
#[test]
fn banks_are_complete_or_say_where_they_share() {
    let mut shared = BTreeMap::<String, Vec<&str>>::new();
    for (voice, files) in VOICES {
        let mut by_language = Vec::new();
        for (main, file) in FILES.iter().zip(files) {
            let (main, bank) = (messages(main), messages(file));
            assert!(bank.len() >= 10, "{voice} was not read");
            let mut keys = BTreeSet::new();
            for (wording, args) in &bank {
                let key = wording.strip_prefix(&format!("{voice}-")).expect("the voice's name");
                let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
                let key = if base == key { key } else { base.trim_end_matches('-') };
                let of_main = main.get(key);
                assert_eq!(Some(args), of_main, "{wording} has other arguments than {key}");
                keys.insert(key.to_owned());
            }
            by_language.push(keys);
        }
        let all: BTreeSet<_> = by_language.iter().flatten().cloned().collect();
        for (locale, keys) in Locale::ALL.into_iter().zip(by_language) {
            for key in all.difference(&keys) {
                shared.entry(format!("{voice} {key}")).or_default().push(locale.tag());
            }
        }
    }
    let lines: Vec<_> =
        shared.iter().map(|(key, locales)| format!("{key}: {}", locales.join(" "))).collect();
    insta::assert_snapshot!("shared_with_main", lines.join("\n"));
}

/// Nobody is called tú in one line and usted in the next; the formal voice does not shout.
#[test]
fn the_formal_voice_keeps_its_form_of_address() {
    const NOT_FORMAL: [(Locale, &[&str]); 3] = [
        (
            Locale::En,
            &[
                "i'm", "you're", "we're", "don't", "can't", "it's", "we've", "i'll", "i'd",
                "isn't", "there's", "you'll", "didn't", "doesn't", "won't", "that's", "i've", "hi",
                "yay",
            ],
        ),
        (
            Locale::Es,
            &[
                "tú",
                "tu",
                "tus",
                "te",
                "ti",
                "tuya",
                "quieres",
                "dime",
                "dímelo",
                "puedes",
                "prefieres",
                "tienes",
                "dices",
                "digas",
                "envíame",
                "escribe",
                "perdona",
                "inténtalo",
                "encuentras",
                "estás",
                "sigues",
                "ayudarte",
                "guardarte",
                "escribes",
                "recibirás",
                "cambias",
                "hola",
            ],
        ),
        (Locale::Pt, &["você", "oi", "pra", "te"]),
    ];
    let mut facts = World::new().facts;
    facts.customer.name = Some("Marta".into());
    for tone in [formal(), cordial()] {
        let facts = in_tone(&facts, &tone);
        for (locale, words) in NOT_FORMAL {
            for act in every_act() {
                let locked = lock(std::slice::from_ref(&act), &facts, locale);
                let said = format!("{} {}", locked.template(), locked.facts().join(" "));
                let said = said.to_lowercase();
                let found: Vec<&str> = said
                    .split(|c: char| !c.is_alphabetic() && c != '\'')
                    .filter(|word| words.contains(word))
                    .collect();
                assert!(found.is_empty(), "{act:?} in {locale}: {found:?} in {said}");
                assert!(!said.contains('!'), "{act:?} in {locale} shouts: {said}");
            }
        }
    }
}

/// Plurals, markup and emoji are what the level says; courtesies leave no holes.
#[test]
fn levels_hold_in_every_voice() {
    let facts = World::new().facts;
    let emoji = |text: &str| {
        text.chars()
            .filter(|c| matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}'))
            .count()
    };
    let mut most = 0;
    for tone in [Tone::default(), formal(), warm(), cordial()] {
        for length in [Length::Short, Length::Normal] {
            for level in [Emoji::None, Emoji::Few, Emoji::Many] {
                let facts = in_tone(&facts, &Tone { length, emoji: level, ..tone.clone() });
                for act in every_act() {
                    for locale in Locale::ALL {
                        let text = render(std::slice::from_ref(&act), &facts, locale);
                        assert!(!text.trim().is_empty(), "{act:?} in {locale}");
                        assert!(
                            !text.contains(['{', '}', '⟨', '⟩', '\u{E000}', '\u{E001}']),
                            "{text}"
                        );
                        assert!(!text.contains("  ") || text.contains("  •"), "{text:?}");
                        assert!(!text.ends_with(' ') && !text.contains(" \n"), "{text:?}");
                        match level {
                            Emoji::None => assert_eq!(emoji(&text), 0, "{text}"),
                            Emoji::Few => assert!(emoji(&text) <= 1, "{text}"),
                            Emoji::Many => most = most.max(emoji(&text)),
                        }
                    }
                }
            }
        }
    }
    assert_eq!(most, 2, "`many` is more than `few`");
}

#[test]
fn short_replies_are_shorter_and_ask_the_same() {
    let (facts, conversation) = conversation();
    for tone in [Tone::default(), formal(), warm()] {
        let short = in_tone(&facts, &Tone { length: Length::Short, ..tone.clone() });
        let normal = in_tone(&facts, &tone);
        for locale in Locale::ALL {
            let n = |facts: &Facts| -> usize {
                conversation.iter().map(|(_, acts)| render(acts, facts, locale).len()).sum()
            };
            assert!(n(&short) < n(&normal), "{locale}");
            for (_, acts) in &conversation {
                let asks = |facts| render(acts, facts, locale).contains('?');
                assert_eq!(asks(&short), asks(&normal));
            }
        }
    }
}

#[test]
fn wordings_take_turns_and_repeat_for_the_same_turn() {
    let facts = in_tone(&World::new().facts, &warm());
    let acts = [DialogAct::Welcome];
    let mut all = BTreeSet::new();
    for second in 0..60_i64 {
        let mut facts = facts.clone();
        facts.now += jiff::SignedDuration::from_secs(second);
        let said = render(&acts, &facts, Locale::En);
        assert_eq!(said, render(&acts, &facts, Locale::En));
        all.insert(said);
    }
    assert_eq!(all.len(), 3, "{all:?}");
}

#[test]
fn owners_say_hello_and_goodbye_in_their_own_words() {
    let (facts, conversation) = conversation();
    let tone = Tone {
        greeting: [(Locale::Es, "¡Bienvenida a casa, guapa! 💇".to_owned())].into(),
        sign_off: [(Locale::Es, "Un abrazo de Ana y el equipo".to_owned())].into(),
        ..Tone::default()
    };
    assert_eq!(tone.validate(&facts.business.name), Ok(()));
    let facts = in_tone(&facts, &tone);
    let said: Vec<_> =
        conversation.iter().map(|(_, acts)| render(acts, &facts, Locale::Es)).collect();
    assert!(said[0].starts_with("¡Bienvenida a casa, guapa! 💇\nSoy el asistente virtual de"));
    let signed: Vec<_> = said.iter().map(|text| text.contains("Un abrazo de Ana")).collect();
    assert_eq!(signed, [false, false, false, true, true], "what ends something, once");
    // Another language has its own words and never borrows these.
    for (_, acts) in &conversation {
        let text = render(acts, &facts, Locale::En);
        assert!(!text.contains("Bienvenida") && !text.contains("abrazo"), "{text}");
    }
}

#[test]
fn banned_words_are_not_said() {
    let banned = ["sorry", "lo siento", "desculpe"];
    let facts = World::new().facts;
    for tone in [Tone::default(), formal(), warm(), cordial()] {
        let tone =
            Tone { banned_words: banned.iter().map(|word| (*word).to_owned()).collect(), ..tone };
        assert_eq!(tone.validate("Sol"), Ok(()));
        let facts = in_tone(&facts, &tone);
        for act in every_act() {
            for locale in Locale::ALL {
                let text = render(std::slice::from_ref(&act), &facts, locale).to_lowercase();
                for word in &banned {
                    assert!(!text.contains(word), "{act:?} in {locale} says {word}: {text}");
                }
            }
        }
    }
    // Who answers cannot be hidden.
    let tone = Tone { banned_words: vec!["assistant".into()], ..Tone::default() };
    let error = tone.validate("Sol").expect_err("refused");
    assert_eq!(error.pointer, "/banned_words/0");
}

/// A rewriter that misbehaves three times in ten: nothing of it is ever sent.
#[test]
fn ten_thousand_rewordings_change_no_fact() {
    let (facts, conversation) = conversation();
    let (mut n_taken, mut n_refused, mut n_bad) = (0, 0, 0);
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for i in 0..10_000 {
        let (_, acts) = &conversation[i % conversation.len()];
        let locale = Locale::ALL[i / 5 % 3];
        let locked = lock(acts, &facts, locale);
        let n_facts = u64::try_from(locked.facts().len()).expect("few");
        let at = format!("{{{}}}", 1 + next(n_facts));
        let good = format!("{} 🙂", locked.template());
        let is_bad = next(10) < 3;
        let said = if is_bad {
            match next(8) {
                0 => good.replacen(&at, "", 1),
                1 => good.replacen(&at, &format!("{at} {at}"), 1),
                2 => good.replacen(&at, &locked.facts()[0], 1),
                3 => format!("{good} 17:00"),
                4 => format!("{good} (Friday)"),
                5 => format!("{good} www.aurora.example/pay"),
                6 => format!("{good} con Bruno, veinte euros"),
                _ => format!("{good} {{9}}"),
            }
        } else {
            good
        };
        n_bad += usize::from(is_bad);
        let sent = match locked.accept(&said) {
            Ok(text) => {
                n_taken += 1;
                assert!(!is_bad, "taken: {said}");
                text
            }
            Err(violation) => {
                n_refused += 1;
                assert!(is_bad, "{violation}: {said}");
                assert_ne!(violation, Violation::Length);
                locked.words()
            }
        };
        let plain = render(acts, &facts, locale);
        assert_eq!(sent.trim_end_matches(" 🙂"), plain, "what is sent has the facts of the act");
    }
    assert_eq!((n_taken, n_refused), (10_000 - n_bad, n_bad));
    assert!((2_800..3_200).contains(&n_bad), "{n_bad}");
}
