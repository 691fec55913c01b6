//! How the bookings of a business behave.

use axum::{Json, extract::State};
use platform::Db;
use serde::{Deserialize, Serialize};
use tenancy::TenancyError;
use utoipa::ToSchema;

use super::load;
use crate::{api::merge::Merge, auth::Caller, body::ApiJson, problem::Problem};

/// A change to the rules.
type RulesPatch = Merge<BookingRules>;

/// How the bookings of a business behave.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BookingRules {
    /// How long an opening stays claimed while the customer decides, in minutes.
    #[schema(minimum = 1, maximum = 120, example = 10)]
    hold_minutes: u16,
    /// Openings start at multiples of this after opening time, in minutes.
    #[schema(minimum = 5, maximum = 240, example = 15)]
    step_minutes: u16,
    /// No booking closer than this, in minutes. Less than `horizon_days`.
    #[schema(minimum = 0, maximum = 10080, example = 60)]
    min_notice_minutes: u16,
    /// No booking further ahead than this, in days.
    #[schema(minimum = 1, maximum = 730, example = 60)]
    horizon_days: u16,
    /// Whether 3/4 means March 4th when a customer writes it.
    month_first: bool,
}

impl Default for BookingRules {
    fn default() -> Self {
        tenancy::BookingRules::default().into()
    }
}

impl From<tenancy::BookingRules> for BookingRules {
    fn from(rules: tenancy::BookingRules) -> Self {
        Self {
            hold_minutes: rules.hold_minutes,
            step_minutes: rules.step_minutes,
            min_notice_minutes: rules.min_notice_minutes,
            horizon_days: rules.horizon_days,
            month_first: rules.month_first,
        }
    }
}

impl From<BookingRules> for tenancy::BookingRules {
    fn from(rules: BookingRules) -> Self {
        Self {
            hold_minutes: rules.hold_minutes,
            step_minutes: rules.step_minutes,
            min_notice_minutes: rules.min_notice_minutes,
            horizon_days: rules.horizon_days,
            month_first: rules.month_first,
        }
    }
}

/// Change how bookings behave.
///
/// Takes effect at once; holds and appointments stay as they are.
#[utoipa::path(patch, path = "/v1/tenant/rules", operation_id = "update_rules", tag = "Business",
    request_body = RulesPatch,
    responses((status = 200, description = "The rules as they are now", body = BookingRules)))]
pub(super) async fn update(
    caller: Caller,
    State(db): State<Db>,
    ApiJson(patch): ApiJson<RulesPatch>,
) -> Result<Json<BookingRules>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let rules = patch.apply(&load(&mut tx).await?.rules.into())?;
    tenancy::update_rules(&mut tx, rules.into()).await.map_err(refuse)?;
    // Each may be fine and both together not: a notice beyond the horizon offers nothing.
    pipeline::booking_rules(&rules.into())?;
    tx.commit().await?;
    Ok(Json(rules))
}

/// The rules are the whole body here, not a field of it.
fn refuse(error: TenancyError) -> Problem {
    match error {
        TenancyError::Invalid { field, reason } => {
            Problem::invalid(format!("/{}", field.trim_start_matches("rules.")), reason)
        }
        other => other.into(),
    }
}
