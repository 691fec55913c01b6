//! `booka eval all` through its command line.

use std::{fs, process::ExitCode};

use serde_json::{Value, json};

use crate::support::{BAD_DATA, FAILED, Folder, OK, value};

fn rows(services: &[&str]) -> Vec<Value> {
    let about = |what: &&str| {
        [
            json!({"text": format!("how much is a {what}"), "intent": "PRICE"}),
            json!({"text": format!("please cancel the {what}"), "intent": "CANCEL"}),
        ]
    };
    services.iter().flat_map(about).collect()
}

#[tokio::test]
async fn what_is_there_is_measured_and_what_is_not_is_named() {
    let dir = Folder::new();
    let lines = |rows: &[Value]| rows.iter().map(|row| format!("{row}\n")).collect::<String>();
    // Not gzip'd, whatever the name says.
    let shop = "hint3/curekart";
    dir.text(&format!("{shop}_train.jsonl.gz"), lines(&rows(&["cut", "shave", "wash"])).as_bytes());
    dir.text(&format!("{shop}_test.jsonl.gz"), lines(&rows(&["perm", "trim"])).as_bytes());
    let shared = dir.path("").display().to_string();
    let args = ["all", "--shared", &shared, "--only", "intents.hint3", "datetime.duckling"];
    let (code, report) = dir.run(&args).await;
    let report = report.expect("a report");
    assert_eq!(code, ExitCode::from(OK), "missing sets are no failure");
    let reports = report["reports"].as_object().expect("reports by name");
    assert_eq!(reports.keys().collect::<Vec<_>>(), ["intents.hint3_curekart"]);
    assert_eq!(value(&reports["intents.hint3_curekart"], "accuracy"), 1.0);
    let missing = report["missing"].as_object().expect("reasons by name");
    assert_eq!(missing.len(), 5, "two shops and three languages: {missing:?}");

    // Against itself nothing is worse; against something better it is; new data must be said.
    let baseline = dir.path("baseline.json");
    let path = baseline.display().to_string();
    let args: Vec<&str> = args.iter().copied().chain(["--baseline", &path]).collect();
    fs::write(&baseline, report.to_string()).expect("writable");
    assert_eq!(dir.run(&args).await.0, ExitCode::from(OK));
    let mut better = report.clone();
    let metrics = &mut better["reports"]["intents.hint3_curekart"]["runs"][0]["metrics"];
    metrics["ece"] = json!({"value": -1.0, "ci95": [-1.0, -1.0], "n": 4});
    fs::write(&baseline, better.to_string()).expect("writable");
    assert_eq!(dir.run(&args).await.0, ExitCode::from(FAILED));
    let mut other = report.clone();
    other["reports"]["intents.hint3_curekart"]["data"]["sha256"] = json!("00");
    fs::write(&baseline, other.to_string()).expect("writable");
    assert_eq!(dir.run(&args).await.0, ExitCode::from(FAILED));

    dir.text(&format!("{shop}_test.jsonl.gz"), b"not a row\n");
    let (code, report) = dir.run(&args).await;
    assert_eq!(code, ExitCode::from(BAD_DATA));
    assert!(report.expect("the rest is reported")["failed"].is_object());
}
