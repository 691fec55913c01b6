//! An answer that has been written out, so that it can be given again to the byte.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use platform::idempotency::Answer;
use serde::Serialize;

use super::version;

/// An answer to something that was done.
#[derive(Debug)]
pub(super) struct Reply {
    answer: Answer,
    is_again: bool,
}

impl Reply {
    fn new(status: StatusCode, body: &impl Serialize) -> Self {
        // Nothing in a view can fail to serialise: maps with text keys, numbers, text.
        let body = serde_json::to_vec(body).unwrap_or_default();
        let answer = Answer { status: status.as_u16(), headers: BTreeMap::new(), body };
        Self { answer, is_again: false }
    }

    /// What it is now.
    pub(super) fn ok(body: &impl Serialize) -> Self {
        Self::new(StatusCode::OK, body)
    }

    /// What is new, and where it is from now on.
    pub(super) fn created(location: String, body: &impl Serialize) -> Self {
        Self::new(StatusCode::CREATED, body).with(header::LOCATION, location)
    }

    /// Names the version of what it shows.
    pub(super) fn version(self, version: i32) -> Self {
        self.with(header::ETAG, version::tag(version))
    }

    /// An answer that was given before.
    pub(super) const fn again(answer: Answer) -> Self {
        Self { answer, is_again: true }
    }

    /// What is to be given again.
    pub(super) const fn answer(&self) -> &Answer {
        &self.answer
    }

    fn with(mut self, name: HeaderName, value: String) -> Self {
        self.answer.headers.insert(name.to_string(), value);
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.answer.status).unwrap_or(StatusCode::OK);
        let mut response = (status, self.answer.body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in self.answer.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
                headers.insert(name, value);
            }
        }
        if self.is_again {
            headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
        }
        response
    }
}
