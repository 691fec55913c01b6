-- What was asked of a language model, what came of it, and what it cost: one row a request, failed
-- ones too, because they may have been billed. Metering reads it; nothing in a turn depends on it
-- but the limit on how often one conversation may ask.
CREATE TABLE llm_calls (
    tenant_id         uuid NOT NULL,
    call_no           bigint GENERATED ALWAYS AS IDENTITY,
    conversation_id   uuid NOT NULL,
    message_id        uuid NOT NULL,
    -- As billed, where the provider says so; as asked for otherwise.
    model             text NOT NULL CHECK (length(model) BETWEEN 1 AND 200),
    outcome           text NOT NULL CHECK (length(outcome) BETWEEN 1 AND 40),
    -- Null where the provider does not say.
    prompt_tokens     bigint CHECK (prompt_tokens >= 0),
    completion_tokens bigint CHECK (completion_tokens >= 0),
    -- Billionths of the provider's unit; for OpenRouter, of a US dollar.
    cost_nanos        bigint CHECK (cost_nanos >= 0),
    latency_ms        integer NOT NULL CHECK (latency_ms >= 0),
    called_at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, call_no),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, message_id) REFERENCES inbound_messages
);
CALL enforce_tenant_wall('llm_calls');
GRANT SELECT, INSERT ON llm_calls TO booka_app;
CREATE INDEX llm_calls_by_conversation ON llm_calls (tenant_id, conversation_id, called_at);
CREATE INDEX llm_calls_by_time ON llm_calls (tenant_id, called_at);
