//! The classifier for labels of any kind, on texts made up here.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use intents::{
    classify::{
        HeadConfig, KeptEncoder, LabelClassifier, LabelScores, LabelTraining, LabelledText,
        TrainError, metrics, read_labelled,
    },
    normalize,
};
use models::{Embedding, EncodeError, Encoder, HashEncoder};

const TOPICS: [(&str, &[&str]); 4] = [
    ("price", &["how much is", "what does it cost for", "the price of", "what do you charge for"]),
    (
        "hours",
        &[
            "when do you open for",
            "opening hours for",
            "until when can i come for",
            "are you open on sunday for",
        ],
    ),
    (
        "cancel",
        &["please cancel my", "i cannot make it to my", "drop the appointment for", "call off my"],
    ),
    (
        "book",
        &[
            "i want to book",
            "can i get an appointment for",
            "please reserve",
            "make me a booking for",
        ],
    ),
];
const THINGS: [&str; 10] = [
    "a haircut",
    "a manicure",
    "the massage",
    "a beard trim",
    "two facials",
    "my usual",
    "a colour",
    "the sauna",
    "a pedicure",
    "an eyebrow shape",
];
const CHATTER: [&str; 12] = [
    "who won the match last night",
    "translate hello into german",
    "is it raining in lima",
    "sing me a song",
    "what is the capital of chad",
    "my dog ate my homework",
    "solve 3x plus 4",
    "buy me shares of acme",
    "recipe for lentil soup",
    "play some jazz",
    "tell me a riddle",
    "turn off the kitchen light",
];

fn row(text: &str, labels: &[&str]) -> LabelledText {
    LabelledText { text: text.to_owned(), labels: labels.iter().map(|&l| l.to_owned()).collect() }
}

/// Every phrase with the things of one parity.
fn topics(parity: usize) -> Vec<LabelledText> {
    let things = || THINGS.iter().skip(parity).step_by(2);
    TOPICS
        .iter()
        .flat_map(|(label, phrases)| {
            let texts = phrases.iter().flat_map(|p| things().map(move |t| format!("{p} {t}")));
            texts.map(|text| row(&text, &[label]))
        })
        .collect()
}

fn train(train: &[LabelledText], dev: &[LabelledText]) -> Result<LabelClassifier, TrainError> {
    let config = HeadConfig { min_documents: 1, ..HeadConfig::heuristic() };
    let training = LabelTraining { encoder: &HashEncoder, train, dev, config };
    LabelClassifier::train(&training, &mut |_| {})
}

fn score(classifier: &LabelClassifier, text: &str) -> LabelScores {
    let text = normalize(text).0;
    let embedding = HashEncoder.encode(&[&text]).expect("hashes").remove(0);
    classifier.score(&text, &embedding)
}

fn label<'a>(classifier: &'a LabelClassifier, scores: &LabelScores) -> &'a str {
    &classifier.labels()[scores.ranking[0].0]
}

#[test]
fn learns_without_dev_examples_and_without_examples_of_what_is_outside() {
    let classifier = train(&topics(0), &[]).expect("trains");
    assert_eq!(classifier.labels(), ["book", "cancel", "hours", "price"]);
    let mut distances = Vec::new();
    for row in topics(1) {
        let scores = score(&classifier, &row.text);
        assert_eq!(label(&classifier, &scores), row.labels[0], "{}: {scores:?}", row.text);
        let sum: f32 = scores.ranking.iter().map(|(_, p)| p).sum();
        assert!((0.9..1.001).contains(&sum), "{scores:?}");
        assert_eq!(scores.present.is_empty(), scores.is_out_of_scope);
        distances.push((scores.out_of_scope, false));
    }
    for text in CHATTER {
        distances.push((score(&classifier, text).out_of_scope, true));
    }
    let auroc = metrics::auroc(&distances);
    assert!(auroc > 0.95, "{auroc:.3}");
}

#[test]
fn examples_of_what_is_outside_move_the_cut() {
    let (seen, unseen) = CHATTER.split_at(6);
    let outside = |texts: &[&str]| texts.iter().map(|text| row(text, &[])).collect::<Vec<_>>();
    let mut rows = topics(0);
    rows.extend(outside(seen));
    let mut dev = topics(1);
    dev.extend((0..12).map(|i| row(&format!("{} {i}", seen[i % 6]), &[])));
    let classifier = train(&rows, &dev).expect("trains");
    let caught = unseen.iter().filter(|text| score(&classifier, text).is_out_of_scope).count();
    let lost = topics(1).iter().filter(|r| score(&classifier, &r.text).is_out_of_scope).count();
    assert!(caught >= 4 && lost <= 2, "caught {caught} of 6, lost {lost} of 80");
}

#[test]
fn five_examples_a_label_are_enough_to_say_something() {
    let few: Vec<LabelledText> = topics(0).into_iter().step_by(4).collect();
    assert_eq!(few.len(), 20);
    let classifier = train(&few, &[]).expect("trains");
    let right = topics(1)
        .iter()
        .filter(|r| label(&classifier, &score(&classifier, &r.text)) == r.labels[0])
        .count();
    assert!(right >= 72, "{right} of 80");
    let one = train(&[row("a", &["x"]), row("b", &["x"])], &[]).expect("one label trains");
    assert_eq!(score(&one, "c").prediction_set, [0]);
    assert!(matches!(train(&[row("a", &[])], &[]), Err(TrainError::NoExamples)));
}

