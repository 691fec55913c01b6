//! The single place where errors become HTTP: `application/problem+json` (RFC 9457).
//!
//! Internal text never reaches `detail`; another tenant's object is simply not found.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use booking::BookingError;
use platform::DbError;
use serde::Serialize;
use tenancy::TenancyError;
use utoipa::ToSchema;

use crate::api::ReasonView;

/// What went wrong, for programs and for people.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// A URI for the kind of problem; `about:blank` plus `code` say it all.
    #[serde(rename = "type")]
    kind: Kind,
    /// The kind of problem, in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// This occurrence, in words, naming the fix where there is one.
    detail: Box<str>,
    /// The kind of problem, for programs. Stable.
    code: &'static str,
    /// Which fields of the request were wrong.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: Box<[FieldError]>,
    /// With `not_an_opening`: the rule to say first, out of `reasons`. With `may_not_book`:
    /// `blocked`, `missed_too_often`, `day_full` or `week_full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// With `opening_taken` and `not_an_opening`: every rule that is against it, for everybody who
    /// was asked for, those nearest to working first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ReasonView>>)]
    reasons: Option<Box<serde_json::Value>>,
    /// With `opening_taken` and `not_an_opening`: the nearest openings that can be had, at most
    /// three.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<crate::api::OpeningView>>)]
    alternatives: Option<Box<serde_json::Value>>,
    /// With `no_such_time`: the times on either side of it. With `ambiguous_time`: the two that are
    /// called so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<crate::api::ClockTime>>)]
    times: Option<Box<serde_json::Value>>,
    /// With `series_conflict`: what each date of the series would have come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<crate::api::OccurrenceView>>)]
    occurrences: Option<Box<serde_json::Value>>,
}

/// RFC 9457's way of saying that `code` tells the kind.
#[derive(Debug, Serialize, ToSchema)]
enum Kind {
    #[serde(rename = "about:blank")]
    AboutBlank,
}

/// One field that was wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Which, as a JSON pointer or a parameter's name.
    pointer: String,
    /// What is wrong and what would be right.
    detail: String,
}

impl Problem {
    /// A problem of the kind `code`.
    pub(crate) fn new(status: StatusCode, code: &'static str, title: &'static str) -> Self {
        Self {
            kind: Kind::AboutBlank,
            title,
            status: status.as_u16(),
            detail: Box::default(),
            code,
            errors: Box::default(),
            reason: None,
            reasons: None,
            alternatives: None,
            times: None,
            occurrences: None,
        }
    }

    /// The request cannot be understood.
    pub(crate) fn bad_request(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, "The request cannot be understood").detail(detail)
    }

    /// The request is understood and a field of it is wrong.
    pub(crate) fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let (pointer, detail) = (pointer.into(), detail.into());
        let mut problem =
            Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", "A field is not valid")
                .detail(if pointer.is_empty() {
                    detail.clone()
                } else {
                    format!("`{pointer}` {detail}")
                });
        problem.errors = Box::new([FieldError { pointer, detail }]);
        problem
    }

    /// No key, or none that opens anything.
    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "Authentication is needed").detail(
            "Send `Authorization: Bearer <API key>` with a key of the tenant that is not revoked",
        )
    }

    /// Nothing of that id, for this tenant.
    pub(crate) fn not_found(what: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is no such thing")
            .detail(format!("No {what} with that id"))
    }

    /// The path is served, with other methods.
    pub(crate) fn method_not_allowed() -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::new(status, "method_not_allowed", "That method is not served here")
            .detail("See `Allow` for those that are")
    }

    /// What was asked contradicts what is.
    pub(crate) fn conflict(code: &'static str, title: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code, title).detail(title)
    }

    /// It is not as the caller has seen it.
    pub(crate) fn version_conflict(found: i32) -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "version_conflict",
            "Somebody has changed it since you looked",
        )
        .detail(format!("It is at version {found} now; read it again"))
    }

    /// The caller sends too much.
    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The body is too large")
            .detail(format!("Send at most {limit} bytes"))
    }

    /// Try again later.
    pub(crate) fn unavailable() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available right now")
            .detail("Try again in a few seconds")
    }

    /// Our fault. Logged whole, shown empty.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %chain(error), "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something failed on our side")
            .detail("It has been logged; quote the X-Request-Id of this response when asking")
    }

    /// A handler panicked; the log has it.
    pub(crate) fn panicked() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something failed on our side")
            .detail("It has been logged; quote the X-Request-Id of this response when asking")
    }

    /// Explains this occurrence.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into().into();
        self
    }

    /// Says why, for programs.
    fn reason(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Names the fields of the request that it is about.
    pub(crate) fn about(mut self, pointer: &str) -> Self {
        let detail = String::from(self.detail.as_ref());
        self.errors = Box::new([FieldError { pointer: pointer.to_owned(), detail }]);
        self
    }

    /// Says all that is against it.
    fn reasons(mut self, why: &[booking::Why]) -> Self {
        let reasons: Vec<ReasonView> = why.iter().map(ReasonView::from).collect();
        self.reasons = boxed(&reasons);
        self
    }

    /// Adds what could be taken instead.
    pub(crate) fn alternatives(mut self, alternatives: &impl Serialize) -> Self {
        self.alternatives = boxed(alternatives);
        self
    }

    /// Adds the times that can be meant.
    pub(crate) fn times(mut self, times: &impl Serialize) -> Self {
        self.times = boxed(times);
        self
    }

    /// Adds what each date came to.
    pub(crate) fn occurrences(mut self, occurrences: &impl Serialize) -> Self {
        self.occurrences = boxed(occurrences);
        self
    }
}

