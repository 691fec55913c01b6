//! Booking a series.

use std::sync::Arc;

use axum::extract::State;
use booking::{BookSeries, Occurrence};
use kernel::{Clock, ContactId, Ids, ResourceId, ServiceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{OccurrenceView, SeriesView};
use crate::{
    api::{
        appointments::{CustomerFields, Party},
        once::{Once, OnceHeader},
        reply::Reply,
        schema, tenant,
        values::{LocalTime, ZoneName},
        visit::{ItemFields, PartySize, Wish},
    },
    auth::Caller,
    problem::Problem,
};

/// Appointments that repeat: what for (`service_id` or `items`), when first, how often.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateSeries {
    /// What for; a variation, where a service has some.
    #[serde(default)]
    #[schema(value_type = Option<schema::ServiceId>)]
    service_id: Option<ServiceId>,
    /// On whom; whoever is free first, by position, on each date when left out.
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
    /// What the clock on the wall shows at each start, beginning with this day; also when it is put
    /// forward or back in between. Of a time that is there twice it is the first.
    #[schema(value_type = schema::LocalDateTime)]
    starts_at_local: LocalTime,
    /// Where that clock hangs; at the business when left out.
    #[serde(default)]
    #[schema(value_type = Option<schema::TimeZone>)]
    time_zone: Option<ZoneName>,
    /// How many weeks from one to the next.
    #[schema(minimum = 1, maximum = 52, example = 1)]
    every_weeks: u8,
    /// How many appointments.
    #[schema(minimum = 2, maximum = 104, example = 10)]
    times: u8,
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
    /// Whether to book the dates that can be had when some cannot. Otherwise it is all or nothing.
    #[serde(default)]
    skip_conflicts: bool,
}

/// Book a series.
///
/// Each date is booked at once, without a hold. All of it is within the horizon of the business.
#[utoipa::path(post, path = "/v1/series", operation_id = "create_series", tag = "Bookings",
    params(OnceHeader),
    request_body = CreateSeries,
    responses(
        (status = 201, description = "What each date came to", body = SeriesView,
            headers(("Location" = String, description = "Where its appointments are"))),
        (status = 404, description = "No such service, add-on or resource: `not_found`",
            body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Some date cannot be had, or none can with `skip_conflicts` \
            (`series_conflict`, with `occurrences`), and nothing was booked; or the customer may \
            not (`may_not_book`)", body = Problem, content_type = "application/problem+json")))]
pub(super) async fn book(
    caller: Caller,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    once: Once<CreateSeries>,
) -> Result<Reply, Problem> {
    once.run(caller, async |tx, request| {
        let tenant = tenant::load(tx).await?;
        let wish = request.wish(&tenant)?;
        let series = booking::book_series(tx, &wish, &ids, &*clock).await?;
        let occurrences = series.occurrences.iter().map(OccurrenceView::from).collect();
        match series.id {
            Some(series_id) => {
                let location = format!("/v1/series/{series_id}/appointments");
                Ok(Reply::created(location, &SeriesView { series_id, occurrences }))
            }
            None => Err(conflict(&series.occurrences).into()),
        }
    })
    .await
}

/// What was booked on the way is undone, so no date shows an appointment.
fn conflict(occurrences: &[Occurrence]) -> Problem {
    let refused = occurrences.iter().filter(|one| matches!(one, Occurrence::Refused { .. }));
    let refused: Vec<OccurrenceView> = refused.map(OccurrenceView::from).collect();
    Problem::conflict("series_conflict", "Not every date of the series can be had")
        .detail(format!(
            "{} of {} dates cannot be had; choose another time, or send `skip_conflicts` to book \
             the others",
            refused.len(),
            occurrences.len()
        ))
        .occurrences(&refused)
}

impl CreateSeries {
    fn wish(self, tenant: &tenancy::Tenant) -> Result<BookSeries, Problem> {
        let visit = Wish {
            items: self.items,
            service_id: self.service_id,
            resource_id: self.resource_id,
            party_size: self.party_size,
        };
        Ok(BookSeries {
            visit: visit.visit()?,
            starts_local: self.starts_at_local.0,
            zone: self.time_zone.map_or_else(|| tenant.zone.clone(), |zone| zone.0),
            every_weeks: self.every_weeks,
            times: self.times,
            customer: self.customer.customer(self.contact_id),
            skip_conflicts: self.skip_conflicts,
            by: self.booked_by.into(),
            rules: pipeline::booking_rules(&tenant.rules)?,
        })
    }
}
