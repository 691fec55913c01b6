//! New rules for a zone, in the database: who shifts, who collides, and that it happens once.
//! With two real rule files and the real binary: `server/tests/live/zone_rules.rs`.

use booking::{AppointmentState, Collision, get, rezone, tenants_to_rezone};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon};

const TEN: &str = "2026-03-03T09:00:00Z";

/// Leaves everything as it was under rules by which Madrid's clock was two hours behind.
async fn as_under_old_rules(salon: &Salon, id: kernel::AppointmentId) {
    let mut tx = salon.tx().await;
    for sql in [
        "UPDATE appointments SET starts_at = starts_at + '2 h', ends_at = ends_at + '2 h',
                version = version + 1 WHERE appointment_id = $1",
        "UPDATE appointment_segments SET starts_at = starts_at + '2 h', ends_at = ends_at + '2 h'
         WHERE appointment_id = $1",
        "UPDATE claims SET during = tstzrange(lower(during) + '2 h', upper(during) + '2 h')
         WHERE appointment_id = $1",
    ] {
        sqlx::query(sql).bind(id.as_uuid()).execute(tx.conn()).await.expect("written");
    }
    tx.commit().await.expect("committed");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_shifts_may_collide_and_both_stay(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let shifted = salon.book(&salon.wish(TEN)).await.expect("booked");
    as_under_old_rules(&salon, shifted.id).await;
    let after = salon.book(&salon.wish("2026-03-03T11:30:00Z")).await.expect("right after it");
    as_under_old_rules(&salon, after.id).await;
    let rival = salon.book(&salon.wish(TEN)).await.expect("free, as it seems");
    let missed = salon.book(&salon.wish("2026-03-03T08:00:00Z")).await.expect("booked");

    let mut router = salon.db.router().await.expect("router");
    let waiting = tenants_to_rezone(&mut router, "2090a").await.expect("read");
    assert_eq!(waiting, [salon.tenant]);
    let mut tx = salon.tx().await;
    let done = rezone(&mut tx, "2090a", salon.now()).await.expect("done");
    tx.commit().await.expect("committed");
    assert_eq!(done.shifted, [shifted.id, after.id]);
    let collision = Collision { shifted: shifted.id, rival: rival.id, resource: salon.ana };
    assert_eq!((done.collisions, done.skipped), (vec![collision], Vec::new()));

    let mut tx = salon.tx().await;
    let now = get(&mut tx, shifted.id).await.expect("read").expect("there");
    assert_eq!((now.during, now.starts_local), (shifted.during, shifted.starts_local));
    assert_eq!(now.state, AppointmentState::Confirmed);
    let history = salon.history(shifted.id).await;
    assert_eq!(history.last().map(|event| event.0.as_str()), Some("rezoned"));
    let untouched = get(&mut tx, missed.id).await.expect("read").expect("there");
    assert_eq!(untouched, missed);
    // Neither is lost, and nobody else gets in: the time is still claimed.
    for start in [TEN, "2026-03-03T09:15:00Z", "2026-03-03T11:30:00Z"] {
        let third = salon.hold(&salon.wish(start)).await;
        assert!(third.is_err(), "{start}: {third:?}");
    }
    salon.hold(&salon.wish("2026-03-03T13:30:00Z")).await.expect("where it was is free");
    // Whoever is moved away later leaves the other in peace.
    let wish =
        booking::PlaceHold { replaces: Some(shifted.id), ..salon.wish("2026-03-04T09:00:00Z") };
    let hold = salon.hold(&wish).await.expect("held");
    salon.confirm(&hold).await.expect("moved");
    let third = salon.hold(&salon.wish(TEN)).await;
    assert!(third.is_err(), "the rival is still there: {third:?}");

    let waiting = tenants_to_rezone(&mut router, "2090a").await.expect("read");
    assert_eq!(waiting, []);
    let mut tx = salon.tx().await;
    let again = rezone(&mut tx, "2090a", salon.now() + MINUTE).await.expect("done");
    assert_eq!(again, booking::Rezoned::default());
}
