//! One business.

use jiff::{Timestamp, tz::TimeZone};
use jiff_sqlx::ToSqlx as _;
use kernel::{Currency, Locale, TenantId};
use platform::{DbError, TenantTx};
use serde::{Deserialize, Serialize};

use crate::TenancyError;

/// A business we serve.
#[derive(Debug, Clone, PartialEq)]
pub struct Tenant {
    /// Which.
    pub id: TenantId,
    /// As customers know it.
    pub name: String,
    /// Line of business: `salon`, `clinic` …
    pub vertical: String,
    /// Where its wall clock hangs.
    pub zone: TimeZone,
    /// The language it speaks when the customer's is not known.
    pub locale: Locale,
    /// In which prices are quoted.
    pub currency: Currency,
    /// ISO 3166 code of the country whose national phone numbers are understood.
    pub country: Option<String>,
    /// One line; may be empty.
    pub address: String,
    /// How its bookings behave.
    pub rules: BookingRules,
    /// How it speaks.
    pub tone: StoredTone,
}

/// What the owner has changed about how the business speaks. What a tone is, the dialog crate knows;
/// here it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTone {
    /// A merge patch over the tone of the line of business; an object.
    pub overrides: serde_json::Value,
    /// One more with each change; 1 for a tone that was never changed.
    pub version: i32,
}

/// How a tenant's bookings behave. Stored as JSON; a missing field takes its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BookingRules {
    /// How long an opening stays claimed while the customer decides. Minutes, 1..=120; default 10.
    pub hold_minutes: u16,
    /// Openings start at multiples of this after opening time. Minutes, 5..=240; default 15.
    pub step_minutes: u16,
    /// No booking closer than this. Minutes, 0..=10080; default 60.
    pub min_notice_minutes: u16,
    /// No booking further ahead than this. Days, 1..=730; default 60.
    pub horizon_days: u16,
    /// Whether 3/4 means March 4th. Default no.
    pub month_first: bool,
    /// How many appointments one customer may book for one day by themselves. 1..=50; default as
    /// many as they like.
    pub customer_max_per_day: Option<u16>,
    /// How many for one week, Monday to Sunday. 1..=200; default as many as they like.
    pub customer_max_per_week: Option<u16>,
    /// How long before the start a customer can still call off or move. Minutes, 0..=43200; default
    /// 0, until it starts.
    pub cancel_notice_minutes: u16,
    /// From how many missed appointments on a customer's next one needs a person. 1..=50; default
    /// never.
    pub no_show_limit: Option<u16>,
    /// Within how many days these count. 1..=730; default 90.
    pub no_show_days: u16,
    /// What happens then. Default approval.
    pub no_show_then: NoShowThen,
}

/// What becomes of the next booking of a customer who has missed too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoShowThen {
    /// The business looks at it first.
    #[default]
    Approve,
    /// They are asked to talk to a person.
    Refuse,
}

impl Default for BookingRules {
    fn default() -> Self {
        Self {
            hold_minutes: 10,
            step_minutes: 15,
            min_notice_minutes: 60,
            horizon_days: 60,
            month_first: false,
            customer_max_per_day: None,
            customer_max_per_week: None,
            cancel_notice_minutes: 0,
            no_show_limit: None,
            no_show_days: 90,
            no_show_then: NoShowThen::Approve,
        }
    }
}

impl BookingRules {
    fn check(self) -> Result<Self, TenancyError> {
        let within = |field, value: u16, low: u16, high: u16| {
            if (low..=high).contains(&value) {
                Ok(())
            } else {
                Err(TenancyError::invalid(
                    field,
                    format!("must lie in {low}..={high}, not {value}"),
                ))
            }
        };
        within("rules.hold_minutes", self.hold_minutes, 1, 120)?;
        within("rules.step_minutes", self.step_minutes, 5, 240)?;
        within("rules.min_notice_minutes", self.min_notice_minutes, 0, 10_080)?;
        within("rules.horizon_days", self.horizon_days, 1, 730)?;
        within("rules.cancel_notice_minutes", self.cancel_notice_minutes, 0, 43_200)?;
        within("rules.no_show_days", self.no_show_days, 1, 730)?;
        for (field, limit, high) in [
            ("rules.customer_max_per_day", self.customer_max_per_day, 50),
            ("rules.customer_max_per_week", self.customer_max_per_week, 200),
            ("rules.no_show_limit", self.no_show_limit, 50),
        ] {
            limit.map_or(Ok(()), |limit| within(field, limit, 1, high))?;
        }
        Ok(self)
    }
}

/// What is needed to open a tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTenant {
    /// As customers know it; 1 to 200 characters.
    pub name: String,
    /// Line of business.
    #[serde(default = "salon")]
    pub vertical: String,
    /// IANA name, such as `Europe/Madrid`.
    pub zone: String,
    /// `en`, `es` or `pt`.
    pub locale: Locale,
    /// ISO 4217 code.
    pub currency: Currency,
    /// ISO 3166 code, such as `ES`: whose national phone numbers are understood. Without it, only
    /// those with a `+`.
    #[serde(default)]
    pub country: Option<String>,
    /// One line.
    #[serde(default)]
    pub address: String,
    /// How its bookings behave.
    #[serde(default)]
    pub rules: BookingRules,
}

