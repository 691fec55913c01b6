//! What understanding costs, stage by stage and engine by engine, in one interleaved run.
//!
//! Everything runs on this one thread, one message at a time, as a request does. Blocks of a few
//! messages alternate between the engines in a seeded random order; the first messages of a block
//! only warm the caches. Two clocks run: the wall's, which is what a customer waits, and the
//! processor's, which other programs cannot slow. On a busy machine a short stage is rarely
//! interrupted and a long one always, so ratios are of processor time.

mod engines;
mod texts;

use std::{
    collections::BTreeMap,
    hint::black_box,
    time::{Duration, Instant},
};

use cpu_time::ProcessTime;

use intents::{
    ExtractContext, Utterance,
    classify::{ExampleSet, Situation},
    extract,
};
use models::Embedding;
use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

use self::{
    engines::Timed,
    texts::{Text, Workload},
};
use crate::{
    Data, LatencyArgs, Metric, Models, Report, Run, bootstrap::Bootstrap, data, output, sgd::Scene,
    stages::percentiles,
};

/// Messages of one engine in a row, and how many of them are not counted.
const BLOCK: usize = 8;
const WARM: usize = 2;

/// What is timed of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Normalize,
    Tokenize,
    Embed,
    Classify,
    Extract,
    /// From the text as typed to entities, intents and their probabilities: all of it.
    Decide,
}

impl Stage {
    const ALL: [Self; 6] =
        [Self::Normalize, Self::Tokenize, Self::Embed, Self::Classify, Self::Extract, Self::Decide];

    const fn name(self) -> &'static str {
        match self {
            Self::Normalize => "normalize",
            Self::Tokenize => "tokenize",
            Self::Embed => "embed",
            Self::Classify => "classify",
            Self::Extract => "extract",
            Self::Decide => "decide",
        }
    }
}

/// What one stage took of one message.
#[derive(Debug, Clone, Copy)]
struct Took {
    wall_ms: f64,
    /// Of the whole process: a library may compute on a thread of its own, and nothing else does.
    cpu_ms: f64,
}

/// By engine, workload and stage.
type Times = BTreeMap<(usize, Workload, Stage), Vec<Took>>;

/// Less of the wall's time than this means that other programs had the processor.
const UNDISTURBED: f64 = 0.9;

/// Measures.
pub(crate) fn run(args: &LatencyArgs, models: &Models) -> anyhow::Result<Report> {
    let examples = ExampleSet::embedded()?;
    let (engines, mut notes) = engines::load(models)?;
    let texts = texts::all(&examples.test, args.messages, args.out.seed);
    let scene = Scene::empty()?;
    let times = time_all(&engines, &texts, &scene.context(), args.out.seed)?;

    let mut run = Run { engine: "latency".to_owned(), ..Run::default() };
    let bootstrap = Bootstrap::new(args.out.seed);
    for engine in &engines {
        run.encoders
            .insert(format!("{}: {}", engine.name, engine.encoder.fingerprint()), texts.len());
    }
    for ((engine, workload, stage), took) in &times {
        let name = format!("{}.{}.{}", stage.name(), engines[*engine].name, workload.name());
        let wall = took.iter().map(|took| took.wall_ms).collect();
        run.latency_ms.insert(name.clone(), percentiles(wall));
        run.latency_ms.insert(format!("cpu.{name}"), percentiles(cpu(took)));
        let reference = times.get(&(0, *workload, *stage));
        let is_compared = matches!(stage, Stage::Embed | Stage::Decide) && *engine > 0;
        if let Some(reference) = reference.filter(|_| is_compared) {
            let ratio = ratio(&cpu(took), &cpu(reference), bootstrap);
            run.metrics.insert(format!("ratio.{name}"), ratio);
        }
    }
    notes.extend(disturbance(&times));
    let rows: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
    Ok(Report {
        command: "latency".to_owned(),
        data: Data {
            name: format!("{} committed test messages and fixed lengths", args.messages),
            sha256: data::sha256(rows.join("\n").as_bytes()),
            selection: "one thread, interleaved".to_owned(),
        },
        seed: args.out.seed,
        notes,
        runs: vec![run],
    })
}

