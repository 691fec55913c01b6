//! What is on offer, and what changes it.

use booking::{
    Item, Opening, OpeningQuery, Rules, ScheduleException, TimeOfDay, days, delete_exception,
    exceptions, find_openings, set_exception, set_weekly_hours, weekly_hours,
};
use jiff::{
    SignedDuration,
    civil::{Weekday, date, time},
    tz::TimeZone,
};
use platform::TenantTx;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::support::{MINUTE, Salon, at, draft, every_day, hours};

/// Tuesday, 2026-03-03, with Ana.
fn tuesday(salon: &Salon) -> OpeningQuery {
    let day = date(2026, 3, 3);
    let window = days(day, day, &TimeZone::get("Europe/Madrid").expect("a zone")).expect("a day");
    OpeningQuery {
        limit: 100,
        ..OpeningQuery::new(Item::new(salon.haircut).on(Some(salon.ana)), window)
    }
}

async fn found(salon: &Salon, tx: &mut TenantTx, query: &OpeningQuery) -> Vec<Opening> {
    find_openings(tx, query, salon.now()).await.expect("openings")
}

fn ends(openings: &[Opening]) -> (usize, String, String) {
    let clock = |opening: &Opening| opening.starts_at.strftime("%H:%M").to_string();
    (openings.len(), clock(&openings[0]), clock(&openings[openings.len() - 1]))
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn hours_holidays_and_buffers_shape_them(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let (tx, query) = (&mut salon.tx().await, tuesday(&salon));
    // 09:00 to 16:30 by quarters.
    assert_eq!(ends(&found(&salon, tx, &query).await), (31, "09:00".into(), "16:30".into()));

    // Every night until eight, and from seven on the next day: one of the two is wrong.
    let mut clash = every_day("22:00-08:00");
    clash.extend(every_day("07:00-09:00"));
    let refused =
        set_weekly_hours(tx, salon.ana, &clash).await.expect_err("runs into the next day");
    assert!(refused.to_string().contains("22:00-08:00 runs into 07:00-09:00"), "{refused}");

    set_weekly_hours(tx, salon.ana, &every_day("10:00-12:00")).await.expect("set");
    assert_eq!(weekly_hours(tx, salon.ana).await.expect("read"), every_day("10:00-12:00"));
    assert_eq!(ends(&found(&salon, tx, &query).await), (7, "10:00".into(), "11:30".into()));

    let mut holiday =
        ScheduleException { day: date(2026, 3, 3), hours: Vec::new(), reason: "feria".into() };
    set_exception(tx, salon.ana, &holiday).await.expect("set");
    assert_eq!(found(&salon, tx, &query).await, []);
    holiday.hours = vec![hours("18:00-19:00"), hours("20:00-24:00")];
    set_exception(tx, salon.ana, &holiday).await.expect("replaced");
    assert_eq!(ends(&found(&salon, tx, &query).await), (18, "18:00".into(), "23:30".into()));
    let read = exceptions(tx, salon.ana, holiday.day, holiday.day).await.expect("read");
    assert_eq!(read, [holiday.clone()]);
    assert!(delete_exception(tx, salon.ana, holiday.day).await.expect("deleted"));
    assert!(!delete_exception(tx, salon.ana, holiday.day).await.expect("deleted already"));
    assert_eq!(found(&salon, tx, &query).await.len(), 7);

    let wish = salon.wish("2026-03-03T09:30:00Z"); // 10:30 to 11:00
    booking::place_hold(tx, &wish, &salon.ids, &salon.clock).await.expect("held");
    assert_eq!(found(&salon, tx, &query).await.len(), 4);
    let buffered = booking::ServiceDraft { buffer_after: MINUTE * 15, ..draft(30) };
    booking::update_service(tx, salon.haircut, &buffered).await.expect("buffered");
    // 10:00 would now run into the hold; 11:30 still fits, its buffer lies outside the hours.
    assert_eq!(ends(&found(&salon, tx, &query).await), (3, "11:00".into(), "11:30".into()));
    let later = salon.now() + MINUTE * 10;
    let unswept = find_openings(tx, &query, later).await.expect("openings");
    assert_eq!(unswept.len(), 7, "the hold has expired");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn wishes_narrow_them(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let tx = &mut salon.tx().await;
    let query = tuesday(&salon);
    let morning = TimeOfDay { from: time(9, 0, 0, 0), until: time(10, 0, 0, 0) };
    let narrow = OpeningQuery { time_of_day: Some(morning), ..query.clone() };
    assert_eq!(found(&salon, tx, &narrow).await.len(), 4);
    let both = OpeningQuery { visit: Item::new(salon.haircut).into(), ..narrow.clone() };
    let openings = found(&salon, tx, &both).await;
    let people: Vec<_> = openings.iter().map(|opening| opening.resource()).collect();
    assert_eq!(people[..4], [salon.ana, salon.bruno, salon.ana, salon.bruno]);
    let not_ana = OpeningQuery {
        visit: Item { except: vec![salon.ana], ..Item::new(salon.haircut) }.into(),
        limit: 3,
        ..both
    };
    let openings = found(&salon, tx, &not_ana).await;
    assert_eq!(openings.len(), 3);
    assert!(openings.iter().all(|opening| opening.resource() == salon.bruno));
    let not_tuesday = OpeningQuery { excluded_weekdays: vec![Weekday::Tuesday], ..query.clone() };
    assert_eq!(found(&salon, tx, &not_tuesday).await, []);
    let not_then = OpeningQuery { excluded_days: vec![date(2026, 3, 3)], ..query.clone() };
    assert_eq!(found(&salon, tx, &not_then).await, []);
    // It is Monday 08:00; from 33 hours on is Tuesday 17:00.
    let notice = Rules::new(MINUTE * 15, MINUTE * 60 * 26, MINUTE * 60 * 24 * 9).expect("rules");
    let rushed = OpeningQuery { rules: notice, ..query.clone() };
    assert_eq!(ends(&found(&salon, tx, &rushed).await), (27, "10:00".into(), "16:30".into()));
    let near = Rules::new(MINUTE * 15, SignedDuration::ZERO, MINUTE * 60 * 26).expect("rules");
    let near = OpeningQuery { rules: near, ..query };
    assert_eq!(ends(&found(&salon, tx, &near).await), (4, "09:00".into(), "09:45".into()));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_service_may_run_past_midnight(pool: PgPoolOptions, options: PgConnectOptions) {
    let salon = Salon::open(pool, options).await;
    let tx = &mut salon.tx().await;
    let mut late = every_day("22:00-24:00");
    late.extend(every_day("00:00-01:00"));
    set_weekly_hours(tx, salon.ana, &late).await.expect("set");
    let openings = found(&salon, tx, &tuesday(&salon)).await;
    let last = openings.last().expect("some");
    assert_eq!(last.starts_at.timestamp(), at("2026-03-03T22:45:00Z"));
    assert_eq!(last.ends_at.date(), date(2026, 3, 4));
}
