//! Rooms with several places, tables for parties, classes with seats: exactly as many as there are.

use booking::{
    BookingError, Item, NoOpening, PlaceHold, ResourceDraft, ResourceKind, ResourceLimits,
    ServiceDraft, Swap, Visit, create_resource, create_service, set_weekly_hours, swap,
};
use futures::future::join_all;
use kernel::{ResourceId, ServiceId};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon, at, draft, every_day, person};

/// Something that stands there.
async fn furnish(
    salon: &Salon,
    kind: ResourceKind,
    name: &str,
    services: &[ServiceId],
    limits: ResourceLimits,
) -> ResourceId {
    let mut tx = salon.tx().await;
    let draft = ResourceDraft { kind, limits, ..person(name, 9, services.to_vec()) };
    let made = create_resource(&mut tx, &draft, &salon.ids, &salon.clock).await.expect("made");
    tx.commit().await.expect("committed");
    made.id
}

async fn service(salon: &Salon, draft: ServiceDraft) -> ServiceId {
    let mut tx = salon.tx().await;
    let made = create_service(&mut tx, &draft, &salon.ids, &salon.clock).await.expect("made");
    tx.commit().await.expect("committed");
    made.id
}

fn wish(salon: &Salon, visit: impl Into<Visit>, start: &str) -> PlaceHold {
    PlaceHold { visit: visit.into(), ..salon.wish(start) }
}

/// How often a place of a resource, or a seat, is used twice at once. Whatever the code thinks.
async fn n_clashes(salon: &Salon) -> i64 {
    sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM claims a JOIN claims b
                   ON a.resource_id = b.resource_id AND a.unit = b.unit AND a.during && b.during
                  AND (a.appointment_id, a.segment) < (b.appointment_id, b.segment)
                  AND a.claim_id <> b.claim_id
                 WHERE a.live AND b.live)
              + (SELECT count(*) FROM seats a JOIN seats b
                   ON a.session_id = b.session_id AND a.seat = b.seat
                  AND a.appointment_id < b.appointment_id
                 WHERE a.live AND b.live)",
    )
    .fetch_one(salon.tx().await.conn())
    .await
    .expect("a count")
}

/// Two places, three customers in a row on the first, one across: at every instant one is free, but
/// none throughout until they move up.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn customers_move_up_for_one_who_fits(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let hour = ServiceDraft { needs: vec![ResourceKind::Room], ..draft(60) };
    let short = ServiceDraft { needs: vec![ResourceKind::Room], ..draft(30) };
    let (long, short) = (service(&salon, hour).await, service(&salon, short).await);
    let room = ResourceLimits { capacity: 2, ..ResourceLimits::default() };
    furnish(&salon, ResourceKind::Room, "Hot room", &[long, short], room).await;
    let mut people = Vec::new();
    for name in ["One", "Two", "Three", "Four"] {
        let id = furnish(&salon, ResourceKind::Staff, name, &[long, short], room).await;
        let mut tx = salon.tx().await;
        set_weekly_hours(&mut tx, id, &every_day("09:00-17:00")).await.expect("hours");
        tx.commit().await.expect("committed");
        people.push(id);
    }
    let book = async |service: ServiceId, nth: usize, start: &str| {
        salon.book(&wish(&salon, Item::new(service).on(Some(people[nth])), start)).await
    };
    // Place 1: 10:00-10:30. Place 2: 10:00-11:00 of another, let go of, so that 10:30-11:00 of the
    // next goes to place 1 … and the one after that, at 10:00, to place 2.
    let first = book(short, 0, "2026-03-03T09:00:00Z").await.expect("place 1");
    let other = book(short, 1, "2026-03-03T09:00:00Z").await.expect("place 2");
    book(short, 2, "2026-03-03T09:30:00Z").await.expect("place 1 again");
    let mut tx = salon.tx().await;
    booking::cancel(&mut tx, first.id, booking::Party::Customer, salon.now()).await.expect("off");
    tx.commit().await.expect("committed");
    // Now 10:00-10:30 is on place 2 and 10:30-11:00 on place 1: an hour fits on neither.
    let units: Vec<i16> = sqlx::query_scalar(
        "SELECT c.unit FROM claims c JOIN resources r USING (tenant_id, resource_id)
         WHERE r.kind = 'room' AND c.live ORDER BY lower(c.during)",
    )
    .fetch_all(salon.tx().await.conn())
    .await
    .expect("units");
    assert_eq!(units, [2, 1]);
    book(long, 3, "2026-03-03T09:00:00Z").await.expect("they move up");
    assert_eq!(n_clashes(&salon).await, 0);
    let full = book(short, 0, "2026-03-03T09:00:00Z").await;
    let Err(BookingError::Taken { why }) = full else { panic!("{full:?}") };
    assert_eq!(why[0].rule, NoOpening::NoRoom);
    assert_eq!(why[0].detail.kind, Some(ResourceKind::Room));
    assert_eq!(other.segments.iter().map(|segment| segment.also.len()).collect::<Vec<_>>(), [1]);
}

