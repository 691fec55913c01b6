//! Accounts, their secrets, and the wall between tenants.

use channels::{
    ChannelKind,
    account::{self, AccountError},
    inbox,
};
use secrecy::ExposeSecret as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::{INSTANCE, World, add_tenant};

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn a_secret_opens_its_own_account(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let (made, secret) =
        account::create(&mut tx, ChannelKind::Simulator, "demo", &world.ids, &world.clock)
            .await
            .expect("creates");
    tx.commit().await.expect("commits");

    let mut router = world.db.router().await.expect("router");
    let found = account::find(&mut router, ChannelKind::Simulator, "demo").await.expect("reads");
    let found = found.expect("is there");
    assert_eq!(found.account, made);
    assert!(found.verify(secret.expose_secret()));
    assert!(!found.verify(""));
    assert!(!found.verify(&secret.expose_secret().to_uppercase()));
    let other = account::find(&mut router, ChannelKind::Evolution, INSTANCE).await.expect("reads");
    assert!(!other.expect("is there").verify(secret.expose_secret()));
    assert!(account::find(&mut router, ChannelKind::Evolution, "\0").await.expect("ok").is_none());
    drop(router);

    let mut tx = world.db.tenant(world.tenant).await.expect("tx");
    let rotated = account::rotate_secret(&mut tx, made.id, &world.ids).await.expect("rotates");
    tx.commit().await.expect("commits");
    let mut router = world.db.router().await.expect("router");
    let found = account::find(&mut router, ChannelKind::Simulator, "demo").await.expect("reads");
    let found = found.expect("is there");
    assert!(!found.verify(secret.expose_secret()));
    assert!(found.verify(rotated.expect("is ours").expose_secret()));
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn an_instance_name_is_taken_once(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let (other, _) =
        add_tenant(&world.db, &world.clock, &world.ids, ChannelKind::Evolution, "other").await;
    let mut tx = world.db.tenant(other).await.expect("tx");
    let result =
        account::create(&mut tx, ChannelKind::Evolution, INSTANCE, &world.ids, &world.clock).await;
    assert!(matches!(result, Err(AccountError::InstanceTaken { .. })), "{result:?}");
}

#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn tenants_cannot_reach_each_other(pool: PgPoolOptions, options: PgConnectOptions) {
    let world = World::new(pool, options).await;
    let (other, _) =
        add_tenant(&world.db, &world.clock, &world.ids, ChannelKind::Evolution, "other").await;
    let (message, conversation) =
        world.store_new(&world.message("5511988887777", "A1", "hi")).await;

    let mut tx = world.db.tenant(other).await.expect("tx");
    let claimed = inbox::claim_next(&mut tx, conversation, world.now()).await.expect("asks");
    assert!(claimed.is_none());
    assert_eq!(inbox::begin_attempt(&mut tx, message).await.expect("asks"), None);
    assert!(!inbox::mark_processed(&mut tx, message, world.now()).await.expect("asks"));
    assert!(inbox::conversation(&mut tx, conversation).await.expect("asks").is_none());
    assert!(inbox::conversations(&mut tx, None, 10).await.expect("asks").is_empty());
    assert!(inbox::transcript(&mut tx, conversation, 0, 10).await.expect("asks").is_empty());
    // Storing into the other's account fails on the wall or the foreign key, never succeeds.
    let message = world.message("5511988887777", "A2", "hi");
    let result = inbox::store(&mut tx, &world.account, &message, &world.ids, &world.clock).await;
    assert!(result.is_err());
}
