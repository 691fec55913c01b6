//! Whole conversations, from files: `tests/conversations/*.toml`. Each is held with the heuristic
//! floor, and with the model too where its weights are.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use intents::gloss::Glossing;
use models_candle::{CandleConfig, CandleEncoder};
use platform::Db;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use testkit::Transcript;

macro_rules! conversations {
    ($($name:ident)*) => {
        const LISTED: &[&str] = &[$(stringify!($name)),*];

        $(
            #[sqlx::test(migrator = "platform::db::MIGRATOR")]
            async fn $name(pool: PgPoolOptions, options: PgConnectOptions) {
                with_the_floor(stringify!($name), pool, options).await;
            }
        )*
    };
}

conversations! {
    book_in_three_turns
    book_in_spanish
    book_in_portuguese
    correct_the_staff
    hold_expires
    taken_meanwhile
    price_in_the_middle
    reschedule
    cancel
    not_a_bare_yes
    out_of_scope
    opt_out_and_back
    hand_over
    never_mind
    somebody_on_sunday
    waitlist_offer_yes
    waitlist_in_spanish
    waitlist_in_portuguese
    day_off_explained
    closed_for_a_holiday
    business_cancels
    approved_once
    too_late_to_cancel
    blocked_customer
    two_fit_in_one
    swapped_and_declined
    party_at_a_restaurant
    leave_it_is_no_yes
    the_one_is_no_date
    own_appointment_moves
    two_languages_at_once
    anybody_is_no_call_for_a_person
}

/// A file without a test would never be read.
#[test]
fn every_file_is_listed() {
    for entry in std::fs::read_dir(folder()).expect("folder") {
        let path = entry.expect("entry").path();
        let name = path.file_stem().expect("stem").to_str().expect("utf-8").to_owned();
        assert!(LISTED.contains(&name.as_str()), "list `{name}` in tests/conversations.rs");
    }
}

/// The same conversations, understood by the model. They must do the same to the appointments.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn with_the_model(pool: PgPoolOptions, options: PgConnectOptions) {
    #[expect(clippy::disallowed_methods, reason = "says where the weights are; set by `make test`")]
    let Some(dir) = std::env::var_os("BOOKA_MODEL_DIR") else {
        eprintln!("skipped: BOOKA_MODEL_DIR is not set, so there is no model to try");
        return;
    };
    let db = Db::connect_with(pool, options).await.expect("connect");
    let encoder = CandleEncoder::load(&CandleConfig::new(PathBuf::from(dir))).expect("weights");
    let understanding =
        testkit::builders::with_model(Arc::new(Glossing::new(encoder))).expect("heads");
    let mut failures = Vec::new();
    for (seed, name) in (1..).zip(LISTED) {
        if let Err(error) = read(name).run(db.clone(), understanding.clone(), seed).await {
            failures.push(format!("{name}: {error:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

async fn with_the_floor(name: &str, pool: PgPoolOptions, options: PgConnectOptions) {
    let db = Db::connect_with(pool, options).await.expect("connect");
    let understanding = testkit::builders::floor().expect("floor");
    match read(name).run(db, understanding, 1).await {
        Ok(log) => insta::assert_snapshot!(name, log),
        Err(error) => panic!("{error:?}"),
    }
}

fn read(name: &str) -> Transcript {
    let text = std::fs::read_to_string(folder().join(name).with_extension("toml"));
    Transcript::parse(&text.expect("transcript")).expect("form")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversations")
}
