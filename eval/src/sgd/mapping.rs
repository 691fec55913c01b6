//! From SGD's acts to our intents. `docs/eval.md` has the same table in words.

use std::{collections::BTreeSet, str::FromStr};

use intents::Intent;

use super::format::{Frame, Turn};

/// What an SGD customer can do with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UserAct {
    /// Says what they are after.
    InformIntent,
    /// Takes up what the assistant offers to do next.
    AffirmIntent,
    /// Does not.
    NegateIntent,
    /// Gives a value.
    Inform,
    /// Asks for a value.
    Request,
    /// Says that a summary is right.
    Affirm,
    /// Says that it is wrong, or that there is nothing else.
    Negate,
    /// Takes the offered item.
    Select,
    /// Wants another item.
    RequestAlts,
    /// Thanks.
    ThankYou,
    /// Leaves.
    Goodbye,
}

/// All acts under their names in the data.
pub(crate) const ACTS: [(&str, UserAct); 11] = [
    ("INFORM_INTENT", UserAct::InformIntent),
    ("AFFIRM_INTENT", UserAct::AffirmIntent),
    ("NEGATE_INTENT", UserAct::NegateIntent),
    ("INFORM", UserAct::Inform),
    ("REQUEST", UserAct::Request),
    ("AFFIRM", UserAct::Affirm),
    ("NEGATE", UserAct::Negate),
    ("SELECT", UserAct::Select),
    ("REQUEST_ALTS", UserAct::RequestAlts),
    ("THANK_YOU", UserAct::ThankYou),
    ("GOODBYE", UserAct::Goodbye),
];

impl UserAct {
    /// The name in the data.
    pub(crate) fn name(self) -> &'static str {
        ACTS.iter().find(|(_, act)| *act == self).map_or("", |(name, _)| name)
    }
}

impl FromStr for UserAct {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> anyhow::Result<Self> {
        let act = ACTS.iter().find(|(known, _)| *known == name).map(|(_, act)| *act);
        act.ok_or_else(|| anyhow::anyhow!("unknown customer act `{name}`"))
    }
}

/// Which answers are right for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// The act that the data lists first.
    pub(crate) first_act: UserAct,
    /// The one answer that is right in the strict count: the first act's own.
    pub(crate) strict: Intent,
    /// Every answer that is right: those of all acts.
    pub(crate) accepted: BTreeSet<Intent>,
    /// Whether all its acts are about a chosen service rather than the weather or a taxi.
    pub(crate) in_domain: bool,
}

/// The right answers for a customer's turn; `None` when it has no acts.
///
/// # Errors
///
/// When an act is unknown: a new version of the data needs a new look at the table.
pub(crate) fn expected(turn: &Turn, services: &[String]) -> anyhow::Result<Option<Expected>> {
    let mut all: Option<Expected> = None;
    for frame in &turn.frames {
        let in_domain = is_among(&frame.service, services);
        for act in &frame.acts {
            let first_act: UserAct = act.0.parse()?;
            let value = act.2.first().map_or("", String::as_str);
            let intents = answers(first_act, &act.1, value, frame, in_domain);
            let all = all.get_or_insert_with(|| Expected {
                first_act,
                strict: intents[0],
                accepted: BTreeSet::new(),
                in_domain: true,
            });
            all.in_domain &= in_domain;
            all.accepted.extend(intents);
        }
    }
    Ok(all)
}

/// Whether a service's name starts with one of these.
pub(crate) fn is_among(service: &str, prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| service.starts_with(prefix))
}

/// The right answers for one act, the best first. Never empty.
fn answers(act: UserAct, slot: &str, value: &str, frame: &Frame, in_domain: bool) -> Vec<Intent> {
    let active = frame.intent.as_deref().filter(|intent| *intent != "NONE");
    match act {
        UserAct::InformIntent => wanted(value, in_domain).to_vec(),
        UserAct::AffirmIntent => {
            [&[Intent::Affirm], wanted(active.unwrap_or(value), in_domain)].concat()
        }
        UserAct::Inform => match active {
            // Who gives a detail may say again what it is for: "book it for the 7th".
            Some(intent) => [&[Intent::Inform], wanted(intent, in_domain)].concat(),
            None => vec![Intent::Inform],
        },
        UserAct::Request if in_domain => asked(slot).to_vec(),
        UserAct::Request if slot.contains("fare") => vec![Intent::OutOfScope, Intent::AskPrice],
        UserAct::Request if slot.contains("duration") => {
            vec![Intent::OutOfScope, Intent::AskDuration]
        }
        UserAct::Request => vec![Intent::OutOfScope],
        UserAct::Affirm => vec![Intent::Affirm],
        UserAct::Negate | UserAct::NegateIntent => vec![Intent::Deny],
        UserAct::Select => vec![Intent::Affirm, Intent::Inform],
        UserAct::RequestAlts => vec![Intent::RequestAlternatives],
        UserAct::ThankYou => vec![Intent::Thank],
        UserAct::Goodbye => vec![Intent::Goodbye],
    }
}

