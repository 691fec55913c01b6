//! Freed time and those who wait for it: order, leases, and what two at once do.

use std::collections::BTreeSet;

use booking::{
    Answer, BookingError, Confirm, EntryState, Freed, Happened, Item, JoinWaitlist, OFFER_LEASE,
    Party, Rules, TimeOfDay, WaitWish, WaitlistEntry, answer_offer, expire_stale, join_waitlist,
    mark_published, next_event, next_in_turn, offer_freed, on_waitlist, to_waiting, waitlist,
    withdraw,
};
use jiff::civil::{Time, Weekday, date};
use kernel::{AppointmentId, ContactId};
use platform::Db;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon, at};

/// Contacts that could be written to.
async fn contacts(salon: &Salon, n: u32) -> Vec<ContactId> {
    let mut tx = salon.tx().await;
    let account: uuid::Uuid = salon.ids.next::<ContactId>(&salon.clock).as_uuid();
    sqlx::query(
        "INSERT INTO channel_accounts
             (tenant_id, channel_account_id, channel, instance, webhook_secret_hash, created_at)
         VALUES ($1, $2, 'simulator', $2::text, sha256('x'), now())",
    )
    .bind(tx.tenant_uuid())
    .bind(account)
    .execute(tx.conn())
    .await
    .expect("an account");
    let mut contacts = Vec::new();
    for _ in 0..n {
        let contact: ContactId = salon.ids.next(&salon.clock);
        sqlx::query(
            "INSERT INTO contacts (tenant_id, contact_id, channel_account_id, address, created_at)
             VALUES ($1, $2, $3, $2::text, now())",
        )
        .bind(tx.tenant_uuid())
        .bind(contact.as_uuid())
        .bind(account)
        .execute(tx.conn())
        .await
        .expect("a contact");
        contacts.push(contact);
    }
    tx.commit().await.expect("committed");
    contacts
}

fn with_ana(salon: &Salon, contact: ContactId) -> JoinWaitlist {
    JoinWaitlist {
        contact,
        name: Some("Nora".to_owned()),
        phone: None,
        visit: Item::new(salon.haircut).on(Some(salon.ana)).into(),
        wish: WaitWish::default(),
    }
}

async fn join(salon: &Salon, request: &JoinWaitlist) -> WaitlistEntry {
    let mut tx = salon.tx().await;
    let entry = join_waitlist(&mut tx, request, &salon.ids, &salon.clock).await.expect("joined");
    tx.commit().await.expect("committed");
    salon.clock.advance(MINUTE / 60);
    entry
}

/// Books 10:00 to 17:00 with Ana on Tuesday, half an hour each, and waits.
async fn full_day(salon: &Salon) -> Vec<booking::Appointment> {
    let mut all = Vec::new();
    for half_hour in 0..16 {
        let start = at("2026-03-03T08:00:00Z") + MINUTE * 30 * half_hour;
        all.push(salon.book(&salon.wish(&start.to_string())).await.expect("booked"));
    }
    publish(salon).await;
    all
}

/// Marks everything that has happened so far.
async fn publish(salon: &Salon) {
    let mut tx = salon.tx().await;
    while let Some(event) = next_event(&mut tx, salon.now()).await.expect("an event") {
        mark_published(&mut tx, &event, salon.now()).await.expect("marked");
    }
    tx.commit().await.expect("committed");
}

async fn cancel(salon: &Salon, id: AppointmentId) -> Freed {
    let mut tx = salon.tx().await;
    let gone = booking::cancel(&mut tx, id, Party::Business, salon.now()).await.expect("cancelled");
    tx.commit().await.expect("committed");
    let mut tx = salon.tx().await;
    let event = next_event(&mut tx, salon.now()).await.expect("read").expect("an event");
    // Or the next who looks may find the events still taken.
    tx.commit().await.expect("committed");
    event.freed(&gone).expect("it frees time")
}

