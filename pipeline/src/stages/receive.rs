//! Claims the next waiting message of a conversation, and with it the conversation.

use channels::inbox::{self, Assistant};
use dialog::DialogState;
use intents::{Intent, Parse};
use kernel::{ChannelAccountId, ContactId, ConversationId, Locale, MessageId, PhoneNumber};
use platform::TenantTx;

use super::retrieve::{Known, Who};
use crate::{TurnContext, TurnError};

/// A message that this turn, and no other, is about.
#[derive(Debug)]
pub(crate) struct Message {
    /// Which.
    pub(crate) id: MessageId,
    /// In which conversation.
    pub(crate) conversation: ConversationId,
    /// From whom.
    pub(crate) contact: ContactId,
    /// Through which account it came and the reply leaves.
    pub(crate) account: ChannelAccountId,
    /// Where the reply goes.
    pub(crate) recipient: String,
    /// What the contact is called.
    pub(crate) name: Option<String>,
    /// The contact's number.
    pub(crate) phone: Option<PhoneNumber>,
    /// The text; `None` when it is a picture, a voice note or the like.
    pub(crate) text: Option<String>,
    /// Whether Booka may answer.
    pub(crate) assistant: Assistant,
    /// What the conversation remembers.
    pub(crate) state: DialogState,
    /// The conversation's language so far.
    pub(crate) spoken: Option<Locale>,
}

impl Message {
    /// From whom, as far as the facts are concerned.
    pub(crate) fn who(&self) -> Who {
        Who { contact: self.contact, name: self.name.clone(), phone: self.phone.clone() }
    }

    /// The language to expect.
    pub(crate) fn locale(&self, known: &Known) -> Locale {
        self.spoken.unwrap_or(known.tenant.locale)
    }

    /// The language to answer in: the one that was heard, unless the message says nothing a
    /// receptionist understands. Gibberish does not change the language of a conversation.
    pub(crate) fn answer_in(&self, parse: &Parse) -> Locale {
        let means_nothing =
            parse.intents.top().0 == Intent::OutOfScope && parse.entities.is_empty();
        self.spoken.filter(|_| means_nothing).unwrap_or(parse.utterance.locale)
    }
}

/// Claims the message, inside the turn's transaction. `None` when nothing waits here or somebody
/// else has it.
pub(crate) async fn receive(
    cx: &TurnContext,
    tx: &mut TenantTx,
    conversation: ConversationId,
) -> Result<Option<Message>, TurnError> {
    let Some(row) = inbox::claim_next(tx, conversation, cx.clock.now()).await? else {
        return Ok(None);
    };
    Ok(Some(Message {
        id: row.message_id,
        conversation: row.conversation.id,
        contact: row.contact.id,
        account: row.conversation.account_id,
        recipient: row.contact.recipient().to_owned(),
        name: row.contact.name,
        phone: row.contact.phone,
        text: row.is_text.then_some(row.body),
        assistant: row.conversation.assistant,
        state: row.conversation.dialog_state.map(remembered).unwrap_or_default(),
        spoken: row.conversation.locale,
    }))
}

/// The dialog's memory. One that this version cannot read is forgotten rather than fatal: the
/// customer is asked again.
fn remembered(state: serde_json::Value) -> DialogState {
    serde_json::from_value(state).unwrap_or_else(|error| {
        tracing::warn!(%error, "stored dialog state cannot be read; starting afresh");
        DialogState::default()
    })
}
