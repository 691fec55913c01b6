//! Writes what the turn leaves behind: the reply into the outbox, the conversation's memory, the
//! trace, and the end of the message's wait. The caller's commit makes all of it true at once.

use channels::{
    inbox,
    outbox::{self, NewReply},
};
use platform::TenantTx;

use super::{receive::Message, respond::Concluded};
use crate::{TurnContext, TurnError, TurnReport, turns};

/// Longest reply a channel takes, in characters.
const LONGEST: usize = 4096;

/// Writes it all, inside the turn's transaction.
pub(crate) async fn deliver(
    cx: &TurnContext,
    tx: &mut TenantTx,
    message: &Message,
    concluded: Concluded,
    report: &TurnReport,
) -> Result<(), TurnError> {
    let now = cx.clock.now();
    if let Some(reply) = concluded.reply {
        let reply = NewReply {
            conversation: message.conversation,
            account: message.account,
            recipient: message.recipient.clone(),
            in_reply_to: message.id,
            body: reply.chars().take(LONGEST).collect(),
        };
        outbox::enqueue(tx, &reply, &cx.ids, &*cx.clock).await?;
    }
    let state = serde_json::to_value(&concluded.state)?;
    inbox::save_conversation(
        tx,
        message.conversation,
        &state,
        Some(concluded.locale),
        concluded.assistant,
        now,
    )
    .await?;
    turns::record(tx, report, now).await?;
    inbox::mark_processed(tx, message.id, now).await?;
    Ok(())
}
