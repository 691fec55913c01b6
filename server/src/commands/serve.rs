//! `booka serve` and `booka migrate`.

use anyhow::Context as _;
use kernel::{Ids, SystemClock};
use platform::{Db, DbConfig};
use tokio::net::TcpListener;

use super::seed::SeedArgs;

use crate::{
    app,
    config::{LogFormat, Settings},
    startup::{self, Service},
    workers::Workers,
};

/// Runs the service until it is told to stop.
pub(crate) async fn run(settings: Settings) -> anyhow::Result<()> {
    platform::telemetry::init(log_format(&settings));
    let database = startup::database(&settings).await?;
    platform::db::migrate(&database.url).await.context("cannot bring the schema up to date")?;
    let service = startup::assemble(&settings, &database.url).await?;
    startup::mind_the_zones(&service.app).await?;
    let listener = bind(&settings).await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    serve(service, listener).await
}

/// Serves until SIGTERM or Ctrl-C, then finishes what runs.
pub(crate) async fn serve(service: Service, listener: TcpListener) -> anyhow::Result<()> {
    let db = service.app.db.clone();
    let workers = Workers::start(service.crew);
    axum::serve(listener, app::router(service.app)).with_graceful_shutdown(told_to_stop()).await?;
    workers.stop().await;
    db.close().await;
    Ok(())
}

/// Brings the schema up to date and ends.
pub(crate) async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    let database = startup::database(settings).await?;
    platform::db::migrate(&database.url).await.context("cannot bring the schema up to date")
}

/// Opens a business from a file and ends.
pub(crate) async fn seed(settings: &Settings, args: SeedArgs) -> anyhow::Result<()> {
    let database = startup::database(settings).await?;
    platform::db::migrate(&database.url).await.context("cannot bring the schema up to date")?;
    let db = Db::connect(&DbConfig::new(database.url.clone())).await?;
    super::seed::run(args, &db, &Ids::from_entropy(), &SystemClock).await
}

pub(crate) async fn bind(settings: &Settings) -> anyhow::Result<TcpListener> {
    let address = settings.http.bind;
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; choose another with BOOKA_HTTP__BIND=127.0.0.1:PORT")
    })
}

pub(crate) fn log_format(settings: &Settings) -> platform::telemetry::LogFormat {
    match settings.log {
        LogFormat::Pretty => platform::telemetry::LogFormat::Pretty,
        LogFormat::Json => platform::telemetry::LogFormat::Json,
    }
}

async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
    tracing::info!("stopping: finishing what runs");
}
