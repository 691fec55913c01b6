//! Asks, within bounds.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use kernel::Clock;
use models::{Call, Completion, LanguageModel, LanguageModelError as Error, Prompt};
use rand::{RngExt as _, rngs::StdRng};
use reqwest::{Response, Url};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout},
};

use crate::{
    ConfigError, RemoteConfig,
    answer::{self, Answer, Bill},
    breaker::Breaker,
};

/// The longest `Retry-After` that is read, in seconds.
const MAX_RETRY_AFTER: u64 = 24 * 3600;

/// A language model behind an OpenAI-compatible endpoint.
pub struct RemoteModel {
    http: reqwest::Client,
    endpoint: Url,
    config: RemoteConfig,
    breaker: Breaker,
    slots: Semaphore,
    clock: Arc<dyn Clock>,
    rng: Mutex<StdRng>,
}

/// What can still help after a failure.
#[derive(Debug, PartialEq, Eq)]
enum Remedy {
    /// Nothing: the key, the credit, the question itself.
    None,
    /// Another model. The same one would only cost once more.
    OtherModel,
    /// The next model, or the same one a little later: nothing was done.
    Again,
}

impl RemoteModel {
    /// A client that makes its requests with `http`, tells the time to its circuit breaker with
    /// `clock`, and spreads its retries with `rng`.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the settings cannot work.
    pub fn new(
        http: reqwest::Client,
        config: RemoteConfig,
        clock: Arc<dyn Clock>,
        rng: StdRng,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            http,
            endpoint: config.endpoint()?,
            breaker: Breaker::new(config.breaker.clone()),
            slots: Semaphore::new(config.parallel),
            config,
            clock,
            rng: Mutex::new(rng),
        })
    }

    /// One request, at most `limit` long.
    async fn call(
        &self,
        model: &str,
        prompt: &Prompt,
        limit: Duration,
    ) -> (Result<Value, Error>, Call) {
        let started = Instant::now();
        let answer = timeout(limit, self.exchange(model, prompt)).await;
        let Answer { said, bill } = match answer {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => Answer { said: Err(error), bill: Bill::default() },
            Err(_) => Answer { said: Err(Error::TimedOut), bill: Bill::default() },
        };
        let outcome = said.as_ref().map_or_else(Error::name, |_| "answered");
        metrics::counter!("booka_llm_calls_total", "outcome" => outcome).increment(1);
        metrics::histogram!("booka_llm_call_seconds").record(started.elapsed().as_secs_f64());
        let call = Call {
            model: bill.model.unwrap_or_else(|| model.to_owned()),
            outcome,
            prompt_tokens: bill.prompt_tokens,
            completion_tokens: bill.completion_tokens,
            cost_nanos: bill.cost_nanos,
            latency: started.elapsed(),
        };
        (said, call)
    }

    async fn exchange(&self, model: &str, prompt: &Prompt) -> Result<Answer, Error> {
        let mut request = self.http.post(self.endpoint.clone()).json(&self.body(model, prompt));
        if let Some(key) = &self.config.api_key {
            request = request.bearer_auth(key.expose_secret());
        }
        let mut response = request.send().await.map_err(|error| lost(&error))?;
        let status = response.status().as_u16();
        let retry_after = retry_after(&response);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| lost(&error))? {
            if body.len() + chunk.len() > self.config.max_body {
                return Err(Error::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(answer::read(status, retry_after, &body))
    }

    fn body(&self, model: &str, prompt: &Prompt) -> Value {
        let mut body = json!({
            "model": model,
            "messages": [
                { "role": "system", "content": prompt.system },
                { "role": "user", "content": prompt.user },
            ],
            "max_tokens": prompt.max_tokens,
            "temperature": 0,
            "stream": false,
            "response_format": { "type": "json_schema", "json_schema": {
                "name": prompt.schema_name, "strict": true, "schema": prompt.schema,
            } },
        });
        if self.config.provider_preferences {
            body["provider"] = json!({ "require_parameters": true, "data_collection": "deny" });
        }
        body
    }

    /// The pause before request number `attempt` + 2, give or take half.
    fn pause(&self, attempt: u32, retry_after: Option<Duration>) -> Duration {
        let spread = self.rng.lock().unwrap_or_else(PoisonError::into_inner).random_range(0.5..1.5);
        let backoff = self.config.backoff.saturating_mul(1 << attempt.min(6)).mul_f64(spread);
        backoff.max(retry_after.unwrap_or_default())
    }
}

#[async_trait]
impl LanguageModel for RemoteModel {
    async fn complete(&self, prompt: &Prompt) -> Completion {
        let mut calls = Vec::new();
        let Ok(_slot) = self.slots.try_acquire() else {
            metrics::counter!("booka_llm_calls_total", "outcome" => "busy").increment(1);
            return Completion { answer: Err(Error::Busy), calls };
        };
        let deadline = Instant::now() + self.config.timeout;
        let mut last = None;
        let mut model = 0;
        for attempt in 0..self.config.attempts {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                last.get_or_insert(Error::TimedOut);
                break;
            }
            let Some(permit) = self.breaker.admit(self.clock.now()) else {
                last.get_or_insert(Error::CircuitOpen);
                break;
            };
            let limit = left.min(self.config.attempt_timeout);
            let (said, call) = self.call(&self.config.models[model], prompt, limit).await;
            calls.push(call);
            let error = match said {
                Ok(answer) => {
                    permit.works();
                    return Completion { answer: Ok(answer), calls };
                }
                Err(error) => error,
            };
            if is_the_endpoints(&error) {
                permit.fails(self.clock.now(), error.retry_after());
            } else {
                permit.works();
            }
            let (remedy, retry_after) = (remedy(&error), error.retry_after());
            tracing::debug!(error = %error, attempt, "a language model did not answer");
            last = Some(error);
            let is_last = model + 1 == self.config.models.len();
            match remedy {
                Remedy::None => break,
                Remedy::OtherModel if is_last => break,
                Remedy::OtherModel => model += 1,
                Remedy::Again => {
                    let wake = Instant::now() + self.pause(attempt, retry_after);
                    if wake >= deadline || attempt + 1 == self.config.attempts {
                        break; // there would be no time, or no try, left
                    }
                    tokio::time::sleep_until(wake).await;
                    model = if is_last { model } else { model + 1 };
                }
            }
        }
        Completion { answer: Err(last.unwrap_or(Error::TimedOut)), calls }
    }
}

