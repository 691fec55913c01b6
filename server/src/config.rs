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
