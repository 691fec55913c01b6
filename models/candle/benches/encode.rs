//! Encoding one message and sixteen, with the model in `BOOKA_MODEL_DIR`. Run with
//! `RAYON_NUM_THREADS=1`, as the server does.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use models::Encoder as _;
use models_candle::{CandleConfig, CandleEncoder};

#[expect(clippy::print_stderr, reason = "a skipped bench says why")]
#[expect(clippy::disallowed_methods, reason = "a bench has no configuration but the environment")]
fn encode(c: &mut Criterion) {
    let Some(dir) = std::env::var_os("BOOKA_MODEL_DIR") else {
        eprintln!("skipped: set BOOKA_MODEL_DIR to a sentence encoder's directory");
        return;
    };
    let encoder = CandleEncoder::load(&CandleConfig::new(dir)).expect("the model loads");
    let texts = [
        "hi, can I book a haircut with Ana tomorrow at 3pm",
        "yes",
        "how much is a beard trim",
        "quiero cancelar mi cita del viernes por la tarde",
    ];
    let texts: Vec<&str> = texts.into_iter().cycle().take(16).collect();
    c.bench_function("encode/1", |b| b.iter(|| encoder.encode(black_box(&texts[..1]))));
    c.bench_function("encode/16", |b| b.iter(|| encoder.encode(black_box(&texts))));
}

criterion_group!(benches, encode);
criterion_main!(benches);
