//! What a model proposes, taken as if the customer had typed it, and never as a yes.
//!
//! Pure, and the first of two walls: names of this business, days to come, positions on the screen
//! remain; every word that could end, confirm or give away something goes. The second wall is
//! [`permits`], which looks at what would be done rather than at what was said.

use dialog::{Action, DialogState, Move, Question, Task, Tracked};
use intents::{
    Catalogue, CatalogueEntry, ClassifierSource, Entity, EntityValue, Expecting, Intent,
    IntentScores, Parse, PartOfDay, Span, normalize,
};
use jiff::{
    ToSpan as _,
    civil::{Date, Time},
};
use kernel::Confidence;
use serde::Deserialize;
use serde_json::Value;

/// What a value can be.
pub(super) const KINDS: [&str; 8] =
    ["service", "staff", "any_staff", "date", "time", "part_of_day", "party_size", "ordinal"];

/// At most so many values; more is no label.
pub(super) const MAX_ENTITIES: usize = 8;
/// Longest value, in bytes.
const MAX_VALUE: usize = 120;
/// How far ahead a proposed day may lie.
const MAX_DAYS: i32 = 400;
/// Largest party.
const MAX_PARTY: u32 = 100;
/// How sure a proposal counts: acted upon, and never surer than a customer's own words.
const PROPOSED: f32 = 0.7;

/// What may be proposed: what leads to a question, an answer from the facts, or an offer. Not what
/// says yes or no, drops something, brings a person, or silences.
pub(super) fn proposable() -> impl Iterator<Item = Intent> {
    use Intent as I;
    [
        I::Book,
        I::Reschedule,
        I::Cancel,
        I::ListAppointments,
        I::CheckAvailability,
        I::AskPrice,
        I::AskHours,
        I::AskServices,
        I::AskAddress,
        I::AskStaff,
        I::AskDuration,
        I::AskPayment,
        I::AskParking,
        I::AskPolicy,
        I::AskPromotions,
        I::AskGiftCard,
        I::AskContact,
        I::AskPreparation,
        I::AskReceipt,
        I::Inform,
        I::RequestAlternatives,
        I::Repeat,
        I::Greet,
        I::SmallTalk,
        I::AskBot,
    ]
    .into_iter()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    intent: String,
    entities: Vec<RawEntity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntity {
    kind: String,
    value: String,
}

/// In what a proposal is read.
pub(super) struct Setting<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) today: Date,
    /// The conversation, with what the waiting list has offered.
    pub(super) state: &'a DialogState,
    pub(super) expecting: Option<Expecting>,
}

