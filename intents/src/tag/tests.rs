//! A tiny language that can be learned in a blink, and laws of the file format.

use proptest::prelude::*;

use super::*;

fn example(text: &str, requested: &[&str], slots: &[(&str, &str)]) -> Example {
    let slots = slots.iter().map(|(slot, value)| {
        let start = text.find(value).expect("quoted from the text");
        let start = text[..start].chars().count();
        ((*slot).to_owned(), Span { start, end: start + value.chars().count() })
    });
    Example {
        text: text.to_owned(),
        requested: requested.iter().map(|slot| (*slot).to_owned()).collect(),
        hints: Vec::new(),
        slots: slots.collect(),
    }
}

fn school() -> Vec<Example> {
    let mut examples = Vec::new();
    for (first, last) in
        [("Ana", "Soto"), ("Bo", "Dunn"), ("Cleo", "Ferrer"), ("Dov", "Gray"), ("Eve", "Hart")]
    {
        let name = [("first_name", first), ("last_name", last)];
        examples.push(example(&format!("book it under {first} {last} please"), &[], &name));
        examples.push(example(&format!("this is {first} {last}"), &[], &name));
        examples.push(example("is it warm outside", &[], &[]));
        examples.push(example("a table for 4", &[], &[("people", "4")]));
        examples.push(example("6", &["people"], &[("people", "6")]));
        examples.push(example("6", &["time"], &[("time", "6")]));
    }
    examples
}

fn training() -> Training {
    Training { epochs: 30, min_count: 1, min_word_count: 4, ..Training::default() }
}

fn tagger() -> Tagger {
    Tagger::train(&school(), "a school", &training(), |_| {}).expect("has slots")
}

fn found(tagger: &Tagger, text: &str, requested: &[&str]) -> Vec<(String, String)> {
    let requested: Vec<String> = requested.iter().map(|slot| (*slot).to_owned()).collect();
    let letters: Vec<char> = text.chars().collect();
    let tags = tagger.tag(text, &requested, &[]);
    tags.into_iter()
        .map(|tag| (tag.slot, letters[tag.span.start..tag.span.end].iter().collect()))
        .collect()
}

#[test]
fn learns_names_it_has_not_seen() {
    let tagger = tagger();
    let expected =
        [("first_name".to_owned(), "Zoë".to_owned()), ("last_name".to_owned(), "Quill".to_owned())];
    assert_eq!(found(&tagger, "book it under Zoë Quill please", &[]), expected);
    assert_eq!(found(&tagger, "is it warm outside", &[]), []);
}

#[test]
fn what_was_asked_decides() {
    let tagger = tagger();
    let only = |slot: &str| [(slot.to_owned(), "7".to_owned())];
    assert_eq!(found(&tagger, "7", &["people"]), only("people"));
    assert_eq!(found(&tagger, "7", &["time"]), only("time"));
}

#[test]
fn the_same_examples_give_the_same_file() {
    let bytes = tagger().to_bytes().expect("writes");
    assert_eq!(bytes, tagger().to_bytes().expect("writes"));
    let back = Tagger::from_bytes(&bytes).expect("reads");
    assert_eq!(back, tagger());
}

#[test]
fn probabilities_add_up() {
    let chain = Chain::new(5, may_follow);
    let scores: Vec<f32> = (0..20_u8).map(|n| f32::from(n * 7 % 11) / 3.0).collect();
    let (unary, pairs) = chain.marginals(&scores, 4);
    for row in unary.chunks_exact(5) {
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
    // Three steps between four tokens, and one from the start.
    assert!((pairs.iter().sum::<f32>() - 4.0).abs() < 1e-4);
    // By enumeration: every sequence that is allowed, weighted.
    let mut mass = [0.0_f64; 20];
    let mut total = 0.0_f64;
    let mut best = (f64::MIN, Vec::new());
    for code in 0..5_usize.pow(4) {
        let labels: Vec<usize> = (0..4).map(|at| code / 5_usize.pow(at) % 5).collect();
        let starts = may_follow(None, labels[0]);
        if !starts || labels.windows(2).any(|pair| !may_follow(Some(pair[0]), pair[1])) {
            continue;
        }
        let score: f64 =
            labels.iter().enumerate().map(|(at, label)| f64::from(scores[at * 5 + label])).sum();
        if score > best.0 {
            best = (score, labels.clone());
        }
        total += score.exp();
        labels.iter().enumerate().for_each(|(at, label)| mass[at * 5 + label] += score.exp());
    }
    for (exact, found) in mass.iter().zip(&unary) {
        assert!((exact / total - f64::from(*found)).abs() < 1e-5);
    }
    assert_eq!(chain.best(&scores, 4), best.1);
}

#[test]
fn chatted_examples_keep_their_spans() {
    let name = [("first_name", "Ana"), ("last_name", "Soto"), ("time", "8pm")];
    let examples = vec![example("Under Ana Soto at 8pm", &["time"], &name); 3];
    let more = as_chatted(&examples);
    assert_eq!(more[..3], examples);
    let lower = [("first_name", "ana"), ("last_name", "soto"), ("time", "8pm")];
    assert_eq!(more[3], example("under ana soto at 8pm", &["time"], &lower));
    let first = [("first_name", "ana"), ("time", "8pm")];
    assert_eq!(more[4], example("under ana at 8pm", &["time"], &first));
    assert_eq!(more.len(), 5);
}

#[test]
fn bad_sets_are_refused() {
    let nothing = [example("hello", &[], &[])];
    let refused = Tagger::train(&nothing, "", &training(), |_| {});
    assert!(matches!(refused, Err(TagError::NoSlots)));
    let many: Vec<Example> =
        (0..128).map(|n| example("x", &[], &[(&format!("s{n}"), "x")])).collect();
    let refused = Tagger::train(&many, "", &training(), |_| {});
    assert!(matches!(refused, Err(TagError::TooManySlots(128))));
}

#[test]
fn the_shipped_tagger_is_small_and_described() {
    let bytes = include_bytes!("english.bin");
    assert!(bytes.len() < 700_000, "{} bytes", bytes.len());
    let tagger = shipped(kernel::Locale::En).expect("ships");
    let card = include_str!("CARD.md");
    use sha2::Digest as _;
    assert!(
        card.contains(&hex::encode(sha2::Sha256::digest(bytes))),
        "the card is of another file"
    );
    for part in tagger.trained_on().split("; ") {
        assert!(card.contains(part), "{part} is not on the card");
    }
}

proptest! {
    #[test]
    fn a_damaged_file_is_an_error_or_a_tagger(cut in 0_usize..20_000, at in 0_usize..20_000, byte in any::<u8>()) {
        use std::sync::OnceLock;
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = BYTES.get_or_init(|| tagger().to_bytes().expect("writes"));
        let cut = cut % bytes.len();
        prop_assert!(Tagger::from_bytes(&bytes[..cut]).is_err());
        let mut changed = bytes.clone();
        changed[at % bytes.len()] = byte;
        if let Ok(tagger) = Tagger::from_bytes(&changed) {
            let _tags = tagger.tag("book it under Zoë Quill please", &[], &[]);
        }
    }

    #[test]
    fn tags_lie_inside_any_text(text in any::<String>()) {
        let tagger = shipped(kernel::Locale::En).expect("ships");
        let mut end = 0;
        for tag in tagger.tag(&text, &["people".to_owned()], &[]) {
            prop_assert!(end <= tag.span.start && tag.span.start < tag.span.end);
            prop_assert!((0.0..=1.0).contains(&tag.confidence));
            end = tag.span.end;
        }
        prop_assert!(end <= text.chars().count());
    }
}
