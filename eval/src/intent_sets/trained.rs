//! Any set in files: trains a classifier on it as the product trains its own, and asks it.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use intents::{
    classify::{HeadConfig, LabelClassifier, LabelScores, LabelTraining, LabelledText},
    normalize,
};
use models::{Encoder, HashEncoder};

use super::{
    Asked,
    answers::{Answer, View},
    chance, guessers, leak_notes, leaks,
    rows::{Rows, name},
    splits::{self, Case, Experiment, Parts},
};
use crate::{
    Data, EngineChoice, IntentsArgs, Models, Report, Run,
    bootstrap::Bootstrap,
    data::{self, MissingData},
    output,
    remember::Remembering,
};

/// Texts encoded at a time.
const ENCODED_AT_ONCE: usize = 64;

/// Measures on the named files.
pub(super) fn run(args: &IntentsArgs, models: &Models) -> anyhow::Result<Report> {
    let parts = Parts {
        train: Rows::read(&args.train)?,
        dev: Rows::read(&args.dev)?,
        test: Rows::read(&args.test)?,
        oos: Rows::read(&args.oos)?,
    };
    let data = described(args, &parts);
    let folds = match args.folds {
        Some(groups) => splits::folds(&parts, groups, &args.fold_test)?,
        None => vec![parts],
    };
    let mut notes = Vec::new();
    let mut runs = Vec::new();
    for (engine, encoder) in engines(args, models, &mut notes)? {
        let encoder = Remembering::new(encoder);
        let mut run = measure(args, &folds, &encoder, &mut notes)?;
        engine.clone_into(&mut run.engine);
        runs.push(run);
    }
    notes.dedup();
    Ok(Report { command: "intents".to_owned(), data, seed: args.out.seed, notes, runs })
}

/// Who answers. Without a choice, whoever would in the product.
fn engines(
    args: &IntentsArgs,
    models: &Models,
    notes: &mut Vec<String>,
) -> anyhow::Result<Vec<(&'static str, Arc<dyn Encoder>)>> {
    let floor = || ("heuristic", Arc::new(HashEncoder) as _);
    let model = models.encoder.clone().map(|encoder| ("model", encoder));
    let missing =
        || MissingData("No model is loaded on this machine; `booka model pull` fetches it.".into());
    Ok(match (args.engine, model) {
        (Some(EngineChoice::Heuristic), _) => vec![floor()],
        (Some(EngineChoice::Both), Some(model)) => vec![model, floor()],
        (Some(EngineChoice::Model) | None, Some(model)) => vec![model],
        (Some(EngineChoice::Model), None) => return Err(missing().into()),
        (Some(EngineChoice::Both) | None, None) => {
            notes.push("No model is loaded: these are the figures of the heuristic floor.".into());
            vec![floor()]
        }
    })
}

fn measure(
    args: &IntentsArgs,
    folds: &[Parts],
    encoder: &Remembering,
    notes: &mut Vec<String>,
) -> anyhow::Result<Run> {
    let bootstrap = Bootstrap::new(args.out.seed);
    let mut run = Run::default();
    let mut all: Option<Asked> = None;
    let (mut labels, mut view) = (Vec::new(), View::InScope);
    for (i, parts) in folds.iter().enumerate() {
        let mut experiment = Experiment::of(parts)?;
        if args.permute_labels {
            experiment.permute_labels(args.out.seed);
        }
        view = if experiment.is_multi { View::Sets } else { View::InScope };
        let fold = (folds.len() > 1).then(|| format!(" (fold {} of {})", i + 1, folds.len()));
        let files = parts.test.files.iter().chain(&parts.oos.files);
        let asked = Asked {
            files: files.map(|(path, _)| name(path)).collect(),
            n_test_files: parts.test.files.len(),
            ..ask(&experiment, encoder, &fold.unwrap_or_default(), &mut run)?
        };
        notes.append(&mut experiment.notes);
        labels = experiment.labels;
        match &mut all {
            Some(all) => all.add(asked),
            None => all = Some(asked),
        }
    }
    if let Some(asked) = all {
        notes.extend(leak_notes(&asked.leaks));
        asked.into_run(&mut run, &labels, view, bootstrap, &[]);
    }
    if let Some(peak) = output::peak_memory_mib() {
        run.cost.insert("peak_memory_mib".to_owned(), peak);
    }
    if args.permute_labels {
        notes.push(permuted(&mut run, labels.len()));
    }
    Ok(run)
}

