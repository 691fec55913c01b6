//! Conversations: `tests/transcripts/*.toml`. Each turn gives what was understood and what the
//! world answers, and expects an action and acts. The wording in three languages is a snapshot.

use std::{fmt::Write as _, fs, path::Path};

use dialog::{DialogState, conclude, decide, render, track};
use intents::emotion::Emotion;
use kernel::Locale;
use serde::Deserialize;

use crate::{
    script,
    world::{self, World},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Transcript {
    about: String,
    /// Keep only these services.
    #[serde(default)]
    services: Vec<String>,
    /// The customer's appointments: `service staff time`.
    #[serde(default)]
    appointments: Vec<String>,
    turn: Vec<Turn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    /// What was typed; only its words for no and but matter here.
    #[serde(default)]
    text: String,
    #[serde(default)]
    locale: Option<Locale>,
    /// Best first: `book`, or `book 0.5, ask_price 0.4`.
    #[serde(default)]
    intent: String,
    #[serde(default)]
    values: Vec<String>,
    /// What it feels like.
    #[serde(default)]
    feels: Vec<Emotion>,
    /// What came free for this customer and was offered since the last turn.
    #[serde(default)]
    frees: Option<String>,
    /// A price that changed since the last turn: `service amount`.
    #[serde(default)]
    price: Option<String>,
    does: String,
    /// What the world answers, when it is not simply done.
    #[serde(default)]
    world: Option<String>,
    says: Vec<String>,
}

#[test]
fn conversations_go_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 25, "transcripts went missing");
    let mut wrong = String::new();
    for path in paths {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("readable");
        let transcript = toml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let (spoken, errors) = play(&transcript);
        for error in errors {
            writeln!(wrong, "{name}: {error}").expect("a string");
        }
        insta::assert_snapshot!(name, spoken);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Plays a transcript: what was said in three languages, and what went otherwise than written.
fn play(transcript: &Transcript) -> (String, Vec<String>) {
    let mut world = World::new();
    if !transcript.services.is_empty() {
        let kept = |id| transcript.services.iter().any(|name| name == world::service_name(id));
        world.facts.services.retain(|service| kept(service.id));
    }
    for (i, appointment) in transcript.appointments.iter().enumerate() {
        let words: Vec<_> = appointment.split(' ').collect();
        world.has(i + 1, words[0], words[1], words[2]);
    }
    let mut state = DialogState::default();
    let mut spoken = format!("{}\n", transcript.about);
    let mut errors = Vec::new();
    for (i, turn) in transcript.turn.iter().enumerate() {
        let said = step(&mut world, &mut state, turn);
        if (said.does.as_str(), &said.says) != (turn.does.as_str(), &turn.says) {
            errors.push(format!(
                "turn {}\n  written {} {:?}\n  went    {} {:?}",
                i + 1,
                turn.does,
                turn.says,
                said.does,
                said.says
            ));
        }
        let heard = [&turn.text, &turn.intent, &turn.values.join(", ")];
        let heard: Vec<_> =
            heard.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
        write!(spoken, "\n> {}\n{}", heard.join(" | "), said.words).expect("a string");
    }
    (spoken, errors)
}

struct Said {
    does: String,
    says: Vec<String>,
    words: String,
}

fn step(world: &mut World, state: &mut DialogState, turn: &Turn) -> Said {
    if let Some((service, amount)) = turn.price.as_deref().and_then(|price| price.split_once(' ')) {
        let id = world::service(service);
        let fact = world.facts.services.iter_mut().find(|s| s.id == id).expect("a service");
        fact.price = world::euros(amount.parse().expect("an amount"));
    }
    if let Some(freed) = &turn.frees {
        world.frees(freed);
    }
    let locale = turn.locale.unwrap_or(Locale::En);
    let mut parse = script::parse(&turn.text, locale, &turn.intent, &turn.values);
    parse.feelings = script::feelings(&turn.feels);
    let tracked = track(state, &parse, &world.facts);
    let action = decide(&tracked, &world.facts);
    let outcome = match &turn.world {
        Some(written) => {
            world.lose_hold();
            script::outcome(written)
        }
        None => world.act(&action).unwrap_or(script::outcome("openings")),
    };
    let (next, acts) = conclude(tracked, &action, &outcome, &world.facts);
    let json = serde_json::to_string(&next).expect("json");
    assert_eq!(serde_json::from_str::<DialogState>(&json).expect("state"), next);
    *state = next;
    let words = Locale::ALL
        .map(|locale| format!("[{locale}] {}\n", render(&acts, &world.facts, locale)))
        .concat();
    Said { does: script::action(&action), says: acts.iter().map(script::act).collect(), words }
}
