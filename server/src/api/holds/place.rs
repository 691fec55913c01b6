//! Claiming an opening.

use std::sync::Arc;

use axum::extract::State;
use booking::PlaceHold;
use jiff::SignedDuration;
use kernel::{AppointmentId, Clock, ContactId, Ids, ResourceId, ServiceId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    api::{
        appointments::{AppointmentView, CustomerFields, Party, placed},
        once::{Once, OnceHeader},
        refusal::Refusal,
        reply::Reply,
        schema, tenant,
        values::{Instant, LocalTime, ZoneName},
        visit::{ItemFields, PartySize, Wish},
        when::{Nth, When},
    },
    auth::Caller,
    problem::Problem,
};

/// An opening to be claimed: what for (`service_id` or `items`) and when (`starts_at` or
/// `starts_at_local`).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateHold {
    /// What for; a variation, where a service has some.
    #[serde(default)]
    #[schema(value_type = Option<schema::ServiceId>)]
    service_id: Option<ServiceId>,
    /// On whom; the first who is free, by position, when left out.
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
    /// When the customer comes: the start of an opening.
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
    /// Who comes.
    #[serde(default)]
    customer: CustomerFields,
    /// Who that is, of those who write to the business.
    #[serde(default)]
    #[schema(value_type = Option<schema::ContactId>)]
    contact_id: Option<ContactId>,
    /// Whose wish it is; the business's when left out. A customer is bound by the rules.
    #[serde(default)]
    booked_by: Party,
    /// The pending or confirmed appointment to be moved here. It stays where it is until this hold
    /// is confirmed, and is not in its own way.
    #[serde(default)]
    #[schema(value_type = Option<schema::AppointmentId>)]
    replaces: Option<AppointmentId>,
}

/// Place a hold.
///
/// Claims an opening for `rules.hold_minutes` of the business: nobody else can have it until then.
/// Confirm it to make it an appointment.
#[utoipa::path(post, path = "/v1/holds", operation_id = "create_hold", tag = "Bookings",
    params(OnceHeader),
    request_body = CreateHold,
    responses(
        (status = 201, description = "The hold", body = AppointmentView,
            headers(("Location" = String, description = "Where it can be seen from now on"),
                ("ETag" = String, description = "Its `version`, in quotes"))),
        (status = 404, description = "No such service, add-on, resource or appointment: \
            `not_found`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else was faster (`opening_taken`) or the start is \
            not on offer (`not_an_opening`), both with `reasons` and `alternatives`; the customer \
            may not (`may_not_book`, `too_late`); or what is to be moved is neither pending nor \
            confirmed (`invalid_transition`)",
            body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field is wrong (`invalid_field`), the local time is none \
            (`no_such_time`) or two (`ambiguous_time`), or the key stands for another request \
            (`idempotency_key_reused`)",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn place(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    once: Once<CreateHold>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        let tenant = tenant::load(tx).await?;
        let wish = request.wish(&tenant)?;
        let hold = booking::place_hold(tx, &wish, &ids, &*clock).await;
        Ok(placed(&hold.map_err(|error| Refusal::of(error, wish.wanted()))?))
    })
    .await
}

impl CreateHold {
    fn wish(self, tenant: &tenancy::Tenant) -> Result<PlaceHold, Problem> {
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
        Ok(PlaceHold {
            visit: visit.visit()?,
            starts_at: when.resolve(&tenant.zone)?,
            customer: self.customer.customer(self.contact_id),
            ttl: SignedDuration::from_mins(tenant.rules.hold_minutes.into()),
            replaces: self.replaces,
            series: None,
            by: self.booked_by.into(),
            rules: pipeline::booking_rules(&tenant.rules)?,
        })
    }
}
