//! How sure we are of what was said, before context decides what it means.

use intents::{Entity, EntityValue, Intent, Parse};
use kernel::Locale;

use super::{ACTING, NEAR_TIE, UNDERSTOOD, cues, slots, wait};
use crate::{DialogState, Facts, Question};

/// What an intent must reach that does not go with the rest of the message.
const SURE: f32 = 0.9;

/// A message as the reader takes it.
pub(super) struct Heard<'a> {
    /// The best intent, when sure enough for what it leads to.
    pub(super) intent: Option<Intent>,
    /// The intent is sure enough to win over a value that answers our question.
    pub(super) firm: bool,
    /// The second intent, when it is likely meant too.
    pub(super) second: Option<Intent>,
    /// Values that can fill a slot, choose an offer or name an appointment.
    pub(super) details: Vec<&'a Entity>,
    /// The message says no somewhere, whatever its intent.
    pub(super) negative: bool,
    /// Lets go of what was going on, and says nothing else.
    pub(super) lets_go: bool,
    /// Has a word that calls something off.
    pub(super) calls_off: bool,
    /// Asks for what the customer has to be moved.
    pub(super) moves_own: bool,
    /// Speaks of something the customer has already.
    pub(super) of_own: bool,
    /// Wants to be on the waiting list.
    pub(super) joins_list: bool,
    /// No longer wants to be on it.
    pub(super) leaves_list: bool,
}

pub(super) fn hear<'a>(parse: &'a Parse, state: &DialogState, facts: &Facts) -> Heard<'a> {
    let (top, p) = parse.intents.top();
    let p = p.get();
    let second = parse.intents.ranking.iter().find(|(intent, _)| *intent != top);
    let confirming =
        matches!(state.pending, Some(Question::Confirmation | Question::CancelConfirmation));
    let needed = match top {
        Intent::Affirm if confirming => ACTING,
        Intent::Cancel
        | Intent::StartOver
        | Intent::TalkToPerson
        | Intent::Complaint
        | Intent::OptOut => ACTING,
        _ => UNDERSTOOD,
    };
    let rival = parse.intents.ranking.iter().find(|(intent, _)| *intent == Intent::Deny);
    let consents = matches!(top, Intent::Affirm | Intent::ConfirmAttendance | Intent::Cancel);
    let torn = consents
        && confirming
        && (rival.is_some_and(|(_, q)| p - q.get() < NEAR_TIE)
            || has_contrast(&parse.utterance.text, parse.utterance.locale)
            || cues::lets_go(&parse.utterance.text));
    let details: Vec<&Entity> =
        parse.entities.iter().filter(|entity| is_detail(&entity.value, facts)).collect();
    let text = &parse.utterance.text;
    let lets_go = details.is_empty() && cues::lets_go(text);
    let intent =
        (p >= needed && !torn && is_plausible(top, p, &details, state, facts)).then_some(top);
    let leaves_list = wait::leaves(text);
    Heard {
        intent,
        firm: p >= ACTING,
        second: second.filter(|(_, q)| q.get() >= 0.2).map(|(intent, _)| *intent),
        details,
        negative: has_negation(text),
        lets_go,
        calls_off: cues::calls_off(text),
        moves_own: cues::moves_own(text),
        of_own: cues::speaks_of_own(text),
        joins_list: !leaves_list && wait::joins(text, intent),
        leaves_list,
    }
}

/// Whether the best intent can be what was meant, given the rest of the message and the facts. What
/// brings a person or ends the conversation is worth a second look: a wish with a day and a service
/// in it is hardly a complaint, and nobody is late for an appointment they do not have.
fn is_plausible(
    top: Intent,
    p: f32,
    details: &[&Entity],
    state: &DialogState,
    facts: &Facts,
) -> bool {
    let wishes = details.iter().any(|detail| {
        !detail.negated
            && matches!(
                detail.value,
                EntityValue::Service(_)
                    | EntityValue::Date(_)
                    | EntityValue::DateRange { .. }
                    | EntityValue::PartySize(_)
            )
    });
    let anybody = details.iter().any(|detail| detail.value == EntityValue::AnyStaff);
    match top {
        // "Com qualquer pessoa" is no call for a person.
        Intent::TalkToPerson => !anybody && (!wishes || p >= SURE),
        Intent::LostItem | Intent::BusinessInquiry => {
            p >= SURE || (!wishes && state.pending.is_none())
        }
        Intent::Complaint | Intent::AskParking => !wishes || p >= SURE,
        Intent::OutOfScope | Intent::SmallTalk => !wishes,
        Intent::RunningLate => {
            let today = facts.now.date();
            let elsewhen = details
                .iter()
                .any(|detail| matches!(detail.value, EntityValue::Date(date) if date != today));
            let expected = facts.appointments.iter().any(|one| one.starts_at.date() == today);
            !elsewhen && (expected || (details.is_empty() && p >= SURE))
        }
        _ => true,
    }
}

fn is_detail(value: &EntityValue, facts: &Facts) -> bool {
    if matches!(value, EntityValue::PartySize(_)) {
        return slots::counts_people(facts);
    }
    !matches!(
        value,
        EntityValue::Name(_)
            | EntityValue::Phone(_)
            | EntityValue::Email(_)
            | EntityValue::BookingReference(_)
            | EntityValue::Money { .. }
            | EntityValue::Budget { .. }
    )
}

/// "yes but …" is a correction. A classifier trained on whole intents easily calls it a yes, so a
/// yes to a summary is refused when one of these words is in it.
fn has_contrast(text: &str, locale: Locale) -> bool {
    let words: &[&str] = match locale {
        Locale::En => &["but", "except", "instead", "although", "unless"],
        Locale::Es => &["pero", "salvo", "excepto", "aunque", "mejor"],
        Locale::Pt => &["mas", "porém", "porem", "exceto", "melhor", "só que"],
    };
    tokens(text).any(|token| words.contains(&token))
}

fn has_negation(text: &str) -> bool {
    const WORDS: &[&str] =
        &["no", "not", "don't", "dont", "nope", "nao", "não", "nunca", "never", "keep", "ni"];
    tokens(text).any(|token| WORDS.contains(&token))
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|token| !token.is_empty())
}

/// Asks for something of its own, so that a value in it belongs to the request ("how much is the
/// one with Ana?") and not to our question.
pub(super) fn is_request(intent: Intent) -> bool {
    use Intent as I;
    is_question(intent)
        || matches!(
            intent,
            I::ListAppointments
                | I::RunningLate
                | I::LostItem
                | I::BusinessInquiry
                | I::JoinWaitlist
                | I::TalkToPerson
                | I::Complaint
                | I::OptOut
                | I::StartOver
                | I::Repeat
        )
}

/// Asks about the business, and is answered without touching the task.
pub(super) fn is_question(intent: Intent) -> bool {
    use Intent as I;
    matches!(
        intent,
        I::AskPrice
            | I::AskHours
            | I::AskServices
            | I::AskAddress
            | I::AskStaff
            | I::AskDuration
            | I::AskPayment
            | I::AskParking
            | I::AskPolicy
            | I::AskPromotions
            | I::AskGiftCard
            | I::AskContact
            | I::AskPreparation
            | I::AskReceipt
            | I::AskBot
    )
}
