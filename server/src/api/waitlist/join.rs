//! Getting on the waitlist, and off it.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use booking::{JoinWaitlist, Party, Visit};
use kernel::{Clock, ContactId, Ids, WaitlistEntryId};
use platform::Db;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{DayOfWeek, Stretch, WaitItem, WaitlistEntryView, WishFields};
use crate::{
    api::{
        schema,
        values::{Day, Name},
    },
    auth::Caller,
    body::{ApiJson, ApiPath},
    problem::Problem,
};

/// A wish to be told when something frees up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinWaitlistFields {
    /// Who; somebody who has written to the business, for they are told in the chat.
    #[schema(value_type = schema::ContactId)]
    contact_id: ContactId,
    /// As they introduced themselves.
    #[serde(default)]
    #[schema(value_type = Option<schema::Name>)]
    name: Option<Name>,
    /// What for: 1 to 6 services, in order.
    #[schema(min_items = 1, max_items = 6)]
    items: Vec<WaitItem>,
    /// How many come.
    #[serde(default = "one")]
    #[schema(value_type = u16, minimum = 1, maximum = 500, default = 1, required = false)]
    party_size: u16,
    /// The first day that would do.
    #[serde(default)]
    #[schema(value_type = Option<schema::Day>)]
    from: Option<Day>,
    /// The last.
    #[serde(default)]
    #[schema(value_type = Option<schema::Day>)]
    until: Option<Day>,
    /// On one of these days of the week.
    #[serde(default)]
    weekdays: Vec<DayOfWeek>,
    /// Not on these days.
    #[serde(default)]
    #[schema(value_type = Vec<schema::Day>)]
    excluded_days: Vec<Day>,
    /// Starting within one of these.
    #[serde(default)]
    #[schema(value_type = Vec<schema::Hours>, example = json!(["17:00-20:00"]))]
    times_of_day: Vec<Stretch>,
}

const fn one() -> u16 {
    1
}

/// Put somebody on the waitlist.
///
/// At its end. Somebody who waits for the very same keeps their place. When something frees up, the
/// first whom it suits is offered it in the chat, and it is held for them for a quarter of an hour.
#[utoipa::path(post, path = "/v1/waitlist", operation_id = "join_waitlist", tag = "Bookings",
    request_body = JoinWaitlistFields,
    responses((status = 201, description = "The entry", body = WaitlistEntryView),
        (status = 404, description = "No such contact, service or resource: `not_found`",
            body = Problem, content_type = "application/problem+json")))]
pub(super) async fn join(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiJson(fields): ApiJson<JoinWaitlistFields>,
) -> Result<(StatusCode, Json<WaitlistEntryView>), Problem> {
    let wish = WishFields {
        from: fields.from,
        until: fields.until,
        weekdays: fields.weekdays,
        excluded_days: fields.excluded_days,
        times_of_day: fields.times_of_day,
    };
    let request = JoinWaitlist {
        contact: fields.contact_id,
        name: fields.name.map(String::from),
        phone: None,
        visit: Visit {
            items: fields.items.into_iter().map(WaitItem::into).collect(),
            party_size: fields.party_size,
        },
        wish: wish.into(),
    };
    let mut tx = db.tenant(caller.tenant_id).await?;
    let entry = booking::join_waitlist(&mut tx, &request, &ids, &*clock).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(entry.into())))
}

/// Take an entry off the waitlist.
///
/// What is held for it is let go, and offered to the next. One that is over already stays as it is.
#[utoipa::path(delete, path = "/v1/waitlist/{entry_id}", operation_id = "withdraw_waitlist_entry",
    tag = "Bookings",
    params(("entry_id" = String, Path, description = "Which")),
    responses((status = 204, description = "They do not wait any more")))]
pub(super) async fn withdraw(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiPath(id): ApiPath<WaitlistEntryId>,
) -> Result<StatusCode, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    booking::withdraw(&mut tx, id, Party::Business, clock.now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
