//! `Idempotency-Key`: doing once what a caller asks for twice.
//!
//! Every `POST` that changes bookings takes its body through [`Once`] and does its work inside
//! [`Once::run`], which owns the transaction. With a key, the same request gets the same answer
//! again, to the byte, also after a crash; see [`platform::idempotency`] for how. Without one it is
//! an ordinary request.
//!
//! Only what was done is remembered. A refusal has changed nothing, so its key is free again:
//! whoever repeats the request may be luckier, and whoever corrects it need not think of another
//! key.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequest, MatchedPath, Request},
    http::{HeaderMap, StatusCode},
};
use kernel::Clock;
use platform::{
    Db, TenantTx,
    idempotency::{self, Claim},
};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::{refusal::Refusal, reply::Reply};
use crate::{auth::Caller, body, problem::Problem};

const HEADER: &str = "idempotency-key";
const KEY_LIMIT: usize = 255;

/// The header, for the document.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only its description is looked at, by the document")]
pub(super) struct OnceHeader {
    /// What you call this request: 1 to 255 visible ASCII characters, such as a UUID. For 24 hours
    /// the same request with the same key changes nothing more and gets the same answer again, with
    /// `Idempotency-Replayed: true`; with another body it is refused (`idempotency_key_reused`).
    /// Keys are yours: another API key's are others. A refusal is not remembered, as it has changed
    /// nothing.
    #[param(rename = "Idempotency-Key", required = false, min_length = 1, max_length = 255)]
    idempotency_key: String,
}

/// A body, and whether it has come before. An empty body is a `null`: ask for an `Option` where it
/// may be left out.
pub(super) struct Once<T> {
    body: T,
    named: Option<Named>,
    db: Db,
    clock: Arc<dyn Clock>,
}

/// A request that its caller has given a name.
struct Named {
    operation: String,
    key: String,
    fingerprint: [u8; 32],
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Once<T>
where
    Db: FromRef<S>,
    Arc<dyn Clock>: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let key = key(request.headers())?;
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let route = request.extensions().get::<MatchedPath>().cloned();
        let bytes = body::bytes(request, state).await?;
        let named = key.map(|key| {
            let route = route.as_ref().map_or(uri.path(), MatchedPath::as_str);
            let mut said = Sha256::new();
            for part in [method.as_str().as_bytes(), b"\n", uri.path().as_bytes(), b"\n", &bytes] {
                said.update(part);
            }
            let operation = format!("{method} {route}");
            Named { operation, key, fingerprint: said.finalize().into() }
        });
        Ok(Self {
            body: body::from_slice_or_null(&bytes)?,
            named,
            db: Db::from_ref(state),
            clock: FromRef::from_ref(state),
        })
    }
}

impl<T> Once<T> {
    /// Does `work` in a transaction of the caller's, unless it was done before; keeps its answer.
    /// On a refusal nothing was done.
    pub(super) async fn run<F>(self, caller: Caller, work: F) -> Result<Reply, Problem>
    where
        F: AsyncFnOnce(&mut TenantTx, T) -> Result<Reply, Refusal>,
    {
        let mut tx = self.db.tenant(caller.tenant_id).await?;
        let request = self.named.map(|named| idempotency::Request {
            caller: caller.key_id,
            operation: named.operation,
            key: named.key,
            fingerprint: named.fingerprint,
        });
        if let Some(request) = &request {
            match idempotency::claim(&mut tx, request, self.clock.now()).await? {
                Claim::Mine => {}
                Claim::Done(answer) => return Ok(Reply::again(answer)),
                Claim::Reused => return Err(reused()),
            }
        }
        match work(&mut tx, self.body).await {
            Ok(reply) => {
                if let Some(request) = &request {
                    idempotency::keep(&mut tx, request, reply.answer()).await?;
                }
                tx.commit().await?;
                Ok(reply)
            }
            Err(refusal) => {
                tx.rollback().await?;
                Err(refusal.explain(&self.db, caller.tenant_id, self.clock.now()).await)
            }
        }
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut sent = headers.get_all(HEADER).iter();
    let Some(key) = sent.next() else { return Ok(None) };
    let bytes = key.as_bytes();
    let is_key = sent.next().is_none()
        && (1..=KEY_LIMIT).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_graphic);
    let malformed = || {
        let rule = "`Idempotency-Key` must be 1 to 255 visible ASCII characters, sent once";
        Problem::bad_request("malformed_header", rule)
    };
    let key = key.to_str().ok().filter(|_| is_key).ok_or_else(malformed)?;
    Ok(Some(key.to_owned()))
}

fn reused() -> Problem {
    let title = "That key stands for another request";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", title).detail(
        "You have sent this `Idempotency-Key` with another path or body; use a new key for a new \
         request",
    )
}
