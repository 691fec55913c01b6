//! Whole conversations with simulated customers, against the service's own workers and database.
//!
//! A customer has a goal and a manner, drawn from a seed; see [`user`]. What counts is what the
//! database says at the end: a success is an appointment that meets the goal, or no appointment and
//! a customer who let it go when nothing that would do was to be had. `docs/dialogs.md` says what
//! the figures mean.

mod goal;
mod real;
mod speech;
mod talk;
mod user;

use std::{collections::BTreeMap, path::PathBuf, time::Instant};

use clap::{Args, ValueEnum};
use kernel::Locale;
use serde_json::json;
use testkit::shop::SHOPS;

use self::{
    real::RealTurns,
    speech::Bank,
    talk::{Cast, Ending, Plan, Talk},
    user::Manner,
};
use crate::{
    Data, EngineChoice, Metric, Models, OutArgs, Report, Run, bootstrap::Bootstrap, data,
    data::MissingData, output,
};

/// Arguments of `eval dialogs`.
#[derive(Debug, Clone, Args)]
pub struct DialogsArgs {
    /// How many conversations, dealt evenly over languages, lines of business and manners.
    #[arg(long, default_value_t = 1008, value_name = "N")]
    pub n: usize,
    /// Only in this language.
    #[arg(long, value_enum)]
    pub lang: Option<Language>,
    /// Only with a business of this line: salon, clinic or restaurant.
    #[arg(long, value_name = "NAME", value_parser = ["salon", "clinic", "restaurant"])]
    pub vertical: Option<String>,
    /// Simulated customers sometimes use words of real ones, from these files: dialogues as in
    /// SGD, or messages with their intents; one JSON object a line, `.gz` too.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub users: Vec<PathBuf>,
    /// Who understands: the model where one is loaded, else the floor.
    #[arg(long, value_enum)]
    pub engine: Option<EngineChoice>,
    /// Only this one conversation, printed.
    #[arg(long, value_name = "I")]
    pub only: Option<usize>,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// A language of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English.
    En,
    /// Spanish.
    Es,
    /// Portuguese.
    Pt,
}

impl From<Language> for Locale {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Es => Self::Es,
            Language::Pt => Self::Pt,
        }
    }
}