/// The parse that the proposal comes to, or `None` when nothing of it can be used. The text, its
/// language and the feelings stay those of the customer's own message.
pub(super) fn read(answer: &Value, local: &Parse, cx: &Setting<'_>) -> Option<Parse> {
    let label = Label::deserialize(answer).ok()?;
    if label.entities.len() > MAX_ENTITIES {
        return None;
    }
    let named = proposable().find(|intent| intent.name() == label.intent);
    if named.is_none() && label.intent != "unknown" {
        return None; // a yes, a no, a word of its own: not understood, with all its values
    }
    let mut values: Vec<EntityValue> = Vec::new();
    for value in label.entities.iter().filter_map(|raw| value(raw, cx)) {
        let kind = std::mem::discriminant(&value);
        // Two services are none: it is not for the model to choose.
        if values.iter().any(|other| std::mem::discriminant(other) == kind && *other != value) {
            return None;
        }
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let intent = match named {
        None | Some(Intent::Inform) if values.is_empty() => return None,
        None => Intent::Inform,
        Some(Intent::Cancel) if !may_cancel(cx.state) => return None,
        Some(intent) => intent,
    };
    let whole = Span { start: 0, end: local.utterance.original.chars().count() };
    let proposed = values.into_iter().map(|value| Entity {
        value,
        span: whole,
        alternatives: Vec::new(),
        negated: false,
    });
    let mut intents = IntentScores::certain(intent, Confidence::saturating(PROPOSED));
    intents.out_of_scope = Confidence::ZERO; // the model has said that it is in scope
    intents.source = ClassifierSource::Remote;
    Some(Parse {
        utterance: local.utterance.clone(),
        intents,
        entities: local.entities.iter().cloned().chain(proposed).collect(),
        feelings: local.feelings,
    })
}

/// "Cancel" asks which and whether. In the middle of something it would drop that, and after "shall
/// I cancel it?" it would be a yes.
fn may_cancel(state: &DialogState) -> bool {
    state.hold.is_none() && state.pending.is_none() && state.task.is_none()
}

fn value(raw: &RawEntity, cx: &Setting<'_>) -> Option<EntityValue> {
    let text = raw.value.trim();
    if text.is_empty() || text.len() > MAX_VALUE {
        return None;
    }
    match raw.kind.as_str() {
        "service" => only(&cx.catalogue.services, text).map(EntityValue::Service),
        "staff" => only(&cx.catalogue.staff, text).map(EntityValue::Staff),
        "any_staff" => (text == "any").then_some(EntityValue::AnyStaff),
        "date" => date(text, cx.today).map(EntityValue::Date),
        "time" => time(text).map(EntityValue::Time),
        "part_of_day" => part_of_day(text).map(EntityValue::PartOfDay),
        "party_size" => {
            number(text).filter(|n| (1..=MAX_PARTY).contains(n)).map(EntityValue::PartySize)
        }
        "ordinal" => position(text, cx).map(EntityValue::Select),
        _ => None,
    }
}

/// The one thing of that name; none when two share it.
fn only<I: Copy + PartialEq>(entries: &[CatalogueEntry<I>], name: &str) -> Option<I> {
    let (wanted, _) = normalize(name);
    let is_called = |entry: &&CatalogueEntry<I>| {
        !wanted.is_empty()
            && std::iter::once(&entry.name)
                .chain(&entry.aliases)
                .any(|other| normalize(other).0 == wanted)
    };
    let mut found = entries.iter().filter(is_called).map(|entry| entry.id);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

fn date(text: &str, today: Date) -> Option<Date> {
    let is_iso = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date: Date = text.parse().ok().filter(|_| is_iso)?;
    let last = today.checked_add(MAX_DAYS.days()).ok()?;
    (today <= date && date <= last).then_some(date)
}

fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let part = |digits: &str| {
        (digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse::<i8>().ok())?
    };
    Time::new(part(hour)?, part(minute)?, 0, 0).ok()
}

fn part_of_day(text: &str) -> Option<PartOfDay> {
    Some(match text {
        "morning" => PartOfDay::Morning,
        "midday" => PartOfDay::Midday,
        "afternoon" => PartOfDay::Afternoon,
        "evening" => PartOfDay::Evening,
        "night" => PartOfDay::Night,
        _ => return None,
    })
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// A position on the list that is on the screen.
fn position(text: &str, cx: &Setting<'_>) -> Option<usize> {
    let Some(Expecting::Selection(shown)) = cx.expecting else {
        return None;
    };
    number(text).map(|n| n as usize).filter(|n| (1..=shown).contains(n))
}

/// Whether a model is worth asking, and may be: the message says nothing that can be used, and
/// nothing is at stake that a proposal could give away.
pub(super) fn is_wanted(tracked: &Tracked, parse: &Parse, state: &DialogState) -> bool {
    let (top, confidence) = parse.intents.top();
    let unsure = match tracked.turn {
        Move::NotUnderstood => true,
        Move::Intent(Intent::OutOfScope) => {
            top == Intent::OutOfScope && confidence.get() < dialog::ACTING
        }
        _ => false,
    };
    let points = |entity: &Entity| {
        matches!(
            entity.value,
            EntityValue::Select(_)
                | EntityValue::SelectLast
                | EntityValue::SelectLatest
                | EntityValue::SelectAny
        )
    };
    unsure
        && !parse.entities.iter().any(points)
        && parse.utterance.text.chars().any(char::is_alphabetic)
        && !is_delicate(state)
}

/// Getting onto the waiting list needs no yes, and what it has offered is lost with the hold. What
/// follows the question for a name is a name, and stays here.
fn is_delicate(state: &DialogState) -> bool {
    state.task == Some(Task::Wait)
        || matches!(state.pending, Some(Question::CancelConfirmation | Question::Name))
        || (state.hold.is_some() && state.hold == state.offer)
}

/// The second wall: what may be done because of a proposal, whatever it said. All of it ends in
/// words, or in a hold that only a yes of the customer's own turns into an appointment.
pub(super) fn permits(tracked: &Tracked, action: &Action) -> bool {
    let is_step = match tracked.turn {
        Move::Proceed | Move::Choose(_) | Move::Alternatives => true,
        Move::Intent(intent) => proposable().any(|other| other == intent),
        _ => false,
    };
    let is_harmless =
        matches!(action, Action::Say { .. } | Action::FindOpenings(_) | Action::PlaceHold(_));
    is_step && is_harmless
}

#[cfg(test)]
mod tests;
