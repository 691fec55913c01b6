//! No double booking, whoever comes at once.

use booking::{BookingError, PlaceHold, confirm, nearest_alternatives, place_hold};
use futures::future::join_all;
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon, at, draft, yes};

/// Hold and confirm in one transaction, as the API does; alternatives on losing, in the same one.
async fn attempt(salon: &Salon, wish: &PlaceHold) -> Result<(), Vec<booking::Opening>> {
    let mut tx = salon.tx().await;
    match place_hold(&mut tx, wish, &salon.ids, &salon.clock).await {
        Ok(hold) => {
            confirm(&mut tx, &yes(&hold), salon.now()).await.expect("a fresh hold");
            tx.commit().await.expect("committed");
            Ok(())
        }
        Err(BookingError::Taken { .. }) => {
            Err(nearest_alternatives(&mut tx, &wish.wanted(), 3, salon.now())
                .await
                .expect("openings"))
        }
        Err(other) => panic!("neither won nor lost: {other:?}"),
    }
}

async fn n_overlaps(salon: &Salon) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM claims a JOIN claims b
           ON a.resource_id = b.resource_id AND a.unit = b.unit
          AND a.appointment_id < b.appointment_id AND a.during && b.during
         WHERE a.live AND b.live",
    )
    .fetch_one(salon.tx().await.conn())
    .await
    .expect("a count")
}

/// All fifty contain the instant 10:45, no three are equal.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn one_of_fifty_overlapping_wins(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool.max_connections(16), options).await;
    let mut tx = salon.tx().await;
    booking::update_service(&mut tx, salon.haircut, &draft(60)).await.expect("longer");
    tx.commit().await.expect("committed");
    let minute =
        booking::Rules::new(MINUTE, SignedDuration::ZERO, MINUTE * 60 * 24 * 30).expect("rules");
    let wishes: Vec<_> = (0..50)
        .map(|i| PlaceHold {
            starts_at: at("2026-03-03T09:00:00Z") + MINUTE * (i % 44),
            rules: minute,
            ..salon.wish("2026-03-03T09:00:00Z")
        })
        .collect();

    let outcomes = join_all(wishes.iter().map(|wish| attempt(&salon, wish))).await;

    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for alternatives in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(alternatives.len(), 3);
    }
    assert_eq!(n_overlaps(&salon).await, 0);
}

/// Two people, "anybody": two winners, each on somebody else.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn anybody_fills_everybody(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool.max_connections(16), options).await;
    let wish = salon.wish_on(None, "2026-03-03T09:00:00Z");
    let outcomes = join_all((0..20).map(|_| attempt(&salon, &wish))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 2);
    assert_eq!(n_overlaps(&salon).await, 0);
}

/// Swaps and moves across two people at once end in success or in a named refusal, never in a
/// deadlock.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn crossing_moves_do_not_deadlock(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool.max_connections(16), options).await;
    let mut appointments = Vec::new();
    for (i, resource) in [salon.ana, salon.bruno].repeat(6).into_iter().enumerate() {
        let start = at("2026-03-03T08:00:00Z") + MINUTE * (30 * i32::try_from(i / 2).expect("few"));
        let wish =
            PlaceHold { starts_at: start, ..salon.wish_on(Some(resource), "2026-03-03T08:00:00Z") };
        appointments.push((resource, salon.book(&wish).await.expect("booked")));
    }
    let moves =
        appointments.iter().cycle().take(48).enumerate().map(async |(i, (from, booked))| {
            let wish = booking::Reschedule {
                appointment: booked.id,
                starts_at: booked.during.start()
                    + MINUTE * (30 * i32::try_from(i % 5).expect("few")),
                resource: Some(if *from == salon.ana { salon.bruno } else { salon.ana }),
                by: booking::Party::Customer,
                rules: booking::Rules::default(),
            };
            let mut tx = salon.tx().await;
            match booking::reschedule(&mut tx, &wish, &salon.ids, &salon.clock).await {
                Ok(_) => tx.commit().await.expect("committed"),
                Err(BookingError::Taken { .. }) => {}
                Err(other) => panic!("{other:?}"),
            }
        });
    join_all(moves).await;
    assert_eq!(n_overlaps(&salon).await, 0);
}

const RAW_INSERT: &str = "INSERT INTO appointments
     (tenant_id, appointment_id, reference, starts_at, ends_at, starts_local, zone, price_minor,
      currency, state, created_at, updated_at)
 VALUES ($1, $2, $3, $4, $5, $4 AT TIME ZONE 'UTC', 'UTC', 0, 'EUR', 'confirmed', $4, $4)";

const RAW_CLAIM: &str = "INSERT INTO claims
     (tenant_id, appointment_id, segment, resource_id, during, claim_id)
 VALUES ($1, $2, 0, $3, tstzrange($4, $5), $2)";