/// Holds the conversations.
pub(crate) async fn run(args: &DialogsArgs, models: &Models) -> anyhow::Result<Report> {
    let understanding = models.understanding()?.clone();
    let floor = args.engine == Some(EngineChoice::Heuristic);
    let understanding = if floor { understanding.without_model() } else { understanding };
    let db = models
        .database
        .clone()
        .ok_or_else(|| MissingData("There is no database to hold conversations in.".to_owned()))?;
    let banks = [Bank::of(Locale::En)?, Bank::of(Locale::Es)?, Bank::of(Locale::Pt)?];
    let real = RealTurns::read(&args.users)?;
    let n_real = real.len();
    let engine = if understanding.has_model() { "model" } else { "heuristic" };
    let cast = Cast { db, understanding, banks, real, seed: args.out.seed };
    let plans = plans(args);
    let bar = output::progress(plans.len(), "conversations");
    let started = Instant::now();
    let mut talks = Vec::with_capacity(plans.len());
    for plan in plans {
        talks.push(cast.talk(plan).await?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    if args.only.is_some() {
        for talk in &talks {
            output::line(format_args!("{}\n{}\n", talk.goal, talk.transcript.join("\n")));
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    let run = measured(&talks, engine, Bootstrap::new(args.out.seed), seconds)?;
    Ok(Report {
        command: "dialogs".to_owned(),
        data: Data {
            name: "simulated customers".to_owned(),
            sha256: data::sha256(include_str!("phrases/en.toml").as_bytes()),
            selection: format!("{} conversations, {n_real} real messages", talks.len()),
        },
        seed: args.out.seed,
        notes: Vec::new(),
        runs: vec![run],
    })
}

/// Deals languages, lines of business and manners evenly.
fn plans(args: &DialogsArgs) -> Vec<Plan> {
    let all = (0..).map(|n: usize| Plan {
        n,
        locale: Locale::ALL[n % 3],
        shop: n / 3 % SHOPS.len(),
        manner: Manner::ALL[n / 9 % Manner::ALL.len()],
    });
    let wanted = all.filter(|plan| {
        args.lang.is_none_or(|language| Locale::from(language) == plan.locale)
            && args.vertical.as_deref().is_none_or(|name| SHOPS[plan.shop].vertical == name)
    });
    let dealt: Vec<Plan> = wanted.take(args.n).collect();
    dealt.into_iter().filter(|plan| args.only.is_none_or(|only| plan.n == only)).collect()
}

fn measured(
    talks: &[Talk],
    engine: &str,
    bootstrap: Bootstrap,
    seconds: f64,
) -> anyhow::Result<Run> {
    let mut metrics = BTreeMap::new();
    let share = |talks: &[&Talk], ending: Ending| -> Metric {
        let units: Vec<_> =
            talks.iter().map(|talk| (usize::from(talk.ending == ending), 1)).collect();
        bootstrap.ratio(&units, units.len())
    };
    let all: Vec<&Talk> = talks.iter().collect();
    for (name, ending) in [
        ("success", Ending::Success),
        ("silent_wrong", Ending::SilentWrong),
        ("handed_over", Ending::HandedOver),
        ("gave_up", Ending::GaveUp),
        ("too_long", Ending::TooLong),
    ] {
        metrics.insert(name.to_owned(), share(&all, ending));
    }
    let turns: Vec<f64> =
        talks.iter().filter(|talk| talk.booked).map(|talk| talk.n_messages as f64).collect();
    metrics.insert("turns_per_booking".to_owned(), bootstrap.mean(&turns));
    let groups: [fn(&Talk) -> &'static str; 4] =
        [|talk| talk.language, |talk| talk.vertical, |talk| talk.manner, |talk| talk.kind];
    for group in groups {
        let mut parts: BTreeMap<&str, Vec<&Talk>> = BTreeMap::new();
        talks.iter().for_each(|talk| parts.entry(group(talk)).or_default().push(talk));
        for (name, part) in parts {
            metrics.insert(format!("success.{name}"), share(&part, Ending::Success));
        }
    }
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    let failures: Vec<&Talk> = talks.iter().filter(|talk| talk.ending != Ending::Success).collect();
    for talk in &failures {
        *causes.entry(talk.cause.clone()).or_default() += 1;
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    causes.truncate(10);
    let causes: Vec<_> =
        causes.into_iter().map(|(cause, n)| json!({ "cause": cause, "n": n })).collect();
    Ok(Run {
        engine: engine.to_owned(),
        counts: BTreeMap::from([
            ("conversations".to_owned(), talks.len()),
            ("messages".to_owned(), talks.iter().map(|talk| talk.n_messages).sum()),
            ("not to be had".to_owned(), talks.iter().filter(|talk| !talk.possible).count()),
        ]),
        metrics,
        cost: BTreeMap::from([("seconds".to_owned(), seconds)]),
        details: json!({ "causes": causes, "failure_misses": serde_json::to_value(&failures)? }),
        ..Run::default()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use platform::Db;
    use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

    use super::*;

    /// A conversation of each kind, on the floor: most get what they want, and nobody what they did
    /// not want.
    #[sqlx::test(migrator = "platform::db::MIGRATOR")]
    async fn simulated_customers_are_served(pool: PgPoolOptions, options: PgConnectOptions) {
        let models = Models {
            understanding: Some(testkit::builders::floor().expect("the floor")),
            database: Some(Db::connect_with(pool, options).await.expect("connect")),
            ..Models::default()
        };
        let args = DialogsArgs {
            n: 63,
            lang: None,
            vertical: None,
            users: Vec::new(),
            engine: None,
            only: None,
            out: OutArgs { seed: 5, ..OutArgs::default() },
        };
        let report = run(&args, &models).await.expect("a report");
        let figure = |name: &str| report.runs[0].metrics[name].value;
        let failures = &report.runs[0].details["failure_misses"];
        assert_eq!(figure("silent_wrong"), 0.0, "{failures:#}");
        assert!(figure("success") >= 0.95, "{failures:#}");
    }

    /// Words apart, so that what is measured is not what was learned.
    #[test]
    fn no_phrase_is_an_example_that_was_learned() {
        let examples = intents::classify::ExampleSet::embedded().expect("examples");
        let plain = |text: &str| {
            let letters = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ');
            letters
                .collect::<String>()
                .to_lowercase()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let known: BTreeSet<String> =
            examples.train.iter().chain(&examples.dev).map(|row| plain(&row.text)).collect();
        for locale in Locale::ALL {
            for phrase in Bank::of(locale).expect("a bank").messages() {
                let empty = speech::fill(phrase, &[]);
                assert!(!known.contains(&plain(&empty)), "`{phrase}` is among the examples");
            }
        }
    }
}