fn boxed(value: &impl Serialize) -> Option<Box<serde_json::Value>> {
    serde_json::to_value(value).ok().map(Box::new)
}

/// An error with all its causes, for the log.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        if error.is_transient() {
            tracing::warn!(error = %chain(&error), "database not available");
            Self::unavailable()
        } else {
            Self::internal(&error)
        }
    }
}

impl From<TenancyError> for Problem {
    fn from(error: TenancyError) -> Self {
        match error {
            TenancyError::Invalid { field, reason } => Self::invalid(field, reason),
            TenancyError::Database(error) => error.into(),
            TenancyError::Corrupt(_) => Self::internal(&error),
        }
    }
}

impl From<BookingError> for Problem {
    fn from(error: BookingError) -> Self {
        match error {
            BookingError::Taken { why } => {
                Self::conflict("opening_taken", "That opening has just been taken").reasons(&why)
            }
            BookingError::NotAnOpening { reason, why } => {
                Self::conflict("not_an_opening", "That start is not on offer")
                    .detail(format!("That start is not on offer: {reason}"))
                    .reason(reason.as_str())
                    .reasons(&why)
            }
            BookingError::HoldExpired { expired_at } => {
                Self::conflict("hold_expired", "The hold has expired")
                    .detail(format!("The hold expired at {expired_at}; place another"))
            }
            BookingError::PriceChanged { held, .. } => {
                Self::conflict("price_changed", "The price is not the expected one").detail(
                    format!(
                        "The hold promises {} {} (minor units)",
                        held.amount_minor, held.currency
                    ),
                )
            }
            BookingError::InvalidTransition(transition) => {
                Self::conflict("invalid_transition", "It cannot go there from where it stands")
                    .detail(transition.to_string())
            }
            BookingError::MayNotBook { standing } => {
                Self::conflict("may_not_book", "This customer cannot book by themselves")
                    .reason(standing.as_str())
            }
            BookingError::TooLate { deadline } => {
                Self::conflict("too_late", "It is too late for the customer to change this")
                    .detail(format!("The customer could change this until {deadline}"))
            }
            BookingError::VersionConflict { found, .. } => Self::version_conflict(found),
            BookingError::UnknownAppointment(_) => Self::not_found("appointment"),
            BookingError::UnknownAddOn(_) => Self::not_found("add-on"),
            BookingError::UnknownContact(_) => Self::not_found("contact"),
            BookingError::UnknownSeries(_) => Self::not_found("series"),
            BookingError::UnknownWaitlistEntry(_) => Self::not_found("waitlist entry"),
            BookingError::UnknownService(_) => Self::not_found("service"),
            BookingError::UnknownResource(_) => Self::not_found("resource"),
            BookingError::Invalid { field, reason } => Self::invalid(pointer(field), reason),
            BookingError::Database(error) => error.into(),
            BookingError::Corrupt { .. } => Self::internal(&error),
        }
    }
}

/// Where the API has what the engine names.
fn pointer(field: &str) -> String {
    let field = match field {
        "zone" => "time_zone",
        "services" => "service_ids",
        "min_notice" => "min_notice_minutes",
        "horizon" => "horizon_days",
        "contact" => "contact_id",
        same => same,
    };
    format!("/{field}")
}
