//! Finds values in a message: days, times, services, people, names, money, addresses, choices.
//!
//! Every finder looks at every place and proposes hits; the best hits that do not overlap remain.
//! The grammar is written once over meanings (`meaning`), the words of the three languages are
//! tables (`lexicon`). Nothing here checks whether a day is open or a service is sold by that
//! person; it only says what was said.

pub mod answer;
mod catalogue;
mod clock;
mod company;
mod email;
mod lexicon;
mod meaning;
mod money;
mod name;
mod negation;
mod nickname;
mod numeral;
mod people;
mod phone;
mod reference;
mod scene;
mod select;
mod switch;
#[cfg(test)]
mod tests;
mod token;
mod when;

use jiff::Zoned;
pub use phonenumber::country::Id as Region;

use self::{
    meaning::Meaning,
    scene::{Hit, Scene},
};
use crate::{Catalogue, Entity, EntityValue, Span, Utterance, tag};

/// Who wins where two hits overlap.
const RANK_EMAIL: u8 = 95;
const RANK_PHONE: u8 = 90;
const RANK_REFERENCE: u8 = 88;
const RANK_NAME: u8 = 85;
const RANK_CATALOGUE_PHRASE: u8 = 80;
const RANK_MONEY: u8 = 78;
const RANK_COMPANY: u8 = 76;
const RANK_RELATIVE: u8 = 77;
const RANK_EARLIEST: u8 = 75;
const RANK_WINDOW: u8 = 70;
const RANK_DATE: u8 = 60;
const RANK_DAYS: u8 = 58;
const RANK_TIME: u8 = 55;
const RANK_PARTY: u8 = 50;
const RANK_CATALOGUE: u8 = 45;
const RANK_SELECT: u8 = 40;
const RANK_ANY_STAFF: u8 = 35;
const RANK_PART: u8 = 30;

/// What the assistant asked last. It decides what a bare "3" or a bare "Joana" is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expecting {
    /// Which day.
    Date,
    /// At what time.
    Time,
    /// With whom.
    Staff,
    /// Which service.
    Service,
    /// What the customer is called.
    Name,
    /// Their telephone number.
    Phone,
    /// How many people.
    PartySize,
    /// Which of so many offers.
    Selection(usize),
    /// Yes or no.
    Confirmation,
}

/// What extraction needs to know besides the message.
#[derive(Debug, Clone)]
pub struct ExtractContext<'a> {
    /// Now, in the tenant's zone.
    pub now: Zoned,
    /// The tenant's services and staff.
    pub catalogue: &'a Catalogue,
    /// Whose national telephone numbers are understood; without it, only those with a `+`.
    pub region: Option<Region>,
    /// Whether "3/4" is the fourth of March in English messages, as in the United States.
    pub month_first: bool,
    /// What was just asked, if anything.
    pub expecting: Option<Expecting>,
}

/// Finds the values in a message, in order of appearance. Spans count the code points of the
/// original and never overlap: in "tonight", the day is "to" and the part of day is "night".
///
/// In English, the shipped tagger adds what a grammar cannot know.
#[must_use]
pub fn extract(utterance: &Utterance, cx: &ExtractContext<'_>) -> Vec<Entity> {
    tag::arbitrate(utterance, cx, by_grammar(utterance, cx))
}

/// What the grammar and the catalogue alone find; what the tagger is told.
#[must_use]
pub fn by_grammar(utterance: &Utterance, cx: &ExtractContext<'_>) -> Vec<Entity> {
    let mut entities = in_its_language(utterance, cx);
    switch::add_what_others_say(&mut entities, utterance, cx);
    entities
}

fn in_its_language(utterance: &Utterance, cx: &ExtractContext<'_>) -> Vec<Entity> {
    let scene = Scene::new(utterance, cx);
    let hits = settle(propose(&scene), scene.tokens.len());
    let negated = negation::ruled_out(&scene, &hits);
    let mut entities = Vec::with_capacity(hits.len());
    for (hit, negated) in hits.into_iter().zip(negated) {
        push(&scene, hit, negated, &mut entities);
    }
    entities
}

