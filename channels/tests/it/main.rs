//! The channels, through their public face: a real Postgres, a fake Evolution server, a clock that
//! stands still.

mod accounts;
mod contract;
mod inbound;
mod outbound;
mod payloads;

use std::sync::{Arc, Once};

use channels::{
    ChannelAccount, ChannelKind, ChannelSet, InboundKind, InboundMessage, Simulator, account,
    inbox::{self, Stored},
    outbox::{self, NewReply},
    whatsapp::evolution::{EvolutionClient, EvolutionConfig},
};
use fakes::evolution::{FakeConfig, FakeEvolution, Listening};
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock as _, ConversationId, Ids, MessageId, MockClock, OutboundId, TenantId};
use platform::Db;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// A database with one tenant, who has a number on WhatsApp.
struct World {
    db: Db,
    clock: MockClock,
    ids: Ids,
    tenant: TenantId,
    account: ChannelAccount,
}

const INSTANCE: &str = "salon one/1";

impl World {
    async fn new(pool: PgPoolOptions, options: PgConnectOptions) -> Self {
        let db = Db::connect_with(pool.max_connections(8), options).await.expect("connects");
        let clock = MockClock::at("2026-03-02T09:00:00Z".parse().expect("instant"));
        let ids = Ids::seeded(7);
        let (tenant, account) =
            add_tenant(&db, &clock, &ids, ChannelKind::Evolution, INSTANCE).await;
        Self { db, clock, ids, tenant, account }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    async fn store(&self, message: &InboundMessage) -> Stored {
        let mut tx = self.db.tenant(self.tenant).await.expect("tx");
        let stored = inbox::store(&mut tx, &self.account, message, &self.ids, &self.clock)
            .await
            .expect("stores");
        tx.commit().await.expect("commits");
        stored
    }

    async fn store_new(&self, message: &InboundMessage) -> (MessageId, ConversationId) {
        match self.store(message).await {
            Stored::New { message_id, conversation_id } => (message_id, conversation_id),
            Stored::Duplicate => panic!("stored before"),
        }
    }

    async fn reply(&self, who: &str, id: &str, body: &str) -> OutboundId {
        let (message, conversation) = self.store_new(&self.message(who, id, "hi")).await;
        let mut tx = self.db.tenant(self.tenant).await.expect("tx");
        let reply = NewReply {
            conversation,
            account: self.account.id,
            recipient: who.to_owned(),
            in_reply_to: message,
            body: body.to_owned(),
        };
        let id = outbox::enqueue(&mut tx, &reply, &self.ids, &self.clock).await.expect("enqueues");
        tx.commit().await.expect("commits");
        id
    }

    fn message(&self, who: &str, id: &str, body: &str) -> InboundMessage {
        InboundMessage {
            provider_message_id: id.to_owned(),
            address: format!("{who}@s.whatsapp.net"),
            alias: None,
            phone: format!("+{who}").parse().ok(),
            name: Some("Giovanna".to_owned()),
            kind: InboundKind::Text,
            body: body.to_owned(),
            provider_at: self.now(),
            payload: serde_json::json!({ "message": { "conversation": body } }),
        }
    }
}

async fn add_tenant(
    db: &Db,
    clock: &MockClock,
    ids: &Ids,
    kind: ChannelKind,
    instance: &str,
) -> (TenantId, ChannelAccount) {
    let tenant: TenantId = ids.next(clock);
    let mut tx = db.tenant(tenant).await.expect("tx");
    sqlx::query(
        "INSERT INTO tenants (tenant_id, name, zone, locale, currency, created_at)
         VALUES ($1, 'Salon', 'Europe/Madrid', 'es', 'EUR', now())",
    )
    .bind(tenant.as_uuid())
    .execute(tx.conn())
    .await
    .expect("inserts");
    let (account, _) = account::create(&mut tx, kind, instance, ids, clock).await.expect("creates");
    tx.commit().await.expect("commits");
    (tenant, account)
}

#[expect(clippy::disallowed_methods, reason = "a client that never leaves the loopback")]
fn http() -> reqwest::Client {
    static RING: Once = Once::new();
    RING.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("the only provider");
    });
    reqwest::Client::builder().no_proxy().build().expect("builds")
}

/// A fake that keeps `clock`'s time, listening, with the instance in it.
async fn fake(clock: &MockClock) -> (FakeEvolution, Listening) {
    let clock = clock.clone();
    let fake = FakeEvolution::new(FakeConfig::new(http(), move || clock.now()));
    fake.add_instance(INSTANCE, None, &[]);
    let listening = fake.listen().await.expect("listens");
    (fake, listening)
}

fn client(listening: &Listening) -> EvolutionClient {
    let mut config = EvolutionConfig::new(
        listening.url().parse().expect("address"),
        "fake-global-key".to_owned().into(),
    );
    config.timeout = std::time::Duration::from_millis(300);
    EvolutionClient::new(http(), config)
}

fn channels(listening: &Listening) -> ChannelSet {
    ChannelSet::default()
        .with(ChannelKind::Evolution, Arc::new(client(listening)))
        .with(ChannelKind::Simulator, Arc::new(Simulator))
}
