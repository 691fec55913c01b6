//! Which tenant a request is for: the one its API key belongs to, whatever else it says.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header, request::Parts},
};
use kernel::{ApiKeyId, TenantId};
use platform::Db;

use crate::problem::Problem;

/// The caller proved to be this tenant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    /// Whose data the request may touch.
    pub(crate) tenant_id: TenantId,
    /// With which of its keys.
    pub(crate) key_id: ApiKeyId,
}

impl<S> FromRequestParts<S> for Caller
where
    S: Send + Sync,
    Db: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let presented = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(Problem::unauthorized)?;
        let mut router = Db::from_ref(state).router().await?;
        let key = tenancy::authenticate(&mut router, presented.trim())
            .await?
            .ok_or_else(Problem::unauthorized)?;
        tracing::Span::current().record("tenant.id", tracing::field::display(key.tenant_id));
        Ok(Self { tenant_id: key.tenant_id, key_id: key.id })
    }
}
