//! The engines that are timed side by side.

use std::sync::Arc;

use intents::classify::IntentClassifier;
use models::{EncodeError, Encoder, HashEncoder};
use models_candle::{CandleConfig, CandleEncoder, Precision};

use crate::Models;

/// Counts the tokens of a text, which is what cutting it into tokens costs.
type CountTokens = Box<dyn Fn(&str) -> Result<usize, EncodeError>>;

/// One engine under the clock.
pub(super) struct Timed {
    /// In figures' names.
    pub(super) name: &'static str,
    pub(super) encoder: Arc<dyn Encoder>,
    /// The head that answers with it in the product.
    pub(super) classifier: Arc<IntentClassifier>,
    /// Where it has a tokenizer.
    pub(super) count_tokens: Option<CountTokens>,
}

/// Loads them, the reference first; only the floor on a machine without weights. Also says what is
/// missing.
pub(super) fn load(models: &Models) -> anyhow::Result<(Vec<Timed>, Vec<String>)> {
    let understanding = models.understanding()?;
    let (mut engines, mut notes) = (Vec::new(), Vec::new());
    match (&models.model_dir, understanding.model()) {
        (Some(dir), Some(model)) => {
            for (name, precision) in [
                ("reference", Precision::Reference),
                ("f32", Precision::F32),
                ("int8", Precision::Int8),
            ] {
                let config = CandleConfig::new(dir).with_precision(precision);
                let encoder = Arc::new(CandleEncoder::load(&config)?);
                if encoder.precision() != precision {
                    notes.push(format!("{name} is not there for this model and was left out"));
                    continue;
                }
                let counter = Arc::clone(&encoder);
                engines.push(Timed {
                    name,
                    encoder,
                    classifier: Arc::clone(&model.classifier),
                    count_tokens: Some(Box::new(move |text| Ok(counter.tokenize(text)?.len()))),
                });
            }
        }
        _ => notes.push("No model is loaded: only the heuristic floor was timed.".to_owned()),
    }
    engines.push(Timed {
        name: "hash",
        encoder: Arc::new(HashEncoder),
        classifier: Arc::clone(&understanding.floor().classifier),
        count_tokens: None,
    });
    Ok((engines, notes))
}
