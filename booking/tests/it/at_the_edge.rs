//! Holds and requests at the moment they run out, and two who say yes to the same
//! (`reliability.md` A2).
//!
//! Whoever takes part has a clock of their own, up to 50 ms off, as machines have. Rounds are few
//! here, so that every push can afford them; `make contest` asks for five thousand.

use booking::{
    AppointmentState, Awaits, BookingError, Party, PlaceHold, cancel, confirm, expire_stale,
    place_hold, provide,
};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use kernel::MockClock;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{Salon, draft, yes};

#[expect(clippy::disallowed_methods, reason = "the size of a test, not a setting of ours")]
fn rounds() -> usize {
    let contest: Option<usize> =
        std::env::var("CONTEST_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    contest.map_or(60, |rounds| rounds / 2)
}

const SLOT: &str = "2026-03-03T09:00:00Z";

fn milliseconds(rng: &mut StdRng) -> SignedDuration {
    SignedDuration::from_millis(rng.random_range(-50..=50))
}

/// Frees the slot for the next round, whoever has it.
async fn clear(salon: &Salon) {
    let mut tx = salon.tx().await;
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar(
        "SELECT appointment_id FROM appointments WHERE state IN ('held', 'pending', 'confirmed')",
    )
    .fetch_all(tx.conn())
    .await
    .expect("appointments");
    for id in ids {
        match cancel(&mut tx, kernel::AppointmentId::from_uuid(id), Party::Business, salon.now())
            .await
        {
            Ok(_) | Err(BookingError::HoldExpired { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    tx.commit().await.expect("committed");
}

/// How many appointments claim a moment of the slot.
async fn n_agreed(salon: &Salon) -> i64 {
    sqlx::query_scalar(
        "SELECT count(DISTINCT a.appointment_id) FROM appointments a JOIN claims c
           ON c.tenant_id = a.tenant_id AND c.appointment_id = a.appointment_id
         WHERE a.state = 'confirmed' AND c.live AND c.resource_id = $1",
    )
    .bind(salon.ana.as_uuid())
    .fetch_one(salon.tx().await.conn())
    .await
    .expect("a count")
}

async fn n_events(salon: &Salon, id: kernel::AppointmentId, name: &str) -> usize {
    salon.history(id).await.iter().filter(|(event, _)| event == name).count()
}

/// Confirms, and says whether that was in time.
async fn late_yes(salon: &Salon, hold: &booking::Appointment, now: Timestamp) -> bool {
    let mut tx = salon.tx().await;
    match confirm(&mut tx, &yes(hold), now).await {
        Ok(_) => {
            tx.commit().await.expect("committed");
            true
        }
        Err(BookingError::HoldExpired { .. }) => false,
        Err(other) => panic!("{other:?}"),
    }
}

async fn rival_books(salon: &Salon, wish: &PlaceHold, now: Timestamp) -> bool {
    let clock = MockClock::at(now);
    let mut tx = salon.tx().await;
    match place_hold(&mut tx, wish, &salon.ids, &clock).await {
        Ok(hold) => {
            confirm(&mut tx, &yes(&hold), now).await.expect("a fresh hold");
            tx.commit().await.expect("committed");
            true
        }
        Err(BookingError::Taken { .. }) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// A hold runs out at T; its yes, a rival and the sweeper come within 50 ms of T by their own
/// clocks. A yes counts if and only if it came before T and before whoever came after T.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_hold_at_its_last_moment(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool.max_connections(8), options).await;
    let mut rng = StdRng::seed_from_u64(2);
    let mut won = [0_usize; 3];
    for round in 0..rounds() {
        let hold = salon.hold(&salon.wish(SLOT)).await.expect("free");
        let end = hold.state.expiry().expect("a hold expires");
        let [yes_at, rival_at, sweep_at] = [(); 3].map(|()| end + milliseconds(&mut rng));
        let wish = salon.wish_on(Some(salon.ana), "2026-03-03T09:15:00Z");
        let sweep = async {
            let mut tx = salon.tx().await;
            expire_stale(&mut tx, sweep_at).await.expect("swept");
            tx.commit().await.expect("committed");
        };
        let (confirmed, rival, ()) = futures::join!(
            late_yes(&salon, &hold, yes_at),
            rival_books(&salon, &wish, rival_at),
            sweep
        );

        let told = format!("round {round}: yes {yes_at}, rival {rival_at}, sweep {sweep_at}");
        assert!(!(confirmed && rival), "sold twice, {told}");
        assert_eq!(n_agreed(&salon).await, i64::from(confirmed || rival), "{told}");
        assert!(!confirmed || yes_at < end, "a yes after the end, {told}");
        assert!(confirmed || yes_at >= end || rival_at >= end || sweep_at >= end, "{told}");
        assert!(rival || confirmed || rival_at < end, "nobody has it though it was free, {told}");
        let lapsed = rival_at >= end || sweep_at >= end;
        assert!(!rival || lapsed, "a rival before anybody's end, {told}");
        assert_eq!(n_events(&salon, hold.id, "confirmed").await, usize::from(confirmed), "{told}");
        won[if confirmed { 0 } else { usize::from(rival) + 1 }] += 1;
        clear(&salon).await;
    }
    println!("{} rounds: {} confirmed, {} lapsed, {} rivals", rounds(), won[0], won[1], won[2]);
    assert!(won.iter().all(|n| *n > 0), "every outcome was seen: {won:?}");
}

/// Two customers ask for overlapping times of which the business must approve; two managers
/// approve each at once while a customer may change their mind: one is confirmed, once, or nobody.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn two_managers_say_yes(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool.max_connections(8), options).await;
    let mut tx = salon.tx().await;
    let asked = booking::ServiceDraft { awaits: vec![Awaits::Approval], ..draft(30) };
    booking::update_service(&mut tx, salon.haircut, &asked).await.expect("asks first");
    tx.commit().await.expect("committed");
    let mut rng = StdRng::seed_from_u64(3);
    let mut n_called_off = 0_usize;
    for round in 0..rounds() {
        let wishes = [salon.wish(SLOT), salon.wish("2026-03-03T09:15:00Z")];
        let requests = join_all(wishes.iter().map(async |wish| {
            let mut tx = salon.tx().await;
            let hold = match place_hold(&mut tx, wish, &salon.ids, &salon.clock).await {
                Ok(hold) => hold,
                Err(BookingError::Taken { .. }) => return None,
                Err(other) => panic!("{other:?}"),
            };
            let request = confirm(&mut tx, &yes(&hold), salon.now()).await.expect("a fresh hold");
            tx.commit().await.expect("committed");
            Some(request)
        }))
        .await;
        let requests: Vec<_> = requests.into_iter().flatten().collect();
        assert_eq!(requests.len(), 1, "what waits for a yes is busy, round {round}");
        let request = &requests[0];
        assert!(matches!(request.state, AppointmentState::Pending { .. }), "{request:?}");

        let off = rng.random_bool(0.5);
        let approve = async || {
            let mut tx = salon.tx().await;
            let approved =
                provide(&mut tx, request.id, Awaits::Approval, Party::Business, salon.now()).await;
            match approved {
                Ok(_) => {
                    tx.commit().await.expect("committed");
                    true
                }
                Err(BookingError::InvalidTransition(_)) => false,
                Err(other) => panic!("{other:?}"),
            }
        };
        let call_off = async {
            if off {
                let mut tx = salon.tx().await;
                cancel(&mut tx, request.id, Party::Customer, salon.now()).await.expect("theirs");
                tx.commit().await.expect("committed");
            }
        };
        let (one, two, ()) = futures::join!(approve(), approve(), call_off);

        let n_confirmed = n_events(&salon, request.id, "confirmed").await;
        // Once the customer has called it off, neither may confirm it; before, both may, once.
        assert_eq!(n_confirmed, usize::from(one || two), "round {round}");
        assert!(off || (one && two), "nobody was in the way, round {round}");
        assert_eq!(n_agreed(&salon).await, i64::from(!off), "round {round}");
        n_called_off += usize::from(off);
        clear(&salon).await;
    }
    println!("{} rounds, {n_called_off} called off meanwhile", rounds());
}
