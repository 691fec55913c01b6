//! What the fake remembers.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio_util::task::TaskTracker;

use super::{
    FakeConfig, Faults, SendFault, payload,
    webhook::{Delivery, Target},
};

/// A message as a customer's phone shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// From which instance.
    #[serde(skip)]
    pub instance: String,
    /// Its id.
    pub id: String,
    /// To whom: an address.
    pub to: String,
    /// What it says.
    pub text: String,
    /// When it went out.
    pub at: Timestamp,
}

/// What one try at a webhook came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// The event.
    pub event: String,
    /// The answer's status, if there was an answer.
    pub status: Option<u16>,
}

pub(super) struct Instance {
    pub(super) id: String,
    pub(super) token: String,
    pub(super) integration: String,
    pub(super) state: &'static str,
    pub(super) webhook: Option<Target>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) instances: BTreeMap<String, Instance>,
    pub(super) faults: Faults,
    pub(super) held: Vec<Delivery>,
    ledger: Vec<Line>,
    /// Message objects, sent and received, for `findMessages`.
    history: Vec<(String, Value)>,
    deliveries: BTreeMap<String, Delivery>,
    replies: Vec<Reply>,
    sends_asked: usize,
    counter: u64,
}

/// The server behind the routes.
pub(super) struct Server {
    pub(super) config: FakeConfig,
    pub(super) tasks: TaskTracker,
    state: Mutex<State>,
}

