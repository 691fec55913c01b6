//! What is said while the clock runs: real messages, and messages of fixed length.

use intents::classify::Example;
use kernel::Locale;
use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

/// Words that are one token each for the wordpiece vocabularies of BERT models.
const WORDS: [&str; 12] = [
    "book", "time", "day", "table", "room", "open", "price", "late", "please", "today", "people",
    "change",
];
/// Tokens that the model itself adds.
const ADDED: usize = 2;

/// A kind of message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Workload {
    /// Committed test messages as they are.
    Real,
    /// So many tokens, those that the model adds included.
    Tokens(usize),
}

/// One message.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) workload: Workload,
    pub(super) text: String,
    pub(super) locale: Locale,
}

impl Workload {
    /// In the order they are reported.
    pub(super) const ALL: [Self; 5] =
        [Self::Real, Self::Tokens(8), Self::Tokens(16), Self::Tokens(32), Self::Tokens(128)];

    /// In figures' names.
    pub(super) fn name(self) -> String {
        match self {
            Self::Real => "real".to_owned(),
            Self::Tokens(n) => format!("{n}_tokens"),
        }
    }
}

/// `n` real messages, and a third as many of each fixed length, by workload.
pub(super) fn all(examples: &[Example], n: usize, seed: u64) -> Vec<Text> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut real: Vec<&Example> = examples.iter().collect();
    real.shuffle(&mut rng);
    let mut texts: Vec<Text> = real
        .into_iter()
        .take(n)
        .map(|e| Text { workload: Workload::Real, text: e.text.clone(), locale: e.locale })
        .collect();
    for workload in Workload::ALL {
        let Workload::Tokens(tokens) = workload else { continue };
        texts.extend((0..n.div_ceil(3)).map(|_| {
            let mut words = WORDS.repeat(tokens.div_ceil(WORDS.len()));
            words.shuffle(&mut rng);
            words.truncate(tokens - ADDED);
            Text { workload, text: words.join(" "), locale: Locale::En }
        }));
    }
    texts
}

#[cfg(test)]
mod tests {
    use intents::Intent;

    use super::*;

    #[test]
    fn lengths_are_as_said() {
        let example =
            Example { text: "hi".into(), intent: Intent::Greet, also: vec![], locale: Locale::En };
        let texts = all(&[example], 3, 1);
        assert_eq!(texts.iter().filter(|text| text.workload == Workload::Real).count(), 1);
        for text in &texts {
            if let Workload::Tokens(n) = text.workload {
                assert_eq!(text.text.split(' ').count(), n - ADDED);
            }
        }
        assert_eq!(texts.len(), 1 + 4);
    }
}
