//! Where the models are and what they are allowed.

use std::time::Duration;

use reqwest::Url;
use secrecy::SecretString;

use crate::BreakerConfig;

/// Where the models are and what they are allowed.
#[derive(Debug, Clone)]
pub struct RemoteConfig {
    /// Such as `https://openrouter.ai/api/v1`; `chat/completions` is added.
    pub base_url: Url,
    /// Sent as a bearer token; none for a server of one's own.
    pub api_key: Option<SecretString>,
    /// Tried in this order.
    pub models: Vec<String>,
    /// Longest wait for everything, pauses and fallbacks included. Default 3 s.
    pub timeout: Duration,
    /// Longest wait for one request. Default 2 s.
    pub attempt_timeout: Duration,
    /// At most how many requests a question may cost. Default 3.
    pub attempts: u32,
    /// The pause before the second request, give or take half; doubles. Default 100 ms.
    pub backoff: Duration,
    /// At most how many questions at once; the next is answered with `Busy`. Default 2.
    pub parallel: usize,
    /// Longest body, in bytes. Default 256 KiB.
    pub max_body: usize,
    /// Whether to say, in OpenRouter's own field, that providers must honour the schema and may not
    /// keep the data. Other servers may refuse a field that they do not know. Default: on for
    /// openrouter.ai.
    pub provider_preferences: bool,
    /// When to leave the endpoint alone.
    pub breaker: BreakerConfig,
}

/// The settings cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The address has no path to add to, or no scheme of the web.
    #[error("the base address is not one of http or https")]
    BaseUrl,
    /// No model is named.
    #[error("no model is named")]
    NoModels,
    /// A timeout or a number is zero.
    #[error("a timeout, the number of attempts or of questions at once is zero")]
    Zero,
}

impl RemoteConfig {
    /// The defaults around an address and models.
    #[must_use]
    pub fn new(base_url: Url, models: Vec<String>) -> Self {
        let provider_preferences = base_url
            .host_str()
            .is_some_and(|host| host == "openrouter.ai" || host.ends_with(".openrouter.ai"));
        Self {
            base_url,
            api_key: None,
            models,
            timeout: Duration::from_secs(3),
            attempt_timeout: Duration::from_secs(2),
            attempts: 3,
            backoff: Duration::from_millis(100),
            parallel: 2,
            max_body: 256 * 1024,
            provider_preferences,
            breaker: BreakerConfig::default(),
        }
    }

    /// Where completions are asked for.
    pub(crate) fn endpoint(&self) -> Result<Url, ConfigError> {
        let mut url = self.base_url.clone();
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ConfigError::BaseUrl);
        }
        url.path_segments_mut()
            .map_err(|()| ConfigError::BaseUrl)?
            .pop_if_empty()
            .extend(["chat", "completions"]);
        let zero = self.timeout.is_zero()
            || self.attempt_timeout.is_zero()
            || self.attempts == 0
            || self.parallel == 0;
        match (self.models.is_empty(), zero) {
            (true, _) => Err(ConfigError::NoModels),
            (_, true) => Err(ConfigError::Zero),
            _ => Ok(url),
        }
    }
}
