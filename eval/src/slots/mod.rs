//! Slots: which words of a message fill which slot, and what they mean.
//!
//! Trains the product's tagger as the product trains it, or runs the one that ships, over what the
//! product's grammar finds.

mod rows;
mod values;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use clap::Args;
use intents::{
    Span, Utterance,
    tag::{self, Example, Tagger, Training},
};
use kernel::Locale;
use serde_json::{Value, json};

use self::{
    rows::{Row, Rows, Slot},
    values::{Reader, expecting, reference, wanted},
};
use crate::{
    Data, OutArgs, Report, Run,
    bootstrap::Bootstrap,
    data::{self, BadData},
    measure::Matches,
    output,
};

/// Arguments of `eval slots`.
#[derive(Debug, Clone, Args)]
pub struct SlotsArgs {
    /// Reports on these rows: text, slots with spans, and what had been asked; `.gz` too.
    #[arg(long, value_name = "FILE")]
    pub data: PathBuf,
    /// Trains a tagger on these first, as the product trains its own; without any, the tagger that
    /// ships is measured.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub train: Vec<PathBuf>,
    /// Tests each `fold` of the data once, with the others (and --train) to learn from.
    #[arg(long)]
    pub folds: bool,
    /// Where the report goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// How often rows of `--names` are learned: they are few, and the way people chat.
const NAMES_REPEATED: usize = 3;
/// One in so many rows of `--plain` is learned.
const PLAIN_STEP: usize = 8;

/// Arguments of `train slots`.
#[derive(Debug, Clone, Args)]
pub struct TrainSlotsArgs {
    /// Learns from these rows; `.gz` too.
    #[arg(long, num_args = 1.., required = true, value_name = "FILE")]
    pub train: Vec<PathBuf>,
    /// Learns names from these rows in the form of NLU++, three times each.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub names: Vec<PathBuf>,
    /// Learns from one in eight of these rows that nothing is in them, unless the grammar finds
    /// something; without such rows, every unknown phrase after "for" is a name.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub plain: Vec<PathBuf>,
    /// Writes the tagger here.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// Seed of the order of examples.
    #[arg(long, default_value_t = Training::default().seed)]
    pub seed: u64,
}

/// Trains a tagger and writes it to a file.
///
/// # Errors
///
/// When a file cannot be read or written, or holds nothing to learn.
pub fn train(args: &TrainSlotsArgs) -> anyhow::Result<()> {
    let reader = Reader::new(reference()?);
    let mut examples = Vec::new();
    let mut files = Vec::new();
    let mut read = |path: &PathBuf| -> anyhow::Result<Rows> {
        let file = Rows::read(path)?;
        files.push(format!("{} sha256 {}", file.name, file.sha256.get(..12).unwrap_or_default()));
        Ok(file)
    };
    for path in &args.train {
        examples.extend(read(path)?.rows.iter().map(|row| example(row, &reader)));
    }
    for path in &args.names {
        let rows: Vec<Row> = read(path)?.rows.iter().filter_map(Row::as_table_booking).collect();
        for _ in 0..NAMES_REPEATED {
            examples.extend(rows.iter().map(|row| example(row, &reader)));
        }
    }
    for path in &args.plain {
        let rows = read(path)?.rows;
        let bare = rows.into_iter().step_by(PLAIN_STEP).map(|row| Row { slots: Vec::new(), ..row });
        let plain = bare.map(|row| example(&row, &reader));
        examples.extend(plain.filter(|e| e.hints.is_empty() && !e.text.contains("name")));
    }
    let named = files.join("; ");
    let examples = tag::as_chatted(&examples);
    let training = Training { grammar: false, seed: args.seed, ..Training::suited(examples.len()) };
    let tagger = learn(&examples, &named, &training)?;
    let bytes = tagger.to_bytes()?;
    data::write_bytes(&args.to, &bytes)?;
    output::line(format_args!(
        "{}: {} bytes, {} features, slots {}, sha256 {}",
        args.to.display(),
        bytes.len(),
        tagger.features(),
        tagger.slots().join(", "),
        data::sha256(&bytes),
    ));
    Ok(())
}

/// Measures slots on the rows of a file.
///
/// # Errors
///
/// When a file cannot be read, or its rows cannot be used.
pub(crate) fn run(args: &SlotsArgs) -> anyhow::Result<Report> {
    let test = Rows::read(&args.data)?;
    let train: Vec<Rows> =
        args.train.iter().map(|path| Rows::read(path)).collect::<anyhow::Result<_>>()?;
    let reader = Reader::new(reference()?);
    let extra: Vec<Example> =
        train.iter().flat_map(|file| &file.rows).map(|row| example(row, &reader)).collect();
    let mut notes = Vec::new();
    let outcomes = if args.folds {
        cross_validated(&test, &extra, &reader, args)?
    } else if extra.is_empty() {
        let tagger = shipped(args)?;
        let unknown: Vec<String> =
            test.slots().into_iter().filter(|slot| !tagger.slots().contains(slot)).collect();
        if !unknown.is_empty() {
            notes.push(format!(
                "the tagger that ships does not know {}; they count as missed (--train teaches them)",
                unknown.join(", ")
            ));
        }
        test.rows.iter().map(|row| Outcome::of(row, tagger, &reader)).collect()
    } else {
        let training = Training { seed: args.out.seed, ..Training::suited(extra.len()) };
        let tagger = learn(&extra, "--train", &training)?;
        test.rows.iter().map(|row| Outcome::of(row, &tagger, &reader)).collect()
    };
    let seen: BTreeSet<&str> =
        train.iter().flat_map(|file| &file.rows).map(|row| row.text.as_str()).collect();
    let mut run = measured(&test.rows, &outcomes, &seen, Bootstrap::new(args.out.seed));
    run.engine = if extra.is_empty() && !args.folds { "shipped" } else { "trained" }.to_owned();
    let how = match (args.folds, train.len()) {
        (true, _) => "cross-validated over its folds".to_owned(),
        (false, 0) => "the tagger that ships".to_owned(),
        (false, _) => {
            let names: Vec<&str> = train.iter().map(|file| file.name.as_str()).collect();
            format!("trained on {}", names.join(", "))
        }
    };
    Ok(Report {
        command: "slots".to_owned(),
        data: Data { name: test.name, sha256: test.sha256, selection: how },
        seed: args.out.seed,
        notes,
        runs: vec![run],
    })
}

fn shipped(args: &SlotsArgs) -> anyhow::Result<&'static Tagger> {
    let none = || BadData::whole(&args.data, "no tagger ships with this build; use --train");
    Ok(tag::shipped(Locale::En).ok_or_else(none)?)
}