/// Fifty want one of five seats, from an empty class: one session, five winners, no clash.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn five_seats_are_five(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool.max_connections(16), options).await;
    let class = service(&salon, ServiceDraft { seats: 5, ..draft(60) }).await;
    let mut tx = salon.tx().await;
    let teacher = ResourceDraft { services: vec![class.into()], ..person("Ana", 0, Vec::new()) };
    booking::update_resource(&mut tx, salon.ana, &teacher).await.expect("teaches");
    tx.commit().await.expect("committed");
    let yoga = wish(&salon, Item::new(class), "2026-03-03T09:00:00Z");
    let all = join_all((0..50).map(|_| salon.book(&yoga))).await;
    let winners: Vec<_> = all.iter().flatten().collect();
    assert_eq!(winners.len(), 5);
    for lost in all.iter().filter_map(|one| one.as_ref().err()) {
        assert!(matches!(lost, BookingError::Taken { .. }), "{lost:?}");
    }
    let n_sessions: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions")
        .fetch_one(salon.tx().await.conn())
        .await
        .expect("a count");
    assert_eq!((n_sessions, n_clashes(&salon).await), (1, 0));
    // The teacher is busy for everything else, and a seat that is given back is free again.
    let across = wish(&salon, Item::new(class), "2026-03-03T09:30:00Z");
    assert!(matches!(salon.book(&across).await, Err(BookingError::Taken { .. })));
    let mut tx = salon.tx().await;
    booking::cancel(&mut tx, winners[0].id, booking::Party::Customer, salon.now())
        .await
        .expect("off");
    tx.commit().await.expect("committed");
    let pair = PlaceHold { visit: Visit { party_size: 2, ..yoga.visit.clone() }, ..yoga.clone() };
    assert!(matches!(salon.book(&pair).await, Err(BookingError::Taken { .. })), "two do not fit");
    salon.book(&yoga).await.expect("one does");
    assert_eq!(n_clashes(&salon).await, 0);
}

/// Several rooms, a party, the smallest table that fits.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_party_gets_the_smallest_table(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let dinner = service(&salon, draft(120)).await;
    let seats = |min_party, max| ResourceLimits {
        min_party,
        max_party: Some(max),
        ..ResourceLimits::default()
    };
    let mut tables = Vec::new();
    for (name, limits) in [("Window", seats(1, 2)), ("Corner", seats(1, 4)), ("Long", seats(4, 8))]
    {
        tables.push(furnish(&salon, ResourceKind::Table, name, &[dinner], limits).await);
    }
    let of = |party_size| PlaceHold {
        visit: Visit { party_size, items: vec![Item::new(dinner)] },
        ..salon.wish("2026-03-03T19:00:00Z")
    };
    for (party, table) in [(3, Some(1)), (2, Some(0)), (2, None), (6, Some(2)), (9, None)] {
        let booked = salon.book(&of(party)).await;
        let got = booked.as_ref().ok().map(booking::Appointment::resource);
        assert_eq!(got, table.map(|nth: usize| tables[nth]), "{party}: {booked:?}");
    }
}

