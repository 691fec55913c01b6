//! Extractors that refuse with a problem instead of plain text.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use crate::problem::Problem;

/// A JSON body. A wrong field is named by its path.
#[derive(Debug)]
pub(crate) struct ApiJson<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        from_slice(&bytes(request, state).await?).map(Self)
    }
}

/// The whole body.
pub(crate) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    let bytes = Bytes::from_request(request, state).await;
    bytes.map_err(|_| Problem::too_large(crate::app::BODY_LIMIT))
}

/// A `T` from a body that may be left out where `T` can be a `null`.
pub(crate) fn from_slice_or_null<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    if bytes.is_empty()
        && let Ok(nothing) = serde_json::from_str("null")
    {
        return Ok(nothing);
    }
    from_slice(bytes)
}

fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(refuse)?;
    json.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// A `T` from JSON that has been read before.
pub(crate) fn from_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(refuse)
}

fn refuse(error: serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let pointer = pointer(error.path());
    let inner = error.into_inner();
    if inner.is_syntax() || inner.is_eof() {
        malformed(&inner)
    } else {
        let text = inner.to_string();
        let place = format!(" at line {} column {}", inner.line(), inner.column());
        Problem::invalid(pointer, text.strip_suffix(&place).unwrap_or(&text))
    }
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::bad_request("malformed_json", format!("The body is not JSON: {error}"))
}

/// An RFC 6901 pointer; empty for the whole body.
fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => "?".to_owned(),
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}

/// Path parameters.
#[derive(Debug)]
pub(crate) struct ApiPath<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for ApiPath<T> {
    type Rejection = Problem;

    #[expect(clippy::disallowed_types, reason = "wrapped here, once, to refuse with a problem")]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|error| Problem::invalid("path", error.body_text()))
    }
}

/// Query parameters.
#[derive(Debug)]
pub(crate) struct ApiQuery<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = Problem;

    #[expect(clippy::disallowed_types, reason = "wrapped here, once, to refuse with a problem")]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Query::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|error| Problem::invalid("query", error.body_text()))
    }
}
