//! The committed examples: accuracy, calibration, out-of-scope detection, per language.

use std::{collections::BTreeMap, sync::Arc};

use intents::{
    Intent,
    classify::{
        Example, ExampleSet, IntentClassifier, Training,
        metrics::{accuracy, auroc, calibration_error, macro_f1},
    },
};
use kernel::Locale;
use models::{Batcher, BatcherConfig, HashEncoder};
use pipeline::{Engine, Understanding};
use serde::Serialize;
use serde_json::json;

use crate::{
    Data, IntentsArgs, Metric, Report, Run, Split,
    baseline::{self, Nearest},
    bootstrap::{self, SEED},
    command::EngineChoice,
    data,
    measure::fpr95,
    output,
    probe::Probe,
    sgd::Scene,
};

/// How many confusions and misses a report lists.
const LISTED: usize = 10;

/// Measures on the committed examples.
pub(crate) async fn run(
    args: &IntentsArgs,
    understanding: &Understanding,
) -> anyhow::Result<Report> {
    let set = ExampleSet::embedded()?;
    let examples = match args.split {
        Split::Dev => &set.dev,
        Split::Test => &set.test,
    };
    let mut runs = Vec::new();
    if args.engine != EngineChoice::Heuristic && understanding.has_model() {
        runs.push(measure(examples, &set.train, understanding).await?);
    }
    if args.engine != EngineChoice::Model {
        let floor = if understanding.has_model() { floor(&set)? } else { understanding.clone() };
        runs.push(measure(examples, &set.train, &floor).await?);
    }
    let rows: Vec<String> =
        examples.iter().map(|e| format!("{}\t{}\t{}", e.locale, e.intent, e.text)).collect();
    Ok(Report {
        command: "intents".to_owned(),
        data: Data {
            name: format!("committed examples, {:?}", args.split).to_lowercase(),
            sha256: data::sha256(rows.join("\n").as_bytes()),
            selection: "all".to_owned(),
        },
        seed: SEED,
        runs,
    })
}

/// The floor that answers where there are no weights, trained as the service trains it.
pub(crate) fn floor(set: &ExampleSet) -> anyhow::Result<Understanding> {
    let bar = output::progress(100, "training the heuristic floor");
    let classifier = IntentClassifier::train(&Training::new(&HashEncoder, set), &mut |share| {
        bar.set_position((share * 100.0) as u64);
    })?;
    bar.finish_and_clear();
    let encoder = Batcher::start(Arc::new(HashEncoder), &BatcherConfig::default())?;
    Ok(Understanding::new(None, Engine { encoder, classifier: Arc::new(classifier) }))
}

/// One message, what it is, and what was said about it.
#[derive(Clone)]
struct Answer<'a> {
    example: &'a Example,
    heard_as: Locale,
    intent: Intent,
    confidence: f32,
    out_of_scope: f32,
}

impl Answer<'_> {
    fn pair(&self) -> (Intent, Intent) {
        (self.example.intent, self.intent)
    }
}

async fn measure(
    examples: &[Example],
    train: &[Example],
    understanding: &Understanding,
) -> anyhow::Result<Run> {
    let mut probe = Probe::new(understanding);
    let bar = output::progress(examples.len(), "messages");
    let scene = Scene::empty()?;
    let mut answers = Vec::with_capacity(examples.len());
    for example in examples {
        bar.inc(1);
        let heard = probe.hear(&example.text, example.locale, &scene.context()).await;
        let Some(heard) = heard else { continue };
        let (intent, confidence) = heard.parse.intents.top();
        answers.push(Answer {
            example,
            heard_as: heard.parse.utterance.locale,
            intent,
            confidence: confidence.get(),
            out_of_scope: heard.parse.intents.out_of_scope.get(),
        });
    }
    bar.finish_and_clear();
    probe.count("messages", examples.len());

    let mut metrics = BTreeMap::new();
    figures(&mut metrics, "", &answers);
    for locale in Locale::ALL {
        let of: Vec<_> = answers.iter().filter(|a| a.example.locale == locale).cloned().collect();
        figures(&mut metrics, &format!("{locale}."), &of);
    }
    guessers(&mut metrics, examples, train);
    let details = json!({
        "confusions": confusions(&answers),
        "intents": classes(&answers),
    });
    Ok(probe.finish(metrics, details))
}

