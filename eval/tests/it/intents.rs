//! `booka eval intents` through its command line, on files small enough to know the answer.

use std::{
    fs::{self, File},
    io::Write as _,
    process::ExitCode,
};

use clap::Parser as _;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::support::{BAD_DATA, Cli, FAILED, Folder, OK, value};

fn row(text: &str, intent: &str) -> Value {
    json!({"text": text, "intent": intent})
}

const ABOUT: [(&str, &str); 3] = [
    ("price", "how much does the {} cost"),
    ("book", "please book me a {} appointment"),
    ("cancel", "i must cancel my {} visit"),
];
const WHAT: [&str; 12] = [
    "haircut", "beard", "massage", "manicure", "colour", "facial", "waxing", "shave", "blowdry",
    "perm", "trim", "wash",
];

/// Three intents that words tell apart, with the services `from..to`.
fn easy(from: usize, to: usize) -> Vec<Value> {
    let services = &WHAT[from..to];
    let rows = services.iter().flat_map(|what| {
        ABOUT.iter().map(move |(intent, text)| row(&text.replace("{}", what), intent))
    });
    rows.collect()
}

fn strange() -> Vec<Value> {
    ["who won the match", "tell me a joke", "is it going to rain", "define gravity"]
        .map(|text| row(text, "oos"))
        .to_vec()
}

#[tokio::test]
async fn the_contract_holds() {
    let dir = Folder::new();
    let train = dir.write("train.jsonl", &easy(0, 8));
    let dev = dir.write("dev.jsonl", &easy(8, 10));
    let test = dir.write("test.jsonl", &easy(10, 12));
    let oos = dir.write("oos.jsonl", &strange());
    let args = ["--train", &train, "--dev", &dev, "--test", &test, "--oos", &oos];
    let (code, report) = dir.intents(&args).await;
    let report = report.expect("a report");
    assert_eq!(code, ExitCode::from(OK));
    for figure in ["accuracy", "macro_f1", "ece", "oos.auroc", "oos.fpr95"] {
        let metric = &report[figure];
        let [low, high] = [0, 1].map(|i| metric["ci95"][i].as_f64().expect("a bound"));
        assert!(low <= value(&report, figure) && value(&report, figure) <= high, "{figure}");
        assert!(metric["n"].as_u64().is_some_and(|n| n > 0), "{figure}");
    }
    assert_eq!(value(&report, "accuracy"), 1.0);
    assert_eq!(report["accuracy"]["n"], 6);
    assert_eq!(report["oos.auroc"]["n"], 10);
    assert_eq!(report["oos"]["auroc"], report["oos.auroc"]);
    assert_eq!(value(&report, "oos.auroc"), 1.0);
    // The constant answer is right for one of three intents.
    let run = &report["runs"][0];
    let majority = run["metrics"]["baseline.majority.accuracy"]["value"].as_f64();
    assert!((majority.expect("beside ours") - 1.0 / 3.0).abs() < 1e-9);
    for guesser in ["keyword", "nearest", "tfidf_logistic"] {
        assert!(run["metrics"][format!("baseline.{guesser}.accuracy")].is_object(), "{guesser}");
    }
}

#[tokio::test]
async fn a_file_may_come_from_windows_zipped_and_with_gaps() {
    let dir = Folder::new();
    let train = dir.write("train.jsonl", &easy(0, 8));
    let test = dir.write("test.jsonl", &easy(8, 12));
    let (_, plain) = dir.intents(&["--train", &train, "--test", &test]).await;
    let odd = |rows: &[Value]| {
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        format!("\u{feff}\r\n{}\r\n\r\n", lines.join("\r\n\r\n"))
    };
    let mut gzip =
        GzEncoder::new(File::create(dir.path("train.gz")).expect("writable"), Compression::fast());
    gzip.write_all(odd(&easy(0, 8)).as_bytes()).expect("writable");
    gzip.finish().expect("writable");
    let train = dir.path("train.gz").display().to_string();
    let test = dir.text("odd.jsonl", odd(&easy(8, 12)).as_bytes());
    let (code, odd) = dir.intents(&["--train", &train, "--test", &test]).await;
    assert_eq!(code, ExitCode::from(OK));
    let metrics =
        |report: &Option<Value>| report.as_ref().expect("a report")["runs"][0]["metrics"].clone();
    assert_eq!(metrics(&plain), metrics(&odd), "the same rows give the same figures");
}

