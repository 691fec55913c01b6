//! What the channel tells us, unasked, about messages that left the tenant's number.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::OutboundId;
use platform::{DbError, TenantTx};

use crate::{ChannelAccount, Delivery, Echo, whatsapp::Jid};

/// How far the channel's clock may be behind ours.
pub(super) const CLOCK_SLACK: SignedDuration = SignedDuration::from_secs(5);

/// Whose message an echo was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echoed {
    /// One of ours, known to be sent.
    Known,
    /// One of ours, whose fate was not known until now.
    Settled(OutboundId),
    /// Not ours: somebody answered from the tenant's own phone or program. Take it for a person
    /// only when [`crate::EchoSource::Phone`] says so; an echo of an attempt that has since been
    /// given up looks foreign too.
    Foreign,
}

/// Matches an echo with the outbox, by the channel's id and else by recipient and text.
///
/// # Errors
///
/// [`DbError`] when a statement fails.
pub async fn settle_echo(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    echo: &Echo,
    now: Timestamp,
) -> Result<Echoed, DbError> {
    let known = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM outbound_messages
               WHERE tenant_id = $1 AND channel_account_id = $2 AND provider_message_id = $3
           ) AS "exists!""#,
        tx.tenant_uuid(),
        account.id.as_uuid(),
        echo.provider_message_id,
    )
    .fetch_one(tx.conn())
    .await?;
    if known {
        return Ok(Echoed::Known);
    }
    // `pending` too: the channel may have been asked, found to know nothing, and then sent it.
    let settled = sqlx::query_scalar!(
        "UPDATE outbound_messages
         SET state = 'sent', provider_message_id = $3, delivery = coalesce(delivery, 'sent'),
             sent_at = $7, last_error = NULL
         WHERE tenant_id = $1 AND outbound_id = (
             SELECT outbound_id FROM outbound_messages
             WHERE tenant_id = $1 AND channel_account_id = $2
               AND state IN ('pending', 'sending') AND attempt_started_at <= $6
               AND recipient = ANY ($4) AND btrim(body) = btrim($5)
             ORDER BY seq LIMIT 1
             FOR NO KEY UPDATE)
           AND state IN ('pending', 'sending')
         RETURNING outbound_id",
        tx.tenant_uuid(),
        account.id.as_uuid(),
        echo.provider_message_id,
        &recipients(&echo.address),
        echo.text,
        echo.at.saturating_add(CLOCK_SLACK).unwrap_or(echo.at).to_sqlx() as _,
        now.to_sqlx() as _,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(settled.map_or(Echoed::Foreign, |id| Echoed::Settled(OutboundId::from_uuid(id))))
}

/// Notes how far a message got. Statuses arrive in any order and more than once; the furthest one
/// stays. False when it changes nothing, or is about a message that is not in the outbox.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn record_delivery(
    tx: &mut TenantTx,
    account: &ChannelAccount,
    delivery: &Delivery,
) -> Result<bool, DbError> {
    // The order of `Status`: the array's positions are the ranks.
    let done = sqlx::query!(
        "UPDATE outbound_messages SET delivery = $4
         WHERE tenant_id = $1 AND channel_account_id = $2 AND provider_message_id = $3
           AND coalesce(array_position(ARRAY['sent', 'failed', 'delivered', 'read'], delivery), 0)
             < array_position(ARRAY['sent', 'failed', 'delivered', 'read'], $4)",
        tx.tenant_uuid(),
        account.id.as_uuid(),
        delivery.provider_message_id,
        delivery.status.as_str(),
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How the outbox may have written this address.
fn recipients(address: &str) -> Vec<String> {
    match Jid::parse(address) {
        Jid::Phone(phone) => vec![phone.digits().to_owned(), address.to_owned()],
        _ => vec![address.to_owned()],
    }
}
