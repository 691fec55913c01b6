//! Every act has words in every language, and the languages have the same keys and arguments.

use std::collections::{BTreeMap, BTreeSet};

use dialog::{
    AppointmentFact, DialogAct, Explanation, FailureReason, News, Question, Refusal, Rule, Topic,
    WaitRequest, render,
};
use jiff::civil::{Date, Time};
use kernel::Locale;
use serde::de::DeserializeOwned;

use crate::world::{self, World};

pub(crate) const FILES: [&str; 3] = [
    include_str!("../../locales/en/main.ftl"),
    include_str!("../../locales/es/main.ftl"),
    include_str!("../../locales/pt/main.ftl"),
];

/// Message keys and the arguments each uses.
pub(crate) fn messages(ftl: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::<String, BTreeSet<String>>::new();
    let mut current = String::new();
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" = ").or(line.split_once(" ="))
            && !line.starts_with(' ')
        {
            current = key.to_owned();
        }
        let args = line
            .split('$')
            .skip(1)
            .map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>());
        if !current.is_empty() {
            messages.entry(current.clone()).or_default().extend(args);
        }
    }
    messages
}

#[test]
fn languages_have_the_same_keys_and_arguments() {
    let [en, es, pt] = FILES.map(messages);
    assert!(en.len() > 60, "the files were not read");
    assert_eq!(en, es);
    assert_eq!(en, pt);
}

fn all<T: DeserializeOwned>(names: &[&str]) -> Vec<T> {
    names.iter().map(|name| serde_json::from_value((*name).into()).expect("a name")).collect()
}

pub(crate) fn every_act() -> Vec<DialogAct> {
    let mut world = World::new();
    world.has(1, "haircut", "ana", "2026-03-03T15:00");
    let appointment = || world.facts.appointments[0].clone();
    let offers = vec![
        world::offer("haircut", "ana", "2026-03-03T15:00"),
        world::offer("haircut", "bruno", "2026-03-04T10:30"),
    ];
    let questions: Vec<Question> = all(&[
        "service",
        "date",
        "time",
        "choice",
        "confirmation",
        "cancel_confirmation",
        "appointment",
        "new_time",
        "name",
        "change",
        "person",
    ]);
    let reasons: Vec<FailureReason> = all(&[
        "taken",
        "closed",
        "too_soon",
        "too_far",
        "impossible_date",
        "nonexistent_time",
        "not_offered",
        "hold_expired",
        "gone",
        "offer_gone",
        "nothing_free",
        "no_appointments",
        "internal",
    ]);
    let topics: Vec<Topic> = all(&[
        "payment",
        "parking",
        "policy",
        "promotions",
        "gift_card",
        "contact",
        "preparation",
        "receipt",
        "lost_item",
        "business",
        "waitlist",
        "running_late",
        "complaint",
        "praise",
        "attendance",
    ]);
    let haircut = Some(world::service("haircut"));
    let mut acts = vec![
        DialogAct::Greet,
        DialogAct::Apologise,
        DialogAct::Reassure,
        DialogAct::PersonAvailable,
        DialogAct::Welcome,
        DialogAct::Goodbye,
        DialogAct::Offer { offers: offers.clone(), widened: false },
        DialogAct::Offer { offers, widened: true },
        DialogAct::Offer { offers: vec![], widened: false },
        DialogAct::Confirm { appointment: appointment(), moves: false },
        DialogAct::Confirm { appointment: appointment(), moves: true },
        DialogAct::ConfirmCancel { appointment: appointment() },
        DialogAct::Booked { appointment: appointment() },
        DialogAct::Moved { appointment: appointment() },
        DialogAct::Cancelled { appointment: appointment() },
        DialogAct::Appointments { appointments: vec![appointment()] },
        DialogAct::Appointments { appointments: vec![] },
        DialogAct::Services { service: haircut },
        DialogAct::Services { service: None },
        DialogAct::Hours,
        DialogAct::Address,
        DialogAct::Staff { service: haircut },
        DialogAct::Staff { service: None },
        DialogAct::Kept,
        DialogAct::HandedOver,
        DialogAct::OptedOut,
        DialogAct::AboutMe,
        DialogAct::SmallTalk,
        DialogAct::OutOfScope,
        DialogAct::NotUnderstood,
        DialogAct::Menu,
        DialogAct::TextOnly,
        DialogAct::RequestMore,
    ];
    let pending = || AppointmentFact { pending: true, ..appointment() };
    acts.extend([
        DialogAct::Confirm { appointment: pending(), moves: false },
        DialogAct::Booked { appointment: pending() },
        DialogAct::Moved { appointment: pending() },
        DialogAct::Appointments { appointments: vec![pending()] },
        DialogAct::LeftWaitlist,
        DialogAct::OfferDeclined,
        DialogAct::Freed { appointment: appointment(), until: world::moment("2026-03-03T09:15") },
    ]);
    let news: Vec<News> = all(&["confirmed", "approved", "declined", "cancelled", "moved"]);
    acts.extend(news.into_iter().map(|news| DialogAct::News { news, appointment: appointment() }));
    acts.extend(
        [
            Refusal::PersonNeeded,
            Refusal::DayFull(1),
            Refusal::WeekFull(3),
            Refusal::TooLate(world::moment("2026-03-03T09:15")),
        ]
        .map(|refusal| DialogAct::Refused { refusal }),
    );
    let (nine, five) = (Time::constant(9, 0, 0, 0), Time::constant(17, 0, 0, 0));
    for staff in [None, Some(world::staff("ana"))] {
        let rules = [
            Rule::OffEveryWeek,
            Rule::Off,
            Rule::Closed("Easter".into()),
            Rule::Break(nine, five),
            Rule::Hours(vec![(nine, five)]),
            Rule::FullyBooked,
            Rule::NothingThen,
            Rule::CapReached,
        ];
        let day = Date::constant(2026, 3, 7);
        acts.extend(
            rules.map(|rule| DialogAct::Explain { explanation: Explanation { staff, day, rule } }),
        );
    }
    let wish = |days| WaitRequest {
        party_size: 1,
        service: world::service("haircut"),
        staff: Some(world::staff("ana")),
        excluded_staff: vec![],
        days,
        excluded_days: vec![],
        times: None,
        near: None,
        release: None,
        customer_name: None,
    };
    let (first, last) = (Date::constant(2026, 3, 3), Date::constant(2026, 3, 5));
    acts.extend(
        [None, Some((first, first)), Some((first, last))]
            .map(|days| DialogAct::Waiting { wish: wish(days) }),
    );
    acts.extend(questions.into_iter().map(|question| DialogAct::Request { question }));
    acts.extend(reasons.into_iter().map(|reason| DialogAct::Failed { reason }));
    acts.extend(topics.iter().map(|topic| DialogAct::Answer { topic: *topic }));
    acts.extend(topics.into_iter().map(|topic| DialogAct::Noted { topic }));
    acts
}