#[tokio::test]
async fn what_cannot_be_used_has_an_exit_code_and_no_report() {
    let dir = Folder::new();
    let good = dir.write("good.jsonl", &easy(0, 4));
    let bad = [
        ("no_text.jsonl", r#"{"intent": "a"}"#.as_bytes()),
        ("no_label.jsonl", r#"{"text": "a"}"#.as_bytes()),
        ("no_json.jsonl", b"text,intent\n"),
        ("empty.jsonl", b"\n\n"),
        ("latin1.jsonl", b"{\"text\": \"\xe1\", \"intent\": \"a\"}"),
        ("torn.gz", &[0x1f, 0x8b, 8, 0, 0]),
        ("one_label.jsonl", br#"{"text": "a", "intent": "a"}"#),
    ];
    for (name, bytes) in bad {
        let file = dir.text(name, bytes);
        let (code, report) = dir.intents(&["--train", &file, "--test", &good]).await;
        assert_eq!((code, report), (ExitCode::from(BAD_DATA), None), "{name}");
    }
    let only_outside = dir.write("outside.jsonl", &strange());
    let (code, _) = dir.intents(&["--train", &good, "--test", &only_outside]).await;
    assert_eq!(code, ExitCode::from(BAD_DATA));
    let absent = dir.path("absent.jsonl").display().to_string();
    let (code, report) = dir.intents(&["--train", &good, "--test", &absent]).await;
    assert_eq!((code, report), (ExitCode::from(FAILED), None));
    for wrong in [&["--train", "f"][..], &["--test", "f"], &["--oos", "f"], &["--folds"]] {
        let all = ["eval", "intents"].iter().chain(wrong);
        assert!(Cli::try_parse_from(all).is_err(), "{wrong:?}");
    }
}

#[tokio::test]
async fn labels_that_were_never_seen_count_as_wrong() {
    let dir = Folder::new();
    let train = dir.write("train.jsonl", &easy(0, 8));
    let mut rows = easy(8, 10);
    rows.push(row("do you have parking", "parking"));
    rows.push(row("", "price"));
    let test = dir.write("test.jsonl", &rows);
    let dev = dir.write("dev.jsonl", &[easy(10, 12), vec![row("hello", "greet")]].concat());
    let (code, report) = dir.intents(&["--train", &train, "--dev", &dev, "--test", &test]).await;
    let report = report.expect("a report");
    assert_eq!(code, ExitCode::from(OK));
    assert_eq!(report["accuracy"]["n"], 8);
    assert!(value(&report, "accuracy") <= 7.0 / 8.0);
    let notes = report["notes"].to_string();
    for says in ["labels: greet", "labels: parking", "have no text"] {
        assert!(notes.contains(says), "{notes}");
    }
}

#[tokio::test]
async fn folds_of_a_set_with_several_labels_a_message() {
    let dir = Folder::new();
    let labels: [&[&str]; 4] = [&["price"], &["book"], &["price", "book"], &[]];
    let texts = ["how much is the {}", "book the {}", "how much and book the {}", "the {} is fine"];
    let rows: Vec<Value> = (0..48)
        .map(|i| {
            let text = texts[i % 4].replace("{}", WHAT[i / 4]);
            json!({"text": text, "intents": labels[i % 4], "fold": i / 4})
        })
        .collect();
    let set = dir.write("set.jsonl", &rows);
    let (code, report) = dir.intents(&["--train", &set, "--folds", "4"]).await;
    let report = report.expect("a report");
    assert_eq!(code, ExitCode::from(OK));
    assert_eq!(report["exact_set"]["n"], 48, "every row is tested once");
    let counts = &report["runs"][0]["counts"];
    assert_eq!(counts["train"], 4 * 36, "and is not among those learned from then");
    assert_eq!(report["accuracy"], report["exact_set"]);
    assert_eq!(report["micro_f1"]["n"], 48, "labels there");
    assert!(value(&report, "micro_f1") > 0.5);
    let metrics = &report["runs"][0]["metrics"];
    assert!(metrics["baseline.tfidf_logistic.micro_f1"]["value"].as_f64() > Some(0.9));
    let (_, one) = dir.intents(&["--train", &set, "--folds", "4", "--fold-test", "11"]).await;
    assert_eq!(one.expect("a report")["exact_set"]["n"], 12);
    let no_folds = dir.write("plain.jsonl", &easy(0, 4));
    let (code, _) = dir.intents(&["--train", &no_folds, "--folds"]).await;
    assert_eq!(code, ExitCode::from(BAD_DATA));
}

/// Were the test labels to reach the classifier by another way than the training rows, this would
/// stay far above chance.
#[tokio::test]
async fn permuted_labels_fall_to_chance() {
    let dir = Folder::new();
    let train = dir.write("train.jsonl", &easy(0, 8));
    let test = dir.write("test.jsonl", &easy(8, 12));
    let (_, honest) = dir.intents(&["--train", &train, "--test", &test]).await;
    assert_eq!(value(&honest.expect("a report"), "accuracy"), 1.0);
    let args = ["--train", &train, "--test", &test, "--permute-labels"];
    let (code, permuted) = dir.intents(&args).await;
    let permuted = permuted.expect("a report");
    assert_eq!(code, ExitCode::from(OK));
    assert!(value(&permuted, "accuracy") < 0.8);
    assert!(permuted["notes"].to_string().contains("is chance"));
}

#[tokio::test]
async fn texts_in_both_splits_are_counted_and_left_out_beside() {
    let dir = Folder::new();
    let train = dir.write("train.jsonl", &easy(0, 8));
    let mut rows = easy(8, 12);
    rows.push(row("How much does the  HAIRCUT cost?", "price"));
    rows.push(row("please book me a beard appointment", "cancel"));
    let test = dir.write("test.jsonl", &rows);
    let (_, report) = dir.intents(&["--train", &train, "--test", &test]).await;
    let report = report.expect("a report");
    let leak = &report["runs"][0]["details"]["leaks"][0];
    assert_eq!((&leak["exact"], &leak["of"]), (&json!(2), &json!(14)));
    assert_eq!(leak["other_label"], 1);
    assert!(report["leak_free.accuracy"]["n"].as_u64() <= Some(12));
    assert!(report["notes"].to_string().contains("to the letter"));
}

#[tokio::test]
async fn a_report_is_its_own_baseline_and_a_real_drop_fails() {
    let dir = Folder::new();
    let train = dir.write("train.jsonl", &easy(0, 8));
    let test = dir.write("test.jsonl", &easy(8, 12));
    let baseline = dir.path("baseline.json");
    let args = ["--train", &train, "--test", &test];
    let (_, report) = dir.intents(&args).await;
    let mut report = report.expect("a report");
    let against = |dir: &Folder, report: &Value| {
        fs::write(dir.path("baseline.json"), report.to_string()).expect("writable");
    };
    against(&dir, &report);
    let path = baseline.display().to_string();
    let args = ["--train", &train, "--test", &test, "--baseline", &path];
    assert_eq!(dir.intents(&args).await.0, ExitCode::from(OK));

    // Confident and right was better than this report says it is now.
    let better = json!({"value": 0.0, "ci95": [0.0, 0.0], "n": 12});
    let ece = report["runs"][0]["metrics"]["ece"]["value"].as_f64();
    assert!(ece > Some(0.0), "there is something to be worse in");
    report["runs"][0]["metrics"]["ece"] = better;
    against(&dir, &report);
    assert_eq!(dir.intents(&args).await.0, ExitCode::from(FAILED));

    report["data"]["sha256"] = json!("00");
    against(&dir, &report);
    assert_eq!(dir.intents(&args).await.0, ExitCode::from(BAD_DATA), "other data is no comparison");
    fs::remove_file(&baseline).expect("there");
    assert_eq!(dir.intents(&args).await.0, ExitCode::from(FAILED), "no baseline");
}

#[tokio::test]
async fn the_page_stands_alone_and_escapes_what_customers_write() {
    let dir = Folder::new();
    let train = dir.write("train.jsonl", &easy(0, 8));
    let mut rows = [easy(8, 12), strange()].concat();
    rows.push(row("<script>alert(1)</script>", "price"));
    rows.push(row("<img src=x>", "cancel"));
    let test = dir.write("test.jsonl", &rows);
    let page = dir.path("page.html");
    let page_text = page.display().to_string();
    let (code, _) = dir.intents(&["--train", &train, "--test", &test, "--html", &page_text]).await;
    assert_eq!(code, ExitCode::from(OK));
    let page = fs::read_to_string(page).expect("a page");
    for part in ["<svg", "Reliability", "Risk and coverage", "Out of scope", "Beside guessers"] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["<script", "<img", "http://", "https://", "url("] {
        assert!(!page.contains(part), "{part}");
    }
}
