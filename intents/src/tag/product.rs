//! The tagger that ships, and where it has a say beside the grammar.
//!
//! English only. The grammar decides what it is sure of; the tagger adds names in free text and
//! head counts the grammar passed over, and decides whether "for 4" is four people or four o'clock.

use std::sync::OnceLock;

use kernel::Locale;
use unicode_normalization::char::is_combining_mark;

use super::{Tag, Tagger};
use crate::{Entity, EntityValue, Expecting, ExtractContext, Span, Utterance, extract};

/// Names in free text need this much confidence, 0..=1.
const SURE_OF_NAME: f32 = 0.75;
/// Names need this much when a name was asked.
const SURE_WHEN_ASKED: f32 = 0.5;
/// Overruling or adding to the grammar needs this much.
const SURE_OF_NUMBER: f32 = 0.8;
/// Between first and last name, at most: "Carry, last name Jocoy".
const MAX_GAP: usize = 24;

/// The tagger for `locale` that ships with the product; none where the grammar is alone.
#[must_use]
pub fn shipped(locale: Locale) -> Option<&'static Tagger> {
    static ENGLISH: OnceLock<Option<Tagger>> = OnceLock::new();
    match locale {
        Locale::En => ENGLISH
            .get_or_init(|| match Tagger::from_bytes(include_bytes!("english.bin")) {
                Ok(tagger) => Some(tagger),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "no tagger");
                    None
                }
            })
            .as_ref(),
        Locale::Es | Locale::Pt => None,
    }
}

/// What was asked, in the tagger's words.
#[must_use]
pub fn requested(expecting: Option<Expecting>) -> Vec<String> {
    let slots: &[&str] = match expecting {
        Some(Expecting::Date) => &["date"],
        Some(Expecting::Time) => &["time"],
        Some(Expecting::PartySize) => &["people"],
        Some(Expecting::Name) => &["first_name", "last_name"],
        _ => &[],
    };
    slots.iter().map(|slot| (*slot).to_owned()).collect()
}

/// Adds to the grammar's `entities` what the tagger knows better.
pub(crate) fn arbitrate(
    utterance: &Utterance,
    cx: &ExtractContext<'_>,
    mut entities: Vec<Entity>,
) -> Vec<Entity> {
    let Some(tagger) = shipped(utterance.locale) else {
        return entities;
    };
    let tags = tagger.tag(&utterance.original, &requested(cx.expecting), &[]);
    let original: Vec<char> = utterance.original.chars().collect();
    for tag in &tags {
        match tag.slot.as_str() {
            "time" => prefer_time(tag, &mut entities),
            "people" => add_people(tag, &original, cx, &mut entities),
            _ => {}
        }
    }
    add_names(&tags, &original, cx, &mut entities);
    entities.sort_by_key(|entity| entity.span.start);
    entities
}

fn overlaps(entity: &Entity, span: Span) -> bool {
    entity.span.start < span.end && span.start < entity.span.end
}

/// "2" of "for 2 at 2" is read as people by the grammar, with the hour as an alternative.
fn prefer_time(tag: &Tag, entities: &mut [Entity]) {
    let found = entities.iter_mut().find(|entity| overlaps(entity, tag.span));
    let Some(entity) = found.filter(|_| tag.confidence >= SURE_OF_NUMBER) else {
        return;
    };
    let EntityValue::PartySize(_) = entity.value else {
        return;
    };
    let is_time = |value: &EntityValue| matches!(value, EntityValue::Time(_));
    if let Some(at) = entity.alternatives.iter().position(is_time) {
        std::mem::swap(&mut entity.value, &mut entity.alternatives[at]);
    }
}

