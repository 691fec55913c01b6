-- A claim on a resource's time: held while the customer decides, then confirmed, and so on.
-- Holds and appointments are one table so that one constraint can keep them apart.
CREATE TABLE appointments (
    tenant_id      uuid NOT NULL,
    appointment_id uuid NOT NULL,
    reference      text NOT NULL CHECK (reference ~ '^[0-9A-HJKMNP-TV-Z]{6}$'), -- read out loud
    resource_id    uuid NOT NULL,
    service_id     uuid NOT NULL,
    contact_id     uuid, -- NULL when it was made through the API for nobody on a channel
    customer_name  text,
    customer_phone text,
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    -- What the resource is really occupied for: the service with its buffers.
    blocks_from    timestamptz NOT NULL,
    blocks_until   timestamptz NOT NULL,
    during         tstzrange NOT NULL
                   GENERATED ALWAYS AS (tstzrange(blocks_from, blocks_until, '[)')) STORED,
    zone           text NOT NULL,  -- in which starts_at was promised as wall-clock time
    price_minor    bigint NOT NULL, -- as promised in the summary, whatever the catalogue says later
    currency       char(3) NOT NULL,
    state          text NOT NULL CHECK (state IN
                   ('held', 'confirmed', 'cancelled', 'expired', 'completed', 'no_show')),
    expires_at     timestamptz,
    replaces       uuid, -- a hold for moving this appointment; it leaves when the hold is confirmed
    -- A hold for moving an appointment is the same claim as that appointment, so "half an hour
    -- later" with the same person does not collide with itself.
    claim_id       uuid NOT NULL GENERATED ALWAYS AS (coalesce(replaces, appointment_id)) STORED,
    cancelled_by   text CHECK (cancelled_by IN ('customer', 'business')),
    version        integer NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, appointment_id),
    UNIQUE (tenant_id, reference),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (tenant_id, replaces) REFERENCES appointments,
    CHECK (starts_at < ends_at),
    CHECK (blocks_from <= starts_at AND ends_at <= blocks_until),
    CHECK ((state = 'held') = (expires_at IS NOT NULL) OR state = 'expired')
);
CALL enforce_tenant_wall('appointments');
GRANT SELECT, INSERT, UPDATE ON appointments TO booka_app;
CREATE INDEX appointments_by_contact ON appointments (tenant_id, contact_id, starts_at);
CREATE INDEX appointments_by_start ON appointments (tenant_id, starts_at, appointment_id);
CREATE INDEX appointments_stale_holds ON appointments (expires_at) WHERE state = 'held';
CREATE POLICY routing ON appointments FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, appointment_id, state, expires_at) ON appointments TO booka_router;

-- Who moved an appointment from which state to which, and when. Never updated.
CREATE TABLE appointment_events (
    tenant_id      uuid NOT NULL,
    appointment_id uuid NOT NULL,
    version        integer NOT NULL,
    event          text NOT NULL,
    actor          text NOT NULL,
    at             timestamptz NOT NULL,
    detail         jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, appointment_id, version),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments
);
CALL enforce_tenant_wall('appointment_events');
GRANT SELECT, INSERT ON appointment_events TO booka_app;
