//! A tenant's number on a channel, and the secret that its webhooks must bring.

use jiff_sqlx::ToSqlx as _;
use kernel::{ChannelAccountId, Clock, Ids, TenantId};
use platform::{DbError, OnConstraint as _, RouterTx, TenantTx};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The channels there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// Inside this service: for trying it out.
    Simulator,
    /// WhatsApp through an Evolution API server.
    Evolution,
}

impl ChannelKind {
    /// As the database and the metrics write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Simulator => "simulator",
            Self::Evolution => "evolution",
        }
    }

    /// Reads what the database holds; its check constraint allows nothing else.
    pub(crate) fn from_column(text: &str) -> Self {
        if text == "evolution" { Self::Evolution } else { Self::Simulator }
    }
}

impl std::fmt::Display for ChannelKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A tenant's number on a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelAccount {
    /// Whose it is.
    pub tenant_id: TenantId,
    /// Our id of it.
    pub id: ChannelAccountId,
    /// Which channel.
    pub channel: ChannelKind,
    /// The channel's name for it; unique across tenants.
    pub instance: String,
}

/// An account as the webhook door needs it: whose it is, and how to check the caller.
#[derive(Debug, Clone)]
pub struct FoundAccount {
    /// The account.
    pub account: ChannelAccount,
    secret_hash: Vec<u8>,
}

impl FoundAccount {
    /// Whether `secret` is the account's webhook secret. Takes the same time either way.
    #[must_use]
    pub fn verify(&self, secret: &str) -> bool {
        bool::from(hash(secret).as_slice().ct_eq(&self.secret_hash))
    }
}

/// A channel account could not be made.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// An account with that name exists on that channel.
    #[error("instance `{instance}` is taken")]
    InstanceTaken {
        /// The name.
        instance: String,
    },
    /// The name is empty or longer than 100 characters.
    #[error("an instance name has 1 to 100 characters")]
    InstanceName,
    /// The database failed.
    #[error("could not store the channel account")]
    Database(#[from] DbError),
}

/// Makes an account, and the secret its webhooks must bring. The secret is returned once and kept
/// only as a hash.
///
/// # Errors
///
/// [`AccountError::InstanceTaken`] when the name is in use, by any tenant; the transaction is of
/// no further use then.
pub async fn create(
    tx: &mut TenantTx,
    channel: ChannelKind,
    instance: &str,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<(ChannelAccount, SecretString), AccountError> {
    if instance.contains('\0') || !(1..=100).contains(&instance.chars().count()) {
        return Err(AccountError::InstanceName);
    }
    let mut bytes = [0_u8; 32];
    ids.fill(&mut bytes);
    let secret = SecretString::from(hex::encode(bytes));
    let account = ChannelAccount {
        tenant_id: tx.tenant_id(),
        id: ids.next(clock),
        channel,
        instance: instance.to_owned(),
    };
    sqlx::query!(
        "INSERT INTO channel_accounts
             (tenant_id, channel_account_id, channel, instance, webhook_secret_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        tx.tenant_uuid(),
        account.id.as_uuid(),
        channel.as_str(),
        instance,
        hash(secret.expose_secret()),
        clock.now().to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .on_constraint("channel_accounts_by_instance", || AccountError::InstanceTaken {
        instance: instance.to_owned(),
    })?;
    Ok((account, secret))
}

/// Replaces the webhook secret of an account; the old one stops working. `None` when the tenant
/// has no such account.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn rotate_secret(
    tx: &mut TenantTx,
    id: ChannelAccountId,
    ids: &Ids,
) -> Result<Option<SecretString>, DbError> {
    let mut bytes = [0_u8; 32];
    ids.fill(&mut bytes);
    let secret = SecretString::from(hex::encode(bytes));
    let done = sqlx::query!(
        "UPDATE channel_accounts SET webhook_secret_hash = $3
         WHERE tenant_id = $1 AND channel_account_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
        hash(secret.expose_secret()),
    )
    .execute(tx.conn())
    .await?;
    Ok((done.rows_affected() == 1).then_some(secret))
}

/// Lists the tenant's accounts, oldest first.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn list(tx: &mut TenantTx) -> Result<Vec<ChannelAccount>, DbError> {
    let rows = sqlx::query!(
        "SELECT channel_account_id, channel, instance FROM channel_accounts
         WHERE tenant_id = $1 ORDER BY created_at, channel_account_id",
        tx.tenant_uuid(),
    )
    .fetch_all(tx.conn())
    .await?;
    let tenant_id = tx.tenant_id();
    Ok(rows
        .into_iter()
        .map(|row| ChannelAccount {
            tenant_id,
            id: ChannelAccountId::from_uuid(row.channel_account_id),
            channel: ChannelKind::from_column(&row.channel),
            instance: row.instance,
        })
        .collect())
}

/// Finds whose `instance` on `channel` is. Asked before any tenant is known.
///
/// # Errors
///
/// [`DbError`] when the statement fails.
pub async fn find(
    router: &mut RouterTx,
    channel: ChannelKind,
    instance: &str,
) -> Result<Option<FoundAccount>, DbError> {
    if instance.contains('\0') {
        return Ok(None);
    }
    let row = sqlx::query!(
        "SELECT tenant_id, channel_account_id, webhook_secret_hash FROM channel_accounts
         WHERE channel = $1 AND instance = $2",
        channel.as_str(),
        instance,
    )
    .fetch_optional(router.conn())
    .await?;
    Ok(row.map(|row| FoundAccount {
        account: ChannelAccount {
            tenant_id: TenantId::from_uuid(row.tenant_id),
            id: ChannelAccountId::from_uuid(row.channel_account_id),
            channel,
            instance: instance.to_owned(),
        },
        secret_hash: row.webhook_secret_hash,
    }))
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
