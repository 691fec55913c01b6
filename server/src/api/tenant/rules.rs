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
    /// How many appointments one customer may book for one day by themselves; `null` for as many
    /// as they like. Nobody at the desk is bound by it, nor by what follows.
    #[schema(minimum = 1, maximum = 50, required, example = 2)]
    customer_max_per_day: Option<u16>,
    /// How many for one week, Monday to Sunday; `null` for as many as they like.
    #[schema(minimum = 1, maximum = 200, required, example = json!(null))]
    customer_max_per_week: Option<u16>,
    /// How long before the start a customer can still call off or move, in minutes; 0 for until it
    /// starts. An appointment keeps what was agreed when it was made.
    #[schema(minimum = 0, maximum = 43200, example = 1440)]
    cancel_notice_minutes: u16,
    /// From how many missed appointments on a customer's next one needs a person; `null` for never.
    #[schema(minimum = 1, maximum = 50, required, example = 2)]
    no_show_limit: Option<u16>,
    /// Within how many days missed appointments count.
    #[schema(minimum = 1, maximum = 730, example = 90)]
    no_show_days: u16,
    /// What becomes of that next one.
    no_show_then: NoShowThen,
}

/// What becomes of the next booking of a customer who has missed too many.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NoShowThen {
    /// It is pending until the business approves.
    Approve,
    /// It is refused: `may_not_book`.
    Refuse,
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
            customer_max_per_day: rules.customer_max_per_day,
            customer_max_per_week: rules.customer_max_per_week,
            cancel_notice_minutes: rules.cancel_notice_minutes,
            no_show_limit: rules.no_show_limit,
            no_show_days: rules.no_show_days,
            no_show_then: match rules.no_show_then {
                tenancy::NoShowThen::Approve => NoShowThen::Approve,
                tenancy::NoShowThen::Refuse => NoShowThen::Refuse,
            },
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
            customer_max_per_day: rules.customer_max_per_day,
            customer_max_per_week: rules.customer_max_per_week,
            cancel_notice_minutes: rules.cancel_notice_minutes,
            no_show_limit: rules.no_show_limit,
            no_show_days: rules.no_show_days,
            no_show_then: match rules.no_show_then {
                NoShowThen::Approve => tenancy::NoShowThen::Approve,
                NoShowThen::Refuse => tenancy::NoShowThen::Refuse,
            },
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