async fn insert_raw(
    salon: &Salon,
    tx: &mut platform::TenantTx,
    tenant: kernel::TenantId,
    start: &str,
    reference: &str,
) -> Result<(), sqlx::Error> {
    let start = at(start);
    let id: kernel::AppointmentId = salon.ids.next(&salon.clock);
    sqlx::query(RAW_INSERT)
        .bind(tenant.as_uuid())
        .bind(id.as_uuid())
        .bind(reference)
        .bind(start.to_sqlx())
        .bind((start + MINUTE * 30).to_sqlx())
        .execute(tx.conn())
        .await?;
    sqlx::query(RAW_CLAIM)
        .bind(tenant.as_uuid())
        .bind(id.as_uuid())
        .bind(salon.ana.as_uuid())
        .bind(start.to_sqlx())
        .bind((start + MINUTE * 30).to_sqlx())
        .execute(tx.conn())
        .await?;
    Ok(())
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn postgres_itself_refuses_an_overlap(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    salon.book(&salon.wish("2026-03-03T09:00:00Z")).await.expect("booked");
    let mut tx = salon.tx().await;
    let error = insert_raw(&salon, &mut tx, salon.tenant, "2026-03-03T09:29:00Z", "AAAAAA").await;
    let error = error.expect_err("overlaps by a minute");
    let error = error.as_database_error().expect("from Postgres");
    assert_eq!(error.constraint(), Some("claims_no_overlap"));
    assert_eq!(error.code().as_deref(), Some("23P01"));
}

/// Returns once a transaction in this database waits for another to end.
async fn wait_for_a_waiter(salon: &Salon) {
    let mut tx = salon.tx().await;
    for _ in 0..5000 {
        let waits: bool = sqlx::query_scalar(
            "SELECT EXISTS (
                 SELECT FROM pg_locks waiting JOIN pg_locks here USING (pid)
                 WHERE waiting.locktype = 'transactionid' AND NOT waiting.granted
                   AND here.database = (SELECT oid FROM pg_database
                                        WHERE datname = current_database()))",
        )
        .fetch_one(tx.conn())
        .await
        .expect("the locks");
        if waits {
            return;
        }
    }
    panic!("nobody waits: the constraint is not there");
}

/// A writer that takes no locks is still kept apart, by the constraint, and the loser's
/// transaction goes on working.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_rude_writer_is_kept_apart(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let mut rude = salon.tx().await;
    insert_raw(&salon, &mut rude, salon.tenant, "2026-03-03T09:15:00Z", "AAAAAA")
        .await
        .expect("nobody there yet");
    let wish = salon.wish("2026-03-03T09:00:00Z");
    let polite = async {
        let mut tx = salon.tx().await;
        let outcome = place_hold(&mut tx, &wish, &salon.ids, &salon.clock).await;
        assert!(matches!(outcome, Err(BookingError::Taken { .. })), "{outcome:?}");
        let later = salon.wish("2026-03-03T10:00:00Z");
        place_hold(&mut tx, &later, &salon.ids, &salon.clock).await.expect("still works");
        tx.commit().await.expect("committed");
    };
    let commit = async {
        wait_for_a_waiter(&salon).await;
        rude.commit().await.expect("committed");
    };
    futures::join!(polite, commit);
    assert_eq!(n_overlaps(&salon).await, 0);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn neighbours_may_touch(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let mut tx = salon.tx().await;
    let buffered =
        booking::ServiceDraft { buffer_before: MINUTE * 10, buffer_after: MINUTE * 5, ..draft(30) };
    booking::update_service(&mut tx, salon.haircut, &buffered).await.expect("buffered");
    tx.commit().await.expect("committed");
    // 45 minutes in all: blocks 09:50-10:35, then 10:35-11:20.
    salon.book(&salon.wish("2026-03-03T09:00:00Z")).await.expect("booked");
    let close = salon.book(&salon.wish("2026-03-03T09:30:00Z")).await;
    assert!(matches!(close, Err(BookingError::Taken { .. })), "buffers overlap: {close:?}");
    salon.book(&salon.wish("2026-03-03T09:45:00Z")).await.expect("touches");
    salon.book(&salon.wish("2026-03-03T08:15:00Z")).await.expect("touches");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn another_tenant_cannot_be_written_for(pool: PgPoolOptions, options: PgConnectOptions) {
    let a = Salon::open(pool, options).await;
    let b = Salon::another(a.db.clone(), 2).await;
    let mut tx = b.tx().await;
    let error = insert_raw(&a, &mut tx, a.tenant, "2026-03-03T09:15:00Z", "AAAAAA").await;
    let error = error.expect_err("row-level security");
    assert_eq!(error.as_database_error().and_then(|e| e.code()).as_deref(), Some("42501"));
}