/// One step of whoever reacts: the first in turn whom it suits gets it.
async fn offer(salon: &Salon, freed: &Freed) -> Option<booking::Appointment> {
    let mut tx = salon.tx().await;
    let mut after = None;
    while let Some(entry) = next_in_turn(&mut tx, after).await.expect("the list") {
        after = Some(entry.place());
        let offered =
            offer_freed(&mut tx, entry.id, freed, Rules::default(), &salon.ids, &salon.clock).await;
        if let Some(hold) = offered.expect("an offer or none") {
            tx.commit().await.expect("committed");
            return Some(hold);
        }
    }
    None
}

async fn states(salon: &Salon) -> Vec<EntryState> {
    let all = waitlist(&mut salon.tx().await, &EntryState::ALL, None, 100).await.expect("a list");
    all.into_iter().map(|entry| entry.state).collect()
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_first_in_order_whom_it_suits(pool: PgPoolOptions, options: PgConnectOptions) {
    use EntryState::{Accepted, Offered, Waiting};
    let salon = Salon::open(pool, options).await;
    let day = full_day(&salon).await;
    let who = contacts(&salon, 4).await;
    // Only in the evening; only with Bruno, who is free anyway; then two whom it suits.
    let evening =
        TimeOfDay { from: Time::constant(16, 0, 0, 0), until: Time::constant(18, 0, 0, 0) };
    let wish = WaitWish { times_of_day: vec![evening], ..WaitWish::default() };
    join(&salon, &JoinWaitlist { wish, ..with_ana(&salon, who[0]) }).await;
    let bruno = Item::new(salon.haircut).on(Some(salon.bruno)).into();
    join(&salon, &JoinWaitlist { visit: bruno, ..with_ana(&salon, who[1]) }).await;
    let tuesday = WaitWish {
        from: Some(date(2026, 3, 3)),
        until: Some(date(2026, 3, 3)),
        weekdays: vec![Weekday::Tuesday],
        ..WaitWish::default()
    };
    join(&salon, &JoinWaitlist { wish: tuesday, ..with_ana(&salon, who[2]) }).await;
    join(&salon, &with_ana(&salon, who[3])).await;

    let freed = cancel(&salon, day[4].id).await;
    let hold = offer(&salon, &freed).await.expect("an offer");
    assert_eq!(hold.customer.contact, Some(who[2]));
    assert_eq!(hold.customer.name.as_deref(), Some("Nora"));
    assert_eq!(hold.during, day[4].during);
    assert_eq!(hold.state.expiry(), Some(salon.now() + OFFER_LEASE));
    assert_eq!(states(&salon).await, [Waiting, Waiting, Offered, Waiting]);
    assert!(offer(&salon, &freed).await.is_none(), "it was one half hour");

    let mut tx = salon.tx().await;
    let yes = Confirm { appointment: hold.id, by: Party::Customer, expected_price: None };
    booking::confirm(&mut tx, &yes, salon.now()).await.expect("confirmed");
    assert!(answer_offer(&mut tx, hold.id, Answer::Yes, salon.now()).await.expect("answered"));
    tx.commit().await.expect("committed");
    assert_eq!(states(&salon).await, [Waiting, Waiting, Accepted, Waiting]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_lapsed_offer_goes_to_the_next(pool: PgPoolOptions, options: PgConnectOptions) {
    use EntryState::{Lapsed, Offered, Waiting};
    let salon = Salon::open(pool, options).await;
    let day = full_day(&salon).await;
    let who = contacts(&salon, 2).await;
    for contact in &who {
        join(&salon, &with_ana(&salon, *contact)).await;
    }
    let freed = cancel(&salon, day[4].id).await;
    let hold = offer(&salon, &freed).await.expect("an offer");
    publish(&salon).await;
    salon.clock.advance(OFFER_LEASE);
    let mut tx = salon.tx().await;
    assert_eq!(expire_stale(&mut tx, salon.now()).await.expect("swept"), 1);
    tx.commit().await.expect("committed");
    let mut tx = salon.tx().await;
    let event = next_event(&mut tx, salon.now()).await.expect("read").expect("an event");
    assert_eq!((event.appointment, event.happened), (hold.id, Happened::Expired));
    assert!(answer_offer(&mut tx, hold.id, Answer::None, salon.now()).await.expect("noted"));
    tx.commit().await.expect("committed");
    let next = offer(&salon, &event.freed(&hold).expect("freed")).await.expect("an offer");
    assert_eq!(next.customer.contact, Some(who[1]));
    assert_eq!(states(&salon).await, [Lapsed, Offered]);

    // Whoever is there again waits again, at the old place; what they were late for stays lost.
    let mut tx = salon.tx().await;
    let yes = Confirm { appointment: hold.id, by: Party::Customer, expected_price: None };
    let late = booking::confirm(&mut tx, &yes, salon.now()).await;
    assert!(matches!(late, Err(BookingError::HoldExpired { .. })), "{late:?}");
    to_waiting(&mut tx, who[0], salon.now()).await.expect("waits");
    tx.commit().await.expect("committed");
    assert_eq!(states(&salon).await, [Waiting, Offered]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn what_was_not_committed_is_done_again(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let day = full_day(&salon).await;
    let who = contacts(&salon, 1).await;
    join(&salon, &with_ana(&salon, who[0])).await;
    let freed = cancel(&salon, day[4].id).await;

    // Killed after the reaction and before the commit.
    let mut tx = salon.tx().await;
    let event = next_event(&mut tx, salon.now()).await.expect("read").expect("an event");
    let entry = next_in_turn(&mut tx, None).await.expect("the list").expect("somebody");
    let cx = (&salon.ids, &salon.clock);
    let hold = offer_freed(&mut tx, entry.id, &freed, Rules::default(), cx.0, cx.1).await;
    assert!(hold.expect("no error").is_some());
    mark_published(&mut tx, &event, salon.now()).await.expect("marked");
    // Meanwhile nobody else is at this tenant's events.
    let mut other = salon.tx().await;
    assert_eq!(next_event(&mut other, salon.now()).await.expect("read"), None);
    drop(other);
    tx.rollback().await.expect("rolled back");

    // Once more, and then never again.
    let mut tx = salon.tx().await;
    assert_eq!(next_event(&mut tx, salon.now()).await.expect("read").as_ref(), Some(&event));
    assert_eq!(
        on_waitlist(&mut tx, who[0]).await.expect("a list").first().map(|entry| entry.state),
        Some(EntryState::Waiting),
    );
    mark_published(&mut tx, &event, salon.now()).await.expect("marked");
    tx.commit().await.expect("committed");
    assert_eq!(next_event(&mut salon.tx().await, salon.now()).await.expect("read"), None);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn events_come_in_order_and_only_those_that_matter(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let salon = Salon::open(pool, options).await;
    let first = salon.book(&salon.wish("2026-03-03T09:00:00Z")).await.expect("booked");
    salon.clock.advance(MINUTE);
    let second = salon.hold(&salon.wish("2026-03-03T10:00:00Z")).await.expect("held");
    let mut tx = salon.tx().await;
    booking::release(&mut tx, second.id, Party::Customer, salon.now()).await.expect("released");
    tx.commit().await.expect("committed");
    salon.clock.advance(MINUTE);
    let mut tx = salon.tx().await;
    booking::cancel(&mut tx, first.id, Party::Business, salon.now()).await.expect("cancelled");
    tx.commit().await.expect("committed");
    let mut seen = Vec::new();
    let mut tx = salon.tx().await;
    while let Some(event) = next_event(&mut tx, salon.now()).await.expect("read") {
        mark_published(&mut tx, &event, salon.now()).await.expect("marked");
        seen.push((event.appointment, event.happened, event.by));
    }
    assert_eq!(
        seen,
        [
            (first.id, Happened::Confirmed, Some(Party::Customer)),
            (second.id, Happened::Released, Some(Party::Customer)),
            (first.id, Happened::Cancelled, Some(Party::Business)),
        ]
    );
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn joining_twice_and_leaving(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let day = full_day(&salon).await;
    let who = contacts(&salon, 1).await;
    let entry = join(&salon, &with_ana(&salon, who[0])).await;
    assert_eq!(join(&salon, &with_ana(&salon, who[0])).await.id, entry.id);
    let stranger = with_ana(&salon, salon.ids.next(&salon.clock));
    let refused = join_waitlist(&mut salon.tx().await, &stranger, &salon.ids, &salon.clock).await;
    assert!(matches!(refused, Err(BookingError::UnknownContact(_))), "{refused:?}");

    let freed = cancel(&salon, day[4].id).await;
    let hold = offer(&salon, &freed).await.expect("an offer");
    let mut tx = salon.tx().await;
    let left = withdraw(&mut tx, entry.id, Party::Customer, salon.now()).await.expect("left");
    assert_eq!(left.state, EntryState::Withdrawn);
    let hold = booking::get(&mut tx, hold.id).await.expect("read").expect("it exists");
    assert_eq!(hold.state.name(), "cancelled", "what was held is let go");
    tx.commit().await.expect("committed");
    assert!(offer(&salon, &freed).await.is_none());
}

/// Several freed, several waiting, several at it at once: no entry gets two offers, no opening two
/// leases, and nobody goes without while something that suits is left.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn no_entry_two_offers_no_opening_two_leases(pool: PgPoolOptions, options: PgConnectOptions) {
    let db = Db::connect_with(pool.max_connections(8), options).await.expect("a database");
    let mut random = StdRng::seed_from_u64(7);
    for seed in 1..=8 {
        let salon = Salon::another(db.clone(), seed).await;
        let freed = (0..random.random_range(1..5)).map(|_| random.random_range(0..16)).collect();
        race(&salon, &freed, random.random_range(1..5), random.random_range(2..5)).await;
    }
}

async fn race(salon: &Salon, freed: &BTreeSet<usize>, n_waiting: u32, n_workers: usize) {
    let day = full_day(salon).await;
    for contact in contacts(salon, n_waiting).await {
        join(salon, &with_ana(salon, contact)).await;
    }
    let mut stretches = Vec::new();
    for slot in freed {
        stretches.push(cancel(salon, day[*slot].id).await);
        publish(salon).await;
    }
    let stretches = &stretches;
    // Each begins elsewhere, so that they meet over the entries and not only over the time.
    let work = (0..n_workers).map(|worker| async move {
        for i in 0..stretches.len() {
            while offer(salon, &stretches[(worker + i) % stretches.len()]).await.is_some() {}
        }
    });
    futures::future::join_all(work).await;
    let mut tx = salon.tx().await;
    let entries = waitlist(&mut tx, &EntryState::ALL, None, 100).await.expect("a list");
    let offers: Vec<_> = entries.iter().filter_map(|entry| entry.offer).collect();
    let holds: i64 = sqlx::query_scalar("SELECT count(*) FROM appointments WHERE state = 'held'")
        .fetch_one(tx.conn())
        .await
        .expect("a count");
    let distinct: BTreeSet<_> = offers.iter().map(|(hold, _)| hold).collect();
    assert_eq!(distinct.len(), offers.len(), "one hold for two entries");
    assert_eq!(holds, i64::try_from(offers.len()).expect("few"), "a hold that nobody was offered");
    assert_eq!(offers.len(), freed.len().min(entries.len()), "everything that can be is offered");
    // In order: those who got nothing came last.
    let states: Vec<_> = entries.iter().map(|entry| entry.state).collect();
    assert!(states.is_sorted_by_key(|state| *state != EntryState::Offered), "{states:?}");
}
