//! What language models were asked and what it cost. Owns the table `llm_calls`.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use kernel::{ConversationId, MessageId};
use models::Call;
use platform::{DbError, TenantTx};

/// At most so many requests an hour for one conversation: nobody writes up somebody else's bill.
const MAX_CALLS_AN_HOUR: i64 = 30;

/// Longest name of a model that is kept, in characters.
const MAX_MODEL: usize = 200;

/// Writes one row for each request.
pub(crate) async fn record(
    tx: &mut TenantTx,
    conversation: ConversationId,
    message: MessageId,
    calls: &[Call],
    now: Timestamp,
) -> Result<(), DbError> {
    for call in calls {
        let model: String = call.model.chars().take(MAX_MODEL).collect();
        let count = |n: Option<u64>| n.and_then(|n| i64::try_from(n).ok());
        sqlx::query!(
            "
            INSERT INTO llm_calls (tenant_id, conversation_id, message_id, model, outcome,
                                   prompt_tokens, completion_tokens, cost_nanos, latency_ms,
                                   called_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ",
            tx.tenant_uuid(),
            conversation.as_uuid(),
            message.as_uuid(),
            model,
            call.outcome,
            count(call.prompt_tokens),
            count(call.completion_tokens),
            call.cost_nanos,
            i32::try_from(call.latency.as_millis()).unwrap_or(i32::MAX),
            now.to_sqlx() as _,
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

/// Whether the conversation may ask once more.
pub(crate) async fn has_room(
    tx: &mut TenantTx,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let since = now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(now);
    let n_calls = sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "n!" FROM llm_calls
        WHERE tenant_id = $1 AND conversation_id = $2 AND called_at > $3
        "#,
        tx.tenant_uuid(),
        conversation.as_uuid(),
        since.to_sqlx() as _,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(n_calls < MAX_CALLS_AN_HOUR)
}
