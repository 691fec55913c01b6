//! Feelings: how well the head tells frustrated, anxious, happy and urgent from nothing, in each
//! language, on lines of our own and on GoEmotions (Demszky et al. 2020).

use std::{collections::BTreeMap, sync::Arc};

use intents::{
    Intent, Utterance,
    classify::{
        ExampleSet,
        metrics::{auroc, calibration_error},
    },
    emotion::{Emotion, EmotionClassifier, EmotionExamples, EmotionTraining, Feelings},
};
use kernel::Locale;
use models::{Encoder, HashEncoder};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Data, EmotionArgs, Metric, Models, Report, Run, Split,
    bootstrap::Bootstrap,
    data::{self, BadData, DataFile, MissingData},
    output,
};

/// Texts encoded at a time.
const ENCODED_AT_ONCE: usize = 64;

/// From which probability on a feeling counts as told, in the figures that others report too.
const TOLD: f32 = 0.5;

/// What GoEmotions' labels come to here. The rest, and neutral, come to nothing; nothing of it is
/// urgent.
const GOEMOTIONS: [(Emotion, &[&str]); 3] = [
    (Emotion::Frustrated, &["anger", "annoyance", "disapproval", "disappointment", "disgust"]),
    (Emotion::Anxious, &["fear", "nervousness"]),
    (Emotion::Happy, &["joy", "gratitude", "love", "admiration", "excitement"]),
];

#[derive(Deserialize)]
struct GoEmotionsLine {
    text: String,
    labels: Vec<String>,
}

/// One message, and what it is said to feel like.
#[derive(Clone)]
struct Told {
    text: String,
    truth: Vec<Emotion>,
    feelings: Feelings,
}

/// Trains the head as the service does and asks it.
pub(crate) fn run(args: &EmotionArgs, models: &Models) -> anyhow::Result<Report> {
    let examples = EmotionExamples::embedded()?;
    let foreign = args.goemotions.as_deref().map(|path| {
        let file = DataFile::read(path)?.ok_or_else(|| MissingData::file(path))?;
        let lines: Vec<GoEmotionsLine> = file.lines().collect::<Result<_, BadData>>()?;
        anyhow::Ok((file.sha256.clone(), lines))
    });
    let foreign = foreign.transpose()?;
    let part = match args.split {
        Split::Dev => &examples.dev,
        Split::Test => &examples.test,
    };
    let mut notes = Vec::new();
    let mut engines: Vec<(&str, Arc<dyn Encoder>)> = Vec::new();
    match &models.encoder {
        Some(encoder) => engines.push(("model", Arc::clone(encoder))),
        None => notes.push("No weights are loaded: the heuristic floor alone.".to_owned()),
    }
    engines.push(("heuristic", Arc::new(HashEncoder)));

    let bootstrap = Bootstrap::new(args.out.seed);
    let mut runs = Vec::new();
    for (engine, encoder) in engines {
        let bar = output::progress(100, "training the emotion head");
        let head =
            EmotionClassifier::train(&EmotionTraining::new(&*encoder, &examples), &mut |share| {
                bar.set_position((share * 100.0) as u64);
            })?;
        bar.finish_and_clear();
        let judge = Judge { encoder: &*encoder, head: &head };
        let mut run = Run { engine: engine.to_owned(), ..Run::default() };
        run.classifiers.insert(head.id().to_owned(), part.len());
        run.cost.insert("head_bytes".to_owned(), head.size_bytes() as f64);
        let mut all = Vec::new();
        for locale in Locale::ALL {
            let of = part.iter().filter(|example| example.locale == locale);
            let rows = of.map(|example| (example.text.clone(), example.emotions.clone())).collect();
            let told = judge.ask(rows, locale)?;
            figures(&format!("{locale}."), &Emotion::ALL, &told, bootstrap, &mut run.metrics);
            all.extend(told);
        }
        figures("", &Emotion::ALL, &all, bootstrap, &mut run.metrics);
        run.details = json!({ "misses": misses(&all) });
        run.metrics.insert("booking_flagged".to_owned(), flagged(args.split, &judge, bootstrap)?);
        if let Some((_, lines)) = &foreign {
            let rows = lines.iter().map(|line| (line.text.clone(), mapped(&line.labels))).collect();
            let told = judge.ask(rows, Locale::En)?;
            let emotions = GOEMOTIONS.map(|(emotion, _)| emotion);
            figures("goemotions.", &emotions, &told, bootstrap, &mut run.metrics);
        }
        runs.push(run);
    }
    let rows: Vec<&str> = part.iter().map(|example| example.text.as_str()).collect();
    let sha256 =
        [Some(data::sha256(rows.join("\n").as_bytes())), foreign.map(|(sha256, _)| sha256)];
    Ok(Report {
        command: "emotion".to_owned(),
        data: Data {
            name: format!("committed emotion lines, {:?}", args.split).to_lowercase(),
            sha256: sha256.into_iter().flatten().collect::<Vec<_>>().join("+"),
            selection: "all".to_owned(),
        },
        seed: args.out.seed,
        notes,
        runs,
    })
}

