-- A database the size of the promise: :tenants businesses with :each appointments each, and :old
-- (0 to 2) old ones besides. For explain.sh and confirms.sh; nothing the service runs.
--
--   psql "$DATABASE_URL" -v tenants=1000 -v each=1000 -v old=2 -f fill.sql
--
-- Run as the owner of the schema and a superuser: row-level security binds everybody else, FORCE
-- included. Everything follows from the numbers of the rows, so two fills are alike.
--
-- The two old ones answer what the many cannot: does a query cost by what it answers, or by what
-- has been? Both have 20 times the past and the same future. Number :tenants + 1 settles its visits
-- (completed, no_show); number :tenants + 2 never does, so its past stays `confirmed` and live.
\set ON_ERROR_STOP on
\timing on
BEGIN;
-- Foreign keys hold by construction; checking them row by row would take most of the time. The
-- query at the end counts what would be wrong. (Constraints that indexes keep are kept.)
SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;
SET LOCAL work_mem = '256MB';

-- Ids as the service makes them, version 7: those made at about the same time lie side by side.
CREATE FUNCTION pg_temp.id(at timestamptz, what text) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
            || substr(md5(what), 1, 3) || '8' || substr(md5(what), 4, 15))::uuid;

-- n: number of the business; n_past: appointments behind it. Ahead lie 50, two months' worth of a
-- quiet business, whatever the past: 5 % of a thousand.
CREATE TEMP TABLE plan ON COMMIT DROP AS
SELECT n, pg_temp.id('2024-01-01Z'::timestamptz + n * interval '1 minute', 'tenant ' || n) AS tenant_id,
       CASE WHEN n <= :tenants THEN :each - 50 ELSE 20 * (:each - 50) END AS n_past,
       n <> :tenants + 2 AS settles
FROM generate_series(1, :tenants + :old) n;

CREATE FUNCTION pg_temp.of_tenant(n integer, what text, i integer) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    RETURN pg_temp.id('2024-01-02Z'::timestamptz + n * interval '1 minute',
                      what || ' ' || i || ' of ' || n);

INSERT INTO tenants (tenant_id, name, zone, locale, currency, country, created_at)
SELECT tenant_id, 'Business ' || n, 'Europe/Madrid', 'es', 'EUR', 'ES', '2024-01-01Z' FROM plan;

INSERT INTO channel_accounts
    (tenant_id, channel_account_id, channel, instance, webhook_secret_hash, created_at)
SELECT tenant_id, pg_temp.of_tenant(n, 'account', 1), 'simulator', 'business-' || n,
       sha256(n::text::bytea), '2024-01-01Z'
FROM plan;

-- Four services of 45 minutes and 15 to clean up; the first also needs a room.
INSERT INTO services (tenant_id, service_id, duration_minutes, buffer_after_minutes, price_minor,
                      position, needs)
SELECT tenant_id, pg_temp.of_tenant(n, 'service', i), 45, 15, 2500, i,
       CASE i WHEN 0 THEN ARRAY['room'] ELSE '{}'::text[] END
FROM plan, generate_series(0, 3) i;
INSERT INTO service_names (tenant_id, service_id, locale, name)
SELECT tenant_id, pg_temp.of_tenant(n, 'service', i), 'es', 'Servicio ' || i
FROM plan, generate_series(0, 3) i;

-- Resources 0 to 4 are people, 5 and 6 are rooms.
INSERT INTO resources (tenant_id, resource_id, kind, name, zone, position)
SELECT tenant_id, pg_temp.of_tenant(n, 'resource', i),
       CASE WHEN i < 5 THEN 'staff' ELSE 'room' END, 'Resource ' || i, 'Europe/Madrid', i
FROM plan, generate_series(0, 6) i;
INSERT INTO resource_services (tenant_id, resource_id, service_id)
SELECT tenant_id, pg_temp.of_tenant(n, 'resource', i), pg_temp.of_tenant(n, 'service', j)
FROM plan, generate_series(0, 6) i, generate_series(0, 3) j WHERE i < 5 OR j = 0;
INSERT INTO weekly_hours (tenant_id, resource_id, weekday, start_minute, end_minute)
SELECT tenant_id, pg_temp.of_tenant(n, 'resource', i), day, 540, 1200
FROM plan, generate_series(0, 6) i, generate_series(1, 6) day;

-- 200 customers: 5 visits each, and 95 behind each of the old businesses'.
INSERT INTO contacts (tenant_id, contact_id, channel_account_id, address, phone, name, created_at)
SELECT tenant_id, pg_temp.of_tenant(n, 'contact', i), pg_temp.of_tenant(n, 'account', 1),
       '346' || lpad(i::text, 8, '0') || '@s.whatsapp.net', '+346' || lpad(i::text, 8, '0'),
       'Customer ' || i, '2024-01-01Z'
FROM plan, generate_series(0, 199) i;

