-- What can be booked, on whom, and when they work.
CREATE TABLE services (
    tenant_id             uuid NOT NULL REFERENCES tenants,
    service_id            uuid NOT NULL,
    duration_minutes      integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 1440),
    buffer_before_minutes integer NOT NULL DEFAULT 0 CHECK (buffer_before_minutes BETWEEN 0 AND 480),
    buffer_after_minutes  integer NOT NULL DEFAULT 0 CHECK (buffer_after_minutes BETWEEN 0 AND 480),
    price_minor           bigint NOT NULL CHECK (price_minor >= 0),
    position              integer NOT NULL DEFAULT 0,
    active                boolean NOT NULL DEFAULT true,
    PRIMARY KEY (tenant_id, service_id)
);
CALL enforce_tenant_wall('services');
GRANT SELECT, INSERT, UPDATE, DELETE ON services TO booka_app;

-- A service has a name in each language the business speaks, and the words customers use for it.
CREATE TABLE service_names (
    tenant_id    uuid NOT NULL,
    service_id   uuid NOT NULL,
    locale       text NOT NULL CHECK (locale IN ('en', 'es', 'pt')),
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    aliases      text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, service_id, locale),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services ON DELETE CASCADE
);
CALL enforce_tenant_wall('service_names');
GRANT SELECT, INSERT, UPDATE, DELETE ON service_names TO booka_app;

-- Staff, rooms, chairs: what a booking occupies. Wall-clock hours are in the resource's own zone.
CREATE TABLE resources (
    tenant_id    uuid NOT NULL REFERENCES tenants,
    resource_id  uuid NOT NULL,
    kind         text NOT NULL DEFAULT 'staff' CHECK (kind IN ('staff', 'room', 'chair')),
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    aliases      text[] NOT NULL DEFAULT '{}',
    zone         text NOT NULL,
    position     integer NOT NULL DEFAULT 0,
    active       boolean NOT NULL DEFAULT true,
    PRIMARY KEY (tenant_id, resource_id)
);
CALL enforce_tenant_wall('resources');
GRANT SELECT, INSERT, UPDATE, DELETE ON resources TO booka_app;

CREATE TABLE resource_services (
    tenant_id    uuid NOT NULL,
    resource_id  uuid NOT NULL,
    service_id   uuid NOT NULL,
    PRIMARY KEY (tenant_id, resource_id, service_id),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services ON DELETE CASCADE
);
CALL enforce_tenant_wall('resource_services');
GRANT SELECT, INSERT, UPDATE, DELETE ON resource_services TO booka_app;

-- The weekly pattern, as minutes of wall-clock time after midnight. weekday: 1 = Monday … 7 = Sunday.
CREATE TABLE weekly_hours (
    tenant_id    uuid NOT NULL,
    resource_id  uuid NOT NULL,
    weekday      smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    start_minute smallint NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute   smallint NOT NULL CHECK (end_minute BETWEEN 1 AND 1440),
    CHECK (start_minute < end_minute),
    PRIMARY KEY (tenant_id, resource_id, weekday, start_minute),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources ON DELETE CASCADE
);
CALL enforce_tenant_wall('weekly_hours');
GRANT SELECT, INSERT, UPDATE, DELETE ON weekly_hours TO booka_app;

-- A dated change: the rows for a day replace the weekly pattern of that day. A closed day is one
-- row from 0 to 0.
CREATE TABLE schedule_exceptions (
    tenant_id    uuid NOT NULL,
    resource_id  uuid NOT NULL,
    day          date NOT NULL,
    start_minute smallint NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute   smallint NOT NULL CHECK (end_minute BETWEEN 0 AND 1440),
    reason       text NOT NULL DEFAULT '',
    CHECK (start_minute < end_minute OR (start_minute = 0 AND end_minute = 0)),
    PRIMARY KEY (tenant_id, resource_id, day, start_minute),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources ON DELETE CASCADE
);
CALL enforce_tenant_wall('schedule_exceptions');
GRANT SELECT, INSERT, UPDATE, DELETE ON schedule_exceptions TO booka_app;