/// Trains on one experiment, and asks for its test rows.
fn ask(
    experiment: &Experiment,
    encoder: &Remembering,
    fold: &str,
    run: &mut Run,
) -> anyhow::Result<Asked> {
    let labelled = |cases: &[Case]| -> Vec<LabelledText> {
        let text = |case: &Case| LabelledText {
            text: case.row.text.clone(),
            labels: case.row.labels.clone(),
        };
        cases.iter().map(text).collect()
    };
    let (train, dev) = (labelled(&experiment.train), labelled(&experiment.dev));
    let config = if encoder.is_learned() { HeadConfig::default() } else { HeadConfig::heuristic() };
    let training =
        LabelTraining { encoder: encoder as &dyn Encoder, train: &train, dev: &dev, config };
    let (started, encoded) = (Instant::now(), encoder.seconds());
    let bar = output::progress(100, &format!("training{fold}"));
    let classifier = LabelClassifier::train(&training, &mut |share| {
        bar.set_position((share * 100.0) as u64);
    })?;
    bar.finish_and_clear();
    let mut spend = |name: &str, seconds: f64| {
        *run.cost.entry(format!("{name}_seconds")).or_default() += seconds;
    };
    let encoding = encoder.seconds() - encoded;
    spend("train", started.elapsed().as_secs_f64() - encoding);
    let started = Instant::now();
    let scores = scores(&experiment.test, encoder, &classifier, fold)?;
    spend("test", started.elapsed().as_secs_f64() - (encoder.seconds() - encoded - encoding));
    spend("encode", encoder.seconds() - encoded);
    run.cost.insert("head_bytes".to_owned(), classifier.size_bytes() as f64);
    for (what, part) in
        [("train", &experiment.train), ("dev", &experiment.dev), ("test", &experiment.test)]
    {
        *run.counts.entry(what.to_owned()).or_default() += part.len();
    }
    let outside = experiment.test.iter().filter(|case| case.row.outside).count();
    *run.counts.entry("test_out_of_scope".to_owned()).or_default() += outside;
    run.counts.insert("labels".to_owned(), classifier.labels().len());
    *run.encoders.entry(encoder.fingerprint().to_owned()).or_default() += scores.len();
    *run.classifiers.entry(classifier.id().to_owned()).or_default() += scores.len();

    let (leaks, leaked) = leaks::check(&experiment.train, &experiment.dev, &experiment.test);
    let place: BTreeMap<&str, usize> =
        experiment.labels.iter().enumerate().map(|(i, label)| (label.as_str(), i)).collect();
    let ours: Vec<usize> = classifier.labels().iter().map(|label| place[label.as_str()]).collect();
    let answers = experiment.test.iter().zip(scores).zip(leaked);
    let answers = answers
        .map(|((case, scores), is_leaked)| Answer { is_leaked, ..answer(case, scores, &ours) })
        .collect();
    Ok(Asked { answers, guesses: guesses(experiment, fold), leaks, ..Asked::default() })
}

/// Scores texts in the order given; encodes those of like length together.
fn scores(
    cases: &[Case],
    encoder: &dyn Encoder,
    classifier: &LabelClassifier,
    fold: &str,
) -> anyhow::Result<Vec<LabelScores>> {
    let texts: Vec<String> = cases.iter().map(|case| normalize(&case.row.text).0).collect();
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|i| (texts[*i].len(), *i));
    let bar = output::progress(texts.len(), &format!("messages{fold}"));
    let mut scores: Vec<Option<LabelScores>> = vec![None; texts.len()];
    for chunk in order.chunks(ENCODED_AT_ONCE) {
        let some: Vec<&str> = chunk.iter().map(|i| texts[*i].as_str()).collect();
        for (i, embedding) in chunk.iter().zip(encoder.encode(&some)?) {
            scores[*i] = Some(classifier.score(&texts[*i], &embedding));
        }
        bar.inc(chunk.len() as u64);
    }
    bar.finish_and_clear();
    let n = scores.len();
    let scores: Vec<LabelScores> = scores.into_iter().flatten().collect();
    anyhow::ensure!(
        scores.len() == n,
        "the encoder gave {} embeddings for {n} texts",
        scores.len()
    );
    Ok(scores)
}