#[test]
fn every_act_has_words_in_every_language() {
    for mut facts in [world::facts(), empty_facts()] {
        facts.customer.name = Some("Marta".into());
        for act in every_act() {
            for locale in Locale::ALL {
                let text = render(std::slice::from_ref(&act), &facts, locale);
                assert!(!text.trim().is_empty(), "{act:?} in {locale}");
                assert!(!text.contains(['{', '}', '\u{2068}', '\u{2069}']), "{text}");
            }
        }
    }
}

fn empty_facts() -> dialog::Facts {
    let mut facts = world::facts();
    facts.services.clear();
    facts.staff.clear();
    facts.hours.clear();
    facts.answers.clear();
    facts.business.address.clear();
    facts
}

#[test]
fn the_summary_says_everything_that_is_agreed() {
    let mut world = World::new();
    world.has(1, "haircut", "ana", "2026-03-03T15:00");
    let appointment = world.facts.appointments[0].clone();
    let acts = [DialogAct::Confirm { appointment, moves: false }];
    let expected = [
        (Locale::En, ["Haircut", "Ana", "Tuesday 3 March at 15:00", "€25.00"]),
        (Locale::Es, ["Corte", "Ana", "martes 3 de marzo a las 15:00", "25,00 €"]),
        (Locale::Pt, ["Corte", "Ana", "terça-feira, 3 de março às 15:00", "25,00 €"]),
    ];
    for (locale, parts) in expected {
        let text = render(&acts, &world.facts, locale);
        for part in parts {
            assert!(text.contains(part), "`{part}` is not in: {text}");
        }
    }
}

#[test]
fn replies_fit_a_message() {
    let mut facts = world::facts();
    facts.answers = vec![("payment".into(), Locale::En, "long ".repeat(5000))];
    let acts = vec![DialogAct::Answer { topic: Topic::Payment }; 5];
    assert!(render(&acts, &facts, Locale::En).chars().count() <= 4096);
}

#[test]
fn a_name_cannot_format_or_hide_text() {
    let mut facts = world::facts();
    facts.customer.name = Some("*Eve*\n\u{202E}{ $business }".into());
    let text = render(&[DialogAct::Greet], &facts, Locale::En);
    assert!(!text.contains(['*', '\n', '\u{202E}']), "{text}");
}
