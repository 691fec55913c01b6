//! Trains and scores on files, with embeddings made beforehand: seconds from an idea to a figure.
//!
//! `heads VECTORS TEXTS --train F… [--dev F…] [--test F…] [--oos F…]`: `TEXTS` has a normalised
//! text a line, `VECTORS` (of `models/candle/examples/embed.rs`) a row of 384 little-endian f32 a
//! line. Files are JSON lines with `text` and `intent` or `intents`.

use std::{
    collections::HashMap,
    env,
    error::Error,
    fs,
    io::{self, BufRead as _, Write as _},
    time::Instant,
};

use intents::{
    classify::{
        HeadConfig, LabelClassifier, LabelScores, LabelTraining, LabelledText,
        metrics::{auroc, calibration_error},
    },
    normalize,
};
use models::{Embedding, EncodeError, Encoder};
use serde::Deserialize;

const DIMENSION: usize = 384;
/// What the sets call a text that no label fits.
const OUTSIDE: [&str; 4] = ["oos", "ood", "NO_NODES_DETECTED", "out_of_scope"];

#[derive(Deserialize)]
struct Line {
    text: String,
    intent: Option<String>,
    intents: Option<Vec<String>>,
    fold: Option<usize>,
}

/// Looks embeddings up.
struct Stored(HashMap<String, Embedding>);

impl Encoder for Stored {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        let find = |text: &&str| {
            let found = self.0.get(*text).cloned();
            found.ok_or_else(|| EncodeError::Failed(format!("no vector for `{text}`")))
        };
        texts.iter().map(find).collect()
    }

    fn dimension(&self) -> usize {
        DIMENSION
    }

    fn fingerprint(&self) -> &str {
        "stored"
    }

    fn is_learned(&self) -> bool {
        true
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [vectors, texts, rest @ ..] = args.as_slice() else {
        return Err(
            "usage: heads VECTORS TEXTS --train F… [--dev F…] [--test F…] [--oos F…]".into()
        );
    };
    let encoder = stored(vectors, texts)?;
    let mut parts: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut part = "";
    for arg in rest {
        match arg.strip_prefix("--") {
            Some(name) => part = name,
            None => parts.entry(part).or_default().push(arg),
        }
    }
    let load = |name: &str| -> Result<Vec<(LabelledText, usize)>, Box<dyn Error>> {
        let files = parts.get(name).map(Vec::as_slice).unwrap_or_default();
        files.iter().try_fold(Vec::new(), |mut all, file| {
            all.extend(read(file)?);
            Ok(all)
        })
    };
    let overrides = parts.get("config").and_then(|c| c.first()).copied().unwrap_or("{}");
    let config: HeadConfig = serde_json::from_str(overrides)?;
    let strip = |rows: Vec<(LabelledText, usize)>| rows.into_iter().map(|(row, _)| row).collect();
    let (train, dev): (Vec<LabelledText>, Vec<LabelledText>) =
        (strip(load("train")?), strip(load("dev")?));
    let started = Instant::now();
    let fit = |train: &[LabelledText], dev: &[LabelledText]| {
        let training = LabelTraining { encoder: &encoder, train, dev, config: config.clone() };
        LabelClassifier::train(&training, &mut |_| {})
    };
    let mut out = io::stdout();
    if let Some(n_folds) = parts.get("folds").and_then(|n| n.first()) {
        let n_folds: usize = n_folds.parse()?;
        let rows = load("train")?;
        let mut counts = Counts::default();
        for fold in 0..n_folds {
            let of = |held: bool| -> Vec<LabelledText> {
                let of = rows.iter().filter(|(_, f)| (f % n_folds == fold) == held);
                of.map(|(row, _)| row.clone()).collect()
            };
            let classifier = fit(&of(false), &[])?;
            for (row, scores) in score(&classifier, &encoder, &of(true))? {
                counts.add(&classifier, &row, &scores);
            }
        }
        writeln!(
            out,
            "micro-F1 {:.4} exact {:.4} ({:.1?})",
            counts.f1(),
            counts.exact(),
            started.elapsed()
        )?;
        return Ok(());
    }
    let classifier = fit(&train, &dev)?;
    write!(out, "trained in {:.1?}, {} kB; ", started.elapsed(), classifier.size_bytes() / 1000)?;
    for name in ["dev", "test"] {
        let rows: Vec<LabelledText> = strip(load(name)?);
        if rows.is_empty() {
            continue;
        }
        let started = Instant::now();
        let mut scored = score(&classifier, &encoder, &rows)?;
        let each = started.elapsed() / u32::try_from(rows.len())?;
        let outside: Vec<LabelledText> =
            if name == "test" { strip(load("oos")?) } else { Vec::new() };
        scored.extend(score(&classifier, &encoder, &outside)?);
        report(&mut out, name, &classifier, &scored)?;
        write!(out, " {each:.0?} each; ")?;
    }
    writeln!(out)?;
    Ok(())
}