/// Two visits of two services with a room each, moved and exchanged; all or nothing.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn two_change_places(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let first = salon.book(&salon.wish("2026-03-03T09:00:00Z")).await.expect("booked");
    let second = salon
        .book(&salon.wish_on(Some(salon.bruno), "2026-03-03T14:00:00Z"))
        .await
        .expect("booked");
    let mut tx = salon.tx().await;
    let both = Swap { first: first.id, second: second.id, rules: booking::Rules::default() };
    let (one, other) = swap(&mut tx, &both, &salon.clock).await.expect("swapped");
    assert_eq!((one.id, one.resource()), (first.id, salon.bruno));
    assert_eq!((other.id, other.resource()), (second.id, salon.ana));
    assert_eq!(one.during, second.during);
    assert_eq!(other.during, first.during);
    assert_eq!((one.reference.clone(), one.version), (first.reference.clone(), first.version + 1));
    tx.commit().await.expect("committed");
    assert_eq!(n_clashes(&salon).await, 0);
    // A longer one does not fit where the other is, and then nothing has happened.
    let long = service(&salon, draft(120)).await;
    let mut tx = salon.tx().await;
    for (id, name, position) in [(salon.ana, "Ana", 0), (salon.bruno, "Bruno", 1)] {
        let both = person(name, position, vec![salon.haircut, long]);
        booking::update_resource(&mut tx, id, &both).await.expect("does both");
    }
    tx.commit().await.expect("committed");
    let long = wish(&salon, Item::new(long).on(Some(salon.bruno)), "2026-03-03T10:00:00Z");
    let long = salon.book(&long).await.expect("booked");
    salon.book(&salon.wish("2026-03-03T09:30:00Z")).await.expect("right after the short one");
    let mut tx = salon.tx().await;
    let both = Swap { first: long.id, second: other.id, rules: booking::Rules::default() };
    let refused = swap(&mut tx, &both, &salon.clock).await;
    assert!(matches!(refused, Err(BookingError::Taken { .. })), "{refused:?}");
    let still = booking::get(&mut tx, long.id).await.expect("read").expect("there");
    assert_eq!(still, long);
    tx.commit().await.expect("committed");
    assert_eq!(n_clashes(&salon).await, 0);
    let rival = salon.wish_on(Some(salon.bruno), "2026-03-03T10:30:00Z");
    assert!(matches!(salon.book(&rival).await, Err(BookingError::Taken { .. })), "still claimed");
}

/// The database refuses what the state machine does, whoever writes.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn an_illegal_move_cannot_be_written(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let booked = salon.book(&salon.wish("2026-03-03T09:00:00Z")).await.expect("booked");
    let try_to = async |sql: &'static str| {
        let mut tx = salon.tx().await;
        let done = sqlx::query(sql).bind(booked.id.as_uuid()).execute(tx.conn()).await;
        let error = done.expect_err("refused");
        error.as_database_error().and_then(|error| error.constraint()).map(str::to_owned)
    };
    let back = "UPDATE appointments SET state = 'held', expires_at = now(), version = version + 1
                WHERE appointment_id = $1";
    assert_eq!(try_to(back).await.as_deref(), Some("appointments_moves"));
    let unseen = "UPDATE appointments SET state = 'cancelled', cancelled_by = 'customer'
                  WHERE appointment_id = $1";
    assert_eq!(try_to(unseen).await.as_deref(), Some("appointments_version"));
    // And claims follow the state by themselves.
    let mut tx = salon.tx().await;
    sqlx::query(
        "UPDATE appointments SET state = 'cancelled', cancelled_by = 'customer',
                version = version + 1 WHERE appointment_id = $1",
    )
    .bind(booked.id.as_uuid())
    .execute(tx.conn())
    .await
    .expect("allowed");
    tx.commit().await.expect("committed");
    let again = PlaceHold {
        starts_at: at("2026-03-03T09:00:00Z") + MINUTE * 15,
        ..salon.wish("2026-03-03T09:00:00Z")
    };
    salon.book(&again).await.expect("free");
}
