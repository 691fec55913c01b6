//! A small BERT with random weights, written by the test: no download, no real model.

use std::{collections::HashMap, fs, path::Path};

use candle_core::{DType, Device, Tensor};
use serde_json::json;

pub(crate) const WORDS: [&str; 12] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "book", "a", "hair", "##cut", "tomorrow", "cancel", "my",
    "please",
];

/// The sizes of a network.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) hidden: usize,
    pub(crate) heads: usize,
    pub(crate) inner: usize,
    pub(crate) layers: usize,
    pub(crate) positions: usize,
}

/// Too narrow for vectors: what cannot be packed.
pub(crate) const NARROW: Shape = Shape { hidden: 8, heads: 2, inner: 16, layers: 2, positions: 16 };
/// Packed, with panels that are not full.
pub(crate) const PACKED: Shape =
    Shape { hidden: 64, heads: 2, inner: 144, layers: 2, positions: 512 };
/// All but the words of MiniLM-L6.
pub(crate) const MINILM: Shape =
    Shape { hidden: 384, heads: 12, inner: 1536, layers: 6, positions: 512 };

/// Numbers that look random and are the same everywhere.
fn random(seed: u64, shape: &[usize]) -> Tensor {
    // As wide as the sums of a trained network's layers, whatever the width.
    let scale = 2.3 / (shape[shape.len() - 1] as f32).sqrt();
    let mut state = seed;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 40) as f32 / (1 << 24) as f32 - 0.5) * scale
    };
    let values: Vec<f32> = (0..shape.iter().product()).map(|_| next()).collect();
    Tensor::from_vec(values, shape, &Device::Cpu).expect("a tensor")
}

pub(crate) fn write_weights(dir: &Path, seed: u64, shape: Shape, prefix: &str) {
    let Shape { hidden, inner, layers, positions, .. } = shape;
    let mut shapes: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![WORDS.len(), hidden]),
        ("embeddings.position_embeddings.weight".into(), vec![positions, hidden]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, hidden]),
    ];
    let mut linear = |name: &str, output: usize, input: usize| {
        shapes.push((format!("{name}.weight"), vec![output, input]));
        shapes.push((format!("{name}.bias"), vec![output]));
    };
    for layer in 0..layers {
        let layer = format!("encoder.layer.{layer}");
        for part in ["self.query", "self.key", "self.value", "output.dense"] {
            linear(&format!("{layer}.attention.{part}"), hidden, hidden);
        }
        linear(&format!("{layer}.intermediate.dense"), inner, hidden);
        linear(&format!("{layer}.output.dense"), hidden, inner);
    }
    let mut tensors: HashMap<String, Tensor> =
        (seed..).zip(shapes).map(|(seed, (name, shape))| (name, random(seed, &shape))).collect();
    let mut norms = vec!["embeddings".to_owned()];
    for layer in 0..layers {
        norms.push(format!("encoder.layer.{layer}.attention.output"));
        norms.push(format!("encoder.layer.{layer}.output"));
    }
    for name in norms {
        let ones = Tensor::ones(hidden, DType::F32, &Device::Cpu).expect("a tensor");
        tensors.insert(format!("{name}.LayerNorm.bias"), ones.zeros_like().expect("a tensor"));
        tensors.insert(format!("{name}.LayerNorm.weight"), ones);
    }
    let tensors: HashMap<String, Tensor> =
        tensors.into_iter().map(|(name, tensor)| (format!("{prefix}{name}"), tensor)).collect();
    candle_core::safetensors::save(&tensors, dir.join("model.safetensors")).expect("written");
}

pub(crate) fn write_json(dir: &Path, name: &str, value: &serde_json::Value) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("inside dir")).expect("written");
    fs::write(path, value.to_string()).expect("written");
}

pub(crate) fn bert_config(shape: Shape) -> serde_json::Value {
    json!({
        "vocab_size": WORDS.len(), "hidden_size": shape.hidden, "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads, "intermediate_size": shape.inner, "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1, "max_position_embeddings": shape.positions, "type_vocab_size": 2,
        "initializer_range": 0.02, "layer_norm_eps": 1e-12, "pad_token_id": 0, "model_type": "bert",
    })
}

/// A directory such as sentence-transformers writes, with the padding that must be taken off.
pub(crate) fn model(seed: u64, shape: Shape) -> tempfile::TempDir {
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
    write_json(dir.path(), "config.json", &bert_config(shape));
    write_weights(dir.path(), seed, shape, "");
    dir
}
