//! `booka fake-evolution` and `booka fake-openrouter`: the stateful stand-ins for outside services.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use clap::Args;
use fakes::{
    evolution::{FakeConfig, FakeEvolution, Listening},
    openrouter,
};
use kernel::{Clock as _, SystemClock};

use crate::terminal;

/// Longest wait for a webhook's answer.
const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(30);

/// Options of `booka fake-evolution`.
#[derive(Debug, Args)]
pub(crate) struct FakeArgs {
    /// Address and port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8085")]
    bind: SocketAddr,
    /// The key that callers must present
    #[arg(long, value_name = "KEY", default_value = "fake-global-key")]
    key: String,
}

/// Runs the stand-in until it is told to stop.
pub(crate) async fn run(args: FakeArgs) -> anyhow::Result<()> {
    let (_, listening) = start(args.bind, &args.key).await?;
    terminal::note(format_args!("A stand-in for Evolution API listens on {}", listening.url()));
    terminal::note("POST /fake/instance, /fake/say; GET /fake/ledger. Ctrl-C stops it.");
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// Starts the stand-in beside whatever else runs in this process.
pub(crate) async fn start(
    bind: SocketAddr,
    key: &str,
) -> anyhow::Result<(FakeEvolution, Listening)> {
    let http = platform::http::client(WEBHOOK_TIMEOUT);
    let mut config = FakeConfig::new(http, || SystemClock.now());
    key.clone_into(&mut config.global_key);
    let fake = FakeEvolution::new(config);
    let listening =
        fake.listen_on(bind).await.with_context(|| format!("cannot listen on {bind}"))?;
    Ok((fake, listening))
}

/// Options of `booka fake-openrouter`.
#[derive(Debug, Args)]
pub(crate) struct OpenRouterArgs {
    /// Address and port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8086")]
    bind: SocketAddr,
    /// The key that callers must present
    #[arg(long, value_name = "KEY", default_value = "fake-openrouter-key")]
    key: String,
}

/// Runs the stand-in for OpenRouter until it is told to stop.
pub(crate) async fn run_openrouter(args: OpenRouterArgs) -> anyhow::Result<()> {
    let config = openrouter::FakeConfig {
        key: args.key,
        ..openrouter::FakeConfig::new(|| SystemClock.now())
    };
    let fake = openrouter::FakeOpenRouter::new(config);
    let listening = fake
        .listen_on(args.bind)
        .await
        .with_context(|| format!("cannot listen on {}", args.bind))?;
    terminal::note(format_args!("A stand-in for OpenRouter listens on {}", listening.url()));
    terminal::note("POST /fake/answers, /fake/faults; GET /fake/requests. Ctrl-C stops it.");
    tokio::signal::ctrl_c().await?;
    Ok(())
}
