//! The wall between tenants, for every table there is.

use booking::{AppointmentFilter, BookingError, Party, cancel, catalogue, confirm, get, list};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::support::{Salon, yes};

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn one_tenant_sees_nothing_of_another(pool: PgPoolOptions, options: PgConnectOptions) {
    let a = Salon::open(pool, options).await;
    let b = Salon::another(a.db.clone(), 2).await;
    let hold = a.hold(&a.wish("2026-03-03T09:00:00Z")).await.expect("held");
    let (tx, now) = (&mut b.tx().await, b.now());
    let seen = catalogue(tx).await.expect("read");
    assert!(seen.service(a.haircut).is_none() && seen.resource(a.ana).is_none());
    assert_eq!((seen.services.len(), seen.resources.len()), (1, 2));
    assert_eq!(get(tx, hold.id).await.expect("read"), None);
    let all = list(tx, &AppointmentFilter::default(), None, 10).await.expect("read");
    assert_eq!(all.appointments, []);
    let refused = confirm(tx, &yes(&hold), now).await;
    assert!(matches!(refused, Err(BookingError::UnknownAppointment(_))), "{refused:?}");
    let refused = cancel(tx, hold.id, Party::Business, now).await;
    assert!(matches!(refused, Err(BookingError::UnknownAppointment(_))), "{refused:?}");
    let refused = booking::place_hold(tx, &a.wish("2026-03-03T11:00:00Z"), &b.ids, &b.clock).await;
    assert!(matches!(refused, Err(BookingError::UnknownService(_))), "{refused:?}");
    let foreign = booking::Item::new(b.haircut).on(Some(a.ana)).into();
    let foreign = booking::PlaceHold { visit: foreign, ..a.wish("2026-03-03T11:00:00Z") };
    let refused = booking::place_hold(tx, &foreign, &b.ids, &b.clock).await;
    assert!(matches!(refused, Err(BookingError::UnknownResource(_))), "{refused:?}");
    let refused = booking::set_weekly_hours(tx, a.ana, &[]).await;
    assert!(matches!(refused, Err(BookingError::UnknownResource(_))), "{refused:?}");
    for table in [
        "services",
        "resources",
        "weekly_hours",
        "appointments",
        "appointment_segments",
        "claims",
        "appointment_events",
    ] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table} WHERE tenant_id = $1"));
        let n: i64 = sqlx::query_scalar(sql)
            .bind(a.tenant.as_uuid())
            .fetch_one(tx.conn())
            .await
            .expect("a count");
        assert_eq!(n, 0, "{table}");
    }
}

/// Every table, whether or not it was there when this was written.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn every_table_is_behind_the_wall(pool: PgPool) {
    let open: Vec<String> = sqlx::query_scalar(
        "SELECT c.relname::text FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
           AND c.relname <> '_sqlx_migrations'
           AND NOT (
               c.relrowsecurity AND c.relforcerowsecurity
               AND EXISTS (SELECT FROM pg_policies p
                           WHERE p.tablename = c.relname AND p.policyname = 'tenant_wall'
                             AND p.cmd = 'ALL' AND p.roles = '{booka_app}'
                             AND p.qual = '(tenant_id = current_tenant())'
                             AND p.with_check = '(tenant_id = current_tenant())')
               AND EXISTS (SELECT FROM pg_index i JOIN pg_attribute a
                             ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                           WHERE i.indrelid = c.oid AND i.indisprimary
                             AND a.attname = 'tenant_id'))",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    assert_eq!(open, Vec::<String>::new());

    let doors: Vec<String> = sqlx::query_scalar(
        "SELECT tablename || '.' || policyname FROM pg_policies
         WHERE policyname <> 'tenant_wall'
           AND NOT (policyname = 'routing' AND cmd = 'SELECT' AND roles = '{booka_router}')",
    )
    .fetch_all(&pool)
    .await
    .expect("the catalogue");
    assert_eq!(doors, Vec::<String>::new());
}
