//! Sent once, whatever goes wrong: the fake's ledger is what the customer sees.

use std::sync::Arc;

use channels::{
    ChannelSet, Delivery, Echo, EchoSource, Received, Status,
    outbox::{self, Echoed, OutboxConfig, OutboxWorker},
    whatsapp::evolution::parse_webhook,
};
use fakes::evolution::{FakeEvolution, Faults, Listening, SendFault};
use futures::future::join_all;
use kernel::OutboundId;
use rand::{SeedableRng as _, rngs::StdRng};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{INSTANCE, World, channels, fake};

const ANA: &str = "5511988887777";

struct Outside {
    fake: FakeEvolution,
    channels: ChannelSet,
    worker: OutboxWorker,
    _listening: Listening,
}

impl Outside {
    async fn new(world: &World) -> Self {
        let (fake, listening) = fake(&world.clock).await;
        let channels = channels(&listening);
        Self { fake, channels, worker: worker(), _listening: listening }
    }

    async fn run(&self, world: &World) -> usize {
        self.worker.run_once(&world.db, &self.channels, &world.clock).await.expect("runs")
    }

    /// Runs until nothing is left to do, letting time pass between runs.
    async fn drain(&self, world: &World) {
        for _ in 0..40 {
            self.run(world).await;
            if unsent(world).await == 0 {
                return;
            }
            world.advance(30);
        }
        panic!("the outbox does not empty");
    }

    fn seen(&self) -> Vec<String> {
        self.fake.ledger(INSTANCE).into_iter().map(|line| line.text).collect()
    }
}

fn worker() -> OutboxWorker {
    OutboxWorker::new(OutboxConfig::default(), StdRng::seed_from_u64(1))
}

async fn unsent(world: &World) -> i64 {
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    sqlx::query_scalar(
        "SELECT count(*) FROM outbound_messages WHERE state IN ('pending', 'sending')",
    )
    .fetch_one(tx.conn())
    .await
    .expect("counts")
}

