//! The record of turns: one row a turn, with its trace. Owns the table `turns`.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{ConversationId, MessageId, TurnId};
use platform::{DbError, TenantTx};
use serde_json::Value;

use crate::{TurnError, TurnReport};

/// A turn as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedTurn {
    /// Which.
    pub turn_id: TurnId,
    /// About which message.
    pub message_id: MessageId,
    /// When it began.
    pub started_at: Timestamp,
    /// A [`crate::TurnTrace`].
    pub trace: Value,
}

/// Writes a turn.
pub(crate) async fn record(
    tx: &mut TenantTx,
    report: &TurnReport,
    now: Timestamp,
) -> Result<(), TurnError> {
    let trace = serde_json::to_value(&report.trace)?;
    sqlx::query!(
        "
        INSERT INTO turns (tenant_id, turn_id, conversation_id, message_id, trace, started_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ",
        tx.tenant_uuid(),
        report.turn_id.as_uuid(),
        report.conversation_id.as_uuid(),
        report.message_id.as_uuid(),
        trace,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::new)?;
    Ok(())
}

/// Turns of a conversation, newest first, at most `limit`, older than `before` if given.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn list(
    tx: &mut TenantTx,
    conversation: ConversationId,
    before: Option<TurnId>,
    limit: u32,
) -> Result<Vec<RecordedTurn>, DbError> {
    let rows = sqlx::query!(
        "
        SELECT turn_id, message_id, started_at, trace FROM turns
        WHERE tenant_id = $1 AND conversation_id = $2 AND ($3::uuid IS NULL OR turn_id < $3)
        ORDER BY turn_id DESC
        LIMIT $4
        ",
        tx.tenant_uuid(),
        conversation.as_uuid(),
        before.map(|turn| turn.as_uuid()),
        i64::from(limit),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| RecordedTurn {
            turn_id: TurnId::from_uuid(row.turn_id),
            message_id: MessageId::from_uuid(row.message_id),
            started_at: row.started_at.to_jiff(),
            trace: row.trace,
        })
        .collect())
}