fn propose(scene: &Scene<'_>) -> Vec<Hit> {
    let finders: [fn(&Scene<'_>, usize) -> Option<Hit>; 3] =
        [people::find, select::find, name::find];
    let token_finders: [fn(&Scene<'_>, usize) -> Option<Hit>; 5] =
        [email::find, reference::find, money::find, company::find, select::relative];
    let mut hits = when::find(scene);
    for at in 0..scene.lexemes.len() {
        hits.extend(finders.iter().filter_map(|find| find(scene, at)));
        hits.extend(word(scene, at));
    }
    for at in 0..scene.tokens.len() {
        hits.extend(phone::find(scene, at));
        hits.extend(token_finders.iter().filter_map(|find| find(scene, at)));
    }
    hits.extend(catalogue::find(scene));
    hits.retain(|hit| !(hit.rank == RANK_DATE && is_the_one(scene, hit)));
    if matches!(scene.cx.expecting, Some(Expecting::Selection(_))) {
        // "A segunda" is the second of what was offered, not a Monday.
        // It may be, all the same, when the rest of the message does not go with the second.
        let days: Vec<_> = hits
            .iter()
            .filter(|hit| hit.rank == RANK_DATE)
            .map(|hit| (hit.claim.clone(), hit.value.clone()))
            .collect();
        let mut chosen = Vec::new();
        for hit in hits.iter_mut().filter(|hit| hit.rank == RANK_SELECT) {
            let day = days.iter().find(|(claim, _)| *claim == hit.claim);
            hit.alternatives.extend(day.map(|(_, day)| day.clone()));
            chosen.push(hit.claim.clone());
        }
        // Nor is "la 1" one o'clock, while there is a first to choose.
        hits.retain(|hit| {
            !matches!(hit.rank, RANK_DATE | RANK_TIME) || !chosen.contains(&hit.claim)
        });
    }
    hits
}

/// "The one at half past ten" is no first of the month.
fn is_the_one(scene: &Scene<'_>, hit: &Hit) -> bool {
    let words = scene.tokens.get(hit.core.clone()).unwrap_or_default();
    words.last().is_some_and(|word| word.folded == "one")
        && words.iter().all(|word| matches!(word.folded.as_str(), "the" | "one"))
}

/// Values that one phrase says by itself.
fn word(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let anyone = match scene.cx.expecting {
        None | Some(Expecting::Staff) => true,
        Some(_) => false,
    };
    let choosing = matches!(scene.cx.expecting, Some(Expecting::Selection(_)));
    let (rank, value) = scene.cursor(at).take(|meaning| match meaning {
        Meaning::Earliest => Some((RANK_EARLIEST, EntityValue::Earliest)),
        Meaning::Indifferent if choosing => Some((RANK_SELECT, EntityValue::SelectAny)),
        Meaning::AnyPerson => Some((RANK_ANY_STAFF, EntityValue::AnyStaff)),
        Meaning::Indifferent if anyone => Some((RANK_ANY_STAFF, EntityValue::AnyStaff)),
        _ => None,
    })?;
    Some(scene.hit(at..at + 1, at, rank, value))
}

/// Keeps the best hits that do not overlap, in order of appearance.
fn settle(mut hits: Vec<Hit>, tokens: usize) -> Vec<Hit> {
    hits.retain(|hit| !hit.core.is_empty() && hit.claim.end <= tokens);
    hits.sort_by_key(|hit| {
        let length = hit.claim.len();
        (std::cmp::Reverse(hit.rank), std::cmp::Reverse(length), hit.claim.start)
    });
    let mut taken = vec![false; tokens];
    hits.retain(|hit| {
        let free = !taken[hit.claim.clone()].contains(&true);
        if free {
            taken[hit.claim.clone()].fill(true);
        }
        free
    });
    hits.sort_by_key(|hit| hit.core.start);
    hits
}

/// Turns a hit into an entity; "tonight" and its like into two.
fn push(scene: &Scene<'_>, hit: Hit, negated: bool, entities: &mut Vec<Entity>) {
    let (Some(first), Some(last)) =
        (scene.tokens.get(hit.core.start), scene.tokens.get(hit.core.end - 1))
    else {
        return;
    };
    let mut span = span(scene, first.chars.start, last.chars.end);
    // A mark without a letter of its own belongs to two tokens: "3€\u{301}i".
    let taken = entities.last().map_or(0, |entity| entity.span.end);
    span.start = span.start.max(taken);
    if span.start >= span.end {
        return;
    }
    let lexeme = scene.lexemes.iter().position(|lexeme| lexeme.tokens == hit.core);
    let split =
        lexeme.and_then(|at| when::today_part(scene, at)).filter(|_| span.end - span.start >= 2);
    if let Some((day, part)) = split {
        // After the first word, or after the "to" of "tonight".
        let middle = match scene.tokens.get(hit.core.start + 1) {
            Some(second) if hit.core.len() > 1 => second.chars.start,
            _ => first.chars.start + 2,
        };
        let middle = scene.origin(middle).clamp(span.start + 1, span.end - 1);
        let end = if hit.core.len() > 1 { scene.origin(first.chars.end - 1) + 1 } else { middle };
        let entity = |value, span| Entity { value, span, alternatives: Vec::new(), negated };
        entities.push(entity(day, Span { start: span.start, end: end.min(middle) }));
        entities.push(entity(EntityValue::PartOfDay(part), Span { start: middle, end: span.end }));
        return;
    }
    entities.push(Entity { value: hit.value, span, alternatives: hit.alternatives, negated });
}

/// From the normalised text back to what was typed, marks on the last letter included.
fn span(scene: &Scene<'_>, start: usize, end: usize) -> Span {
    let start = scene.origin(start);
    let mut end = (scene.origin(end.saturating_sub(1)) + 1).min(scene.original.len());
    let is_mark = |character: &char| unicode_normalization::char::is_combining_mark(*character);
    while scene.original.get(end).is_some_and(is_mark) {
        end += 1;
    }
    Span { start: start.min(end), end }
}