/// State, attempts, the provider's id, delivery.
async fn row(world: &World, id: OutboundId) -> (String, i32, Option<String>, Option<String>) {
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    sqlx::query_as(
        "SELECT state, attempts, provider_message_id, delivery FROM outbound_messages
         WHERE outbound_id = $1",
    )
    .bind(id.as_uuid())
    .fetch_one(tx.conn())
    .await
    .expect("reads")
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_reply_is_sent(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    let id = world.reply(ANA, "A1", "¡Hola!").await;
    assert_eq!(outside.run(&world).await, 1);
    assert_eq!(outside.run(&world).await, 0);
    let line = &outside.fake.ledger(INSTANCE)[0];
    assert_eq!((line.to.as_str(), line.text.as_str()), ("5511988887777@s.whatsapp.net", "¡Hola!"));
    let (state, attempts, provider, delivery) = row(&world, id).await;
    assert_eq!((state.as_str(), attempts), ("sent", 1));
    assert_eq!(provider.as_deref(), Some(line.id.as_str()));
    assert_eq!(delivery.as_deref(), Some("sent"));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn every_fault_ends_in_exactly_one_message(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    let faults = [
        SendFault::AcceptThenHang,
        SendFault::AcceptThen500,
        SendFault::AcceptThenReset,
        SendFault::ResetBeforeAccept,
        SendFault::Refuse503,
        SendFault::RateLimited { retry_after: 3 },
        SendFault::Unauthorized,
    ];
    for (n, fault) in faults.into_iter().enumerate() {
        // The same words every time: an earlier one must not be taken for the one in doubt.
        let id = world.reply(ANA, &format!("A{n}"), "Which day?").await;
        outside.fake.fail_next([fault]);
        outside.drain(&world).await;
        assert_eq!(row(&world, id).await.0, "sent", "{fault:?}");
        assert_eq!(outside.seen().len(), n + 1, "{fault:?}");
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn an_accepted_message_is_never_sent_twice(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    outside.fake.fail_next([SendFault::AcceptThen500]);
    let id = world.reply(ANA, "A1", "Hola").await;
    outside.drain(&world).await;
    let (state, attempts, provider, _) = row(&world, id).await;
    assert_eq!((state.as_str(), attempts), ("sent", 1));
    assert_eq!(outside.fake.sends_asked(), 1);
    assert_eq!(provider.as_deref(), Some(outside.fake.ledger(INSTANCE)[0].id.as_str()));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn the_same_words_a_moment_ago_prove_nothing(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    let first = world.reply(ANA, "A1", "Which day?").await;
    outside.run(&world).await;
    outside.fake.fail_next([SendFault::ResetBeforeAccept]);
    let second = world.reply(ANA, "A2", "Which day?").await; // within the clocks' slack
    outside.drain(&world).await;
    assert_eq!(row(&world, first).await.0, "sent");
    assert_eq!(row(&world, second).await.0, "sent");
    assert_eq!(outside.seen(), ["Which day?", "Which day?"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_crash_between_commit_and_request_is_healed(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    let id = world.reply(ANA, "A1", "Hola").await;
    // What a killed worker leaves: the row says `sending`, and nothing left the house.
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    sqlx::query(
        "UPDATE outbound_messages SET state = 'sending', attempts = 1,
             attempt_started_at = next_attempt_at,
             next_attempt_at = next_attempt_at + interval '25 s'",
    )
    .execute(tx.conn())
    .await
    .expect("updates");
    tx.commit().await.expect("commits");
    assert_eq!(outside.run(&world).await, 0); // too early to tell
    outside.drain(&world).await;
    assert_eq!(row(&world, id).await.0, "sent");
    assert_eq!(outside.seen(), ["Hola"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn retry_after_is_honoured(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    outside.fake.fail_next([SendFault::RateLimited { retry_after: 120 }]);
    world.reply(ANA, "A1", "Hola").await;
    assert_eq!(outside.run(&world).await, 1);
    world.advance(119);
    assert_eq!(outside.run(&world).await, 0);
    world.advance(1);
    assert_eq!(outside.run(&world).await, 1);
    assert_eq!(outside.seen(), ["Hola"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_refused_message_dies_at_once_others_after_eight_attempts(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    outside.fake.fail_next([SendFault::NotOnWhatsapp]);
    let refused = world.reply(ANA, "A1", "one").await;
    let next = world.reply(ANA, "A2", "two").await;
    outside.run(&world).await;
    assert_eq!(row(&world, refused).await.0, "dead");
    outside.run(&world).await; // no longer in the way
    assert_eq!(row(&world, next).await.0, "sent");

    let every_send = Some(SendFault::Refuse503);
    outside.fake.set_faults(Faults { every_send, ..Faults::default() });
    let unlucky = world.reply(ANA, "A3", "three").await;
    outside.drain(&world).await;
    let (state, attempts, ..) = row(&world, unlucky).await;
    assert_eq!((state.as_str(), attempts), ("dead", 8));
    assert_eq!(outside.seen(), ["two"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn replies_leave_in_order(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    for n in 0..4 {
        world.reply(ANA, &format!("A{n}"), &format!("reply {n}")).await;
    }
    outside.fake.fail_next([SendFault::Refuse503, SendFault::AcceptThenReset]);
    assert_eq!(outside.run(&world).await, 1);
    assert_eq!(outside.run(&world).await, 0); // those behind do not overtake
    outside.drain(&world).await;
    assert_eq!(outside.seen(), ["reply 0", "reply 1", "reply 2", "reply 3"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn workers_do_not_send_twice(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    for n in 0..12 {
        world.reply(&format!("346001112{n:02}"), &format!("A{n}"), "Hola").await;
    }
    let workers: Vec<_> = (0..3).map(|_| worker()).collect();
    let runs = workers.iter().map(|w| w.run_once(&world.db, &outside.channels, &world.clock));
    let made: usize = join_all(runs).await.into_iter().map(|made| made.expect("runs")).sum();
    assert_eq!(made, 12);
    assert_eq!(outside.seen().len(), 12);
    assert_eq!(outside.fake.sends_asked(), 12);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn an_echo_settles_what_is_in_doubt(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    outside.fake.fail_next([SendFault::AcceptThen500]);
    let id = world.reply(ANA, "A1", "Hola").await;
    outside.run(&world).await;
    assert_eq!(row(&world, id).await.0, "sending");
    let sent = outside.fake.ledger(INSTANCE)[0].clone();

    let body = serde_json::json!({
        "event": "send.message", "instance": INSTANCE,
        "data": { "key": { "id": sent.id, "fromMe": true, "remoteJid": sent.to },
                  "message": { "conversation": "Hola" },
                  "messageTimestamp": sent.at.as_second().to_string() },
    });
    let webhook = parse_webhook(body.to_string().as_bytes(), world.now()).expect("parses");
    let [Received::Echo(echo)] = webhook.items.as_slice() else { panic!("{webhook:?}") };
    assert_eq!(echo.source, EchoSource::Api);
    let mut outcomes = Vec::new();
    let foreign = Echo {
        provider_message_id: "3AOWNER".to_owned(),
        text: "I'll take it from here".to_owned(),
        source: EchoSource::Phone,
        ..echo.clone()
    };
    for echo in [&foreign, echo, echo] {
        let mut tx = world.db.tenant(world.tenant).await.expect("tx");
        let outcome = outbox::settle_echo(&mut tx, &world.account, echo, world.now()).await;
        outcomes.push(outcome.expect("settles"));
        tx.commit().await.expect("commits");
    }
    assert_eq!(outcomes, [Echoed::Foreign, Echoed::Settled(id), Echoed::Known]);
    assert_eq!(row(&world, id).await.0, "sent");
    world.advance(600);
    assert_eq!(outside.run(&world).await, 0);
    assert_eq!(outside.seen(), ["Hola"]);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn statuses_commute(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    let all = [Status::Sent, Status::Failed, Status::Delivered, Status::Read];
    let mut n = 0;
    // Every sequence of four statuses, repetitions included, hence every permutation of every set.
    for code in 0..256_usize {
        let sequence: Vec<_> = (0..4).map(|place| all[(code >> (2 * place)) & 3]).collect();
        if code % 4 == 0 || n == 0 {
            n += 1;
            world.reply(ANA, &format!("A{n}"), "Hola").await;
            outside.run(&world).await;
        }
        let sent = outside.fake.ledger(INSTANCE).pop().expect("sent");
        let mut tx = world.db.tenant(world.tenant).await.expect("tx");
        sqlx::query("UPDATE outbound_messages SET delivery = NULL WHERE provider_message_id = $1")
            .bind(&sent.id)
            .execute(tx.conn())
            .await
            .expect("resets");
        for status in &sequence {
            let delivery = Delivery { provider_message_id: sent.id.clone(), status: *status };
            outbox::record_delivery(&mut tx, &world.account, &delivery).await.expect("records");
        }
        let end: String = sqlx::query_scalar(
            "SELECT delivery FROM outbound_messages WHERE provider_message_id = $1",
        )
        .bind(&sent.id)
        .fetch_one(tx.conn())
        .await
        .expect("reads");
        let furthest = sequence.iter().max().expect("four of them");
        assert_eq!(end, furthest.as_str(), "{sequence:?}");
        if code == 255 {
            let delivery =
                Delivery { provider_message_id: "not ours".to_owned(), status: Status::Read };
            let noted = outbox::record_delivery(&mut tx, &world.account, &delivery).await;
            assert!(!noted.expect("asks"));
        }
    }
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_silent_channel_is_asked_again_not_sent_again(
    pool: PgPoolOptions,
    options: PgConnectOptions,
) {
    let world = World::new(pool, options).await;
    let outside = Outside::new(&world).await;
    outside.fake.fail_next([SendFault::AcceptThenHang]);
    let id = world.reply(ANA, "A1", "Hola").await;
    outside.run(&world).await;
    // The server goes away before it can be asked.
    let (_, gone) = fake(&world.clock).await;
    let nobody = ChannelSet::default()
        .with(channels::ChannelKind::Evolution, Arc::new(crate::client(&gone)));
    drop(gone);
    for _ in 0..5 {
        world.advance(300);
        outside.worker.run_once(&world.db, &nobody, &world.clock).await.expect("runs");
        assert_eq!(row(&world, id).await.0, "sending");
    }
    world.advance(300);
    outside.run(&world).await;
    assert_eq!(row(&world, id).await.0, "sent");
    assert_eq!(outside.fake.sends_asked(), 1);
}
