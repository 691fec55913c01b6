//! A report as one page for people: no script, no network, light or dark as the reader's system is.

mod plots;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use crate::{
    Metric, Report, Run,
    compare::Comparison,
    intent_sets::Plots,
    output::cost,
    report::{beside, first_figures, first_of, is_guesser},
    suite::Suite,
};

const STYLE: &str = include_str!("style.css");
/// The page of one report.
pub(crate) fn page(report: &Report, comparison: Option<&Comparison>) -> String {
    document(
        &format!("booka eval {}", report.command),
        &html! { (body(report)) @if let Some(comparison) = comparison { (compared(comparison)) } },
    )
}

/// One page of several reports, each under its name.
pub(crate) fn pages(suite: &Suite, comparison: Option<&Comparison>) -> String {
    document(
        "booka eval all",
        &html! {
            h1 { "booka eval all" }
            @if let Some(comparison) = comparison { (compared(comparison)) }
            table {
                tr { th { "measure" } th { "figure" } th.n { "value" } th.n { "95%" } th.n { "n" } }
                @for (name, report) in &suite.reports {
                    @for (i, (figure, metric)) in first_figures(report).into_iter().take(4).enumerate() {
                        tr { td { @if i == 0 { a href=(format!("#{name}")) { (name) } } }
                            td { (figure) } td.n { (value(figure, metric)) } td.n { (bounds(metric)) }
                            td.n { (metric.n) } }
                    }
                }
            }
            @for (name, why) in suite.missing.iter().chain(&suite.failed) {
                p.note { (name) ": " (why) }
            }
            @for (name, report) in &suite.reports {
                details { summary { (name) } div id=(name) { (body(report)) } }
            }
        },
    )
}

fn document(title: &str, inner: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (inner) }
        }
    };
    page.into_string()
}

fn body(report: &Report) -> Markup {
    html! {
        h1 { "booka eval " (report.command) }
        p { (report.data.name) span.faint { " (" (report.data.selection) ")" } }
        p.faint { "data " code { (report.data.sha256.get(..16).unwrap_or_default()) }
            ", seed " (report.seed) ", intervals are 95% bootstrap" }
        @for note in &report.notes { p.note { "Note: " (note) } }
        @for run in &report.runs { (one_run(run)) }
    }
}

fn one_run(run: &Run) -> Markup {
    let plots: Option<Plots> =
        run.details.get("plots").and_then(|plots| serde_json::from_value(plots.clone()).ok());
    html! {
        h2 { "Engine: " (run.engine) }
        p.faint {
            @for counts in [&run.counts, &run.answered, &run.encoders, &run.classifiers] {
                @for (name, n) in counts { (name) " " (n) " · " }
            }
            @for (name, value) in &run.cost { (name) " " (cost(*value)) " · " }
        }
        div.cards {
            @for (name, metric) in first_of(run) {
                div.card { span.faint { (name) } b { (value(name, metric)) }
                    span.faint { (bounds(metric)) } span.faint { "n = " (metric.n) } }
            }
        }
        div.plots {
            @let beside = beside(run);
            @if !beside.is_empty() {
                figure { h3 { "Beside guessers" }
                    @for (name, rows) in &beside { p.note { (name) } (plots::beside(name, rows)) }
                    figcaption { "Whiskers are 95% intervals." } }
            }
            @if let Some(plots) = &plots { (pictures(plots)) }
        }
        (figures(run))
        @if !run.latency_ms.is_empty() { (latencies(run)) }
        @if let Value::Object(details) = &run.details {
            @for (name, rows) in details.iter().filter_map(|(n, v)| Some((n, v.as_array()?))) {
                @if !rows.is_empty() { (list(name, rows)) }
            }
        }
    }
}

