//! What passes the first wall, and what does not.

use intents::{Utterance, emotion::Feelings};
use jiff::civil::{date, time};
use kernel::{Ids, Locale, MockClock, ResourceId, ServiceId};
use serde_json::json;

use super::*;

struct World {
    catalogue: Catalogue,
    state: DialogState,
    expecting: Option<Expecting>,
    haircut: ServiceId,
    ana: ResourceId,
}

fn world() -> World {
    let clock = MockClock::at("2026-03-02T09:00:00Z".parse().unwrap());
    let ids = Ids::seeded(1);
    let (haircut, colour, colour_too): (ServiceId, ServiceId, ServiceId) =
        (ids.next(&clock), ids.next(&clock), ids.next(&clock));
    let ana: ResourceId = ids.next(&clock);
    let service = |id, name: &str, aliases: &[&str]| CatalogueEntry {
        id,
        locale: Some(Locale::En),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    };
    let catalogue = Catalogue {
        services: vec![
            service(haircut, "Haircut", &["trim"]),
            service(haircut, "Corte", &[]),
            service(colour, "Colour", &["tint"]),
            service(colour_too, "Full colour", &["tint"]),
        ],
        staff: vec![CatalogueEntry {
            id: ana,
            locale: None,
            name: "Ana".to_owned(),
            aliases: Vec::new(),
        }],
    };
    World { catalogue, state: DialogState::default(), expecting: None, haircut, ana }
}

impl World {
    fn read(&self, answer: &Value) -> Option<(Intent, Vec<EntityValue>)> {
        let local = Parse {
            utterance: Utterance::new("mi melena pide socorro", Locale::Es),
            intents: IntentScores::certain(Intent::OutOfScope, Confidence::ZERO),
            entities: Vec::new(),
            feelings: Feelings::NONE,
        };
        let setting = Setting {
            catalogue: &self.catalogue,
            today: date(2026, 3, 2),
            state: &self.state,
            expecting: self.expecting,
        };
        let parse = read(answer, &local, &setting)?;
        assert_eq!(parse.utterance, local.utterance, "the words stay the customer's");
        assert!(parse.intents.top().1.get() >= dialog::ACTING);
        Some((parse.intents.top().0, parse.entities.into_iter().map(|it| it.value).collect()))
    }

    fn values(&self, kind: &str, value: &str) -> Vec<EntityValue> {
        let answer = json!({ "intent": "book", "entities": [{ "kind": kind, "value": value }] });
        self.read(&answer).map(|(_, values)| values).unwrap_or_default()
    }
}

#[test]
fn names_days_and_times_become_what_the_customer_could_have_typed() {
    let world = world();
    let answer = json!({ "intent": "book", "entities": [
        { "kind": "service", "value": "HAIRCUT " }, { "kind": "staff", "value": "ana" },
        { "kind": "date", "value": "2026-03-04" }, { "kind": "time", "value": "16:30" },
        { "kind": "party_size", "value": "2" }, { "kind": "service", "value": "corte" } ] });
    let expected = vec![
        EntityValue::Service(world.haircut),
        EntityValue::Staff(world.ana),
        EntityValue::Date(date(2026, 3, 4)),
        EntityValue::Time(time(16, 30, 0, 0)),
        EntityValue::PartySize(2),
    ];
    assert_eq!(world.read(&answer), Some((Intent::Book, expected)));
}

#[test]
fn what_says_yes_ends_or_gives_away_is_not_understood() {
    let world = world();
    let allowed: Vec<_> = proposable().collect();
    for intent in Intent::ALL.iter().filter(|intent| !allowed.contains(intent)) {
        for entities in [json!([]), json!([{ "kind": "service", "value": "Haircut" }])] {
            let answer = json!({ "intent": intent.name(), "entities": entities });
            assert_eq!(world.read(&answer), None, "{intent}");
        }
    }
    use Intent as I;
    for never in [
        I::Affirm,
        I::Deny,
        I::ConfirmAttendance,
        I::OptOut,
        I::TalkToPerson,
        I::Complaint,
        I::StartOver,
        I::JoinWaitlist,
        I::Goodbye,
        I::Thank,
        I::RunningLate,
        I::LostItem,
        I::BusinessInquiry,
    ] {
        assert!(!allowed.contains(&never), "{never}");
    }
}

