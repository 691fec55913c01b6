-- A visit: one appointment of one or more segments, each on a person (or a table) and whatever else
-- it needs. What is occupied moves from the appointment's row to `claims`, one row for each thing
-- that is occupied, so that one constraint keeps people, rooms and each of several chairs apart.

-- Services: variations, what else they need, seats, what the business wants to see first.
ALTER TABLE services
    ADD COLUMN variation_of uuid, -- "long hair" is booked instead of "haircut", which is only a heading then
    ADD COLUMN needs  text[] NOT NULL DEFAULT '{}'
        CHECK (needs <@ ARRAY['staff', 'room', 'chair', 'table', 'equipment']),
    ADD COLUMN seats  integer NOT NULL DEFAULT 1 CHECK (seats BETWEEN 1 AND 500),
    ADD COLUMN awaits text[] NOT NULL DEFAULT '{}' CHECK (awaits <@ ARRAY['approval', 'intake']),
    ADD CONSTRAINT services_variation_of_fkey
        FOREIGN KEY (tenant_id, variation_of) REFERENCES services,
    ADD CHECK (variation_of IS NULL OR variation_of <> service_id);

-- Resources: how many claims at once, which parties fit, how much is enough.
ALTER TABLE resources
    DROP CONSTRAINT resources_kind_check,
    ADD CONSTRAINT resources_kind_check
        CHECK (kind IN ('staff', 'room', 'chair', 'table', 'equipment')),
    ADD COLUMN capacity     integer NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 500),
    ADD COLUMN min_party    integer NOT NULL DEFAULT 1 CHECK (min_party BETWEEN 1 AND 500),
    ADD COLUMN max_party    integer CHECK (max_party BETWEEN 1 AND 500),
    ADD COLUMN max_per_day  integer CHECK (max_per_day BETWEEN 1 AND 500),
    ADD COLUMN max_per_week integer CHECK (max_per_week BETWEEN 1 AND 2000),
    ADD CHECK (max_party IS NULL OR min_party <= max_party);

-- Somebody may be slower, faster, dearer or cheaper at a service than the rest.
ALTER TABLE resource_services
    ADD COLUMN duration_minutes integer CHECK (duration_minutes BETWEEN 5 AND 1440),
    ADD COLUMN price_minor      bigint CHECK (price_minor >= 0);

-- A stretch of hours may run past midnight: up to 48:00, and no longer than a day.
ALTER TABLE weekly_hours
    DROP CONSTRAINT weekly_hours_end_minute_check,
    ADD CONSTRAINT weekly_hours_end_minute_check
        CHECK (end_minute BETWEEN 1 AND 2880 AND end_minute - start_minute <= 1440);
ALTER TABLE schedule_exceptions
    DROP CONSTRAINT schedule_exceptions_end_minute_check,
    ADD CONSTRAINT schedule_exceptions_end_minute_check
        CHECK (end_minute BETWEEN 0 AND 2880 AND end_minute - start_minute <= 1440);

-- What can be had on top of a service.
CREATE TABLE add_ons (
    tenant_id        uuid NOT NULL,
    add_on_id        uuid NOT NULL,
    service_id       uuid NOT NULL,
    names            jsonb NOT NULL CHECK (names <> '{}'), -- by language: {"en": "Olaplex"}
    duration_minutes integer NOT NULL DEFAULT 0 CHECK (duration_minutes BETWEEN 0 AND 480),
    price_minor      bigint NOT NULL DEFAULT 0 CHECK (price_minor >= 0),
    active           boolean NOT NULL DEFAULT true,
    position         integer NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, add_on_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services ON DELETE CASCADE
);
CALL enforce_tenant_wall('add_ons');
GRANT SELECT, INSERT, UPDATE, DELETE ON add_ons TO booka_app;

-- Days on which the whole business is closed. No shift begins on one.
CREATE TABLE closures (
    tenant_id  uuid NOT NULL REFERENCES tenants,
    day        date NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    PRIMARY KEY (tenant_id, day)
);
CALL enforce_tenant_wall('closures');
GRANT SELECT, INSERT, UPDATE, DELETE ON closures TO booka_app;

-- Customers who may not book by themselves.
CREATE TABLE customer_blocks (
    tenant_id   uuid NOT NULL,
    contact_id  uuid NOT NULL,
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500), -- for staff, never for the customer
    blocked_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, contact_id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts
);
CALL enforce_tenant_wall('customer_blocks');
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_blocks TO booka_app;

-- Appointments that repeat.
CREATE TABLE series (
    tenant_id    uuid NOT NULL REFERENCES tenants,
    series_id    uuid NOT NULL,
    every_weeks  integer NOT NULL CHECK (every_weeks BETWEEN 1 AND 52),
    times        integer NOT NULL CHECK (times BETWEEN 2 AND 104),
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, series_id)
);
CALL enforce_tenant_wall('series');
GRANT SELECT, INSERT ON series TO booka_app;

