//! The short notation of transcripts: values in, actions and acts out.

use dialog::{
    Action, AppointmentFact, DialogAct, Explanation, FailureReason, Offer, Outcome, Refusal, Rule,
};
use intents::{
    Entity, EntityValue, Intent, IntentScores, Parse, PartOfDay, Span, Utterance,
    emotion::{Emotion, Feelings},
};
use jiff::{Zoned, civil::Time};
use kernel::{Confidence, Locale};
use serde::{Serialize, de::DeserializeOwned};

use crate::world;

/// `intent` or `intent p`, in order of likelihood.
pub(crate) fn parse(text: &str, locale: Locale, intents: &str, entities: &[String]) -> Parse {
    let ranking: Vec<_> = intents
        .split(", ")
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, p) = part.split_once(' ').unwrap_or((part, "0.9"));
            let p = Confidence::new(p.parse().expect("a number")).expect("a probability");
            (name.parse().unwrap_or_else(|e| panic!("{e}")), p)
        })
        .collect();
    Parse {
        utterance: Utterance {
            original: text.to_owned(),
            text: text.to_lowercase(),
            offsets: vec![],
            locale,
        },
        intents: IntentScores {
            ranking,
            out_of_scope: Confidence::ZERO,
            ..IntentScores::certain(Intent::OutOfScope, Confidence::ZERO)
        },
        entities: entities.iter().map(|entity| entity_of(entity)).collect(),
        feelings: Feelings::NONE,
    }
}

pub(crate) fn feelings(felt: &[Emotion]) -> Feelings {
    let p = |emotion| if felt.contains(&emotion) { 0.9 } else { 0.1 };
    let p = |emotion| Confidence::saturating(p(emotion));
    Feelings {
        frustrated: p(Emotion::Frustrated),
        anxious: p(Emotion::Anxious),
        happy: p(Emotion::Happy),
        urgent: p(Emotion::Urgent),
    }
}

