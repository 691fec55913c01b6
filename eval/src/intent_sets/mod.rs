//! How well intents are told apart: on the committed examples through the very stages that answer
//! customers, and on any set in files with a classifier trained on it as the product trains its own.

mod answers;
mod committed;
mod figures;
mod guessers;
mod leaks;
mod logistic;
mod rows;
mod similar;
mod splits;
mod tables;
mod trained;

use serde_json::json;

pub(crate) use self::tables::Plots;
use self::{
    answers::{Answer, View},
    figures::Figures,
    leaks::Leak,
    tables::Tables,
};
use crate::{IntentsArgs, Metric, Models, Report, Run, bootstrap::Bootstrap};

/// Measures on the committed examples, or on files where training rows are named.
pub(crate) async fn run(args: &IntentsArgs, models: &Models) -> anyhow::Result<Report> {
    if args.train.is_empty() {
        committed::run(args, models).await
    } else {
        trained::run(args, models)
    }
}

/// A part of the answers that has figures of its own: their prefix, and which answers.
type Group<'a> = (String, &'a dyn Fn(&Answer) -> bool);

/// Everything that was asked of one engine, over all folds.
#[derive(Default)]
struct Asked {
    answers: Vec<Answer>,
    /// By guesser, one list of labels an answer.
    guesses: Vec<(&'static str, Vec<Vec<usize>>)>,
    leaks: Vec<Leak>,
    /// Of the files of --test, then those of --oos, in the order that rows count them.
    files: Vec<String>,
    /// How many of them are of --test.
    n_test_files: usize,
}

impl Asked {
    /// Puts the answers of another fold to these.
    fn add(&mut self, other: Self) {
        self.answers.extend(other.answers);
        for ((_, all), (_, more)) in self.guesses.iter_mut().zip(other.guesses) {
            all.extend(more);
        }
        for (leak, more) in self.leaks.iter_mut().zip(other.leaks) {
            leak.add(more);
        }
    }

    /// Figures and tables, into a run.
    fn into_run(
        self,
        run: &mut Run,
        labels: &[String],
        view: View,
        bootstrap: Bootstrap,
        groups: &[Group<'_>],
    ) {
        let all: Vec<&Answer> = self.answers.iter().collect();
        let mut figures = Figures::new(bootstrap, view);
        figures.add_all("", &all);
        for (prefix, belongs) in groups {
            let some: Vec<&Answer> = all.iter().filter(|a| belongs(a)).copied().collect();
            figures.add_all(prefix, &some);
        }
        self.by_file(&mut figures, view);
        let clean: Vec<&Answer> = all.iter().filter(|a| !a.is_leaked).copied().collect();
        if clean.len() < all.len() {
            figures.agreement("leak_free.", &clean);
        }
        for (name, guesses) in &self.guesses {
            figures.guesser(name, guesses, &all);
        }
        run.metrics = figures.metrics;
        let tables = Tables::of(&all, labels, view);
        run.details = json!(tables);
        run.details["leaks"] = json!(self.leaks);
    }

    /// Of several test files each on its own, and of several files of out-of-scope rows each
    /// against all in-scope rows.
    fn by_file(&self, figures: &mut Figures, view: View) {
        let n_oos_files = self.files.len() - self.n_test_files;
        for (file, name) in self.files.iter().enumerate() {
            let of = self.answers.iter().filter(|a| a.case.row.file == file);
            if file < self.n_test_files {
                let of: Vec<&Answer> = of.filter(|a| a.counts_in(view)).collect();
                if self.n_test_files > 1 && !of.is_empty() {
                    figures.agreement(&format!("by_file.{name}."), &of);
                }
            } else if n_oos_files > 1 {
                let inside = self.answers.iter().filter(|a| !a.case.row.outside);
                let both: Vec<&Answer> = inside.chain(of).collect();
                figures.out_of_scope(&format!("by_file.{name}.oos."), &both);
            }
        }
    }
}

/// Sentences on what the parts share, for the report's notes.
fn leak_notes(leaks: &[Leak]) -> impl Iterator<Item = String> {
    leaks.iter().filter(|leak| leak.count() > 0).map(Leak::sentence)
}

/// What a constant answer reaches.
fn chance(run: &Run) -> Option<Metric> {
    run.metrics.get("baseline.majority.accuracy").copied()
}
