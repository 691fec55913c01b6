//! Every setting, its unit and its default. Layers: compiled-in defaults, then `booka.toml`, then
//! `BOOKA_*` environment variables (`__` for nesting), then flags. The only reader of the
//! environment.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use models_candle::{AdapterChoice, Precision};
use secrecy::SecretString;
use serde::Deserialize;

/// All settings of the service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// `postgres://…`. `DATABASE_URL` is accepted too. Without one, a private cluster is kept under
    /// `data_dir`.
    #[serde(default)]
    pub(crate) database_url: Option<SecretString>,
    /// Where the private cluster and the demo's keys are kept. Default `.booka`.
    pub(crate) data_dir: PathBuf,
    /// Where models and trained heads are kept. Default `~/.cache/booka`.
    pub(crate) cache_dir: PathBuf,
    /// A directory with `config.json`, `tokenizer.json` and `model.safetensors` of a BERT-like
    /// sentence encoder, instead of the one fetched into `cache_dir`.
    #[serde(default)]
    pub(crate) model_dir: Option<PathBuf>,
    /// `model`: a missing encoder is fetched. `heuristic`: the floor answers and nothing is
    /// fetched. Default `model`.
    pub(crate) encoder: EncoderChoice,
    /// The numbers the encoder computes with: `int8`, `f32`, or `reference` for candle's own
    /// implementation. Default `int8`.
    #[serde(default)]
    pub(crate) precision: Precision,
    /// What is added to the encoder's weights: `embedded`, `none`, or a file of `booka train
    /// adapter`. Default `embedded`.
    #[serde(default)]
    pub(crate) adapter: AdapterChoice,
    /// Read by the cluster, before there are settings: `1` forbids installing Postgres.
    #[serde(default, rename = "no_install")]
    _no_install: Option<config::Value>,
    /// Read by the model fetcher: another base address for the encoder's files.
    #[serde(default, rename = "model_url")]
    _model_url: Option<config::Value>,
    /// `pretty` or `json`. Default `pretty`.
    pub(crate) log: LogFormat,
    /// The HTTP server.
    pub(crate) http: Http,
    /// Background work.
    pub(crate) workers: Workers,
    /// The channel that needs no telephone, for trying Booka out. Anybody who reaches the server
    /// can write through it, so it is off unless asked for.
    pub(crate) simulator: Simulator,
    /// WhatsApp through an Evolution API server.
    pub(crate) evolution: Evolution,
    /// A language model elsewhere, asked when the ones on this machine do not understand.
    pub(crate) llm: Llm,
}

/// Which encoder to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EncoderChoice {
    Model,
    Heuristic,
}

/// How to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Pretty,
    Json,
}

/// The HTTP server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Http {
    /// Address and port. Default `127.0.0.1:8080`.
    pub(crate) bind: SocketAddr,
    /// Longest time a request may take, in seconds. Default 30.
    pub(crate) timeout_seconds: u64,
}

/// Background work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Workers {
    /// How many turns run at once. Default 4.
    pub(crate) turns: usize,
    /// How many messages are sent at once. Default 4.
    pub(crate) outbox: usize,
    /// How often the inbox and the outbox are looked at when nobody rings, in milliseconds.
    /// Default 1000.
    pub(crate) poll_ms: u64,
    /// How long after a send that brought no answer the provider is asked what it sent, in seconds.
    /// Default 10.
    pub(crate) settle_seconds: u64,
}

/// The simulator channel.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Simulator {
    /// Whether it is open. Default no.
    pub(crate) enabled: bool,
}

/// WhatsApp through an Evolution API server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Evolution {
    /// `http://…` of the server; the channel is off without it.
    #[serde(default)]
    pub(crate) base_url: Option<String>,
    /// The key that Evolution expects in the `apikey` header.
    #[serde(default)]
    pub(crate) api_key: Option<SecretString>,
    /// Longest wait for an answer to a send, in seconds. Default 15.
    pub(crate) timeout_seconds: u64,
}

/// A language model behind an OpenAI-compatible endpoint. Off without an address.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Llm {
    /// `https://openrouter.ai/api/v1`, or another address to which `chat/completions` is added.
    #[serde(default)]
    pub(crate) base_url: Option<String>,
    /// Sent as a bearer token.
    #[serde(default)]
    pub(crate) api_key: Option<SecretString>,
    /// Tried in this order: a list, or names with commas between them.
    #[serde(default)]
    pub(crate) models: Names,
    /// Longest wait for everything that is asked about one message, in milliseconds. Default 3000.
    pub(crate) timeout_ms: u64,
}

/// A list, as files write it or as the environment does.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Names {
    List(Vec<String>),
    Text(String),
}

impl Default for Names {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Names {
    /// One by one, without blanks.
    pub(crate) fn all(&self) -> Vec<String> {
        let names: Vec<&str> = match self {
            Self::List(names) => names.iter().map(String::as_str).collect(),
            Self::Text(text) => text.split(',').collect(),
        };
        names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    }
}

const DEFAULTS: &str = r#"
data_dir = ".booka"
encoder = "model"
log = "pretty"

[http]
bind = "127.0.0.1:8080"
timeout_seconds = 30

[workers]
turns = 4
outbox = 4
poll_ms = 1000
settle_seconds = 10

[simulator]
enabled = false

[evolution]
timeout_seconds = 15

[llm]
timeout_ms = 3000
"#;

impl Settings {
    /// Reads all layers.
    ///
    /// # Errors
    ///
    /// Names the setting that is unknown or does not fit its type.
    pub(crate) fn load(file: Option<&std::path::Path>) -> Result<Self, config::ConfigError> {
        let optional = config::File::with_name("booka").required(false);
        let mut builder = config::Config::builder()
            .add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml))
            .set_default("cache_dir", default_cache_dir())?;
        builder = match file {
            Some(path) => builder.add_source(config::File::from(path)),
            None => builder.add_source(optional),
        };
        if let Some(url) = variable("DATABASE_URL") {
            builder = builder.set_default("database_url", url)?;
        }
        let environment = config::Environment::with_prefix("BOOKA")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true);
        builder.add_source(environment).build()?.try_deserialize()
    }

    /// How long an outbound request may take.
    pub(crate) const fn evolution_timeout(&self) -> Duration {
        Duration::from_secs(self.evolution.timeout_seconds)
    }
}

fn default_cache_dir() -> String {
    variable("XDG_CACHE_HOME")
        .map(|dir| format!("{dir}/booka"))
        .or_else(|| variable("HOME").map(|home| format!("{home}/.cache/booka")))
        .unwrap_or_else(|| ".booka/cache".to_owned())
}

#[expect(clippy::disallowed_methods, reason = "settings are read here and nowhere else")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_named_in_a_list_or_with_commas() {
        let read = |text: &str| toml::from_str::<Llm>(text).expect("settings").models.all();
        assert_eq!(read("timeout_ms = 1\nmodels = \"a/b, c/d:free,\""), ["a/b", "c/d:free"]);
        assert_eq!(read("timeout_ms = 1\nmodels = [\"a/b\"]"), ["a/b"]);
        assert_eq!(read("timeout_ms = 1"), Vec::<String>::new());
    }
}
