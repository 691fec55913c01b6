//! Why a start is, or is not, on offer.

use std::sync::Arc;

use axum::{Json, extract::State};
use booking::Wanted;
use kernel::{AppointmentId, Clock, ResourceId, ServiceId};
use platform::Db;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpeningView;
use crate::{
    api::{
        ReasonView, refusal, schema, tenant,
        values::{Instant, LocalTime, ZoneName},
        visit::{ItemFields, PartySize, Wish},
        when::{Nth, When},
    },
    auth::Caller,
    body::ApiJson,
    problem::Problem,
};

/// A start to be explained: what for (`service_id` or `items`) and when (`starts_at` or
/// `starts_at_local`).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplainOpening {
    /// What for; a variation, where a service has some.
    #[serde(default)]
    #[schema(value_type = Option<schema::ServiceId>)]
    service_id: Option<ServiceId>,
    /// On whom; anybody when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// Several services, one right after the other; instead of `service_id` and `resource_id`.
    #[serde(default)]
    #[schema(min_items = 1, max_items = 6)]
    items: Option<Vec<ItemFields>>,
    /// How many people come.
    #[serde(default)]
    #[schema(value_type = u16, minimum = 1, maximum = 500, default = 1)]
    party_size: PartySize,
    /// When the customer would come.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-12-24T09:30:00Z")]
    starts_at: Option<Instant>,
    /// The same by the clock on the wall.
    #[serde(default)]
    #[schema(value_type = Option<schema::LocalDateTime>)]
    starts_at_local: Option<LocalTime>,
    /// Where that clock hangs; at the business when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::TimeZone>)]
    time_zone: Option<ZoneName>,
    /// Which of the two, where the clock shows that time twice.
    #[serde(default)]
    occurrence: Option<Nth>,
    /// The appointment that would be moved, which is then not in its own way.
    #[serde(default)]
    #[schema(value_type = Option<schema::AppointmentId>)]
    moving: Option<AppointmentId>,
}

/// Whether a start is on offer, and if not, why.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Explanation {
    /// Whether it can be booked right now.
    offered: bool,
    /// If so, what.
    #[schema(required)]
    opening: Option<OpeningView>,
    /// If not: every rule that is against it, for everybody who was asked for, those nearest to
    /// working first.
    reasons: Vec<ReasonView>,
    /// If not: the nearest openings that can be had, at most three.
    alternatives: Vec<OpeningView>,
}

/// Explain an opening.
///
/// Says of any start whether it is on offer, and if not, every rule that is against it. Promises
/// nothing: place a hold.
#[utoipa::path(post, path = "/v1/openings/explain", operation_id = "explain_opening",
    tag = "Bookings", request_body = ExplainOpening,
    responses((status = 200, description = "Whether, and why not", body = Explanation),
        (status = 404, description = "No such service, add-on, resource or appointment: \
            `not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is wrong (`invalid_field`), or the local time is \
            none (`no_such_time`) or two (`ambiguous_time`)",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn explain(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiJson(request): ApiJson<ExplainOpening>,
) -> Result<Json<Explanation>, Problem> {
    let now = clock.now();
    let mut tx = db.tenant(caller.tenant_id).await?;
    let wanted = request.wanted(&tenant::load(&mut tx).await?)?;
    if let Some(moving) = wanted.moving {
        let found = booking::get(&mut tx, moving).await?;
        found.ok_or_else(|| Problem::not_found("appointment"))?;
    }
    let explanation = match booking::explain(&mut tx, &wanted, now).await? {
        Ok(opening) => Explanation {
            offered: true,
            opening: Some((&opening).into()),
            reasons: Vec::new(),
            alternatives: Vec::new(),
        },
        Err(why) => Explanation {
            offered: false,
            opening: None,
            reasons: why.iter().map(Into::into).collect(),
            alternatives: refusal::alternatives(&mut tx, &wanted, now).await?,
        },
    };
    Ok(Json(explanation))
}

impl ExplainOpening {
    fn wanted(self, tenant: &tenancy::Tenant) -> Result<Wanted, Problem> {
        let visit = Wish {
            items: self.items,
            service_id: self.service_id,
            resource_id: self.resource_id,
            party_size: self.party_size,
        };
        let when = When {
            starts_at: self.starts_at,
            starts_at_local: self.starts_at_local,
            time_zone: self.time_zone,
            occurrence: self.occurrence,
        };
        Ok(Wanted {
            visit: visit.visit()?,
            starts_at: when.resolve(&tenant.zone)?,
            moving: self.moving,
            rules: pipeline::booking_rules(&tenant.rules)?,
        })
    }
}
