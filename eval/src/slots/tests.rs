//! The measurement itself, on rows small enough to count by hand.

use super::*;

fn span(start: usize, end: usize) -> Span {
    Span { start, end }
}

fn row(text: &str, slots: &[(&str, usize, usize)]) -> Row {
    let slot = |(name, start, end): &(&str, usize, usize)| Slot {
        name: (*name).to_owned(),
        span: span(*start, *end),
        norm: None,
    };
    Row {
        text: text.to_owned(),
        requested: Vec::new(),
        slots: slots.iter().map(slot).collect(),
        fold: None,
    }
}

fn found(name: &str, start: usize, end: usize) -> Found {
    (name.to_owned(), (start, end), String::new())
}

#[test]
fn figures_agree_with_the_hand() {
    let rows = [
        row("for 2 at 8pm", &[("people", 4, 5), ("time", 9, 12)]),
        row("under Ana Soto", &[("first_name", 6, 9), ("last_name", 10, 14)]),
        row("hello", &[]),
    ];
    let outcome = |found: Vec<Found>| Outcome { found, grammar: Vec::new() };
    let outcomes = [
        // One right, one a code point short.
        outcome(vec![found("people", 4, 5), found("time", 9, 11)]),
        // Both right.
        outcome(vec![found("first_name", 6, 9), found("last_name", 10, 14)]),
        // One that is not there.
        outcome(vec![found("people", 0, 5)]),
    ];
    let seen = BTreeSet::from(["under Ana Soto"]);
    let run = measured(&rows, &outcomes, &seen, Bootstrap::new(7));
    let value = |name: &str| run.metrics[name].value;
    // Three hits of four there and five found.
    assert!((value("f1") - 6.0 / 9.0).abs() < 1e-9);
    assert!((value("precision") - 3.0 / 5.0).abs() < 1e-9);
    assert!((value("recall") - 3.0 / 4.0).abs() < 1e-9);
    assert!((value("sentence_exact") - 1.0 / 3.0).abs() < 1e-9);
    assert!((value("slot.time.f1") - 0.0).abs() < 1e-9);
    assert!((value("slot.people.f1") - 2.0 / 3.0).abs() < 1e-9);
    assert!((value("unseen.f1") - 2.0 / 5.0).abs() < 1e-9);
    assert_eq!(run.metrics["f1"].n, 4);
    assert!(!run.metrics.contains_key("value.f1"), "no row says what its words mean");
    assert_eq!(run.details["misses"].as_array().map(Vec::len), Some(2));
}

#[test]
fn training_and_folds_from_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rows.jsonl");
    let mut lines = String::new();
    for fold in 0..2 {
        for name in ["Ana", "Bo", "Cleo", "Dov", "Eve", "Flo"] {
            let end = 14 + name.len();
            lines.push_str(&format!(
                "{{\"text\":\"it is under my {name} please\",\"fold\":{fold},\"slots\":[{{\"name\":\"who\",\"start\":15,\"end\":{}}}]}}\n",
                end + 1
            ));
            lines.push_str(&format!("{{\"text\":\"no thanks\",\"fold\":{fold}}}\n"));
        }
    }
    std::fs::write(&path, lines).expect("written");
    let args = |train: Vec<PathBuf>, folds| SlotsArgs {
        data: path.clone(),
        train,
        folds,
        out: OutArgs::default(),
    };
    let report = run(&args(Vec::new(), true)).expect("folds");
    assert!((report.runs[0].metrics["f1"].value - 1.0).abs() < 1e-9);
    let again = run(&args(Vec::new(), true)).expect("folds");
    assert_eq!(report, again, "the same seed gives the same report");
    let report = run(&args(vec![path.clone()], false)).expect("trains");
    assert_eq!(report.runs[0].engine, "trained");
    assert!((report.runs[0].metrics["f1"].value - 1.0).abs() < 1e-9);
    let report = run(&args(Vec::new(), false)).expect("ships");
    assert!(report.notes[0].contains("who"), "{:?}", report.notes);
    let to = folder.path().join("new/tagger.bin");
    let trained = TrainSlotsArgs {
        train: vec![path.clone()],
        names: Vec::new(),
        plain: Vec::new(),
        to: to.clone(),
        seed: 7,
    };
    train(&trained).expect("trains");
    let tagger = Tagger::from_bytes(&std::fs::read(to).expect("there")).expect("a tagger");
    assert_eq!(tagger.slots(), ["who"]);
}
