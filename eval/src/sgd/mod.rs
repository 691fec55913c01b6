//! Customer turns of the Schema-Guided Dialogues, a set written by others for another system.

pub(crate) mod format;
mod mapping;
mod scene;
mod tables;
mod values;

use std::collections::BTreeMap;

use intents::Intent;
use kernel::Locale;
use pipeline::Understanding;
use serde_json::json;

pub(crate) use self::scene::Scene;
use self::{
    format::{Dialogue, Speaker},
    mapping::{Expected, expected, is_among},
    tables::Tables,
    values::{Kind, Scored},
};
use crate::{
    Data, Metric, Models, Report, Run, SgdArgs,
    bootstrap::Bootstrap,
    data::{BadData, DataFile, MissingData},
    keywords,
    measure::Matches,
    output,
    probe::Probe,
};

/// Measures on the dialogues of a file.
pub(crate) async fn run(args: &SgdArgs, models: &Models) -> anyhow::Result<Report> {
    let file = DataFile::read(&args.data)?.ok_or_else(|| {
        MissingData(format!(
            "There is no data set at {}. `eval sgd` needs the Schema-Guided Dialogues as JSON \
             lines (docs/eval.md says in which form); name the file with --data.",
            args.data.display()
        ))
    })?;
    let mut dialogues = Vec::new();
    for dialogue in file.lines() {
        let dialogue: Dialogue = dialogue?;
        if dialogue.services.iter().any(|service| is_among(service, &args.services)) {
            dialogues.push(dialogue);
        }
    }
    dialogues.truncate(args.limit.unwrap_or(usize::MAX));
    let prefixes = args.services.iter().map(|prefix| format!("{prefix}*"));
    let prefixes = prefixes.collect::<Vec<_>>().join(", ");
    if dialogues.is_empty() {
        let problem = format!("has no dialogue with a service named {prefixes}; see --services");
        return Err(BadData::whole(&file.path, problem).into());
    }
    let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let limit = args.limit.map_or_else(String::new, |n| format!(", first {n}"));
    let bootstrap = Bootstrap::new(args.out.seed);
    Ok(Report {
        command: "sgd".to_owned(),
        data: Data {
            name,
            sha256: file.sha256.clone(),
            selection: format!("services {prefixes}: {}{limit}", services(&dialogues, args)),
        },
        seed: args.out.seed,
        notes: Vec::new(),
        runs: vec![measure(&dialogues, &args.services, models.understanding()?, bootstrap).await?],
    })
}

