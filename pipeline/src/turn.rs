//! One turn: one inbound message in, at most one reply out.
//!
//! Reads top to bottom as the data flows. `act` is the only stage that changes a booking; `track`,
//! `decide` and `conclude` are pure and live in the dialog crate. `help` is a language model that is
//! asked, where there is one, when the models of this machine do not understand.

use dialog::{conclude, decide, track};
use kernel::{ConversationId, TenantId, TurnId};

use crate::{
    TurnContext, TurnError, TurnReport,
    help::{self, Help, Wanted, ledger},
    stages::{
        act::act,
        deliver::deliver,
        receive::receive,
        respond::{quiet, respond, text_only, welcome_back},
        retrieve::retrieve,
        screen::{Screened, screen},
    },
    trace::Recorder,
};

/// Runs the next turn of a conversation, if one is waiting and nobody else is at it.
///
/// Where a language model is configured and the message is not understood, the turn is undone, the
/// model is asked with no transaction open, and the turn runs again with what it proposed, or
/// without.
///
/// # Errors
///
/// Fails only when the world fails: database, stored state. Then nothing was written and the
/// message is still waiting. A message we do not understand is not an error; it leads to a question
/// or to a person.
pub async fn run_turn(
    cx: &TurnContext,
    tenant: TenantId,
    conversation: ConversationId,
) -> Result<Option<TurnReport>, TurnError> {
    let wanted = match pass(cx, tenant, conversation, None).await? {
        Pass::Idle => return Ok(None),
        Pass::Done(report) => return Ok(Some(*report)),
        Pass::Wants(wanted) => wanted,
    };
    let Some(model) = cx.understanding.language_model() else {
        return Ok(None); // cannot be: without one, nothing is wanted
    };
    let help = wanted.ask(&**model).await;
    match pass(cx, tenant, conversation, Some(help)).await? {
        Pass::Done(report) => Ok(Some(*report)),
        Pass::Idle | Pass::Wants(_) => Ok(None),
    }
}

/// How far one transaction got.
enum Pass {
    /// Nothing waits here, or somebody else is at it.
    Idle,
    /// The turn is written.
    Done(Box<TurnReport>),
    /// Nothing is written: a language model is asked first.
    Wants(Box<Wanted>),
}

/// The turn in one transaction; with `help`, nothing more is asked for.
async fn pass(
    cx: &TurnContext,
    tenant: TenantId,
    conversation: ConversationId,
    help: Option<Help>,
) -> Result<Pass, TurnError> {
    let mut tx = cx.db.tenant(tenant).await?;
    // The claim: the conversation's row is locked until this transaction ends, however it ends.
    let message = receive(cx, &mut tx, conversation).await?;
    if let Some(help) = &help {
        // Whatever becomes of the turn, what was spent is on record.
        let now = cx.clock.now();
        ledger::record(&mut tx, conversation, help.message, &help.calls, now).await?;
    }
    let asked_about = help.as_ref().map(|help| help.message);
    let Some(message) = message.filter(|found| asked_about.is_none_or(|id| id == found.id)) else {
        tx.commit().await?; // another worker was faster
        return Ok(Pass::Idle);
    };
    let mut trace = Recorder::start();
    let turn_id: TurnId = cx.ids.next(&*cx.clock);

    let known = retrieve(cx, &mut tx, &message.who()).await?; // -> tenant, Facts, Catalogue
    trace.stage("retrieve", &known.summary());

    let concluded = match screen(&message) {
        Screened::Say(text) => {
            let listening = known.extract_context(&message);
            let heard = cx.understanding.hear(&text, message.locale(&known), &listening).await;
            trace.adopt(heard.stages); // normalize, embed, extract, classify, feel -> Parse
            let mut parse = heard.parse;

            let mut tracked = track(&message.state, &parse, &known.facts); // pure
            let mut action = decide(&tracked, &known.facts); // pure
            if let Some(help) = help {
                let local = (&tracked, &parse);
                let plan = help.plan(local, &message, &known, listening.expecting); // pure
                trace.stage("ask", &help.summary(plan.as_ref()));
                if let Some(plan) = plan {
                    (parse, tracked, action) = (plan.parse, plan.tracked, plan.action);
                }
            } else if cx.understanding.language_model().is_some()
                && let Some(wanted) = help::wanted(&tracked, &parse, &message, &known)
                && ledger::has_room(&mut tx, conversation, cx.clock.now()).await?
            {
                tx.rollback().await?;
                return Ok(Pass::Wants(Box::new(wanted)));
            }
            trace.stage("track", &tracked);
            trace.stage("decide", &action);
            let outcome = act(cx, &mut tx, &message, &known, &action).await?; // Action -> Outcome
            trace.stage("act", &outcome);
            let (state, acts) = conclude(tracked, &action, &outcome, &known.facts); // pure
            trace.stage("conclude", &acts);
            respond(&known, action, state, &acts, message.answer_in(&parse)) // dialog acts -> words
        }
        Screened::Resume => welcome_back(&known, &message),
        Screened::TextOnly => text_only(&known, &message),
        Screened::Quiet(reason) => quiet(&known, &message, reason),
    };
    trace.stage("respond", &concluded.reply);

    let report = TurnReport {
        tenant_id: tenant,
        turn_id,
        conversation_id: conversation,
        message_id: message.id,
        reply: concluded.reply.clone(),
        trace: trace.finish(),
    };
    deliver(cx, &mut tx, &message, concluded, &report).await?; // outbox, state, trace: all or nothing
    tx.commit().await?;
    Ok(Pass::Done(Box::new(report)))
}
