//! How a business speaks, as data: which voice, how many emoji, how much, and its own words.
//!
//! Not what is said: acts decide that, and a tone cannot add, drop or change a fact.

use std::collections::BTreeMap;

use kernel::Locale;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::reply::{bank, guard, plain};

/// The longest greeting, in characters.
const MAX_GREETING: usize = 200;
/// The longest sign-off, in characters.
const MAX_SIGN_OFF: usize = 120;
/// How many words can be banned.
const MAX_BANNED: usize = 50;
/// The longest banned word or phrase, in characters.
const MAX_BANNED_CHARS: usize = 40;

/// How a business speaks. A missing field takes its default, which is the plain friendly voice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tone {
    /// How customers are addressed, in every language that `formality_in` does not name.
    pub formality: Formality,
    /// How they are addressed in some languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub formality_in: BTreeMap<Locale, Formality>,
    /// How much it shows that customers are welcome.
    pub warmth: Warmth,
    /// How many emoji a reply has.
    pub emoji: Emoji,
    /// Whether courtesies are left out.
    pub length: Length,
    /// The owner's own hello, by language: plain text of 1 to 200 characters. What answers and what
    /// it can do is said after it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub greeting: BTreeMap<Locale, String>,
    /// The owner's own last line of replies that end something, by language: plain text of 1 to 120
    /// characters.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sign_off: BTreeMap<Locale, String>,
    /// Words and phrases that no wording may have, whatever the case: at most 50 of 2 to 40
    /// characters. Names and the business's own answers are facts and stay as they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub banned_words: Vec<String>,
}

/// How customers are addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formality {
    /// Everyday English, tú, você.
    #[default]
    Informal,
    /// Formal English, usted, and Portuguese that needs neither você nor o senhor.
    Formal,
}

/// How much it shows that customers are welcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warmth {
    /// Friendly, to the point.
    #[default]
    Neutral,
    /// Delighted.
    Warm,
}

/// How many emoji a reply has, where its wording has any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emoji {
    /// None.
    #[default]
    None,
    /// At most one.
    Few,
    /// All of them.
    Many,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Without the sentences that are mere courtesy.
    Short,
    /// Everything.
    #[default]
    Normal,
}

/// A tone that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pointer}` {reason}")]
pub struct ToneError {
    /// Which field, as a JSON pointer.
    pub pointer: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// The voices, each a phrase bank in `locales/*/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// `main.ftl`.
    Neutral,
    /// `warm.ftl`.
    Warm,
    /// `formal.ftl`.
    Formal,
    /// `cordial.ftl`, formal and warm.
    Cordial,
}

impl Tone {
    /// The tone of a line of business; the default one where none is written for it.
    #[must_use]
    pub fn for_vertical(vertical: &str) -> Self {
        serde_json::from_value(vertical_defaults(vertical)).unwrap_or_default()
    }

    /// The tone of a line of business with what the owner has changed, both as JSON; a change is a
    /// merge patch (RFC 7396). It may not make sense: [`Tone::of`] says.
    #[must_use]
    pub fn overlaid(vertical: &str, overrides: &Value) -> Value {
        let mut tone = vertical_defaults(vertical);
        merge(&mut tone, overrides);
        tone
    }

    /// Reads the tone of a line of business with what the owner has changed.
    ///
    /// # Errors
    ///
    /// [`ToneError`] when the changes are not those of a tone.
    pub fn of(vertical: &str, overrides: &Value) -> Result<Self, ToneError> {
        serde_json::from_value(Self::overlaid(vertical, overrides))
            .map_err(|error| ToneError::new("", error.to_string()))
    }