/// What can still help.
const fn remedy(error: &Error) -> Remedy {
    match error {
        Error::Busy
        | Error::CircuitOpen
        | Error::Unauthorized
        | Error::NoCredit { retry_after: None }
        | Error::Forbidden
        | Error::Withheld
        | Error::TooLong
        | Error::Refused { status: 400 } => Remedy::None,
        Error::TimedOut
        | Error::BrokenOff
        | Error::TooLarge
        | Error::NotJson
        | Error::Malformed
        | Error::NoChoice
        | Error::Cut
        | Error::NotAnObject
        | Error::Refused { .. } => Remedy::OtherModel,
        Error::Unreachable
        | Error::NoCredit { retry_after: Some(_) }
        | Error::RateLimited { .. }
        | Error::Unavailable { .. } => Remedy::Again,
    }
}

/// Whether the failure speaks about the endpoint rather than about this question. A question that is
/// withheld, cut or answered with prose must not silence the model for everybody.
const fn is_the_endpoints(error: &Error) -> bool {
    match error {
        Error::Unreachable
        | Error::TimedOut
        | Error::BrokenOff
        | Error::NotJson
        | Error::Malformed
        | Error::NoChoice
        | Error::Unauthorized
        | Error::NoCredit { .. }
        | Error::RateLimited { .. }
        | Error::Unavailable { .. } => true,
        Error::Busy
        | Error::CircuitOpen
        | Error::TooLarge
        | Error::Cut
        | Error::Withheld
        | Error::NotAnObject
        | Error::Refused { .. }
        | Error::Forbidden
        | Error::TooLong => false,
    }
}

/// A request that failed on the way.
fn lost(error: &reqwest::Error) -> Error {
    if error.is_timeout() {
        Error::TimedOut
    } else if error.is_connect() {
        Error::Unreachable
    } else {
        Error::BrokenOff
    }
}

/// Seconds only: a date would need the provider's clock to be ours.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds: u64 = response.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(MAX_RETRY_AFTER)))
}
