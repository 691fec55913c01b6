//! Versions of what is changed, as HTTP has them: `ETag`, `If-Match`, `If-None-Match` (RFC 9110).

use axum::{
    extract::FromRequestParts,
    http::{HeaderName, header, request::Parts},
};
use booking::BookingError;
use kernel::AppointmentId;
use platform::TenantTx;

use crate::problem::Problem;

/// The header, for the document.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only its description is looked at, by the document")]
pub(super) struct IfMatchHeader {
    /// The `ETag` of what you change as you have seen it, or `*`. If somebody has changed it since,
    /// nothing happens (`version_conflict`). Without it, whatever there is is changed.
    #[param(rename = "If-Match", required = false, example = "\"3\"")]
    if_match: String,
}

/// The header, for the document.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only its description is looked at, by the document")]
pub(super) struct IfNoneMatchHeader {
    /// The `ETag` of the appointment as you have it: 304 without a body when that is what it is.
    #[param(rename = "If-None-Match", required = false, example = "\"3\"")]
    if_none_match: String,
}

/// A version as an entity tag.
pub(super) fn tag(version: i32) -> String {
    format!("\"{version}\"")
}

/// Which versions a request is for.
#[derive(Debug, PartialEq, Eq)]
enum Tags {
    Any,
    These(Vec<Tag>),
}

#[derive(Debug, PartialEq, Eq)]
struct Tag {
    is_weak: bool,
    /// As [`tag`] has it; `None` for what is no version of ours.
    version: Option<i32>,
}

/// What the caller has seen, before a change.
#[derive(Debug)]
pub(super) struct IfMatch(Option<Tags>);

impl IfMatch {
    /// Refuses when the appointment is not as the caller has seen it. Nobody changes it any more
    /// until the transaction ends.
    pub(super) async fn check(
        &self,
        tx: &mut TenantTx,
        id: AppointmentId,
    ) -> Result<(), BookingError> {
        let Some(Tags::These(tags)) = &self.0 else { return Ok(()) };
        let mut outcome = Ok(());
        for tag in tags {
            // A weak tag promises too little to change anything by. No version is 0.
            let version = tag.version.filter(|_| !tag.is_weak).unwrap_or_default();
            outcome = booking::expect_version(tx, id, version).await;
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// Refuses when what is at `version` is not as the caller has seen it. Whoever asks holds its
    /// lock.
    pub(super) fn allows(&self, version: i32) -> Result<(), Problem> {
        match &self.0 {
            Some(Tags::These(tags))
                if !tags.iter().any(|tag| !tag.is_weak && tag.version == Some(version)) =>
            {
                Err(Problem::version_conflict(version))
            }
            _ => Ok(()),
        }
    }
}

/// What the caller has, before reading.
#[derive(Debug)]
pub(super) struct IfNoneMatch(Option<Tags>);

impl IfNoneMatch {
    /// Whether the caller has this version.
    pub(super) fn has(&self, version: i32) -> bool {
        match &self.0 {
            None => false,
            Some(Tags::Any) => true,
            Some(Tags::These(tags)) => tags.iter().any(|tag| tag.version == Some(version)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        read(parts, &header::IF_MATCH, "If-Match").map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        read(parts, &header::IF_NONE_MATCH, "If-None-Match").map(Self)
    }
}

fn read(parts: &Parts, name: &HeaderName, shown: &str) -> Result<Option<Tags>, Problem> {
    let lines = parts.headers.get_all(name).iter().map(|line| line.to_str().ok());
    let Some(lines) = lines.collect::<Option<Vec<_>>>() else { return Err(malformed(shown)) };
    if lines.is_empty() {
        return Ok(None);
    }
    parse(&lines.join(",")).map(Some).ok_or_else(|| malformed(shown))
}

fn malformed(name: &str) -> Problem {
    let rule = format!("`{name}` must be `*` or entity tags such as `\"3\"`, with commas between");
    Problem::bad_request("malformed_header", rule)
}

fn parse(text: &str) -> Option<Tags> {
    if text.trim() == "*" {
        return Some(Tags::Any);
    }
    let mut tags = Vec::new();
    let mut rest = text.trim();
    loop {
        let strong = rest.strip_prefix("W/");
        let (inside, after) = strong.unwrap_or(rest).strip_prefix('"')?.split_once('"')?;
        if inside.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let version =
            inside.parse().ok().filter(|version| tag(*version).trim_matches('"') == inside);
        tags.push(Tag { is_weak: strong.is_some(), version });
        rest = after.trim_start();
        if rest.is_empty() {
            return Some(Tags::These(tags));
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}
