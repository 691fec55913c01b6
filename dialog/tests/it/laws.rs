//! What holds whatever is said and whatever the world answers.

use dialog::{
    Action, AppointmentFact, DialogAct, DialogState, FailureReason, Offer, Outcome, Question,
    conclude, decide, render, track,
};
use intents::{EntityValue, Intent, Parse, PartOfDay, emotion::Emotion};
use jiff::civil::{Date, Time};
use kernel::Locale;
use proptest::{prelude::*, sample::select};

use crate::{
    script,
    world::{self, World},
};

/// One message and how the world takes it.
#[derive(Debug, Clone)]
struct Step {
    text: &'static str,
    ranking: Vec<(Intent, f32)>,
    values: Vec<(EntityValue, bool)>,
    feels: Vec<Emotion>,
    luck: Luck,
}

/// How the world takes an action.
#[derive(Debug, Clone)]
enum Luck {
    Fine,
    Nothing,
    Fails(FailureReason, bool),
    Nonsense,
}

fn value() -> impl Strategy<Value = EntityValue> {
    let day = (1_i8..=31, 2_i8..=4).prop_filter_map("a day", |(d, m)| Date::new(2026, m, d).ok());
    let time = (0_i8..24, select(vec![0_i8, 30])).prop_map(|(h, m)| Time::constant(h, m, 0, 0));
    prop_oneof![
        day.clone().prop_map(EntityValue::Date),
        (day.clone(), day.clone()).prop_map(|(first, last)| EntityValue::DateRange { first, last }),
        time.clone().prop_map(EntityValue::Time),
        (time.clone(), time)
            .prop_map(|(a, b)| EntityValue::TimeWindow { from: Some(a), until: Some(b) }),
        Just(EntityValue::PartOfDay(PartOfDay::Afternoon)),
        Just(EntityValue::Earliest),
        Just(EntityValue::ImpossibleDate),
        day.prop_map(EntityValue::Past),
        select(world::SERVICES.to_vec()).prop_map(|n| EntityValue::Service(world::service(n))),
        select(world::STAFF.to_vec()).prop_map(|n| EntityValue::Staff(world::staff(n))),
        Just(EntityValue::AnyStaff),
        (0_usize..5).prop_map(EntityValue::Select),
        Just(EntityValue::SelectLast),
        Just(EntityValue::Name("Eva".into())),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let intent = prop_oneof![
        3 => Just(Intent::Affirm),
        2 => Just(Intent::Book),
        1 => Just(Intent::Deny),
        1 => Just(Intent::Inform),
        4 => select(Intent::ALL.to_vec()),
    ];
    let ranked = (intent.clone(), 0.2_f32..1.0, intent, 0.0_f32..0.5)
        .prop_map(|(first, p, second, q)| vec![(first, p), (second, q.min(p).min(1.0 - p))]);
    let reasons = select(vec![
        FailureReason::Taken,
        FailureReason::Closed,
        FailureReason::TooSoon,
        FailureReason::HoldExpired,
        FailureReason::Gone,
        FailureReason::NothingFree,
    ]);
    let luck = prop_oneof![
        6 => Just(Luck::Fine),
        1 => Just(Luck::Nothing),
        2 => (reasons, any::<bool>()).prop_map(|(reason, more)| Luck::Fails(reason, more)),
        1 => Just(Luck::Nonsense),
    ];
    let text = select(vec!["", "no", "but", "ok"]);
    let values = prop_oneof![
        2 => Just(vec![]),
        3 => prop::collection::vec((value(), prop::bool::weighted(0.1)), 0..4),
    ];
    let feels = prop_oneof![
        2 => Just(vec![]),
        3 => prop::sample::subsequence(Emotion::ALL.to_vec(), 1..=2),
    ];
    (text, ranked, values, feels, luck).prop_map(|(text, ranking, values, feels, luck)| Step {
        text,
        ranking,
        values,
        feels,
        luck,
    })
}

fn heard(step: &Step) -> Parse {
    let mut parse = script::parse(step.text, Locale::En, "", &[]);
    parse.intents.ranking = step
        .ranking
        .iter()
        .map(|(intent, p)| (*intent, kernel::Confidence::saturating(*p)))
        .collect();
    parse.entities = step
        .values
        .iter()
        .map(|(value, negated)| intents::Entity {
            value: value.clone(),
            span: intents::Span { start: 0, end: 0 },
            alternatives: vec![],
            negated: *negated,
        })
        .collect();
    parse.feelings = script::feelings(&step.feels);
    parse
}

fn take(world: &mut World, action: &Action, luck: &Luck) -> Outcome {
    let offers = |request: &dialog::OpeningRequest| -> Vec<Offer> {
        ["2026-03-05T10:00", "2026-03-05T11:30", "2026-03-06T16:00", "2026-03-07T10:30"]
            .into_iter()
            .map(|at| Offer {
                service: request.service,
                staff: request.staff.unwrap_or(world::staff("ana")),
                starts_at: world::moment(at),
            })
            .filter(|offer| !request.excluded_starts.contains(&offer.starts_at))
            .take(request.limit)
            .collect()
    };
    let acts = matches!(
        action,
        Action::FindOpenings(_)
            | Action::PlaceHold(_)
            | Action::Confirm { .. }
            | Action::Cancel { .. }
    );
    match luck {
        Luck::Fails(reason, more) if acts => {
            world.lose_hold();
            let all = vec![
                world::offer("haircut", "ana", "2026-03-05T10:00"),
                world::offer("haircut", "bruno", "2026-03-06T10:00"),
            ];
            let alternatives = if *more { all } else { vec![] };
            Outcome::Unavailable { reason: *reason, alternatives, why: None }
        }
        Luck::Nonsense if acts => {
            world.lose_hold();
            Outcome::Done
        }
        _ => {
            let done = world.act(action);
            match (done, action, luck) {
                (Some(outcome), _, _) => outcome,
                (None, Action::FindOpenings(request), Luck::Fine) => {
                    Outcome::Openings { offers: offers(request), widened: false, why: None }
                }
                _ => Outcome::Openings { offers: vec![], widened: false, why: None },
            }
        }
    }
}

/// What was last asked, as an observer sees it.
fn asks(acts: &[DialogAct]) -> Option<String> {
    acts.iter().rev().map(script::act).find(|act| {
        ["request ", "offer ", "confirm ", "confirm_cancel "]
            .iter()
            .any(|kind| act.starts_with(kind))
    })
}

fn play(steps: &[Step]) {
    let mut world = World::new();
    world.has(1, "colour", "ana", "2026-03-10T10:00");
    world.has(2, "haircut", "bruno", "2026-03-12T17:00");
    let mut state = DialogState::default();
    // What the customer has on the screen, kept apart from the state under test.
    let mut summary: Option<AppointmentFact> = None;
    let mut cancelling: Option<kernel::AppointmentId> = None;
    let mut asked: Option<(String, usize)> = None;
    for step in steps {
        let parse = heard(step);
        let tracked = track(&state, &parse, &world.facts);
        let action = decide(&tracked, &world.facts);
        let (intent, p) = step.ranking[0];
        if let Action::Confirm { hold } = &action {
            let shown = summary.as_ref().expect("a summary before Confirm");
            assert_eq!(shown.id, *hold, "confirms what was summarised");
            for (value, _) in &step.values {
                match value {
                    EntityValue::Time(time) => assert_eq!(shown.starts_at.time(), *time),
                    EntityValue::Date(date) => assert_eq!(shown.starts_at.date(), *date),
                    EntityValue::Staff(staff) => assert_eq!(shown.staff, *staff),
                    EntityValue::Service(service) => assert_eq!(shown.service, *service),
                    _ => {}
                }
            }
            assert!(matches!(intent, Intent::Affirm | Intent::ConfirmAttendance), "{intent}");
            assert!(p >= dialog::ACTING, "sure: {p}");
            assert_ne!(step.text, "but");
        }
        if let Action::Cancel { appointment } = &action {
            assert_eq!(cancelling.as_ref(), Some(appointment), "cancels what was asked about");
            assert!(matches!(intent, Intent::Affirm | Intent::Cancel), "{intent}");
            assert!(p >= dialog::ACTING, "sure: {p}");
        }
        let outcome = take(&mut world, &action, &step.luck);
        let (next, acts) = conclude(tracked, &action, &outcome, &world.facts);
        for locale in Locale::ALL {
            assert_eq!(render(&acts, &world.facts, locale).is_empty(), acts.is_empty());
        }
        assert_eq!(acts.is_empty(), action == Action::Silence);
        if !matches!(action, Action::Say { .. } | Action::Silence) {
            (summary, cancelling) = (None, None);
        }
        for act in &acts {
            match act {
                DialogAct::Confirm { appointment, .. } => {
                    summary = Some(appointment.clone());
                }
                DialogAct::ConfirmCancel { appointment } => cancelling = Some(appointment.id),
                DialogAct::Booked { .. } => assert!(matches!(outcome, Outcome::Confirmed { .. })),
                DialogAct::Moved { .. } => assert!(matches!(outcome, Outcome::Rescheduled { .. })),
                DialogAct::Cancelled { .. } => {
                    assert!(matches!(outcome, Outcome::Cancelled { .. }))
                }
                _ => {}
            }
        }
        if let Some(question) = asks(&acts) {
            let n = asked.filter(|(last, _)| *last == question).map_or(1, |(_, n)| n + 1);
            // a new hold behind the same summary is progress, not a loop
            let fresh = matches!(action, Action::PlaceHold(_));
            assert!(n <= 3 || fresh, "asked {n} times in a row: {question}");
            asked = Some((question, if fresh { 1 } else { n }));
        } else if acts.contains(&DialogAct::Kept)
            || (intent == Intent::StartOver && p >= dialog::ACTING)
            || !matches!(action, Action::Say { .. } | Action::Silence)
        {
            asked = None; // the task ended or moved on: a later question is a new one
        }
        state = next;
    }
}

/// What is done for the customer until a person is asked for, feeling or not. Feeling that it
/// cannot wait is left out: that one may look for times sooner.
fn done(steps: &[Step], feeling: bool) -> Vec<Action> {
    let mut world = World::new();
    world.has(1, "colour", "ana", "2026-03-10T10:00");
    let mut state = DialogState::default();
    let mut actions = Vec::new();
    for step in steps {
        let mut parse = heard(step);
        let kept = |emotion: &Emotion| feeling && *emotion != Emotion::Urgent;
        let felt: Vec<Emotion> = step.feels.iter().copied().filter(kept).collect();
        parse.feelings = script::feelings(&felt);
        let tracked = track(&state, &parse, &world.facts);
        let action = decide(&tracked, &world.facts);
        let outcome = take(&mut world, &action, &step.luck);
        actions.push(action.clone());
        state = conclude(tracked, &action, &outcome, &world.facts).0;
        if state.pending == Some(Question::Person) {
            break;
        }
    }
    actions
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_booked_or_cancelled_without_a_yes_to_it(
        steps in prop::collection::vec(step(), 1..16)
    ) {
        play(&steps);
    }

    #[test]
    fn feelings_change_nothing_that_is_done(steps in prop::collection::vec(step(), 1..12)) {
        let (calm, upset) = (done(&steps, false), done(&steps, true));
        let n = calm.len().min(upset.len());
        prop_assert_eq!(&calm[..n], &upset[..n]);
    }
}
