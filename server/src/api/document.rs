//! The OpenAPI document around the operations: who it is, how to authenticate, and the refusals
//! that every operation of a kind can give.

use utoipa::{
    Modify, OpenApi, PartialSchema as _, ToSchema as _,
    openapi::{
        self, Components, Content, Ref, RefOr, ResponseBuilder,
        path::Operation,
        schema::{ArrayItems, Schema},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{ClockTime, OccurrenceView, OpeningView, ReasonView, schema};
use crate::problem::{FieldError, Problem};

/// What every reader of the document should know first.
const ABOUT: &str = "\
Booka answers a business's messages and books its appointments. This API is the business's own:
its catalogue and timetables, openings, holds and appointments, and the conversations.

Instants are RFC 3339 in UTC; beside those that were promised by a wall clock stand the local
date and time and the IANA `time_zone`. Money is `{amount_minor, currency}`. Lists take `limit`
and `cursor` and give `{data, next_cursor}`. Whatever goes wrong is an
`application/problem+json` (RFC 9457) with a stable `code`.

Whatever changes bookings takes an `Idempotency-Key`: send the same request with the same key again
when you heard nothing, and it is done once. Appointments carry their version as `ETag`: send it as
`If-Match`, and nothing is changed that somebody else has changed since.

A key opens the data of one business. The id of anything else is not found.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Booka", version = "1", description = ABOUT, license(name = "Proprietary")),
    security(("api_key" = [])),
    modifiers(&Shared),
    tags(
        (name = "Business", description = "Who it is, how its bookings behave, what it answers"),
        (name = "Catalogue", description = "What can be booked, on whom, and when they work"),
        (name = "Bookings", description = "Openings, holds and appointments"),
        (name = "Conversations", description = "What was said, and what Booka made of it"),
    ),
)]
struct Head;

struct Shared;

impl Modify for Shared {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Components::default);
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("bk_live_…")
            .description(Some("The business's API key"))
            .build();
        components.add_security_scheme("api_key", SecurityScheme::Http(bearer));
        components.schemas.extend(schema::all());
        for (name, schema) in [
            (Problem::name(), Problem::schema()),
            (FieldError::name(), FieldError::schema()),
            (OpeningView::name(), OpeningView::schema()),
            (ReasonView::name(), ReasonView::schema()),
            (ClockTime::name(), ClockTime::schema()),
            (OccurrenceView::name(), OccurrenceView::schema()),
        ] {
            components.schemas.insert(name.into_owned(), schema);
        }
    }
}

/// The document without its operations.
pub(super) fn head() -> openapi::OpenApi {
    Head::openapi()
}

/// Adds to every operation the refusals it can give beside its own, and lets pages refer to their
/// rows, which are spelled out otherwise.
pub(super) fn complete(document: &mut openapi::OpenApi) {
    if let Some(components) = &mut document.components {
        for (name, schema) in &mut components.schemas {
            if let (Some(row), RefOr::T(Schema::Object(page))) =
                (name.strip_prefix("Page_"), schema)
                && let Some(RefOr::T(Schema::Array(data))) = page.properties.get_mut("data")
            {
                data.items = ArrayItems::RefOrSchema(Box::new(Ref::from_schema_name(row).into()));
            }
        }
    }
    for (path, item) in &mut document.paths.paths {
        let operations =
            [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            refusals(operation, path.contains('{'));
        }
    }
}

fn refusals(operation: &mut Operation, names_a_thing: bool) {
    let takes_body = operation.request_body.is_some();
    let takes_anything = takes_body || operation.parameters.is_some();
    let mut add = |when: bool, status: &str, why: &str| {
        if when {
            let content = Content::new(Some(Ref::from_schema_name(Problem::name())));
            let response = ResponseBuilder::new()
                .description(why)
                .content("application/problem+json", content)
                .build();
            let responses = &mut operation.responses.responses;
            responses.entry(status.to_owned()).or_insert_with(|| response.into());
        }
    };
    add(
        takes_anything,
        "400",
        "The body is not JSON (`malformed_json`), or a header is not what it \
        must be (`malformed_header`)",
    );
    add(true, "401", "No key, or none that opens anything: `unauthorized`");
    add(names_a_thing, "404", "The business has no such thing: `not_found`");
    add(takes_body, "413", "The body is too large: `too_large`");
    add(takes_anything, "422", "A field is wrong, and named in `errors`: `invalid_field`");
    add(true, "500", "Something failed on our side: `internal`");
    add(true, "503", "Not available right now; try again after `Retry-After`: `unavailable`");
}
