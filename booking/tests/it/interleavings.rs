//! Every order of any three things that can happen to an appointment, and what is left at the end.
//!
//! At the granularity of transactions: the things are serialised by their locks, so every way they
//! can interleave is one of these orders (`concurrency.rs` and the live contest check that they
//! are).

use booking::{
    Appointment, AppointmentState, Attendance, Awaits, BookingError, Confirm, Party, PlaceHold,
    Reschedule, Rules, ServiceDraft, cancel, confirm, get, place_hold, provide, reschedule, settle,
};
use jiff::Timestamp;
use kernel::Clock as _;
use platform::TenantTx;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon, at, draft, every_day};

/// What can happen to an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Confirm,
    Approve,
    CancelByCustomer,
    CancelByBusiness,
    Reschedule,
    Expire,
    RivalHold,
    Arrive,
    Complete,
    NoShow,
}

const DEEDS: [Deed; 10] = [
    Deed::Confirm,
    Deed::Approve,
    Deed::CancelByCustomer,
    Deed::CancelByBusiness,
    Deed::Reschedule,
    Deed::Expire,
    Deed::RivalHold,
    Deed::Arrive,
    Deed::Complete,
    Deed::NoShow,
];

/// Where the appointment stands when the three begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    Held,
    Pending,
    Confirmed,
}

/// Does one thing in the transaction; `Ok(false)` when it is refused with a name.
async fn happen(
    salon: &Salon,
    tx: &mut TenantTx,
    deed: Deed,
    subject: &Appointment,
    wish: &PlaceHold,
) -> bool {
    let (id, now) = (subject.id, salon.now());
    let outcome = match deed {
        Deed::Confirm => {
            let yes = Confirm { appointment: id, by: Party::Customer, expected_price: None };
            confirm(tx, &yes, now).await.map(drop)
        }
        Deed::Approve => provide(tx, id, Awaits::Approval, Party::Business, now).await.map(drop),
        Deed::CancelByCustomer => cancel(tx, id, Party::Customer, now).await.map(drop),
        Deed::CancelByBusiness => cancel(tx, id, Party::Business, now).await.map(drop),
        Deed::Reschedule => {
            let request = Reschedule {
                appointment: id,
                starts_at: wish.starts_at + MINUTE * 30,
                resource: None,
                by: Party::Business,
                rules: Rules::default(),
            };
            reschedule(tx, &request, &salon.ids, &salon.clock).await.map(drop)
        }
        Deed::Expire => {
            salon.clock.advance(MINUTE * 11);
            booking::expire_stale(tx, salon.now()).await.map(drop)
        }
        Deed::RivalHold => place_hold(tx, wish, &salon.ids, &salon.clock).await.map(drop),
        Deed::Arrive => settle(tx, id, Attendance::Arrived, now).await.map(drop),
        Deed::Complete => settle(tx, id, Attendance::Came, now).await.map(drop),
        Deed::NoShow => settle(tx, id, Attendance::Missed, now).await.map(drop),
    };
    match outcome {
        Ok(()) => true,
        Err(
            BookingError::InvalidTransition(_)
            | BookingError::HoldExpired { .. }
            | BookingError::Taken { .. }
            | BookingError::NotAnOpening { .. }
            | BookingError::Invalid { .. },
        ) => false,
        Err(other) => panic!("{deed:?} failed: {other:?}"),
    }
}