    /// Whether this can be said: texts plain, bounded and without facts that would go stale, banned
    /// words avoidable. `business` is what customers know the business as, which its texts may say.
    ///
    /// # Errors
    ///
    /// [`ToneError`] naming the field and the fix.
    pub fn validate(&self, business: &str) -> Result<(), ToneError> {
        self.validate_banned()?;
        for (field, texts, max) in
            [("greeting", &self.greeting, MAX_GREETING), ("sign_off", &self.sign_off, MAX_SIGN_OFF)]
        {
            for (locale, text) in texts {
                self.validate_text(text, max, business)
                    .map_err(|reason| ToneError::new(&format!("/{field}/{locale}"), reason))?;
            }
        }
        Ok(())
    }

    fn validate_text(&self, text: &str, max: usize, business: &str) -> Result<(), String> {
        let n_chars = text.chars().count();
        if text.trim().is_empty() || n_chars > max {
            return Err(format!("must have 1 to {max} characters, not {n_chars}"));
        }
        if plain(text, max) != text.trim() {
            return Err(
                "must be one line of plain text, without * _ ~ ` and invisible characters, \
                        and without two spaces together"
                    .to_owned(),
            );
        }
        if text.contains(['{', '}']) {
            return Err(
                "must not have { or }: it is sent as it is, nothing is put into it".to_owned()
            );
        }
        if let Some(fact) = guard::first_fact(text, business) {
            return Err(format!(
                "must not have `{fact}`: numbers, prices, days, times and links go stale in a \
                 greeting; put them into the business's answers, /v1/facts"
            ));
        }
        let said = bank::spaced(text);
        match self.banned_words.iter().find(|word| bank::has_word(&said, word)) {
            Some(word) => Err(format!(
                "must not have `{word}`, which is one of your `banned_words`; change one of the two"
            )),
            None => Ok(()),
        }
    }

    fn validate_banned(&self) -> Result<(), ToneError> {
        if self.banned_words.len() > MAX_BANNED {
            return Err(ToneError::new("/banned_words", format!("must be at most {MAX_BANNED}")));
        }
        for (i, word) in self.banned_words.iter().enumerate() {
            let wrong = |reason: String| Err(ToneError::new(&format!("/banned_words/{i}"), reason));
            if !(2..=MAX_BANNED_CHARS).contains(&word.chars().count()) {
                return wrong(format!("must have 2 to {MAX_BANNED_CHARS} characters"));
            }
            if bank::spaced(word).trim().is_empty() {
                return wrong(
                    "must have letters; to have no emoji, set `emoji` to `none`".to_owned(),
                );
            }
        }
        // Two may be avoidable each and not together, so all are looked at at once.
        for locale in Locale::ALL {
            if let Some((key, word)) = bank::unavoidable(locale, self.voice(locale), self.banned())
            {
                let at = self.banned_words.iter().position(|banned| *banned == word);
                return Err(ToneError::new(
                    &format!("/banned_words/{}", at.unwrap_or_default()),
                    format!(
                        "`{word}` cannot be avoided: every wording of `{key}` in {locale} has a \
                         banned word; take it off the list"
                    ),
                ));
            }
        }
        Ok(())
    }

    pub(crate) fn banned(&self) -> &[String] {
        &self.banned_words
    }

    /// How customers are addressed in a language.
    #[must_use]
    pub fn formality(&self, locale: Locale) -> Formality {
        self.formality_in.get(&locale).copied().unwrap_or(self.formality)
    }

    pub(crate) fn voice(&self, locale: Locale) -> Voice {
        match (self.formality(locale), self.warmth) {
            (Formality::Informal, Warmth::Neutral) => Voice::Neutral,
            (Formality::Informal, Warmth::Warm) => Voice::Warm,
            (Formality::Formal, Warmth::Neutral) => Voice::Formal,
            (Formality::Formal, Warmth::Warm) => Voice::Cordial,
        }
    }
}

impl ToneError {
    fn new(pointer: &str, reason: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), reason: reason.into() }
    }
}

