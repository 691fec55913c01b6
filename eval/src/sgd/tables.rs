//! What went wrong, for people who improve it.

use std::collections::BTreeMap;

use intents::Intent;
use serde::Serialize;

use super::{
    Outcome,
    format::Turn,
    values::{Kind, Scored},
};

/// How many misses and phrases are kept.
const LISTED: usize = 40;
const CONFUSIONS: usize = 15;

/// Collects while the turns go by.
#[derive(Default)]
pub(super) struct Tables {
    acts: BTreeMap<&'static str, (usize, usize, usize)>,
    strict: BTreeMap<Intent, (usize, usize, usize)>,
    confusions: BTreeMap<(&'static str, String), (usize, String)>,
    phrases: BTreeMap<(Kind, String), usize>,
    extra: BTreeMap<(Kind, String), (usize, String)>,
    intent_misses: Vec<IntentMiss>,
    value_misses: Vec<ValueMiss>,
}

/// Everything that was collected.
#[derive(Serialize)]
pub(super) struct Finished {
    acts: Vec<ActRow>,
    mapped_classes: Vec<ClassRow>,
    confusions: Vec<ConfusionRow>,
    missed_phrases: Vec<PhraseRow>,
    found_but_not_there: Vec<ExtraRow>,
    intent_misses: Vec<IntentMiss>,
    value_misses: Vec<ValueMiss>,
}

#[derive(Serialize)]
struct ActRow {
    first_act: &'static str,
    turns: usize,
    accepted: usize,
    strict: usize,
}

#[derive(Serialize)]
struct ClassRow {
    first_act_means: Intent,
    turns: usize,
    accepted: usize,
    strict: usize,
}

#[derive(Serialize)]
struct ConfusionRow {
    first_act: &'static str,
    taken_for: String,
    times: usize,
    such_as: String,
}

#[derive(Serialize)]
struct PhraseRow {
    kind: Kind,
    phrase: String,
    times: usize,
}

#[derive(Serialize)]
struct ExtraRow {
    kind: Kind,
    value: String,
    times: usize,
    such_as: String,
}

#[derive(Serialize)]
struct IntentMiss {
    dialogue: String,
    turn: usize,
    text: String,
    accepted: Vec<Intent>,
    predicted: Option<Intent>,
}

#[derive(Serialize)]
struct ValueMiss {
    dialogue: String,
    turn: usize,
    text: String,
    kind: Kind,
    gold: Vec<String>,
    predicted: Vec<Vec<String>>,
}

impl Tables {
    /// Notes a turn's intent.
    pub(super) fn intent(&mut self, dialogue: &str, turn: usize, outcome: &Outcome) {
        let Some(expected) = &outcome.expected else {
            return;
        };
        let act = expected.first_act.name();
        let (right, strict) = (outcome.is_right(), outcome.is_strictly_right());
        for row in
            [self.acts.entry(act).or_default(), self.strict.entry(expected.strict).or_default()]
        {
            row.0 += 1;
            row.1 += usize::from(right);
            row.2 += usize::from(strict);
        }
        if right {
            return;
        }
        let predicted = outcome.intent.map_or("a panic", Intent::name).to_owned();
        let confusion = self.confusions.entry((act, predicted));
        confusion.or_insert_with(|| (0, outcome.text.clone())).0 += 1;
        if self.intent_misses.len() < LISTED {
            self.intent_misses.push(IntentMiss {
                dialogue: dialogue.to_owned(),
                turn,
                text: outcome.text.clone(),
                accepted: expected.accepted.iter().copied().collect(),
                predicted: outcome.intent,
            });
        }
    }

    /// Notes a turn's dates and times.
    pub(super) fn values(
        &mut self,
        dialogue: &str,
        at: usize,
        turn: &Turn,
        values: &BTreeMap<Kind, Scored>,
    ) {
        for (kind, scored) in values {
            let found: Vec<&String> = scored.readings.iter().filter_map(|r| r.first()).collect();
            if scored.gold.iter().any(|gold| !found.contains(&gold)) {
                for phrase in phrases(turn, *kind) {
                    *self.phrases.entry((*kind, phrase)).or_default() += 1;
                }
            }
            for value in found.iter().filter(|value| !scored.gold.contains(**value)) {
                let extra = self.extra.entry((*kind, (*value).clone()));
                extra.or_insert_with(|| (0, turn.text.clone())).0 += 1;
            }
            let is_exact = scored.matches.hits == scored.gold.len()
                && scored.matches.hits == scored.matches.predicted;
            if !is_exact && self.value_misses.len() < LISTED {
                self.value_misses.push(ValueMiss {
                    dialogue: dialogue.to_owned(),
                    turn: at,
                    text: turn.text.clone(),
                    kind: *kind,
                    gold: scored.gold.iter().cloned().collect(),
                    predicted: scored.readings.clone(),
                });
            }
        }
    }

    /// Sorts, the most frequent first.
    pub(super) fn finish(self) -> Finished {
        let acts = self.acts.into_iter().map(|(first_act, (turns, accepted, strict))| ActRow {
            first_act,
            turns,
            accepted,
            strict,
        });
        let mapped_classes =
            self.strict.into_iter().map(|(first_act_means, (turns, accepted, strict))| ClassRow {
                first_act_means,
                turns,
                accepted,
                strict,
            });
        let confusions =
            self.confusions.into_iter().map(|((first_act, taken_for), (times, such_as))| {
                ConfusionRow { first_act, taken_for, times, such_as }
            });
        let phrases = self.phrases.into_iter();
        let phrases = phrases.map(|((kind, phrase), times)| PhraseRow { kind, phrase, times });
        let extra = self.extra.into_iter();
        let extra =
            extra.map(|((kind, value), (times, such_as))| ExtraRow { kind, value, times, such_as });
        Finished {
            acts: most(acts, usize::MAX, |row| row.turns),
            mapped_classes: most(mapped_classes, usize::MAX, |row| row.turns),
            confusions: most(confusions, CONFUSIONS, |row| row.times),
            missed_phrases: most(phrases, LISTED, |row| row.times),
            found_but_not_there: most(extra, CONFUSIONS, |row| row.times),
            intent_misses: self.intent_misses,
            value_misses: self.value_misses,
        }
    }
}

fn most<T>(rows: impl Iterator<Item = T>, limit: usize, times: impl Fn(&T) -> usize) -> Vec<T> {
    let mut rows: Vec<T> = rows.collect();
    rows.sort_by_key(|row| std::cmp::Reverse(times(row)));
    rows.truncate(limit);
    rows
}

/// The words by which the customer gave values of this kind.
fn phrases(turn: &Turn, kind: Kind) -> Vec<String> {
    let spans = turn.frames.iter().flat_map(|frame| &frame.spans);
    spans
        .filter(|(slot, ..)| Kind::of_slot(slot) == Some(kind))
        .map(|(_, start, end)| {
            let length = end.saturating_sub(*start);
            turn.text.chars().skip(*start).take(length).collect::<String>().to_lowercase()
        })
        .collect()
}
