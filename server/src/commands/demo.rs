//! `booka demo`: everything set up, a salon open, and where to talk to it.

use std::net::SocketAddr;

use anyhow::Context as _;
use clap::Args;
use kernel::{Ids, SystemClock};
use platform::{Db, DbConfig};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;

use super::{fake, seed, serve};
use crate::{config::Settings, startup, terminal};

/// What the stand-in for Evolution expects as `apikey`. It listens on loopback only.
const FAKE_KEY: &str = "demo-evolution-key";

/// Options of `booka demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Sets everything up, then ends instead of serving
    #[arg(long)]
    setup_only: bool,
}

/// Runs the demo until it is told to stop.
pub(crate) async fn run(args: DemoArgs, mut settings: Settings) -> anyhow::Result<()> {
    quiet_log(&settings);
    let database = startup::database(&settings).await?;
    platform::db::migrate(&database.url).await.context("cannot bring the schema up to date")?;
    let db = Db::connect(&DbConfig::new(database.url.clone())).await?;
    let (ids, clock) = (Ids::from_entropy(), SystemClock);
    let seeded = seed::demo(&db, &ids, &clock, &settings.data_dir).await?;
    db.close().await;

    settings.simulator.enabled = true;
    // Unless a real Evolution server is configured, a stand-in is: the same client talks to it.
    let stand_in = if settings.evolution.base_url.is_none() {
        let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
        let (fake, listening) = fake::start(loopback, FAKE_KEY).await?;
        settings.evolution.base_url = Some(listening.url());
        settings.evolution.api_key = Some(SecretString::from(FAKE_KEY));
        Some((fake, listening))
    } else {
        None
    };
    let service = startup::assemble(&settings, &database.url).await?;
    let encoder = if service.app.understanding.has_model() {
        "the local model"
    } else {
        "the heuristic floor (no weights here)"
    };
    if args.setup_only {
        terminal::note(format_args!("{} is set up; {encoder} will answer.", seeded.name));
        return Ok(());
    }
    let listener = listen(&settings).await?;
    let base = format!("http://{}", listener.local_addr()?);
    if let Some((fake, _)) = &stand_in {
        let webhook = format!("{base}/webhooks/evolution/{}", seeded.evolution_instance);
        let secret = seeded.evolution_webhook_secret.expose_secret();
        fake.add_instance(
            &seeded.evolution_instance,
            Some(&webhook),
            &[("x-booka-secret", secret)],
        );
    }

    terminal::note(format_args!("\n{} is open; {encoder} answers. Talk to it:\n", seeded.name));
    terminal::note(format_args!("  in a browser      {base}/chat"));
    let other = if base.ends_with(":8080") { String::new() } else { format!(" --url {base}") };
    terminal::note(format_args!("  in a terminal     {} chat{other}", program()));
    if let Some((_, listening)) = &stand_in {
        let (url, instance) = (listening.url(), &seeded.evolution_instance);
        terminal::note(format_args!(
            "  as WhatsApp       curl {url}/fake/say -H 'content-type: application/json' \\\n\
             \x20                   -d '{{\"instance\":\"{instance}\",\"from\":\"34600111222\",\"text\":\"hi\"}}'\n\
             \x20                   curl '{url}/fake/ledger?instance={instance}'   (what the phones show)"
        ));
    }
    terminal::note(format_args!(
        "  API               {base}/docs   (key in {})",
        settings.data_dir.join("demo.json").display()
    ));
    terminal::note("\nCtrl-C stops it; everything is kept for next time.\n");
    serve::serve(service, listener).await
}

/// The configured address, or, when somebody else has it, any free port.
async fn listen(settings: &Settings) -> anyhow::Result<TcpListener> {
    match serve::bind(settings).await {
        Ok(listener) => Ok(listener),
        Err(_) => {
            let address = settings.http.bind;
            terminal::note(format_args!("{address} is taken; using a free port instead."));
            Ok(TcpListener::bind(SocketAddr::new(address.ip(), 0)).await?)
        }
    }
}

/// A demo's terminal is for the person in front of it: warnings only, unless `RUST_LOG` says more.
fn quiet_log(settings: &Settings) {
    platform::telemetry::init_with(serve::log_format(settings), "warn");
}

/// How this program was called.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "booka".to_owned())
}