fn pictures(plots: &Plots) -> Markup {
    html! {
        @if !plots.reliability.is_empty() {
            figure { h3 { "Reliability" } (plots::reliability(plots))
                figcaption { "Each dot is the answers of about one confidence, its size their \
                    share. Below the dashed line it is surer than it may be." } }
        }
        @if !plots.risk_coverage.is_empty() {
            figure { h3 { "Risk and coverage" } (plots::risk_coverage(plots))
                figcaption { "If only the most confident share is answered and the rest asked \
                    back, this much of it is wrong." } }
        }
        @if !plots.oos.is_empty() {
            figure { h3 { "Out of scope" } (plots::out_of_scope(plots))
                figcaption { "The less the two overlap, the better they can be told apart." } }
        }
        @if plots.heat_labels.len() > 1 {
            figure.wide { h3 { "Confusions" } (plots::heat(plots))
                figcaption { "Rows: what was meant. Columns: what it was taken for. Only the \
                    labels with the most errors." } }
        }
    }
}

fn figures(run: &Run) -> Markup {
    html! {
        details { summary { "All figures" }
            table {
                tr { th { "figure" } th.n { "value" } th.n { "95%" } th.n { "n" } }
                @for (name, metric) in run.metrics.iter().filter(|(name, _)| !is_guesser(name)) {
                    tr { td { (name) } td.n { (exact(metric.value)) } td.n { (bounds(metric)) }
                        td.n { (metric.n) } }
                }
                @for (name, metric) in run.metrics.iter().filter(|(name, _)| is_guesser(name)) {
                    tr { td.faint { (name) } td.n { (exact(metric.value)) }
                        td.n { (bounds(metric)) } td.n { (metric.n) } }
                }
            }
        }
    }
}

fn latencies(run: &Run) -> Markup {
    html! {
        details open { summary { "Milliseconds" }
            table {
                tr { th { "stage" } th.n { "p50" } th.n { "p90" } th.n { "p99" } }
                @for (stage, latency) in &run.latency_ms {
                    tr { td { (stage) }
                        @for ms in [latency.p50, latency.p90, latency.p99] {
                            td.n { (format!("{ms:.3}")) }
                        }
                    }
                }
            }
        }
    }
}

/// A list of objects, a column for each key of the first.
fn list(name: &str, rows: &[Value]) -> Markup {
    let keys: Vec<&String> =
        rows.first().and_then(Value::as_object).map_or_else(Vec::new, |o| o.keys().collect());
    html! {
        details { summary { (name.replace('_', " ")) " (" (rows.len()) ")" }
            table {
                tr { @for key in &keys { th { (key.replace('_', " ")) } } }
                @for row in rows {
                    tr { @for key in &keys { (cell(&row[key.as_str()])) } }
                }
            }
        }
    }
}

fn cell(value: &Value) -> Markup {
    html! {
        @match value {
            Value::Number(number) => td.n { (number) },
            Value::String(text) => td { (text) },
            Value::Null => td {},
            Value::Array(items) => td { @for item in items { (inline(item)) br; } },
            other => td { (inline(other)) },
        }
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{key}: {}", inline(value)));
            fields.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn compared(comparison: &Comparison) -> Markup {
    html! {
        details open[comparison.has_regressed()] {
            summary { "Against the baseline: "
                @if comparison.has_regressed() { "worse" } @else { "as good or better" } }
            table {
                tr { th { "figure" } th.n { "before" } th.n { "95%" } th.n { "now" } th {} }
                @for line in &comparison.lines {
                    tr.worse[line.is_worse] { td { (line.name) } td.n { (exact(line.before.value)) }
                        td.n { (bounds(&line.before)) }
                        td.n { @match line.now { Some(now) => (exact(now.value)), None => "missing" } }
                        td { @if line.is_worse { "worse" } } }
                }
            }
        }
    }
}

fn exact(value: f64) -> String {
    format!("{value:.4}")
}

/// As a percentage, unless it is no share.
fn value(name: &str, metric: &Metric) -> String {
    if name.ends_with("size") || name.starts_with("ratio.") {
        format!("{:.2}", metric.value)
    } else {
        plots::percent(metric.value)
    }
}

fn bounds(metric: &Metric) -> String {
    format!("{:.4} to {:.4}", metric.ci95[0], metric.ci95[1])
}
