//! `booka eval datetime` through its command line.

use std::process::ExitCode;

use serde_json::json;

use crate::support::{BAD_DATA, FAILED, Folder, OK, value};

#[tokio::test]
async fn cases_are_scored_and_misses_listed() {
    let dir = Folder::new();
    let day = |text: &str, value: &str| {
        json!({"text": text, "lang": "en", "section": "days", "kind": "instant", "value": value,
            "grain": "day"})
    };
    let cases = dir.write(
        "time_en.jsonl",
        &[
            day("tomorrow", "2013-02-13T00:00:00"),
            day("today", "2013-02-12T00:00:00"),
            day("today", "1999-01-01T00:00:00"),
            json!({"text": "laughing out loud", "lang": "en", "section": "none", "negative": true}),
        ],
    );
    let args = ["datetime", "--data", &cases, "--format", "duckling", "--lang", "en"];
    let (code, report) = dir.run(&args).await;
    let report = report.expect("a report");
    assert_eq!(code, ExitCode::from(OK));
    assert!((value(&report, "exact") - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(report["exact"]["n"], 3);
    assert_eq!(value(&report, "negatives_refused"), 1.0);
    assert_eq!(value(&report, "span_f1"), 1.0);
    let misses = report["misses"].as_array().expect("a list");
    assert_eq!((misses.len(), &misses[0]["text"]), (1, &json!("today")));
    assert!(misses[0]["wanted"].as_str().is_some_and(|wanted| wanted.contains("1999")));
}

#[tokio::test]
async fn what_is_no_corpus_is_said() {
    let dir = Folder::new();
    let torn = dir.text("torn.jsonl", b"{\"text\": \"today\"\n");
    let empty = dir.text("empty.jsonl", b"\n");
    let absent = dir.path("absent.jsonl").display().to_string();
    for (data, lang, exit) in [
        (&torn, "en", BAD_DATA),
        (&empty, "en", BAD_DATA),
        (&torn, "klingon", BAD_DATA),
        (&absent, "en", FAILED),
    ] {
        let args = ["datetime", "--data", data, "--format", "recognizers", "--lang", lang];
        assert_eq!(dir.run(&args).await, (ExitCode::from(exit), None), "{data} {lang}");
    }
}
