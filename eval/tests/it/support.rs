//! Files of one test, and the command line over them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;
use eval::{Command, Models};
use serde_json::Value;
use tempfile::TempDir;

#[derive(Parser)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

pub(crate) const OK: u8 = 0;
pub(crate) const FAILED: u8 = 3;
pub(crate) const BAD_DATA: u8 = 4;

/// A folder that goes away.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes JSON lines; gives the path.
    pub(crate) fn write(&self, name: &str, rows: &[Value]) -> String {
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        self.text(name, (lines.join("\n") + "\n").as_bytes())
    }

    /// Writes a file; gives the path.
    pub(crate) fn text(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("a folder");
        fs::write(&path, bytes).expect("writable");
        path.display().to_string()
    }

    /// Runs `booka eval` with these arguments on a machine without weights; the report, where one
    /// was written.
    pub(crate) async fn run(&self, args: &[&str]) -> (ExitCode, Option<Value>) {
        let out = self.path("out.json");
        let _ = fs::remove_file(&out);
        let out_text = out.display().to_string();
        let all = ["eval"].iter().chain(args).copied().chain(["--json", &out_text]);
        let cli = Cli::try_parse_from(all).expect("arguments");
        let code =
            eval::run(cli.command, Models::default()).await.expect("no failure of the world");
        (code, read(&out))
    }

    /// Runs `booka eval intents`.
    pub(crate) async fn intents(&self, args: &[&str]) -> (ExitCode, Option<Value>) {
        let all: Vec<&str> =
            ["intents", "--engine", "heuristic"].iter().chain(args).copied().collect();
        self.run(&all).await
    }
}

fn read(path: &Path) -> Option<Value> {
    Some(serde_json::from_slice(&fs::read(path).ok()?).expect("JSON"))
}

/// A figure at the top level of a report.
pub(crate) fn value(report: &Value, figure: &str) -> f64 {
    report[figure]["value"].as_f64().unwrap_or_else(|| panic!("{figure} is missing"))
}
