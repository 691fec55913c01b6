//! Logs to standard error and counters for `/metrics`. The only globals of the process.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// What is logged when `RUST_LOG` does not say.
const DEFAULT_FILTER: &str = "info,sqlx=warn,sqlx_postgres=warn";

/// Bounds of histogram buckets in seconds: from a database look-up to a reply that timed out.
const SECONDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people: colours on a terminal.
    #[default]
    Pretty,
    /// For machines: one JSON object a line.
    Json,
}

/// Starts logging to standard error, filtered by `RUST_LOG`. The first call wins; others change
/// nothing, so tests may all call it.
pub fn init(format: LogFormat) {
    init_with(format, DEFAULT_FILTER);
}

/// The same with another filter for when `RUST_LOG` does not say, such as `warn`.
pub fn init_with(format: LogFormat, default_filter: &str) {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default_filter));
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let result = match format {
        LogFormat::Pretty => {
            let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
            registry.with(layer.with_target(false).with_ansi(is_terminal)).try_init()
        }
        LogFormat::Json => registry.with(layer.json().flatten_event(true)).try_init(),
    };
    if result.is_err() {
        tracing::debug!("logging had already started");
    }
}

/// The counters of this process, to be rendered at `/metrics`. Recording starts with the first
/// call; every call returns the same counters.
///
/// Whoever renders rarely should call `run_upkeep` on it now and then, else histograms pile up.
pub fn metrics_handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let builder = PrometheusBuilder::new();
            let builder = builder
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
                .unwrap_or_else(|_| PrometheusBuilder::new());
            let recorder = builder.build_recorder();
            let handle = recorder.handle();
            if metrics::set_global_recorder(recorder).is_err() {
                tracing::warn!("somebody else records metrics; /metrics will be empty");
            }
            handle
        })
        .clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_may_be_called_again() {
        init(LogFormat::Pretty);
        init(LogFormat::Json);
        let first = metrics_handle();
        metrics::counter!("booka_test_total").increment(2);
        metrics::histogram!("booka_test_seconds").record(0.3);
        let text = metrics_handle().render();
        assert_eq!(text, first.render());
        assert!(text.contains("booka_test_total 2"), "{text}");
        assert!(text.contains("booka_test_seconds_bucket{le=\"0.5\"} 1"), "{text}");
    }
}
