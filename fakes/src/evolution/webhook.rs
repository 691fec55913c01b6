//! Delivering webhooks the way Evolution does: each event on its own, with retries, unless the
//! answer is one of those it takes for a final no.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value, json};

use super::state::Server;

/// Where an instance's events go.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) url: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) enabled: bool,
    pub(super) by_events: bool,
    /// `UPPER_SNAKE` names; empty for all.
    pub(super) events: Vec<String>,
}

/// One event on its way.
#[derive(Debug, Clone)]
pub(super) struct Delivery {
    pub(super) target: Target,
    pub(super) event: String,
    pub(super) body: String,
}

/// Answers after which Evolution does not try again.
const FINAL: [u16; 5] = [400, 401, 403, 404, 422];

impl Target {
    pub(super) fn new(url: &str, headers: BTreeMap<String, String>) -> Self {
        Self { url: url.to_owned(), headers, enabled: true, by_events: false, events: Vec::new() }
    }

    /// Reads the `webhook` object of `/webhook/set` and `/instance/create`.
    pub(super) fn read(webhook: &Value) -> Option<Self> {
        let list = webhook["events"].as_array();
        Some(Self {
            url: webhook["url"].as_str()?.to_owned(),
            enabled: webhook["enabled"].as_bool().unwrap_or(true),
            by_events: webhook["byEvents"].as_bool().unwrap_or(false),
            headers: webhook["headers"]
                .as_object()
                .into_iter()
                .flatten()
                .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect(),
            events: list
                .into_iter()
                .flatten()
                .filter_map(|event| event.as_str().map(str::to_owned))
                .collect(),
        })
    }

    /// The stored row that `/webhook/find` shows.
    pub(super) fn row(&self, instance_id: &str) -> Value {
        json!({
            "id": format!("wh-{instance_id}"), "url": self.url, "headers": self.headers,
            "enabled": self.enabled, "events": self.events, "webhookByEvents": self.by_events,
            "webhookBase64": false, "instanceId": instance_id,
        })
    }

    pub(super) fn wants(&self, event: &str) -> bool {
        let name = event.replace(['.', '-'], "_").to_uppercase();
        self.enabled && (self.events.is_empty() || self.events.contains(&name))
    }

    fn url_for(&self, event: &str) -> String {
        if self.by_events {
            format!("{}/{}", self.url.trim_end_matches('/'), event.replace('.', "-"))
        } else {
            self.url.clone()
        }
    }
}

impl Server {
    /// Delivers in the background.
    pub(super) fn deliver(self: &Arc<Self>, delivery: Delivery) {
        let server = Arc::clone(self);
        self.tasks.spawn(async move { server.try_until_final(&delivery).await });
    }

    /// Delivers in the background, one after the other.
    pub(super) fn deliver_in_order(self: &Arc<Self>, deliveries: Vec<Delivery>) {
        let server = Arc::clone(self);
        self.tasks.spawn(async move {
            for delivery in deliveries {
                server.try_until_final(&delivery).await;
            }
        });
    }

    async fn try_until_final(&self, delivery: &Delivery) {
        let mut pause = self.config.first_pause;
        for attempt in 1..=self.config.attempts {
            let body = delivery.body.clone().into_bytes();
            let status = self.post(&delivery.target, &delivery.event, body).await;
            match status {
                Some(status) if (200..300).contains(&status) || FINAL.contains(&status) => return,
                _ if attempt == self.config.attempts => {
                    tracing::warn!(event = delivery.event, "webhook given up");
                }
                _ => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(self.config.first_pause * 60);
                }
            }
        }
    }

    /// One request. `None` when there was no answer.
    pub(super) async fn post(&self, target: &Target, event: &str, body: Vec<u8>) -> Option<u16> {
        let mut request = self
            .config
            .http
            .post(target.url_for(event))
            .timeout(self.config.webhook_timeout)
            .header("content-type", "application/json");
        for (name, value) in &target.headers {
            request = request.header(name, value);
        }
        let status = request.body(body).send().await.ok().map(|answer| answer.status().as_u16());
        self.note_reply(event, status);
        status
    }

    /// Waits until nothing is on its way.
    pub(super) async fn settled(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }
}