#[test]
fn cancelling_can_be_asked_for_and_never_agreed_to() {
    let mut world = world();
    let cancel = json!({ "intent": "cancel", "entities": [] });
    assert_eq!(world.read(&cancel), Some((Intent::Cancel, vec![])));
    world.state.pending = Some(Question::CancelConfirmation);
    assert_eq!(world.read(&cancel), None);
    world.state.pending = Some(Question::Confirmation);
    assert_eq!(world.read(&cancel), None);
    world.state.pending = None;
    world.state.task = Some(Task::Book);
    assert_eq!(world.read(&cancel), None);
}

#[test]
fn some_moments_are_not_shown_to_anybody() {
    let clock = MockClock::at("2026-03-02T09:00:00Z".parse().unwrap());
    let hold = Some(Ids::seeded(1).next(&clock));
    let calm = DialogState::default();
    assert!(!is_delicate(&calm));
    assert!(!is_delicate(&DialogState { hold, ..calm.clone() }));
    for state in [
        DialogState { pending: Some(Question::CancelConfirmation), ..calm.clone() },
        DialogState { pending: Some(Question::Name), ..calm.clone() },
        DialogState { task: Some(Task::Wait), ..calm.clone() },
        DialogState { hold, offer: hold, ..calm },
    ] {
        assert!(is_delicate(&state), "{state:?}");
    }
}

#[test]
fn what_is_not_of_this_business_or_not_to_come_goes() {
    let mut world = world();
    for (kind, value) in [
        ("service", "Massage"),
        ("service", "tint"), // two services have that name
        ("service", ""),
        ("staff", "Zoe"),
        ("staff", "any"),
        ("date", "2026-03-01"),
        ("date", "2026-02-30"),
        ("date", "2028-03-01"),
        ("date", "tomorrow"),
        ("date", "20260304"),
        ("date", "２０２６-03-04"),
        ("time", "25:00"),
        ("time", "4:30"),
        ("time", "16:30:00"),
        ("time", "+6:30"),
        ("part_of_day", "noonish"),
        ("party_size", "0"),
        ("party_size", "101"),
        ("party_size", "-1"),
        ("party_size", "4294967297"),
        ("ordinal", "1"), // nothing is on the screen
        ("any_staff", "yes"),
        ("booking_reference", "K7P2QX"),
        ("price", "0"),
        ("link", "https://evil.example"),
        ("name", "Mallory"),
    ] {
        assert_eq!(world.values(kind, value), vec![], "{kind} {value}");
    }
    assert_eq!(world.values("date", "2026-03-02").len(), 1, "today is to come");
    assert_eq!(world.values("service", &"a".repeat(MAX_VALUE + 1)), vec![]);
    world.expecting = Some(Expecting::Selection(2));
    assert_eq!(world.values("ordinal", "2"), vec![EntityValue::Select(2)]);
    assert_eq!(world.values("ordinal", "3"), vec![]);
}

#[test]
fn other_forms_are_nothing() {
    let world = world();
    let many = vec![json!({ "kind": "time", "value": "16:30" }); MAX_ENTITIES + 1];
    for answer in [
        json!({}),
        json!({ "intent": "book" }),
        json!({ "intent": "book", "entities": {} }),
        json!({ "intent": "book", "entities": [], "confirm": true }),
        json!({ "intent": ["book"], "entities": [] }),
        json!({ "intent": "BOOK", "entities": [] }),
        json!({ "intent": "book\u{200b}", "entities": [] }),
        json!({ "intent": "book", "entities": many }),
        json!({ "intent": "book", "entities": [{ "kind": "time", "value": 16 }] }),
        json!({ "intent": "book", "entities": [{ "kind": "time", "value": "16:30", "x": 1 }] }),
        json!({ "intent": "book", "entities": [
            { "kind": "time", "value": "16:30" }, { "kind": "time", "value": "17:30" }] }),
        json!({ "intent": "inform", "entities": [] }),
        json!({ "intent": "unknown", "entities": [] }),
        json!([{ "intent": "book", "entities": [] }]),
        json!("book"),
    ] {
        assert_eq!(world.read(&answer), None, "{answer}");
    }
    let values = json!([{ "kind": "time", "value": "16:30" }]);
    let unknown = json!({ "intent": "unknown", "entities": values });
    assert_eq!(world.read(&unknown).map(|(intent, _)| intent), Some(Intent::Inform));
}
