//! The emotion lines and the head on the floor, which needs no weights.

use std::collections::BTreeSet;

use intents::{
    Utterance,
    classify::metrics::auroc,
    emotion::{Emotion, EmotionClassifier, EmotionExamples, EmotionTraining},
    normalize,
};
use kernel::Locale;
use models::{Encoder as _, HashEncoder};

#[test]
fn lines_are_many_and_apart() {
    let set = EmotionExamples::embedded().expect("the files parse");
    for locale in Locale::ALL {
        let of = |part: &[intents::emotion::EmotionExample]| {
            let of = part.iter().filter(|example| example.locale == locale);
            let neutral = of.clone().filter(|example| example.emotions.is_empty()).count();
            (of.count(), neutral)
        };
        let (test, neutral) = of(&set.test);
        assert!(test >= 120 && 100 * neutral >= 48 * test, "{locale}: {neutral} of {test}");
        let (dev, neutral) = of(&set.dev);
        assert!(dev >= 80 && 2 * neutral >= dev, "{locale}: {neutral} of {dev}");
        assert!(of(&set.train).0 >= 350);
    }
    let texts = |part: &[intents::emotion::EmotionExample]| -> BTreeSet<String> {
        part.iter().map(|example| normalize(&example.text).0).collect()
    };
    let (train, dev, test) = (texts(&set.train), texts(&set.dev), texts(&set.test));
    assert_eq!(train.intersection(&dev).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(train.intersection(&test).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(dev.intersection(&test).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_floor_tells_feelings_and_is_read_back_as_it_was() {
    let set = EmotionExamples::embedded().expect("the files parse");
    let training = EmotionTraining::new(&HashEncoder, &set);
    let cache = tempfile::tempdir().expect("a folder");
    let load = || EmotionClassifier::load_or_train(cache.path(), &training, &mut |_| ());
    let head = load().expect("trains");
    assert_eq!(load().expect("reads"), head);

    let dev = set.dev.iter().map(|example| {
        let utterance = Utterance::new(&example.text, example.locale);
        let embedding = HashEncoder.encode(&[&utterance.text]).expect("hashes").remove(0);
        (head.feel(&utterance, &embedding), example)
    });
    let told: Vec<_> = dev.collect();
    for emotion in Emotion::ALL {
        let scores: Vec<(f32, bool)> = told
            .iter()
            .map(|(feelings, example)| {
                (feelings.of(emotion).get(), example.emotions.contains(&emotion))
            })
            .collect();
        let auroc = auroc(&scores);
        assert!(auroc >= 0.85, "{}: {auroc}", emotion.name());
        // Calibrated: what is promised comes about, within the noise of some hundred lines.
        let promised: f32 = scores.iter().map(|(p, _)| p).sum();
        let came = scores.iter().filter(|(_, felt)| *felt).count() as f32;
        assert!((promised - came).abs() < 12.0, "{}: {promised} of {came}", emotion.name());
    }
}