-- Appointments: who is still to agree, how many come, which clock was promised.
ALTER TABLE appointments
    DROP CONSTRAINT appointments_state_check,
    ADD CONSTRAINT appointments_state_check
        CHECK (state IN ('held', 'pending', 'confirmed', 'arrived', 'completed', 'no_show',
                         'cancelled', 'expired')),
    DROP CONSTRAINT appointments_check2,
    -- A hold runs out; what waits for the business lapses when it would start.
    ADD CONSTRAINT appointments_expiry_check
        CHECK ((expires_at IS NOT NULL) = (state IN ('held', 'pending', 'expired'))),
    ADD COLUMN party_size   integer NOT NULL DEFAULT 1 CHECK (party_size BETWEEN 1 AND 500),
    ADD COLUMN awaits       text[] NOT NULL DEFAULT '{}' CHECK (awaits <@ ARRAY['approval', 'intake']),
    ADD CONSTRAINT appointments_pending_awaits
        CHECK (state <> 'pending' OR awaits <> '{}'),
    -- What was agreed about changing one's mind, as it was then: {"cancel_notice_minutes": 1440}.
    ADD COLUMN policy       jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN series_id    uuid,
    ADD CONSTRAINT appointments_series_fkey FOREIGN KEY (tenant_id, series_id) REFERENCES series,
    -- The promise is the clock on the wall. starts_at follows from it, from zone and from the zone's
    -- rules; when those change, starts_at does, not this.
    ADD COLUMN starts_local timestamp;