/// Whether a state may follow these three from that beginning, from what they mean alone.
fn may_end(beginning: Beginning, state: &AppointmentState, deeds: &[Deed], now: Timestamp) -> bool {
    let has = |deed| deeds.contains(&deed);
    let agreed = beginning != Beginning::Held || has(Deed::Confirm);
    match state {
        AppointmentState::Held { .. } => beginning == Beginning::Held && !has(Deed::Expire),
        AppointmentState::Pending { .. } => {
            // Nobody can call off what has lapsed; the sweeper will write that down.
            let called_off = has(Deed::CancelByBusiness) || has(Deed::CancelByCustomer);
            beginning == Beginning::Pending && (state.is_expired(now) || !called_off)
        }
        AppointmentState::Confirmed => agreed,
        AppointmentState::Arrived => agreed && has(Deed::Arrive),
        AppointmentState::Completed => agreed && has(Deed::Complete),
        AppointmentState::NoShow => agreed && has(Deed::NoShow),
        AppointmentState::Cancelled { by: Party::Customer } => has(Deed::CancelByCustomer),
        AppointmentState::Cancelled { by: Party::Business } => has(Deed::CancelByBusiness),
        AppointmentState::Expired { .. } => {
            // Attendance is noted once it should have begun, and then a request lapses.
            let begun = [Deed::Arrive, Deed::Complete, Deed::NoShow].into_iter().any(has);
            beginning != Beginning::Confirmed && (has(Deed::Expire) || begun)
        }
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn any_three_after_a_hold_end_well(pool: PgPoolOptions, options: PgConnectOptions) {
    any_three_end_well(&Salon::open(pool, options).await, Beginning::Held).await;
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn any_three_after_a_request_end_well(pool: PgPoolOptions, options: PgConnectOptions) {
    any_three_end_well(&Salon::open(pool, options).await, Beginning::Pending).await;
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn any_three_after_a_booking_end_well(pool: PgPoolOptions, options: PgConnectOptions) {
    any_three_end_well(&Salon::open(pool, options).await, Beginning::Confirmed).await;
}

async fn any_three_end_well(salon: &Salon, beginning: Beginning) {
    let mut tx = salon.tx().await;
    let awaits = match beginning {
        Beginning::Pending => vec![Awaits::Approval],
        _ => Vec::new(),
    };
    let service = ServiceDraft { awaits, ..draft(30) };
    booking::update_service(&mut tx, salon.haircut, &service).await.expect("updated");
    booking::set_weekly_hours(&mut tx, salon.ana, &every_day("09:00-17:00")).await.expect("hours");
    tx.commit().await.expect("committed");
    let (mut n_orders, mut n_done) = (0, 0);
    for first in DEEDS {
        for second in DEEDS {
            for third in DEEDS {
                let deeds = [first, second, third];
                if first == second || second == third || first == third {
                    continue;
                }
                n_orders += 1;
                n_done += one_order(salon, beginning, &deeds).await;
            }
        }
    }
    assert_eq!(n_orders, 10 * 9 * 8);
    assert!(n_done > n_orders, "most of what is tried is allowed: {n_done} of {}", 3 * n_orders);
}

/// Runs one order in a transaction that is rolled back, so that thousands cost little; says how
/// many of the three were done.
async fn one_order(salon: &Salon, beginning: Beginning, deeds: &[Deed]) -> usize {
    // Nearly begun, so that attendance can be noted, and still to come, so that it can be booked.
    let start = at("2026-03-03T09:00:00Z");
    salon.clock.set(start - MINUTE);
    let wish = PlaceHold { by: Party::Customer, ..salon.wish("2026-03-03T09:00:00Z") };
    let mut tx = salon.tx().await;
    let hold = place_hold(&mut tx, &wish, &salon.ids, &salon.clock).await.expect("free");
    let subject = match beginning {
        Beginning::Held => hold,
        _ => {
            let yes = Confirm { appointment: hold.id, by: Party::Customer, expected_price: None };
            confirm(&mut tx, &yes, salon.now()).await.expect("confirmed")
        }
    };
    let mut n_done = 0;
    let mut seen = Vec::new();
    for deed in deeds {
        if matches!(deed, Deed::Arrive | Deed::Complete | Deed::NoShow) {
            salon.clock.set(salon.clock.now().max(start));
        }
        let done = happen(salon, &mut tx, *deed, &subject, &wish).await;
        n_done += usize::from(done);
        seen.push((*deed, done));
    }
    let after = get(&mut tx, subject.id).await.expect("read").expect("there");
    let allowed = may_end(beginning, &after.state, deeds, salon.now());
    assert!(allowed, "{beginning:?} {seen:?}: {:?}", after.state);
    check(&mut tx, &after, &format!("{beginning:?} {seen:?}")).await;
    tx.rollback().await.expect("rolled back");
    n_done
}

/// One audit entry for each version, claims as the state says, and nobody twice in one place.
async fn check(tx: &mut TenantTx, after: &Appointment, what: &str) {
    let (n_events, n_versions): (i64, i32) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM appointment_events e
                 WHERE e.appointment_id = a.appointment_id), a.version
         FROM appointments a WHERE a.appointment_id = $1",
    )
    .bind(after.id.as_uuid())
    .fetch_one(tx.conn())
    .await
    .expect("counts");
    assert_eq!(n_events, i64::from(n_versions), "{what}: one entry for each version");
    let n_wrong: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM claims c JOIN appointments a USING (tenant_id, appointment_id)
         WHERE c.live <> (a.state IN ('held', 'pending', 'confirmed', 'arrived'))
            OR (a.state IN ('held', 'pending', 'confirmed', 'arrived')
                AND NOT tstzrange(a.starts_at, a.ends_at) <@ c.during)",
    )
    .fetch_one(tx.conn())
    .await
    .expect("a count");
    assert_eq!(n_wrong, 0, "{what}: claims follow");
    let n_twice: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM claims a JOIN claims b
           ON a.resource_id = b.resource_id AND a.unit = b.unit AND a.during && b.during
          AND a.appointment_id < b.appointment_id AND a.claim_id <> b.claim_id
         WHERE a.live AND b.live",
    )
    .fetch_one(tx.conn())
    .await
    .expect("a count");
    assert_eq!(n_twice, 0, "{what}: nobody twice");
    let _: Timestamp = after.during.start();
}
