-- Under which release of the world's time zone rules a tenant's instants were last worked out. When
-- the service comes up with another, the clock on the wall is kept and the instants follow.
CREATE TABLE zone_rules (
    tenant_id  uuid PRIMARY KEY REFERENCES tenants,
    version    text NOT NULL,
    applied_at timestamptz NOT NULL
);
CALL enforce_tenant_wall('zone_rules');
GRANT SELECT, INSERT, UPDATE ON zone_rules TO booka_app;
CREATE POLICY routing ON zone_rules FOR SELECT TO booka_router USING (true);
GRANT SELECT (tenant_id, version) ON zone_rules TO booka_router;
