//! A tiny BERT with random weights, written by the test: no download, no real model.

use std::{collections::HashMap, fs, path::Path};

use candle_core::{DType, Device, Tensor};
use models::{Embedding, Encoder as _};
use models_candle::{CandleConfig, CandleEncoder, LoadError};
use serde_json::json;

const WORDS: [&str; 12] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "book", "a", "hair", "##cut", "tomorrow", "cancel", "my",
    "please",
];
const HIDDEN: usize = 8;
const INNER: usize = 16;
const POSITIONS: usize = 16;

/// Numbers that look random and are the same everywhere.
fn random(seed: u64, shape: &[usize]) -> Tensor {
    let mut state = seed;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 40) as f32 / (1 << 24) as f32 - 0.5) * 0.8
    };
    let values: Vec<f32> = (0..shape.iter().product()).map(|_| next()).collect();
    Tensor::from_vec(values, shape, &Device::Cpu).expect("a tensor")
}

fn write_weights(dir: &Path, seed: u64) {
    let mut shapes: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![WORDS.len(), HIDDEN]),
        ("embeddings.position_embeddings.weight".into(), vec![POSITIONS, HIDDEN]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, HIDDEN]),
    ];
    let mut linear = |name: &str, output: usize, input: usize| {
        shapes.push((format!("{name}.weight"), vec![output, input]));
        shapes.push((format!("{name}.bias"), vec![output]));
    };
    for layer in 0..2 {
        let layer = format!("encoder.layer.{layer}");
        for part in ["self.query", "self.key", "self.value", "output.dense"] {
            linear(&format!("{layer}.attention.{part}"), HIDDEN, HIDDEN);
        }
        linear(&format!("{layer}.intermediate.dense"), INNER, HIDDEN);
        linear(&format!("{layer}.output.dense"), HIDDEN, INNER);
    }
    let mut tensors: HashMap<String, Tensor> =
        (seed..).zip(shapes).map(|(seed, (name, shape))| (name, random(seed, &shape))).collect();
    let mut norms = vec!["embeddings".to_owned()];
    for layer in 0..2 {
        norms.push(format!("encoder.layer.{layer}.attention.output"));
        norms.push(format!("encoder.layer.{layer}.output"));
    }
    for name in norms {
        let ones = Tensor::ones(HIDDEN, DType::F32, &Device::Cpu).expect("a tensor");
        tensors.insert(format!("{name}.LayerNorm.bias"), ones.zeros_like().expect("a tensor"));
        tensors.insert(format!("{name}.LayerNorm.weight"), ones);
    }
    candle_core::safetensors::save(&tensors, dir.join("model.safetensors")).expect("written");
}

fn write_json(dir: &Path, name: &str, value: &serde_json::Value) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("inside dir")).expect("written");
    fs::write(path, value.to_string()).expect("written");
}

fn bert_config(hidden_size: usize) -> serde_json::Value {
    json!({
        "vocab_size": WORDS.len(), "hidden_size": hidden_size, "num_hidden_layers": 2,
        "num_attention_heads": 2, "intermediate_size": INNER, "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1, "max_position_embeddings": POSITIONS, "type_vocab_size": 2,
        "initializer_range": 0.02, "layer_norm_eps": 1e-12, "pad_token_id": 0, "model_type": "bert",
    })
}

/// A directory such as sentence-transformers writes, with the padding that must be taken off.
fn model(seed: u64) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    let vocabulary: HashMap<&str, usize> = WORDS.iter().copied().zip(0..).collect();
    let special: Vec<_> = (0..4)
        .map(|id| {
            json!({ "id": id, "content": WORDS[id], "special": true, "single_word": false,
                    "lstrip": false, "rstrip": false, "normalized": false })
        })
        .collect();
    let tokenizer = json!({
        "version": "1.0",
        "truncation": null,
        "padding": { "strategy": { "Fixed": 12 }, "direction": "Right", "pad_to_multiple_of": null,
                     "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]" },
        "added_tokens": special,
        "normalizer": { "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                        "strip_accents": null, "lowercase": true },
        "pre_tokenizer": { "type": "BertPreTokenizer" },
        "post_processor": { "type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2] },
        "decoder": null,
        "model": { "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                   "max_input_chars_per_word": 100, "vocab": vocabulary },
    });
    write_json(dir.path(), "tokenizer.json", &tokenizer);
    write_json(dir.path(), "config.json", &bert_config(HIDDEN));
    write_weights(dir.path(), seed);
    dir
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
    assert_eq!(encoder.dimension(), HIDDEN);
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
    write_weights(other.path(), 99);
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
    write_json(dir.path(), "1_Pooling/config.json", &pooling(HIDDEN, false, false));
    assert_eq!(mean, encode(&dir, &text));
    write_json(dir.path(), "1_Pooling/config.json", &pooling(HIDDEN, true, false));
    assert_ne!(mean, encode(&dir, &text));
    write_json(dir.path(), "1_Pooling/config.json", &pooling(HIDDEN, false, true));
    assert!(matches!(load(&dir), Err(LoadError::Pooling { .. })));
    write_json(dir.path(), "1_Pooling/config.json", &pooling(HIDDEN + 1, false, false));
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
    write_json(dir.path(), "config.json", &bert_config(HIDDEN * 2));
    assert!(matches!(load(&dir), Err(LoadError::Weights { .. })));
    let mut config = bert_config(HIDDEN);
    config["vocab_size"] = json!(WORDS.len() - 1);
    write_json(dir.path(), "config.json", &config);
    assert!(matches!(load(&dir), Err(LoadError::Mismatch { found: 12, expected: 11, .. })));
}
