//! A learned tagger for what a grammar cannot know: which words are somebody's name, and whether a
//! number is a head count or an hour.
//!
//! A linear-chain conditional random field over words, shapes, affixes, what the grammar found, and
//! what was just asked. [`Tagger::train`] learns any set of slots in seconds; a small one for
//! English ships with the product (`english.bin`, see `CARD.md`) and is used by
//! [`crate::extract`].

mod chain;
mod compact;
mod features;
mod product;
mod train;
mod words;

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

pub(crate) use self::product::arbitrate;
use self::{
    chain::Chain,
    compact::{Compact, read_number, write_number},
    features::{Looking, word_hash},
    train::Field,
    words::{Word, words},
};
pub use self::{
    product::{requested, shipped},
    train::Training,
};
use crate::{Entity, EntityValue, Span};

/// First bytes of a tagger's file.
const MAGIC: &[u8] = b"booka-tagger-1\n";
/// Weights beyond this are pruned, in bytes.
const BUDGET: usize = 600_000;

/// Why there is no tagger.
#[derive(Debug, thiserror::Error)]
pub enum TagError {
    /// Nothing to learn from.
    #[error("no example has a slot")]
    NoSlots,
    /// A label is kept in a byte.
    #[error("{0} slots are more than a tagger holds, 127")]
    TooManySlots(usize),
    /// Not a tagger's file, or cut short.
    #[error("the tagger is damaged")]
    Damaged,
    /// Its description is not what it should be.
    #[error("the tagger's description cannot be read")]
    Description(#[source] serde_json::Error),
}

/// A stretch of text and which slot it fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The slot, as the training data calls it.
    pub slot: String,
    /// Where, in code points of the text.
    pub span: Span,
    /// Probability that these words fill this slot, 0..=1.
    pub confidence: f32,
}

/// What the grammar says about a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What kind of value.
    pub kind: &'static str,
    /// Where, in code points of the text.
    pub span: Span,
}

/// The examples, and those with names once more as they are typed on a telephone: every third in
/// lower case, every third in lower case and without the last name. The published sets are written
/// with capitals and full names.
#[must_use]
pub fn as_chatted(examples: &[Example]) -> Vec<Example> {
    let named = examples
        .iter()
        .filter(|example| example.slots.iter().any(|(slot, _)| slot.ends_with("name")))
        .filter(|example| {
            example.text.to_lowercase().chars().count() == example.text.chars().count()
        });
    let typed = named.enumerate().filter_map(|(n, example)| {
        let lower = Example { text: example.text.to_lowercase(), ..example.clone() };
        match n % 3 {
            0 => Some(lower),
            1 => without_last_name(&lower),
            _ => None,
        }
    });
    examples.iter().cloned().chain(typed).collect()
}

/// "under ana soto" becomes "under ana".
fn without_last_name(example: &Example) -> Option<Example> {
    let of =
        |name: &str| example.slots.iter().find(|(slot, _)| slot == name).map(|(_, span)| *span);
    let (first, last) = (of("first_name")?, of("last_name")?);
    (first.end + 1 == last.start).then_some(())?;
    let letters: Vec<char> = example.text.chars().collect();
    let text = letters[..first.end].iter().chain(letters.get(last.end..)?).collect();
    let cut = last.end - first.end;
    let slots = example.slots.iter().filter(|(slot, _)| slot != "last_name");
    let moved = slots.map(|(slot, span)| {
        let by = if span.start >= last.end { cut } else { 0 };
        (slot.clone(), Span { start: span.start - by, end: span.end - by })
    });
    Some(Example {
        text,
        requested: example.requested.clone(),
        hints: Vec::new(),
        slots: moved.collect(),
    })
}

/// A text to learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// As typed.
    pub text: String,
    /// Slots that had just been asked for.
    pub requested: Vec<String>,
    /// What the grammar says.
    pub hints: Vec<Hint>,
    /// What is there.
    pub slots: Vec<(String, Span)>,
}

/// Finds slots in texts of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Tagger {
    slots: Vec<String>,
    common: HashSet<u32>,
    field: Compact,
    grammar: bool,
    trained_on: String,
}

