//! How sure we are of what was said, before context decides what it means.

use intents::{Entity, EntityValue, Intent, Parse};
use kernel::Locale;

use super::{ACTING, NEAR_TIE, UNDERSTOOD, wait};
use crate::{DialogState, Question};

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
    /// Wants to be on the waiting list.
    pub(super) joins_list: bool,
    /// No longer wants to be on it.
    pub(super) leaves_list: bool,
}

pub(super) fn hear<'a>(parse: &'a Parse, state: &DialogState) -> Heard<'a> {
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
            || has_contrast(&parse.utterance.text, parse.utterance.locale));
    let intent = (p >= needed && !torn).then_some(top);
    let leaves_list = wait::leaves(&parse.utterance.text);
    Heard {
        intent,
        firm: p >= ACTING,
        second: second.filter(|(_, q)| q.get() >= 0.2).map(|(intent, _)| *intent),
        details: parse.entities.iter().filter(|entity| is_detail(&entity.value)).collect(),
        negative: has_negation(&parse.utterance.text),
        joins_list: !leaves_list && wait::joins(&parse.utterance.text, intent),
        leaves_list,
    }
}

fn is_detail(value: &EntityValue) -> bool {
    !matches!(
        value,
        EntityValue::Name(_)
            | EntityValue::Phone(_)
            | EntityValue::Email(_)
            | EntityValue::BookingReference(_)
            | EntityValue::Money { .. }
            | EntityValue::Budget { .. }
            | EntityValue::PartySize(_)
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
