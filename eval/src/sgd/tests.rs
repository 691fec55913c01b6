//! A file whose figures are known.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use flate2::{Compression, write::GzEncoder};
use intents::classify::{Example, ExampleSet, IntentClassifier, Training};
use kernel::Locale;
use models::{Batcher, BatcherConfig, HashEncoder};
use pipeline::Engine;
use serde_json::{Value, json};

use super::*;
use crate::{Command, command::OutArgs};

/// A floor that has seen a few examples, which is enough for messages that rules decide.
fn understanding() -> Models {
    let example = |text: &str, intent| Example {
        text: text.into(),
        intent,
        also: vec![],
        locale: Locale::En,
    };
    let train = vec![
        example("book an appointment for me", Intent::Book),
        example("at the time i said", Intent::Inform),
        example("what is the weather like", Intent::OutOfScope),
    ];
    let set = ExampleSet { dev: train.clone(), test: Vec::new(), train };
    let classifier = IntentClassifier::train(&Training::new(&HashEncoder, &set), &mut |_| ());
    let encoder = Batcher::start(Arc::new(HashEncoder), &BatcherConfig::default());
    let engine = Engine {
        encoder: encoder.expect("a thread"),
        classifier: Arc::new(classifier.expect("trains")),
        emotions: None,
    };
    Models { understanding: Some(Understanding::new(None, engine)), ..Models::default() }
}

fn turn(speaker: &str, text: &str, acts: Value) -> Value {
    json!({"s": speaker, "t": text, "f": [{"service": "Services_9", "intent": "NONE", "acts": acts}]})
}

/// Four customer turns: two right intents, one date and one time given, one of them said.
fn dialogues() -> String {
    let known = json!({"id": "1", "services": ["Services_9"], "turns": [
        turn("U", "yes", json!([["AFFIRM", "", []]])),
        turn("S", "On which day?", json!([["REQUEST", "appointment_date", []]])),
        turn("U", "thanks", json!([["GOODBYE", "", []], ["THANK_YOU", "", []]])),
        turn("U", "no", json!([["AFFIRM", "", []]])),
        turn("U", "hello", json!([
            ["INFORM", "appointment_date", ["2019-03-02"]],
            ["INFORM", "appointment_time", ["16:00"]],
        ])),
    ]});
    let other =
        json!({"id": "2", "services": ["Weather_1"], "turns": [turn("U", "yes", json!([]))]});
    format!("{known}\n\n{other}\n")
}

fn args(data: &Path) -> SgdArgs {
    SgdArgs {
        data: data.to_owned(),
        services: vec!["Services_".to_owned()],
        limit: None,
        out: OutArgs::default(),
    }
}

async fn measured(path: &Path) -> Run {
    let report = run(&args(path), &understanding()).await.expect("measures");
    report.runs.into_iter().next().expect("one run")
}

#[tokio::test]
async fn figures_are_those_counted_by_hand() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("sgd.jsonl");
    fs::write(&path, dialogues()).expect("writable");
    let run = measured(&path).await;

    assert_eq!(run.counts["dialogues"], 1);
    assert_eq!(run.counts["customer_turns"], 4);
    assert_eq!(run.counts["panics"], 0);
    assert_eq!(run.answered["rule"], 4);
    let value = |name: &str| run.metrics[name].value;
    assert_eq!(value("intent.accuracy"), 0.5); // yes and thanks; no and hello are wrong
    assert_eq!(value("intent.strict_first_act"), 0.25); // goodbye comes first, thanks was heard
    assert_eq!(run.metrics["intent.accuracy"].n, 4);
    assert_eq!(value("baseline.majority.accuracy"), 0.5);
    assert_eq!((value("date.f1"), value("time.recall")), (0.0, 0.0));
    assert_eq!(run.metrics["date_time.f1"].n, 2);
    assert_eq!(run.details["value_misses"].as_array().map(Vec::len), Some(2));
    assert_eq!(run.latency_ms.len(), 6);
}

#[tokio::test]
async fn dates_and_times_are_compared_by_value() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("sgd.jsonl.gz");
    let dialogue = json!({"id": "1", "services": ["Services_9"], "turns": [
        turn("U", "tomorrow at 4 pm please", json!([
            ["INFORM", "appointment_date", ["2019-03-02"]],
            ["INFORM", "appointment_time", ["16:00"]],
        ])),
        turn("U", "make it 5 pm", json!([["INFORM", "appointment_time", ["17:30"]]])),
    ]});
    let mut gzip = GzEncoder::new(File::create(&path).expect("writable"), Compression::fast());
    gzip.write_all(dialogue.to_string().as_bytes()).expect("writable");
    gzip.finish().expect("writable");
    let run = measured(&path).await;

    assert_eq!(run.metrics["date.f1"].value, 1.0);
    assert_eq!(run.metrics["time.f1"].value, 0.5);
    assert!((run.metrics["date_time.f1"].value - 4.0 / 6.0).abs() < 1e-9);
}

#[tokio::test]
async fn a_report_is_its_own_baseline_and_missing_data_is_said() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("sgd.jsonl");
    fs::write(&path, dialogues()).expect("writable");
    let report = dir.path().join("report.json");
    let mut first = args(&path);
    first.out.json = Some(report.clone());
    first.out.figures_only = true;
    let code = crate::run(Command::Sgd(first.clone()), understanding()).await.expect("runs");
    assert_eq!(code, ExitCode::SUCCESS);

    first.out = OutArgs { baseline: Some(report), ..OutArgs::default() };
    let code = crate::run(Command::Sgd(first.clone()), understanding()).await.expect("runs");
    assert_eq!(code, ExitCode::SUCCESS);

    first.data = dir.path().join("absent.jsonl");
    let code = crate::run(Command::Sgd(first), understanding()).await.expect("runs");
    assert_eq!(code, ExitCode::from(3));
}