/// What stands before the weights in a tagger's file.
#[derive(Debug, Serialize, Deserialize)]
struct Description {
    generated_by: String,
    trained_on: String,
    grammar: bool,
    slots: Vec<String>,
    transitions: Vec<f32>,
    scale: f32,
    common: usize,
    features: usize,
}

impl Tagger {
    /// Learns from `examples`; `trained_on` names them. `told` hears of each pass done.
    ///
    /// # Errors
    ///
    /// When no example has a slot, or there are more than 127 different ones.
    pub fn train(
        examples: &[Example],
        trained_on: &str,
        training: &Training,
        told: impl FnMut(usize),
    ) -> Result<Self, TagError> {
        let names: BTreeSet<&str> =
            examples.iter().flat_map(|e| &e.slots).map(|(slot, _)| slot.as_str()).collect();
        let slots: Vec<String> = names.into_iter().map(str::to_owned).collect();
        match slots.len() {
            0 => return Err(TagError::NoSlots),
            1..=127 => {}
            n => return Err(TagError::TooManySlots(n)),
        }
        let texts: Vec<Vec<Word>> = examples.iter().map(|example| words(&example.text)).collect();
        let common = common(&texts, training.min_word_count);
        let rows: Vec<_> = examples
            .iter()
            .zip(&texts)
            .map(|(example, words)| {
                let hints = if training.grammar { &example.hints[..] } else { &[] };
                let hints = on_words(words, hints);
                let looking = Looking {
                    words,
                    requested: &sorted(&example.requested),
                    hints: &hints,
                    common: &common,
                };
                (looking.rows(), encode(&slots, words, &example.slots))
            })
            .collect();
        let chain = Chain::new(1 + 2 * slots.len(), may_follow);
        let field = Field::train(&rows, chain, training, told);
        let field = Compact::from_field(&field, BUDGET);
        let (grammar, trained_on) = (training.grammar, trained_on.to_owned());
        Ok(Self { slots, common, field, grammar, trained_on })
    }

    /// The slots it knows, in alphabetical order.
    #[must_use]
    pub fn slots(&self) -> &[String] {
        &self.slots
    }

    /// Whether it looks at what the grammar found.
    #[must_use]
    pub fn reads_grammar(&self) -> bool {
        self.grammar
    }

    /// What it was trained on.
    #[must_use]
    pub fn trained_on(&self) -> &str {
        &self.trained_on
    }

    /// How many features have a weight.
    #[must_use]
    pub fn features(&self) -> usize {
        self.field.features()
    }

    /// The most probable slots of `text`, in order, without overlaps.
    #[must_use]
    pub fn tag(&self, text: &str, requested: &[String], hints: &[Hint]) -> Vec<Tag> {
        let words = words(text);
        let hints = on_words(&words, if self.grammar { hints } else { &[] });
        let requested = sorted(requested);
        let looking =
            Looking { words: &words, requested: &requested, hints: &hints, common: &self.common };
        let scores = self.field.scores(&looking.rows());
        let chain = &self.field.chain;
        let labels = chain.best(&scores, words.len());
        let (sure, _) = chain.marginals(&scores, words.len());
        let mut tags: Vec<Tag> = Vec::new();
        for (at, label) in labels.iter().enumerate().filter(|(_, label)| **label > 0) {
            let confidence = sure[at * chain.labels + label];
            let end = words[at].chars.end;
            match tags.last_mut() {
                Some(tag) if label % 2 == 0 => {
                    tag.span.end = end;
                    tag.confidence = tag.confidence.min(confidence);
                }
                _ => tags.push(Tag {
                    slot: self.slots[(label - 1) / 2].clone(),
                    span: Span { start: words[at].chars.start, end },
                    confidence,
                }),
            }
        }
        tags
    }

