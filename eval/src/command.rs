//! The command line: what to measure, on which data, against which earlier report.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand, ValueEnum};

use crate::{
    Models, Needs, Report, Run, bootstrap,
    compare::{self, Comparison},
    data::{self, BadData, MissingData},
    datetime::{self, CorpusFormat},
    dialogs::{self, DialogsArgs},
    emotion, html, intent_sets, latency, output, sgd,
    slots::{self, SlotsArgs},
    suite::{self, Suite},
};

/// Panics were counted.
const PANICKED: u8 = 1;
/// The data is missing, a figure fell below the baseline's interval, or permuted labels were told.
const FAILED: u8 = 3;
/// A file does not hold what it should.
const BAD_DATA: u8 = 4;

/// What to measure.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Intents: the committed examples, or any labelled set with a classifier trained on it.
    Intents(Box<IntentsArgs>),
    /// Customer turns of the Schema-Guided Dialogues: intents, dates and times, latency.
    Sgd(SgdArgs),
    /// Dates and times on the test cases of Duckling or Recognizers-Text.
    Datetime(DatetimeArgs),
    /// Feelings: frustrated, anxious, happy, urgent, on the committed lines and on GoEmotions.
    Emotion(EmotionArgs),
    /// Slots in any labelled set: spans and values, by the tagger that ships or one trained first.
    Slots(SlotsArgs),
    /// Whole conversations with simulated customers: what the database says at the end.
    Dialogs(DialogsArgs),
    /// What understanding costs, stage by stage and engine by engine.
    Latency(LatencyArgs),
    /// Everything whose data is on this machine, in one report.
    All(AllArgs),
}

/// Arguments of `eval intents`.
#[derive(Debug, Clone, Default, Args)]
pub struct IntentsArgs {
    /// Trains on these files instead of the committed examples; one JSON object a line, `.gz` too.
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "asked")]
    pub train: Vec<PathBuf>,
    /// Calibrates on these. Without any, parts of the training rows are held out in turn.
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "train")]
    pub dev: Vec<PathBuf>,
    /// Reports on these. Rows labelled out of scope among them count as such.
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "train", group = "asked")]
    pub test: Vec<PathBuf>,
    /// Reports on these as well; every row is out of scope.
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "train")]
    pub oos: Vec<PathBuf>,
    /// Cuts the training rows by their `fold` into N groups (10 where none is given); each is the
    /// test once, with the others to learn from.
    #[arg(
        long, value_name = "N", num_args = 0..=1, default_missing_value = "10",
        requires = "train", group = "asked"
    )]
    pub folds: Option<usize>,
    /// Of these groups, tests only those that hold one of these fold numbers.
    #[arg(long, num_args = 1.., value_name = "FOLD", requires = "folds")]
    pub fold_test: Vec<u64>,
    /// Deals the training labels out at random: what is reported must then be chance, and exit
    /// code 3 says that it is not.
    #[arg(long, requires = "train")]
    pub permute_labels: bool,
    /// Which part of the committed examples. Calibration was fitted on dev.
    #[arg(long, value_enum, default_value_t = Split::Test, conflicts_with = "train")]
    pub split: Split,
    /// Who answers. Without a choice: both on the committed examples, and with --train the model
    /// where one is loaded, else the heuristic.
    #[arg(long, value_enum)]
    pub engine: Option<EngineChoice>,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `eval sgd`.
#[derive(Debug, Clone, Args)]
pub struct SgdArgs {
    /// Dialogues, one JSON object a line; `.gz` too.
    #[arg(long, default_value = "../shared/data/sgd/dev.jsonl.gz", value_name = "FILE")]
    pub data: PathBuf,
    /// Takes dialogues that use a service whose name starts with one of these.
    #[arg(long, num_args = 1.., value_delimiter = ',', default_value = "Services_")]
    pub services: Vec<String>,
    /// Takes only the first N of them.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `eval datetime`.
#[derive(Debug, Clone, Args)]
pub struct DatetimeArgs {
    /// The cases, one JSON object a line; `.gz` too.
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// Whose they are.
    #[arg(long, value_enum)]
    pub format: CorpusFormat,
    /// In which language: en, es or pt, with a country where its holidays and dates matter (en-GB).
    #[arg(long)]
    pub lang: String,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `eval emotion`.
#[derive(Debug, Clone, Default, Args)]
pub struct EmotionArgs {
    /// Reports on this part of GoEmotions as well, its labels mapped to ours.
    #[arg(long, value_name = "FILE")]
    pub goemotions: Option<PathBuf>,
    /// Which part of the committed lines. Settings were chosen on dev.
    #[arg(long, value_enum, default_value_t = Split::Test)]
    pub split: Split,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `eval latency`.
#[derive(Debug, Clone, Args)]
pub struct LatencyArgs {
    /// How many committed test messages each engine hears; a third as many of each fixed length.
    #[arg(long, default_value_t = 240, value_name = "N")]
    pub messages: usize,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `eval all`.
#[derive(Debug, Clone, Args)]
pub struct AllArgs {
    /// Where the public sets lie.
    #[arg(long, default_value = "../shared/data", value_name = "FOLDER")]
    pub shared: PathBuf,
    /// Runs only measures whose name starts with one of these.
    #[arg(long, num_args = 1.., value_name = "NAME")]
    pub only: Vec<String>,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Where a report goes and what it is held against.
#[derive(Debug, Clone, Args)]
pub struct OutArgs {
    /// Writes the report here as JSON.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Leaves examples out of that file: figures only, for committing as a baseline.
    #[arg(long)]
    pub figures_only: bool,
    /// Writes a page with plots here.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Fails when a figure is worse than this earlier report's interval.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Of every random choice: resampling, permutation, order.
    #[arg(long, default_value_t = bootstrap::SEED)]
    pub seed: u64,
}

impl Default for OutArgs {
    fn default() -> Self {
        Self { json: None, figures_only: false, html: None, baseline: None, seed: bootstrap::SEED }
    }
}

/// A part of the committed examples.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Split {
    /// Used to choose and calibrate.
    Dev,
    /// Used for nothing but reporting.
    #[default]
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

impl Command {
    /// What must be loaded to run it.
    #[must_use]
    pub fn needs(&self) -> Needs {
        match self {
            Self::Intents(args) if !args.train.is_empty() => {
                if args.engine == Some(EngineChoice::Heuristic) {
                    Needs::Nothing
                } else {
                    Needs::Encoder
                }
            }
            Self::Datetime(_) | Self::Slots(_) => Needs::Nothing,
            Self::Emotion(_) => Needs::Encoder,
            Self::Dialogs(_) => Needs::Turns,
            Self::Intents(_) | Self::Sgd(_) | Self::Latency(_) | Self::All(_) => {
                Needs::Understanding
            }
        }
    }

