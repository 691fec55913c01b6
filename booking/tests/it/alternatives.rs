//! What is offered instead.

use booking::{PlaceHold, Wanted, nearest_alternatives, place_hold};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{Salon, at};

const TEN: &str = "2026-03-03T09:00:00Z";

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn near_in_time_and_near_in_person(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    salon.book(&salon.wish(TEN)).await.expect("booked");
    let mut wanted = Wanted {
        visit: booking::Item::new(salon.haircut).on(Some(salon.ana)).into(),
        starts_at: at(TEN),
        moving: None,
        rules: booking::Rules::default(),
    };
    let mut tx = salon.tx().await;
    let offers = nearest_alternatives(&mut tx, &wanted, 3, salon.now()).await.expect("openings");
    let offers: Vec<_> =
        offers.iter().map(|offer| (offer.resource(), offer.starts_at.timestamp())).collect();
    let expected = [
        (salon.ana, at("2026-03-03T08:30:00Z")),
        (salon.bruno, at(TEN)),
        (salon.ana, at("2026-03-03T09:30:00Z")),
    ];
    assert_eq!(offers, expected);
    for (resource, starts_at) in offers {
        let wish = PlaceHold { starts_at, ..salon.wish_on(Some(resource), TEN) };
        place_hold(&mut tx, &wish, &salon.ids, &salon.clock).await.expect("a real opening");
    }
    // A Sunday, when nobody works: still three, on the days around.
    wanted.starts_at = at("2026-03-08T11:00:00Z");
    let offers = nearest_alternatives(&mut tx, &wanted, 3, salon.now()).await.expect("openings");
    assert_eq!(offers.len(), 3);
}