    /// As a file.
    ///
    /// # Errors
    ///
    /// When the description cannot be written as JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TagError> {
        let description = Description {
            generated_by: "intents::tag::Tagger; do not edit".to_owned(),
            trained_on: self.trained_on.clone(),
            grammar: self.grammar,
            slots: self.slots.clone(),
            transitions: self.field.chain.transitions.clone(),
            scale: self.field.scale,
            common: self.common.len(),
            features: self.field.features(),
        };
        let mut bytes = MAGIC.to_vec();
        bytes.extend(serde_json::to_vec(&description).map_err(TagError::Description)?);
        bytes.push(b'\n');
        let mut common: Vec<u32> = self.common.iter().copied().collect();
        common.sort_unstable();
        let mut before = 0;
        for hash in common {
            write_number(hash - before, &mut bytes);
            before = hash;
        }
        self.field.write(&mut bytes);
        Ok(bytes)
    }

    /// From a file.
    ///
    /// # Errors
    ///
    /// When `bytes` is not a tagger's file, or only part of one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TagError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(TagError::Damaged)?;
        let end = rest.iter().position(|byte| *byte == b'\n').ok_or(TagError::Damaged)?;
        let description: Description =
            serde_json::from_slice(&rest[..end]).map_err(TagError::Description)?;
        let labels = 1 + 2 * description.slots.len();
        if description.slots.is_empty()
            || description.slots.len() > 127
            || description.transitions.len() != (labels + 1) * labels
        {
            return Err(TagError::Damaged);
        }
        let mut rest = &rest[end + 1..];
        let mut common = HashSet::new();
        let mut hash = 0_u32;
        for _ in 0..description.common {
            hash = hash.checked_add(read_number(&mut rest)?).ok_or(TagError::Damaged)?;
            common.insert(hash);
        }
        let chain = Chain { labels, transitions: description.transitions.clone() };
        let field = Compact::read(chain, description.scale, description.features, &mut rest)?;
        let whole = rest.is_empty();
        let Description { slots, grammar, trained_on, .. } = description;
        let tagger = Self { slots, common, field, grammar, trained_on };
        whole.then_some(tagger).ok_or(TagError::Damaged)
    }
}

/// What the grammar's finds say to the tagger.
#[must_use]
pub fn hints(entities: &[Entity]) -> Vec<Hint> {
    let hint = |entity: &Entity| {
        let kind = match entity.value {
            EntityValue::Date(_)
            | EntityValue::DateRange { .. }
            | EntityValue::Past(_)
            | EntityValue::ImpossibleDate => "date",
            EntityValue::Time(_) => "time",
            EntityValue::TimeWindow { .. } => "window",
            EntityValue::PartOfDay(_) => "part",
            EntityValue::PartySize(_) => "people",
            EntityValue::Name(_) => "name",
            EntityValue::Phone(_) => "phone",
            _ => return None,
        };
        Some(Hint { kind, span: entity.span })
    };
    entities.iter().filter_map(hint).collect()
}

/// Label 0 is outside; slot `n` begins with `2n + 1` and goes on with `2n + 2`.
fn may_follow(from: Option<usize>, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from.is_some_and(|from| from == to || from + 1 == to)
}

fn encode(names: &[String], words: &[Word], slots: &[(String, Span)]) -> Vec<usize> {
    let mut labels = vec![0; words.len()];
    for (slot, span) in slots {
        let Some(name) = names.iter().position(|name| name == slot) else { continue };
        let mut begun = false;
        for (label, word) in labels.iter_mut().zip(words) {
            if word.chars.start < span.end && word.chars.end > span.start {
                *label = 2 * name + 1 + usize::from(begun);
                begun = true;
            }
        }
    }
    labels
}

fn on_words(words: &[Word], hints: &[Hint]) -> Vec<Vec<String>> {
    let mut by_word = vec![Vec::new(); words.len()];
    for hint in hints {
        let mut begun = false;
        for (names, word) in by_word.iter_mut().zip(words) {
            if word.chars.start >= hint.span.start && word.chars.end <= hint.span.end {
                names.push(format!("{}-{}", if begun { "I" } else { "B" }, hint.kind));
                begun = true;
            }
        }
    }
    by_word
}

fn sorted(requested: &[String]) -> Vec<String> {
    let distinct: BTreeSet<&String> = requested.iter().collect();
    distinct.into_iter().cloned().collect()
}

fn common(texts: &[Vec<Word>], min_count: u32) -> HashSet<u32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for word in texts.iter().flatten() {
        *counts.entry(word_hash(&word.lower)).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= min_count).map(|(hash, _)| hash).collect()
}

#[cfg(test)]
mod tests;