    fn out(&self) -> &OutArgs {
        match self {
            Self::Intents(args) => &args.out,
            Self::Sgd(args) => &args.out,
            Self::Datetime(args) => &args.out,
            Self::Emotion(args) => &args.out,
            Self::Slots(args) => &args.out,
            Self::Dialogs(args) => &args.out,
            Self::Latency(args) => &args.out,
            Self::All(args) => &args.out,
        }
    }
}

/// Measures, prints, writes the report, and compares it with the baseline.
///
/// Data that is missing or cannot be used is no error but exit code 3 or 4, with one line on
/// standard error that says what to do.
///
/// # Errors
///
/// When a file cannot be read or written, or a model fails.
pub async fn run(command: Command, models: Models) -> anyhow::Result<ExitCode> {
    match measured(command, &models).await {
        Err(error) if error.is::<BadData>() => {
            output::complaint(format_args!("{error:#}"));
            Ok(ExitCode::from(BAD_DATA))
        }
        Err(error) if error.is::<MissingData>() => {
            output::complaint(format_args!("{error:#}"));
            Ok(ExitCode::from(FAILED))
        }
        outcome => outcome,
    }
}

async fn measured(command: Command, models: &Models) -> anyhow::Result<ExitCode> {
    if let Command::All(args) = &command {
        let suite = suite::run(args, models).await?;
        return finish_suite(suite, &args.out);
    }
    let report = report(&command, models).await?;
    output::report(&report);
    finish(&report, command.out())
}

/// Runs one measurement.
///
/// # Errors
///
/// [`BadData`] and [`MissingData`] among others.
pub(crate) async fn report(command: &Command, models: &Models) -> anyhow::Result<Report> {
    match command {
        Command::Sgd(args) => sgd::run(args, models).await,
        Command::Intents(args) => intent_sets::run(args, models).await,
        Command::Datetime(args) => datetime::run(args),
        Command::Emotion(args) => emotion::run(args, models),
        Command::Slots(args) => slots::run(args),
        Command::Dialogs(args) => dialogs::run(args, models).await,
        Command::Latency(args) => latency::run(args, models),
        Command::All(_) => anyhow::bail!("`eval all` holds several reports"),
    }
}

fn finish(report: &Report, out: &OutArgs) -> anyhow::Result<ExitCode> {
    if let Some(path) = &out.json {
        let report =
            if out.figures_only { report.clone().without_details() } else { report.clone() };
        data::write_json(path, &report.to_json()?)?;
        output::line(format_args!("Report: {}", path.display()));
    }
    let before = out.baseline.as_deref().map(data::read_report).transpose()?;
    let comparison = before.map(|before| compare::compare(report, &before)).transpose()?;
    if let Some(path) = &out.html {
        data::write(path, &html::page(report, comparison.as_ref()))?;
        output::line(format_args!("Page: {}", path.display()));
    }
    Ok(verdict([report], comparison.as_ref()))
}

fn finish_suite(suite: Suite, out: &OutArgs) -> anyhow::Result<ExitCode> {
    let before: Option<Suite> = out.baseline.as_deref().map(data::read_report).transpose()?;
    let comparison = before.map(|before| suite::compare(&suite, &before));
    if let Some(path) = &out.html {
        data::write(path, &html::pages(&suite, comparison.as_ref()))?;
        output::line(format_args!("Page: {}", path.display()));
    }
    output::suite(&suite);
    let code = verdict(suite.reports.values(), comparison.as_ref());
    let has_failed = !suite.failed.is_empty();
    if let Some(path) = &out.json {
        let suite = if out.figures_only { suite.without_details() } else { suite };
        data::write_json(path, &suite.to_json()?)?;
        output::line(format_args!("Report: {}", path.display()));
    }
    Ok(if has_failed { ExitCode::from(BAD_DATA) } else { code })
}

fn verdict<'a>(
    reports: impl IntoIterator<Item = &'a Report>,
    comparison: Option<&Comparison>,
) -> ExitCode {
    let runs: Vec<&Run> = reports.into_iter().flat_map(|report| &report.runs).collect();
    let counted = |name: &str| runs.iter().any(|run| run.counts.get(name).is_some_and(|n| *n > 0));
    if let Some(comparison) = comparison {
        output::comparison(comparison);
    }
    if counted("panics") {
        output::line("Some messages made it panic.");
        return ExitCode::from(PANICKED);
    }
    let has_regressed = comparison.is_some_and(Comparison::has_regressed);
    if counted("permuted_above_chance") || has_regressed {
        return ExitCode::from(FAILED);
    }
    ExitCode::SUCCESS
}