-- What happens in the visit, in order.
CREATE TABLE appointment_segments (
    tenant_id      uuid NOT NULL,
    appointment_id uuid NOT NULL,
    position       smallint NOT NULL CHECK (position BETWEEN 0 AND 19),
    service_id     uuid NOT NULL,
    resource_id    uuid NOT NULL, -- who does it, or which table
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    price_minor    bigint NOT NULL CHECK (price_minor >= 0),
    add_ons        jsonb NOT NULL DEFAULT '[]', -- as they were when it was held
    PRIMARY KEY (tenant_id, appointment_id, position),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources,
    CHECK (starts_at < ends_at)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON appointment_segments TO booka_app;
CREATE INDEX appointment_segments_by_resource
    ON appointment_segments (tenant_id, resource_id, starts_at);

-- What is occupied, buffers included.
CREATE TABLE claims (
    tenant_id      uuid NOT NULL,
    appointment_id uuid NOT NULL,
    segment        smallint NOT NULL,
    resource_id    uuid NOT NULL,
    -- Which of a resource's places: 1 for a person, 1 to 3 for a room with three chairs.
    -- Above 500 only for a moment, while places are given out anew.
    unit           smallint NOT NULL DEFAULT 1 CHECK (unit BETWEEN 1 AND 1000),
    during         tstzrange NOT NULL CHECK (NOT isempty(during)),
    -- Claims that may overlap have this in common: the segments of one visit, a hold for moving it
    -- and where it is now, everybody in one session.
    claim_id       uuid NOT NULL,
    live           boolean NOT NULL DEFAULT true,
    expires_at     timestamptz, -- as the appointment's; does not block from then on, swept or not
    PRIMARY KEY (tenant_id, appointment_id, segment, resource_id, unit),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments,
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources,
    -- A place of a resource serves one claim at a time. Holds count: someone choosing between two
    -- openings must not lose the one on the screen. This constraint, not the code, is what makes a
    -- double booking impossible.
    CONSTRAINT claims_no_overlap
        EXCLUDE USING gist (tenant_id WITH =, resource_id WITH =, unit WITH =, during WITH &&,
                            claim_id WITH <>)
        WHERE (live)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON claims TO booka_app;

-- Several customers, one time, one teacher.
CREATE TABLE sessions (
    tenant_id    uuid NOT NULL,
    session_id   uuid NOT NULL,
    service_id   uuid NOT NULL,
    resource_id  uuid NOT NULL,
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    seats        integer NOT NULL CHECK (seats BETWEEN 1 AND 500),
    PRIMARY KEY (tenant_id, session_id),
    UNIQUE (tenant_id, resource_id, service_id, starts_at),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources
);
CALL enforce_tenant_wall('sessions');
GRANT SELECT, INSERT, UPDATE ON sessions TO booka_app;

CREATE TABLE seats (
    tenant_id      uuid NOT NULL,
    session_id     uuid NOT NULL,
    seat           smallint NOT NULL CHECK (seat BETWEEN 1 AND 500),
    appointment_id uuid NOT NULL,
    live           boolean NOT NULL DEFAULT true,
    expires_at     timestamptz,
    PRIMARY KEY (tenant_id, session_id, seat, appointment_id),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments
);
CALL enforce_tenant_wall('seats');
GRANT SELECT, INSERT, UPDATE, DELETE ON seats TO booka_app;
-- Nobody sits on somebody's lap.
CREATE UNIQUE INDEX seats_one_each ON seats (tenant_id, session_id, seat) WHERE live;
CREATE INDEX seats_by_appointment ON seats (tenant_id, appointment_id);

-- What there is already. The wall binds the owner as well, so it is opened for this.
ALTER TABLE appointments NO FORCE ROW LEVEL SECURITY;
ALTER TABLE appointment_events NO FORCE ROW LEVEL SECURITY;
UPDATE appointments SET starts_local = starts_at AT TIME ZONE zone;
ALTER TABLE appointments ALTER COLUMN starts_local SET NOT NULL;
INSERT INTO appointment_segments
    (tenant_id, appointment_id, position, service_id, resource_id, starts_at, ends_at, price_minor)
SELECT tenant_id, appointment_id, 0, service_id, resource_id, starts_at, ends_at, price_minor
FROM appointments;
INSERT INTO claims
    (tenant_id, appointment_id, segment, resource_id, during, claim_id, live, expires_at)
SELECT tenant_id, appointment_id, 0, resource_id, during, claim_id,
       state IN ('held', 'confirmed'), expires_at
FROM appointments;
ALTER TABLE appointments
    DROP CONSTRAINT appointments_no_overlap,
    DROP COLUMN during,
    DROP COLUMN blocks_from,
    DROP COLUMN blocks_until,
    DROP COLUMN resource_id,
    DROP COLUMN service_id;
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;
CALL enforce_tenant_wall('appointment_segments');
CALL enforce_tenant_wall('claims');
DROP INDEX appointments_stale_holds;
CREATE INDEX appointments_stale ON appointments (expires_at) WHERE state IN ('held', 'pending');
CREATE INDEX appointments_by_series ON appointments (tenant_id, series_id) WHERE series_id IS NOT NULL;

-- Claims and seats follow their appointment: whoever changes a state need not think of them.
CREATE FUNCTION claims_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    blocks boolean := NEW.state IN ('held', 'pending', 'confirmed', 'arrived');
BEGIN
    UPDATE claims SET live = blocks, expires_at = NEW.expires_at
    WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.appointment_id;
    UPDATE seats SET live = blocks, expires_at = NEW.expires_at
    WHERE tenant_id = NEW.tenant_id AND appointment_id = NEW.appointment_id;
    RETURN NULL;
END $$;
CREATE TRIGGER appointments_claims_follow
    AFTER UPDATE OF state, expires_at ON appointments
    FOR EACH ROW EXECUTE FUNCTION claims_follow();

-- The second wall of the state machine in booking/src/appointment.rs: a move that it does not allow
-- cannot be written, by any code or at any prompt; and a change that is not the next version has
-- overlooked somebody else's.
CREATE FUNCTION appointments_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed text[] := CASE OLD.state
        WHEN 'held'      THEN ARRAY['pending', 'confirmed', 'cancelled', 'expired']
        WHEN 'pending'   THEN ARRAY['pending', 'confirmed', 'cancelled', 'expired']
        WHEN 'confirmed' THEN ARRAY['confirmed', 'arrived', 'completed', 'no_show', 'cancelled']
        WHEN 'arrived'   THEN ARRAY['confirmed', 'completed', 'cancelled']
        WHEN 'no_show'   THEN ARRAY['arrived', 'completed']
        ELSE ARRAY[]::text[]
    END;
BEGIN
    IF NOT NEW.state = ANY (allowed) THEN
        RAISE EXCEPTION 'an appointment that is % cannot become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appointments_moves';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'version % does not follow version %', NEW.version, OLD.version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appointments_version';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appointments_moves
    BEFORE UPDATE ON appointments FOR EACH ROW EXECUTE FUNCTION appointments_moves();

-- Every event is published once to whoever has to do something about it: the waitlist, the customer.
ALTER TABLE appointment_events ADD COLUMN published_at timestamptz;
UPDATE appointment_events SET published_at = at;
ALTER TABLE appointment_events FORCE ROW LEVEL SECURITY;
GRANT UPDATE (published_at) ON appointment_events TO booka_app;
CREATE INDEX appointment_events_unpublished ON appointment_events (tenant_id, at)
    WHERE published_at IS NULL;
CREATE POLICY routing ON appointment_events FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, at, published_at) ON appointment_events TO booka_router;
