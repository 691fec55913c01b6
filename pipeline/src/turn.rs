//! One turn: one inbound message in, at most one reply out.
//!
//! Reads top to bottom as the data flows. `act` is the only stage that changes a booking; `track`,
//! `decide` and `conclude` are pure and live in the dialog crate.

use dialog::{conclude, decide, track};
use kernel::{ConversationId, TenantId, TurnId};

use crate::{
    TurnContext, TurnError, TurnReport,
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
    let mut tx = cx.db.tenant(tenant).await?;
    // The claim: the conversation's row is locked until this transaction ends, however it ends.
    let Some(message) = receive(cx, &mut tx, conversation).await? else {
        return Ok(None);
    };
    let mut trace = Recorder::start();
    let turn_id: TurnId = cx.ids.next(&*cx.clock);

    let known = retrieve(cx, &mut tx, &message.who()).await?; // -> tenant, Facts, Catalogue
    trace.stage("retrieve", &known.summary());

    let concluded = match screen(&message) {
        Screened::Say(text) => {
            let heard = cx
                .understanding
                .hear(&text, message.locale(&known), &known.extract_context(&message))
                .await;
            trace.adopt(heard.stages); // normalize, embed, extract, classify, feel -> Parse
            let parse = heard.parse;

            let tracked = track(&message.state, &parse, &known.facts); // pure
            trace.stage("track", &tracked);
            let action = decide(&tracked, &known.facts); // pure
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
    Ok(Some(report))
}
