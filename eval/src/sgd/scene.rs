//! What the assistant of a dialogue knows when the customer writes: now, its offers, its question.

use intents::{Catalogue, CatalogueEntry, Expecting, ExtractContext, Region};
use jiff::{Zoned, civil};
use kernel::{Id, Ids, MockClock};

use super::{
    format::{Act, Turn},
    values::Kind,
};

/// SGD's "today": a Friday, by the canonical values of its system turns.
const TODAY: civil::DateTime = civil::date(2019, 3, 1).at(9, 0, 0, 0);
const ZONE: &str = "America/Los_Angeles";
/// Makes the ids of the catalogue, which nothing reads.
const IDS: u64 = 1;

/// Grows with the dialogue. The customer's own annotations never enter it.
pub(crate) struct Scene {
    now: Zoned,
    catalogue: Catalogue,
    expecting: Option<Expecting>,
    ids: Ids,
    clock: MockClock,
}

impl Scene {
    /// Before anything was said: Friday morning, nothing offered, nothing asked.
    pub(crate) fn empty() -> anyhow::Result<Self> {
        let now = TODAY.in_tz(ZONE)?;
        let clock = MockClock::at(now.timestamp());
        let catalogue = Catalogue::default();
        Ok(Self { now, catalogue, expecting: None, ids: Ids::seeded(IDS), clock })
    }

    /// Takes in what the assistant wrote: providers it named become staff, the kind of provider a
    /// service, and its question says what to expect.
    pub(crate) fn observe(&mut self, turn: &Turn) {
        self.expecting = None;
        for act in turn.frames.iter().flat_map(|frame| &frame.acts) {
            self.learn(act);
            // Of two questions in one message the first counts, as the day does in the product.
            let asked = asked(act);
            if self.expecting.is_none() || asked == Some(Expecting::Date) {
                self.expecting = asked.or(self.expecting);
            }
        }
    }

    /// The customer has answered; no question is open.
    pub(crate) fn answered(&mut self) {
        self.expecting = None;
    }

    /// What extraction is told.
    pub(crate) fn context(&self) -> ExtractContext<'_> {
        ExtractContext {
            now: self.now.clone(),
            catalogue: &self.catalogue,
            region: Some(Region::US),
            month_first: true,
            expecting: self.expecting,
        }
    }

    fn learn(&mut self, Act(act, slot, values): &Act) {
        if act != "OFFER" {
            return;
        }
        for name in values {
            if slot.ends_with("_name") {
                add(&mut self.catalogue.staff, name, &self.ids, &self.clock);
            } else if slot == "type" {
                add(&mut self.catalogue.services, name, &self.ids, &self.clock);
            }
        }
    }
}

fn add<I: Id>(entries: &mut Vec<CatalogueEntry<I>>, name: &str, ids: &Ids, clock: &MockClock) {
    if entries.iter().all(|entry| entry.name != name) {
        let (id, name) = (ids.next(clock), name.to_owned());
        entries.push(CatalogueEntry { id, locale: None, name, aliases: Vec::new() });
    }
}

/// What an act of the assistant asks for.
fn asked(Act(act, slot, _): &Act) -> Option<Expecting> {
    match act.as_str() {
        "REQUEST" => match Kind::of_slot(slot) {
            Some(Kind::Date) => Some(Expecting::Date),
            Some(Kind::Time) => Some(Expecting::Time),
            None if slot.ends_with("_name") => Some(Expecting::Staff),
            None if slot == "type" => Some(Expecting::Service),
            None if slot.starts_with("number_of_") || slot == "party_size" => {
                Some(Expecting::PartySize)
            }
            None => None,
        },
        "CONFIRM" | "OFFER" | "OFFER_INTENT" => Some(Expecting::Confirmation),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_assistants_turn_sets_the_scene() {
        let mut scene = Scene::empty().expect("a known zone");
        assert_eq!(scene.context().now.weekday(), Weekday::Friday);
        let turn = |acts| {
            let turn = json!({"s": "S", "t": "", "f": [{"service": "Services_1", "acts": acts}]});
            serde_json::from_value(turn).expect("a turn")
        };
        let offer = json!([
            ["OFFER", "stylist_name", ["Great Clips"]],
            ["OFFER", "stylist_name", ["Great Clips"]],
            ["REQUEST", "appointment_time", []],
            ["REQUEST", "appointment_date", []],
        ]);
        scene.observe(&turn(offer));
        assert_eq!(scene.context().catalogue.staff.len(), 1);
        assert_eq!(scene.context().expecting, Some(Expecting::Date));
        scene.observe(&turn(json!([["CONFIRM", "appointment_date", ["2019-03-07"]]])));
        assert_eq!(scene.context().expecting, Some(Expecting::Confirmation));
        scene.answered();
        assert_eq!(scene.context().expecting, None);
    }
}