fn cross_validated(
    test: &Rows,
    extra: &[Example],
    reader: &Reader,
    args: &SlotsArgs,
) -> anyhow::Result<Vec<Outcome>> {
    let folds: BTreeSet<u64> = test.rows.iter().filter_map(|row| row.fold).collect();
    if folds.len() < 2 || test.rows.iter().any(|row| row.fold.is_none()) {
        return Err(BadData::whole(&args.data, "has rows without `fold`, or only one fold").into());
    }
    let all: Vec<Example> = test.rows.iter().map(|row| example(row, reader)).collect();
    let mut outcomes: Vec<Option<Outcome>> = test.rows.iter().map(|_| None).collect();
    let bar = output::progress(folds.len(), "folds");
    for fold in folds {
        let others = test.rows.iter().zip(&all).filter(|(row, _)| row.fold != Some(fold));
        let examples: Vec<Example> =
            others.map(|(_, example)| example.clone()).chain(extra.iter().cloned()).collect();
        let training = Training { seed: args.out.seed, ..Training::suited(examples.len()) };
        let tagger = Tagger::train(&examples, "folds", &training, |_| {})?;
        for (row, outcome) in test.rows.iter().zip(&mut outcomes) {
            if row.fold == Some(fold) {
                *outcome = Some(Outcome::of(row, &tagger, reader));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(outcomes.into_iter().flatten().collect())
}

fn learn(examples: &[Example], named: &str, training: &Training) -> anyhow::Result<Tagger> {
    let bar = output::progress(training.epochs, "passes");
    let tagger = Tagger::train(examples, named, training, |done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    Ok(tagger)
}

/// A row as the tagger learns from it, with what the grammar says.
fn example(row: &Row, reader: &Reader) -> Example {
    let slots = row.slots.iter().map(|slot| (slot.name.clone(), slot.span)).collect();
    Example {
        text: row.text.clone(),
        requested: row.requested.clone(),
        hints: hints(row, reader),
        slots,
    }
}

fn hints(row: &Row, reader: &Reader) -> Vec<tag::Hint> {
    let utterance = Utterance::in_locale(&row.text, Locale::En);
    let cx = reader.context(expecting(&row.requested));
    tag::hints(&intents::extract::by_grammar(&utterance, &cx))
}

/// A slot as it is compared: its name, where it is, what it means.
type Found = (String, (usize, usize), String);

/// What one row came to.
struct Outcome {
    found: Vec<Found>,
    /// What the grammar alone would say, for slots of the same names.
    grammar: Vec<Found>,
}

impl Outcome {
    fn of(row: &Row, tagger: &Tagger, reader: &Reader) -> Self {
        let hints = hints(row, reader);
        let place = |span: Span| (span.start, span.end);
        let tags = tagger.tag(&row.text, &row.requested, &hints);
        let found = tags.into_iter().map(|tag| {
            let value = reader.value(&tag.slot, &row.text, tag.span);
            (tag.slot, place(tag.span), value)
        });
        let grammar = hints.iter().map(|hint| {
            let value = reader.value(hint.kind, &row.text, hint.span);
            (hint.kind.to_owned(), place(hint.span), value)
        });
        Self { found: found.collect(), grammar: grammar.collect() }
    }
}

fn there(row: &Row) -> impl Iterator<Item = Found> {
    row.slots.iter().map(|Slot { name, span, norm }| {
        let words: String = row.text.chars().skip(span.start).take(span.end - span.start).collect();
        (name.clone(), (span.start, span.end), wanted(norm.as_ref(), &words))
    })
}

/// Hits, there, found; each thing counts once a row.
fn compare<T: Ord>(gold: impl Iterator<Item = T>, found: impl Iterator<Item = T>) -> Matches {
    let (gold, found): (BTreeSet<T>, BTreeSet<T>) = (gold.collect(), found.collect());
    Matches { hits: gold.intersection(&found).count(), gold: gold.len(), predicted: found.len() }
}

fn measured(
    rows: &[Row],
    outcomes: &[Outcome],
    seen: &BTreeSet<&str>,
    bootstrap: Bootstrap,
) -> Run {
    let mut run = Run::default();
    let pairs = || rows.iter().zip(outcomes);
    let strict = |(name, place, _): Found| (name, place);
    let spans: Vec<Matches> = pairs()
        .map(|(row, o)| compare(there(row).map(strict), o.found.iter().cloned().map(strict)))
        .collect();
    let mut add = |name: &str, matches: &[Matches], of: fn(Matches) -> (usize, usize), n: usize| {
        if n > 0 {
            let units: Vec<(usize, usize)> = matches.iter().map(|m| of(*m)).collect();
            run.metrics.insert(name.to_owned(), bootstrap.ratio(&units, n));
        }
    };
    let gold = |matches: &[Matches]| matches.iter().map(|m| m.gold).sum::<usize>();
    let n = gold(&spans);
    add("f1", &spans, Matches::f1, n);
    add("precision", &spans, Matches::precision, n);
    add("recall", &spans, Matches::recall, n);
    let names: BTreeSet<&String> = rows.iter().flat_map(|r| &r.slots).map(|s| &s.name).collect();
    for name in &names {
        let of = |found: Found| (found.0 == **name).then_some(found.1);
        let one: Vec<Matches> = pairs()
            .map(|(row, o)| {
                compare(there(row).filter_map(of), o.found.iter().cloned().filter_map(of))
            })
            .collect();
        add(&format!("slot.{name}.f1"), &one, Matches::f1, gold(&one));
    }
    if rows.iter().flat_map(|row| &row.slots).any(|slot| slot.norm.is_some()) {
        let value = |(name, _, value): Found| (name, value);
        let values: Vec<Matches> = pairs()
            .map(|(row, o)| compare(there(row).map(value), o.found.iter().cloned().map(value)))
            .collect();
        add("value.f1", &values, Matches::f1, gold(&values));
        for name in &names {
            let of = |found: Found| (found.0 == **name).then_some(found.2);
            let one: Vec<Matches> = pairs()
                .map(|(row, o)| {
                    compare(there(row).filter_map(of), o.found.iter().cloned().filter_map(of))
                })
                .collect();
            add(&format!("value.{name}.f1"), &one, Matches::f1, gold(&one));
        }
    }
    let whole = |m: &Matches| (usize::from(m.hits == m.gold && m.hits == m.predicted), 1);
    let exact: Vec<(usize, usize)> = spans.iter().map(whole).collect();
    run.metrics.insert("sentence_exact".to_owned(), bootstrap.ratio(&exact, exact.len()));
    if !seen.is_empty() {
        let unseen: Vec<Matches> = rows
            .iter()
            .zip(&spans)
            .filter(|(row, _)| !seen.contains(row.text.as_str()))
            .map(|(_, matches)| *matches)
            .collect();
        let n = gold(&unseen);
        let units: Vec<(usize, usize)> = unseen.iter().map(|m| m.f1()).collect();
        run.metrics.insert("unseen.f1".to_owned(), bootstrap.ratio(&units, n));
    }
    let guessed: Vec<(usize, usize)> = pairs()
        .map(|(row, o)| {
            let known = o.grammar.iter().filter(|found| names.contains(&found.0)).cloned();
            compare(there(row).map(strict), known.map(strict)).f1()
        })
        .collect();
    run.metrics.insert("baseline.grammar.f1".to_owned(), bootstrap.ratio(&guessed, n));
    run.counts.insert("rows".to_owned(), rows.len());
    run.counts.insert("slots".to_owned(), n);
    run.details = details(rows, outcomes, &spans);
    run
}

/// Rows that did not come out as wanted, and which slot was taken for which.
fn details(rows: &[Row], outcomes: &[Outcome], spans: &[Matches]) -> Value {
    let mut misses = Vec::new();
    let mut taken: BTreeMap<(String, String), usize> = BTreeMap::new();
    for ((row, outcome), matches) in rows.iter().zip(outcomes).zip(spans) {
        let gold: Vec<Found> = there(row).collect();
        let missed = |of: &[Found], other: &[Found]| -> Vec<Value> {
            let same = |a: &Found, b: &Found| a.0 == b.0 && a.1 == b.1;
            let lone = of.iter().filter(|a| !other.iter().any(|b| same(a, b)));
            lone.map(|(slot, (start, end), value)| {
                let words: String = row.text.chars().skip(*start).take(end - start).collect();
                json!({"slot": slot, "text": words, "value": value})
            })
            .collect()
        };
        for (slot, place, _) in &gold {
            if let Some(found) = outcome.found.iter().find(|f| f.1 == *place && f.0 != *slot) {
                *taken.entry((slot.clone(), found.0.clone())).or_default() += 1;
            }
        }
        let values_differ = gold.iter().any(|wanted| {
            outcome.found.iter().any(|f| f.0 == wanted.0 && f.1 == wanted.1 && f.2 != wanted.2)
        });
        let all_right = matches.hits == matches.gold && matches.hits == matches.predicted;
        if !all_right || (values_differ && row.slots.iter().any(|slot| slot.norm.is_some())) {
            let wrong_values: Vec<Value> = gold
                .iter()
                .filter_map(|wanted| {
                    let same = |f: &&Found| f.0 == wanted.0 && f.1 == wanted.1;
                    let found = outcome.found.iter().find(same).filter(|f| f.2 != wanted.2)?;
                    Some(json!({"slot": wanted.0, "wanted": wanted.2, "got": found.2}))
                })
                .collect();
            misses.push(json!({
                "text": row.text,
                "requested": row.requested,
                "missed": missed(&gold, &outcome.found),
                "wrong": missed(&outcome.found, &gold),
                "values": wrong_values,
            }));
        }
    }
    let confusions: Vec<Value> = taken
        .into_iter()
        .map(|((wanted, got), n)| json!({"wanted": wanted, "got": got, "n": n}))
        .collect();
    json!({"misses": misses, "confusions": confusions})
}

#[cfg(test)]
mod tests;
