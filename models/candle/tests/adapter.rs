//! Training an adapter, keeping it, and what an encoder makes of it.

mod tiny;

use std::{
    collections::HashMap,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use candle_core::{DType, Device, Tensor};
use models::Encoder as _;
use models_candle::{
    Adapter, AdapterChoice, AdapterError, CandleConfig, CandleEncoder, LoadError, Precision,
    train::{
        AdapterConfig, AdapterExample, AdapterProgress, AdapterTrainError, AdapterTraining, train,
    },
};
use tiny::{MINILM, NARROW, PACKED};

/// Two classes that differ in one word, in many wordings of different length.
fn examples() -> Vec<AdapterExample> {
    let mut examples = Vec::new();
    for (label, word) in [("book", "book"), ("cancel", "cancel")] {
        for frame in
            ["{} a haircut", "please {} my hair", "{}", "{} tomorrow please", "a {} please"]
        {
            let text = frame.replace("{}", word);
            examples.push(AdapterExample { set: "own".into(), label: label.into(), text });
        }
    }
    examples
}

fn config() -> AdapterConfig {
    AdapterConfig { rank: 4, epochs: 12, batch: 4, learning_rate: 2e-2, ..AdapterConfig::default() }
}

fn training<'a>(dir: &'a Path, examples: &'a [AdapterExample]) -> AdapterTraining<'a> {
    AdapterTraining {
        dir,
        train: examples,
        dev: examples,
        checkpoint: None,
        trained_on: "ten messages".into(),
        config: config(),
    }
}

fn encoder(dir: &Path, adapter: AdapterChoice) -> Result<CandleEncoder, LoadError> {
    let config = CandleConfig::new(dir).with_precision(Precision::F32);
    CandleEncoder::load(&config.with_adapter(adapter))
}

fn likeness(encoder: &CandleEncoder) -> f32 {
    let both = encoder.encode(&["book a haircut tomorrow", "cancel a haircut tomorrow"]);
    let both = both.expect("encoded");
    both[0].values().iter().zip(both[1].values()).map(|(a, b)| a * b).sum()
}

#[test]
fn training_moves_apart_what_means_different_things() {
    let dir = tiny::model(1, PACKED);
    let examples = examples();
    let mut told: Vec<AdapterProgress> = Vec::new();
    let adapter = train(&training(dir.path(), &examples), &mut |now| told.push(now.clone()))
        .expect("an adapter");
    let last = told.last().expect("progress");
    assert_eq!(last.step, last.steps);
    assert!(last.loss < 0.7 * told[0].loss, "{} then {}", told[0].loss, last.loss);
    assert_eq!(last.dev.as_ref().map(|dev| dev["own"]), Some(1.0), "what it was taught");

    let path = dir.path().join("own.adapter");
    fs::write(&path, adapter.to_bytes().expect("bytes")).expect("written");
    let before = encoder(dir.path(), AdapterChoice::None).expect("an encoder");
    let after = encoder(dir.path(), AdapterChoice::File(path)).expect("an encoder");
    let (before_is, after_is) = (likeness(&before), likeness(&after));
    assert!(after_is < before_is - 0.1, "{before_is} before, {after_is} after");
    assert_ne!(before.fingerprint(), after.fingerprint(), "heads must not be mixed up");
}

#[test]
fn the_same_seed_gives_the_same_adapter_also_after_an_interruption() {
    let dir = tiny::model(2, PACKED);
    let examples = examples();
    let whole = train(&training(dir.path(), &examples), &mut |_| {}).expect("an adapter");

    let mut in_parts = training(dir.path(), &examples);
    in_parts.checkpoint = Some(dir.path().join("state/adapter.state"));
    let interrupted = catch_unwind(AssertUnwindSafe(|| {
        train(&in_parts, &mut |now| {
            assert!(now.step <= now.steps / 2, "the power fails");
        })
    }));
    assert!(interrupted.is_err(), "it was cut off");
    let mut first = None;
    let resumed = train(&in_parts, &mut |now| {
        first.get_or_insert(now.step);
    })
    .expect("an adapter");
    assert!(first.is_some_and(|step| step > 1), "it began again at {first:?}");
    assert_eq!(resumed.to_bytes().expect("bytes"), whole.to_bytes().expect("bytes"));

    let mut other = training(dir.path(), &examples);
    other.config.seed = 1;
    let other = train(&other, &mut |_| {}).expect("an adapter");
    assert_ne!(other.fingerprint(), whole.fingerprint());
}

#[test]
fn an_adapter_fits_the_encoder_it_was_trained_on_and_no_other() {
    let (dir, other) = (tiny::model(3, PACKED), tiny::model(4, PACKED));
    let examples = examples();
    let mut short = training(dir.path(), &examples);
    short.config.epochs = 1;
    let adapter = train(&short, &mut |_| {}).expect("an adapter");
    let path = dir.path().join("own.adapter");
    fs::write(&path, adapter.to_bytes().expect("bytes")).expect("written");
    let refused = encoder(other.path(), AdapterChoice::File(path.clone()));
    let Err(LoadError::Adapter(AdapterError::OtherBase { .. })) = refused else {
        panic!("it was taken: {refused:?}");
    };
    fs::write(&path, b"nothing of the kind").expect("written");
    let Err(LoadError::Adapter(AdapterError::Malformed(_))) =
        encoder(dir.path(), AdapterChoice::File(path))
    else {
        panic!("it was taken");
    };
    // The one of the repository belongs to MiniLM; another encoder goes without.
    let plain = encoder(dir.path(), AdapterChoice::None).expect("an encoder");
    let default = encoder(dir.path(), AdapterChoice::Embedded).expect("an encoder");
    assert_eq!(plain.fingerprint(), default.fingerprint());
}

#[test]
fn the_adapter_of_the_repository_can_be_read() {
    let adapter = Adapter::embedded().expect("an adapter");
    assert!(!adapter.about().trained_on.is_empty(), "a card says what it was trained on");
    assert_eq!(adapter.about().base.len(), 16);
    // Two factors of rank 12 beside each of a layer's matrices, in two bytes a number.
    let (wide, inner) = (MINILM.hidden, MINILM.inner);
    let numbers = 12 * (4 * wide + 2 * wide + 2 * (wide + inner)) * MINILM.layers;
    let spare = adapter.to_bytes().expect("bytes").len() - 2 * numbers;
    assert!(spare < 8192, "{spare} bytes beside the numbers");
}

#[test]
fn nothing_to_learn_from_is_said() {
    let dir = tiny::model(5, PACKED);
    let narrow = tiny::model(6, NARROW);
    assert!(train(&training(narrow.path(), &[]), &mut |_| {}).is_err());
    let refused = train(&training(dir.path(), &[]), &mut |_| {});
    assert_eq!(refused.expect_err("nothing").to_string(), "there are no training examples");
}

#[test]
fn the_state_of_another_training_is_refused_and_kept() {
    let dir = tiny::model(7, PACKED);
    let examples = examples();
    let path = dir.path().join("adapter.state");
    let mut mine = training(dir.path(), &examples);
    mine.config.epochs = 1;
    mine.checkpoint = Some(path.clone());
    train(&mine, &mut |_| {}).expect("an adapter");
    let state = fs::read(&path).expect("a state");

    let other_dir = tiny::model(8, PACKED);
    let mut changed = examples.clone();
    changed[0].label = "cancel".into();
    let slower = AdapterConfig { learning_rate: 1e-2, ..mine.config.clone() };
    let others = [
        AdapterTraining { config: slower, ..mine.clone() },
        AdapterTraining { train: &examples[1..], ..mine.clone() },
        AdapterTraining { train: &changed, ..mine.clone() },
        AdapterTraining { dir: other_dir.path(), ..mine.clone() },
    ];
    for other in &others {
        let refused = train(other, &mut |_| panic!("it went on")).expect_err("refused");
        assert!(matches!(refused, AdapterTrainError::OtherTraining { .. }), "{refused}");
        assert!(refused.to_string().contains("delete it to start afresh"), "{refused}");
    }
    assert_eq!(fs::read(&path).expect("a state"), state, "the refused state is as it was");

    // How much of the training is kept in the end is no part of it: nothing is trained again.
    let whole = AdapterConfig { kept: 1.0, ..mine.config.clone() };
    let whole = AdapterTraining { config: whole, ..mine.clone() };
    let adapter = train(&whole, &mut |_| panic!("it went on")).expect("an adapter");
    assert_eq!(adapter.about().scale, whole.config.scale);

    fs::write(&path, &state[..state.len() / 2]).expect("written");
    let refused = train(&mine, &mut |_| panic!("it went on")).expect_err("refused");
    assert!(matches!(refused, AdapterTrainError::OtherTraining { .. }), "{refused}");
}

/// The weights corrected by the adapter's factors, one number at a time, as `docs/adapter.md` says.
fn corrected_by_hand(dir: &Path, adapter: &Adapter) -> HashMap<String, Tensor> {
    let bytes = adapter.to_bytes().expect("bytes");
    let factors = candle_core::safetensors::load_buffer(&bytes, &Device::Cpu).expect("factors");
    let path = dir.join("model.safetensors");
    let mut weights = candle_core::safetensors::load(path, &Device::Cpu).expect("weights");
    let matrix = |tensor: &Tensor| -> Vec<Vec<f32>> {
        tensor.to_dtype(DType::F32).and_then(|tensor| tensor.to_vec2()).expect("a matrix")
    };
    let sites: [(&str, &[&str]); 4] = [
        ("qkv", &["attention.self.query", "attention.self.key", "attention.self.value"]),
        ("output", &["attention.output.dense"]),
        ("up", &["intermediate.dense"]),
        ("down", &["output.dense"]),
    ];
    for layer in 0..PACKED.layers {
        for (site, parts) in sites {
            let factor = |name: &str| matrix(&factors[&format!("layers.{layer}.{site}.{name}")]);
            let (a, b) = (factor("a"), factor("b"));
            let mut column = 0;
            for part in parts {
                let name = format!("encoder.layer.{layer}.{part}.weight");
                let mut weight = matrix(&weights[&name]);
                for row in &mut weight {
                    for (x, a) in row.iter_mut().zip(&a) {
                        let ab: f32 = a.iter().zip(&b).map(|(a, b)| a * b[column]).sum();
                        *x += adapter.about().scale as f32 * ab;
                    }
                    column += 1;
                }
                weights.insert(name, Tensor::new(weight, &Device::Cpu).expect("a matrix"));
            }
        }
    }
    weights
}

#[test]
fn merging_adds_scale_times_the_product_of_the_factors_to_each_matrix() {
    let (dir, by_hand) = (tiny::model(9, PACKED), tiny::model(9, PACKED));
    let examples = examples();
    let mut training = training(dir.path(), &examples);
    training.config.kept = 0.75; // a scale of one would hide that it was forgotten
    let adapter = train(&training, &mut |_| {}).expect("an adapter");
    let path = dir.path().join("own.adapter");
    fs::write(&path, adapter.to_bytes().expect("bytes")).expect("written");
    let weights = corrected_by_hand(dir.path(), &adapter);
    candle_core::safetensors::save(&weights, by_hand.path().join("model.safetensors"))
        .expect("written");

    let text = ["book a haircut tomorrow please"];
    let vector = |dir: &Path, adapter| {
        let encoder = encoder(dir, adapter).expect("an encoder");
        encoder.encode(&text).expect("encoded").remove(0)
    };
    let merged = vector(dir.path(), AdapterChoice::File(path));
    let expected = vector(by_hand.path(), AdapterChoice::None);
    for (merged, expected) in merged.values().iter().zip(expected.values()) {
        assert!((merged - expected).abs() < 1e-4, "{merged} where {expected} was worked out");
    }
}
