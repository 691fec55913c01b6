//! The channel that goes nowhere: replies are read from the database through the HTTP API.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{Channel, ChannelAccount, FoundMessage, Outgoing, SendError, Sent};

/// Accepts everything at once. Its ids follow from ours, so sending twice is sending once.
#[derive(Debug, Clone, Copy, Default)]
pub struct Simulator;

#[async_trait]
impl Channel for Simulator {
    async fn send(
        &self,
        _account: &ChannelAccount,
        message: &Outgoing<'_>,
    ) -> Result<Sent, SendError> {
        Ok(Sent { provider_message_id: format!("sim-{}", message.id) })
    }

    /// There is no outside to have sent anything: an attempt that was cut off is found to have
    /// worked, under the id that [`Simulator::send`] would have given.
    async fn find_sent(
        &self,
        _account: &ChannelAccount,
        message: &Outgoing<'_>,
        since: Timestamp,
    ) -> Result<Vec<FoundMessage>, SendError> {
        Ok(vec![FoundMessage { provider_message_id: format!("sim-{}", message.id), at: since }])
    }
}
