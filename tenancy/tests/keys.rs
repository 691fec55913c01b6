//! API keys open the tenant that made them, and nothing else.

use kernel::{Ids, MockClock, TenantId};
use platform::Db;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tenancy::{
    NewTenant, authenticate, create_api_key, create_tenant, load_tenant, revoke_api_key,
};

async fn tenant(db: &Db, ids: &Ids, clock: &MockClock, name: &str) -> TenantId {
    let id = ids.next(clock);
    let mut tx = db.tenant(id).await.expect("begin");
    let new = NewTenant {
        name: name.to_owned(),
        vertical: "salon".to_owned(),
        zone: "Europe/Madrid".to_owned(),
        locale: kernel::Locale::Es,
        currency: "EUR".parse().expect("code"),
        country: Some("ES".to_owned()),
        address: String::new(),
        rules: tenancy::BookingRules::default(),
    };
    create_tenant(&mut tx, &new, jiff::Timestamp::UNIX_EPOCH).await.expect("create");
    tx.commit().await.expect("commit");
    id
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_key_opens_its_tenant_until_revoked(pool: PgPoolOptions, options: PgConnectOptions) {
    let db = Db::connect_with(pool, options).await.expect("connect");
    let (ids, clock) = (Ids::seeded(1), MockClock::at(jiff::Timestamp::UNIX_EPOCH));
    let a = tenant(&db, &ids, &clock, "A").await;
    let b = tenant(&db, &ids, &clock, "B").await;

    let mut tx = db.tenant(a).await.expect("begin");
    let key = create_api_key(&mut tx, "test", &ids, &clock).await.expect("key");
    tx.commit().await.expect("commit");

    let look_up = async |secret: String| {
        let mut router = db.router().await.expect("router");
        authenticate(&mut router, &secret).await.expect("authenticate").map(|key| key.tenant_id)
    };
    assert_eq!(look_up(key.secret.clone()).await, Some(a));
    for wrong in ["", "bk_live_", "bk_live_x_y", &key.secret[..key.secret.len() - 1]] {
        assert_eq!(look_up(wrong.to_owned()).await, None, "{wrong}");
    }

    // B cannot revoke A's key.
    let mut tx = db.tenant(b).await.expect("begin");
    assert!(!revoke_api_key(&mut tx, key.id, jiff::Timestamp::UNIX_EPOCH).await.expect("revoke"));
    tx.commit().await.expect("commit");
    assert_eq!(look_up(key.secret.clone()).await, Some(a));

    let mut tx = db.tenant(a).await.expect("begin");
    assert!(revoke_api_key(&mut tx, key.id, jiff::Timestamp::UNIX_EPOCH).await.expect("revoke"));
    tx.commit().await.expect("commit");
    assert_eq!(look_up(key.secret).await, None);
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_tenant_sees_itself_only(pool: PgPoolOptions, options: PgConnectOptions) {
    let db = Db::connect_with(pool, options).await.expect("connect");
    let (ids, clock) = (Ids::seeded(2), MockClock::at(jiff::Timestamp::UNIX_EPOCH));
    let a = tenant(&db, &ids, &clock, "A").await;
    tenant(&db, &ids, &clock, "B").await;

    let mut tx = db.tenant(a).await.expect("begin");
    assert_eq!(load_tenant(&mut tx).await.expect("load").map(|t| t.name).as_deref(), Some("A"));
    // No WHERE clause at all: the wall is in the database.
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM tenants").fetch_all(tx.conn()).await.expect("select");
    assert_eq!(names, ["A"]);
    drop(tx);

    // A tenant that does not exist sees nothing.
    let mut tx = db.tenant(ids.next(&clock)).await.expect("begin");
    assert!(load_tenant(&mut tx).await.expect("load").is_none());
}
