//! What becomes of a hold.

use booking::{
    AppointmentFilter, AppointmentState, Attendance, BookingError, NoOpening, Party, PlaceHold,
    Reschedule, Rules, StateName, cancel, confirm, expire_stale, get, list, place_hold, release,
    reschedule, settle, tenants_with_stale_holds,
};
use kernel::Money;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon, at, draft, yes};

const TEN: &str = "2026-03-03T09:00:00Z"; // by the clock in Madrid

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_hold_becomes_an_appointment_once(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let hold = salon.hold(&salon.wish(TEN)).await.expect("held");
    assert_eq!(hold.state, AppointmentState::Held { expires_at: salon.now() + MINUTE * 10 });
    assert_eq!(hold.starts_at().to_string(), "2026-03-03T10:00:00+01:00[Europe/Madrid]");
    assert_eq!(hold.reference.as_str().len(), 6);

    let first = salon.confirm(&hold).await.expect("confirmed");
    let second = salon.confirm(&hold).await.expect("confirmed already");
    assert_eq!(first, second);
    assert_eq!((first.state, first.version), (AppointmentState::Confirmed, 2));
    assert_eq!(first.reference, hold.reference);
    let history = salon.history(hold.id).await;
    assert_eq!(history, [("held".to_owned(), 1), ("confirmed".to_owned(), 2)]);
    let stored = get(&mut salon.tx().await, hold.id).await.expect("read");
    assert_eq!(stored, Some(first));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn an_expired_hold_frees_its_time_unswept(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let hold = salon.hold(&salon.wish(TEN)).await.expect("held");
    let rival = salon.hold(&salon.wish("2026-03-03T09:15:00Z")).await;
    assert!(matches!(rival, Err(BookingError::Taken { .. })), "{rival:?}");

    salon.clock.advance(MINUTE * 10); // the very instant it expires
    let late = salon.confirm(&hold).await;
    assert!(matches!(late, Err(BookingError::HoldExpired { .. })), "{late:?}");
    salon.book(&salon.wish("2026-03-03T09:15:00Z")).await.expect("free again");
    let late = salon.confirm(&hold).await;
    assert!(matches!(late, Err(BookingError::HoldExpired { .. })), "{late:?}");
    let history = salon.history(hold.id).await;
    assert_eq!(history, [("held".to_owned(), 1), ("expired".to_owned(), 2)]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_sweeper_finds_and_expires(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let other = Salon::another(salon.db.clone(), 2).await;
    let hold = salon.hold(&salon.wish(TEN)).await.expect("held");
    salon.hold(&salon.wish("2026-03-03T10:00:00Z")).await.expect("held");
    let kept = salon.book(&salon.wish("2026-03-03T11:00:00Z")).await.expect("booked");
    let mut router = salon.db.router().await.expect("router");
    let stale = tenants_with_stale_holds(&mut router, salon.now()).await.expect("read");
    assert_eq!(stale, []);
    salon.clock.advance(MINUTE * 11);
    let stale = tenants_with_stale_holds(&mut router, salon.now()).await.expect("read");
    assert_eq!(stale, [salon.tenant]);

    let mut tx = other.tx().await;
    assert_eq!(expire_stale(&mut tx, salon.now()).await.expect("swept"), 0);
    let mut tx = salon.tx().await;
    assert_eq!(expire_stale(&mut tx, salon.now()).await.expect("swept"), 2);
    assert_eq!(expire_stale(&mut tx, salon.now()).await.expect("swept"), 0);
    let swept = get(&mut tx, hold.id).await.expect("read").expect("there");
    assert!(matches!(swept.state, AppointmentState::Expired { .. }));
    let kept = get(&mut tx, kept.id).await.expect("read").expect("there");
    assert_eq!(kept.state, AppointmentState::Confirmed);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_quarter_later_is_not_in_its_own_way(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let booked = salon.book(&salon.wish(TEN)).await.expect("booked");
    let wish = PlaceHold { replaces: Some(booked.id), ..salon.wish("2026-03-03T09:15:00Z") };
    let hold = salon.hold(&wish).await.expect("held beside itself");
    // Both places are kept until the customer has said yes.
    for start in ["2026-03-03T08:45:00Z", "2026-03-03T09:30:00Z"] {
        let rival = salon.hold(&salon.wish(start)).await;
        assert!(matches!(rival, Err(BookingError::Taken { .. })), "{rival:?}");
    }
    let moved = salon.confirm(&hold).await.expect("moved");
    assert_eq!(moved, salon.confirm(&hold).await.expect("moved already"));
    assert_eq!((moved.id, &moved.reference), (booked.id, &booked.reference));
    assert_eq!(moved.during.start(), at("2026-03-03T09:15:00Z"));
    assert_eq!((moved.state, moved.version), (AppointmentState::Confirmed, 3));
    let names: Vec<_> = salon.history(booked.id).await.into_iter().map(|event| event.0).collect();
    assert_eq!(names, ["held", "confirmed", "moved"]);
    salon.book(&salon.wish("2026-03-03T08:45:00Z")).await.expect("what it left is free");

    let all = list(&mut salon.tx().await, &AppointmentFilter::default(), None, 10).await;
    assert_eq!(all.expect("read").appointments.len(), 2); // the hold has done its work
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn rescheduling_in_one_step(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let booked = salon.book(&salon.wish(TEN)).await.expect("booked");
    let other = salon.wish_on(Some(salon.bruno), "2026-03-03T09:30:00Z");
    salon.book(&other).await.expect("booked");
    let mut wish = Reschedule {
        appointment: booked.id,
        starts_at: at("2026-03-03T09:15:00Z"),
        resource: None,
        by: Party::Business,
        rules: Rules::default(),
    };
    let mut tx = salon.tx().await;
    let moved = reschedule(&mut tx, &wish, &salon.ids, &salon.clock).await.expect("moved");
    assert_eq!((moved.id, moved.resource()), (booked.id, salon.ana));
    let again = reschedule(&mut tx, &wish, &salon.ids, &salon.clock).await.expect("there already");
    assert_eq!(again, moved);
    wish.resource = Some(salon.bruno);
    let taken = reschedule(&mut tx, &wish, &salon.ids, &salon.clock).await;
    assert!(matches!(taken, Err(BookingError::Taken { .. })), "{taken:?}");
    wish.starts_at = at("2026-03-03T10:00:00Z");
    let moved = reschedule(&mut tx, &wish, &salon.ids, &salon.clock).await.expect("moved");
    assert_eq!((moved.id, moved.resource()), (booked.id, salon.bruno));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn cancelling_and_letting_go(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let booked = salon.book(&salon.wish(TEN)).await.expect("booked");
    let moving = PlaceHold { replaces: Some(booked.id), ..salon.wish("2026-03-04T09:00:00Z") };
    let moving = salon.hold(&moving).await.expect("held");
    let now = salon.now();
    let mut tx = salon.tx().await;
    let refused = release(&mut tx, booked.id, Party::Customer, now).await;
    assert!(matches!(refused, Err(BookingError::InvalidTransition(_))), "{refused:?}");
    let cancelled = cancel(&mut tx, booked.id, Party::Customer, now).await.expect("cancelled");
    assert_eq!(cancelled.state, AppointmentState::Cancelled { by: Party::Customer });
    let again = cancel(&mut tx, booked.id, Party::Business, now).await.expect("cancelled already");
    assert_eq!(again, cancelled);
    let refused = confirm(&mut tx, &yes(&moving), now).await;
    assert!(matches!(refused, Err(BookingError::InvalidTransition(_))), "{refused:?}");
    // Both times are free, within the same transaction.
    for start in [TEN, "2026-03-04T09:00:00Z"] {
        let wish = salon.wish(start);
        let hold = place_hold(&mut tx, &wish, &salon.ids, &salon.clock).await.expect("free");
        release(&mut tx, hold.id, Party::Customer, now).await.expect("released");
        release(&mut tx, hold.id, Party::Customer, now).await.expect("released already");
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn changing_ones_mind_about_a_move(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let booked = salon.book(&salon.wish(TEN)).await.expect("booked");
    let moving = PlaceHold { replaces: Some(booked.id), ..salon.wish("2026-03-04T09:00:00Z") };
    salon.hold(&moving).await.expect("held");
    let moving = PlaceHold { starts_at: at("2026-03-05T09:00:00Z"), ..moving };
    let second = salon.hold(&moving).await.expect("held");
    salon.book(&salon.wish("2026-03-04T09:00:00Z")).await.expect("the first was let go");
    assert_eq!(salon.confirm(&second).await.expect("moved").id, booked.id);
}

/// Otherwise two confirmed rows of one claim could overlap.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_hold_for_a_move_cannot_itself_be_confirmed(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let salon = Salon::open(pool, options).await;
    let booked = salon.book(&salon.wish(TEN)).await.expect("booked");
    let wish = PlaceHold { replaces: Some(booked.id), ..salon.wish("2026-03-03T09:15:00Z") };
    let hold = salon.hold(&wish).await.expect("held");
    let mut tx = salon.tx().await;
    let error = sqlx::query(
        "UPDATE appointments
         SET state = 'confirmed', expires_at = NULL, version = version + 1
         WHERE appointment_id = $1",
    )
    .bind(hold.id.as_uuid())
    .execute(tx.conn())
    .await
    .expect_err("refused");
    let constraint = error.as_database_error().and_then(|error| error.constraint());
    assert_eq!(constraint, Some("appointments_moves_stay_holds"));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_promised_price_is_kept(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let hold = salon.hold(&salon.wish(TEN)).await.expect("held");
    let dearer = booking::ServiceDraft { price_minor: 3000, ..draft(30) };
    let mut tx = salon.tx().await;
    booking::update_service(&mut tx, salon.haircut, &dearer).await.expect("updated");
    let shown = Money { amount_minor: 3000, ..hold.price };
    let mut yes = yes(&hold);
    yes.expected_price = Some(shown);
    let refused = confirm(&mut tx, &yes, salon.now()).await;
    assert!(
        matches!(&refused, Err(BookingError::PriceChanged { held, .. }) if *held == hold.price),
        "{refused:?}"
    );
    yes.expected_price = Some(hold.price);
    let booked = confirm(&mut tx, &yes, salon.now()).await.expect("as promised");
    assert_eq!(booked.price.amount_minor, 2500);
    let wish = salon.wish("2026-03-03T11:00:00Z");
    let hold = place_hold(&mut tx, &wish, &salon.ids, &salon.clock).await.expect("held");
    assert_eq!(hold.price.amount_minor, 3000);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_is_no_opening_says_why(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let reason = async |wish: PlaceHold| match salon.hold(&wish).await {
        Err(BookingError::NotAnOpening { reason, .. }) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(salon.wish("2026-03-02T06:00:00Z")).await, NoOpening::TooSoon);
    assert_eq!(reason(salon.wish("2027-03-02T09:00:00Z")).await, NoOpening::TooFar);
    assert_eq!(reason(salon.wish("2026-03-03T07:00:00Z")).await, NoOpening::OutsideHours);
    assert_eq!(reason(salon.wish("2026-03-03T15:45:00Z")).await, NoOpening::OutsideHours);
    assert_eq!(reason(salon.wish("2026-03-08T09:00:00Z")).await, NoOpening::DayOff);
    assert_eq!(reason(salon.wish("2026-03-03T09:10:00Z")).await, NoOpening::OffStep);
    let mut tx = salon.tx().await;
    let idle = crate::support::person("Ana", 0, Vec::new());
    booking::update_resource(&mut tx, salon.ana, &idle).await.expect("updated");
    tx.commit().await.expect("committed");
    assert_eq!(reason(salon.wish(TEN)).await, NoOpening::NotOffered);
    let off = booking::ServiceDraft { active: false, ..draft(30) };
    let mut tx = salon.tx().await;
    booking::update_service(&mut tx, salon.haircut, &off).await.expect("updated");
    tx.commit().await.expect("committed");
    let anybody = salon.wish_on(None, TEN);
    assert_eq!(reason(anybody).await, NoOpening::ServiceInactive);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn lists_page_and_filter(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    for start in [TEN, "2026-03-03T10:00:00Z", "2026-03-03T11:00:00Z"] {
        salon.book(&salon.wish(start)).await.expect("booked");
    }
    salon.hold(&salon.wish("2026-03-03T12:00:00Z")).await.expect("held");
    let mut tx = salon.tx().await;
    let filter = AppointmentFilter {
        states: vec![StateName::Confirmed],
        from: Some(at(TEN)),
        resource: Some(salon.ana),
        ..AppointmentFilter::default()
    };
    let first = list(&mut tx, &filter, None, 2).await.expect("read");
    assert_eq!(first.appointments.len(), 2);
    let second = list(&mut tx, &filter, first.next, 2).await.expect("read");
    assert_eq!((second.appointments.len(), second.next), (1, None));
    let filter = AppointmentFilter { to: Some(at("2026-03-03T10:00:00Z")), ..filter };
    assert_eq!(list(&mut tx, &filter, None, 9).await.expect("read").appointments.len(), 1);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn attendance_is_noted_after_the_start(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let booked = salon.book(&salon.wish(TEN)).await.expect("booked");
    let mut tx = salon.tx().await;
    let early = settle(&mut tx, booked.id, Attendance::Missed, salon.now()).await;
    assert!(matches!(early, Err(BookingError::Invalid { field: "attendance", .. })), "{early:?}");
    let missed = settle(&mut tx, booked.id, Attendance::Missed, at(TEN)).await.expect("noted");
    assert_eq!(missed.state, AppointmentState::NoShow);
    let over = cancel(&mut tx, booked.id, Party::Business, at(TEN)).await;
    assert!(matches!(over, Err(BookingError::InvalidTransition(_))), "{over:?}");
}
