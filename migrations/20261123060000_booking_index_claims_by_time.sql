-- What is occupied when, in a form that an index answers. Row-level security lets a condition near
-- an index only if it cannot leak what it is shown. Comparing instants counts as such, `&&` of
-- ranges does not: the service's queries read every live claim a resource has, past ones that nobody
-- settled included, and looked at the range afterwards. (The constraint is checked below row-level
-- security and keeps its range.) What that cost: docs/scale.md.
ALTER TABLE claims
    -- NULL when it does not block. Ask for these alone, without `live`: that would invite the
    -- constraint's index again, which a plan made for any arguments takes for as good.
    ADD COLUMN blocks_from  timestamptz
        GENERATED ALWAYS AS (CASE WHEN live THEN lower(during) END) STORED,
    ADD COLUMN blocks_until timestamptz
        GENERATED ALWAYS AS (CASE WHEN live THEN upper(during) END) STORED,
    ADD CONSTRAINT claims_bounded CHECK (NOT (lower_inf(during) OR upper_inf(during)));
-- By end: what is over is skipped, and what lies ahead is not much.
CREATE INDEX claims_by_time ON claims (tenant_id, resource_id, blocks_until, blocks_from)
    WHERE blocks_until IS NOT NULL;
-- Every cancellation asks for the holds that would move what is cancelled, and read the holds of
-- all tenants for it.
CREATE INDEX appointments_moves ON appointments (tenant_id, replaces)
    WHERE state = 'held' AND replaces IS NOT NULL;