impl Server {
    pub(super) fn new(config: FakeConfig) -> Self {
        Self { config, tasks: TaskTracker::new(), state: Mutex::default() }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.config.now)()
    }

    /// Hexadecimal digits that no other call returns.
    pub(super) fn unique(&self) -> String {
        let mut state = self.state();
        state.counter += 1;
        let seed = format!("{}/{}", state.counter, self.now());
        hex::encode_upper(&Sha256::digest(seed)[..9])
    }

    pub(super) fn add_instance(&self, name: &str) {
        let (id, token) = (self.unique().to_lowercase(), self.unique());
        let integration = "WHATSAPP-BAILEYS".to_owned();
        let instance = Instance { id, token, integration, state: "open", webhook: None };
        self.state().instances.insert(name.to_owned(), instance);
    }

    pub(super) fn set_webhook(&self, name: &str, target: Target) -> bool {
        match self.state().instances.get_mut(name) {
            Some(instance) => {
                instance.webhook = Some(target);
                true
            }
            None => false,
        }
    }

    pub(super) fn target(&self, name: &str) -> Option<Target> {
        self.state().instances.get(name)?.webhook.clone()
    }

    pub(super) fn set_faults(&self, faults: Faults) {
        self.state().faults = faults;
    }

    pub(super) fn fail_next(&self, faults: impl IntoIterator<Item = SendFault>) {
        self.state().faults.next_sends.extend(faults);
    }

    pub(super) fn next_fault(&self) -> Option<SendFault> {
        let mut state = self.state();
        state.sends_asked += 1;
        state.faults.next_send()
    }

    pub(super) fn sends_asked(&self) -> usize {
        self.state().sends_asked
    }

    pub(super) fn ledger(&self, instance: &str) -> Vec<Line> {
        self.state().ledger.iter().filter(|line| line.instance == instance).cloned().collect()
    }

    pub(super) fn replies(&self) -> Vec<Reply> {
        self.state().replies.clone()
    }

    pub(super) fn note_reply(&self, event: &str, status: Option<u16>) {
        self.state().replies.push(Reply { event: event.to_owned(), status });
    }

    /// The message object of something a customer wrote.
    pub(super) fn customer_message(
        &self,
        instance: &str,
        phone: &str,
        name: &str,
        text: &str,
        id: Option<&str>,
    ) -> Value {
        let id = id.map_or_else(|| format!("3A{}", self.unique()), str::to_owned);
        let jid = payload::jid(phone);
        let digits = jid.split('@').next().unwrap_or_default();
        let state = self.state();
        let key = if state.faults.lid_only {
            json!({ "remoteJid": payload::lid(digits), "fromMe": false, "id": id,
                    "addressingMode": "lid" })
        } else if state.faults.lid {
            json!({ "remoteJid": payload::lid(digits), "remoteJidAlt": jid, "fromMe": false,
                    "id": id, "addressingMode": "lid" })
        } else {
            json!({ "remoteJid": jid, "fromMe": false, "id": id })
        };
        let instance_id = state.instances.get(instance).map_or("", |found| &found.id);
        payload::message(key, name, text, "DELIVERY_ACK", self.now(), instance_id)
    }

    /// Puts a message on the customer's phone and in the history. Returns the message object.
    pub(super) fn accept(self: &Arc<Self>, instance: &str, to: &str, text: &str) -> Value {
        let id = format!("3EB0{}", self.unique());
        let now = self.now();
        let mut state = self.state();
        let instance_id = state.instances.get(instance).map_or("", |found| &found.id).to_owned();
        let key = json!({ "remoteJid": to, "fromMe": true, "id": id });
        let object = payload::message(key, "Você", text, "PENDING", now, &instance_id);
        state.history.push((instance.to_owned(), object.clone()));
        if state.faults.dead_but_open {
            return object;
        }
        state.ledger.push(Line {
            instance: instance.to_owned(),
            id: id.clone(),
            to: to.to_owned(),
            text: text.to_owned(),
            at: now,
        });
        drop(state);
        if self.config.echo {
            self.emit(instance, "send.message", object.clone());
            for status in ["SERVER_ACK", "DELIVERY_ACK"] {
                let data = payload::update(&id, to, status, &instance_id);
                self.emit(instance, "messages.update", data);
            }
        }
        object
    }

    /// Records an event, and delivers it to the instance's webhook. Returns the message's id.
    pub(super) fn emit(self: &Arc<Self>, instance: &str, event: &str, data: Value) -> String {
        let id = data["key"]["id"].as_str().unwrap_or_default().to_owned();
        let now = self.now();
        let mut state = self.state();
        if event == "messages.upsert" {
            state.history.push((instance.to_owned(), data.clone()));
        }
        if state.faults.dead_but_open {
            return id;
        }
        let Some(found) = state.instances.get(instance) else {
            return id;
        };
        let Some(target) = found.webhook.clone() else {
            return id;
        };
        if !target.wants(event) {
            return id;
        }
        let key = state.faults.expose_apikey.then(|| found.token.clone());
        let body = payload::envelope(instance, event, &data, &target.url, now, key.as_deref());
        let delivery = Delivery { target, event: event.to_owned(), body: body.to_string() };
        if event == "messages.upsert" {
            state.deliveries.insert(id.clone(), delivery.clone());
        }
        let mut ready = vec![delivery; 1 + state.faults.duplicate_deliveries as usize];
        if state.faults.reorder > 1 {
            state.held.append(&mut ready);
            if state.held.len() >= state.faults.reorder {
                ready = state.held.drain(..).rev().collect();
                drop(state);
                self.deliver_in_order(ready);
            }
        } else {
            drop(state);
            ready.into_iter().for_each(|delivery| self.deliver(delivery));
        }
        id
    }

    pub(super) fn redeliver(self: &Arc<Self>, message_id: &str, times: u32) -> bool {
        let Some(delivery) = self.state().deliveries.get(message_id).cloned() else {
            return false;
        };
        for _ in 0..times {
            self.deliver(delivery.clone());
        }
        true
    }

    /// Message objects of `instance` with `jid`, newest first.
    pub(super) fn history(&self, instance: &str, jid: Option<&str>) -> Vec<Value> {
        let state = self.state();
        let mut found: Vec<_> = state
            .history
            .iter()
            .filter(|(owner, object)| {
                owner == instance
                    && jid.is_none_or(|jid| object["key"]["remoteJid"].as_str() == Some(jid))
            })
            .map(|(_, object)| object.clone())
            .collect();
        found.reverse();
        found
    }
}
