//! The only place that prints: tables for people on standard output, progress on a terminal.

use std::{
    collections::BTreeMap,
    fmt::Display,
    fs,
    io::{self, Write as _},
};

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use crate::{
    Latency, Metric, Report, Run,
    compare::Comparison,
    report::{beside, first_figures, is_guesser},
    suite::Suite,
};

/// A rule under the header and one at the end.
const STYLE: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// Prints a line. A reader that has gone away (`| head`) is no failure.
pub(crate) fn line(text: impl Display) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// A bar on standard error; invisible unless that is a terminal.
pub(crate) fn progress(len: usize, what: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(len as u64), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.with_message(what.to_owned())
}

/// Says on standard error, in one line, why there is nothing to report.
pub(crate) fn complaint(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "booka eval: {text}");
}

/// The most memory this process has held so far, in MiB, where the system tells (Linux).
pub(crate) fn peak_memory_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some((kib / 1024.0).round())
}

/// Prints a whole report.
pub(crate) fn report(report: &Report) {
    let data = &report.data;
    line(format_args!(
        "booka eval {}: {} ({}), sha256 {}",
        report.command,
        data.name,
        data.selection,
        data.sha256.get(..12).unwrap_or_default(),
    ));
    for run in &report.runs {
        run_tables(run);
    }
    for note in &report.notes {
        line(format_args!("note: {note}"));
    }
}

fn run_tables(run: &Run) {
    line(format_args!("\nengine: {}", run.engine));
    for (what, counts) in [
        ("answered by", &run.answered),
        ("heads", &run.classifiers),
        ("encoders", &run.encoders),
        ("counts", &run.counts),
    ] {
        if !counts.is_empty() {
            line(format_args!("{what}: {}", counted(counts)));
        }
    }
    if !run.cost.is_empty() {
        let costs = run.cost.iter().map(|(name, value)| format!("{name} {}", cost(*value)));
        line(format_args!("cost: {}", costs.collect::<Vec<_>>().join(", ")));
    }
    line(metrics(&run.metrics));
    let beside = beside(run);
    if !beside.is_empty() {
        line(guessers(&beside));
    }
    if !run.latency_ms.is_empty() {
        line(latencies(&run.latency_ms));
    }
    if let Value::Object(details) = &run.details {
        let lists = details.iter().filter_map(|(name, value)| Some((name, value.as_array()?)));
        for (name, rows) in lists.filter(|(name, rows)| is_printed(name) && !rows.is_empty()) {
            line(format_args!("{name}:\n{}", objects(rows)));
        }
    }
}

/// Long lists are for the file and the page.
fn is_printed(list: &str) -> bool {
    !list.ends_with("misses") && !["leaks", "classes"].contains(&list)
}

/// Prints one line a measure.
pub(crate) fn suite(suite: &Suite) {
    let mut table = table(&["measure", "figure", "value", "95%", "n"]);
    for (name, report) in &suite.reports {
        for (figure, metric) in first_figures(report).into_iter().take(3) {
            table.add_row([
                name.clone(),
                figure.to_owned(),
                format!("{:.4}", metric.value),
                bounds(metric),
                metric.n.to_string(),
            ]);
        }
    }
    line(format_args!("\n{}", right(table, 2)));
    for (name, why) in &suite.missing {
        line(format_args!("not measured: {name}: {why}"));
    }
    for (name, why) in &suite.failed {
        line(format_args!("FAILED: {name}: {why}"));
    }
}

/// Prints figures then and now.
pub(crate) fn comparison(comparison: &Comparison) {
    let mut table = table(&["against the baseline", "before", "95%", "now", ""]);
    for line in &comparison.lines {
        table.add_row([
            line.name.clone(),
            format!("{:.4}", line.before.value),
            bounds(&line.before),
            line.now.map_or_else(|| "missing".to_owned(), |now| format!("{:.4}", now.value)),
            if line.is_worse { "WORSE".to_owned() } else { String::new() },
        ]);
    }
    line(table);
    for what in &comparison.not_compared {
        line(format_args!("The baseline's `{what}` did not run here: not compared."));
    }
    for what in &comparison.other_data {
        line(what);
    }
}

fn metrics(metrics: &BTreeMap<String, Metric>) -> Table {
    let mut table = table(&["metric", "value", "95%", "n"]);
    for (name, metric) in metrics.iter().filter(|(name, _)| !is_guesser(name)) {
        table.add_row([
            name.clone(),
            format!("{:.4}", metric.value),
            bounds(metric),
            metric.n.to_string(),
        ]);
    }
    right(table, 1)
}

/// Ours beside the guessers, a row a figure.
fn guessers(beside: &[(String, Vec<(String, Metric)>)]) -> Table {
    let who = beside.first().map_or(&[][..], |(_, rows)| rows.as_slice());
    let header: Vec<&str> =
        ["beside guessers"].into_iter().chain(who.iter().map(|(who, _)| who.as_str())).collect();
    let mut table = table(&header);
    for (figure, rows) in beside {
        let values = rows.iter().map(|(_, metric)| format!("{:.4}", metric.value));
        table.add_row([figure.clone()].into_iter().chain(values));
    }
    right(table, 1)
}

fn latencies(latencies: &BTreeMap<String, Latency>) -> Table {
    let mut table = table(&["stage", "p50 ms", "p90 ms", "p99 ms"]);
    for (stage, Latency { p50, p90, p99 }) in latencies {
        let ms = |value: &f64| format!("{value:.3}");
        table.add_row([stage.clone(), ms(p50), ms(p90), ms(p99)]);
    }
    right(table, 1)
}

/// A list of objects with the same keys, a column each: names first, then numbers, then examples.
fn objects(rows: &[Value]) -> Table {
    let first = rows.first().and_then(Value::as_object);
    let mut keys: Vec<(u8, &str)> = first
        .into_iter()
        .flatten()
        .map(|(key, value)| {
            let place = if key == "such_as" { 2 } else { u8::from(value.is_number()) };
            (place, key.as_str())
        })
        .collect();
    keys.sort_unstable();
    let keys: Vec<&str> = keys.into_iter().map(|(_, key)| key).collect();
    let mut table = table(&keys);
    for row in rows {
        table.add_row(keys.iter().map(|key| match &row[*key] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }));
    }
    table
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_header(header.to_vec());
    table
}

fn right(mut table: Table, from: usize) -> Table {
    for column in table.column_iter_mut().skip(from) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A cost with as many digits as matter.
pub(crate) fn cost(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn bounds(metric: &Metric) -> String {
    format!("{:.4} to {:.4}", metric.ci95[0], metric.ci95[1])
}

fn counted(counts: &BTreeMap<String, usize>) -> String {
    let parts: Vec<String> = counts.iter().map(|(name, n)| format!("{name} {n}")).collect();
    parts.join(", ")
}
