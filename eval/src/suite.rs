//! Every measure whose data is on this machine, in one report.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use models::Encoder;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    AllArgs, Command, CorpusFormat, DatetimeArgs, IntentsArgs, LatencyArgs, Models, OutArgs,
    Report, SgdArgs, command,
    compare::{self, Comparison},
    data::{BadData, MissingData},
    output,
    remember::Remembering,
    slots::SlotsArgs,
};

/// Reports by the name of their measure.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Suite {
    /// What was measured.
    pub(crate) reports: BTreeMap<String, Report>,
    /// What was not, and why.
    #[serde(default)]
    pub(crate) missing: BTreeMap<String, String>,
    /// What could not be, because its data is not as it should be.
    #[serde(default)]
    pub(crate) failed: BTreeMap<String, String>,
}

impl Suite {
    /// The same without tables.
    pub(crate) fn without_details(self) -> Self {
        let reports = self.reports.into_iter();
        let reports = reports.map(|(name, report)| (name, report.without_details())).collect();
        Self { reports, ..self }
    }

    /// As scripts read it: each report as it would stand alone.
    pub(crate) fn to_json(&self) -> serde_json::Result<Value> {
        let mut reports = Map::new();
        for (name, report) in &self.reports {
            reports.insert(name.clone(), report.to_json()?);
        }
        let mut suite = serde_json::to_value(self)?;
        suite["command"] = Value::from("all");
        suite["reports"] = Value::Object(reports);
        Ok(suite)
    }
}

/// Runs what `only` leaves.
pub(crate) async fn run(args: &AllArgs, models: &Models) -> anyhow::Result<Suite> {
    let mut suite = Suite::default();
    // Few-shot variants of a set ask for the same test rows.
    let remembering = |encoder| Arc::new(Remembering::new(encoder)) as Arc<dyn Encoder>;
    let models =
        &Models { encoder: models.encoder.clone().map(remembering), ..Models::clone(models) };
    let wanted = |name: &str| {
        args.only.is_empty() || args.only.iter().any(|prefix| name.starts_with(prefix.as_str()))
    };
    for (name, command) in measures(&args.shared, args.out.seed) {
        if !wanted(&name) {
            continue;
        }
        output::line(format_args!("\n== {name}"));
        match Box::pin(command::report(&command, models)).await {
            Ok(report) => {
                output::report(&report);
                suite.reports.insert(name, report);
            }
            Err(error) if error.is::<MissingData>() => {
                output::line(&error);
                suite.missing.insert(name, error.to_string());
            }
            Err(error) if error.is::<BadData>() => {
                output::complaint(&error);
                suite.failed.insert(name, error.to_string());
            }
            Err(error) => return Err(error.context(format!("while measuring {name}"))),
        }
    }
    Ok(suite)
}

/// Compares measure by measure. What was not measured now is named; what the baseline lacks is new.
pub(crate) fn compare(suite: &Suite, before: &Suite) -> Comparison {
    let mut all = Comparison::default();
    for (name, old) in &before.reports {
        let Some(new) = suite.reports.get(name) else {
            all.not_compared.push(name.clone());
            continue;
        };
        match compare::compare(new, old) {
            Ok(one) => {
                let lines = one.lines.into_iter();
                all.lines.extend(lines.map(|line| {
                    let name = format!("{name}: {}", line.name);
                    compare::Line { name, ..line }
                }));
                let engines = one.not_compared.into_iter();
                all.not_compared.extend(engines.map(|engine| format!("{name}: {engine}")));
            }
            Err(other_data) => all.other_data.push(format!("{name}: {other_data}")),
        }
    }
    all
}