fn report(
    out: &mut impl io::Write,
    name: &str,
    classifier: &LabelClassifier,
    scored: &[(LabelledText, LabelScores)],
) -> io::Result<()> {
    let labels = classifier.labels();
    let truth = |row: &LabelledText| labels.iter().position(|l| Some(l) == row.labels.first());
    let inside: Vec<_> = scored.iter().filter(|(row, _)| !row.labels.is_empty()).collect();
    let right = |(row, s): &&(LabelledText, LabelScores)| Some(s.ranking[0].0) == truth(row);
    let n = inside.len().max(1) as f64;
    let accuracy = inside.iter().filter(|pair| right(pair)).count() as f64 / n;
    let sure: Vec<_> = inside.iter().map(|pair| (pair.1.ranking[0].1, right(pair))).collect();
    let covered = inside
        .iter()
        .filter(|(row, s)| truth(row).is_some_and(|t| s.prediction_set.contains(&t)))
        .count() as f64;
    let sizes: usize = inside.iter().map(|(_, s)| s.prediction_set.len()).sum();
    write!(
        out,
        "{name}: accuracy {:.2} ece {:.4} coverage {:.3} by {:.2}",
        100.0 * accuracy,
        calibration_error(&sure),
        covered / n,
        sizes as f64 / n,
    )?;
    let scores: Vec<_> =
        scored.iter().map(|(row, s)| (s.out_of_scope, row.labels.is_empty())).collect();
    let n_outside = scores.iter().filter(|(_, outside)| *outside).count();
    if n_outside > 0 {
        let kept = inside.iter().filter(|p| right(p) && !p.1.is_out_of_scope).count() as f64 / n;
        let caught = scored.iter().filter(|(row, s)| row.labels.is_empty() && s.is_out_of_scope);
        write!(
            out,
            " | oos auroc {:.4} fpr95 {:.3} kept {:.1} recall {:.1}",
            auroc(&scores),
            fpr95(&scores),
            100.0 * kept,
            100.0 * caught.count() as f64 / n_outside as f64
        )?;
    }
    Ok(())
}

fn fpr95(scores: &[(f32, bool)]) -> f64 {
    let mut inside: Vec<f32> = scores.iter().filter(|(_, out)| !out).map(|(s, _)| *s).collect();
    inside.sort_by(f32::total_cmp);
    let threshold = inside[(inside.len() * 95).div_ceil(100) - 1];
    let outside: Vec<_> = scores.iter().filter(|(_, out)| *out).collect();
    outside.iter().filter(|(s, _)| *s <= threshold).count() as f64 / outside.len() as f64
}

#[derive(Default)]
struct Counts {
    hits: usize,
    found: usize,
    there: usize,
    exact: usize,
    rows: usize,
}

impl Counts {
    fn add(&mut self, classifier: &LabelClassifier, row: &LabelledText, scores: &LabelScores) {
        let found: Vec<&String> =
            scores.present.iter().map(|(label, _)| &classifier.labels()[*label]).collect();
        let hits = found.iter().filter(|label| row.labels.contains(label)).count();
        self.hits += hits;
        self.found += found.len();
        self.there += row.labels.len();
        self.exact += usize::from(hits == found.len() && hits == row.labels.len());
        self.rows += 1;
    }

    fn f1(&self) -> f64 {
        2.0 * self.hits as f64 / (self.found + self.there).max(1) as f64
    }

    fn exact(&self) -> f64 {
        self.exact as f64 / self.rows.max(1) as f64
    }
}

fn score(
    classifier: &LabelClassifier,
    encoder: &Stored,
    rows: &[LabelledText],
) -> Result<Vec<(LabelledText, LabelScores)>, EncodeError> {
    let score = |row: &LabelledText| {
        let text = normalize(&row.text).0;
        let embedding = encoder.encode(&[&text])?.remove(0);
        Ok((row.clone(), classifier.score(&text, &embedding)))
    };
    rows.iter().map(score).collect()
}

fn read(file: &str) -> Result<Vec<(LabelledText, usize)>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for line in io::BufReader::new(fs::File::open(file)?).lines() {
        let Line { text, intent, intents, fold } = serde_json::from_str(&line?)?;
        let labels = intents.unwrap_or_default().into_iter().chain(intent);
        let labels = labels.filter(|label| !OUTSIDE.contains(&label.as_str())).collect();
        rows.push((LabelledText { text, labels }, fold.unwrap_or(0)));
    }
    Ok(rows)
}

fn stored(vectors: &str, texts: &str) -> Result<Stored, Box<dyn Error>> {
    let bytes = fs::read(vectors)?;
    let rows = bytes.chunks_exact(DIMENSION * size_of::<f32>()).map(|row| {
        let (floats, _) = row.as_chunks();
        Embedding::normalized(floats.iter().map(|float| f32::from_le_bytes(*float)).collect())
    });
    let texts = fs::read_to_string(texts)?;
    Ok(Stored(texts.lines().map(str::to_owned).zip(rows).collect()))
}
