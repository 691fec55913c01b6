//! Reading the waitlist.

use axum::{Json, extract::State};
use booking::{EntryState, Place};
use kernel::WaitlistEntryId;
use platform::Db;
use serde::Deserialize;

use super::WaitlistEntryView;
use crate::{
    api::{
        page::{Cursor, Limit, Page},
        values::Instant,
    },
    auth::Caller,
    body::ApiQuery,
    problem::Problem,
};

/// Which entries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WaitlistQuery {
    /// Of these states, with commas between: `waiting`, `offered`, `accepted`, `declined`,
    /// `lapsed`, `withdrawn`; all when left out.
    #[param(example = "waiting,offered")]
    state: Option<String>,
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 50, required = false)]
    limit: Limit,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// List those who wait.
///
/// In the order in which they began to, which is the order in which they are offered what frees up.
#[utoipa::path(get, path = "/v1/waitlist", operation_id = "list_waitlist", tag = "Bookings",
    params(WaitlistQuery),
    responses((status = 200, description = "Entries", body = Page<WaitlistEntryView>)))]
pub(super) async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiQuery(query): ApiQuery<WaitlistQuery>,
) -> Result<Json<Page<WaitlistEntryView>>, Problem> {
    let states = match &query.state {
        None => EntryState::ALL.to_vec(),
        Some(states) => states.split(',').map(named).collect::<Result<_, _>>()?,
    };
    let after =
        query.cursor.map(|cursor| cursor.decode::<(Instant, WaitlistEntryId)>()).transpose()?;
    let after = after.map(|(created_at, entry)| Place { created_at: created_at.0, entry });
    let mut tx = db.tenant(caller.tenant_id).await?;
    let rows = booking::waitlist(&mut tx, &states, after, query.limit.plus_one()).await?;
    let place = |entry: &booking::WaitlistEntry| (entry.created_at, entry.id);
    Ok(Json(Page::of(rows, query.limit, place, WaitlistEntryView::from)))
}

fn named(name: &str) -> Result<EntryState, Problem> {
    let found = EntryState::ALL.into_iter().find(|state| state.as_str() == name);
    found.ok_or_else(|| {
        Problem::invalid(
            "state",
            "must be waiting, offered, accepted, declined, lapsed or withdrawn, or some of them \
             with commas between",
        )
    })
}