#[test]
fn one_text_can_mean_two_things() {
    let mut rows = topics(0);
    let mut asked = Vec::new();
    for (i, thing) in THINGS.iter().enumerate() {
        let both = row(
            &format!("please cancel my {thing} and how much is a facial"),
            &["cancel", "price"],
        );
        if i % 2 == 0 { rows.push(both) } else { asked.push(both) }
    }
    let classifier = train(&rows, &[]).expect("trains");
    let names = |scores: &LabelScores| {
        let mut names: Vec<&str> =
            scores.present.iter().map(|(l, _)| classifier.labels()[*l].as_str()).collect();
        names.sort_unstable();
        names.join(" ")
    };
    for row in &asked {
        assert_eq!(names(&score(&classifier, &row.text)), "cancel price", "{}", row.text);
    }
    let plain = topics(1);
    let right = plain.iter().filter(|r| names(&score(&classifier, &r.text)) == r.labels[0]).count();
    assert!(right >= 74, "{right} of {}", plain.len());
}

/// Over some texts, the F1 of saying the labels whose probability reaches a cut.
fn micro_f1(cells: &[(f32, bool)], cut: f32) -> f32 {
    let said = cells.iter().filter(|(p, _)| *p >= cut);
    let (n_said, hits) = (said.clone().count(), said.filter(|(_, truth)| *truth).count());
    let n_true = cells.iter().filter(|(_, truth)| *truth).count();
    2.0 * hits as f32 / (n_said + n_true) as f32
}

#[test]
fn several_labels_are_cut_where_most_are_told_right() {
    // "Soon" means a hurry a little less often than not: one half is the wrong cut.
    let hurried = |things: usize| {
        let phrases =
            TOPICS.iter().flat_map(|(label, phrases)| phrases.iter().map(move |p| (label, p)));
        let texts = phrases.flat_map(move |(label, phrase)| {
            let things = THINGS.iter().skip(things).step_by(2);
            things.map(move |thing| (label, format!("{phrase} {thing} soon")))
        });
        texts.enumerate().map(|(i, (label, text))| {
            if i % 9 < 4 { row(&text, &[label, "hurry"]) } else { row(&text, &[label]) }
        })
    };
    let rows: Vec<LabelledText> = topics(0).into_iter().chain(hurried(0)).collect();
    let dev: Vec<LabelledText> = topics(1).into_iter().chain(hurried(1)).collect();
    let classifier = train(&rows, &dev).expect("trains");

    let (mut cells, mut said) = (Vec::new(), Vec::new());
    for row in &dev {
        let text = normalize(&row.text).0;
        let embedding = HashEncoder.encode(&[&text]).expect("hashes").remove(0);
        let present = classifier.score(&text, &embedding).present;
        for (label, p) in classifier.presences(&text, &embedding).into_iter().enumerate() {
            let truth = row.labels.contains(&classifier.labels()[label]);
            cells.push((p, truth));
            let is_said = present.iter().any(|(l, _)| *l == label);
            said.push((f32::from(u8::from(is_said)), truth));
        }
    }
    let best = cells.iter().map(|(p, _)| micro_f1(&cells, *p)).fold(0.0, f32::max);
    assert!(best > micro_f1(&cells, 0.5) + 0.01, "the examples do not tell a cut from one half");
    let f1 = micro_f1(&said, 0.5);
    assert!(f1 >= best - 1e-3, "{f1} where {best} can be had");
}

#[test]
fn a_set_is_read_in_the_shapes_it_comes_in() {
    let content = r#"{"text":"a","intent":"x","domain":"d"}
{"text":"b","intent":"NO_NODES_DETECTED"}

{"text":"c","intents":["x","y"],"fold":3}
{"text":"d","intent":"x","also":["y"]}"#;
    let rows = read_labelled("set.jsonl", content).expect("well formed");
    let labels: Vec<usize> = rows.iter().map(|row| row.labels.len()).collect();
    assert_eq!(labels, [1, 0, 2, 2]);
    let error = read_labelled("set.jsonl", "{\"text\":1}").expect_err("a number is no text");
    assert!(error.to_string().contains("line 1 of set.jsonl"), "{error}");
}

/// Counts what it is asked.
struct Counting(AtomicUsize);

impl Encoder for Counting {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        self.0.fetch_add(texts.len(), Ordering::Relaxed);
        HashEncoder.encode(texts)
    }

    fn dimension(&self) -> usize {
        HashEncoder.dimension()
    }

    fn fingerprint(&self) -> &str {
        "counting"
    }

    fn is_learned(&self) -> bool {
        false
    }
}

#[test]
fn what_was_encoded_is_kept_and_a_cut_record_is_encoded_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let counting = Arc::new(Counting(AtomicUsize::new(0)));
    let open = || KeptEncoder::open(dir.path(), counting.clone()).expect("opens");
    let asked = || counting.0.load(Ordering::Relaxed);
    let plain = HashEncoder.encode(&["a", "b"]).expect("hashes");
    assert_eq!(open().encode(&["a", "b", "a"]).expect("encodes")[..2], plain);
    assert_eq!(asked(), 2);
    assert_eq!(open().encode(&["b", "a"]).expect("looks up")[1], plain[0]);
    assert_eq!(asked(), 2);

    let file = std::fs::read_dir(dir.path()).expect("readable").next().expect("a file");
    let path = file.expect("readable").path();
    let bytes = std::fs::read(&path).expect("readable");
    std::fs::write(&path, &bytes[..bytes.len() - 3]).expect("writable");
    let again = open();
    assert_eq!(again.n_kept(), 1);
    assert_eq!(again.encode(&["a", "b", "c"]).expect("encodes")[..2], plain);
    assert_eq!((asked(), open().n_kept()), (4, 3));
}
