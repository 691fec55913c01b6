-- Two roles, neither of which owns anything, so that row-level security binds both.
--   booka_app     the service at work, always inside one tenant (see TenantTx).
--   booka_router  finds whose a credential or a piece of waiting work is; it may read a handful of
--                 routing columns and nothing a person wrote.
-- Roles belong to the whole server, so several databases may be migrated at once: whoever comes
-- second finds them there.
DO $$
BEGIN
    CREATE ROLE booka_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
    CREATE ROLE booka_router NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
-- A superuser may take any role; anybody else must be a member.
DO $$
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
       AND NOT pg_has_role(current_user, 'booka_app', 'MEMBER') THEN
        EXECUTE format('GRANT booka_app, booka_router TO %I', current_user);
    END IF;
END $$;

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The tenant this transaction works for; NULL (and so no row) when none was set.
CREATE FUNCTION current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;

-- The wall: every tenant table calls this once. A row is visible and writable only to the tenant
-- that the transaction was opened for; FORCE binds the owner too.
CREATE PROCEDURE enforce_tenant_wall(table_name regclass)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
        'CREATE POLICY tenant_wall ON %s FOR ALL TO booka_app '
        'USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())',
        table_name);
END $$;

GRANT USAGE ON SCHEMA public TO booka_app, booka_router;
