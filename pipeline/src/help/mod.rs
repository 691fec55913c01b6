//! Help from a language model, for a message that the models of this machine do not understand.
//!
//! The model proposes a label; what it comes to is what the same label would come to if the
//! customer had typed it, less everything that says yes, ends or gives away something
//! (`proposal`). It is asked between two passes of the turn, outside any transaction, and its answer
//! is used only if the same message is claimed again in the same state of the conversation.

pub(crate) mod ledger;
mod proposal;
mod question;

use dialog::{Action, DialogState, Tracked};
use intents::{Expecting, Parse};
use kernel::MessageId;
use models::{Call, Completion, LanguageModel, Prompt};
use serde_json::{Value, json};

use crate::stages::{receive::Message, retrieve::Known};

/// What a turn wants to know before it goes on.
#[derive(Debug)]
pub(crate) struct Wanted {
    message: MessageId,
    state: DialogState,
    prompt: Prompt,
}

/// What came of asking.
#[derive(Debug)]
pub(crate) struct Help {
    /// About which message.
    pub(crate) message: MessageId,
    /// What was asked of whom, and what it cost.
    pub(crate) calls: Vec<Call>,
    state: DialogState,
    answer: Result<Value, &'static str>,
}

/// A way to go on that a proposal opened, to be taken instead of the local one.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) parse: Parse,
    pub(crate) tracked: Tracked,
    pub(crate) action: Action,
}

/// The question to ask, when the message was not understood and asking is allowed.
pub(crate) fn wanted(
    tracked: &Tracked,
    parse: &Parse,
    message: &Message,
    known: &Known,
) -> Option<Wanted> {
    let state = dialog::with_offer(&message.state, &known.facts);
    if !proposal::is_wanted(tracked, parse, &state) {
        return None;
    }
    let asked = serde_json::to_value(state.pending).unwrap_or_default();
    let today = known.facts.now.date();
    let prompt =
        question::prompt(&parse.utterance, &parse.entities, &known.catalogue, today, &asked);
    Some(Wanted { message: message.id, state, prompt })
}

impl Wanted {
    /// Asks. Takes as long as the model allows itself.
    pub(crate) async fn ask(self, model: &dyn LanguageModel) -> Help {
        let Completion { answer, calls } = model.complete(&self.prompt).await;
        let answer = answer.map_err(|error| {
            tracing::warn!(message.id = %self.message, error = %error, "no help from a model");
            error.name()
        });
        Help { message: self.message, calls, state: self.state, answer }
    }
}

impl Help {
    /// What the proposal opens, now that the message has been read again. `None` leaves the local
    /// reading as it is.
    pub(crate) fn plan(
        &self,
        local: (&Tracked, &Parse),
        message: &Message,
        known: &Known,
        expecting: Option<Expecting>,
    ) -> Option<Plan> {
        let (tracked, parse) = local;
        let state = dialog::with_offer(&message.state, &known.facts);
        if state != self.state || !proposal::is_wanted(tracked, parse, &state) {
            return None; // the world has moved on since it was asked
        }
        let setting = proposal::Setting {
            catalogue: &known.catalogue,
            today: known.facts.now.date(),
            state: &state,
            expecting,
        };
        let parse = proposal::read(self.answer.as_ref().ok()?, parse, &setting)?;
        let tracked = dialog::track(&message.state, &parse, &known.facts);
        let action = dialog::decide(&tracked, &known.facts);
        proposal::permits(&tracked, &action).then_some(Plan { parse, tracked, action })
    }

    /// For the trace: the answer is shown only as far as it was used.
    pub(crate) fn summary(&self, plan: Option<&Plan>) -> Value {
        let calls: Vec<_> = self
            .calls
            .iter()
            .map(|call| {
                json!({
                    "model": call.model, "outcome": call.outcome,
                    "ms": call.latency.as_secs_f64() * 1000.0,
                    "prompt_tokens": call.prompt_tokens,
                    "completion_tokens": call.completion_tokens, "cost_nanos": call.cost_nanos,
                })
            })
            .collect();
        json!({
            "calls": calls,
            "failure": self.answer.as_ref().err(),
            "used": plan.map(|plan| json!({
                "intents": plan.parse.intents, "entities": plan.parse.entities,
            })),
        })
    }
}