/// The measures by name.
fn measures(shared: &Path, seed: u64) -> Vec<(String, Command)> {
    let mut measures = Vec::new();
    let mut add = |name: &str, command: Command| measures.push((name.to_owned(), command));
    let out = || OutArgs { seed, ..OutArgs::default() };
    let file = |name: &str| shared.join(format!("{name}.jsonl.gz"));
    let files = |names: &[&str]| names.iter().map(|name| file(name)).collect::<Vec<_>>();
    let intents = |train: &str, dev: &[&str], test: &str, oos: &[&str]| {
        Command::Intents(Box::new(IntentsArgs {
            train: vec![file(train)],
            dev: files(dev),
            test: vec![file(test)],
            oos: files(oos),
            out: out(),
            ..IntentsArgs::default()
        }))
    };
    let folds = |set: &str| {
        Command::Intents(Box::new(IntentsArgs {
            train: vec![file(set)],
            folds: Some(10),
            out: out(),
            ..IntentsArgs::default()
        }))
    };

    add(
        "intents.committed",
        Command::Intents(Box::new(IntentsArgs { out: out(), ..IntentsArgs::default() })),
    );
    for shots in ["", "_10", "_5"] {
        for set in ["banking77", "clinc150", "hwu64"] {
            let (dev, test) = (format!("{set}/valid"), format!("{set}/test"));
            let oos: &[&str] = if set == "clinc150" { &["clinc150/oos_test"] } else { &[] };
            add(
                &format!("intents.{set}{shots}"),
                intents(&format!("{set}/train{shots}"), &[&dev], &test, oos),
            );
        }
    }
    add("intents.snips", intents("snips/train", &["snips/valid"], "snips/test", &[]));
    for shop in ["sofmattress", "curekart", "powerplay11"] {
        let (train, test) = (format!("hint3/{shop}_train"), format!("hint3/{shop}_test"));
        add(&format!("intents.hint3_{shop}"), intents(&train, &[], &test, &[]));
    }
    add(
        "intents.banking77_oos",
        intents(
            "banking77-oos/train",
            &["banking77-oos/valid"],
            "banking77-oos/test",
            &["banking77-oos/id_oos_test", "banking77-oos/ood_oos_test"],
        ),
    );
    let es = |part: &str| format!("fb-multilingual-tod/es_{part}");
    add("intents.fb_es", intents(&es("train"), &[&es("valid")], &es("test"), &[]));
    add("intents.nlupp_hotels", folds("nlupp/hotels"));
    add("intents.nlupp_banking", folds("nlupp/banking"));
    for (name, data, train, folds) in [
        ("restaurant8k", "restaurant8k/test", &["restaurant8k/train"][..], false),
        ("nlupp_hotels", "nlupp/hotels", &[], true),
        ("snips", "snips/test", &["snips/train"], false),
    ] {
        let (data, train) = (file(data), files(train));
        add(&format!("slots.{name}"), Command::Slots(SlotsArgs { data, train, folds, out: out() }));
    }
    for (format, corpus, parts) in [
        (CorpusFormat::Duckling, "duckling/time", [("en", "en"), ("es", "es"), ("pt", "pt")]),
        (
            CorpusFormat::Recognizers,
            "recognizers/datetime",
            [("en", "english"), ("es", "spanish"), ("pt", "portuguese")],
        ),
    ] {
        for (lang, part) in parts {
            let data = file(&format!("{corpus}_{part}"));
            let args = DatetimeArgs { data, format, lang: lang.to_owned(), out: out() };
            let whose = format!("{format:?}").to_lowercase();
            add(&format!("datetime.{whose}_{lang}"), Command::Datetime(args));
        }
    }
    for (name, services) in
        [("services", &["Services_"][..]), ("bookings", &["Services_", "Restaurants_", "Hotels_"])]
    {
        let args = SgdArgs {
            data: file("sgd/dev"),
            services: services.iter().map(|prefix| (*prefix).to_owned()).collect(),
            limit: None,
            out: out(),
        };
        add(&format!("sgd.{name}"), Command::Sgd(args));
    }
    add("latency", Command::Latency(LatencyArgs { messages: 240, out: out() }));
    measures
}
