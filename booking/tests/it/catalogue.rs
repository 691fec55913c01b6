//! What can be booked, and what is refused by name.

use std::collections::BTreeMap;

use booking::{
    BookingError, Hours, ResourceDraft, ServiceDraft, ServiceName, WeeklyHours, catalogue,
    create_resource, create_service, set_weekly_hours, update_resource, update_service,
};
use jiff::civil::Weekday;
use kernel::Locale;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon, draft, hours, person};

fn field<T: std::fmt::Debug>(outcome: Result<T, BookingError>) -> &'static str {
    match outcome {
        Err(BookingError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn it_reads_as_written(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let tx = &mut salon.tx().await;
    let colour = create_service(tx, &draft(90), &salon.ids, &salon.clock).await.expect("created");
    assert_eq!((colour.name(Locale::Es), colour.name(Locale::Pt)), ("Corte", "Haircut"));
    let both = person("Ana María", 3, vec![colour.id, salon.haircut]);
    let ana = update_resource(tx, salon.ana, &both).await.expect("updated");
    assert_eq!((ana.name.as_str(), ana.services.len()), ("Ana María", 2));
    let named = ServiceName { name: " Tinte ".to_owned(), aliases: Vec::new() };
    let named = ServiceDraft {
        names: BTreeMap::from([(Locale::Es, named)]),
        active: false,
        position: -1,
        ..draft(60)
    };
    let colour = update_service(tx, colour.id, &named).await.expect("updated");
    assert_eq!((colour.names.len(), colour.name(Locale::Es)), (1, "Tinte"));
    let all = catalogue(tx).await.expect("read");
    assert_eq!(all.services[0], colour, "in order of position");
    assert_eq!(all.resources[1], ana);
    assert_eq!(all.resources_for(salon.haircut).count(), 2);
    assert_eq!(all.resources_for(colour.id).count(), 1);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn nonsense_is_refused_by_name(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let tx = &mut salon.tx().await;
    let blank = ServiceName { name: "  ".to_owned(), aliases: Vec::new() };
    let services = [
        ("names", ServiceDraft { names: BTreeMap::new(), ..draft(30) }),
        ("name", ServiceDraft { names: BTreeMap::from([(Locale::En, blank)]), ..draft(30) }),
        ("duration_minutes", draft(4)),
        ("duration_minutes", draft(1441)),
        ("buffer_after_minutes", ServiceDraft { buffer_after: MINUTE * 481, ..draft(30) }),
        ("price", ServiceDraft { price_minor: -1, ..draft(30) }),
    ];
    for (name, wrong) in services {
        assert_eq!(field(create_service(tx, &wrong, &salon.ids, &salon.clock).await), name);
    }
    let fine = person("Carla", 0, Vec::new());
    let stranger = Salon::another(salon.db.clone(), 9).await.haircut;
    let resources = [
        ("name", ResourceDraft { name: " ".to_owned(), ..fine.clone() }),
        ("zone", ResourceDraft { zone: "Europe/Atlantis".to_owned(), ..fine.clone() }),
        ("services", ResourceDraft { services: vec![stranger.into()], ..fine.clone() }),
        ("aliases", ResourceDraft { aliases: vec![String::new()], ..fine }),
    ];
    for (name, wrong) in resources {
        assert_eq!(field(create_resource(tx, &wrong, &salon.ids, &salon.clock).await), name);
    }
    let monday = |text| WeeklyHours { weekday: Weekday::Monday, hours: hours(text) };
    let overlapping = [monday("09:00-13:00"), monday("12:59-17:00")];
    assert_eq!(field(set_weekly_hours(tx, salon.ana, &overlapping).await), "hours");
    let touching = [monday("09:00-13:00"), monday("13:00-17:00")];
    set_weekly_hours(tx, salon.ana, &touching).await.expect("touching is fine");
    for wrong in ["", "9-17", "24:00-25:00", "09:00-09:00", "09:00-33:01", "09:60-10:00"] {
        assert_eq!(field(wrong.parse::<Hours>()), "hours", "{wrong}");
    }
}
