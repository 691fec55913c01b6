//! Our encoder beside its peers in one process, on one thread: stock candle, ONNX Runtime in f32
//! and with bytes. Latency by shape, throughput on real lengths, fidelity of the quantised ones.
//!
//! ```text
//! python benches/peers/export.py $BOOKA_MODEL_DIR $BOOKA_PEERS_DIR     # see there
//! RAYON_NUM_THREADS=1 ORT_DYLIB_PATH=…/libonnxruntime.so.1.32.0 \
//!     BOOKA_MODEL_DIR=… BOOKA_PEERS_DIR=… BOOKA_DATA_DIR=../shared/data \
//!     cargo bench -p models-candle --features peers --bench peers
//! ```
//!
//! The peers are given token ids and return hidden states that are pooled here; ours is given text
//! and is timed with its tokenizer. Engines take turns, in another order each round, so that what
//! else the machine does falls on all; a figure is the median over rounds of block medians, a ratio
//! the median of the ratios within a round.

use std::{
    error::Error,
    hint::black_box,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    time::Instant,
};

use models::{Embedding, Encoder as _};
use models_candle::{CandleConfig, CandleEncoder, Precision};
use ort::{environment::Environment, session::Session, value::TensorRef};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Texts of a shape and their ids, so that no peer is timed with a tokenizer.
struct Batch {
    texts: Vec<String>,
    ids: Vec<Vec<i64>>,
}

enum Engine {
    Ours(CandleEncoder),
    Peer(Session),
}

impl Engine {
    fn encode(&mut self, batch: &Batch) -> Outcome<Vec<Embedding>> {
        match self {
            Self::Ours(encoder) => {
                let texts: Vec<&str> = batch.texts.iter().map(String::as_str).collect();
                Ok(encoder.encode(&texts)?)
            }
            Self::Peer(session) => peer(session, &batch.ids),
        }
    }
}

/// One padded pass, as ONNX Runtime takes it, and the mean over what is no padding.
fn peer(session: &mut Session, rows: &[Vec<i64>]) -> Outcome<Vec<Embedding>> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let padded = |value: fn(i64) -> i64| -> Vec<i64> {
        let row = |row: &Vec<i64>| {
            let mut row: Vec<i64> = row.iter().copied().map(value).collect();
            row.resize(width, 0);
            row
        };
        rows.iter().flat_map(row).collect()
    };
    let (ids, mask) = (padded(|id| id), padded(|_| 1));
    let shape = [rows.len(), width];
    let outputs = session.run(ort::inputs![
        "input_ids" => TensorRef::from_array_view((shape, ids.as_slice()))?,
        "attention_mask" => TensorRef::from_array_view((shape, mask.as_slice()))?,
    ])?;
    let (shape, states) = outputs["last_hidden_state"].try_extract_tensor::<f32>()?;
    let hidden = shape[2] as usize;
    let pooled = states.chunks_exact(width * hidden).zip(rows).map(|(states, row)| {
        let mut sum = vec![0.0; hidden];
        for state in states[..row.len() * hidden].chunks_exact(hidden) {
            sum.iter_mut().zip(state).for_each(|(sum, x)| *sum += x);
        }
        Embedding::normalized(sum)
    });
    Ok(pooled.collect())
}

const REFERENCE: usize = 0;
const F32: usize = 1;
const INT8: usize = 2;
const ORT_F32: usize = 3;
const ORT_INT8: usize = 4;
const ORT_TENSOR: usize = 5;
const NAMES: [&str; 6] = [
    "candle BertModel f32",
    "ours f32",
    "ours int8",
    "ONNX Runtime f32",
    "ONNX Runtime int8 per channel",
    "ONNX Runtime int8 per tensor",
];

fn engines(model: &Path, peers: &Path, environment: &Environment) -> Outcome<Vec<Engine>> {
    let ours = |precision| -> Outcome<Engine> {
        let config = CandleConfig::new(model).with_precision(precision);
        Ok(Engine::Ours(CandleEncoder::load(&config)?))
    };
    let peer = |name: &str| -> Outcome<Engine> {
        let builder = Session::builder(environment)?;
        let builder = builder.with_intra_threads(1).map_err(ort::Error::from)?;
        let mut builder = builder.with_inter_threads(1).map_err(ort::Error::from)?;
        Ok(Engine::Peer(builder.commit_from_file(peers.join(format!("{name}.onnx")))?))
    };
    Ok(vec![
        ours(Precision::Reference)?,
        ours(Precision::F32)?,
        ours(Precision::Int8)?,
        peer("f32")?,
        peer("int8-channel")?,
        peer("int8-tensor")?,
    ])
}

