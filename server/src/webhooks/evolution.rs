//! `POST /webhooks/evolution/{instance}`: what an Evolution API server tells us.
//!
//! Evolution signs nothing and brings its own key along in the body, so the caller is known by the
//! secret header that the instance's webhook was configured with, and the instance in the body must
//! be the one in the path.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};
use channels::{
    ChannelAccount, ChannelKind, Received, account, inbox, outbox,
    whatsapp::evolution::parse_webhook,
};
use kernel::{Clock, Ids};
use platform::Db;
use serde_json::json;

use crate::{
    app::App,
    body::ApiPath,
    problem::{Problem, chain},
};

/// The header that carries the secret of the instance's webhook.
const SECRET_HEADER: &str = "x-booka-secret";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/webhooks/evolution/{instance}", post(receive))
        // With `byEvents` Evolution adds the event's name to the path.
        .route("/webhooks/evolution/{instance}/{event}", post(receive_by_event))
}

async fn receive_by_event(
    db: State<Db>,
    clock: State<Arc<dyn Clock>>,
    ids: State<Arc<Ids>>,
    ApiPath((instance, _event)): ApiPath<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    receive(db, clock, ids, ApiPath(instance), headers, body).await
}

async fn receive(
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    State(ids): State<Arc<Ids>>,
    ApiPath(instance): ApiPath<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let account = authenticate(&db, &instance, &headers).await?;

    // From here on the caller is the provider: whatever it says is stored or consciously ignored,
    // and only "not stored, try again" is an error.
    let webhook = match parse_webhook(&body, clock.now()) {
        Ok(webhook) => webhook,
        Err(error) => {
            count("malformed");
            tracing::warn!(error = %chain(&error), "webhook body is not of the expected shape");
            return Err(Problem::bad_request("malformed_json", chain(&error)));
        }
    };
    if webhook.instance != instance {
        count("wrong_instance");
        return Err(Problem::unauthorized());
    }
    let mut outcome = Outcome::default();
    for item in &webhook.items {
        take(&db, &*clock, &ids, &account, item, &mut outcome).await?;
    }
    Ok((
        StatusCode::OK,
        Json(json!({
            "stored": outcome.stored,
            "duplicates": outcome.duplicates,
            "ignored": outcome.ignored,
        })),
    )
        .into_response())
}

/// Whose instance it is, if the caller knows its secret. An unknown instance and a wrong secret
/// look alike from outside.
async fn authenticate(
    db: &Db,
    instance: &str,
    headers: &HeaderMap,
) -> Result<ChannelAccount, Problem> {
    let presented =
        headers.get(SECRET_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut router = db.router().await?;
    let found = account::find(&mut router, ChannelKind::Evolution, instance).await?;
    match found {
        Some(found) if found.verify(presented) => Ok(found.account),
        _ => {
            count("unauthorized");
            Err(Problem::unauthorized())
        }
    }
}

/// What became of the items of one delivery.
#[derive(Default)]
struct Outcome {
    stored: usize,
    duplicates: usize,
    ignored: Vec<String>,
}

/// Stores one item; when this returns, it is durable.
async fn take(
    db: &Db,
    clock: &dyn Clock,
    ids: &Ids,
    account: &ChannelAccount,
    item: &Received,
    outcome: &mut Outcome,
) -> Result<(), Problem> {
    match item {
        Received::Message(message) => {
            let mut tx = db.tenant(account.tenant_id).await?;
            let stored = inbox::store(&mut tx, account, message, ids, clock).await?;
            tx.commit().await?;
            match stored {
                inbox::Stored::New { .. } => outcome.stored += 1,
                inbox::Stored::Duplicate => outcome.duplicates += 1,
            }
        }
        Received::Delivery(delivery) => {
            let mut tx = db.tenant(account.tenant_id).await?;
            outbox::record_delivery(&mut tx, account, delivery).await?;
            tx.commit().await?;
            count("delivery");
        }
        Received::Echo(echo) => {
            let mut tx = db.tenant(account.tenant_id).await?;
            outbox::settle_echo(&mut tx, account, echo, clock.now()).await?;
            tx.commit().await?;
            count("echo");
        }
        Received::Ignored { reason } => {
            tracing::debug!(%reason, "webhook item ignored");
            outcome.ignored.push(reason.clone());
            count("ignored");
        }
    }
    Ok(())
}

fn count(outcome: &'static str) {
    metrics::counter!(
        "booka_inbound_messages_total", "channel" => "evolution", "outcome" => outcome
    )
    .increment(1);
}
