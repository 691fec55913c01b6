-- A tenant is one business. Its zone and its languages shape every reply.
CREATE TABLE tenants (
    tenant_id    uuid PRIMARY KEY,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    vertical     text NOT NULL DEFAULT 'salon',
    zone         text NOT NULL, -- IANA name; checked by the service, which carries the tz database
    locale       text NOT NULL CHECK (locale IN ('en', 'es', 'pt')),
    currency     char(3) NOT NULL,
    country      char(2) CHECK (country ~ '^[A-Z]{2}$'), -- whose national phone numbers are understood
    address      text NOT NULL DEFAULT '',
    -- How bookings behave; see tenancy::BookingRules for units and defaults.
    rules        jsonb NOT NULL DEFAULT '{}',
    created_at   timestamptz NOT NULL
);
CALL enforce_tenant_wall('tenants');
GRANT SELECT, INSERT, UPDATE ON tenants TO booka_app;

-- One key opens one tenant's API. Only a hash is kept.
CREATE TABLE api_keys (
    tenant_id    uuid NOT NULL REFERENCES tenants,
    api_key_id   uuid NOT NULL,
    label        text NOT NULL,
    secret_hash  bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    created_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    PRIMARY KEY (tenant_id, api_key_id)
);
CALL enforce_tenant_wall('api_keys');
GRANT SELECT, INSERT, UPDATE ON api_keys TO booka_app;
CREATE UNIQUE INDEX api_keys_by_id ON api_keys (api_key_id);
-- Whose key is this? Asked before any tenant is known.
CREATE POLICY routing ON api_keys FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, api_key_id, secret_hash, revoked_at) ON api_keys TO booka_router;

-- What the business answers to questions the catalogue does not hold: parking, payment, policy …
CREATE TABLE tenant_facts (
    tenant_id    uuid NOT NULL REFERENCES tenants,
    topic        text NOT NULL,
    locale       text NOT NULL CHECK (locale IN ('en', 'es', 'pt')),
    body         text NOT NULL CHECK (length(body) BETWEEN 1 AND 1000),
    PRIMARY KEY (tenant_id, topic, locale)
);
CALL enforce_tenant_wall('tenant_facts');
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant_facts TO booka_app;