/// An encoder and the head trained on it.
struct Judge<'a> {
    encoder: &'a dyn Encoder,
    head: &'a EmotionClassifier,
}

impl Judge<'_> {
    fn ask(&self, rows: Vec<(String, Vec<Emotion>)>, locale: Locale) -> anyhow::Result<Vec<Told>> {
        let mut told = Vec::with_capacity(rows.len());
        for chunk in rows.chunks(ENCODED_AT_ONCE) {
            let heard: Vec<Utterance> =
                chunk.iter().map(|(text, _)| Utterance::new(text, locale)).collect();
            let texts: Vec<&str> = heard.iter().map(|utterance| utterance.text.as_str()).collect();
            let embeddings = self.encoder.encode(&texts)?;
            for (((text, truth), utterance), embedding) in chunk.iter().zip(&heard).zip(embeddings)
            {
                let feelings = self.head.feel(utterance, &embedding);
                told.push(Told { text: text.clone(), truth: truth.clone(), feelings });
            }
        }
        Ok(told)
    }
}

/// The share of plain booking messages that are taken for frustrated, anxious or urgent: how often
/// the policy would change for nothing. Intents that are feelings themselves are left out.
fn flagged(split: Split, judge: &Judge<'_>, bootstrap: Bootstrap) -> anyhow::Result<Metric> {
    let set = ExampleSet::embedded()?;
    let part = match split {
        Split::Dev => set.dev,
        Split::Test => set.test,
    };
    let plain = |intent| {
        !matches!(intent, Intent::Complaint | Intent::Praise | Intent::OutOfScope | Intent::OptOut)
    };
    let mut hits = Vec::new();
    for locale in Locale::ALL {
        let of = part.iter().filter(|example| example.locale == locale && plain(example.intent));
        let rows = of.map(|example| (example.text.clone(), Vec::new())).collect();
        for told in judge.ask(rows, locale)? {
            let changes = [Emotion::Frustrated, Emotion::Anxious, Emotion::Urgent];
            let is_flagged = changes.iter().any(|emotion| told.feelings.shows(*emotion));
            hits.push((usize::from(is_flagged), 1));
        }
    }
    Ok(bootstrap.ratio(&hits, hits.len()))
}

impl Told {
    fn tells(&self, emotion: Emotion) -> bool {
        self.feelings.of(emotion).get() >= TOLD
    }

    /// Hits, predicted and wanted, each 0 or 1.
    fn counts(&self, emotion: Emotion) -> (usize, usize, usize) {
        let (told, felt) = (self.tells(emotion), self.truth.contains(&emotion));
        (usize::from(told && felt), usize::from(told), usize::from(felt))
    }
}