/// A batch of texts with exactly `tokens` tokens each, no two the same.
fn shape(encoder: &CandleEncoder, texts: usize, tokens: usize) -> Outcome<Batch> {
    const WORDS: [&str; 12] = [
        "book", "table", "friday", "cancel", "two", "people", "night", "hotel", "price", "change",
        "time", "room",
    ];
    let text = |i: usize| -> String {
        let words: Vec<&str> =
            (0..tokens - 2).map(|j| WORDS[(i + j * (i % 5 + 1)) % WORDS.len()]).collect();
        words.join(" ")
    };
    batch(encoder, (0..texts).map(text).collect())
}

fn batch(encoder: &CandleEncoder, texts: Vec<String>) -> Outcome<Batch> {
    let ids = texts.iter().map(|text| {
        let ids = encoder.tokenize(text)?;
        Ok(ids.into_iter().map(i64::from).collect())
    });
    let ids = ids.collect::<Outcome<_>>()?;
    Ok(Batch { texts, ids })
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A few milliseconds of one engine at one shape: the median of its calls, in milliseconds.
fn block(engine: &mut Engine, batch: &Batch) -> Outcome<f64> {
    black_box(engine.encode(batch)?);
    let mut calls = Vec::new();
    let start = Instant::now();
    while calls.len() < 3 || (start.elapsed().as_millis() < 25 && calls.len() < 200) {
        let call = Instant::now();
        black_box(engine.encode(batch)?);
        calls.push(call.elapsed().as_secs_f64() * 1e3);
    }
    Ok(median(&mut calls))
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn latency(engines: &mut [Engine], encoder: &CandleEncoder, rounds: usize) -> Outcome<()> {
    let shapes = [(1, 8), (1, 16), (1, 32), (1, 128), (32, 16)];
    let batches =
        shapes.iter().map(|(n, t)| shape(encoder, *n, *t)).collect::<Outcome<Vec<_>>>()?;
    let mut cells = vec![vec![Vec::new(); batches.len()]; engines.len()];
    let mut order: Vec<(usize, usize)> =
        (0..engines.len()).flat_map(|e| (0..batches.len()).map(move |b| (e, b))).collect();
    let mut state = 1_u64;
    for _ in 0..rounds {
        for i in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(i, (state >> 33) as usize % (i + 1));
        }
        for (e, b) in &order {
            cells[*e][*b].push(block(&mut engines[*e], &batches[*b])?);
        }
    }
    let of = |e: usize, b: usize, to: usize| -> f64 {
        let pairs = cells[e][b].iter().zip(&cells[to][b]);
        median(&mut pairs.map(|(ours, theirs)| ours / theirs).collect::<Vec<_>>())
    };
    println!("\nlatency, ms (best of {rounds} rounds in brackets)");
    println!("{:32} 1x8 | 1x16 | 1x32 | 1x128 | 32x16", "");
    for (name, row) in NAMES.iter().zip(&cells) {
        let cell = |values: &Vec<f64>| {
            let best = values.iter().copied().fold(f64::INFINITY, f64::min);
            format!("{:.2} ({best:.2})", median(&mut values.clone()))
        };
        println!("{name:32} {}", row.iter().map(cell).collect::<Vec<_>>().join(" | "));
    }
    for (e, to) in [(INT8, ORT_INT8), (INT8, ORT_TENSOR), (F32, ORT_F32), (INT8, REFERENCE)] {
        let ratios: Vec<String> =
            (0..batches.len()).map(|b| format!("{:.2}", of(e, b, to))).collect();
        println!("{} ÷ {}: {}", NAMES[e], NAMES[to], ratios.join(" | "));
    }
    Ok(())
}

/// Every n-th message of the test parts of three intent sets, 504 each.
fn messages(data: &Path) -> Outcome<Vec<String>> {
    let mut messages = Vec::new();
    for set in ["clinc150", "banking77", "hwu64"] {
        let file = std::fs::File::open(data.join(set).join("test.jsonl.gz"))?;
        let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
        let texts: Vec<String> = lines
            .map(|line| {
                let line: serde_json::Value = serde_json::from_str(&line?)?;
                Ok(line["text"].as_str().unwrap_or_default().to_owned())
            })
            .collect::<Outcome<_>>()?;
        let step = texts.len() / 504;
        messages.extend(texts.into_iter().step_by(step.max(1)).take(504));
    }
    messages.sort();
    messages.dedup();
    Ok(messages)
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn throughput(engines: &mut [Engine], encoder: &CandleEncoder, texts: &[String]) -> Outcome<()> {
    // Alphabetical order would put like lengths together; real traffic does not.
    let mixed: Vec<String> =
        (0..texts.len()).map(|i| texts[i * 7919 % texts.len()].clone()).collect();
    let tokens: usize = batch(encoder, mixed.clone())?.ids.iter().map(Vec::len).sum();
    println!(
        "\nthroughput on {} real messages of {:.1} tokens in the mean, messages a second",
        mixed.len(),
        tokens as f64 / mixed.len() as f64
    );
    println!("{:32} one at a time | 32 at a time", "");
    let batches = |n: usize| -> Outcome<Vec<Batch>> {
        mixed.chunks(n).map(|texts| batch(encoder, texts.to_vec())).collect()
    };
    let batches = [batches(1)?, batches(32)?];
    let mut cells = vec![[f64::INFINITY; 2]; engines.len()];
    for _ in 0..5 {
        for (engine, cells) in engines.iter_mut().zip(&mut cells).skip(F32) {
            for (batches, cell) in batches.iter().zip(cells) {
                let start = Instant::now();
                for batch in batches {
                    black_box(engine.encode(batch)?);
                }
                *cell = cell.min(start.elapsed().as_secs_f64());
            }
        }
    }
    for (name, cells) in NAMES.iter().zip(&cells).skip(F32) {
        let rate = |seconds: f64| format!("{:.0}", mixed.len() as f64 / seconds);
        println!("{name:32} {} | {} (best of 5)", rate(cells[0]), rate(cells[1]));
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn fidelity(engines: &mut [Engine], encoder: &CandleEncoder, texts: &[String]) -> Outcome<()> {
    let mut encode = |e: usize| -> Outcome<Vec<Embedding>> {
        let one = |text: &String| {
            let one = batch(encoder, vec![text.clone()])?;
            Ok(engines[e].encode(&one)?.remove(0))
        };
        texts.iter().map(one).collect()
    };
    let neighbours = |vectors: &[Embedding]| -> Vec<usize> {
        let nearest = |i: usize| {
            let others = (0..vectors.len()).filter(|j| *j != i);
            let cosine = |j: &usize| vectors[i].cosine(&vectors[*j]);
            others.max_by(|a, b| cosine(a).total_cmp(&cosine(b))).unwrap_or(i)
        };
        (0..vectors.len()).map(nearest).collect()
    };
    let exact = encode(ORT_F32)?;
    let expected = neighbours(&exact);
    println!("\nfidelity to ONNX Runtime f32 on {} real messages", texts.len());
    println!("{:32} least cosine | mean cosine | same nearest neighbour", "");
    for e in [F32, INT8, ORT_INT8, ORT_TENSOR] {
        let vectors = encode(e)?;
        let cosines: Vec<f32> = vectors.iter().zip(&exact).map(|(a, b)| a.cosine(b)).collect();
        let mean = cosines.iter().map(|x| f64::from(*x)).sum::<f64>() / cosines.len() as f64;
        let least = cosines.iter().copied().fold(f32::INFINITY, f32::min);
        let same = neighbours(&vectors).iter().zip(&expected).filter(|(a, b)| a == b).count();
        let same = 100.0 * same as f64 / expected.len() as f64;
        println!("{:32} {least:.4} | {mean:.5} | {same:.1} %", NAMES[e]);
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
#[expect(clippy::disallowed_methods, reason = "a bench has no configuration but the environment")]
fn main() -> Outcome<()> {
    let path = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let (Some(model), Some(peers), Some(library)) =
        (path("BOOKA_MODEL_DIR"), path("BOOKA_PEERS_DIR"), path("ORT_DYLIB_PATH"))
    else {
        println!(
            "skipped: set BOOKA_MODEL_DIR, BOOKA_PEERS_DIR and ORT_DYLIB_PATH; see the source"
        );
        return Ok(());
    };
    if path("RAYON_NUM_THREADS").is_none() {
        println!("RAYON_NUM_THREADS is not set: stock candle looks slower than it is");
    }
    let environment = ort::init_from(library)?.commit()?;
    let mut engines = engines(&model, &peers, &environment)?;
    let encoder = CandleEncoder::load(&CandleConfig::new(&model))?;
    let rounds = path("BOOKA_ROUNDS").and_then(|n| n.to_str()?.parse().ok()).unwrap_or(21);
    latency(&mut engines, &encoder, rounds)?;
    if let Some(data) = path("BOOKA_DATA_DIR") {
        let texts = messages(&data)?;
        throughput(&mut engines, &encoder, &texts)?;
        fidelity(&mut engines, &encoder, &texts)?;
    }
    Ok(())
}
