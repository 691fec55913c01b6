//! What the dialogue says of a message before it is read. "Tomorrow at five", "Ana" and "two" are
//! hardly sentences; after the right question they are answers.
//!
//! Bayes' rule over intents: the question multiplies the odds of the intents that answer it. The
//! factors come from what customers do after a question in the training part of the
//! Schema-Guided Dialogues (after a request for a day, 833 of 845 give one; after an offer or a
//! summary, 807 of 1007 messages with a value in them change a detail), held back because
//! those customers never wander off and real ones do.

use crate::{Entity, EntityValue, Expecting, Intent, Utterance};

/// A message in its conversation.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What was just asked, if anything.
    pub expecting: Option<Expecting>,
    /// The values found in the message.
    pub entities: &'a [Entity],
}

/// Log-odds that an answer gains by being one at all, and when it is all there is in the message.
const ANSWER: (f32, f32) = (1.5, 3.0);
/// What a value says of a message when yes or no was asked: rather a correction than a question.
const CORRECTION: (f32, f32) = (0.5, 2.0);
/// What yes and no gain when that was asked.
const YES_OR_NO: f32 = 1.5;
/// What picking gains, as a yes, when there was something to pick from.
const PICK: f32 = 0.7;

impl Situation<'_> {
    /// A message out of nowhere.
    pub const NONE: Situation<'static> = Situation { expecting: None, entities: &[] };

    /// The log-odds that some intents gain by the question; nothing without one.
    #[must_use]
    pub fn prior(&self, utterance: &Utterance) -> Vec<(Intent, f32)> {
        let Some(expecting) = self.expecting else {
            return Vec::new();
        };
        let answers = self.entities.iter().any(|entity| fits(expecting, &entity.value));
        let value = self.entities.iter().any(|entity| is_value(&entity.value));
        let bare = self.bareness(utterance);
        let gain = |(any, all): (f32, f32)| any + all * bare;
        match expecting {
            Expecting::Confirmation => {
                let mut prior = vec![(Intent::Affirm, YES_OR_NO), (Intent::Deny, YES_OR_NO)];
                prior.extend(value.then(|| (Intent::Inform, gain(CORRECTION))));
                prior
            }
            Expecting::Selection(_) => {
                let mut prior = vec![(Intent::Affirm, PICK)];
                prior.extend((answers || value).then(|| (Intent::Inform, gain(ANSWER))));
                prior
            }
            _ if answers => vec![(Intent::Inform, gain(ANSWER))],
            // Another detail than the one asked for.
            _ if value => vec![(Intent::Inform, gain(CORRECTION))],
            _ => Vec::new(),
        }
    }

    /// How much of what was written is values, 0..=1, counting letters and digits.
    fn bareness(&self, utterance: &Utterance) -> f32 {
        let counts = |c: &char| c.is_alphanumeric();
        let within =
            |at: usize| self.entities.iter().any(|e| (e.span.start..e.span.end).contains(&at));
        let written = utterance.original.chars().enumerate().filter(|(_, c)| counts(c));
        let (inside, all) = written
            .fold((0, 0), |(inside, all), (at, _)| (inside + usize::from(within(at)), all + 1));
        if all == 0 { 0.0 } else { inside as f32 / all as f32 }
    }
}

/// Whether the value is of the kind that was asked for.
fn fits(expecting: Expecting, value: &EntityValue) -> bool {
    use EntityValue as V;
    let is_date = matches!(
        value,
        V::Date(_) | V::DateRange { .. } | V::Past(_) | V::ImpossibleDate | V::Earliest
    );
    let is_time =
        matches!(value, V::Time(_) | V::TimeWindow { .. } | V::PartOfDay(_) | V::Earliest);
    match expecting {
        // Who is asked for the day often says the hour too, or instead.
        Expecting::Date | Expecting::Time => is_date || is_time,
        Expecting::Staff => matches!(value, V::Staff(_) | V::AnyStaff),
        Expecting::Service => matches!(value, V::Service(_)),
        Expecting::Name => matches!(value, V::Name(_)),
        Expecting::Phone => matches!(value, V::Phone(_)),
        Expecting::PartySize => matches!(value, V::PartySize(_)),
        Expecting::Selection(_) => matches!(value, V::Select(_) | V::SelectLast),
        Expecting::Confirmation => false,
    }
}

/// Whether it is a detail of a booking at all.
fn is_value(value: &EntityValue) -> bool {
    !matches!(value, EntityValue::Select(_) | EntityValue::SelectLast)
}

/// Applies a prior to the probabilities of intents, given that the message is in scope, and to
/// that of its being out of scope. Best first again.
pub(super) fn apply(
    prior: &[(Intent, f32)],
    ranking: &mut [(Intent, f32)],
    out_of_scope: &mut f32,
) {
    if prior.is_empty() {
        return;
    }
    let inside = 1.0 - *out_of_scope;
    let mut total = 0.0;
    for (intent, p) in ranking.iter_mut() {
        let gain = prior.iter().find(|(of, _)| of == intent).map_or(0.0, |(_, gain)| *gain);
        *p *= gain.exp();
        total += *p;
    }
    if total <= 0.0 {
        return;
    }
    ranking.iter_mut().for_each(|(_, p)| *p /= total);
    ranking.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    *out_of_scope /= *out_of_scope + inside * total;
}
