#!/usr/bin/env bash
# Prints how Postgres answers the queries that matter most, at size: EXPLAIN (ANALYZE, BUFFERS), as
# the role the service works as, inside one tenant, as prepared statements, because that is how they
# are sent. What it finds is in docs/scale.md.
#
#   createdb booka_scale && DATABASE_URL=postgres://booka@127.0.0.1:54329/booka_scale explain.sh
#
# Migrates and fills the database when it is empty (TENANTS, EACH; minutes), else takes it as it is.
# BRIEF=1 prints one line for each query and tenant: rows, buffers of 8 kB, ms, indexes.
# MODE=force_generic_plan shows the plans made for any arguments, which Postgres may come to prefer.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${DATABASE_URL:?the database to fill and ask}"
TENANTS=${TENANTS:-1000} EACH=${EACH:-1000} OLD=${OLD:-2} BRIEF=${BRIEF:-}
ask() { psql -XqAt -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }

if [ -z "$(ask -c "SELECT to_regclass('claims')")" ]; then
    for file in "$here"/../../../migrations/*.sql; do ask -1 -f "$file"; done
fi
if [ "$(ask -c 'SELECT count(*) FROM tenants')" = 0 ]; then
    ask -v tenants="$TENANTS" -v each="$EACH" -v old="$OLD" -f "$here/fill.sql" >&2
fi

# $1: what it is; $2: types of the arguments; $3: the query; $4: arguments. Uses $tenant.
# Twice, to ask a warm cache, and the second is shown. Nothing is kept.
explain() {
    local plan
    plan=$(ask <<SQL
BEGIN;
SET LOCAL ROLE booka_app;
SET LOCAL plan_cache_mode = ${MODE:-auto};
SELECT set_config('app.tenant_id', '$tenant', true) \g /dev/null
PREPARE asked($2) AS $3;
SAVEPOINT once;
\o /dev/null
EXPLAIN (ANALYZE) EXECUTE asked($4);
\o
ROLLBACK TO once;
EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) EXECUTE asked($4);
ROLLBACK;
SQL
    )
    if [ -z "$BRIEF" ]; then
        printf '\n-- %s, %s\n%s\n' "$1" "$who" "$plan"
        return
    fi
    awk -v what="$1" -v who="$who" '
        /Seq Scan on/ { seen["all of " $NF] }
        match($0, /Scan using [a-z_]+/) { seen[substr($0, RSTART + 11, RLENGTH - 11)] }
        match($0, /Bitmap Index Scan on [a-z_]+/) { seen[substr($0, RSTART + 21, RLENGTH - 21)] }
        !got && match($0, /rows=[0-9]+/) { rows = substr($0, RSTART + 5, RLENGTH - 5); got = 1 }
        /Removed by Filter/ { removed += $NF }
        /Buffers: shared/ && !done {
            done = 1
            while (match($0, /(hit|read)=[0-9]+/)) {
                part = substr($0, RSTART, RLENGTH); sub(/.*=/, "", part); buffers += part
                $0 = substr($0, RSTART + RLENGTH)
            }
        }
        /Execution Time/ { ms = $3 }
        END {
            for (name in seen) indexes = indexes " " name
            printf "%-24s %-20s %5d rows, %6d thrown away, %6d buffers, %9.3f ms:%s\n",
                what, who, rows, removed, buffers, ms, indexes
        }' <<<"$plan"
}

# The whole list of columns would only make the plans longer: `segments` is what costs.
segments="(SELECT jsonb_agg(jsonb_build_object('service_id', s.service_id, 'also',
             (SELECT coalesce(jsonb_agg(c.resource_id ORDER BY c.resource_id), '[]') FROM claims c
              WHERE c.tenant_id = s.tenant_id AND c.appointment_id = s.appointment_id
                AND c.segment = s.position AND c.resource_id <> s.resource_id)) ORDER BY s.position)
           FROM appointment_segments s
           WHERE s.tenant_id = a.tenant_id AND s.appointment_id = a.appointment_id)"
# As in booking/src/db/appointments.rs, select().
list="SELECT a.*, $segments FROM appointments a
      WHERE a.tenant_id = \$1 AND (a.replaces IS NULL OR a.state = 'held')
        AND (\$2::uuid IS NULL OR a.contact_id = \$2)
        AND (\$3::uuid IS NULL OR EXISTS (
                SELECT FROM appointment_segments s
                WHERE s.tenant_id = a.tenant_id AND s.appointment_id = a.appointment_id
                  AND s.resource_id = \$3))
        AND (\$4::timestamptz IS NULL OR a.starts_at >= \$4)
        AND (\$5::timestamptz IS NULL OR a.starts_at < \$5)
        AND (\$6::timestamptz IS NULL OR a.ends_at > \$6)
        AND (cardinality(\$7::text[]) = 0 OR a.state = ANY(\$7))
        AND (\$8::timestamptz IS NULL OR (a.starts_at, a.appointment_id) > (\$8, \$9::uuid))
        AND (\$10::uuid IS NULL OR a.series_id = \$10)
      ORDER BY a.starts_at, a.appointment_id LIMIT \$11"
list_types='uuid,uuid,uuid,timestamptz,timestamptz,timestamptz,text[],timestamptz,uuid,uuid,bigint'

last=$(ask -c "SELECT max(substr(name, 10)::int) FROM tenants")
first=$((TENANTS / 2))
numbers=$first
if [ "$last" -gt "$TENANTS" ]; then numbers="$first $((TENANTS + 1)) $((TENANTS + 2))"; fi
for number in $numbers; do
    case $((number - TENANTS)) in
        1) who="old, settled" ;;
        2) who="old, never settled" ;;
        *) who="one of $TENANTS" ;;
    esac
    tenant=$(ask -c "SELECT tenant_id FROM tenants WHERE name = 'Business $number'")
    of="WHERE tenant_id = '$tenant'"
    staff=$(ask -c "SELECT resource_id FROM resources $of AND position = 2")
    all=$(ask -c "SELECT array_agg(resource_id) FROM resources $of")
    day="date_trunc('day', now())"
    # Somebody's next confirmed visit.
    read -r visit contact <<<"$(ask -F ' ' -c "SELECT appointment_id, contact_id FROM appointments
        $of AND state = 'confirmed' AND starts_at > now() ORDER BY starts_at LIMIT 1")"

    # a: what openings of the next 30 days are computed from (timetables.rs, add_claims). By range is
    # how it was asked once: the wall keeps && away from the index.
    claims="SELECT appointment_id, resource_id, count(*), lower(during), upper(during) FROM claims
        WHERE tenant_id = \$1 AND resource_id = ANY(\$2) AND WINDOW
          AND (expires_at IS NULL OR expires_at > \$5)
          AND (\$6::uuid IS NULL OR appointment_id <> \$6 AND claim_id <> \$6)
        GROUP BY appointment_id, segment, resource_id, during"
    by_range='during && tstzrange($3, $4) AND live'
    by_columns='blocks_until > $3 AND blocks_from < $4'
    types='uuid,uuid[],timestamptz,timestamptz,timestamptz,uuid'
    arguments="'$tenant', '$all', $day, $day + interval '30 days', now(), NULL"
    explain "a  claims, by range" "$types" "${claims/WINDOW/"$by_range"}" "$arguments"
    explain "a  claims" "$types" "${claims/WINDOW/"$by_columns"}" "$arguments"

    # b: the look before (holds.rs, expire_overlapping; the part that searches), and the claim
    # itself, on a person who is free at seven in the morning.
    stale="SELECT appointment_id FROM claims
        WHERE tenant_id = \$1 AND resource_id = \$3 AND WINDOW
          AND expires_at <= \$2"
    types='uuid,timestamptz,uuid,timestamptz,timestamptz'
    arguments="'$tenant', now(), '$staff', $day + interval '31 hours', $day + interval '32 hours'"
    by_range='during && tstzrange($4, $5) AND live'
    by_columns='blocks_until > $4 AND blocks_from < $5'
    explain "b1 in the way, by range" "$types" "${stale/WINDOW/"$by_range"}" "$arguments"
    explain "b1 in the way" "$types" "${stale/WINDOW/"$by_columns"}" "$arguments"
    explain "b2 the claim" 'uuid,uuid,uuid,timestamptz,timestamptz' \
        "INSERT INTO claims (tenant_id, appointment_id, segment, resource_id, unit, during, claim_id)
         SELECT \$1, \$2, 7, \$3, unit, tstzrange(\$4, \$5), gen_random_uuid()
         FROM unnest('{1}'::smallint[]) unit
         ON CONFLICT DO NOTHING" \
        "'$tenant', '$visit', '$staff', $day + interval '31 hours', $day + interval '32 hours'"

    # c: a day of one person on the calendar; a page of the business; who asks "when do I come?".
    explain "c1 a day of one person" "$list_types" "$list" \
        "'$tenant', NULL, '$staff', $day + interval '1 day', $day + interval '2 days', NULL, '{}',
         NULL, NULL, NULL, 101"
    explain "c2 upcoming of a contact" "$list_types" "$list" \
        "'$tenant', '$contact', NULL, NULL, NULL, now(), '{pending,confirmed}', NULL, NULL, NULL, 50"

    # d: holds for moving an appointment (moves_of), on every cancellation and every move.
    explain "d  holds that move it" 'uuid,uuid' \
        "SELECT a.*, $segments FROM appointments a
         WHERE a.tenant_id = \$1 AND a.claim_id = \$2 AND a.replaces = \$2 AND a.state = 'held'
         ORDER BY a.appointment_id" \
        "'$tenant', '$visit'"
done
