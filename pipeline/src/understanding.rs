//! Text in, [`Parse`] out: normalize, embed, extract, classify, feel, each timed. Values come before
//! the intent, because what answers the open question is likely to be an answer.
//!
//! With weights the encoder answers; without them, or while it is overloaded, the heuristic floor
//! does, and the trace says so. The eval harness runs exactly this.

use std::{sync::Arc, time::Instant};

use intents::{
    ExtractContext, Parse, Utterance,
    classify::{IntentClassifier, Situation},
    emotion::{EmotionClassifier, Feelings},
    extract,
};
use kernel::Locale;
use models::{Batcher, Embedding, EncodeError, LanguageModel};
use serde::Serialize;
use serde_json::json;

use crate::StageTrace;

/// An encoder and the head trained on its vectors.
#[derive(Clone)]
pub struct Engine {
    /// Texts to vectors, on its own threads.
    pub encoder: Batcher,
    /// Vectors to intents.
    pub classifier: Arc<IntentClassifier>,
    /// Vectors to feelings; without it, messages feel like nothing.
    pub emotions: Option<Arc<EmotionClassifier>>,
}

/// The models of the service.
#[derive(Clone)]
pub struct Understanding {
    /// The local model; `None` on a machine without weights.
    model: Option<Engine>,
    /// Needs no weights, so it is always there.
    floor: Engine,
    /// Asked by the turn when the others do not understand; `None` unless it is set up.
    language_model: Option<Arc<dyn LanguageModel>>,
}

/// A parse and how it came about.
#[derive(Debug, Clone)]
pub struct Heard {
    /// What was understood.
    pub parse: Parse,
    /// normalize, embed, extract, classify, feel.
    pub stages: Vec<StageTrace>,
}

impl Understanding {
    /// Takes the engines.
    #[must_use]
    pub const fn new(model: Option<Engine>, floor: Engine) -> Self {
        Self { model, floor, language_model: None }
    }

    /// With a language model to ask when the others do not understand.
    #[must_use]
    pub fn with_language_model(self, model: Arc<dyn LanguageModel>) -> Self {
        Self { language_model: Some(model), ..self }
    }

    /// What to ask when the others do not understand.
    pub(crate) const fn language_model(&self) -> Option<&Arc<dyn LanguageModel>> {
        self.language_model.as_ref()
    }

    /// The floor alone.
    #[must_use]
    pub fn without_model(self) -> Self {
        Self { model: None, ..self }
    }

    /// Whether a trained encoder is loaded.
    #[must_use]
    pub const fn has_model(&self) -> bool {
        self.model.is_some()
    }

    /// The trained encoder and its head, where they are loaded.
    #[must_use]
    pub const fn model(&self) -> Option<&Engine> {
        self.model.as_ref()
    }

    /// The floor that needs no weights.
    #[must_use]
    pub const fn floor(&self) -> &Engine {
        &self.floor
    }

    /// Understands one message. Never fails: what cannot be understood comes back as low
    /// confidence.
    pub async fn hear(&self, original: &str, prior: Locale, cx: &ExtractContext<'_>) -> Heard {
        let mut stages = Stages::default();
        let utterance = Utterance::new(original, prior);
        stages.end("normalize", &json!({ "text": utterance.text, "locale": utterance.locale }));
        let (engine, embedding, fallback) = self.embed(&utterance).await;
        stages.end(
            "embed",
            &json!({
                "model": engine.encoder.fingerprint(),
                "learned": engine.encoder.is_learned(),
                "dimension": embedding.values().len(),
                "fallback": fallback,
            }),
        );
        let entities = extract(&utterance, cx);
        stages.end("extract", &entities);
        let situation = Situation { expecting: cx.expecting, entities: &entities };
        let intents = engine.classifier.classify(&utterance, &embedding, &situation);
        stages.end("classify", &intents);
        let head = engine.emotions.as_ref();
        let feelings =
            head.map_or(Feelings::NONE, |emotions| emotions.feel(&utterance, &embedding));
        stages.end(
            "feel",
            &json!({ "feelings": feelings, "model": head.map(|emotions| emotions.id()) }),
        );
        Heard { parse: Parse { utterance, intents, entities, feelings }, stages: stages.done }
    }

    /// The embedding, whose it is, and why the model did not answer if it did not.
    async fn embed(&self, utterance: &Utterance) -> (&Engine, Embedding, Option<String>) {
        let mut fallback = None;
        if let Some(model) = &self.model {
            match model.encoder.encode(&utterance.text).await {
                Ok(embedding) => return (model, embedding, None),
                Err(error) => {
                    tracing::warn!(%error, "encoder did not answer; using the heuristic floor");
                    metrics::counter!("booka_encoder_fallbacks_total").increment(1);
                    fallback = Some(error.to_string());
                }
            }
        }
        let embedding = match self.floor.encoder.encode(&utterance.text).await {
            Ok(embedding) => embedding,
            Err(EncodeError::Busy | EncodeError::Stopped | EncodeError::Failed(_)) => {
                Embedding::normalized(vec![0.0; self.floor.encoder.dimension()])
            }
        };
        (&self.floor, embedding, fallback)
    }
}

struct Stages {
    mark: Instant,
    done: Vec<StageTrace>,
}

impl Default for Stages {
    fn default() -> Self {
        Self { mark: Instant::now(), done: Vec::with_capacity(4) }
    }
}

impl Stages {
    fn end(&mut self, stage: &str, output: &impl Serialize) {
        let now = Instant::now();
        let elapsed = now.duration_since(self.mark);
        metrics::histogram!("booka_turn_stage_seconds", "stage" => stage.to_owned())
            .record(elapsed.as_secs_f64());
        self.mark = now;
        self.done.push(StageTrace {
            stage: stage.to_owned(),
            ms: elapsed.as_secs_f64() * 1000.0,
            output: serde_json::to_value(output).unwrap_or_default(),
        });
    }
}
