-- Answers to requests that must not happen twice: who sends the same `Idempotency-Key` again gets
-- the same answer again. A row is written in the transaction of the effect it stands for, so there
-- is never one without the other.
CREATE TABLE idempotency_keys (
    tenant_id   uuid NOT NULL REFERENCES tenants,
    caller_id   uuid NOT NULL, -- the API key that called
    operation   text NOT NULL, -- POST /v1/holds
    key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- SHA-256 of method, path and body: the same key with something else is a mistake.
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    -- The answer. Missing only while the transaction that earns it is at work, which nobody sees.
    status      smallint CHECK (status BETWEEN 200 AND 299),
    headers     jsonb NOT NULL DEFAULT '{}',
    body        bytea NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, caller_id, operation, key)
);
CALL enforce_tenant_wall('idempotency_keys');
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO booka_app;
-- The sweeper looks for whose are old.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CREATE POLICY routing ON idempotency_keys FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, created_at) ON idempotency_keys TO booka_router;
