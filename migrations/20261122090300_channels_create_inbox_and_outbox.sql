-- A tenant's number on a channel. `instance` is the channel's own name for it, unique across
-- tenants because that name is all a webhook brings along.
CREATE TABLE channel_accounts (
    tenant_id           uuid NOT NULL REFERENCES tenants,
    channel_account_id  uuid NOT NULL,
    channel             text NOT NULL CHECK (channel IN ('simulator', 'evolution')),
    instance            text NOT NULL CHECK (length(instance) BETWEEN 1 AND 100),
    webhook_secret_hash bytea NOT NULL CHECK (octet_length(webhook_secret_hash) = 32),
    created_at          timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, channel_account_id)
);
CALL enforce_tenant_wall('channel_accounts');
GRANT SELECT, INSERT, UPDATE ON channel_accounts TO booka_app;
CREATE UNIQUE INDEX channel_accounts_by_instance ON channel_accounts (channel, instance);
CREATE POLICY routing ON channel_accounts FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, channel_account_id, channel, instance, webhook_secret_hash)
    ON channel_accounts TO booka_router;

-- Somebody who writes to the tenant. `address` is the channel's own (a JID, a simulator name).
CREATE TABLE contacts (
    tenant_id           uuid NOT NULL,
    contact_id          uuid NOT NULL,
    channel_account_id  uuid NOT NULL,
    address             text NOT NULL CHECK (length(address) BETWEEN 1 AND 200),
    phone               text,
    name                text,
    created_at          timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, contact_id),
    UNIQUE (tenant_id, channel_account_id, address),
    FOREIGN KEY (tenant_id, channel_account_id) REFERENCES channel_accounts
);
CALL enforce_tenant_wall('contacts');
GRANT SELECT, INSERT, UPDATE ON contacts TO booka_app;

-- All turns with one contact. `dialog_state` belongs to the dialog crate; NULL before the first
-- turn. `assistant` says whether Booka may answer.
CREATE TABLE conversations (
    tenant_id           uuid NOT NULL,
    conversation_id     uuid NOT NULL,
    contact_id          uuid NOT NULL,
    channel_account_id  uuid NOT NULL,
    assistant           text NOT NULL DEFAULT 'active'
                        CHECK (assistant IN ('active', 'handed_over', 'opted_out')),
    locale              text CHECK (locale IN ('en', 'es', 'pt')),
    dialog_state        jsonb,
    next_seq            bigint NOT NULL DEFAULT 1,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id),
    UNIQUE (tenant_id, contact_id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (tenant_id, channel_account_id) REFERENCES channel_accounts
);
CALL enforce_tenant_wall('conversations');
GRANT SELECT, INSERT, UPDATE ON conversations TO booka_app;

-- The durable inbox. A provider's message id is seen once, for good. `seq` is the order of arrival
-- within the conversation, shared with the outbox, so that both read as one transcript.
CREATE TABLE inbound_messages (
    tenant_id           uuid NOT NULL,
    message_id          uuid NOT NULL,
    channel_account_id  uuid NOT NULL,
    provider_message_id text NOT NULL CHECK (length(provider_message_id) BETWEEN 1 AND 200),
    conversation_id     uuid NOT NULL,
    seq                 bigint NOT NULL,
    kind                text NOT NULL CHECK (kind IN ('text', 'unsupported')),
    body                text NOT NULL,
    payload             jsonb NOT NULL, -- as the provider sent it, its key for us removed
    provider_at         timestamptz NOT NULL,
    received_at         timestamptz NOT NULL,
    status              text NOT NULL DEFAULT 'waiting'
                        CHECK (status IN ('waiting', 'processed', 'dead')),
    attempts            integer NOT NULL DEFAULT 0,
    next_attempt_at     timestamptz NOT NULL,
    last_error          text,
    processed_at        timestamptz,
    PRIMARY KEY (tenant_id, message_id),
    CONSTRAINT inbound_messages_seen_once
        UNIQUE (tenant_id, channel_account_id, provider_message_id),
    UNIQUE (tenant_id, conversation_id, seq),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, channel_account_id) REFERENCES channel_accounts
);
CALL enforce_tenant_wall('inbound_messages');
GRANT SELECT, INSERT, UPDATE ON inbound_messages TO booka_app;
CREATE INDEX inbound_messages_waiting ON inbound_messages (next_attempt_at)
    WHERE status = 'waiting';
CREATE POLICY routing ON inbound_messages FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, conversation_id, message_id, status, next_attempt_at, received_at)
    ON inbound_messages TO booka_router;

-- The outbox. One reply per inbound message, whatever is killed when: the constraint says so.
-- `sending` means that a request may have reached the provider; such a row is settled by asking the
-- provider, never by sending again blindly.
CREATE TABLE outbound_messages (
    tenant_id           uuid NOT NULL,
    outbound_id         uuid NOT NULL,
    conversation_id     uuid NOT NULL,
    channel_account_id  uuid NOT NULL,
    seq                 bigint NOT NULL,
    in_reply_to         uuid NOT NULL,
    recipient           text NOT NULL,
    body                text NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),
    state               text NOT NULL DEFAULT 'pending'
                        CHECK (state IN ('pending', 'sending', 'sent', 'dead')),
    attempts            integer NOT NULL DEFAULT 0,
    next_attempt_at     timestamptz NOT NULL,
    attempt_started_at  timestamptz,
    provider_message_id text,
    delivery            text CHECK (delivery IN ('sent', 'delivered', 'read', 'failed')),
    last_error          text,
    created_at          timestamptz NOT NULL,
    sent_at             timestamptz,
    PRIMARY KEY (tenant_id, outbound_id),
    CONSTRAINT outbound_messages_one_reply UNIQUE (tenant_id, in_reply_to),
    UNIQUE (tenant_id, conversation_id, seq),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, channel_account_id) REFERENCES channel_accounts,
    FOREIGN KEY (tenant_id, in_reply_to) REFERENCES inbound_messages
);
CALL enforce_tenant_wall('outbound_messages');
GRANT SELECT, INSERT, UPDATE ON outbound_messages TO booka_app;
CREATE UNIQUE INDEX outbound_messages_by_provider_id
    ON outbound_messages (tenant_id, channel_account_id, provider_message_id);
CREATE INDEX outbound_messages_unsent ON outbound_messages (next_attempt_at)
    WHERE state IN ('pending', 'sending');
CREATE POLICY routing ON outbound_messages FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, conversation_id, outbound_id, channel_account_id, state, seq,
              next_attempt_at, attempt_started_at, created_at)
    ON outbound_messages TO booka_router;