fn figures(metrics: &mut BTreeMap<String, Metric>, prefix: &str, answers: &[Answer<'_>]) {
    let mut add = |name: &str, metric| metrics.insert(format!("{prefix}{name}"), metric);
    let pairs: Vec<_> = answers.iter().map(Answer::pair).collect();
    add("accuracy", bootstrap::metric(&pairs, accuracy));
    add("macro_f1", bootstrap::metric(&pairs, macro_f1));
    let sure: Vec<_> =
        answers.iter().map(|a| (a.confidence, a.example.intent == a.intent)).collect();
    add("ece", bootstrap::metric(&sure, calibration_error));
    let scores: Vec<_> =
        answers.iter().map(|a| (a.out_of_scope, a.example.intent == Intent::OutOfScope)).collect();
    let n_outside = scores.iter().filter(|(_, outside)| *outside).count();
    if n_outside > 0 && n_outside < scores.len() {
        add("oos.auroc", bootstrap::metric(&scores, auroc));
        add("oos.fpr95", bootstrap::metric(&scores, fpr95));
    }
    let languages: Vec<_> = answers.iter().map(|a| (a.example.locale, a.heard_as)).collect();
    add("language", bootstrap::metric(&languages, accuracy));
}

/// Text to intent, without understanding.
type Guess<'a> = &'a dyn Fn(&str) -> Intent;

fn guessers(metrics: &mut BTreeMap<String, Metric>, examples: &[Example], train: &[Example]) {
    let majority = baseline::majority(examples.iter().map(|e| std::slice::from_ref(&e.intent)));
    let nearest = Nearest::of(train);
    let guessers: [(&str, Guess<'_>); 3] = [
        ("majority", &|_| majority),
        ("keyword", &baseline::keyword),
        ("nearest", &|text| nearest.guess(text)),
    ];
    for (name, guess) in guessers {
        let pairs: Vec<_> = examples.iter().map(|e| (e.intent, guess(&e.text))).collect();
        let mut add =
            |what: &str, metric| metrics.insert(format!("baseline.{name}.{what}"), metric);
        add("accuracy", bootstrap::metric(&pairs, accuracy));
        add("macro_f1", bootstrap::metric(&pairs, macro_f1));
    }
}

#[derive(Serialize)]
struct Confusion<'a> {
    is: Intent,
    taken_for: Intent,
    times: usize,
    such_as: &'a str,
}

fn confusions<'a>(answers: &'a [Answer<'_>]) -> Vec<Confusion<'a>> {
    let mut pairs: BTreeMap<(Intent, Intent), Confusion<'a>> = BTreeMap::new();
    for answer in answers.iter().filter(|a| a.example.intent != a.intent) {
        let (is, taken_for) = answer.pair();
        let such_as = answer.example.text.as_str();
        let empty = Confusion { is, taken_for, times: 0, such_as };
        pairs.entry((is, taken_for)).or_insert(empty).times += 1;
    }
    let mut confusions: Vec<_> = pairs.into_values().collect();
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.times));
    confusions.truncate(LISTED);
    confusions
}

#[derive(Serialize)]
struct Class {
    intent: Intent,
    n: usize,
    recall: f64,
    precision: f64,
}

fn classes(answers: &[Answer<'_>]) -> Vec<Class> {
    let count = |keep: &dyn Fn(&Answer<'_>) -> bool| answers.iter().filter(|a| keep(a)).count();
    let share = |part: usize, whole: usize| {
        if whole == 0 { 0.0 } else { (part as f64 / whole as f64 * 1000.0).round() / 1000.0 }
    };
    let class = |intent: Intent| {
        let n = count(&|a| a.example.intent == intent);
        let hits = count(&|a| a.pair() == (intent, intent));
        let precision = share(hits, count(&|a| a.intent == intent));
        Class { intent, n, recall: share(hits, n), precision }
    };
    Intent::ALL.iter().map(|intent| class(*intent)).filter(|class| class.n > 0).collect()
}