/// What a customer after `intent` may be understood to want.
fn wanted(intent: &str, in_domain: bool) -> &'static [Intent] {
    const BOOKS: [&str; 4] = ["Book", "Reserve", "Schedule", "Buy"];
    if !in_domain {
        // "When am I free on the 4th?" is about another calendar than ours, but the same question.
        return if intent == "GetAvailableTime" {
            &[Intent::OutOfScope, Intent::CheckAvailability]
        } else {
            &[Intent::OutOfScope]
        };
    }
    if BOOKS.iter().any(|verb| intent.starts_with(verb)) {
        return &[Intent::Book, Intent::CheckAvailability];
    }
    // FindProvider and the like: looking for somebody is how a booking begins.
    &[Intent::Book, Intent::AskStaff, Intent::AskServices, Intent::CheckAvailability]
}

/// What a question about `slot` of a chosen service is.
fn asked(slot: &str) -> &'static [Intent] {
    match slot {
        "phone_number" => &[Intent::AskContact],
        "address" | "street_address" | "city" | "location" => &[Intent::AskAddress],
        _ if slot.contains("price") => &[Intent::AskPrice],
        _ if slot.starts_with("offers_") || slot.starts_with("has_") || slot == "type" => {
            &[Intent::AskServices]
        }
        "is_unisex" => &[Intent::AskServices, Intent::AskPolicy],
        // Nothing of ours answers for a rating; asking about the provider is the nearest.
        "average_rating" => &[Intent::OutOfScope, Intent::AskStaff],
        _ => &[Intent::OutOfScope, Intent::AskServices],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn frame(service: &str, intent: &str, acts: Value) -> Value {
        json!({"service": service, "intent": intent, "acts": acts})
    }

    fn of(frames: Value) -> Option<Expected> {
        let turn = serde_json::from_value(json!({"s": "U", "t": "", "f": frames})).expect("a turn");
        expected(&turn, &["Services_".to_owned()]).expect("known acts")
    }

    #[test]
    fn every_act_has_an_answer_everywhere() {
        for (name, act) in ACTS {
            assert_eq!(act.name(), name);
            for service in ["Services_4", "Weather_1"] {
                for intent in ["FindProvider", "BookAppointment", "GetWeather", "NONE"] {
                    for slot in ["", "phone_number", "average_rating", "is_unisex", "new_slot"] {
                        let acts = json!([[name, slot, [intent]]]);
                        let expected = of(json!([frame(service, intent, acts)])).expect("an act");
                        assert!(expected.accepted.contains(&expected.strict), "{name}");
                    }
                }
            }
        }
        let unknown =
            json!({"s": "U", "t": "", "f": [frame("S", "NONE", json!([["SING", "", []]]))]});
        let unknown = serde_json::from_value(unknown).expect("a turn");
        assert!(expected(&unknown, &["S".to_owned()]).is_err());
    }

    #[test]
    fn several_acts_accept_each_of_their_answers() {
        let acts = json!([["AFFIRM", "", []], ["REQUEST", "address", []]]);
        let both = of(json!([frame("Services_1", "BookAppointment", acts)])).expect("acts");
        assert_eq!(both.strict, Intent::Affirm);
        assert_eq!(both.accepted, BTreeSet::from([Intent::Affirm, Intent::AskAddress]));
        assert!(both.in_domain);

        let weather = json!([["INFORM_INTENT", "intent", ["GetWeather"]]]);
        let weather =
            of(json!([frame("Services_1", "NONE", json!([])), frame("Weather_1", "", weather)]));
        let weather = weather.expect("an act");
        assert_eq!((weather.strict, weather.in_domain), (Intent::OutOfScope, false));
        assert_eq!(of(json!([])), None);
    }
}