-- The i-th appointment is on person i % 5; five with the same i / 5 are at the same time. The past
-- is spread over 570 days, at most eight a day and person and those at different hours; the future
-- takes every third day. So nobody is in two places, and of five neighbours at most two are
-- multiples of four, which take turns in the two rooms. Rows come in order of time, businesses
-- mixed, as they would: what belongs to one lies all over the table.
CREATE TEMP TABLE made ON COMMIT DROP AS
SELECT plan.n, tenant_id, i, starts_at, state, starts_at - interval '7 days' AS made_at,
       pg_temp.id(starts_at - interval '7 days', 'appointment ' || i || ' of ' || plan.n)
           AS appointment_id,
       CASE state WHEN 'expired' THEN starts_at - interval '6 days'
                  WHEN 'held' THEN date_trunc('day', now()) + interval '2 days' END AS expires_at,
       state IN ('held', 'confirmed') AS live,
       CASE state WHEN 'held' THEN 1 WHEN 'confirmed' THEN 2 WHEN 'expired' THEN 2 ELSE 3 END
           AS version
FROM plan
CROSS JOIN LATERAL generate_series(0, n_past + 49) i
CROSS JOIN LATERAL (SELECT CASE WHEN i < n_past THEN (n_past - 1 - i) / 5 ELSE (i - n_past) / 5 END)
    AS slot(j)
CROSS JOIN LATERAL (SELECT date_trunc('day', now()) + (9 + j % 8) * interval '1 hour'
                           + CASE WHEN i < n_past THEN -1 - j * 570 / (n_past / 5) ELSE 1 + 3 * j END
                             * interval '1 day') AS time(starts_at)
CROSS JOIN LATERAL (SELECT CASE WHEN i >= n_past THEN
                                    CASE i % 10 WHEN 9 THEN 'held' ELSE 'confirmed' END
                                WHEN NOT settles THEN 'confirmed'
                                ELSE CASE i % 20 WHEN 0 THEN 'cancelled' WHEN 1 THEN 'no_show'
                                                 WHEN 2 THEN 'expired' ELSE 'completed' END
                           END) AS outcome(state)
ORDER BY starts_at, plan.n;

INSERT INTO appointments
    (tenant_id, appointment_id, reference, contact_id, customer_name, customer_phone, starts_at,
     ends_at, starts_local, zone, price_minor, currency, state, expires_at, cancelled_by, policy,
     version, created_at, updated_at)
SELECT tenant_id, appointment_id, lpad(upper(to_hex(i)), 6, '0'),
       pg_temp.of_tenant(n, 'contact', i % 200), 'Customer ' || i % 200,
       '+346' || lpad((i % 200)::text, 8, '0'), starts_at, starts_at + interval '45 minutes',
       starts_at AT TIME ZONE 'Europe/Madrid', 'Europe/Madrid', 2500, 'EUR', state, expires_at,
       CASE state WHEN 'cancelled' THEN 'customer' END, '{"cancel_notice_minutes": 1440}',
       version, made_at, made_at
FROM made;

INSERT INTO appointment_segments
    (tenant_id, appointment_id, position, service_id, resource_id, starts_at, ends_at, price_minor)
SELECT tenant_id, appointment_id, 0, pg_temp.of_tenant(n, 'service', i % 4),
       pg_temp.of_tenant(n, 'resource', i % 5), starts_at, starts_at + interval '45 minutes', 2500
FROM made;

INSERT INTO claims (tenant_id, appointment_id, segment, resource_id, during, claim_id, live, expires_at)
SELECT tenant_id, appointment_id, 0, pg_temp.of_tenant(n, 'resource', what),
       tstzrange(starts_at, starts_at + interval '1 hour'), appointment_id, live, expires_at
FROM made
CROSS JOIN LATERAL unnest(CASE WHEN i % 4 = 0 THEN ARRAY[i % 5, 5 + i / 4 % 2]
                               ELSE ARRAY[i % 5] END) what;

INSERT INTO appointment_events
    (tenant_id, appointment_id, version, event, actor, at, published_at)
SELECT tenant_id, appointment_id, v,
       CASE v WHEN 1 THEN 'held' WHEN 3 THEN state
              ELSE CASE state WHEN 'expired' THEN state ELSE 'confirmed' END END,
       'customer', made_at + v * interval '1 minute', made_at + v * interval '1 minute'
FROM made, generate_series(1, version) v;
COMMIT;

VACUUM (ANALYZE);

-- What the foreign keys would have said: nothing.
SELECT (SELECT count(*) FROM appointments a LEFT JOIN contacts c USING (tenant_id, contact_id)
        WHERE c.contact_id IS NULL)
     + (SELECT count(*) FROM appointment_segments s
        LEFT JOIN appointments a USING (tenant_id, appointment_id)
        LEFT JOIN resources r ON (r.tenant_id, r.resource_id) = (s.tenant_id, s.resource_id)
        LEFT JOIN services v ON (v.tenant_id, v.service_id) = (s.tenant_id, s.service_id)
        WHERE a IS NULL OR r IS NULL OR v IS NULL)
     + (SELECT count(*) FROM claims c LEFT JOIN appointments a USING (tenant_id, appointment_id)
        LEFT JOIN resources r ON (r.tenant_id, r.resource_id) = (c.tenant_id, c.resource_id)
        WHERE a IS NULL OR r IS NULL) AS orphans;
