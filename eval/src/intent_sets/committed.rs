//! The committed examples, through the very stages that answer customers, per language.

use std::sync::Arc;

use intents::{
    Intent,
    classify::{Example, ExampleSet, IntentClassifier, Training},
};
use kernel::Locale;
use models::{Batcher, BatcherConfig, HashEncoder};
use pipeline::{Engine, Understanding};

use super::{
    Asked, Group,
    answers::{Answer, View},
    guessers::{self, Guesser},
    leak_notes, leaks,
    rows::Row,
    splits::Case,
};
use crate::{
    Data, EngineChoice, IntentsArgs, Models, Report, Run, Split,
    bootstrap::Bootstrap,
    data::{self, MissingData},
    keywords, output,
    probe::Probe,
    sgd::Scene,
};

/// Measures on the committed examples.
pub(super) async fn run(args: &IntentsArgs, models: &Models) -> anyhow::Result<Report> {
    let set = ExampleSet::embedded()?;
    let examples = part(&set, args.split);
    let choice = args.engine.unwrap_or(EngineChoice::Both);
    let loaded = models.understanding()?;
    if choice == EngineChoice::Model && !loaded.has_model() {
        return Err(MissingData(
            "No model is loaded on this machine, so there is nothing to measure.".into(),
        )
        .into());
    }
    let bootstrap = Bootstrap::new(args.out.seed);
    let mut notes = Vec::new();
    let mut runs = Vec::new();
    if choice != EngineChoice::Heuristic && loaded.has_model() {
        runs.push(measure(args.split, &set, loaded, bootstrap, &mut notes).await?);
    }
    if choice != EngineChoice::Model {
        let floor = if loaded.has_model() { floor(&set)? } else { loaded.clone() };
        runs.push(measure(args.split, &set, &floor, bootstrap, &mut notes).await?);
    }
    notes.dedup();
    let rows: Vec<String> =
        examples.iter().map(|e| format!("{}\t{}\t{}", e.locale, e.intent, e.text)).collect();
    Ok(Report {
        command: "intents".to_owned(),
        data: Data {
            name: format!("committed examples, {:?}", args.split).to_lowercase(),
            sha256: data::sha256(rows.join("\n").as_bytes()),
            selection: "all".to_owned(),
        },
        seed: args.out.seed,
        notes,
        runs,
    })
}

/// The floor that answers where there are no weights, trained as the service trains it.
fn floor(set: &ExampleSet) -> anyhow::Result<Understanding> {
    let bar = output::progress(100, "training the heuristic floor");
    let classifier = IntentClassifier::train(&Training::new(&HashEncoder, set), &mut |share| {
        bar.set_position((share * 100.0) as u64);
    })?;
    bar.finish_and_clear();
    let encoder = Batcher::start(Arc::new(HashEncoder), &BatcherConfig::default())?;
    Ok(Understanding::new(
        None,
        Engine { encoder, classifier: Arc::new(classifier), emotions: None },
    ))
}

async fn measure(
    split: Split,
    set: &ExampleSet,
    understanding: &Understanding,
    bootstrap: Bootstrap,
    notes: &mut Vec<String>,
) -> anyhow::Result<Run> {
    let mut probe = Probe::new(understanding);
    let examples = part(set, split);
    let bar = output::progress(examples.len(), "messages");
    let scene = Scene::empty()?;
    let train = cases(&set.train);
    let dev = if split == Split::Dev { Vec::new() } else { cases(&set.dev) };
    let (leaks, leaked) = leaks::check(&train, &dev, &cases(examples));
    let mut answers = Vec::with_capacity(examples.len());
    for (example, is_leaked) in examples.iter().zip(leaked) {
        bar.inc(1);
        let heard = probe.hear(&example.text, example.locale, &scene.context()).await;
        let Some(heard) = heard else { continue };
        let scores = &heard.parse.intents;
        let (top, confidence) = scores.top();
        let is_refused = top == Intent::OutOfScope;
        // An answer is only as sure as the message's being in scope; `top` has that in it.
        let ranking: Vec<(usize, f32)> = if is_refused {
            scores.ranking.iter().map(|(intent, p)| (label(*intent), p.get())).collect()
        } else {
            vec![(label(top), confidence.get())]
        };
        answers.push(Answer {
            case: case(example),
            present: scores.present.iter().map(|(intent, _)| label(*intent)).collect(),
            said: scores.present.iter().map(|(i, p)| (label(*i), p.get())).collect(),
            ranking,
            out_of_scope: if is_refused { confidence } else { scores.out_of_scope }.get(),
            is_refused,
            set: scores.candidates.iter().map(|intent| label(*intent)).collect(),
            heard_as: Some(heard.parse.utterance.locale),
            is_leaked,
        });
    }
    bar.finish_and_clear();
    probe.count("messages", examples.len());
    notes.extend(leak_notes(&leaks));

    let guesses = guesses(&answers, &train);
    let asked = Asked { answers, guesses, leaks, files: Vec::new(), n_test_files: 0 };
    let labels: Vec<String> = Intent::ALL.iter().map(|intent| intent.name().to_owned()).collect();
    let mut run = probe.finish();
    let of = |locale: Locale| move |a: &Answer| a.case.row.locale == Some(locale);
    let by_language = Locale::ALL.map(of);
    let groups: Vec<Group<'_>> = Locale::ALL
        .iter()
        .zip(&by_language)
        .map(|(locale, of)| (format!("{locale}."), of as &dyn Fn(&Answer) -> bool))
        .collect();
    asked.into_run(&mut run, &labels, View::Decided, bootstrap, &groups);
    Ok(run)
}

/// Text to labels, where out of scope is one of them.
fn guesses(answers: &[Answer], train: &[Case]) -> Vec<(&'static str, Vec<Vec<usize>>)> {
    let told = |case: &Case| {
        let gold =
            if case.row.outside { vec![label(Intent::OutOfScope)] } else { case.gold.clone() };
        Case { gold, ..case.clone() }
    };
    let train: Vec<Case> = train.iter().map(told).collect();
    let asked: Vec<Case> = answers.iter().map(|answer| told(&answer.case)).collect();
    let guessers = [
        guessers::majority(asked.iter().map(|case| case.gold.as_slice())),
        Guesser::new("keyword", |text| vec![label(keywords::keyword(text))]),
        guessers::nearest(&train),
        guessers::tfidf(&train, Intent::ALL.len(), false),
    ];
    let outside = label(Intent::OutOfScope);
    let guess = |guesser: &Guesser, case: &Case| -> Vec<usize> {
        guesser.guess(&case.row.text).into_iter().filter(|label| *label != outside).collect()
    };
    guessers
        .iter()
        .map(|guesser| (guesser.name, asked.iter().map(|case| guess(guesser, case)).collect()))
        .collect()
}

fn part(set: &ExampleSet, split: Split) -> &[Example] {
    match split {
        Split::Dev => &set.dev,
        Split::Test => &set.test,
    }
}

fn cases(examples: &[Example]) -> Vec<Case> {
    examples.iter().map(case).collect()
}

fn case(example: &Example) -> Case {
    let outside = example.intent == Intent::OutOfScope;
    let labels = if outside { vec![] } else { vec![example.intent.name().to_owned()] };
    let row = Row {
        text: example.text.clone(),
        labels,
        outside,
        fold: None,
        locale: Some(example.locale),
        file: 0,
        line: 0,
    };
    Case { row, gold: if outside { vec![] } else { vec![label(example.intent)] } }
}

fn label(intent: Intent) -> usize {
    intent as usize
}
