//! The encoder over directories that the test writes.

mod tiny;

use std::fs;

use models::{Embedding, Encoder as _};
use models_candle::{CandleConfig, CandleEncoder, Instructions, LoadError, Precision};
use serde_json::json;
use tiny::{MINILM, NARROW, PACKED, Shape, WORDS, bert_config, write_json, write_weights};

/// A directory with a network that cannot be packed.
fn model(seed: u64) -> tempfile::TempDir {
    tiny::model(seed, NARROW)
}

fn load(dir: &tempfile::TempDir) -> Result<CandleEncoder, LoadError> {
    CandleEncoder::load(&CandleConfig::new(dir.path()))
}

fn encode(dir: &tempfile::TempDir, texts: &[&str]) -> Vec<Embedding> {
    load(dir).expect("loads").encode(texts).expect("encodes")
}

#[test]
fn a_batch_gives_what_single_texts_give() {
    let dir = model(1);
    let encoder = load(&dir).expect("loads");
    let texts = [
        "please cancel my haircut tomorrow please cancel my haircut",
        "book a haircut",
        "",
        "cancel",
        "unknown words only",
        "book a haircut",
    ];
    let batch = encoder.encode(&texts).expect("encodes");
    assert_eq!(encoder.dimension(), NARROW.hidden);
    for (text, together) in texts.iter().zip(&batch) {
        let alone = &encoder.encode(&[text]).expect("encodes")[0];
        assert!(together.values().iter().all(|x| x.is_finite()));
        let length = together.values().iter().map(|x| x * x).sum::<f32>();
        assert!((length - 1.0).abs() < 1e-4, "{text}: {length}");
        for (a, b) in alone.values().iter().zip(together.values()) {
            assert!((a - b).abs() < 1e-4, "{text}: {alone:?} {together:?}");
        }
    }
    assert_eq!(batch[1], batch[5]);
    assert!(batch[1].cosine(&batch[3]) < 0.999);
    assert!(encoder.encode(&[]).expect("nothing to do").is_empty());
}

#[test]
fn long_texts_are_cut() {
    let dir = model(1);
    let config = CandleConfig { max_tokens: 5, ..CandleConfig::new(dir.path()) };
    let encoder = CandleEncoder::load(&config).expect("loads");
    let vectors = encoder.encode(&["book a hair", "book a hair please cancel"]).expect("encodes");
    assert_eq!(vectors[0], vectors[1]);
    assert!(load(&dir).expect("loads").encode(&["book ".repeat(99).as_str()]).is_ok());
}

#[test]
fn other_weights_are_another_model() {
    let (one, other) = (model(1), model(1));
    let text = ["book a haircut"];
    let before = load(&one).expect("loads");
    assert_eq!(before.fingerprint().len(), 16);
    assert_eq!(before.fingerprint(), load(&other).expect("loads").fingerprint());
    write_weights(other.path(), 99, NARROW, "");
    assert_ne!(before.fingerprint(), load(&other).expect("loads").fingerprint());
    assert_ne!(encode(&one, &text), encode(&other, &text));
}

#[test]
fn pooling_follows_the_model() {
    let dir = model(1);
    let text = ["book a haircut"];
    let mean = encode(&dir, &text);
    let pooling = |size: usize, cls: bool, max: bool| {
        json!({ "word_embedding_dimension": size, "pooling_mode_cls_token": cls,
                "pooling_mode_mean_tokens": !cls && !max, "pooling_mode_max_tokens": max })
    };
    write_json(dir.path(), "1_Pooling/config.json", &pooling(NARROW.hidden, false, false));
    assert_eq!(mean, encode(&dir, &text));
    write_json(dir.path(), "1_Pooling/config.json", &pooling(NARROW.hidden, true, false));
    assert_ne!(mean, encode(&dir, &text));
    write_json(dir.path(), "1_Pooling/config.json", &pooling(NARROW.hidden, false, true));
    assert!(matches!(load(&dir), Err(LoadError::Pooling { .. })));
    write_json(dir.path(), "1_Pooling/config.json", &pooling(NARROW.hidden + 1, false, false));
    assert!(matches!(load(&dir), Err(LoadError::Mismatch { found: 9, expected: 8, .. })));
}

