//! The committed lines: what people write, and what it feels like.

use kernel::Locale;
use serde::Deserialize;

use super::Emotion;
use crate::{
    Intent,
    classify::{ExampleError, ExampleSet},
};

/// How many booking lines a language are learnt beside the lines written for this: without them,
/// one plain request in twelve was taken for a feeling.
const PLAIN: usize = 400;

/// One message and what it feels like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmotionExample {
    /// As typed.
    pub text: String,
    /// None for a message that shows nothing, as most do.
    pub emotions: Vec<Emotion>,
    /// In which language.
    pub locale: Locale,
}

/// Lines in three parts that share no wording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmotionExamples {
    /// To fit and calibrate on; plain booking lines are among them.
    pub train: Vec<EmotionExample>,
    /// To choose on.
    pub dev: Vec<EmotionExample>,
    /// To report on, and nothing else.
    pub test: Vec<EmotionExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    text: String,
    emotions: Vec<Emotion>,
}

macro_rules! files {
    ($part:literal) => {
        [
            (Locale::En, include_str!(concat!("../../data/emotion/en.", $part, ".jsonl"))),
            (Locale::Es, include_str!(concat!("../../data/emotion/es.", $part, ".jsonl"))),
            (Locale::Pt, include_str!(concat!("../../data/emotion/pt.", $part, ".jsonl"))),
        ]
    };
}

impl EmotionExamples {
    /// The lines compiled into the program.
    ///
    /// # Errors
    ///
    /// [`ExampleError`] when a committed file is malformed; a test rules that out.
    pub fn embedded() -> Result<Self, ExampleError> {
        let mut train = parse_all("train", &files!("train"))?;
        train.extend(plain(&ExampleSet::embedded()?));
        Ok(Self {
            train,
            dev: parse_all("dev", &files!("dev"))?,
            test: parse_all("test", &files!("test"))?,
        })
    }
}

/// Booking lines, evenly taken over all intents that are not feelings themselves, as lines that
/// show nothing.
fn plain(set: &ExampleSet) -> Vec<EmotionExample> {
    let is_plain = |intent| {
        !matches!(
            intent,
            Intent::Complaint
                | Intent::Praise
                | Intent::RunningLate
                | Intent::TalkToPerson
                | Intent::SmallTalk
                | Intent::OutOfScope
        )
    };
    let of = |locale| {
        let lines: Vec<_> = set
            .train
            .iter()
            .filter(|example| example.locale == locale && is_plain(example.intent))
            .collect();
        let step = (lines.len() / PLAIN).max(1);
        let taken = lines.into_iter().step_by(step).take(PLAIN).map(|example| EmotionExample {
            text: example.text.clone(),
            emotions: Vec::new(),
            locale,
        });
        taken.collect::<Vec<_>>()
    };
    Locale::ALL.into_iter().flat_map(of).collect()
}

fn parse_all(part: &str, files: &[(Locale, &str)]) -> Result<Vec<EmotionExample>, ExampleError> {
    let mut examples = Vec::new();
    for (locale, content) in files {
        let lines = content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (i, line) in lines {
            let Line { text, emotions } = serde_json::from_str(line).map_err(|source| {
                ExampleError::new(format!("emotion/{locale}.{part}.jsonl"), i + 1, source)
            })?;
            examples.push(EmotionExample { text, emotions, locale: *locale });
        }
    }
    Ok(examples)
}