/// What `tones/` has for a line of business, as JSON.
fn vertical_defaults(vertical: &str) -> Value {
    let text = match vertical {
        "salon" => include_str!("../tones/salon.toml"),
        "clinic" => include_str!("../tones/clinic.toml"),
        "restaurant" => include_str!("../tones/restaurant.toml"),
        "hotel" => include_str!("../tones/hotel.toml"),
        _ => "",
    };
    toml::from_str(text).unwrap_or(Value::Null) // a test reads them all
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(target) = target {
        for (key, value) in patch {
            if value.is_null() {
                target.remove(key);
            } else {
                merge(target.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const VERTICALS: [&str; 4] = ["salon", "clinic", "restaurant", "hotel"];

    #[test]
    fn every_line_of_business_has_a_tone_that_holds() {
        for vertical in VERTICALS {
            let tone = Tone::of(vertical, &json!({})).unwrap_or_else(|e| panic!("{vertical}: {e}"));
            assert!(vertical_defaults(vertical).is_object(), "{vertical} is not read");
            tone.validate("Sol").unwrap_or_else(|e| panic!("{vertical}: {e}"));
        }
        assert_eq!(Tone::for_vertical("salon"), Tone::default());
        assert_eq!(Tone::for_vertical("smithy"), Tone::default());
        assert_eq!(Tone::for_vertical("clinic").formality(Locale::Es), Formality::Formal);
        let restaurant = Tone::for_vertical("restaurant");
        assert_eq!(restaurant.formality(Locale::En), Formality::Informal);
        assert_eq!(restaurant.formality(Locale::Pt), Formality::Formal);
    }

    #[test]
    fn owners_change_what_they_name_and_old_rows_load() {
        let tone = Tone::of("hotel", &json!({ "emoji": "none", "sign_off": { "en": "Ana" } }));
        let tone = tone.expect("a tone");
        assert_eq!((tone.warmth, tone.emoji), (Warmth::Warm, Emoji::None));
        assert_eq!(tone.sign_off[&Locale::En], "Ana");
        assert_eq!(serde_json::from_value::<Tone>(json!({})).expect("a tone"), Tone::default());
        assert!(Tone::of("hotel", &json!({ "emoji": "some" })).is_err());
    }

    #[test]
    fn what_cannot_be_said_is_refused_by_name() {
        let of = |patch: Value| Tone::of("salon", &patch).expect("a tone").validate("Studio 54");
        assert_eq!(of(json!({ "greeting": { "en": "Welcome to Studio 54, dear!" } })), Ok(()));
        for (patch, pointer, part) in [
            (json!({ "greeting": { "es": "" } }), "/greeting/es", "1 to 200"),
            (json!({ "greeting": { "es": "Hola".repeat(99) } }), "/greeting/es", "1 to 200"),
            (json!({ "sign_off": { "pt": "*Ana*" } }), "/sign_off/pt", "plain text"),
            (json!({ "sign_off": { "pt": "A\u{202E}na" } }), "/sign_off/pt", "plain text"),
            (json!({ "greeting": { "en": "Cuts from 20" } }), "/greeting/en", "`20`"),
            (json!({ "greeting": { "en": "Hi {name}" } }), "/greeting/en", "{ or }"),
            (json!({ "greeting": { "en": "See aurora.example" } }), "/greeting/en", "example"),
            (json!({ "greeting": { "es": "El lunes cerramos" } }), "/greeting/es", "lunes"),
            (
                json!({ "greeting": { "en": "Hi, dear" }, "banned_words": ["Dear"] }),
                "/greeting/en",
                "banned_words",
            ),
            (json!({ "banned_words": ["sorry", "x"] }), "/banned_words/1", "2 to 40"),
            (json!({ "banned_words": ["🎉🎉"] }), "/banned_words/0", "emoji"),
            (json!({ "banned_words": ["sorry", "with"] }), "/banned_words/1", "avoided"),
        ] {
            let error = of(patch.clone()).expect_err("refused");
            assert_eq!(error.pointer, pointer, "{patch}: {error}");
            assert!(error.reason.contains(part), "{patch}: {error}");
        }
    }
}
