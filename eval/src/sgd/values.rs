//! Dates and times that the customer gave, against those that were found.

use std::collections::{BTreeMap, BTreeSet};

use intents::{Entity, EntityValue};
use serde::Serialize;

use super::format::Turn;
use crate::measure::Matches;

/// A kind of value. SGD's slots end in it: `appointment_date`, `check_in_date`, `time`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:MM`.
    Time,
}

/// One kind of value in one turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scored {
    /// The canonical values of the turn's INFORM acts.
    pub(crate) gold: BTreeSet<String>,
    /// What was found: readings of each entity, the best first.
    pub(crate) readings: Vec<Vec<String>>,
    /// By best readings.
    pub(crate) matches: Matches,
    /// By all readings.
    pub(crate) with_alternatives: Matches,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Date, Self::Time];

    /// The kind of value a slot takes, by its name.
    pub(crate) fn of_slot(slot: &str) -> Option<Self> {
        match slot.rsplit('_').next() {
            Some("date") => Some(Self::Date),
            Some("time") => Some(Self::Time),
            _ => None,
        }
    }

    /// The value in SGD's notation, when it is of this kind.
    fn write(self, value: &EntityValue) -> Option<String> {
        match (self, value) {
            (Self::Date, EntityValue::Date(date) | EntityValue::Past(date)) => {
                Some(date.to_string())
            }
            (Self::Time, EntityValue::Time(time)) => Some(time.strftime("%H:%M").to_string()),
            _ => None,
        }
    }
}

/// Scores both kinds. What the customer rules out was not given, and does not count as found.
pub(crate) fn score(turn: &Turn, entities: &[Entity]) -> BTreeMap<Kind, Scored> {
    let scored = |kind: Kind| {
        let gold = gold(turn, kind);
        let readings: Vec<Vec<String>> = entities
            .iter()
            .filter(|entity| !entity.negated && kind.write(&entity.value).is_some())
            .map(|entity| {
                let all = std::iter::once(&entity.value).chain(&entity.alternatives);
                all.filter_map(|value| kind.write(value)).collect()
            })
            .collect();
        let matches = Matches::of(&gold, &readings);
        let with_alternatives = Matches::with_alternatives(&gold, &readings);
        (kind, Scored { gold, readings, matches, with_alternatives })
    };
    Kind::ALL.into_iter().map(scored).collect()
}

fn gold(turn: &Turn, kind: Kind) -> BTreeSet<String> {
    let acts = turn.frames.iter().flat_map(|frame| &frame.acts);
    acts.filter(|act| act.0 == "INFORM" && Kind::of_slot(&act.1) == Some(kind))
        .flat_map(|act| act.2.iter().filter(|value| *value != "dontcare").cloned())
        .collect()
}
