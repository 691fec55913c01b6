#!/usr/bin/env bash
# How many visits a second Postgres takes: a hold and its confirmation each, on one person whom
# everybody wants, and on people all over. After explain.sh has filled DATABASE_URL. SECONDS_EACH
# seconds each (30); prints visits a second and how long one took on average.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${DATABASE_URL:?the database that explain.sh has filled}"
# What a visit needs, one row a business: the scripts of pgbench hold no arrays of ids.
psql -Xq -v ON_ERROR_STOP=1 "$DATABASE_URL" 2>&1 <<'SQL' | { grep -v NOTICE || true; }
CREATE TABLE IF NOT EXISTS scale_targets AS
SELECT row_number() OVER (ORDER BY tenant_id) AS n, tenant_id,
       (SELECT resource_id FROM resources r WHERE r.tenant_id = t.tenant_id AND position = 0),
       (SELECT service_id FROM services s WHERE s.tenant_id = t.tenant_id AND position = 1),
       (SELECT contact_id FROM contacts c WHERE c.tenant_id = t.tenant_id LIMIT 1)
FROM tenants t;
CREATE UNIQUE INDEX IF NOT EXISTS scale_targets_by_n ON scale_targets (n);
GRANT SELECT ON scale_targets TO booka_app;
-- References, past those that fill.sql gave out, and hours.
CREATE SEQUENCE IF NOT EXISTS scale_words START 1000000;
GRANT USAGE ON scale_words TO booka_app;
ANALYZE scale_targets;
SQL
tenants=$(psql -XqAt "$DATABASE_URL" -c 'SELECT count(*) FROM scale_targets')
for most in 1 "$tenants"; do
    for clients in 2 8; do
        who=$([ "$most" = 1 ] && echo "one person" || echo "$most people")
        PGOPTIONS='-c role=booka_app' pgbench -n -M "${MODE:-prepared}" -T "${SECONDS_EACH:-30}" \
            -c "$clients" -j 2 -D most="$most" -f "$here/confirm.pgbench" "$DATABASE_URL" 2>&1 |
            awk -v who="$who" -v clients="$clients" '
                /latency average/ { ms = $4 }
                /number of failed/ { failed = $5 }
                /^tps/ { tps = $3 }
                /ERROR|aborted/ { print > "/dev/stderr" }
                END { printf "%-12s %d clients: %6.0f a second, %6.2f ms, %s failed\n",
                             who, clients, tps, ms, failed }'
    done
done
