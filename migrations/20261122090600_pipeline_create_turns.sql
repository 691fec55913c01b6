-- What happened in one turn, stage by stage: outputs, milliseconds, which model answered.
CREATE TABLE turns (
    tenant_id       uuid NOT NULL,
    turn_id         uuid NOT NULL,
    conversation_id uuid NOT NULL,
    message_id      uuid NOT NULL,
    trace           jsonb NOT NULL,
    started_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, turn_id),
    UNIQUE (tenant_id, message_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, message_id) REFERENCES inbound_messages
);
CALL enforce_tenant_wall('turns');
GRANT SELECT, INSERT ON turns TO booka_app;
CREATE INDEX turns_by_conversation ON turns (tenant_id, conversation_id, started_at);