fn time_all(
    engines: &[Timed],
    texts: &[Text],
    cx: &ExtractContext<'_>,
    seed: u64,
) -> anyhow::Result<Times> {
    let mut blocks: Vec<(usize, &[Text])> = Vec::new();
    for workload in Workload::ALL {
        let from = texts.iter().position(|text| text.workload == workload).unwrap_or(0);
        let n = texts.iter().filter(|text| text.workload == workload).count();
        for block in texts[from..from + n].chunks(BLOCK) {
            blocks.extend((0..engines.len()).map(|engine| (engine, block)));
        }
    }
    blocks.shuffle(&mut StdRng::seed_from_u64(seed));
    let bar = output::progress(blocks.len(), "blocks of messages");
    let mut times = Times::new();
    for (at, block) in blocks {
        bar.inc(1);
        for (i, text) in block.iter().enumerate() {
            for (stage, took) in time_one(&engines[at], text, cx)? {
                if i >= WARM.min(block.len() - 1) {
                    times.entry((at, text.workload, stage)).or_default().push(took);
                }
            }
        }
    }
    bar.finish_and_clear();
    Ok(times)
}

/// Times the stages of one message, each on its own, and then the whole decision.
fn time_one(
    engine: &Timed,
    text: &Text,
    cx: &ExtractContext<'_>,
) -> anyhow::Result<Vec<(Stage, Took)>> {
    let mut times = Vec::with_capacity(Stage::ALL.len());
    let clocks = Clocks::start();
    let utterance = Utterance::new(&text.text, text.locale);
    times.push((Stage::Normalize, clocks.stop()));
    if let Some(count) = &engine.count_tokens {
        let clocks = Clocks::start();
        black_box(count(&utterance.text)?);
        times.push((Stage::Tokenize, clocks.stop()));
    }
    let clocks = Clocks::start();
    let embedding = embed(engine, &utterance.text)?;
    times.push((Stage::Embed, clocks.stop()));
    let clocks = Clocks::start();
    let entities = black_box(extract(&utterance, cx));
    times.push((Stage::Extract, clocks.stop()));
    let situation = Situation { expecting: cx.expecting, entities: &entities };
    let clocks = Clocks::start();
    black_box(engine.classifier.classify(&utterance, &embedding, &situation));
    times.push((Stage::Classify, clocks.stop()));

    let clocks = Clocks::start();
    let utterance = Utterance::new(&text.text, text.locale);
    let embedding = embed(engine, &utterance.text)?;
    let entities = extract(&utterance, cx);
    let situation = Situation { expecting: cx.expecting, entities: &entities };
    black_box(engine.classifier.classify(&utterance, &embedding, &situation));
    times.push((Stage::Decide, clocks.stop()));
    Ok(times)
}

fn embed(engine: &Timed, text: &str) -> anyhow::Result<Embedding> {
    let mut embeddings = engine.encoder.encode(&[text])?;
    embeddings.pop().ok_or_else(|| anyhow::anyhow!("the encoder gave no embedding"))
}

/// Both clocks, running.
struct Clocks {
    wall: Instant,
    cpu: ProcessTime,
}

impl Clocks {
    fn start() -> Self {
        Self { cpu: ProcessTime::now(), wall: Instant::now() }
    }

    fn stop(&self) -> Took {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        Took { wall_ms: ms(self.wall.elapsed()), cpu_ms: ms(self.cpu.elapsed()) }
    }
}

fn cpu(took: &[Took]) -> Vec<f64> {
    took.iter().map(|took| took.cpu_ms).collect()
}

/// Says so when the wall's clock is not to be trusted.
fn disturbance(times: &Times) -> Option<String> {
    let sum = |of: fn(&Took) -> f64| times.values().flatten().map(of).sum::<f64>();
    let share = sum(|took| took.cpu_ms) / sum(|took| took.wall_ms).max(f64::MIN_POSITIVE);
    (share < UNDISTURBED).then(|| {
        format!(
            "This machine was busy: {:.0}% of the time went to other programs. Read `cpu.…` and the \
             ratios, which are of processor time.",
            (1.0 - share) * 100.0
        )
    })
}

/// The quotient of medians.
fn ratio(values: &[f64], reference: &[f64], bootstrap: Bootstrap) -> Metric {
    // Pairs keep the interleaving: what slowed one at a time slowed the other nearby.
    let pairs: Vec<(f64, f64)> = values.iter().copied().zip(reference.iter().copied()).collect();
    bootstrap.metric(&pairs, |sample| {
        let of = |side: fn(&(f64, f64)) -> f64| percentiles(sample.iter().map(side).collect()).p50;
        let below = of(|pair| pair.1);
        if below > 0.0 { of(|pair| pair.0) / below } else { 0.0 }
    })
}
