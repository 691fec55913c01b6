//! Words of real customers, for what carries no details of its own: a yes, a wish for other times.

use std::path::PathBuf;

use kernel::Locale;
use rand::{Rng, RngExt as _, seq::IndexedRandom as _};
use serde::Deserialize;

use crate::{
    data::{BadData, DataFile, MissingData},
    sgd::format::{Speaker, Turn},
};

/// How often a simulated customer speaks in a real one's words, where there are any.
const SHARE: f64 = 0.5;

/// What real customers wrote, in English.
#[derive(Debug, Default)]
pub(super) struct RealTurns {
    yes: Vec<String>,
    alternatives: Vec<String>,
}

/// A line of either form: a dialogue of SGD, or a message with its intents (NLU++ and the intent
/// sets).
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Dialogue { turns: Vec<Turn> },
    Labelled { text: String, intents: Vec<String> },
    One { text: String, intent: String },
    Other {},
}

impl RealTurns {
    /// Reads the files. Messages with details, such as digits, are left out: they are about
    /// somebody else's goal.
    pub(super) fn read(files: &[PathBuf]) -> anyhow::Result<Self> {
        let mut all = Self::default();
        for path in files {
            let file = DataFile::read(path)?.ok_or_else(|| MissingData::file(path))?;
            let before = all.len();
            for line in file.lines::<Line>() {
                match line? {
                    Line::Dialogue { turns } => turns.iter().for_each(|turn| all.turn(turn)),
                    Line::Labelled { text, intents } => {
                        let intents: Vec<&str> = intents.iter().map(String::as_str).collect();
                        all.take(&text, &intents);
                    }
                    Line::One { text, intent } => all.take(&text, &[&intent]),
                    Line::Other {} => {}
                }
            }
            if all.len() == before {
                let problem = "holds no message that only agrees or only asks for other times";
                return Err(BadData::whole(path, problem).into());
            }
        }
        Ok(all)
    }

    pub(super) fn len(&self) -> usize {
        self.yes.len() + self.alternatives.len()
    }

    pub(super) fn yes(&self, locale: Locale, rng: &mut impl Rng) -> Option<String> {
        some(&self.yes, locale, rng)
    }

    pub(super) fn alternatives(&self, locale: Locale, rng: &mut impl Rng) -> Option<String> {
        some(&self.alternatives, locale, rng)
    }

    fn turn(&mut self, turn: &Turn) {
        if turn.speaker == Speaker::User {
            let acts: Vec<&str> = turn
                .frames
                .iter()
                .flat_map(|frame| &frame.acts)
                .map(|act| act.0.as_str())
                .collect();
            self.take(&turn.text, &acts);
        }
    }

    fn take(&mut self, text: &str, acts: &[&str]) {
        let all = |known: &[&str]| {
            !acts.is_empty() && acts.iter().all(|act| known.contains(&act.to_lowercase().as_str()))
        };
        if text.len() > 80 || text.chars().any(|c| c.is_ascii_digit()) {
            return;
        }
        if all(&["affirm", "affirmation"]) {
            self.yes.push(text.to_owned());
        } else if all(&["request_alts"]) && !names_a_thing(text) {
            self.alternatives.push(text.to_owned());
        }
    }
}

/// "Any other dentist?" asks for other people, not for other times.
fn names_a_thing(text: &str) -> bool {
    let text = text.to_lowercase();
    let things = [
        "stylist",
        "salon",
        "dentist",
        "doctor",
        "therapist",
        "provider",
        "restaurant",
        "hotel",
        "place",
    ];
    things.iter().any(|thing| text.contains(thing))
}

fn some(texts: &[String], locale: Locale, rng: &mut impl Rng) -> Option<String> {
    let speaks = locale == Locale::En && !texts.is_empty() && rng.random_bool(SHARE);
    if speaks { texts.choose(rng).cloned() } else { None }
}