#[test]
fn errors_name_the_file() {
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        let dir = model(1);
        fs::write(dir.path().join(name), "not what it should be").expect("written");
        let error = load(&dir).expect_err("damaged").to_string();
        assert!(error.contains(name), "{error}");
        fs::remove_file(dir.path().join(name)).expect("removed");
        let error = load(&dir).expect_err("missing");
        assert!(matches!(error, LoadError::Missing { .. }), "{error}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn sizes_must_agree() {
    let dir = model(1);
    let wide = Shape { hidden: 2 * NARROW.hidden, ..NARROW };
    write_json(dir.path(), "config.json", &bert_config(wide));
    assert!(matches!(load(&dir), Err(LoadError::Weights { .. })));
    let mut config = bert_config(NARROW);
    config["vocab_size"] = json!(WORDS.len() - 1);
    write_json(dir.path(), "config.json", &config);
    assert!(matches!(load(&dir), Err(LoadError::Mismatch { found: 12, expected: 11, .. })));
}

const TEXTS: [&str; 6] = [
    "please cancel my haircut tomorrow please cancel my haircut",
    "book a haircut",
    "",
    "cancel",
    "unknown words only",
    "book a haircut",
];

fn with(dir: &tempfile::TempDir, precision: Precision, set: Option<Instructions>) -> CandleEncoder {
    let config = CandleConfig {
        precision,
        instructions: set,
        max_tokens: 512,
        ..CandleConfig::new(dir.path())
    };
    CandleEncoder::load(&config).expect("loads")
}

fn bits(embeddings: &[Embedding]) -> Vec<Vec<u32>> {
    let bits = |e: &Embedding| e.values().iter().map(|x| x.to_bits()).collect();
    embeddings.iter().map(bits).collect()
}

#[test]
fn packed_networks_give_what_the_reference_gives() {
    let long = ["book a haircut tomorrow ".repeat(99), "please cancel ".repeat(40)];
    let texts: Vec<&str> = TEXTS.into_iter().chain(long.iter().map(String::as_str)).collect();
    for shape in [PACKED, MINILM] {
        let dir = tiny::model(3, shape);
        let expected = with(&dir, Precision::Reference, None).encode(&texts).expect("encodes");
        for (precision, least) in [(Precision::F32, 0.999_99), (Precision::Int8, 0.995)] {
            let encoder = with(&dir, precision, None);
            assert_eq!(encoder.precision(), precision);
            let found = encoder.encode(&texts).expect("encodes");
            for ((text, expected), found) in texts.iter().zip(&expected).zip(&found) {
                let cosine = expected.cosine(found);
                assert!(cosine > least, "{precision:?} {shape:?} {text}: {cosine}");
            }
        }
        // The bound above would say nothing if all texts had the same vector.
        let apart = expected[1].cosine(&expected[3]);
        assert!(apart < 0.98, "{apart}");
    }
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    let dir = tiny::model(4, PACKED);
    let long = "book a haircut tomorrow ".repeat(30);
    let texts: Vec<&str> = TEXTS.into_iter().chain([long.as_str()]).collect();
    for precision in [Precision::Int8, Precision::F32] {
        let expected = with(&dir, precision, Some(Instructions::Portable)).encode(&texts);
        let expected = bits(&expected.expect("encodes"));
        for set in Instructions::ALL.into_iter().filter(|set| set.is_available()) {
            let found = with(&dir, precision, Some(set)).encode(&texts).expect("encodes");
            assert_eq!(expected, bits(&found), "{precision:?} {set:?}");
        }
    }
}

#[test]
fn the_company_of_a_text_does_not_change_a_bit() {
    let dir = tiny::model(5, PACKED);
    // More than one pack, with texts of more than one block of rows.
    let texts: Vec<String> = (1..60).map(|n| "book a haircut ".repeat(n % 17)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for precision in [Precision::Int8, Precision::F32] {
        let encoder = with(&dir, precision, None);
        let together = encoder.encode(&texts).expect("encodes");
        assert_eq!(together.len(), texts.len());
        for (text, together) in texts.iter().zip(&together) {
            let alone = encoder.encode(&[text]).expect("encodes");
            assert_eq!(bits(&alone), bits(std::slice::from_ref(together)), "{precision:?} {text}");
        }
    }
}

#[test]
fn each_precision_is_an_encoder_of_its_own() {
    let dir = tiny::model(6, PACKED);
    let names = [Precision::Int8, Precision::F32, Precision::Reference]
        .map(|precision| with(&dir, precision, None).fingerprint().to_owned());
    assert!(names[0] != names[1] && names[1] != names[2] && names[0] != names[2], "{names:?}");
    assert_eq!(
        names[0],
        CandleEncoder::load(&CandleConfig::new(dir.path())).expect("loads").fingerprint()
    );

    let narrow = model(6);
    let encoder = with(&narrow, Precision::Int8, None);
    assert_eq!(encoder.precision(), Precision::Reference);
    assert_eq!(encoder.fingerprint(), with(&narrow, Precision::Reference, None).fingerprint());
}

#[test]
fn tokens_have_their_own_states() {
    let dir = tiny::model(7, PACKED);
    let text = "Book   a haircut, please";
    for precision in [Precision::Int8, Precision::F32, Precision::Reference] {
        let encoder = with(&dir, precision, None);
        let states = encoder.encode_tokens(&["cancel", text]).expect("encodes").remove(1);
        let words: Vec<&str> = states.tokens().map(|(span, _)| &text[span]).collect();
        assert_eq!(words, ["", "Book", "a", "hair", "cut", ",", "please", ""]);

        let mut sum = vec![0.0; PACKED.hidden];
        for (_, state) in states.tokens() {
            sum.iter_mut().zip(state).for_each(|(sum, x)| *sum += x);
        }
        let expected = &encoder.encode(&[text]).expect("encodes")[0];
        assert!(Embedding::normalized(sum).cosine(expected) > 0.999_99, "{precision:?}");
        let rows: Vec<&[f32]> = states.tokens().map(|(_, state)| state).collect();
        assert_ne!(rows[1], rows[2], "{precision:?}");
    }
}

#[test]
fn weights_may_have_a_prefix() {
    let (plain, prefixed) = (tiny::model(8, PACKED), tiny::model(8, PACKED));
    write_weights(prefixed.path(), 8, PACKED, "bert.");
    for precision in [Precision::Int8, Precision::Reference] {
        let [plain, prefixed] =
            [&plain, &prefixed].map(|dir| with(dir, precision, None).encode(&TEXTS));
        assert_eq!(plain.expect("encodes"), prefixed.expect("encodes"), "{precision:?}");
    }
}

#[test]
fn packed_networks_name_what_does_not_fit() {
    let dir = tiny::model(9, PACKED);
    let wide = Shape { inner: PACKED.inner + 16, ..PACKED };
    write_json(dir.path(), "config.json", &bert_config(wide));
    assert!(matches!(load(&dir), Err(LoadError::Weights { .. })));
}
