//! The committed examples: what people write, and what they want by it.

use kernel::Locale;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::LabelledText;
use crate::Intent;

/// One message and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// As typed.
    pub text: String,
    /// What the person wants.
    pub intent: Intent,
    /// What they want besides, in the same message.
    pub also: Vec<Intent>,
    /// In which language.
    pub locale: Locale,
}

/// Examples in three parts that share no message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExampleSet {
    /// To fit weights on.
    pub train: Vec<Example>,
    /// To choose and calibrate on.
    pub dev: Vec<Example>,
    /// To report on, and nothing else.
    pub test: Vec<Example>,
}

/// A line of an example file is not an example.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of {file} is not an example")]
pub struct ExampleError {
    file: String,
    line: usize,
    #[source]
    source: serde_json::Error,
}

impl ExampleError {
    pub(crate) const fn new(file: String, line: usize, source: serde_json::Error) -> Self {
        Self { file, line, source }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    text: String,
    intent: Intent,
    #[serde(default)]
    also: Vec<Intent>,
}

/// What public sets call a text that no label fits, whatever its case.
const OUTSIDE: [&str; 4] = ["oos", "ood", "out_of_scope", "no_nodes_detected"];

/// A line of an intent set.
#[derive(Deserialize)]
struct SetLine {
    text: String,
    intent: Option<String>,
    #[serde(default)]
    intents: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
}

/// Reads an intent set: one JSON object a line with `text`, and `intent` (and `also`) or
/// `intents`. Whatever the sets call out of scope is no label. `file` is named in errors.
///
/// # Errors
///
/// [`ExampleError`] when a line is something else.
pub fn read_labelled(file: &str, content: &str) -> Result<Vec<LabelledText>, ExampleError> {
    let lines = content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(i, line)| {
            let SetLine { text, intent, intents, also } = serde_json::from_str(line)
                .map_err(|source| ExampleError { file: file.to_owned(), line: i + 1, source })?;
            let inside = |label: &String| !OUTSIDE.contains(&label.to_lowercase().as_str());
            let labels = intent.into_iter().chain(intents).chain(also).filter(inside).collect();
            Ok(LabelledText { text, labels })
        })
        .collect()
}

macro_rules! files {
    ($part:literal) => {
        [
            (Locale::En, include_str!(concat!("../../data/en.", $part, ".jsonl"))),
            (Locale::Es, include_str!(concat!("../../data/es.", $part, ".jsonl"))),
            (Locale::Pt, include_str!(concat!("../../data/pt.", $part, ".jsonl"))),
        ]
    };
}

impl ExampleSet {
    /// The examples compiled into the program.
    ///
    /// # Errors
    ///
    /// [`ExampleError`] when a committed file is malformed; a test rules that out.
    pub fn embedded() -> Result<Self, ExampleError> {
        Ok(Self {
            train: parse_all("train", &files!("train"))?,
            dev: parse_all("dev", &files!("dev"))?,
            test: parse_all("test", &files!("test"))?,
        })
    }

    /// SHA-256 over all examples, in hexadecimal: changes whenever one does.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let mut hash = Sha256::new();
        for part in [&self.train, &self.dev, &self.test] {
            hash.update((part.len() as u64).to_le_bytes());
            for Example { text, intent, also, locale } in part {
                for field in [text.as_str(), intent.name(), locale.tag()] {
                    hash.update((field.len() as u64).to_le_bytes());
                    hash.update(field);
                }
                hash.update((also.len() as u64).to_le_bytes());
                also.iter().for_each(|intent| hash.update(intent.name()));
            }
        }
        hex::encode(hash.finalize())
    }
}

fn parse_all(part: &str, files: &[(Locale, &str)]) -> Result<Vec<Example>, ExampleError> {
    let mut examples = Vec::new();
    for (locale, content) in files {
        let lines = content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (i, line) in lines {
            let Line { text, intent, also } = serde_json::from_str(line).map_err(|source| {
                ExampleError::new(format!("{locale}.{part}.jsonl"), i + 1, source)
            })?;
            examples.push(Example { text, intent, also, locale: *locale });
        }
    }
    Ok(examples)
}