fn entity_of(text: &str) -> Entity {
    let (negated, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    let (kind, value) = text.split_once(' ').unwrap_or((text, ""));
    let mut readings = value.split('|').map(|value| value_of(kind, value));
    Entity {
        value: readings.next().expect("a value"),
        span: Span { start: 0, end: 0 },
        alternatives: readings.collect(),
        negated,
    }
}

fn value_of(kind: &str, value: &str) -> EntityValue {
    let time = |text: &str| text.parse::<Time>().unwrap_or_else(|e| panic!("`{text}`: {e}"));
    let day = |text: &str| text.parse().unwrap_or_else(|e| panic!("`{text}`: {e}"));
    let ends = || value.split_once("..").expect("two ends");
    match kind {
        "service" => EntityValue::Service(world::service(value)),
        "staff" => EntityValue::Staff(world::staff(value)),
        "anyone" => EntityValue::AnyStaff,
        "date" => EntityValue::Date(day(value)),
        "days" => EntityValue::DateRange { first: day(ends().0), last: day(ends().1) },
        "time" => EntityValue::Time(time(value)),
        "window" => {
            let end = |text: &str| (!text.is_empty()).then(|| time(text));
            EntityValue::TimeWindow { from: end(ends().0), until: end(ends().1) }
        }
        "part" => EntityValue::PartOfDay(from_name::<PartOfDay>(value)),
        "earliest" => EntityValue::Earliest,
        "past" => EntityValue::Past(day(value)),
        "impossible" => EntityValue::ImpossibleDate,
        "select" => EntityValue::Select(value.parse().expect("a position")),
        "last" => EntityValue::SelectLast,
        "name" => EntityValue::Name(value.to_owned()),
        "party" => EntityValue::PartySize(value.parse().expect("a number")),
        _ => panic!("no value called `{kind}`"),
    }
}

/// `openings <starts>`, `widened <starts>`, `unavailable <reason> <starts>`; starts are
/// `service staff time`, separated by `; `.
pub(crate) fn outcome(text: &str) -> Outcome {
    let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
    match kind {
        "openings" => Outcome::Openings { offers: offers(rest), widened: false, why: None },
        "widened" => Outcome::Openings { offers: offers(rest), widened: true, why: None },
        "unavailable" => {
            let (reason, starts) = rest.split_once(' ').unwrap_or((rest, ""));
            let reason = from_name::<FailureReason>(reason);
            Outcome::Unavailable { reason, alternatives: offers(starts), why: None }
        }
        // `off ana 2026-03-03 <starts>`: she does not work on that day of the week
        "off" => {
            let words: Vec<_> = rest.splitn(3, ' ').collect();
            let [who, day, starts] = words.as_slice() else { panic!("`{text}`") };
            let why = Explanation {
                staff: (*who != "everybody").then(|| world::staff(who)),
                day: day.parse().expect("a day"),
                rule: Rule::OffEveryWeek,
            };
            Outcome::Openings { offers: offers(starts), widened: true, why: Some(why) }
        }
        "refused" => Outcome::Refused {
            refusal: match rest.split_once(' ').unwrap_or((rest, "")) {
                ("day_full", n) => Refusal::DayFull(n.parse().expect("a number")),
                ("week_full", n) => Refusal::WeekFull(n.parse().expect("a number")),
                ("too_late", at) => Refusal::TooLate(world::moment(at)),
                _ => Refusal::PersonNeeded,
            },
        },
        _ => panic!("no outcome called `{kind}`"),
    }
}

fn offers(text: &str) -> Vec<Offer> {
    text.split("; ")
        .filter(|start| !start.is_empty())
        .map(|start| {
            let words: Vec<_> = start.split(' ').collect();
            let [service, staff, at] = words.as_slice() else { panic!("`{start}`") };
            world::offer(service, staff, at)
        })
        .collect()
}

pub(crate) fn action(action: &Action) -> String {
    let flags = |release: bool, moves: bool| {
        format!("{}{}", if release { " release" } else { "" }, if moves { " moves" } else { "" })
    };
    match action {
        Action::Say { .. } => "say".into(),
        Action::FindOpenings(r) => {
            let mut text = format!("find {}", world::service_name(r.service));
            text += &r.staff.map_or(String::new(), |id| format!(" {}", world::staff_name(id)));
            text += &format!(" {}..{}", r.days.0, r.days.1);
            text += &r.times.map_or(String::new(), |(a, b)| format!(" {}-{}", hm(a), hm(b)));
            text += &r.near.map_or(String::new(), |t| format!(" near {}", hm(t)));
            if r.soonest {
                text += " soonest";
            }
            for staff in &r.excluded_staff {
                text += &format!(" not {}", world::staff_name(*staff));
            }
            for day in &r.excluded_days {
                text += &format!(" not {day}");
            }
            if !r.excluded_starts.is_empty() {
                text += &format!(" refused {}", r.excluded_starts.len());
            }
            text + &flags(r.release.is_some(), r.replaces.is_some())
        }
        Action::PlaceHold(r) => format!(
            "hold {} {} {}{}",
            world::service_name(r.service),
            r.staff.map_or("anyone", world::staff_name),
            at(&r.starts_at),
            flags(r.release.is_some(), r.replaces.is_some())
        ),
        Action::Confirm { .. } => "confirm".into(),
        Action::Cancel { .. } => "cancel".into(),
        Action::JoinWaitlist(wish) => {
            let mut text = format!("wait {}", world::service_name(wish.service));
            text += &wish.staff.map_or(String::new(), |id| format!(" {}", world::staff_name(id)));
            text += &wish.days.map_or(String::new(), |(a, b)| format!(" {a}..{b}"));
            text + &flags(wish.release.is_some(), false)
        }
        Action::LeaveWaitlist => "leave".into(),
        Action::DeclineOffer { .. } => "decline".into(),
        Action::Release { .. } => "release".into(),
        Action::HandOver { release, .. } => format!("hand_over{}", flags(release.is_some(), false)),
        Action::OptOut { release, .. } => format!("opt_out{}", flags(release.is_some(), false)),
        Action::Silence => "silence".into(),
    }
}

pub(crate) fn act(act: &DialogAct) -> String {
    let name = name_of(act, "act");
    match act {
        DialogAct::Request { question } => format!("{name} {}", plain_name(question)),
        DialogAct::Offer { offers, widened } => {
            let starts: Vec<_> = offers.iter().map(start).collect();
            format!("{name} {}{}", starts.join("; "), if *widened { " widened" } else { "" })
        }
        DialogAct::Confirm { appointment, moves } => {
            format!("{name} {}{}", booked(appointment), if *moves { " moves" } else { "" })
        }
        DialogAct::ConfirmCancel { appointment }
        | DialogAct::Booked { appointment }
        | DialogAct::Moved { appointment }
        | DialogAct::Cancelled { appointment } => format!("{name} {}", booked(appointment)),
        DialogAct::Failed { reason } => format!("{name} {}", plain_name(reason)),
        DialogAct::Appointments { appointments } => format!("{name} {}", appointments.len()),
        DialogAct::Services { service } | DialogAct::Staff { service } => {
            format!("{name} {}", service.map_or("all", world::service_name))
        }
        DialogAct::Answer { topic } | DialogAct::Noted { topic } => {
            format!("{name} {}", topic.key())
        }
        _ => name,
    }
}

fn start(offer: &Offer) -> String {
    format!(
        "{} {} {}",
        world::service_name(offer.service),
        world::staff_name(offer.staff),
        at(&offer.starts_at)
    )
}

fn booked(a: &AppointmentFact) -> String {
    format!(
        "{} {} {}",
        world::service_name(a.service),
        world::staff_name(a.staff),
        at(&a.starts_at)
    )
}

fn at(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

fn hm(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

fn from_name<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_value(name.into()).unwrap_or_else(|error| panic!("`{name}`: {error}"))
}

fn plain_name(value: &impl Serialize) -> String {
    serde_json::to_value(value).expect("json").as_str().expect("a name").to_owned()
}

fn name_of(value: &impl Serialize, tag: &str) -> String {
    serde_json::to_value(value).expect("json")[tag].as_str().expect("a tag").to_owned()
}
