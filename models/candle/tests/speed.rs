//! The one timed test of the house: the packed encoder must stay far ahead of candle's own, a
//! ratio within one process that holds on any machine with the instructions. All other speed is a
//! benchmark.

#[expect(dead_code, reason = "shared with the other tests")]
mod tiny;

use std::{hint::black_box, process::Command, time::Instant};

use models::Encoder as _;
use models_candle::{CandleConfig, CandleEncoder, Instructions, Precision};

/// Set in the child, which runs with candle's thread count fixed.
const CHILD: &str = "BOOKA_SPEED_TEST_CHILD";
const NAME: &str = "int8_takes_a_tenth_of_candles_own_time";

/// The most that bytes may take of the time of candle's f32, at 16 tokens on one thread.
const MOST: f64 = 0.10;

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that starts itself again")]
fn int8_takes_a_tenth_of_candles_own_time() {
    if Instructions::best() != Instructions::Avx512Vnni {
        println!("skipped: this CPU lacks AVX-512 with VNNI, the instructions of the goal");
        return;
    }
    if cfg!(miri) || std::env::var_os("CARGO_LLVM_COV").is_some() {
        println!("skipped: instrumented code has another speed");
        return;
    }
    if std::env::var_os(CHILD).is_none() {
        // Without this variable candle reads /proc/cpuinfo on every product and looks worse than
        // it is; a test may not set it for itself.
        let child = Command::new(std::env::current_exe().expect("a test binary"))
            .args(["--exact", NAME, "--nocapture"])
            .env(CHILD, "1")
            .env("RAYON_NUM_THREADS", "1")
            .output()
            .expect("the test starts again");
        let said = String::from_utf8_lossy(&child.stdout);
        println!("{said}");
        assert!(child.status.success(), "{said}{}", String::from_utf8_lossy(&child.stderr));
        return;
    }

    let dir = tiny::model(1, tiny::MINILM);
    let load = |precision| {
        CandleEncoder::load(&CandleConfig::new(dir.path()).with_precision(precision))
            .expect("the model loads")
    };
    let (ours, stock) = (load(Precision::Int8), load(Precision::Reference));
    let text = "book a haircut tomorrow please cancel my hair cut please book my hair";
    assert_eq!(ours.tokenize(text).expect("tokens").len(), 16);

    // In turns, and the best of each: what else the machine does can only add.
    let time = |encoder: &CandleEncoder| {
        let start = Instant::now();
        black_box(encoder.encode(&[text]).expect("encodes"));
        start.elapsed().as_secs_f64() * 1e3
    };
    let (mut ours_ms, mut stock_ms) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..25 {
        for _ in 0..4 {
            ours_ms = ours_ms.min(time(&ours));
        }
        stock_ms = stock_ms.min(time(&stock));
    }
    let ratio = ours_ms / stock_ms;
    println!("int8 {ours_ms:.2} ms, candle f32 {stock_ms:.2} ms: {ratio:.3} of at most {MOST}");
    assert!(ratio <= MOST, "int8 takes {ratio:.3} of candle's own time, not {MOST}");
}