fn salon() -> String {
    "salon".to_owned()
}

/// Writes the tenant that `tx` was opened for.
///
/// # Errors
///
/// [`TenancyError::Invalid`] naming the field; [`TenancyError::Database`].
pub async fn create_tenant(
    tx: &mut TenantTx,
    new: &NewTenant,
    now: Timestamp,
) -> Result<(), TenancyError> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(TenancyError::invalid("name", "must have 1 to 200 characters"));
    }
    parse_zone(&new.zone)?;
    if new.country.as_deref().is_some_and(|code| !is_country(code)) {
        return Err(TenancyError::invalid("country", "must be two capital letters, such as `ES`"));
    }
    let rules = to_json(new.rules.check()?)?;
    sqlx::query!(
        "
        INSERT INTO tenants
            (tenant_id, name, vertical, zone, locale, currency, country, address, rules, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ",
        tx.tenant_uuid(),
        name,
        new.vertical,
        new.zone,
        new.locale.tag(),
        new.currency.code(),
        new.country,
        new.address.trim(),
        rules,
        now.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await
    .map_err(DbError::new)?;
    Ok(())
}

/// Changes how the tenant's bookings behave, from the next turn on.
///
/// # Errors
///
/// [`TenancyError::Invalid`] naming the field; [`TenancyError::Database`].
pub async fn update_rules(tx: &mut TenantTx, rules: BookingRules) -> Result<(), TenancyError> {
    let rules = to_json(rules.check()?)?;
    sqlx::query!("UPDATE tenants SET rules = $2 WHERE tenant_id = $1", tx.tenant_uuid(), rules)
        .execute(tx.conn())
        .await
        .map_err(DbError::new)?;
    Ok(())
}

/// Keeps everybody else from changing the tenant's tone until the transaction ends.
///
/// # Errors
///
/// [`TenancyError::Database`].
pub async fn lock_tone(tx: &mut TenantTx) -> Result<(), TenancyError> {
    sqlx::query!(
        "SELECT tone_version FROM tenants WHERE tenant_id = $1 FOR UPDATE",
        tx.tenant_uuid(),
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(DbError::new)?;
    Ok(())
}

/// Writes what the owner has changed about how the business speaks, from the next reply on. Gives
/// the version it has now; `None` when there is no such tenant.
///
/// Whoever calls has asked the dialog crate whether it can be said.
///
/// # Errors
///
/// [`TenancyError::Database`], also when `overrides` is no object.
pub async fn set_tone(
    tx: &mut TenantTx,
    overrides: &serde_json::Value,
) -> Result<Option<i32>, TenancyError> {
    let row = sqlx::query!(
        "
        UPDATE tenants SET tone = $2, tone_version = tone_version + 1
        WHERE tenant_id = $1
        RETURNING tone_version
        ",
        tx.tenant_uuid(),
        overrides,
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(DbError::new)?;
    Ok(row.map(|row| row.tone_version))
}

/// Reads the tenant that `tx` was opened for; `None` when there is none such.
///
/// # Errors
///
/// [`TenancyError::Corrupt`] when the row makes no sense; [`TenancyError::Database`].
pub async fn load_tenant(tx: &mut TenantTx) -> Result<Option<Tenant>, TenancyError> {
    let row = sqlx::query_as!(
        TenantRow,
        "
        SELECT
            tenant_id, name, vertical, zone, locale, currency, country, address, rules, tone,
            tone_version
        FROM tenants WHERE tenant_id = $1
        ",
        tx.tenant_uuid(),
    )
    .fetch_optional(tx.conn())
    .await
    .map_err(DbError::new)?;
    row.map(Tenant::try_from).transpose()
}

struct TenantRow {
    tenant_id: sqlx::types::Uuid,
    name: String,
    vertical: String,
    zone: String,
    locale: String,
    currency: String,
    country: Option<String>,
    address: String,
    rules: serde_json::Value,
    tone: serde_json::Value,
    tone_version: i32,
}

impl TryFrom<TenantRow> for Tenant {
    type Error = TenancyError;

    fn try_from(row: TenantRow) -> Result<Self, TenancyError> {
        let corrupt = |what: String| TenancyError::Corrupt(what);
        Ok(Self {
            id: TenantId::from_uuid(row.tenant_id),
            name: row.name,
            vertical: row.vertical,
            zone: parse_zone(&row.zone)?,
            locale: row.locale.parse().map_err(|e| corrupt(format!("{e}")))?,
            currency: row.currency.parse().map_err(|e| corrupt(format!("{e}")))?,
            country: row.country,
            address: row.address,
            rules: serde_json::from_value(row.rules).map_err(|e| corrupt(e.to_string()))?,
            tone: StoredTone { overrides: row.tone, version: row.tone_version },
        })
    }
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn parse_zone(name: &str) -> Result<TimeZone, TenancyError> {
    TimeZone::get(name).map_err(|_| {
        TenancyError::invalid(
            "zone",
            format!("must be an IANA time zone such as `Europe/Madrid`, not `{name}`"),
        )
    })
}

fn to_json(rules: BookingRules) -> Result<serde_json::Value, TenancyError> {
    serde_json::to_value(rules).map_err(|error| TenancyError::Corrupt(error.to_string()))
}
