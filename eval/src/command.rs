//! The command line: what to measure, on which data, against which earlier report.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand, ValueEnum};
use pipeline::Understanding;

use crate::{
    Report, compare,
    data::{self, DataFile},
    intents_set, output, sgd,
};

/// Panics were counted.
const PANICKED: u8 = 1;
/// The data is missing, or a figure fell below the baseline's interval.
const FAILED: u8 = 3;

/// What to measure.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Customer turns of the Schema-Guided Dialogues: intents, dates and times, latency.
    Sgd(SgdArgs),
    /// The committed examples: accuracy, calibration and out-of-scope detection per language.
    Intents(IntentsArgs),
}

/// Arguments of `eval sgd`.
#[derive(Debug, Clone, Args)]
pub struct SgdArgs {
    /// Dialogues, one JSON object a line; `.gz` too.
    #[arg(long, default_value = "../shared/data/sgd/dev.jsonl.gz")]
    pub data: PathBuf,
    /// Takes dialogues that use a service whose name starts so.
    #[arg(long, default_value = "Services_")]
    pub services: String,
    /// Takes only the first N of them.
    #[arg(long)]
    pub limit: Option<usize>,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `eval intents`.
#[derive(Debug, Clone, Args)]
pub struct IntentsArgs {
    /// Which part of the committed examples. Calibration was fitted on dev.
    #[arg(long, value_enum, default_value_t = Split::Test)]
    pub split: Split,
    /// Who answers.
    #[arg(long, value_enum, default_value_t = EngineChoice::Both)]
    pub engine: EngineChoice,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Where a report goes and what it is held against.
#[derive(Debug, Clone, Default, Args)]
pub struct OutArgs {
    /// Writes the report here as JSON.
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// Leaves examples out of that file: figures only, for committing as a baseline.
    #[arg(long)]
    pub figures_only: bool,
    /// Fails when a figure is worse than this earlier report's interval.
    #[arg(long)]
    pub baseline: Option<PathBuf>,
}

/// A part of the committed examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Split {
    /// Used to choose and calibrate.
    Dev,
    /// Used for nothing but reporting.
    Test,
}

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineChoice {
    /// The encoder and its head.
    Model,
    /// The floor that needs no weights.
    Heuristic,
    /// Both, side by side.
    Both,
}

/// Measures, prints, writes the report, and compares it with the baseline.
///
/// # Errors
///
/// When a file cannot be read or written, or is not what it should be. Missing data is no error
/// but exit code 3, with a sentence that says what is missing.
pub async fn run(command: Command, understanding: Understanding) -> anyhow::Result<ExitCode> {
    let (report, out) = match command {
        Command::Sgd(args) => {
            let Some(file) = DataFile::read(&args.data)? else {
                output::line(format_args!(
                    "There is no data set at {}. `eval sgd` needs the Schema-Guided Dialogues as \
                     JSON lines (docs/eval.md says in which form); name the file with --data.",
                    args.data.display()
                ));
                return Ok(ExitCode::from(FAILED));
            };
            (sgd::run(&args, &file, &understanding).await?, args.out)
        }
        Command::Intents(args) => {
            if args.engine == EngineChoice::Model && !understanding.has_model() {
                output::line("No model is loaded on this machine, so there is nothing to measure.");
                return Ok(ExitCode::from(FAILED));
            }
            (intents_set::run(&args, &understanding).await?, args.out)
        }
    };
    output::report(&report);
    finish(&report, &out)
}

fn finish(report: &Report, out: &OutArgs) -> anyhow::Result<ExitCode> {
    if let Some(path) = &out.json {
        if out.figures_only {
            data::write_json(path, &report.clone().without_details())?;
        } else {
            data::write_json(path, report)?;
        }
        output::line(format_args!("Report: {}", path.display()));
    }
    if report.runs.iter().any(|run| run.counts.get("panics").is_some_and(|n| *n > 0)) {
        output::line("Some messages made it panic.");
        return Ok(ExitCode::from(PANICKED));
    }
    let Some(path) = &out.baseline else {
        return Ok(ExitCode::SUCCESS);
    };
    let Some(baseline) = data::read_report(path)? else {
        output::line(format_args!("There is no baseline at {}.", path.display()));
        return Ok(ExitCode::from(FAILED));
    };
    let comparison = compare::compare(report, &baseline)?;
    output::comparison(&comparison);
    Ok(if comparison.has_regressed() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}