/// A head count that the grammar left alone, or read as an hour.
fn add_people(tag: &Tag, original: &[char], cx: &ExtractContext<'_>, entities: &mut Vec<Entity>) {
    if tag.confidence < SURE_OF_NUMBER
        || is_offer(original, tag.span)
        || is_measure(original, tag.span)
    {
        return;
    }
    let is_count = |value: &EntityValue| matches!(value, EntityValue::PartySize(_));
    if let Some(entity) = entities.iter_mut().find(|entity| overlaps(entity, tag.span)) {
        if let Some(at) = entity.alternatives.iter().position(is_count) {
            std::mem::swap(&mut entity.value, &mut entity.alternatives[at]);
        }
        return;
    }
    let Some(words) = original.get(tag.span.start..tag.span.end) else {
        return;
    };
    let asked = ExtractContext { expecting: Some(Expecting::PartySize), ..cx.clone() };
    let utterance = Utterance::in_locale(&words.iter().collect::<String>(), Locale::En);
    let read = extract::by_grammar(&utterance, &asked).into_iter().find(|e| is_count(&e.value));
    if let Some(entity) = read {
        let alternatives = Vec::new();
        let span = tag.span;
        entities.push(Entity { value: entity.value, span, alternatives, negated: false });
    }
}

/// "2 for 1" sells; it seats nobody.
fn is_offer(original: &[char], span: Span) -> bool {
    let before: String = original.get(..span.start).unwrap_or_default().iter().collect();
    let before = before.trim_end().to_lowercase();
    before
        .strip_suffix("for")
        .or_else(|| before.strip_suffix('x'))
        .is_some_and(|rest| rest.trim_end().ends_with(|c: char| c.is_ascii_digit()))
}

/// "2 days" and "30 minutes" are lengths.
fn is_measure(original: &[char], span: Span) -> bool {
    let after: String = original.get(span.end..).unwrap_or_default().iter().take(16).collect();
    let after = after.trim_start().to_lowercase();
    let word: String = after.chars().take_while(|c| c.is_alphabetic() || *c == '%').collect();
    matches!(
        word.as_str(),
        "day"
            | "days"
            | "night"
            | "nights"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "hour"
            | "hours"
            | "hrs"
            | "h"
            | "minute"
            | "minutes"
            | "min"
            | "mins"
            | "am"
            | "pm"
            | "%"
            | "years"
            | "th"
            | "st"
            | "nd"
            | "rd"
            | "times"
            | "dollars"
            | "euros"
            | "pounds"
    )
}

/// Names that no phrase announced.
fn add_names(tags: &[Tag], original: &[char], cx: &ExtractContext<'_>, entities: &mut Vec<Entity>) {
    let asked = matches!(cx.expecting, Some(Expecting::Name));
    let least = if asked { SURE_WHEN_ASKED } else { SURE_OF_NAME };
    let is_name = |tag: &&Tag| matches!(tag.slot.as_str(), "first_name" | "last_name");
    let mut names: Vec<(Span, String)> = Vec::new();
    let mut last: Option<&Tag> = None;
    for tag in tags.iter().filter(is_name).filter(|tag| tag.confidence >= least) {
        let word = spelled(original, tag.span);
        let follows = last.is_some_and(|before| {
            before.slot == "first_name"
                && tag.slot == "last_name"
                && tag.span.start - before.span.end <= MAX_GAP
        });
        match names.last_mut().filter(|_| follows) {
            Some((span, name)) => {
                span.end = tag.span.end;
                name.push(' ');
                name.push_str(&word);
            }
            None => names.push((tag.span, word)),
        }
        last = Some(tag);
    }
    for (span, name) in names {
        if !entities.iter().any(|entity| overlaps(entity, span)) {
            let value = EntityValue::Name(name);
            entities.push(Entity { value, span, alternatives: Vec::new(), negated: false });
        }
    }
}

/// As typed; with a capital, when the customer did not bother.
fn spelled(original: &[char], span: Span) -> String {
    let letters = original.get(span.start..span.end).unwrap_or_default();
    let lower = !letters.iter().any(|letter| letter.is_uppercase());
    let mut start = true;
    let mut name = String::new();
    for letter in letters {
        if lower && start && letter.is_alphabetic() {
            name.extend(letter.to_uppercase());
        } else {
            name.push(*letter);
        }
        start = !letter.is_alphanumeric() && !is_combining_mark(*letter) && *letter != '\'';
    }
    name
}