/// Precision, recall, F1, AUROC and calibration error of each feeling, and the mean F1.
fn figures(
    prefix: &str,
    emotions: &[Emotion],
    told: &[Told],
    bootstrap: Bootstrap,
    metrics: &mut BTreeMap<String, Metric>,
) {
    for emotion in emotions {
        let counts: Vec<_> = told.iter().map(|told| told.counts(*emotion)).collect();
        let wanted = counts.iter().map(|(_, _, wanted)| wanted).sum();
        let predicted = counts.iter().map(|(_, predicted, _)| predicted).sum();
        let units = |of: fn(&(usize, usize, usize)) -> (usize, usize)| -> Vec<(usize, usize)> {
            counts.iter().map(of).collect()
        };
        let mut scores: Vec<(f32, bool)> = told
            .iter()
            .map(|told| (told.feelings.of(*emotion).get(), told.truth.contains(emotion)))
            .collect();
        scores.sort_by(|a, b| a.0.total_cmp(&b.0)); // sorted items make resampling quick
        let mut add = |name: &str, metric| {
            metrics.insert(format!("{prefix}{}.{name}", emotion.name()), metric);
        };
        add("precision", bootstrap.ratio(&units(|(hit, said, _)| (*hit, *said)), predicted));
        add("recall", bootstrap.ratio(&units(|(hit, _, felt)| (*hit, *felt)), wanted));
        add("f1", bootstrap.ratio(&units(|(hit, said, felt)| (2 * hit, said + felt)), wanted));
        // The same where the policy acts.
        let shown = |told: &Told| {
            let (shown, felt) = (told.feelings.shows(*emotion), told.truth.contains(emotion));
            (usize::from(shown && felt), usize::from(shown), usize::from(felt))
        };
        let shown: Vec<_> = told.iter().map(shown).collect();
        let n_shown = shown.iter().map(|(_, said, _)| said).sum();
        let precision: Vec<_> = shown.iter().map(|(hit, said, _)| (*hit, *said)).collect();
        let recall: Vec<_> = shown.iter().map(|(hit, _, felt)| (*hit, *felt)).collect();
        add("acting.precision", bootstrap.ratio(&precision, n_shown));
        add("acting.recall", bootstrap.ratio(&recall, wanted));
        add("auroc", bootstrap.metric(&scores, auroc));
        add("ece", bootstrap.metric(&scores, calibration_error));
    }
    let mean = bootstrap.metric(told, |told| macro_f1(emotions, told));
    metrics.insert(format!("{prefix}macro_f1"), mean);
    let exact = |told: &Told| {
        let right = |emotion: &Emotion| told.tells(*emotion) == told.truth.contains(emotion);
        (usize::from(emotions.iter().all(right)), 1)
    };
    let exact: Vec<_> = told.iter().map(exact).collect();
    metrics.insert(format!("{prefix}exact"), bootstrap.ratio(&exact, exact.len()));
}

fn macro_f1(emotions: &[Emotion], told: &[Told]) -> f64 {
    let f1 = |emotion: &Emotion| {
        let (hits, both) = told.iter().fold((0, 0), |(hits, both), told| {
            let (hit, said, felt) = told.counts(*emotion);
            (hits + hit, both + said + felt)
        });
        if both == 0 { 0.0 } else { 2.0 * hits as f64 / both as f64 }
    };
    emotions.iter().map(f1).sum::<f64>() / emotions.len() as f64
}

fn mapped(labels: &[String]) -> Vec<Emotion> {
    let of = |names: &[&str]| labels.iter().any(|label| names.contains(&label.as_str()));
    GOEMOTIONS.iter().filter(|(_, names)| of(names)).map(|(emotion, _)| *emotion).collect()
}

fn misses(told: &[Told]) -> Vec<Value> {
    let given = |told: &Told| -> Vec<&str> {
        Emotion::ALL.iter().filter(|e| told.tells(**e)).map(|emotion| emotion.name()).collect()
    };
    told.iter()
        .filter(|told| Emotion::ALL.iter().any(|e| told.tells(*e) != told.truth.contains(e)))
        .map(|told| {
            let wanted: Vec<&str> = told.truth.iter().map(|emotion| emotion.name()).collect();
            json!({ "text": told.text, "wanted": wanted, "got": given(told) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use kernel::Confidence;

    use super::*;

    fn told(truth: &[Emotion], frustrated: f32, urgent: f32) -> Told {
        let feelings = Feelings {
            frustrated: Confidence::saturating(frustrated),
            urgent: Confidence::saturating(urgent),
            ..Feelings::NONE
        };
        Told { text: String::new(), truth: truth.to_vec(), feelings }
    }

    #[test]
    fn figures_agree_with_the_hand() {
        let rows = [
            told(&[Emotion::Frustrated, Emotion::Urgent], 0.9, 0.1),
            told(&[], 0.8, 0.0),
            told(&[Emotion::Frustrated], 0.2, 0.0),
            told(&[], 0.1, 0.0),
        ];
        let mut metrics = BTreeMap::new();
        let both = [Emotion::Frustrated, Emotion::Urgent];
        figures("en.", &both, &rows, Bootstrap::new(1), &mut metrics);
        let value = |name: &str| metrics[name].value;
        assert_eq!(value("en.frustrated.precision"), 0.5);
        assert_eq!(value("en.frustrated.recall"), 0.5);
        assert_eq!(value("en.frustrated.auroc"), 0.75);
        assert_eq!(value("en.urgent.recall"), 0.0);
        assert_eq!(value("en.macro_f1"), 0.25);
        assert_eq!(value("en.exact"), 0.25);
        assert_eq!(metrics["en.frustrated.recall"].n, 2);
    }

    #[test]
    fn foreign_labels_are_mapped() {
        let labels =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(mapped(&labels(&["anger", "joy"])), [Emotion::Frustrated, Emotion::Happy]);
        assert_eq!(mapped(&labels(&["neutral", "confusion"])), []);
    }
}