fn services(dialogues: &[Dialogue], args: &SgdArgs) -> String {
    let mut names: Vec<&str> = dialogues
        .iter()
        .flat_map(|dialogue| &dialogue.services)
        .filter(|service| is_among(service, &args.services))
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// What one customer turn came to.
struct Outcome {
    expected: Option<Expected>,
    text: String,
    /// `None` when hearing it panicked, which counts as wrong.
    intent: Option<Intent>,
    /// Dates and times; empty in turns about other services.
    values: BTreeMap<Kind, Scored>,
}

impl Outcome {
    fn is_right(&self) -> bool {
        self.judge(self.intent)
    }

    fn judge(&self, intent: Option<Intent>) -> bool {
        self.expected.as_ref().is_some_and(|e| intent.is_some_and(|i| e.accepted.contains(&i)))
    }

    fn is_strictly_right(&self) -> bool {
        self.expected.as_ref().is_some_and(|e| self.intent == Some(e.strict))
    }
}

async fn measure(
    dialogues: &[Dialogue],
    services: &[String],
    understanding: &Understanding,
    bootstrap: Bootstrap,
) -> anyhow::Result<Run> {
    let mut probe = Probe::new(understanding);
    let n_turns = dialogues.iter().map(|dialogue| dialogue.turns.len()).sum();
    let bar = output::progress(n_turns, "turns");
    let mut outcomes = Vec::with_capacity(dialogues.len());
    let mut tables = Tables::default();
    for dialogue in dialogues {
        let mut scene = Scene::empty()?;
        let mut heard_here = Vec::new();
        for (at, turn) in dialogue.turns.iter().enumerate() {
            bar.inc(1);
            if turn.speaker == Speaker::System {
                scene.observe(turn);
                continue;
            }
            let expected = expected(turn, services)?;
            let heard = probe.hear(&turn.text, Locale::En, &scene.context()).await;
            let entities = heard.as_ref().map_or(&[][..], |heard| &heard.parse.entities);
            let in_domain = expected.as_ref().is_some_and(|e| e.in_domain);
            let values = if in_domain { values::score(turn, entities) } else { BTreeMap::new() };
            tables.values(&dialogue.id, at, turn, &values);
            let intent = heard.map(|heard| heard.parse.intents.top().0);
            let outcome = Outcome { expected, text: turn.text.clone(), intent, values };
            tables.intent(&dialogue.id, at, &outcome);
            scene.answered();
            heard_here.push(outcome);
        }
        outcomes.push(heard_here);
    }
    bar.finish_and_clear();

    let all = || outcomes.iter().flatten();
    probe.count("dialogues", dialogues.len());
    probe.count("customer_turns", all().count());
    probe.count("turns_without_acts", all().filter(|o| o.expected.is_none()).count());
    let in_domain = |o: &Outcome| o.expected.as_ref().is_some_and(|e| e.in_domain);
    probe.count("turns_of_these_services", all().filter(|o| in_domain(o)).count());
    Ok(Run {
        metrics: metrics(&outcomes, bootstrap),
        details: json!(tables.finish()),
        ..probe.finish()
    })
}

/// Turns by dialogue, which is what the bootstrap draws: turns of one dialogue are not independent.
type Outcomes = [Vec<Outcome>];

fn metrics(outcomes: &Outcomes, bootstrap: Bootstrap) -> BTreeMap<String, Metric> {
    let mut metrics = BTreeMap::new();
    let mut add = |name: &str, metric| metrics.insert(name.to_owned(), metric);
    let in_domain = |o: &Outcome| o.expected.as_ref().is_some_and(|e| e.in_domain);
    add("intent.accuracy", share(bootstrap, outcomes, |_| true, Outcome::is_right));
    add("intent.accuracy.these_services", share(bootstrap, outcomes, in_domain, Outcome::is_right));
    add(
        "intent.strict_first_act",
        share(bootstrap, outcomes, |_| true, Outcome::is_strictly_right),
    );

    let accepted: Vec<Vec<Intent>> = outcomes
        .iter()
        .flatten()
        .filter_map(|o| o.expected.as_ref())
        .map(|e| e.accepted.iter().copied().collect())
        .collect();
    let majority = keywords::majority(accepted.iter().map(Vec::as_slice));
    add(
        "baseline.majority.accuracy",
        share(bootstrap, outcomes, |_| true, |o| o.judge(Some(majority))),
    );
    let keyword = |o: &Outcome| o.judge(Some(keywords::keyword(&o.text)));
    add("baseline.keyword.accuracy", share(bootstrap, outcomes, |_| true, keyword));

    for (name, kinds) in [
        ("date", &[Kind::Date][..]),
        ("time", &[Kind::Time]),
        ("date_time", &[Kind::Date, Kind::Time]),
    ] {
        let sum = |matches: fn(&Scored) -> Matches| -> Vec<Matches> {
            let of = |outcomes: &Vec<Outcome>| {
                let scored =
                    outcomes.iter().flat_map(|o| kinds.iter().filter_map(|k| o.values.get(k)));
                scored.map(matches).fold(Matches::default(), Matches::plus)
            };
            outcomes.iter().map(of).collect()
        };
        let first = sum(|scored| scored.matches);
        let any = sum(|scored| scored.with_alternatives);
        let n = first.iter().map(|matches| matches.gold).sum();
        let ratio = |matches: &[Matches], of: fn(Matches) -> (usize, usize)| {
            let units: Vec<_> = matches.iter().map(|m| of(*m)).collect();
            bootstrap.ratio(&units, n)
        };
        add(&format!("{name}.precision"), ratio(&first, Matches::precision));
        add(&format!("{name}.recall"), ratio(&first, Matches::recall));
        add(&format!("{name}.f1"), ratio(&first, Matches::f1));
        add(&format!("{name}.f1_with_alternatives"), ratio(&any, Matches::f1));
    }
    metrics
}

/// The share of labelled turns among `of` that are `right`.
fn share(
    bootstrap: Bootstrap,
    outcomes: &Outcomes,
    of: impl Fn(&Outcome) -> bool,
    right: impl Fn(&Outcome) -> bool,
) -> Metric {
    let units: Vec<(usize, usize)> = outcomes
        .iter()
        .map(|turns| {
            let counted = turns.iter().filter(|o| o.expected.is_some() && of(o));
            counted.fold((0, 0), |(n_right, n), o| (n_right + usize::from(right(o)), n + 1))
        })
        .collect();
    let n = units.iter().map(|(_, n)| n).sum();
    bootstrap.ratio(&units, n)
}

#[cfg(test)]
mod tests;
