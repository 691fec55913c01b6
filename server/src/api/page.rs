//! Lists, a page at a time. A cursor is opaque to callers: the place just after the last row of a
//! page, as JSON in base64.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The rows.
    data: Vec<T>,
    /// Ask for the next page with `?cursor=` this; `null` at the end.
    #[schema(required, example = json!(null))]
    next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A page of rows that are known to go on from `next`, or to end.
    pub(crate) fn new<K: Serialize>(data: Vec<T>, next: Option<K>) -> Self {
        Self { data, next_cursor: next.as_ref().map(encode) }
    }

    /// A page of `rows`, of which one more was read than fits, if there was one more.
    pub(crate) fn of<R, K: Serialize>(
        mut rows: Vec<R>,
        limit: Limit,
        key: impl Fn(&R) -> K,
        view: impl FnMut(R) -> T,
    ) -> Self {
        let n = limit.rows();
        let has_more = rows.len() > n;
        rows.truncate(n);
        let next = rows.last().filter(|_| has_more).map(key);
        Self::new(rows.into_iter().map(view).collect(), next)
    }

    /// A page of a list that is short enough to be read whole.
    pub(crate) fn within<R, K: Serialize + DeserializeOwned + PartialEq>(
        mut rows: Vec<R>,
        query: &PageQuery,
        key: impl Fn(&R) -> K,
        view: impl FnMut(R) -> T,
    ) -> Result<Self, Problem> {
        if let Some(cursor) = &query.cursor {
            let last: K = cursor.decode()?;
            let place = rows.iter().position(|row| key(row) == last).ok_or_else(stale)?;
            rows.drain(..=place);
        }
        Ok(Self::of(rows, query.limit, key, view))
    }
}

/// Which part of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// How many rows at most.
    #[serde(default)]
    #[param(value_type = u32, minimum = 1, maximum = 100, default = 50, required = false)]
    pub(crate) limit: Limit,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    pub(crate) cursor: Option<Cursor>,
}

/// How many rows, 1 to 100.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
pub(crate) struct Limit(u32);

impl Limit {
    /// As a count of rows in memory.
    pub(crate) fn rows(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    /// As a count of rows in a table.
    pub(crate) const fn get(self) -> u32 {
        self.0
    }

    /// One more, to see whether there is more.
    pub(crate) const fn plus_one(self) -> u32 {
        self.0 + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u32> for Limit {
    type Error = &'static str;

    fn try_from(n: u32) -> Result<Self, Self::Error> {
        if (1..=100).contains(&n) { Ok(Self(n)) } else { Err("must lie in 1..=100") }
    }
}

/// A place in a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Cursor(String);

impl Cursor {
    /// What [`encode`] was given.
    pub(crate) fn decode<K: DeserializeOwned>(&self) -> Result<K, Problem> {
        let json = BASE64_URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| stale())?;
        serde_json::from_slice(&json).map_err(|_| stale())
    }
}

fn encode<K: Serialize>(place: &K) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

fn stale() -> Problem {
    Problem::invalid("cursor", "must be the `next_cursor` that this list gave last")
}
