//! Pictures of one run as SVG elements of the page. Drawn here rather than by a plotting crate
//! because their colours must follow the reader's light or dark theme, which only elements in the
//! page can.

use maud::{Markup, html};

use crate::{Metric, intent_sets::Plots};

/// Inner size of a square plot, and its margins.
const SIDE: f64 = 260.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 40.0;
const TICKS: [f64; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];

/// Confidence against accuracy: dots on the diagonal are honest; their area is their share.
pub(super) fn reliability(plots: &Plots) -> Markup {
    let total: usize = plots.reliability.iter().map(|bin| bin.n).sum();
    frame(
        1.0,
        1.0,
        "confidence",
        "accuracy",
        &html! {
            line.ideal x1=(x(0.0)) y1=(y(0.0)) x2=(x(1.0)) y2=(y(1.0)) {}
            @for bin in &plots.reliability {
                line.whisker x1=(x(bin.confidence)) x2=(x(bin.confidence))
                    y1=(y(bin.confidence)) y2=(y(bin.accuracy)) {}
                circle.dot cx=(x(bin.confidence)) cy=(y(bin.accuracy))
                    r=(number(3.0 + 14.0 * (bin.n as f64 / total.max(1) as f64).sqrt())) {
                    title { (bin.n) " answers: confidence " (percent(bin.confidence)) ", right "
                        (percent(bin.accuracy)) }
                }
            }
        },
    )
}

/// The share answered against the share of those answers that are wrong.
pub(super) fn risk_coverage(plots: &Plots) -> Markup {
    let top = plots.risk_coverage.iter().map(|(_, risk)| *risk).fold(0.01, f64::max);
    let top = ((top * 1.1 * 50.0).ceil() / 50.0).min(1.0);
    let points = plots.risk_coverage.iter();
    let curve: Vec<String> =
        points.map(|(share, risk)| format!("{},{}", x(*share), y(risk / top))).collect();
    let curve = curve.join(" ");
    let first = plots.risk_coverage.first().map_or(0.0, |(share, _)| *share);
    frame(
        1.0,
        top,
        "share of messages answered",
        "wrong among them",
        &html! {
            polygon.under points=(format!("{},{} {curve} {},{}", x(first), y(0.0), x(1.0), y(0.0))) {}
            polyline.curve points=(curve) {}
        },
    )
}

/// Where out-of-scope scores of both kinds of message lie.
pub(super) fn out_of_scope(plots: &Plots) -> Markup {
    let top = plots.oos.iter().map(|(a, b)| a.max(*b)).fold(0.05, f64::max);
    let top = ((top * 1.05 * 20.0).ceil() / 20.0).min(1.0);
    let width = 1.0 / plots.oos.len().max(1) as f64;
    frame(
        1.0,
        top,
        "out-of-scope score",
        "share of messages",
        &html! {
            @for (i, (inside, outside)) in plots.oos.iter().enumerate() {
                @for (class, share, shift) in [("bar-in", inside, 0.08), ("bar-out", outside, 0.5)] {
                    rect class=(class) x=(x((i as f64 + shift) * width)) y=(y(share / top))
                        width=(number(SIDE * width * 0.42)) height=(number(SIDE * share / top)) {
                        title { (percent(*share)) }
                    }
                }
            }
            text x=(x(0.62)) y=(y(0.95)) { tspan.bar-in { "■" } " in scope" }
            text x=(x(0.62)) y=(y(0.88)) { tspan.bar-out { "■" } " out of scope" }
        },
    )
}

/// Labels that are taken for each other: a row is what was meant, a column what was heard.
pub(super) fn heat(plots: &Plots) -> Markup {
    const CELL: f64 = 24.0;
    const NAMES: f64 = 230.0;
    let n = plots.heat_labels.len();
    let most = |hit: bool| {
        let cells = plots.heat.iter().enumerate();
        let cells = cells.flat_map(|(i, row)| row.iter().enumerate().map(move |(j, c)| (i, j, *c)));
        cells.filter(|(i, j, _)| (i == j) == hit).map(|(_, _, c)| c).max().unwrap_or(0).max(1)
    };
    let (hits, misses) = (most(true), most(false));
    let side = n as f64 * CELL;
    html! {
        svg viewBox=(format!("0 0 {} {}", number(NAMES + side + 120.0), number(side + 150.0)))
            role="img" aria-label="confusions" style=(format!("max-width:{}px", NAMES + side + 120.0)) {
            @for (i, row) in plots.heat.iter().enumerate() {
                text x=(number(NAMES - 6.0)) y=(number(i as f64 * CELL + 16.0)) text-anchor="end" {
                    (short(&plots.heat_labels[i]))
                }
                @for (j, count) in row.iter().enumerate() {
                    rect.cell x=(number(NAMES + j as f64 * CELL)) y=(number(i as f64 * CELL))
                        width=(CELL) height=(CELL) {}
                    @if *count > 0 {
                        rect class=(if i == j { "hit" } else { "miss" })
                            x=(number(NAMES + j as f64 * CELL)) y=(number(i as f64 * CELL))
                            width=(CELL) height=(CELL)
                            fill-opacity=(number(opacity(*count, if i == j { hits } else { misses }))) {
                            title { (plots.heat_labels[i]) " taken for " (plots.heat_labels[j])
                                ": " (count) }
                        }
                        text x=(number(NAMES + (j as f64 + 0.5) * CELL))
                            y=(number(i as f64 * CELL + 16.0)) text-anchor="middle" { (count) }
                    }
                }
            }
            @for (j, label) in plots.heat_labels.iter().enumerate() {
                @let (at, down) = (number(NAMES + (j as f64 + 0.5) * CELL), number(side + 12.0));
                text x=(at) y=(down) transform=(format!("rotate(40 {at} {down})")) { (short(label)) }
            }
        }
    }
}

