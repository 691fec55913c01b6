//! Nothing in the schema ties two tenants together, so that tenants could live on several machines.
//! What that would take: docs/scale.md.

use sqlx::PgPool;

/// What does not begin with the tenant, and why it may not.
const EXCEPTIONS: &[(&str, &str)] = &[
    // Asked before any tenant is known, and unique across all: a directory that every machine has.
    ("api_keys_by_id", "a key brings nothing but its id along"),
    ("channel_accounts_by_instance", "an instance's name is all that a webhook brings along"),
    // Asked by the router, of every machine: whose work waits. Not unique, so nothing to agree on.
    ("inbound_messages_waiting", "whose messages wait"),
    ("outbound_messages_unsent", "whose replies wait"),
    ("appointments_stale", "whose holds have run out"),
    ("idempotency_keys_by_age", "whose answers are old"),
];

/// Every index (primary keys and unique ones among them), foreign key and exclusion constraint,
/// whether or not it was there when this was written.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn every_key_begins_with_the_tenant(pool: PgPool) {
    let found: Vec<String> = sqlx::query_scalar(
        "WITH tables AS (
             SELECT oid FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
               AND relname <> '_sqlx_migrations'
         ),
         tenant AS (
             SELECT attrelid, attnum FROM pg_attribute WHERE attname = 'tenant_id'
         )
         SELECT c.relname::text AS name
         FROM pg_index i
         JOIN tables t ON t.oid = i.indrelid
         JOIN pg_class c ON c.oid = i.indexrelid
         WHERE NOT EXISTS (SELECT FROM tenant
                           WHERE attrelid = i.indrelid AND attnum = i.indkey[0])
         UNION
         SELECT k.conname::text
         FROM pg_constraint k
         JOIN tables t ON t.oid = k.conrelid
         WHERE k.contype = 'f'
           AND NOT (EXISTS (SELECT FROM tenant
                            WHERE attrelid = k.conrelid AND attnum = k.conkey[1])
                    AND EXISTS (SELECT FROM tenant
                                WHERE attrelid = k.confrelid AND attnum = k.confkey[1]))
         UNION
         -- That two tenants differ must be enough for rows not to exclude each other.
         SELECT k.conname::text
         FROM pg_constraint k
         JOIN tables t ON t.oid = k.conrelid
         WHERE k.contype = 'x'
           AND NOT EXISTS (SELECT FROM tenant JOIN pg_operator o ON o.oid = k.conexclop[1]
                           WHERE attrelid = k.conrelid AND attnum = k.conkey[1]
                             AND o.oprname = '=')
         ORDER BY name",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    let unexpected: Vec<&String> =
        found.iter().filter(|name| EXCEPTIONS.iter().all(|(known, _)| known != name)).collect();
    assert_eq!(unexpected, Vec::<&String>::new());
}

/// A unique index that lacks the tenant is a promise that no single machine could keep.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn only_the_directory_is_unique_across_tenants(pool: PgPool) {
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT c.relname::text FROM pg_index i
         JOIN pg_class c ON c.oid = i.indexrelid
         JOIN pg_class t ON t.oid = i.indrelid
         WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> '_sqlx_migrations'
           AND i.indisunique
           AND NOT EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = i.indrelid AND a.attname = 'tenant_id'
                             AND a.attnum = ANY (i.indkey::smallint[]))
         ORDER BY c.relname",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    assert_eq!(found, ["api_keys_by_id", "channel_accounts_by_instance"]);
}