/// In the experiment's labels; `ours` has the place of each of the classifier's.
fn answer(case: &Case, scores: LabelScores, ours: &[usize]) -> Answer {
    let said: Vec<(usize, f32)> =
        scores.present.iter().map(|(label, p)| (ours[*label], *p)).collect();
    let mut present: Vec<usize> = said.iter().map(|(label, _)| *label).collect();
    present.sort_unstable();
    Answer {
        case: case.clone(),
        ranking: scores.ranking.iter().map(|(label, p)| (ours[*label], *p)).collect(),
        out_of_scope: scores.out_of_scope,
        is_refused: scores.is_out_of_scope,
        present,
        said,
        set: scores.prediction_set.iter().map(|label| ours[*label]).collect(),
        heard_as: None,
        is_leaked: false,
    }
}

/// What the guessers say, who learn from the same rows, the in-scope ones.
fn guesses(experiment: &Experiment, fold: &str) -> Vec<(&'static str, Vec<Vec<usize>>)> {
    let inside: Vec<Case> =
        experiment.train.iter().filter(|case| !case.row.outside).cloned().collect();
    let asked = experiment.test.iter().filter(|case| !case.row.outside);
    let guessers = [
        guessers::majority(asked.map(|case| case.gold.as_slice())),
        guessers::keyword(&inside),
        guessers::nearest(&inside),
        guessers::tfidf(&inside, experiment.labels.len(), experiment.is_multi),
    ];
    let bar = output::progress(guessers.len() * experiment.test.len(), &format!("guessers{fold}"));
    let guesses = guessers.iter().map(|guesser| {
        let guess = |case: &Case| {
            bar.inc(1);
            guesser.guess(&case.row.text)
        };
        (guesser.name, experiment.test.iter().map(guess).collect())
    });
    let guesses = guesses.collect();
    bar.finish_and_clear();
    guesses
}

/// The verdict on permuted labels: what is learned from them may not be better than a constant,
/// but for luck. Test rows of one label tend to share their wrong answer, so the luck is that of
/// as many coins as there are labels: three standard errors of it are allowed.
fn permuted(run: &mut Run, n_labels: usize) -> String {
    let reached = run.metrics.get("accuracy").map_or(0.0, |metric| metric.value);
    let chance = chance(run).map_or(0.0, |metric| metric.value);
    let error = (chance * (1.0 - chance) / n_labels.max(1) as f64).sqrt();
    let is_chance = reached <= chance + 3.0 * error;
    run.counts.insert("permuted_above_chance".to_owned(), usize::from(!is_chance));
    if is_chance {
        format!("Permuted labels: {reached:.4} is chance (a constant reaches {chance:.4}).")
    } else {
        format!(
            "Permuted labels: {reached:.4} is MORE than chance ({chance:.4}): something tells the \
             labels of the test rows."
        )
    }
}

fn described(args: &IntentsArgs, parts: &Parts) -> Data {
    let roles =
        [("train", &parts.train), ("dev", &parts.dev), ("test", &parts.test), ("oos", &parts.oos)];
    let mut names = Vec::new();
    let mut hashes = String::new();
    for (role, rows) in roles.into_iter().filter(|(_, rows)| !rows.files.is_empty()) {
        let files: Vec<String> = rows.files.iter().map(|(path, _)| name(path)).collect();
        names.push(format!("{role} {}", files.join(" ")));
        rows.files.iter().for_each(|(_, hash)| hashes.push_str(&format!("{role} {hash}\n")));
    }
    let mut selection = match args.folds {
        Some(groups) if args.fold_test.is_empty() => format!("each of {groups} groups of folds"),
        Some(groups) => format!("folds {:?} in {groups} groups", args.fold_test),
        None => "all".to_owned(),
    };
    if args.permute_labels {
        selection.push_str(", labels permuted");
    }
    Data { name: names.join("; "), sha256: data::sha256(hashes.as_bytes()), selection }
}