/// Ours beside the guessers, each with its interval.
pub(super) fn beside(name: &str, rows: &[(String, Metric)]) -> Markup {
    const ROW: f64 = 24.0;
    const NAMES: f64 = 92.0;
    const WIDTH: f64 = 180.0;
    let place = |value: f64| NAMES + WIDTH * value.clamp(0.0, 1.0);
    let height = rows.len() as f64 * ROW;
    html! {
        svg viewBox=(format!("0 0 {} {}", NAMES + WIDTH + 52.0, number(height + 4.0)))
            role="img" aria-label=(name) {
            @for (i, (who, metric)) in rows.iter().enumerate() {
                @let middle = i as f64 * ROW + ROW / 2.0;
                text x=(NAMES - 8.0) y=(number(middle + 4.0)) text-anchor="end" { (who) }
                rect class=(if i == 0 { "bar-ours" } else { "bar-rest" }) x=(NAMES)
                    y=(number(middle - 8.0)) height="16"
                    width=(number(WIDTH * metric.value.clamp(0.0, 1.0))) {}
                line.whisker x1=(number(place(metric.ci95[0]))) x2=(number(place(metric.ci95[1])))
                    y1=(number(middle)) y2=(number(middle)) {}
                text x=(NAMES + WIDTH + 8.0) y=(number(middle + 4.0)) { (percent(metric.value)) }
            }
        }
    }
}

/// Axes with ticks at fifths of `right` and `top`, and what is drawn between them.
fn frame(right: f64, top: f64, across: &str, up: &str, inner: &Markup) -> Markup {
    let (width, height) = (LEFT + SIDE + 24.0, TOP + SIDE + BOTTOM);
    html! {
        svg viewBox=(format!("0 0 {width} {height}")) role="img" aria-label=(up) {
            @for tick in TICKS {
                line.grid x1=(x(tick)) x2=(x(tick)) y1=(y(0.0)) y2=(y(1.0)) {}
                line.grid x1=(x(0.0)) x2=(x(1.0)) y1=(y(tick)) y2=(y(tick)) {}
                text.tick x=(x(tick)) y=(number(TOP + SIDE + 15.0)) text-anchor="middle" {
                    (percent(tick * right))
                }
                text.tick x=(LEFT - 5.0) y=(number(TOP + SIDE * (1.0 - tick) + 4.0))
                    text-anchor="end" { (percent(tick * top)) }
            }
            (inner)
            line.axis x1=(x(0.0)) x2=(x(1.0)) y1=(y(0.0)) y2=(y(0.0)) {}
            line.axis x1=(x(0.0)) x2=(x(0.0)) y1=(y(0.0)) y2=(y(1.0)) {}
            text x=(x(0.5)) y=(number(height - 6.0)) text-anchor="middle" { (across) }
            text x=(number(LEFT - 5.0)) y=(number(TOP - 10.0)) { (up) }
        }
    }
}

fn x(share: f64) -> String {
    number(LEFT + SIDE * share)
}

fn y(share: f64) -> String {
    number(TOP + SIDE * (1.0 - share))
}

fn number(value: f64) -> String {
    format!("{value:.1}").trim_end_matches(".0").to_owned()
}

/// As a percentage, with as many digits as matter.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 || (percent - percent.round()).abs() < 1e-9 {
        format!("{percent:.0}%")
    } else {
        format!("{percent:.1}%")
    }
}

fn opacity(count: usize, most: usize) -> f64 {
    0.15 + 0.6 * count as f64 / most as f64
}

fn short(label: &str) -> String {
    const LONGEST: usize = 34;
    if label.chars().count() <= LONGEST {
        return label.to_owned();
    }
    label.chars().take(LONGEST - 1).chain(['…']).collect()
}
