//! What happened in a turn: every stage's output and how long it took.

use std::time::Instant;

use kernel::{ConversationId, MessageId, TenantId, TurnId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One stage of one turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageTrace {
    /// Which, in the order they ran.
    pub stage: String,
    /// How long it took, in milliseconds.
    pub ms: f64,
    /// What it produced.
    pub output: Value,
}

/// All stages of one turn. Written to `turns.trace`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurnTrace {
    /// In the order they ran.
    pub stages: Vec<StageTrace>,
    /// From the claim on the message to the last stage, in milliseconds; the commit is not in it.
    pub total_ms: f64,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnReport {
    /// Whose.
    pub tenant_id: TenantId,
    /// Which turn.
    pub turn_id: TurnId,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Which message.
    pub message_id: MessageId,
    /// The reply, if there is one.
    pub reply: Option<String>,
    /// Stage by stage.
    pub trace: TurnTrace,
}

/// Collects stages while a turn runs.
pub(crate) struct Recorder {
    started: Instant,
    mark: Instant,
    stages: Vec<StageTrace>,
}

impl Recorder {
    pub(crate) fn start() -> Self {
        let now = Instant::now();
        Self { started: now, mark: now, stages: Vec::with_capacity(10) }
    }

    /// Ends a stage that began when the one before it ended.
    pub(crate) fn stage(&mut self, stage: &str, output: &impl Serialize) {
        let now = Instant::now();
        let ms = now.duration_since(self.mark).as_secs_f64() * 1000.0;
        metrics::histogram!("booka_turn_stage_seconds", "stage" => stage.to_owned())
            .record(ms / 1000.0);
        self.mark = now;
        self.stages.push(StageTrace {
            stage: stage.to_owned(),
            ms,
            output: serde_json::to_value(output)
                .unwrap_or_else(|error| Value::String(format!("not serialisable: {error}"))),
        });
    }

    /// Adds stages that were timed elsewhere, in this turn.
    pub(crate) fn adopt(&mut self, stages: Vec<StageTrace>) {
        self.mark = Instant::now();
        self.stages.extend(stages);
    }

    pub(crate) fn finish(self) -> TurnTrace {
        TurnTrace { stages: self.stages, total_ms: self.started.elapsed().as_secs_f64() * 1000.0 }
    }
}
