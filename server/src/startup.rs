//! Builds the running service from its settings.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use channels::{
    ChannelKind, ChannelSet, Simulator,
    outbox::{OutboxConfig, OutboxWorker},
    whatsapp::evolution::{EvolutionClient, EvolutionConfig},
};
use intents::{
    classify::{ExampleSet, IntentClassifier, Training},
    emotion::{EmotionClassifier, EmotionExamples, EmotionTraining},
    gloss::Glossing,
};
use kernel::{Clock, Ids, SystemClock};
use models::{Batcher, BatcherConfig, Encoder, HashEncoder};
use models_candle::{CandleConfig, CandleEncoder};
use models_remote::{RemoteConfig, RemoteModel};
use pipeline::{Engine, EventWorker, TurnContext, TurnWorker, Understanding};
use platform::{Cluster, ClusterConfig, Db, DbConfig};
use secrecy::SecretString;

use crate::{
    app::{App, Switches},
    commands::model::ensure_model,
    config::{EncoderChoice, Settings},
    terminal,
    workers::Crew,
};

/// A database that is there: the one in the settings, or a private one that stops with us.
pub(crate) struct Database {
    pub(crate) url: SecretString,
    /// Kept so that it lives as long as the service.
    _cluster: Option<Cluster>,
}

/// Finds or starts the database.
pub(crate) async fn database(settings: &Settings) -> anyhow::Result<Database> {
    if let Some(url) = &settings.database_url {
        return Ok(Database { url: url.clone(), _cluster: None });
    }
    let config = ClusterConfig::durable(settings.data_dir.join("postgres"));
    let cluster = Cluster::start(&config, &|line| terminal::note(line)).await?;
    let url = cluster.ensure_database("booka").await?;
    Ok(Database { url, _cluster: Some(cluster) })
}

/// Everything that `serve` and `demo` run.
pub(crate) struct Service {
    pub(crate) app: App,
    pub(crate) crew: Crew,
}

/// Connects, loads the models, and puts the parts together. The schema must be up to date.
pub(crate) async fn assemble(settings: &Settings, url: &SecretString) -> anyhow::Result<Service> {
    let metrics = platform::telemetry::metrics_handle();
    let db = Db::connect(&DbConfig { max_connections: 20, ..DbConfig::new(url.clone()) })
        .await
        .context("cannot connect to the database")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids = Arc::new(Ids::from_entropy());
    let mut understanding = understanding(settings).await?;
    let mut turn_loops = 1;
    if let Some(config) = language_model(settings)? {
        // However many wait for the model, one loop is left for those who need none.
        turn_loops += config.parallel;
        let http = platform::http::client(config.timeout);
        let model = RemoteModel::new(http, config, Arc::clone(&clock), ids.fork())
            .context("the settings under `llm` cannot work")?;
        understanding = understanding.with_language_model(Arc::new(model));
    }
    let cx = TurnContext {
        db: db.clone(),
        clock: Arc::clone(&clock),
        ids: Arc::clone(&ids),
        understanding: understanding.clone(),
    };
    let events = EventWorker::new(cx.clone());
    let turns = TurnWorker::new(cx, settings.workers.turns);
    let crew = Crew {
        db: db.clone(),
        clock: Arc::clone(&clock),
        turns,
        turn_loops,
        events,
        outbox: OutboxWorker::new(outbox_config(settings), ids.fork()),
        channels: channels(settings)?,
        senders: settings.workers.outbox,
        poll: Duration::from_millis(settings.workers.poll_ms),
    };
    let switches = Switches {
        simulator: settings.simulator.enabled,
        timeout: Duration::from_secs(settings.http.timeout_seconds),
    };
    Ok(Service { app: App { db, clock, ids, understanding, metrics, switches }, crew })
}

/// Works out the instants of what is booked anew where that was last done under other time zone
/// rules than those in use. The clock on the wall, which was promised, stays.
pub(crate) async fn mind_the_zones(app: &App) -> anyhow::Result<()> {
    let zones = kernel::Zones::in_use();
    let version = zones.version();
    for tenant in booking::tenants_to_rezone(&mut app.db.router().await?, version).await? {
        let mut tx = app.db.tenant(tenant).await?;
        let done = booking::rezone(&mut tx, version, app.clock.now()).await?;
        tx.commit().await?;
        if !done.shifted.is_empty() {
            let (shifted, skipped) = (done.shifted.len(), done.skipped.len());
            tracing::info!(tenant.id = %tenant, version, shifted, skipped, "followed new zone rules");
        }
        for collision in done.collisions {
            tracing::error!(
                tenant.id = %tenant,
                appointment.id = %collision.shifted,
                rival.id = %collision.rival,
                resource.id = %collision.resource,
                "new zone rules brought two appointments together: move one",
            );
        }
    }
    Ok(())
}

fn outbox_config(settings: &Settings) -> OutboxConfig {
    OutboxConfig {
        send_timeout: settings.evolution_timeout(),
        parallel: 1, // in each of the `workers.outbox` loops
        settle_grace: Duration::from_secs(settings.workers.settle_seconds),
        ..OutboxConfig::default()
    }
}

/// The language model of the settings; `None` unless one is named.
fn language_model(settings: &Settings) -> anyhow::Result<Option<RemoteConfig>> {
    let llm = &settings.llm;
    let Some(base_url) = &llm.base_url else {
        return Ok(None);
    };
    let base_url = base_url.parse().context("`llm.base_url` is not an address")?;
    let timeout = Duration::from_millis(llm.timeout_ms);
    let defaults = RemoteConfig::new(base_url, llm.models.all());
    Ok(Some(RemoteConfig {
        api_key: llm.api_key.clone(),
        timeout,
        // Room for a second try.
        attempt_timeout: timeout * 2 / 3,
        ..defaults
    }))
}

fn channels(settings: &Settings) -> anyhow::Result<ChannelSet> {
    let mut channels = ChannelSet::default();
    if settings.simulator.enabled {
        channels = channels.with(ChannelKind::Simulator, Arc::new(Simulator));
    }
    match (&settings.evolution.base_url, &settings.evolution.api_key) {
        (Some(base_url), Some(api_key)) => {
            let http = platform::http::client(settings.evolution_timeout());
            let base_url = base_url.parse().context("`evolution.base_url` is not an address")?;
            let config = EvolutionConfig {
                timeout: settings.evolution_timeout(),
                ..EvolutionConfig::new(base_url, api_key.clone())
            };
            let client = EvolutionClient::new(http, config);
            channels = channels.with(ChannelKind::Evolution, Arc::new(client));
        }
        (None, None) => {}
        _ => anyhow::bail!("set both `evolution.base_url` and `evolution.api_key`, or neither"),
    }
    Ok(channels)
}

/// Loads the encoder and the heads; trains the heads the first time.
pub(crate) async fn understanding(settings: &Settings) -> anyhow::Result<Understanding> {
    let encoder = encoder(settings).await?;
    understanding_with(settings, encoder).await
}

/// Loads the encoder of the settings; `None` where there are no weights, or none are wanted.
pub(crate) async fn encoder(settings: &Settings) -> anyhow::Result<Option<Arc<dyn Encoder>>> {
    let Some(dir) = model_dir(settings).await? else {
        tracing::warn!("no model weights; the heuristic floor answers");
        return Ok(None);
    };
    let config = CandleConfig::new(dir)
        .with_precision(settings.precision)
        .with_adapter(settings.adapter.clone());
    let load = move || CandleEncoder::load(&config).map(Glossing::new);
    let encoder = tokio::task::spawn_blocking(load).await?.context("the model cannot be loaded")?;
    Ok(Some(Arc::new(encoder)))
}

/// Where the weights lie.
pub(crate) async fn model_dir(settings: &Settings) -> anyhow::Result<Option<PathBuf>> {
    match settings.encoder {
        EncoderChoice::Model => {
            ensure_model(settings.model_dir.as_deref(), &settings.cache_dir).await
        }
        EncoderChoice::Heuristic => Ok(None),
    }
}

/// Loads the heads that belong to an encoder; trains them the first time.
pub(crate) async fn understanding_with(
    settings: &Settings,
    encoder: Option<Arc<dyn Encoder>>,
) -> anyhow::Result<Understanding> {
    let heads = settings.cache_dir.join("heads");
    tokio::task::spawn_blocking(move || {
        let examples = ExampleSet::embedded().context("the committed examples do not parse")?;
        let floor = engine(Arc::new(HashEncoder), &examples, &heads)?;
        let model = encoder.map(|encoder| engine(encoder, &examples, &heads)).transpose()?;
        Ok(Understanding::new(model, floor))
    })
    .await?
}

fn engine(
    encoder: Arc<dyn Encoder>,
    examples: &ExampleSet,
    heads: &Path,
) -> anyhow::Result<Engine> {
    let bar = terminal::bar(100, "learning the booking language");
    let training = Training::new(&*encoder, examples);
    let mut progress = |done: f32| bar.set_position((done * 100.0) as u64);
    let classifier = IntentClassifier::load_or_train(heads, &training, &mut progress)
        .context("the intent classifier cannot be trained")?;
    let lines = EmotionExamples::embedded().context("the committed emotion lines do not parse")?;
    let training = EmotionTraining::new(&*encoder, &lines);
    let emotions = EmotionClassifier::load_or_train(heads, &training, &mut progress)
        .context("the emotion classifier cannot be trained")?;
    bar.finish_and_clear();
    let encoder = Batcher::start(encoder, &BatcherConfig::default())
        .context("the model threads cannot be started")?;
    Ok(Engine { encoder, classifier: Arc::new(classifier), emotions: Some(Arc::new(emotions)) })
}
